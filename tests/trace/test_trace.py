"""From every number back to the words, on the real evidence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from results_tables import read_results
from review_synthesis.cli import main
from review_synthesis.trace.show import filled_in
from review_synthesis.trace.trace import trace, trace_codings, with_withdrawn

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CUTS = ["2022-11-17", "2026-11-22"]


@pytest.mark.parametrize("cut", CUTS)
def test_every_cell_of_the_tally_leads_to_its_codings_in_the_raw_files(cut: str) -> None:
    names = [
        f"evidence/{name}"
        for name in ("codings", "first_codings", "agreed", "studies", "publications")
    ]
    evidence = read_results(RESULTS / cut, [*names, "tables/factor_tally"])
    codings = with_withdrawn(evidence["codings"], evidence["first_codings"])
    raw_lines = {
        file: (ROOT / file).read_text("utf-8").splitlines()
        for file in set(evidence["codings"]["source_file"])
    }
    tally = evidence["factor_tally"]
    cells = tally[tally["studies"] > 0]
    assert len(cells) > 50
    for cell in cells.itertuples():
        asked = codings[
            (codings["factor_id"] == cell.factor_id) & (codings["direction"] == cell.direction)
        ]
        rows = trace_codings(
            asked, evidence["agreed"], evidence["studies"], evidence["publications"]
        )
        counted = rows[(rows["coder"] == "consensus") & (rows["withdrawn"] != "yes")]
        assert set(counted["study_id"]) == set(str(cell.study_ids).split())
        assert counted["publication_id"].nunique() == cell.publications
        for row in rows.itertuples():
            line = raw_lines[row.source_file][row.source_line - 1]
            assert next(csv.reader([line]))[:4] == [
                row.coding_id,
                row.study_id,
                row.publication_id,
                row.factor_id,
            ]


def test_a_trace_shows_study_publication_coder_words_and_line() -> None:
    lines = trace(RESULTS, factor="data_systems", direction="enabler", cut="2022-11-17")
    text = "\n".join(lines)
    with (ROOT / "data/raw/2022-11-17/codings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    coded = [r for r in rows if (r["factor_id"], r["direction"]) == ("data_systems", "enabler")]
    assert coded
    for row in coded:
        line = rows.index(row) + 2
        assert row["summary"] in text
        assert row["locator"] in text
        assert f"{row['coding_id']}; read in" in text
        assert f"data/raw/2022-11-17/codings.csv line {line}" in text
    assert "      Withdrawn on 28 November 2026: Withdrawn on a check against the text." in text
    assert lines[-1] == "Counted: 0 studies."


def test_a_coding_that_was_not_agreed_is_shown_as_not_counted() -> None:
    with (RESULTS / "2022-11-17/evidence/codings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    units = ("study_id", "factor_id", "direction")
    agreed = {tuple(row[u] for u in units) for row in rows if row["coder"] == "consensus"}
    study, factor, direction = next(
        unit for row in rows if (unit := tuple(row[u] for u in units)) not in agreed
    )
    lines = trace(RESULTS, "2022-11-17", factor, direction)
    told = next(line for line in lines if f"({study};" in line)
    assert told.endswith("coded, not agreed, not counted")


def test_a_published_finding_is_traced_with_its_verdict() -> None:
    lines = trace(RESULTS, finding="P11", cut="2022-11-17")
    assert lines[0] == "P11 Short-term or missing funding hinders innovation."
    assert "often reported" in lines[1]
    assert lines[-1].startswith("Counted: 11")


def test_a_published_count_is_traced_to_its_two_numbers() -> None:
    assert trace(RESULTS, finding="P01", cut="2022-11-17")[1].endswith(
        "another number (10 published, 51 here: another evidence base)"
    )


def test_a_study_is_traced_over_all_its_factors() -> None:
    lines = trace(RESULTS, study="sebba_2017")
    headings = [line for line in lines if "(sebba_2017; secondary; England)" in line]
    assert len(headings) > 5


def test_a_card_tells_the_worst_case_first_and_each_kind_of_scenario() -> None:
    lines = trace(RESULTS, "2022-11-17", "funding", "barrier", robustness=True)
    card = json.loads((RESULTS / "2022-11-17/cards.json").read_text("utf-8"))["funding barrier"]
    assert lines[1] == ""
    assert lines[2].startswith(
        f"funding barrier: at worst {card['worst_studies']} of {card['worst_total']}, "
        f"{card['worst_required']} needed ({card['worst_kind']}"
    )
    assert lines[2].endswith(
        f"in {card['kinds_held']} of {card['kinds']} kinds of scenario; it {card['strength']}; "
        f"fragility index {card['fragility']}."
    )
    assert [line.split(":")[0].strip() for line in lines[3:]] == list(card["by_scenario"])


def test_a_finding_that_is_not_stressed_has_no_card() -> None:
    lines = trace(RESULTS, study="sebba_2017", robustness=True)
    assert lines == [
        "There is no card: only findings of two studies or more and published ones are stressed."
    ]


def run(*arguments: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(main, ["trace", "--results", str(RESULTS), *arguments])
    return outcome.exit_code, outcome.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--factor", "fundings"), "factor 'fundings' is not known. Did you mean 'funding'?"),
        (("--study", "sebba_217"), "Did you mean 'sebba_2017'?"),
        (("--finding", "P99"), "finding 'P99' is not known."),
        (("--factor", "funding", "--direction", "barier"), "Did you mean 'barrier'?"),
        (("--factor", "funding", "--cut", "2022"), "cut '2022' is not known. Did you mean"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(arguments: tuple[str, ...], says: str) -> None:
    code, output = run(*arguments)
    assert code == 1
    assert says in output


def test_a_trace_asks_for_one_thing() -> None:
    code, output = run()
    assert code == 2
    assert "one of --factor, --finding and --study" in output


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"page": "4"}, "C1; read in page 4; codings.csv line 2"),
        ({"page": "4", "basis": "full text"}, "C1; read in full text, page 4; codings.csv line 2"),
        ({"page": "4", "quote": "We did."}, "“We did.” (page 4)"),
        ({}, "C1; codings.csv line 2"),
    ],
)
def test_a_page_is_told_with_its_quote_or_with_where_the_coding_was_read(
    row: dict[str, str], said: str
) -> None:
    names = "label study_id design_class country factor_id direction publication_id citation"
    unit = dict.fromkeys(f"{names} coder certainty summary reason coded_as withdrawn".split(), "a")
    unit |= {"coded_as": "", "withdrawn": "", "basis": "", "locator": "", "coding_id": "C1"}
    unit |= {"source_file": "codings.csv", "source_line": "2", "agreed": "yes", **row}
    no = {"published": {}, "findings": [], "history": [], "cards": {}}
    told = filled_in("trace.txt.j2", {"units": [[unit]], "counted": 1, **no})
    assert said in " ".join(told.split())
