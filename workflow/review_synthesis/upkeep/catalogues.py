"""The catalogues of translations: what has to be translated, and what of it is not.

Run by `make catalogues` after a sentence in the code, a template or a name in the tables changed:
each catalogue then has every message, those that are new without a translation.
"""

import ast
import io
import os
from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from string import Formatter
from typing import Any, BinaryIO, NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from review_synthesis.counting.count_flow import FIRST
from review_synthesis.gate.read import read_raw_table
from review_synthesis.protocol.config import ReviewText, Vocabularies, read_protocol
from review_synthesis.robustness.scenarios import SCENARIOS
from review_synthesis.tables import vocabulary
from review_synthesis.tables.files import write_bytes
from review_synthesis.wording import language
from review_synthesis.wording.limits import words_of

PACKAGE = Path(__file__).parents[1]
# Which words mark a message, and which of their arguments hold it ("c": its context).
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None]
KEYWORDS = {"_": None, "n_": (1, 2), "p_": ((1, "c"), 2)}
# Lines that Babel writes into the head of a catalogue and that say nothing.
UNSAID = (b'"Report-Msgid-Bugs-To', b'"Last-Translator', b'"Language-Team', b'"Generated-By')
# The terms that the program itself knows, by what kind of term they are.
TERMS = {
    "direction": [each.replace("_", " ") for each in vocabulary.DIRECTIONS],
    "judgement": vocabulary.JUDGEMENTS,
    "verdict": [each for each in vocabulary.VERDICTS if each not in vocabulary.JUDGEMENTS],
    "evaluation status": [each.replace("_", " ") for each in vocabulary.EVALUATION_STATUS],
    "design class": vocabulary.DESIGN_CLASSES,
    "certainty": vocabulary.CERTAINTY,
    "concerns": vocabulary.CONCERNS,
    "confidence": vocabulary.CONFIDENCE,
    "unit": vocabulary.UNITS,
    "box": list(
        dict.fromkeys(
            [
                *(box.label for box in vocabulary.BOXES.values()),
                *(*FIRST.values(), vocabulary.ASSESSED_IN_PART),
                *(*vocabulary.KIND_OF_SOURCE.values(), *vocabulary.MARKED_BY.values()),
            ]
        )
    ),
    "strength": vocabulary.STRENGTHS,
    "scenario": [each.name for each in SCENARIOS],
    "why a scenario": [each.why for each in SCENARIOS],
}
# The names that come from the tables: kind of term, table, columns.
NAMES = [
    ("factor", "codebook.csv", ["label", "enabler_label", "barrier_label"]),
    ("domain", "codebook.csv", ["domain"]),
    ("sub-domain", "codebook.csv", ["subdomain"]),
    ("definition", "codebook.csv", ["definition", "enabler_when", "barrier_when"]),
    ("published finding", "published_findings.csv", ["statement"]),
    ("source", "searches.csv", ["source_label"]),
    ("design", "studies.csv", ["design"]),
]
OF_TABLES = frozenset(context for context, _table, _columns in NAMES)


class Translation(NamedTuple):
    """How far a language is: its messages, those it lacks, and those nobody has confirmed."""

    strings: int
    lacking: list[Message]
    unconfirmed: int


def python_messages(
    file: BinaryIO, keywords: Collection[str], _tags: object, **_options: object
) -> Iterator[tuple[int, str, Sequence[object], list[str]]]:
    """The messages of a Python file, in the way of Babel's own extraction.

    That one takes each string inside the call for the message, also the name of a column in
    ``p_("domain", row["domain"])``. Here an argument that is no literal is no message.
    """
    for call in ast.walk(ast.parse(file.read())):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in keywords:
                literals = [
                    each.value if isinstance(each, ast.Constant) else None for each in call.args
                ]
                yield call.lineno, name, literals, []


# Babel takes a function too, which its types do not say.
METHODS: list[Any] = [("**.py", python_messages), ("**.j2", "jinja2")]


def messages(raw: Path, config: Path) -> Catalog:
    """All that has to be translated: of the code, the templates, the config and the tables."""
    found = Catalog()
    extracted = extract_from_dir(
        PACKAGE, METHODS, {}, KEYWORDS, strip_comment_tags=True, directory_filter=lambda _: True
    )
    # In the order of places, as the order of files differs between machines.
    for path, _line, message, _comments, context in sorted(extracted, key=itemgetter(0, 1)):
        found.add(message, context=context, locations=[(path, 0)])
    for context, terms in TERMS.items():
        for term in terms:
            found.add(term, context=context)
    protocol = read_protocol(config)
    for context, term in _words_of(protocol["vocabularies"]):
        found.add(term, context=context, locations=[("config.yaml", 0)])
    for said in filter(None, _said_of(protocol["review"])):
        found.add(said, context="config", locations=[("config.yaml", 0)])
    for context, table, columns in NAMES:
        for name in _names_in(raw, protocol["searches"], table, columns):
            found.add(name, context=context, locations=[(table, 0)])
    return found


def _words_of(vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    """The words of controlled columns: the kind of term, and the term."""
    yield from (("place", place) for place in vocabularies["places"])
    yield from (("reason", each["label"]) for each in vocabularies["exclusion_reasons"].values())
    for context, words in (
        ("basis", vocabularies["bases"]),
        ("publication type", vocabularies["publication_types"]),
        ("certainty", vocabularies["certainty"]),
    ):
        yield from ((context, word.replace("_", " ")) for word in words)


def _said_of(review: ReviewText) -> list[str]:
    brief = review["brief"]
    limits = [words_of(limit) for limit in (*review["limits"], *brief["limits"])]
    said = [review["question"], review["evidence_statement"], brief["provenance"], brief["aim"]]
    said += [review["topic"], review["figure_note"], review["place_note"], review["next_step"]]
    implied = [
        text
        for each in review["implications"]
        for reader in ("commissioners", "leaders", "practitioners")
        for text in each.get(reader, [])  # type: ignore[attr-defined]
    ]
    return [*said, *brief["background"], *limits, *implied]


def _names_in(raw: Path, searches: list[str], table: str, columns: list[str]) -> Iterator[str]:
    """The names in a table that all searches share, or in that of each search."""
    for path in (raw / table, *(raw / search / table for search in searches)):
        rows = read_raw_table(path)[0] if path.is_file() else None
        if rows is not None:
            there = rows[[column for column in columns if column in rows]]
            yield from filter(None, dict.fromkeys(there.to_numpy().ravel()))


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """A catalogue with the messages of ``template``: its translations kept, others empty."""
    template.creation_date = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file: messages in the order of the program, places without lines."""
    file = io.BytesIO()
    write_po(file, catalogue, width=98, include_lineno=False, ignore_obsolete=True)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNSAID))


def untranslated(code: str, template: Catalog) -> Translation:
    """How far the translation of ``template`` into a language is.

    Raises ``LookupError`` where there is no catalogue of the language.
    """
    catalogue = language.read_catalogue(language.catalogue_of(code))
    lacking, unconfirmed = [], 0
    for wanted in wanted_of(template):
        known = catalogue.get(wanted.id, wanted.context)
        if known is None or not language.is_translated(known):
            lacking.append(wanted)
        else:
            unconfirmed += known.fuzzy
    return Translation(len(template), lacking, unconfirmed)


def wanted_of(catalogue: Catalog) -> list[Message]:
    """The messages of a catalogue, without its head."""
    return [message for message in catalogue if message.id]


def progress(code: str, template: Catalog) -> list[str]:
    """How far the translation into a language is, in lines for people.

    Raises ``ValueError`` where a translation cannot be filled in; see ``misplaced``.
    """
    path = os.path.relpath(language.catalogue_of(code))
    wrong = misplaced(language.read_catalogue(language.catalogue_of(code)))
    if wrong:
        quoted = "\n".join(f"  {_quoted(message)}" for message in wrong)
        raise ValueError(f"{path}: the {{places}} here are not those of the English:\n{quoted}")
    strings, lacking, unconfirmed = untranslated(code, template)
    name = Locale.parse(code).get_display_name("en")
    lines = [f"{name}: {strings:,} strings, {len(lacking):,} of them missing."]
    if lacking:
        lines.append("Missing, and said in English until they are in the catalogue:")
        lines += [f"  {_quoted(message)}" for message in lacking]
    if unconfirmed:
        lines += [
            f"No speaker has confirmed {unconfirmed:,} of the others. To confirm one, take away",
            f"its mark 'fuzzy' in {path} (in Poedit: 'Needs work').",
        ]
    return lines


def misplaced(catalogue: Catalog) -> list[Message]:
    """The messages with a translation whose ``{places}`` are not those of its English.

    They cannot be filled in. A form for numbers may have the places of either form of English.
    """
    return [
        message
        for message in wanted_of(catalogue)
        if language.is_translated(message)
        and not {places_of(form) for form in language.forms_of(message.string)}
        <= {places_of(form) for form in language.forms_of(message.id)}
    ]


def places_of(text: str) -> frozenset[str] | None:
    """The names of the ``{places}`` in a text; None where its braces are not in pairs."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    return frozenset(name for _text, name, _format, _conversion in parts if name is not None)


def _quoted(message: Message) -> str:
    """A message in English, its context, and where it is said."""
    places = dict.fromkeys(place for place, _line in message.locations)
    context = f" [{message.context}]" if message.context else ""
    return f'"{language.key_of(message)[1]}"{context}{" in " if places else ""}{", ".join(places)}'


def main() -> None:
    """Bring each catalogue up to date with the code, the templates, the config and the tables."""
    template = messages(Path("data/raw"), Path("config/config.yaml"))
    for path in language.catalogues():
        write_bytes(written(updated(language.read_catalogue(path), template)), path)


if __name__ == "__main__":
    main()
