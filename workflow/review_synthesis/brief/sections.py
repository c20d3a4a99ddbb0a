"""The sections of the brief that tell the results; see ``brief``."""

from __future__ import annotations

from collections.abc import Sequence

from review_synthesis.brief.forms import (
    Paragraph,
    Points,
    Ranking,
    Section,
)
from review_synthesis.brief.terms import (
    Finding,
    consensus_findings,
    finding,
    link,
    published_findings,
    published_of,
)
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import CHANGES, Numbers
from review_synthesis.wording.page import cited, day_in_time
from review_synthesis.wording.phrases import listed, no_consensus, publications_of, studies_of
from review_synthesis.wording.text import Number, Text, sentences, verbatim


def side(numbers: Numbers, direction: str) -> Section:
    """What helps, or what gets in the way: the consensus findings, the published ones first."""
    number = numbers.count("consensus", direction)
    if direction == "enabler":
        anchor, heading = "helps", _("What helps (enablers)")
        said = n_(
            "{n} factor reaches consensus as an enabler.",
            "{n} factors reach consensus as enablers.",
            number,
        )
    else:
        anchor, heading = "gets-in-the-way", _("What gets in the way (barriers)")
        said = n_(
            "{n} factor reaches consensus as a barrier.",
            "{n} factors reach consensus as barriers.",
            number,
        )
    if not number.value:
        return Section(anchor, heading, [Paragraph(no_consensus())], direction)
    published = {each.factor for each in published_findings(numbers, direction).values()}
    found = consensus_findings(numbers, direction)
    rankings = [
        (_("The review found these too"), [f for f in found if f.factor in published]),
        (
            _("Found here, not published by the review"),
            [f for f in found if f.factor not in published],
        ),
    ]
    parts = [Ranking(name, _ranked(ranked)) for name, ranked in rankings if ranked]
    return Section(anchor, heading, [Paragraph(said), *parts], direction)


def _ranked(found: list[Finding]) -> list[tuple[Text, Number]]:
    return [(each.name, each.studies) for each in found]


def evidence(numbers: Numbers) -> Section:
    """The studies, and those of the review beside them."""
    base = {
        each: numbers.count("evidence_base", each)
        for each in ("studies", "publications", "primary_studies", "secondary_studies", "records")
    }
    points = [
        sentences(
            _(
                "The evidence here is {studies} in {publications}.",
                studies=studies_of(base["studies"]),
                publications=publications_of(base["publications"]),
            ),
            _("A study counts once, however many publications it has."),
        ),
        sentences(
            n_(
                "{n} study gathered its own data.",
                "{n} studies gathered their own data.",
                base["primary_studies"],
            ),
            n_(
                "{n} is a review of other studies.",
                "{n} are reviews of other studies.",
                base["secondary_studies"],
            ),
            n_(
                "To find them, {n} record was looked through.",
                "To find them, {n} records were looked through.",
                base["records"],
            ),
        ),
    ]
    nations = numbers.at("studies", "country")
    if nations:
        ranked = sorted(nations, key=lambda nation: (-nations[nation], nation))
        named = [
            _(
                "{nation} ({studies})",
                nation=verbatim(p_("nation", each)) if each else _("not known"),
                studies=numbers.count("studies", "country", each),
            )
            for each in ranked
        ]
        points.append(_("Where they were done: {nations}.", nations=listed(named)))
    studies, publications = (numbers.published_count(each) for each in ("studies", "publications"))
    if studies and publications:
        points.append(
            _(
                "The review itself had {studies} in {publications}.",
                studies=studies_of(studies),
                publications=publications_of(publications),
            )
        )
    return Section("evidence", _("The evidence base"), [Points(points)])


def sure(numbers: Numbers, limits: Sequence[str]) -> Section:
    """How far the findings can be trusted: the ``limits`` as declared, and what tests show."""
    tested = numbers.count("robustness", "consensus")
    thin = numbers.count("evidence_base", "studies_of_low_certainty")
    points = [p_("config", each) for each in limits]
    if thin.value:
        points.append(
            n_(
                "{n} study is marked as less certain, as little of its text can be seen.",
                "{n} studies are marked as less certain, as little of their text can be seen.",
                thin,
            )
        )
    if tested.value:
        points.append(
            sentences(
                n_(
                    "We put the {n} consensus finding to the test.",
                    "We put the {n} consensus findings to the test.",
                    tested,
                ),
                n_(
                    "{n} holds whichever one study is left out.",
                    "{n} hold whichever one study is left out.",
                    numbers.count("robustness", "consensus_without_any_one_study"),
                ),
                n_(
                    "{n} holds in every test.",
                    "{n} hold in every test.",
                    numbers.count("robustness", "consensus_in_every_scenario"),
                ),
            )
        )
    return Section("sure", _("How sure can we be?"), [Points(points)])


def changed(numbers: Numbers) -> Section:
    """What changed since the search before, if there was one."""
    heading = _("What has changed since the last search")
    if CHANGES not in numbers.documents:
        first = _("This is the first search. There is none before it to compare with.")
        return Section("changed", heading, [Paragraph(first)])
    told = numbers.of(CHANGES)
    before = day_in_time(told.at("from"))
    if not any(told.at("changes").values()):
        same = _(
            "Nothing has changed since {day}: the same studies, the same counts and the same "
            "findings.",
            day=before,
        )
        return Section("changed", heading, [Paragraph(same)])
    points = [
        _studies_moved(told, before),
        _(
            "Consensus findings: {was} then, {now} now.",
            was=told.count("consensus", 0),
            now=told.count("consensus", 1),
        ),
        *_consensus_moved(numbers, told),
        *_verdicts_moved(numbers, told),
    ]
    return Section("changed", heading, [Points(points)])


def _studies_moved(told: Numbers, before: Text) -> Text:
    new, gone = (told.count("studies", each) for each in ("new", "withdrawn"))
    return sentences(
        n_("{n} study is new since {day}.", "{n} studies are new since {day}.", new, day=before)
        if new.value
        else _("No study is new since {day}.", day=before),
        n_("{n} study was withdrawn.", "{n} studies were withdrawn.", gone) if gone.value else "",
        _("The rule for consensus has changed too.") if told.at("rule") else "",
    )


def _consensus_moved(numbers: Numbers, told: Numbers) -> list[Text]:
    """The findings that became a consensus, and those that ceased to be one, with why."""
    moved = [
        (row["judgement"], finding(numbers, row["factor_id"], row["direction"]).directed)
        for row in told.at("judgements")
    ]
    became = [named for (_before, now), named in moved if now == "consensus"]
    ceased = [
        _ceased(told, place, named)
        for place, ((before, _now), named) in enumerate(moved)
        if before == "consensus"
    ]
    if not became:
        return ceased
    return [_("Now a consensus: {factors}.", factors=listed(became)), *ceased]


def _ceased(told: Numbers, place: int, named: Text) -> Text:
    """That a finding is no consensus any more: too few report it, or too many contradict it."""
    (was, now), (needed_then, needed), (against_then, against) = (
        [told.count("judgements", place, name, side) for side in (0, 1)]
        for name in ("studies", "studies_required", "contradicting")
    )
    if now.value < needed.value:
        return _(
            "No longer a consensus: {factor}. Studies that report it: {was} then, {now} now. "
            "Needed: {needed_then} then, {needed} now.",
            factor=named,
            was=was,
            now=now,
            needed_then=needed_then,
            needed=needed,
        )
    return _(
        "No longer a consensus: {factor}. Studies on it that find mixed effects or none: {was} "
        "then, {now} now.",
        factor=named,
        was=against_then,
        now=against,
    )


def _verdicts_moved(numbers: Numbers, told: Numbers) -> list[Text]:
    """The other published findings on a factor that another verdict is passed on now."""
    published = published_of(numbers, "factor")
    known = [
        (row["factor_id"], row["direction"])
        for row in told.at("judgements")
        if "consensus" in row["judgement"]
    ]
    moved = [
        (published[row["finding_id"]]["factor_id"], row["direction"], row["verdict"])
        for row in told.at("verdicts")
        if row["finding_id"] in published
    ]
    return [
        _(
            "The published finding on {factor}: {before} then, {after} now.",
            factor=finding(numbers, factor, direction).directed,
            before=p_("verdict", before),
            after=p_("verdict", after),
        )
        for factor, direction, (before, after) in moved
        if (factor, direction) not in known
    ]


def meaning(numbers: Numbers) -> Section:
    """What can be said in plain words, as far as the data carry it."""
    both = numbers.count("consensus_in_both_directions")
    points = []
    if numbers.at("verdicts", "factor").get("supported"):
        points.append(_("What the review found and we find again is a good place to look first."))
    if both.value:
        points.append(
            n_(
                "{n} factor works both ways. It helps where it is in place, and gets in the way "
                "where it is not.",
                "{n} factors work both ways. They help where they are in place, and get in the "
                "way where they are not.",
                both,
            )
        )
    points += [
        _(
            "If few studies report a factor, it may still matter. Perhaps nobody asked about it, "
            "or it is not in the text that we could see."
        ),
        _(
            "The counts show what studies report. They do not show how much a factor matters, or "
            "what will work in one place."
        ),
    ]
    return Section("meaning", _("What this means"), [Points(points)])


def more(numbers: Numbers, up: str, citation: str) -> Section:
    """Where to read on, and how to check a number; ``up`` leads to the folder of the cut."""
    files = [link(f"{up}{name}", name) for name in numbers.documents]
    points = [
        _(
            "The full report: {file}. Each number there opens the studies that it counts.",
            file=link("report.html", "report.html"),
        ),
        _("The review: {citation}.", citation=cited(citation)),
        _(
            "To check a number here, look it up in {files}. The command “{command}” checks that "
            "no file was changed.",
            files=listed(files),
            command=verbatim("review-synthesis verify"),
        ),
    ]
    return Section("more", _("Where to read more"), [Points(points)])
