"""What the first screen answers: the findings that most studies report, and how sure they are."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from review_synthesis.tables.vocabulary import (
    HANGS_ON_ONE,
    HOLDS_IN_ALL,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    OFTEN,
    finding_address,
)
from review_synthesis.wording.ladder import judged, often
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.leading import named_first
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.phrases import listed, strength_in_words
from review_synthesis.wording.text import Number, Text


class Leader(NamedTuple):
    """A finding that many studies report."""

    factor: str
    direction: str
    label: str
    studies: Number
    total: Number
    judgement: str
    strength: str
    """How it stands up to the scenarios; empty where it is not often reported or none was tried."""
    held: Number | None = None
    kinds: Number | None = None
    """Of how many kinds of scenario it holds in how many, where it has a strength."""

    @property
    def address(self) -> str:
        """Where its card is, from any page of the cut."""
        return finding_address(self.factor, self.direction)

    @property
    def in_a_word(self) -> Text:
        """Its strength, or else the step of the ladder that it is on."""
        if not self.strength or self.held is None or self.kinds is None:
            return judged(self.judgement)
        return strength_in_words(self.strength, self.held, self.kinds)


class Side(NamedTuple):
    """The findings of a direction that most studies report, and those level with the last."""

    direction: str
    leaders: list[Leader]
    level: list[Leader]


def sides(numbers: Numbers, file: str) -> list[Side]:
    """What helps and what hinders, by the number of studies at the cut of ``file``.

    Of those with as many studies a higher step of the ladder goes first, and then the label. What
    no study reports is not named.
    """
    findings = numbers.at("findings", file=file)
    made = []
    for direction in JUDGED_DIRECTIONS:
        ranked = sorted(
            (-cell["studies"], JUDGEMENTS.index(cell["judgement"]), cell["label"], factor)
            for factor, cells in findings.items()
            for cell in [cells[direction]]
            if cell["studies"]
        )
        first, level = (
            [_leader(numbers, file, factor, direction) for *_order, factor in those]
            for those in named_first(ranked, itemgetter(0))
        )
        made.append(Side(direction, first, level))
    return made


def _leader(numbers: Numbers, file: str, factor: str, direction: str) -> Leader:
    place = ("findings", factor, direction)
    studies, total = (
        numbers.count(*place, each, file=file) for each in ("studies", "studies_total")
    )
    label, judgement = (numbers.at(*place, each, file=file) for each in ("label", "judgement"))
    stressed = numbers.at("robustness", "findings", file=file).get(f"{factor} {direction}", {})
    strength = (stressed.get("strength") or "") if judgement == OFTEN else ""
    leader = Leader(factor, direction, label, studies, total, judgement, strength)
    if not strength:
        return leader
    tried = ("robustness", "findings", f"{factor} {direction}")
    held, kinds = (numbers.count(*tried, each, file=file) for each in ("kinds_held", "kinds"))
    return leader._replace(held=held, kinds=kinds)


def how_sure(numbers: Numbers, file: str, top: Text | None = None) -> Text:
    """How the findings often reported stand up to tests, in one sentence; nothing of no study.

    ``top`` is what the top step is called, for who says its measure too.
    """
    top = often() if top is None else top
    if not numbers.at("evidence_base", "studies", file=file):
        return Text()
    found = numbers.count("robustness", "often_reported", file=file)
    if not found.value:
        return _("No finding is {often}, so that of none is said whether it stays so.", often=top)
    return _("{tests}; {confidence}.", tests=_tests(numbers, file, found, top),
             confidence=_confidence(numbers, file))  # fmt: skip


def _tests(numbers: Numbers, file: str, found: Number, top: Text) -> Text:
    """What stress tests show of the findings often reported."""
    strengths = {
        strength: numbers.count("robustness", "strengths", strength, file=file)
        for strength in numbers.at("robustness", "strengths", file=file)
    }
    if not any(each.value for each in strengths.values()):
        return n_(
            "The {n} finding that is {often} could not be put to a test",
            "The {n} findings that are {often} could not be put to a test",
            found,
            often=top,
        )
    if found.value == 1:
        strength = next(each for each, number in strengths.items() if number.value)
        told = p_("strength", strength)
        return _("The only finding that is {often} {strength}", often=top, strength=told)
    all_kinds, one_study = strengths[HOLDS_IN_ALL], strengths[HANGS_ON_ONE]
    holding = (
        n_("{n} holds in all stress tests", "{n} hold in all stress tests", all_kinds)
        if all_kinds.value
        else _("none holds in all stress tests")
    )
    changing = numbers.count("robustness", "hold_where_evidence_changes", file=file)
    all_but_added = n_(
        "{n} holds in all that do more than add reports",
        "{n} hold in all that do more than add reports",
        changing,
    )
    hanging = (
        n_("{n} hangs on one study", "{n} hang on one study", one_study)
        if one_study.value
        else _("none hangs on one study")
    )
    also = [all_but_added] if changing.value > all_kinds.value else []
    return _(
        "Of the {findings} findings that are {often}, {told}",
        findings=found,
        often=top,
        told=listed([holding, *also, hanging]),
    )


def _confidence(numbers: Numbers, file: str) -> Text:
    """Of how many findings people have judged the confidence."""
    place = ("checks", "confidence")
    judged_so_far = numbers.count(*place, "judged", file=file)
    if not judged_so_far.value:
        return _("nobody has judged yet how confident to be in any finding")
    return n_(
        "people have judged how confident to be in {judged} of {n} finding",
        "people have judged how confident to be in {judged} of {n} findings",
        numbers.count(*place, "profiles", file=file),
        judged=judged_so_far,
    )
