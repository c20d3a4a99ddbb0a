"""The words of the review in templates in English alone: apart, for a step that counts needs none.

To load Jinja takes a tenth of what such a step does.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from review_synthesis.wording.terms import in_terms


class InTerms(Extension):
    """For a template in English alone: its own words are in those of the review.

    What is filled in stays as it is.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, its own words changed."""
        for token in stream:
            own = token.type == "data"
            yield Token(token.lineno, token.type, in_terms(token.value) if own else token.value)
