"""The choices of the protocol in ``config/config.yaml``, checked before anything runs."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Required, TypedDict

from review_synthesis.tables.vocabulary import JUDGEMENTS
from review_synthesis.tables.writing import fold, oddity

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

CONFIG = Path("config/config.yaml")
WHOLE = ("exclusion_reasons", "frequency_rule")
"""Entries with entries of their own that are taken as a whole, or not at all."""
IN_PART = "part"
"""Of reports no more was seen than is publicly visible."""
SCHEMA = Path(__file__).with_name("config.schema.yaml")
DEFAULTS = Path(__file__).with_name("defaults.yaml")
OWN, RETEST = "own", "retest"
NO_SEARCH = (
    "searches: there is none yet. Begin one with the last publication date that it covers: "
    "review-synthesis add-search DATE --from FILES (exports of databases), import-codings --search "
    "DATE (tables of codings), or new-search DATE (empty tables to fill in)"
)
RULE, FORMER_RULE = "frequency_rule", "consensus_rule"


class RuleChoices(TypedDict):
    """What makes a finding often reported, and what pages call that; shares are from 0 to 1."""

    version: int
    min_studies: int
    min_share: float
    max_mixed: float
    top_word: str


class FlowChoices(TypedDict):
    """What the flow diagram shows, and how much was seen of the reports: ``whole`` or ``part``."""

    hide_empty_boxes: bool
    reports_seen: str


class TextWithNumbers(TypedDict, total=False):
    """A text with ``{names}``, and the place in ``findings.json`` of the number for each."""

    text: Required[str]
    counts: dict[str, str]
    shares: dict[str, str]


Limit = str | TextWithNumbers


class BriefText(TypedDict):
    """What the brief says of the review, in plain words."""

    provenance: str
    background: list[str]
    aim: str
    limits: list[Limit]


class Framework(TypedDict):
    """The framework whose domains the codebook uses, and how it is cited; empty if it has none."""

    name: str
    citation: str


class Implications(TypedDict, total=False):
    """What a finding could mean for some readers, written by people: ``by`` whom, and when."""

    factor: Required[str]
    direction: Required[str]
    by: Required[str]
    date: Required[str]
    commissioners: list[str]
    leaders: list[str]
    practitioners: list[str]


class ReviewText(TypedDict):
    """What the review is and asks, how it is cited, and what its evidence is and is not.

    ``role`` is ``own`` or ``retest`` (of a review that others published). ``unit``, ``place``
    and ``subject`` are what a study, its place and what it is about are called: one, and several.
    """

    role: str
    topic: str
    unit: list[str]
    place: list[str]
    subject: list[str]
    place_note: str
    framework: Framework
    authors: list[str]
    licence: str
    figure_note: str
    question: str
    domains: list[str]
    evidence_statement: str
    citation: str
    site: str
    next_step: str
    limits: list[Limit]
    implications: list[Implications]
    brief: BriefText


class Reason(TypedDict):
    """A reason of exclusion in words, and the stage at which it is given (``REASON_STAGES``)."""

    label: str
    stage: str


class Vocabularies(TypedDict):
    """The words that controlled columns take, in their order; any text where a list is empty."""

    places: list[str]
    designs: list[str]
    appraisal_tools: list[str]
    bases: list[str]
    publication_types: list[str]
    certainty: list[str]
    exclusion_reasons: dict[str, Reason]


class Protocol(TypedDict):
    """The choices of the protocol, as ``config.schema.yaml`` describes them; searches are dates,
    the oldest first, languages are codes, English first."""

    searches: list[str]
    allow_undecided: bool
    languages: list[str]
    frequency_rule: RuleChoices
    flow: FlowChoices
    coding: str
    vocabularies: Vocabularies
    review: ReviewText


class ProtocolError(ValueError):
    """Raised where the config is not as its schema declares; says all that is wrong."""


def as_meant(config: Mapping[str, object]) -> dict[str, object]:
    """Return ``config`` with its dates as text, and the text true or false as the choice.

    YAML takes a date without quotation marks for a date. Snakemake takes
    ``--config allow_undecided=true`` as text, and ``=True`` as the choice.
    """
    choices = dict(config)
    if choices.get("allow_undecided") in ("true", "false"):
        choices["allow_undecided"] = choices["allow_undecided"] == "true"
    searches = choices.get("searches")
    if isinstance(searches, list):
        choices["searches"] = [str(search) for search in searches]
    review = _part(choices, "review")
    if isinstance(review.get("implications"), list):
        dated = [_dated(each) for each in review["implications"]]
        choices["review"] = {**review, "implications": dated}
    return choices


def _dated(entry: Any) -> Any:
    """An entry with its date as text."""
    dated = isinstance(entry, Mapping) and isinstance(entry.get("date"), date)
    return {**entry, "date": str(entry["date"])} if dated else entry


@cache
def _defaults() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(DEFAULTS.read_text("utf-8"))
    return found


def with_defaults(config: Mapping[str, object]) -> dict[str, Any]:
    """Return ``config`` with what ``defaults.yaml`` says of the entries that it lacks.

    A list, or a list of reasons with their labels, is one entry: it is not added to.
    """
    filled: dict[str, Any] = _filled(config, _defaults())
    return filled


def default_vocabularies() -> Vocabularies:
    """The words of controlled columns where a config names none."""
    found: Vocabularies = with_defaults({})["vocabularies"]
    return found


def _filled(chosen: Any, default: Any, name: str = "") -> Any:
    if name in WHOLE or not (isinstance(chosen, Mapping) and isinstance(default, Mapping)):
        return chosen
    filled = {key: _filled(chosen.get(key, each), each, key) for key, each in default.items()}
    return {key: filled.get(key, each) for key, each in chosen.items()} | filled


def check_protocol(
    config: Mapping[str, object], file: Path = CONFIG, may_be_first: bool = False
) -> Protocol:
    """Return ``config`` as it is meant, with defaults, if it is as ``config.schema.yaml`` declares.

    ``file`` is where the choices stand. That there is no search yet is wrong unless
    ``may_be_first``: the first is about to be added. Raises ``ProtocolError``.
    """
    choices: Any = as_meant(config)  # not checked yet
    sentences = [*_former_rule(choices), *_former_reasons(choices)]
    errors = sorted(_validator().iter_errors(choices), key=lambda e: list(map(str, e.path)))
    sentences += [*map(in_a_sentence, errors), *_wrong_searches(choices.get("searches"))]
    sentences += [NO_SEARCH] if choices.get("searches") == [] and not may_be_first else []
    for what_is_wrong in (_twice_named, _wrong_implications, _called_alike, _odd_texts):
        sentences += what_is_wrong(choices)
    if sentences:
        listed = "\n  ".join(sentences)
        raise ProtocolError(f"{file.as_posix()} is not as it should be:\n  {listed}")
    checked: Protocol = with_defaults(choices)  # type: ignore[assignment]
    return checked


@cache
def _validator() -> Draft202012Validator:
    """The validator of the schema; 3.0 is no whole number to it, and what is no number is none."""
    import yaml
    from jsonschema import Draft202012Validator, validators

    def is_whole(_checker: object, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def is_number(checker: object, value: object) -> bool:
        return is_whole(checker, value) or (isinstance(value, float) and math.isfinite(value))

    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": is_whole, "number": is_number}
    )
    validator: Any = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, type_checker=types
    )
    made: Draft202012Validator = validator(yaml.safe_load(SCHEMA.read_text("utf-8")))
    return made


def in_a_sentence(error: ValidationError) -> str:
    """What is wrong at a place of the choices, and the entry that is meant where one is near."""
    place = ".".join(map(str, error.path)) or "top level"
    schema: Any = error.schema
    given: Any = error.instance
    says = error.message
    if error.validator == "pattern" and not str(given).strip():
        says = "the text is blank"
    if error.validator == "additionalProperties":
        known = schema["properties"]
        for key in [str(each) for each in given if each not in known]:
            near = difflib.get_close_matches(key, known, n=1)
            says += f". Did you mean '{near[0]}' by '{key}'?" if near else ""
    about = f" ({schema['description']})" if schema.get("description") else ""
    return f"{place}: {says}{about}"


def refuse_unclear(files: Iterable[str | Path]) -> None:
    """Refuse those of ``files`` that there are and that can be read in two ways.

    Snakemake itself would let the last of two equal keys win, and expand any number of aliases.
    Raises ``DocumentError``, a ``ValueError``.
    """
    from review_synthesis.protocol.document import read_document

    for file in map(Path, files):
        if file.is_file():
            read_document(file)


def read_protocol(path: Path, may_be_first: bool = False) -> Protocol:
    """Read and check a config file, which may lack searches if ``may_be_first``.

    Raises ``ProtocolError``.
    """
    from review_synthesis.protocol.document import DocumentError, read_document

    try:
        return check_protocol(read_document(path), path, may_be_first)
    except DocumentError as error:
        raise ProtocolError(str(error)) from error


def _former_rule(choices: dict[str, Any]) -> Iterator[str]:
    """The rule under its name of before: what to write instead, which then stands in its place."""
    former = choices.pop(FORMER_RULE, None)
    if former is None:
        return
    parts = {**former} if isinstance(former, Mapping) else {}
    if "max_contradicting" in parts:
        parts["max_mixed"] = parts.pop("max_contradicting")
    version = parts.get("version")
    parts["version"] = version + 1 if isinstance(version, int) else 2
    parts["top_word"] = "often reported"
    choices.setdefault(RULE, parts)
    order = [name for name in RuleChoices.__annotations__ if name in parts]
    lines = "".join(f"\n      {name}: {parts[name]}" for name in order)
    yield (
        f"{FORMER_RULE}: it is called {RULE} now, and what it judges 'often reported'; a consensus "
        f"is the agreed coding of coders. Write instead (top_word is what pages call the top step)"
        f":\n    {RULE}:{lines}"
    )


def _former_reasons(choices: dict[str, Any]) -> Iterator[str]:
    """The reasons of a report that was read, where they were named before: what to write now."""
    flow = choices.get("flow")
    if isinstance(flow, Mapping) and "full_text_reasons" in flow:
        choices["flow"] = {each: flow[each] for each in flow if each != "full_text_reasons"}
        yield (
            "flow.full_text_reasons: a reason of exclusion has its stage now. Name all reasons in "
            "vocabularies.exclusion_reasons, each as  reason: {label: in words, stage: screening}, "
            "and those given only for a report that was read with  stage: full_text"
        )


def _wrong_searches(searches: Any) -> Iterator[str]:
    """What a pattern does not see: a day that no calendar has, and the order."""
    if not isinstance(searches, list):
        return
    for place, search in enumerate(searches):
        try:
            date.fromisoformat(search)
        except ValueError:
            yield f"searches.{place}: '{search}' is no day of the calendar"
    if searches != sorted(searches):
        yield f"searches: they go from the oldest to the newest: {', '.join(sorted(searches))}"


def _twice_named(choices: Mapping[str, Any]) -> Iterator[str]:
    """Domains, or words of a vocabulary, that are one word written in two ways."""
    lists = {"review.domains": _part(choices, "review").get("domains")}
    lists |= {f"vocabularies.{name}": each for name, each in _part(choices, "vocabularies").items()}
    for place, names in lists.items():
        seen: dict[str, str] = {}
        for name in map(str, names if isinstance(names, list) else []):
            first = seen.setdefault(fold(name), name)
            if first != name:
                yield f"{place}: '{first}' and '{name}' are one name in two spellings"


def _called_alike(choices: Mapping[str, Any]) -> Iterator[str]:
    """What readers could not tell apart: reasons with one label, two steps with one word."""
    reasons = _part(_part(choices, "vocabularies"), "exclusion_reasons").values()
    labels = [fold(str(each.get("label"))) for each in reasons if isinstance(each, Mapping)]
    twice = {each for each in labels if labels.count(each) > 1}
    yield from (f"vocabularies.exclusion_reasons: two have the label '{each}'" for each in twice)
    if fold(str(_part(choices, RULE).get("top_word"))) in JUDGEMENTS[1:]:
        yield f"{RULE}.top_word: another step is called so"


def _wrong_implications(choices: Mapping[str, Any]) -> Iterator[str]:
    """Implications of a finding that has some already, or written on no day of the calendar."""
    entries = _part(choices, "review").get("implications")
    seen: dict[tuple[object, object], int] = {}
    for number, each in enumerate(entries if isinstance(entries, list) else []):
        if not isinstance(each, Mapping):
            continue
        place = f"review.implications.{number}"
        finding = each.get("factor"), each.get("direction")
        if (first := seen.setdefault(finding, number)) != number:
            yield f"{place}: {finding[0]} as {finding[1]} stands in review.implications.{first} too"
        try:
            date.fromisoformat(str(each.get("date")))
        except ValueError:
            yield f"{place}.date: '{each.get('date')}' is no day of the calendar"


def _part(choices: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = choices.get(name)
    return part if isinstance(part, Mapping) else {}


def _odd_texts(choices: Any, place: str = "") -> Iterator[str]:
    """Texts with a character that no text may hold, wherever they stand."""
    if isinstance(choices, str):
        found = oddity(choices)
        if found:
            yield f"{place}: {found.says}. {found.hint}"
    elif isinstance(choices, dict):
        for name, each in choices.items():
            yield from _odd_texts(str(name), place or "top level")
            yield from _odd_texts(each, f"{place}.{name}".lstrip("."))
    elif isinstance(choices, list):
        for number, each in enumerate(choices):
            yield from _odd_texts(each, f"{place}.{number}")
