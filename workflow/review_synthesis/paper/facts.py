"""What the text of a paper tells: places in the results, and what is chosen and ordered of them.

A template names a place, such as ``results.evidence_base.studies``, and prints the number that
stands there with its source. What takes more than a place is gathered here: names by number,
findings of one kind, coefficients that are defined.
"""

import pathlib
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from review_synthesis.protocol.config import RETEST, ReviewText
from review_synthesis.robustness.strength import ONE_STUDY_OUT
from review_synthesis.tables.places import Count, Document, Names, Share
from review_synthesis.tables.vocabulary import (
    ASSESSED_IN_PART,
    COUNT,
    FACTOR,
    HANGS_ON_ONE,
    KIND_OF_SOURCE,
    METHODS_LEVELS,
    METHODS_WORDS,
    NOT_STATED,
    OF_MORE,
    OFTEN,
    VERDICTS,
)
from review_synthesis.wording.how_found import paths_of
from review_synthesis.wording.limits import limits_in_words
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers, Place
from review_synthesis.wording.phrases import mid_sentence, reasons_in_words
from review_synthesis.wording.text import Number, one_line
from review_synthesis.wording.verdicts import grounds, said_verdict, verdict_on

CONFIG = "config.yaml"
REFERENCES = pathlib.Path(__file__).parent / "templates" / "references.csv"
AGREEMENT = "review_synthesis.robustness.coefficients"
ROBUSTNESS = "review_synthesis.robustness.scenarios"
COEFFICIENTS = {"kappa": "Cohen's κ", "pabak": "PABAK", "ac1": "Gwet's AC1"}
COEFFICIENTS |= {"alpha": "Krippendorff's α"}
MOST_NAMED = 3
KINDS = {kind: mid_sentence(words) for kind, words in KIND_OF_SOURCE.items()}
BY_SOME = ["some coders, agreed", "some coders, not agreed"]


class Named(NamedTuple):
    """Something that is counted: its name, and its number."""

    name: str
    number: Number


class Path(NamedTuple):
    """A path of a search through the flow: the prefix of its boxes, how it looked, the kinds of
    its sources, and the reasons of exclusion at screening and of reports assessed."""

    prefix: str
    how: str
    kinds: list[Named]
    early_reasons: list[Named]
    late_reasons: list[Named]


def declared(
    left_out: pd.DataFrame, review: ReviewText, several_coders: bool, stressed: bool
) -> dict[str, Document]:
    """What the program itself declares and a text quotes, by module, as documents of numbers.

    Of the kinds of scenario, those of which no variant is tried (``left_out``) are not named, nor
    those of a coder unless there are ``several_coders``; none where no finding is ``stressed``.
    """
    from review_synthesis.robustness.coefficients import FEWEST, INTERVAL, RESAMPLES

    interval = [Share(each, f"{AGREEMENT}#/INTERVAL/{n}") for n, each in enumerate(INTERVAL)]
    names = _tried(left_out, review, several_coders) if stressed else []
    whole = not (left_out["tried"] == 0).any()
    source = f"{ROBUSTNESS}#/SCENARIOS" if whole else "tables/robustness.csv#distinct scenario"
    return {
        AGREEMENT: {
            "INTERVAL": interval,
            "RESAMPLES": Count(RESAMPLES, f"{AGREEMENT}#/RESAMPLES"),
            "FEWEST": Count(FEWEST, f"{AGREEMENT}#/FEWEST"),
        },
        ROBUSTNESS: {"SCENARIOS": Names(names, source)},
    }


def _tried(left_out: pd.DataFrame, review: ReviewText, several_coders: bool) -> list[str]:
    from review_synthesis.robustness.scenarios import scenarios_of

    untried = set(left_out.loc[left_out["tried"] == 0, "scenario"])
    names = [each.name for each in scenarios_of(several_coders, review["place"][0])]
    return [each for each in names if each not in untried]


def kinds_tried(
    documents: Mapping[str, Document], left_out: pd.DataFrame, review: ReviewText
) -> list[str]:
    """The kinds of scenario in which a finding is judged again; none where none is."""
    numbers = Numbers(documents)
    if not numbers.at("robustness", "findings"):
        return []
    return _tried(left_out, review, bool(numbers.at("agreement", "coders")))


def facts(
    documents: Mapping[str, Document],
    review: ReviewText,
    left_out: pd.DataFrame,
    flow: pd.DataFrame,
) -> dict[str, object]:
    """All that the templates of a paper tell of, by the names that they use.

    ``documents`` holds ``findings.json`` and, where there is a cut before, ``changes.json``;
    ``review`` is the part of the config of that name, ``left_out`` the table of scenarios that
    are not tried, ``flow`` that of the flow.
    """
    coded = bool(Numbers(documents).at("agreement", "coders"))
    stressed = bool(Numbers(documents).at("robustness", "findings"))
    numbers = Numbers(
        {**documents, **declared(left_out, review, coded, stressed), CONFIG: {"review": review}}
    )
    changed = CHANGES in documents
    paths = _paths(numbers, reasons_in_words(flow))
    required = numbers.at("studies_required")
    domains = {each["domain"] for each in numbers.at("factors").values()}
    return {
        "results": Place(numbers, FINDINGS),
        "changes": Place(numbers, CHANGES) if changed else None,
        "nothing_changed": changed and not any(numbers.at("changes", file=CHANGES).values()),
        "bootstrap": Place(numbers, AGREEMENT),
        "stress": Place(numbers, ROBUSTNESS),
        "not_tried": [
            f"{scenario} ({one_line(variant)})"
            if variant and scenario != ONE_STUDY_OUT
            else scenario
            for scenario, variant in left_out[["scenario", "left_out"]].to_numpy().tolist()
        ],
        "limits": limits_in_words(review["limits"], numbers),
        "review": Place(numbers, CONFIG, "review"),
        "place_note": review["place_note"],
        "retest": review["role"] == RETEST,
        "cited_review": cited_as(review["citation"]),
        "framework": review["framework"]["name"],
        "cited_framework": cited_as(review["framework"]["citation"]),
        "added_domains": [
            one_line(each) for each in sorted(domains - set(review["domains"] or domains))
        ],
        "paths": paths,
        "searched": [search for search, ways in paths.items() if ways],
        "seen_in_part": bool((flow["label"] == ASSESSED_IN_PART).any()),
        "sought": any(box.endswith("sought") for of in numbers.at("flow").values() for box in of),
        **_characteristics(numbers),
        "one_fewer": str(required - 1),
        "one_more": str(required + 1),
        **_robustness(numbers),
        **_agreement(numbers),
        **_checks(numbers),
        **_published(numbers),
    }


def _paths(numbers: Numbers, reasons: Mapping[str, str]) -> dict[str, list[Path]]:
    """The paths of each search: databases and registers, and other methods; none where it is not
    recorded how studies were found."""
    paths: dict[str, list[Path]] = {}
    for search, flow in numbers.at("flow").items():
        paths[search] = []
        for prefix in paths_of(flow):
            untyped = not prefix and flow.get(f"identified_kind {NOT_STATED}")
            how = "by searching" if untyped else "in databases and registers"
            boxes = ("excluded_screening_reason", "excluded_reports_reason")
            path = Path(
                prefix,
                "by other methods" if prefix else how,
                _parts(numbers, search, f"{prefix}identified_kind", KINDS),
                *(_parts(numbers, search, f"{prefix}{box}", reasons) for box in boxes),
            )
            paths[search].append(path)
    return paths


def _parts(numbers: Numbers, search: str, box: str, words: Mapping[str, str]) -> list[Named]:
    """The parts of a box that count something by what they are called, most frequent first."""
    flow = numbers.at("flow", search)
    return _most_first(
        Named(says, numbers.count("flow", search, f"{box} {part}"))
        for part, says in words.items()
        if flow.get(f"{box} {part}")
    )


def _characteristics(numbers: Numbers) -> dict[str, list[Named]]:
    """Designs, nations and types of publication, each with its number, most first."""
    designs = _ranked(numbers, "studies", "design")
    if len(designs) > MOST_NAMED:  # the first few, and others with as many as the last of them
        least = designs[MOST_NAMED - 1].number.value
        designs = [each for each in designs if each.number.value >= least]
    return {
        "designs": designs,
        "nations": _ranked(numbers, "studies", "country"),
        "publication_types": [
            each._replace(name=each.name.replace("_", " "))
            for each in _ranked(numbers, "publications", "publication_type")
        ],
    }


def _ranked(numbers: Numbers, *keys: object) -> list[Named]:
    """What is counted at a place by name, most first; what has no name is left out."""
    names = [name for name in numbers.at(*keys) if name]
    return _most_first(Named(one_line(name), numbers.count(*keys, name)) for name in names)


def _most_first(counted: Iterator[Named]) -> list[Named]:
    return sorted(counted, key=lambda each: (-each.number.value, each.name))


def _robustness(numbers: Numbers) -> dict[str, object]:
    """The findings that hang on one study, the kind of scenario that fewest hold in, and that in
    which as many studies as before are of more."""
    kinds = numbers.at("robustness", "kinds")
    findings = numbers.at("robustness", "findings").items()
    return {
        "fragile": [name for name, each in findings if each["strength"] == HANGS_ON_ONE],
        "hardest": next((kind for kind, each in kinds.items() if each["no"]), ""),
        "of_more": next((kind for kind, each in kinds.items() if each[OF_MORE]), ""),
    }


def _agreement(numbers: Numbers) -> dict[str, object]:
    """Which coefficients of each pair of coders are defined, which have an interval, and whether
    some units were settled that not all had coded."""
    measured = {
        pair: [measure for measure in COEFFICIENTS if values[measure] is not None]
        for pair, values in numbers.at("agreement", "coders").items()
        if values["agreement"] is not None
    }
    bounded = {
        pair: [
            measure
            for measure in COEFFICIENTS
            if None not in [values[f"{measure}{end}"] for end in ("_low", "_high")]
        ]
        for pair, values in numbers.at("agreement", "coders").items()
    }
    settled = numbers.at("agreement", "settlements")
    return {
        "bounded": bounded,
        "with_intervals": any(bounded.values()),
        "coefficients": COEFFICIENTS,
        "measured": {pair: measures for pair, measures in measured.items() if measures},
        "settled_by_some": any(settled.get(each) for each in BY_SOME),
    }


def _checks(numbers: Numbers) -> dict[str, object]:
    """What was checked of the evidence, as far as any of it was; see ``checks.j2``."""

    def place(*keys: str) -> Place | None:
        try:
            return Place(numbers, FINDINGS, "checks", *keys)
        except LookupError:
            return None

    sample = numbers.at("checks", "screening").get("sample", {}).get("all", {})
    levels = numbers.at("checks", "methods")
    return {
        "second_screening": place("screening", "sample", "all"),
        "targeted_screening": place("screening", "targeted", "all"),
        "screening_measures": [
            measure
            for measure in ("kappa", "pabak", "ac1")
            if sample and None not in [sample[f"{measure}{end}"] for end in ("", "_low", "_high")]
        ],
        "checked_codings": {drawn: place("rows", "codings", drawn) for drawn in ("sample", "all")},
        "methods_levels": [
            Named(METHODS_WORDS[level], numbers.count("checks", "methods", level, "studies"))
            for level in METHODS_LEVELS
            if levels
        ],
        "appraised": {
            tool: [
                Named(result, numbers.count("checks", "appraisals", tool, result, "studies"))
                for result in results
            ]
            for tool, results in numbers.at("checks").get("appraisals", {}).items()
        },
        "methods_agreed": {
            pair: place("methods_agreement", "as_coded", pair)
            for pair in numbers.at("checks", "methods_agreement").get("as_coded", {})
        },
    }


def _published(numbers: Numbers) -> dict[str, object]:
    """The verdicts on published findings by kind, and the findings that are told one by one."""
    factors: dict[str, list[Place]] = {}
    also: list[Place] = []
    for name, each in numbers.at("published").items():
        place = Place(numbers, FINDINGS, "published", name)
        if each["kind"] == FACTOR and each["verdict"] != OFTEN:
            factors.setdefault(each["verdict"], []).append(place)
        elif each["kind"] not in (FACTOR, COUNT):
            also.append(place)
    return {
        "grounds": grounds,
        "said_verdict": said_verdict,
        "verdict_on": verdict_on,
        "by_construction": numbers.count("by_construction"),
        "also_published": also,
        "verdicts": {
            kind: [
                Named(verdict, numbers.count("verdicts", kind, verdict))
                for verdict in VERDICTS
                if counts.get(verdict)
            ]
            for kind, counts in numbers.at("verdicts").items()
        },
        "other_than_often": {each: factors[each] for each in VERDICTS if each in factors},
    }


def works(review: ReviewText) -> dict[str, str]:
    """The works that a text may cite, by how it cites them: those of the review, and our own."""
    published, framework = review["citation"], review["framework"]["citation"]
    known = pd.read_csv(REFERENCES, index_col=["of", "cited_as"])["reference"]
    named = {cited_as(published): published, **known["guideline"], cited_as(framework): framework}
    return {cited: entry for cited, entry in {**named, **known["method"]}.items() if entry}


def cited_as(citation: str) -> str:
    """How a work is cited: by its first author and its year where the reference has them."""
    found = re.match(r"(\w[^\s,]*) .*?\(([0-9]{4})\)", citation)
    return f"{found[1]} et al. {found[2]}" if found else citation
