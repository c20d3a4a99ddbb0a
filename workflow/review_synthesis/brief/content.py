"""The content of the brief, as its template tells it: sections, and the parts that they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from review_synthesis.brief.facts import Finding, Published, facts
from review_synthesis.brief.forms import (
    Chart,
    Group,
    Paragraph,
    Part,
    Points,
    Ranking,
    Row,
    Section,
)
from review_synthesis.protocol.config import ReviewText
from review_synthesis.tables.vocabulary import OFTEN
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.telling import fill
from review_synthesis.wording.text import Number, Text

Macro = Callable[..., Text]


def sections_of(
    numbers: Numbers, review: ReviewText, places: Sequence[str] = ()
) -> dict[str, Section]:
    """The sections of the brief, in the language spoken, by their anchors.

    ``places`` are those that the protocol names.
    """
    content = _Content()
    kinds = [content.section, content.paragraph, content.point, content.ranking, content.chart]
    fill(
        "content.j2", {**facts(numbers, review, places), **{each.__name__: each for each in kinds}}
    )
    return content.sections


class _Content:
    """Collects what the template tells. Each method stands in the template as a word."""

    def __init__(self) -> None:
        self.sections: dict[str, Section] = {}
        self._parts: list[Part] = []

    def section(
        self,
        anchor: str,
        heading: Text,
        direction: str = "",
        boxed: bool = False,
        *,
        caller: Macro,
    ) -> Text:
        """A section: the parts that are told inside of it; one that is ``boxed`` stands out."""
        self._parts = []
        caller()
        self.sections[anchor] = Section(anchor, heading, self._parts, direction, boxed)
        return Text()

    def paragraph(self, raised: bool = False, *, caller: Macro) -> Text:
        """A paragraph."""
        self._parts.append(Paragraph(caller(), raised))
        return Text()

    def point(self, *, caller: Macro) -> Text:
        """A point; those one after the other are a list."""
        last = self._parts[-1] if self._parts else None
        if not isinstance(last, Points):
            last = Points([])
            self._parts.append(last)
        last.items.append(caller())
        return Text()

    def ranking(self, heading: Text, found: Iterable[Finding]) -> Text:
        """The names of findings with their numbers of studies, if there are any."""
        rows = [(each.name, each.studies) for each in found]
        if rows:
            self._parts.append(Ranking(heading, rows))
        return Text()

    def chart(
        self,
        published: Mapping[str, list[Published]],
        needed: Number,
        columns: list[tuple[Text, Macro]],
        headings: Mapping[str, Text],
        **words: Text,
    ) -> Text:
        """A bar for each published finding, with what the ``columns`` tell of it.

        The longest bar, or the mark at the number ``needed``, leaves a little room.
        """
        studies = [each.finding.studies.value for found in published.values() for each in found]
        whole = 1.04 * max([*studies, needed.value, 1])

        def row(each: Published) -> Row:
            share = round(each.finding.studies.value / whole, 4)
            cells = [tell(each) for _heading, tell in columns]
            return Row(cells, share, each.finding.judgement == OFTEN)

        groups = [
            Group(direction, headings[direction], [row(each) for each in found])
            for direction, found in published.items()
        ]
        named = [heading for heading, _tell in columns]
        mark = round(needed.value / whole, 4)
        self._parts.append(Chart(columns=named, groups=groups, mark=mark, **words))
        return Text()
