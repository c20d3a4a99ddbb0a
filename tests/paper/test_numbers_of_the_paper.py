"""What a paper takes over: the numbers of its text and its tables are those of the results."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from papers import (
    CUTS,
    RESULTS,
    REVIEW,
    VERSIONS,
    as_read,
    cells_of_markdown,
    documents,
    page_of,
    paper,
    paragraphs,
    rowless,
    text_of,
    up_to,
)
from results_tables import read_results
from review_synthesis.paper.facts import declared
from review_synthesis.paper.paper_tables import OF_A_LATER_SEARCH
from review_synthesis.paper.write_paper import make_paper
from review_synthesis.steps import STEPS
from review_synthesis.tables.stress import ScenariosLeftOut
from review_synthesis.wording.phrases import day_of
from review_synthesis.wording.verdicts import verdict_on
from walked import value_at


def at_source(source: str, cut: str) -> Any:
    """What stands at a source: in a document or a table, or in what the program declares."""
    if ".csv#" in source:
        return value_at(RESULTS / cut, source)
    name, _, pointer = source.partition("#/")
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")]
    value = {**declared(rowless(ScenariosLeftOut), REVIEW, True, True), **documents(cut)}[name]
    for key in keys:
        value = value[int(key)] if isinstance(value, list | tuple) else value[key]
    return value


def table_of(cut: str, name: str) -> list[dict[str, str]]:
    with (RESULTS / cut / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of_table(cut: str, number: int) -> list[dict[str, str]]:
    """The rows of a table by column, each with the heading that it stands under."""
    columns, *rows = cells_of_markdown(paper(cut).tables)[number - 1]
    found, group = [], ""
    for row in rows:
        if len(row) == 1:
            (group,) = row
        else:
            found.append({"group": group, **dict(zip(columns, row, strict=True))})
    return found


@pytest.mark.parametrize("cut", CUTS)
def test_every_number_of_the_text_stands_at_its_source_in_the_results(cut: str) -> None:
    bound = [(each, number) for each in paragraphs(paper(cut)) for number in each["numbers"]]
    assert len(bound) > 100
    for each, number in bound:
        assert each["text"][number["at"] :].startswith(number["shown"])
        found = at_source(number["source"], cut)
        value = len(found) if isinstance(found, list | dict) else found
        assert number["value"] == value, number["source"]
        shown = number["shown"].replace(",", "")
        if shown.endswith("%"):
            assert float(shown[:-1]) == pytest.approx(100 * value, abs=0.5)
        else:
            assert shown == f"{value:.{len(shown.partition('.')[2])}f}"


@pytest.mark.parametrize("cut", CUTS)
def test_no_other_digit_stands_in_the_text_but_in_dates_and_names(cut: str) -> None:
    made = paper(cut).numbers
    versions = [f"{name} {version}" for name, version in VERSIONS.items()]
    assert made["names_with_digits"] == ["PRISMA 2020", "AC1", *versions]
    known = [*made["names_with_digits"], *made["references"], *map(day_of, up_to(cut))]
    for each in paragraphs(paper(cut)):
        text = each["text"]
        for number in reversed(each["numbers"]):
            end = number["at"] + len(number["shown"])
            text = text[: number["at"]] + text[end:]
        for name in known:
            text = text.replace(name, "")
        assert not re.search(r"\d", text), text


@pytest.mark.parametrize("cut", CUTS)
def test_the_markdown_says_what_the_numbers_are_listed_for(cut: str) -> None:
    made = paper(cut)
    said = [each.text_content() for each in page_of(made.text).iter("p")]
    for each in paragraphs(made):
        assert f"{each['heading']}. {each['text']}" in said
    references = [each.text_content() for each in page_of(made.text).iter("li")]
    assert references == list(made.numbers["references"].values())
    for cited in made.numbers["references"]:
        assert cited in text_of(made, "Searches and screening") + made.text


@pytest.mark.parametrize("cut", CUTS)
def test_the_text_says_the_question_and_what_the_evidence_is(cut: str) -> None:
    assert REVIEW["question"] in text_of(paper(cut), "Searches and screening")
    assert REVIEW["evidence_statement"] in text_of(paper(cut), "Limits")
    assert REVIEW["evidence_statement"] in page_of(paper(cut).tables).text_content()


@pytest.mark.parametrize("cut", CUTS)
def test_the_findings_of_the_text_are_those_of_the_table(cut: str) -> None:
    told = re.split(r"\d barriers? often", text_of(paper(cut), "Findings"))
    often = [row for row in table_of(cut, "findings") if row["judgement"] == "often reported"]
    assert often
    for row in often:
        share = f"{100 * float(row['share_of_studies']):.0f}%"
        named = f"{row['label'][1:]} ({row['studies']}, {share})"
        assert named in told[row["direction"] == "barrier"]


def test_what_changed_is_told_only_where_there_is_a_cut_before() -> None:
    first, last = (paper(cut) for cut in CUTS)
    assert "Changes since the last search" not in first.text
    text = text_of(last, "Changes since the last search")
    counts = documents(CUTS[1])["changes.json"]["counts"]
    assert f"{counts['became_often']} came to be often reported: " in text
    assert counts["no_longer_often"] == 0
    assert "ceased to be" not in text
    for row in documents(CUTS[1])["changes.json"]["verdicts"]:
        then = str(verdict_on(row["grounds"][0]))
        assert f"“{row['statement'].rstrip('.')}” ({then}, now " in text


def test_nothing_changed_is_said() -> None:
    made = as_read(documents(CUTS[1]))
    made["changes.json"]["changes"] = dict.fromkeys(made["changes.json"]["changes"], 0)
    tables = read_results(RESULTS / CUTS[1], STEPS["write_paper"].reads)
    again = make_paper(made, tables, REVIEW, VERSIONS)
    told = text_of(again, "Changes since the last search")
    assert told == f"Nothing changed since {day_of(CUTS[0])}."


def test_the_rule_is_told_as_the_config_has_it_and_not_when_it_was_declared() -> None:
    made = as_read(documents(CUTS[0]))
    made["findings.json"]["frequency_rule"] |= {"version": 3, "min_share": 0.125}
    tables = read_results(RESULTS / CUTS[0], STEPS["write_paper"].reads)
    again = make_paper(made, tables, REVIEW, VERSIONS)
    now, other = (text_of(each, "Counting and judgement") for each in (paper(CUTS[0]), again))
    assert "judged by a declared rule (version 2)" in now
    assert "at least 10% of all studies" in now
    assert "(version 3)" in other
    assert "at least 12.5% of all studies" in other
    assert "declared before" not in paper(CUTS[0]).text


@pytest.mark.parametrize("cut", CUTS)
def test_table_1_holds_each_study_with_its_characteristics(cut: str) -> None:
    shown = {row["Study"]: row for row in rows_of_table(cut, 1)}
    studies = table_of(cut, "studies")
    assert len(shown) == len(studies)
    for study in studies:
        row = shown[study["label"]]
        assert row["group"].startswith(f"{study['design_class'].capitalize()} studies (")
        assert row["Nation"] == study["country"]
        assert row["Design"] == study["design"]
        assert row["Programme"] == (study["programme"] or "–")
        counted = {"Publications": "publications", "Enabler": "enabler", "Barrier": "barrier"}
        counted |= {"Mixed": "mixed", "No effect": "no_effect"}
        assert {name: row[name] for name in counted} == {
            name: study[column] for name, column in counted.items()
        }
    assert ("Search up to" in rows_of_table(cut, 1)[0]) == (cut != CUTS[0])


@pytest.mark.parametrize("cut", CUTS)
def test_table_2_holds_each_factor_with_its_counts_and_judgements(cut: str) -> None:
    shown = {row["Factor"]: row for row in rows_of_table(cut, 2)}
    judged = {
        (row["factor_id"], row["direction"]): row["judgement"] for row in table_of(cut, "findings")
    }
    tally = table_of(cut, "factor_tally")
    assert 4 * len(shown) == len(tally)
    reporting = {
        row["domain"]: row["studies"]
        for row in table_of(cut, "domain_tally")
        if (row["level"], row["direction"]) == ("domain", "any")
    }
    for cell in tally:
        row, direction = shown[cell["label"]], cell["direction"]
        assert row["Sub-domain"] == cell["subdomain"]
        assert row["group"].lower().startswith(cell["domain"])
        assert row["group"].endswith(f": {reporting[cell['domain']]} studies")
        assert row[direction.replace("_", " ").capitalize()] == cell["studies"]
        if direction in ("enabler", "barrier"):
            assert row[f"Judgement as {direction}"] == judged[cell["factor_id"], direction]


@pytest.mark.parametrize("cut", CUTS)
def test_table_3_holds_each_finding_often_reported_with_its_robustness(cut: str) -> None:
    shown = {(row["Factor"], row["group"].split("s (")[0].lower()): row
             for row in rows_of_table(cut, 3)}  # fmt: skip
    often = [row for row in table_of(cut, "findings") if row["judgement"] == "often reported"]
    assert len(shown) == len(often)
    stressed = {
        (row["factor_id"], row["direction"]): row for row in table_of(cut, "robustness_summary")
    }
    for finding in often:
        row = shown[finding["label"], finding["direction"]]
        again = stressed[finding["factor_id"], finding["direction"]]
        assert row["Studies"] == finding["studies"]
        assert row["Share"] == f"{100 * float(finding['share_of_studies']):.0f}%"
        mixed_or_no_effect = f"{finding['mixed_or_no_effect']} of {finding['studies_of_factor']}"
        assert row["Mixed or no effect"] == mixed_or_no_effect
        assert row["Kinds held"] == f"{again['kinds_held']} of {again['kinds']}"
        worst = f": {again['worst_studies']} of {again['worst_total']}, "
        assert row["Worst case"].startswith(again["worst_kind"])
        assert row["Worst case"].endswith(f"{worst}{again['worst_required']} needed")
        assert row["Fragility index"] == again["fragility"]
        assert row["Strength"] == again["strength"]
        assert row["Published"] == again["published"]


@pytest.mark.parametrize("cut", CUTS)
def test_table_4_holds_each_published_finding_with_its_verdict(cut: str) -> None:
    shown = {row["No."]: row for row in rows_of_table(cut, 4)}
    published = table_of(cut, "published")
    assert len(shown) == len(published)
    for finding in published:
        row = shown[finding["finding_id"]]
        assert row["Published finding"] == finding["statement"]
        named = {"enabler": "named as an enabler", "barrier": "named as a barrier"}
        in_words = named[finding["direction"]] if finding["kind"] == "factor" else ""
        assert row["Published"] == (in_words or finding["expected"] or "–")
        assert row["Found here"] == (finding["found"] or "–")
        assert row["Verdict"] == str(verdict_on(finding))
        assert row["Why"].casefold() == finding["why"].casefold()


@pytest.mark.parametrize("cut", CUTS)
def test_table_5_holds_the_evidence_base_and_the_flow(cut: str) -> None:
    rows = rows_of_table(cut, 5)
    base = [row for row in rows if row["group"] == f"Evidence base at {day_of(cut)}"]
    assert {row["What is counted"].lower(): row["Number"] for row in base} == {
        row["description"].lower(): row["value"] for row in table_of(cut, "evidence_base")
    }
    for search in up_to(cut):
        shown = [row for row in rows if row["group"].startswith(f"Search up to {day_of(search)}")]
        counted = {(row["What is counted"], row["Number"]) for row in shown}
        boxes = [row for row in table_of(cut, "flow") if row["search"] == search]
        later = {each["box"] for each in boxes if each["box"] in OF_A_LATER_SEARCH}
        said = [box for box in boxes if box["n"] != "0" or box["box"] not in later]
        whole = {(box["label"], box["n"]) for box in said if not box["detail"]}
        parts = {(f"– {box['label']}", box["n"]) for box in boxes if box["detail"]}
        assert counted == whole | {each for each in parts if each[1] != "0"}


@pytest.mark.parametrize("cut", CUTS)
def test_table_6_holds_the_agreement_of_the_coders(cut: str) -> None:
    rows = rows_of_table(cut, 6)
    agreement = table_of(cut, "agreement")
    assert len(rows) == len(agreement)
    labels = {row["factor_id"]: row["label"] for row in table_of(cut, "factor_tally")}
    shown = {(row["group"].split(",")[0], row["Group"]): row for row in rows}
    for line in agreement:
        level, group = line["level"], line["group"]
        names = {"overall": "All", "factor": labels.get(group, "")}
        if level == "search":
            names["search"] = day_of(group)
        name = names.get(level, group.replace("_", " ").capitalize())
        row = shown["All units" if level == "overall" else f"By {level}", name]
        assert [row[each] for each in ("Studies", "Units", "Both", "First")] == [
            f"{int(line[each]):,}" for each in ("studies", "units", "both", "only_first")
        ]
        if line["kappa"]:
            value, low, high = (float(line[f"kappa{end}"]) for end in ("", "_low", "_high"))
            mark = "†" if line["warning"] else ""
            assert row["Cohen's κ"] == f"{value:z.2f} ({low:z.2f}, {high:z.2f}){mark}"
