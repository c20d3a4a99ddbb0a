"""The index: what the latest cut answers on one screen, and the cuts before it below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from review_synthesis.export.documents import documents_of_cuts
from review_synthesis.protocol.config import Protocol, ReviewText
from review_synthesis.report.first_screen import Leader, how_sure, sides
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, JUDGEMENTS, finding_address
from review_synthesis.wording.ladder import measure, often
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.leading import MOST, level_with_last
from review_synthesis.wording.numbers import FINDINGS, Numbers, Place
from review_synthesis.wording.page import folder_of_language, other_languages, write_page
from review_synthesis.wording.phrases import listed, mid_sentence
from review_synthesis.wording.places_counted import places_of_innovations, studies_by_place
from review_synthesis.wording.text import Text, wrapped

PAGE = "index.html"


def write_index(
    cuts: list[str], config: Protocol, each_cut: Mapping[str, Mapping[str, pd.DataFrame]]
) -> dict[str, str]:
    """The page that answers first, in the language spoken.

    ``each_cut`` holds at each cut what the step declares.
    """
    numbers = Numbers(documents_of_cuts(cuts, config, each_cut))
    places, ran_on = config["vocabularies"]["places"], one_day(each_cut[cuts[-1]]["searches"])
    page = index_page(numbers, cuts, config["review"], config["languages"], places, ran_on)
    return {PAGE: page}


def one_day(searches: pd.DataFrame) -> str:
    """The day on which all queries of all searches were run, or nothing where there are several."""
    days = set(searches["date_run"])
    return str(days.pop()) if len(days) == 1 else ""


def index_page(
    numbers: Numbers,
    cuts: Sequence[str],
    review: ReviewText,
    languages: Sequence[str],
    places: Sequence[str] = (),
    ran_on: str = "",
) -> str:
    """The page that answers first and compares the cuts, in the language spoken, as HTML.

    ``numbers`` looks up ``<cut>/findings.json`` of each of ``cuts``, oldest first; ``places`` are
    those that the protocol names, ``ran_on`` is the day on which all searches were run, if it is
    one.
    """
    files = {cut: f"{cut}/{FINDINGS}" for cut in cuts}
    last, folder = files[cuts[-1]], folder_of_language()
    named, at_work = sides(numbers, last), places_of_innovations(numbers, last)
    level = {
        each.direction: _level(each.level, f"{folder and '../'}{cuts[-1]}/{folder}")
        for each in named
    }
    step = measure(Place(numbers, last, "frequency_rule"))
    top = _("{often} ({measure})", often=often(), measure=step)
    said = {
        "numbers": numbers,
        "results": {cut: Place(numbers, file) for cut, file in files.items()},
        "review": review,
        "finding_address": finding_address,
        "cuts": cuts,
        "ran_on": ran_on,
        "cut": cuts[-1],
        "sides": named,
        "level": level,
        "how_sure": how_sure(numbers, last, top),
        "places": studies_by_place(numbers, places, last),
        "where_at_work": listed([p_("place", each) for each in at_work]) if at_work else "",
        "asks_for_more": _needed(numbers, files[cuts[0]]) < _needed(numbers, last),
        "moved": _moved(numbers, list(files.values())),
    }
    others = other_languages(PAGE, languages)
    return write_page("index.html.j2", said, others, home="", style="index.css")


def _needed(numbers: Numbers, file: str) -> int:
    """How many studies the rule asks for."""
    return int(numbers.at("studies_required", file=file))


def _level(leaders: Sequence[Leader], folder: str) -> Text:
    """Which findings are level with the last one named, with links into a ``folder`` of pages."""
    names = [
        wrapped("a", mid_sentence(p_("factor", each.label)), href=f"{folder}{each.address}")
        for each in leaders
    ]
    told = level_with_last(names)
    return wrapped("a", told, href=f"{folder}report.html#findings") if len(names) > MOST else told


def _moved(numbers: Numbers, files: Iterable[str]) -> list[tuple[str, str, str]]:
    """The findings of the last cut whose judgement is another at a cut before, the first as there.

    A finding has its factor, direction and label.
    """
    of_cuts = [numbers.at("findings", file=file) for file in files]
    cells = sorted(
        (JUDGEMENTS.index(cell["judgement"]), -cell["studies"], cell["label"], factor, direction)
        for factor, cells in of_cuts[-1].items()
        for direction in JUDGED_DIRECTIONS
        for cell in [cells[direction]]
    )
    return [
        (factor, direction, label)
        for *_order, label, factor, direction in cells
        if len({_judgement(findings, factor, direction) for findings in of_cuts}) > 1
    ]


def _judgement(findings: Mapping[str, Mapping[str, Mapping[str, str]]], *cell: str) -> str:
    """The judgement of a finding at a cut, or nothing where its factor was not there yet."""
    factor, direction = cell
    return findings.get(factor, {}).get(direction, {}).get("judgement", "")
