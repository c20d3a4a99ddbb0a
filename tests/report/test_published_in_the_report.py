"""What the report says of published findings and local innovations, on a small made-up review."""

from __future__ import annotations

from rendered import bound, by_id, cells, rows, words
from small_report import at, report, report_of
from small_tables import tables


def test_each_published_finding_has_its_verdict_and_the_numbers_behind_it() -> None:
    links = "To the finding ({0}), the other way round ({0})"
    base = "another evidence base."
    shown = cells(report(), "published-table") + cells(report(), "published-others")
    assert [row[0:1] + row[2:] for row in shown] == [
        [
            *("P01", "Sometimes reported"),
            "6 of 12 studies, needed: 5; 3 of 10 mixed or no effect; the other way round, as an "
            f"enabler: 1. {links.format('P01')}",
            "often reported",
        ],
        [
            *("P02", "Often reported"),
            "7 of 12 studies, needed: 5; 1 of 9 mixed or no effect; the other way round, as a "
            f"barrier: 2. {links.format('P02')}",
            "reported once",
        ],
        ["P03", "Another number", f"30 published, 12 here: {base}", "–"],
        ["P04", "Same number", f"17 published and here: {base}", "–"],
        ["P05", "Not testable", "No table at this cut holds what it says.", "–"],
        ["P06", "Not testable", "No table at this cut holds what it says.", "–"],
        [
            *("P07", "The share: does not hold"),
            "Of 9 studies 5 are led by no named framework, or it is unclear; if a stated design "
            "counts as a formal method too, 4 without one or unclear; methods were coded of 9 of "
            "12 studies; only the share is tested.",
            "the share: holds",
        ],
        [
            *("P08", "More as a barrier: holds"),
            "As a barrier 6, as an enabler 1 of 12 studies; only these are compared. "
            + links.format("P08"),
            "more as a barrier: does not hold",
        ],
        [
            *("P09", "The date: does not hold"),
            "Evidence to 1 January 2020 published, to 1 January 2021 here: another date, which the "
            "protocol sets.",
            "–",
        ],
        [
            *("P10", "Another number"),
            "6 published, 14 here: these are not those that the review counted. To the "
            "innovations (P10)",
            "–",
        ],
        [
            *("P11", "Same number"),
            "3 published and here: true by construction, as the codebook is built around the "
            "review's own domains.",
            "–",
        ],
    ]
    assert len(rows(report(), "published-table")) == 2, "those on a factor stand open"
    told = rows(report(), "published-table") + rows(report(), "published-others")
    sources = {row.find("th").text_content(): [at for _, at in bound(row)] for row in told}
    named = ("part", "whole", "studies_required", "mixed_or_no_effect", "studies_of_factor")
    assert sources["P01"] == [at("published", "P01", each) for each in (*named, "other_way")]
    assert sources["P03"] == [at("published", "P03", each) for each in ("expected", "found")]
    assert sources["P04"] == [at("published", "P04", "found")]
    share = ("whole", "part", "wider_part", "whole", "studies")
    assert sources["P07"] == [at("published", "P07", each) for each in share]
    assert sources["P08"] == [
        at("published", "P08", each) for each in ("part", "other_way", "whole")
    ]


def test_the_verdicts_on_factors_are_counted() -> None:
    (said,) = by_id(report(), "published").xpath("./p[1]")
    assert words(said).startswith(
        "2 findings on factors (often reported: 1, sometimes reported: 1). A finding on a factor"
    )
    assert [source for _shown, source in bound(said)] == [
        at("published_by_kind", "factor"),
        at("verdicts", "factor", "often reported"),
        at("verdicts", "factor", "sometimes reported"),
    ]


def test_local_innovations_stand_by_status_with_what_each_rests_on() -> None:
    section = by_id(report(), "innovations")
    assert words(section.find("h2")) == (
        "Innovations whose work in Scotland and Wales no included study is about"
    )
    assert words(section.find("p")).startswith(
        "14 innovations had begun by 1 January 2021. Of 2 more it is unclear whether they had. "
        "They were looked for apart from the review"
    )
    assert bound(section.find("p"))[0] == ("14", at("local_innovations", "any", "innovations"))
    assert [words(each) for each in section.xpath(".//dl/div")] == [
        "informal local evaluation3",
        "not stated11",
    ]
    assert cells(report(), "innovations-table") == [
        [
            *("Bridge begun; year not known", "A council", "informal local evaluation"),
            *("It names one. B page", "6 January 2021"),
        ],
        [
            *("Anchor unclear whether it had begun", "A council", "not stated"),
            *("A plan. C page", "7 January 2021"),
        ],
        [
            *("Nest Nyth begun 2019", "A council", "not stated"),
            *("It says nothing. A page", "5 January 2021"),
        ],
    ]
    links = section.xpath(".//table//a/@href")
    assert links == ["https://example.org/nest"]
    assert by_id(report("cy"), "innovations").xpath(".//span[@lang='cy']/text()") == ["Nyth"]


def test_without_a_list_of_innovations_there_is_no_section_of_them() -> None:
    none = {"evidence_local_innovations": tables()["evidence_local_innovations"].iloc[:0]}
    assert not report_of(other=none, local_innovations={}).xpath("//*[@id='innovations']")
