"""The brief of a small made-up review: what it says of changes, its figure, and its boxes."""

from __future__ import annotations

import pytest
from rendered import numbers_in
from review_synthesis.brief.forms import Chart, Paragraph
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import CHANGES
from small_brief import at, looked_up, section, told
from small_review import changes_json

# What changed


def test_what_changed_is_told_with_the_numbers_of_both_cuts() -> None:
    studies, often, became, ceased = told("changed", looked_up(changes_json()))
    assert studies == "2 studies are new since 1 January 2020."
    assert numbers_in(studies) == [("2", at("studies", "new", file=CHANGES))]
    assert often == "Findings that are often reported: 3 then, 3 now."
    assert [source for _shown, source in numbers_in(often)] == [
        at("often_reported", side, file=CHANGES) for side in (0, 1)
    ]
    assert became == "Now often reported: fit (helps)."
    assert ceased == (
        "No longer often reported: funding (gets in the way). Studies on it that report mixed "
        "effects "
        "or none: 1 then, 3 now."
    )
    assert [source for _shown, source in numbers_in(ceased)] == [
        at("judgements", 1, "mixed_or_no_effect", side, file=CHANGES) for side in (0, 1)
    ]


def test_a_finding_that_too_few_report_now_is_told_with_what_is_needed() -> None:
    changes = changes_json()
    changes["judgements"][1]["studies"] = [8, 4]
    *_others, ceased = told("changed", looked_up(changes))
    assert ceased == (
        "No longer often reported: funding (gets in the way). Studies that report it: 8 then, 4 "
        "now. "
        "Needed: 4 then, 5 now."
    )
    assert [source for _shown, source in numbers_in(ceased)] == [
        at("judgements", 1, name, side, file=CHANGES)
        for name in ("studies", "studies_required")
        for side in (0, 1)
    ]


def test_another_verdict_is_told_where_no_finding_came_or_went() -> None:
    changes = changes_json() | {"judgements": []}
    *_others, verdict = told("changed", looked_up(changes))
    assert verdict == (
        "The published finding on funding (gets in the way): often reported then, "
        "sometimes reported now."
    )


@pytest.mark.parametrize(
    ("new", "withdrawn", "said", "in_welsh"),
    [
        (
            *([], []),
            "No study is new since 1 January 2020.",
            "Nid oes yr un astudiaeth newydd ers 1 Ionawr 2020.",
        ),
        (
            *(["a"], [["b", "why"]]),
            "1 study is new since 1 January 2020. 1 study was withdrawn.",
            "Mae 1 astudiaeth yn newydd ers 1 Ionawr 2020. Tynnwyd 1 astudiaeth yn ôl.",
        ),
    ],
)
def test_new_and_withdrawn_studies_are_counted(
    new: list[str], withdrawn: list[list[str]], said: str, in_welsh: str
) -> None:
    changes = changes_json()
    changes["studies"] |= {"new": new, "withdrawn": withdrawn}
    assert told("changed", looked_up(changes))[0] == said
    with speaking("cy"):
        assert told("changed", looked_up(changes))[0] == in_welsh


# The figure


def test_the_figure_has_a_bar_for_each_published_finding_in_its_direction() -> None:
    chart, also, untested = section("compared", looked_up()).parts
    assert isinstance(chart, Chart)
    assert chart.columns == [
        *("Finding", "Studies here", "The other way round", "What we say here")
    ]
    assert [(each.direction, [row.cells for row in each.rows]) for each in chart.groups] == [
        ("enabler", [["Fit", "7 of 12", "2", "Often reported"]]),
        ("barrier", [["Funding", "6 of 12", "1", "Sometimes reported"]]),
    ]
    helps, hinders = (group.rows[0] for group in chart.groups)
    assert (helps.often, hinders.often) == (True, False)
    assert numbers_in(helps.cells[1]) == [
        ("7", at("findings", "fit", "enabler", "studies")),
        ("12", at("findings", "fit", "enabler", "studies_total")),
    ]
    assert numbers_in(helps.cells[2]) == [("2", at("published", "P02", "other_way"))]
    # The longest bar, of 7 studies, leaves a little room; the mark stands at 5.
    assert helps.share == pytest.approx(1 / 1.04, abs=1e-4)
    assert hinders.share == pytest.approx(6 / 7 / 1.04, abs=1e-4)
    assert chart.mark == pytest.approx(5 / 7 / 1.04, abs=1e-4)
    assert all(isinstance(each, Paragraph) for each in (also, untested))
    assert chart.key.endswith(
        "The other way round: studies that report its reverse. These can fit the finding too."
    )
    assert also.text == (
        "What the review also says: Lack shows. More as a barrier: holds. Studies that say it gets "
        "in the way: 6. That it helps: 1."
    )
    assert [source for _shown, source in numbers_in(also.text)] == [
        at("published", "P08", each) for each in ("part", "other_way")
    ]
    assert untested.text == (
        "What the review also says, and we cannot test: More research is needed. There were 99 "
        "children."
    )
    assert untested.text.__html__().count('data-text="findings.json#/published/P05/statement"') == 1


def test_the_share_and_the_innovations_have_boxes_of_their_own() -> None:
    confidence, innovations = (section(each, looked_up()) for each in ("confidence", "innovations"))
    assert confidence.boxed
    assert innovations.boxed
    share, found = confidence.parts[0], innovations.parts[0]
    assert isinstance(share, Paragraph)
    assert isinstance(found, Paragraph)
    assert share.text == (
        "What the review also says: Hardly any was formal. The share: does not hold. No named "
        "framework leads "
        "5 of 9 studies whose methods we saw, or it is unclear; 4, if a stated method counts too."
    )
    assert found.text == (
        "In Scotland and Wales we also found 14 innovations. No study here is about their work "
        "there. They are not to be taken for the review's own. Of 11, we saw no word on an "
        "evaluation. There may be one."
    )
    assert [source for _shown, source in numbers_in(share.text)] == [
        at("published", "P07", each) for each in ("part", "whole", "wider_part")
    ]
    assert [source for _shown, source in numbers_in(found.text)] == [
        at("local_innovations", "any", "innovations"),
        at("local_innovations", "not_stated", "innovations"),
    ]
