"""The changes of a small made-up review in words: each number, and its place in the file."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from markdown_it import MarkdownIt
from rendered import numbers_in
from review_synthesis.wording.changes_in_words import changes_sections, changes_text
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import CHANGES
from small_review import changes_json


def at(*keys: object) -> str:
    return f"{CHANGES}#/{'/'.join(map(str, keys))}"


def both(*keys: object) -> list[str]:
    """The places of a number before and after."""
    return [at(*keys, side) for side in (0, 1)]


def sources(*texts: Any) -> list[str]:
    return [source for text in texts for _shown, source in numbers_in(text)]


def changed(**parts: Any) -> dict[str, Any]:
    made = changes_json()
    return {**made, **{each: {**made[each], **part} for each, part in parts.items()}}


def test_the_changes_are_told_as_markdown_part_by_part() -> None:
    assert changes_text(changes_json()) == (
        "# Changes to results, 1 January 2020 to 1 January 2021\n\n"
        "2 of the 8 findings (4 factors, each as an enabler and as a barrier) changed their "
        "judgement. 1 came to be often reported (by at least 5 of 12 studies now, 4 of 10 before) "
        "and 1 ceased to be: 3 are often reported now, 3 were before. Of the 2 factor findings "
        "that the review published, 1 is often reported here, 2 before. "
        "Studies are counted, not weighed.\n\n"
        "## Studies\n\n"
        "There were 10 studies in 14 publications, and there are 12 studies in 17 publications. "
        "New (2): Ash 2020 and Day n.d. Withdrawn: none. No longer among the studies: none. "
        "Described or coded otherwise than before: none.\n\n"
        "## Judgements\n\n"
        "- **Fit, enabler**: sometimes reported (3 of 10 studies, 4 needed) → often reported (7 of "
        "12 studies, 5 "
        "needed). Through Ash 2020 and Day n.d.\n"
        "- **Funding, barrier**: often reported (8 of 10 studies, 4 needed) → sometimes reported "
        "(6 of 12 "
        "studies, 5 needed). Through Day n.d.\n\n"
        "## What the review published\n\n"
        "- P01 (Money is short): often reported → sometimes reported. 8 of 10 studies, needed: 4; "
        "1 of 9 mixed or no effect; the other way round, as an enabler: 3 → 6 of 12 studies, "
        "needed: 5; 3 of 10 mixed or no effect; the other way round, as an enabler: 1.\n\n"
        "## Robustness\n\n"
        "Of all that are often reported, 1 hangs on one study now; before: 0. "
        "2 findings are often reported both before and after. The fragility index (the fewest "
        "supporting studies whose removal ends the finding) is the same for all of them.\n"
    )


def hanging() -> list[str]:
    """Where it stands how many findings hang on one study: now, and before."""
    return [at("robustness", "hanging_on_one_study", side) for side in (1, 0)]


def test_each_number_is_bound_to_its_own_place() -> None:
    short, studies, judgements, verdicts, robustness = changes_sections(changes_json())
    assert sources(short.paragraph) == [
        *(at("counts", "judgements_changed"), at("findings"), at("factors")),
        at("counts", "became_often"),
        *(at("studies_required", 1), at("evidence_base", "studies", 1)),
        *(at("studies_required", 0), at("evidence_base", "studies", 0)),
        at("counts", "no_longer_often"),
        *(at("often_reported", 1), at("often_reported", 0)),
        *(
            at("counts", "factor_findings_published"),
            at("counts", "factor_findings_often_reported", 1),
        ),
        at("counts", "factor_findings_often_reported", 0),
    ]
    base = ("evidence_base", "studies"), ("evidence_base", "publications")
    assert sources(studies.paragraph) == [
        *(at(*each, side) for side in (0, 1) for each in base),
        at("counts", "studies_new"),
    ]
    judged = ("studies", "studies_total", "studies_required")
    assert sources(*judgements.items) == [
        at("judgements", n, name, side) for n in (0, 1) for side in (0, 1) for name in judged
    ]
    grounds = ("part", "whole", "studies_required", "mixed_or_no_effect", "studies_of_factor")
    grounds += ("other_way",)
    assert sources(*verdicts.items) == [
        at("verdicts", 0, "grounds", side, name) for side in (0, 1) for name in grounds
    ]
    assert sources(robustness.paragraph) == [*hanging(), at("robustness", "often_in_both")]


@pytest.mark.parametrize(
    ("number", "said", "in_welsh"),
    [
        (
            0,
            "None of the 8 findings (4 factors, each as an enabler and as a barrier) changed its "
            "judgement.",
            "Ni newidiodd y farn ar yr un o'r 8 o ganfyddiadau (4 o ffactorau, pob un fel "
            "galluogwr ac fel rhwystr).",
        ),
        (
            1,
            "1 of the 8 findings (4 factors, each as an enabler and as a barrier) changed its "
            "judgement.",
            "Newidiodd y farn ar 1 o'r 8 o ganfyddiadau (4 o ffactorau, pob un fel galluogwr ac "
            "fel rhwystr).",
        ),
    ],
)
def test_how_many_judgements_changed_is_said_of_none_and_of_one(
    number: int, said: str, in_welsh: str
) -> None:
    summary = changed(counts={"judgements_changed": number})
    assert changes_sections(summary)[0].paragraph.startswith(f"{said} ")
    with speaking("cy"):
        assert changes_sections(summary)[0].paragraph.startswith(f"{in_welsh} ")


def test_no_finding_that_came_or_ceased_to_be_often_reported_is_none() -> None:
    summary = changed(counts={"became_often": 0, "no_longer_often": 0})
    assert (
        "changed their judgement. None came to be often reported (by at least 5 of 12 studies now, "
        "4 of 10 before) and none ceased to be: 3 are often reported now, 3 were before. Of the 2 "
        "factor findings"
    ) in changes_sections(summary)[0].paragraph


def test_what_often_reported_takes_is_said_once_where_it_is_the_same_in_both_results() -> None:
    summary = {**changed(evidence_base={"studies": [12, 12]}), "studies_required": [5, 5]}
    told = changes_sections(summary)[0].paragraph
    assert "1 came to be often reported (by at least 5 of 12 studies) and 1 ceased" in told
    at = dict(numbers_in(told))
    assert at["5"] == "changes.json#/studies_required/1"
    summary["studies_required"] = [4, 5]
    told = changes_sections(summary)[0].paragraph
    assert "(by at least 5 of 12 studies now, 4 of 12 before)" in told


@pytest.mark.parametrize(
    ("often", "said"),
    [
        ([2, 2], "2 are often reported here, as before."),
        ([0, 1], "1 is often reported here, 0 before."),
    ],
)
def test_how_many_published_findings_are_often_reported_is_told_beside_before(
    often: list[int], said: str
) -> None:
    counts = {"factor_findings_published": 3, "factor_findings_often_reported": often}
    assert (
        f"3 were before. Of the 3 factor findings that the review published, {said} Studies"
        in changes_sections(changed(counts=counts))[0].paragraph
    )


def test_the_fragility_index_is_told_where_it_rose_and_where_it_fell() -> None:
    moved = [
        {"label": "Fit", "direction": "enabler", "index": [1, 3]},
        {"label": "Time", "direction": "barrier", "index": [4, 2]},
    ]
    summary = changed(
        robustness={"fragility": moved}, counts={"fragility_rose": 5, "fragility_fell": 6}
    )
    fragility = changes_sections(summary)[-1].paragraph
    assert fragility.endswith(
        "rose for 5: Fit, enabler (1 → 3); it fell for 6: Time, barrier (4 → 2)."
    )
    place = ("robustness", "fragility")
    assert sources(fragility) == [
        *hanging(),
        at("robustness", "often_in_both"),
        at("counts", "fragility_rose"),
        *both(*place, 0, "index"),
        at("counts", "fragility_fell"),
        *both(*place, 1, "index"),
    ]


def test_a_count_that_the_review_published_is_told_beside_the_same_count() -> None:
    summary = changes_json()
    count = {"kind": "count", "measure": "studies", "by_construction": "no", "verdict": ""}
    summary["verdicts"][0]["grounds"] = [
        {**count, "expected": 30, "found": 12},
        {**count, "expected": 17, "found": 17},
    ]
    (told,) = changes_sections(summary)[3].items
    assert told.endswith(
        "30 published, 12 here: another evidence base → 17 published and here: another evidence "
        "base."
    )
    assert sources(told) == [
        at("verdicts", 0, "grounds", 0, "expected"),
        at("verdicts", 0, "grounds", 0, "found"),
        at("verdicts", 0, "grounds", 1, "found"),
    ]


HOSTILE = [
    "<script>alert(1)</script>",
    "[l](javascript:x)",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "`code` *star* __low__ ~~gone~~ &amp; $x$ | \\",
    "1. first",
    "# a heading",
    "- a point",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_the_data_say_is_text_in_the_changes(text: str) -> None:
    """In a label, in names of studies, in a withdrawal's reason and in a published statement."""
    made = changes_json()
    for each in made["judgements"]:
        each |= {"label": text, "studies_behind": [text, text]}
    for each in made["verdicts"]:
        each |= {"statement": text, "finding_id": text}
    made["studies"] |= {"new": [text, text], "withdrawn": [[text, text]]}
    made["counts"]["studies_withdrawn"] = 1
    page = lxml.html.fromstring(
        f"<div>{MarkdownIt().enable('table').render(changes_text(made))}</div>"
    )
    assert {each.tag for each in page.iter()} <= {"div", "h1", "h2", "p", "ul", "li", "strong"}
    told = " ".join(page.text_content().split())
    assert told.count(text) >= 6
    assert len(page.xpath("./ul/li")) == len(made["judgements"]) + len(made["verdicts"])


def test_several_factors_of_one_published_finding_are_counted_together_beside_its_verdict() -> None:
    summary = changes_json()
    for ground, studies in zip(summary["verdicts"][0]["grounds"], (9, 8), strict=True):
        ground |= {"together": studies, "further": ["Fit", "Low pay"]}
    said = changes_sections(summary)[3].items[0]
    assert (
        "as an enabler: 3; this or Fit and Low pay: 9 of 10 studies (studies that report any of "
        "these, not judged) → "
    ) in said
    assert at("verdicts", 0, "grounds", 1, "together") in sources(said)
