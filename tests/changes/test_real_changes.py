"""What changed between the two cuts of the review: the committed changes beside the tables."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import drawn
import pandas as pd
import pytest
from compared import changes_of
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import Results, list_changes, read_results
from review_synthesis.tables.vocabulary import BY_STUDIES
from review_synthesis.upkeep.catalogues import OF_TABLES
from review_synthesis.wording.changes_in_words import changes_sections, changes_text
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import CHANGES

RESULTS = Path(__file__).parents[2] / "results"
CUTS = ["2022-11-17", "2026-11-22"]


@pytest.fixture(scope="module")
def real() -> tuple[Results, Results]:
    before, after = (read_results(RESULTS / cut) for cut in CUTS)
    return before, after


@pytest.mark.committed
def test_the_real_changes_are_the_differences_of_the_real_findings(
    real: tuple[Results, Results],
) -> None:
    """Counted again from the tables as they stand on disk."""
    old, new = (
        pd.read_csv(RESULTS / cut / "tables" / "findings.csv").set_index(["factor_id", "direction"])
        for cut in CUTS
    )
    moved = old["judgement"] != new["judgement"].reindex(old.index)
    rows = changes_of("judgement", *real)
    assert set(zip(rows.index, rows["direction"], strict=True)) == set(old.index[moved])
    for factor, row in rows.iterrows():
        known = set(new.loc[(factor, row["direction"]), "study_ids"].split())
        if row["cause"] == BY_STUDIES:
            assert set(row["study_ids"].split()) <= known


@pytest.mark.committed
def test_the_real_text_quotes_the_numbers_of_its_json_and_no_others(
    real: tuple[Results, Results],
) -> None:
    summary = json.loads((RESULTS / CUTS[1] / "changes.json").read_text("utf-8"))
    assert summary == summarise_changes(*real, list_changes(*real))
    text = (RESULTS / CUTS[1] / "changes.md").read_text("utf-8")
    assert text == changes_text(summary)
    base = summary["evidence_base"]
    assert f"{base['studies'][1]} studies in {base['publications'][1]} publications" in text
    for each in summary["judgements"]:
        assert f"**{each['label']}, {each['direction']}**" in text


@pytest.fixture(scope="module")
def summary(real: tuple[Results, Results]) -> dict[str, Any]:
    return summarise_changes(*real, list_changes(*real))


@pytest.mark.committed
def test_the_counts_of_the_json_are_those_of_its_lists_and_of_the_tables(
    real: tuple[Results, Results], summary: dict[str, Any]
) -> None:
    counts = summary["counts"]
    for how in ("new", "withdrawn", "removed", "changed"):
        assert counts[f"studies_{how}"] == len(summary["studies"][how])
    moves = Counter(tuple(each["judgement"]) for each in summary["judgements"])
    assert counts["judgements_changed"] == moves.total() == summary["changes"]["judgement"]
    turned = [
        {move: n for move, n in moves.items() if move[side] == "often reported"} for side in (0, 1)
    ]
    ceased, became = (sum(each.values()) for each in turned)
    assert (counts["became_often"], counts["no_longer_often"]) == (became, ceased)
    assert summary["often_reported"][1] - summary["often_reported"][0] == became - ceased
    assert counts["verdicts_changed"] == len(summary["verdicts"]) == summary["changes"]["verdict"]
    for side, results_at in enumerate(real):
        published = results_at.tables["published"]
        factors = published[published["kind"] == "factor"]
        assert counts["factor_findings_published"] == len(factors)
        often = int((factors["verdict"] == "often reported").sum())
        assert counts["factor_findings_often_reported"][side] == often
    indices = [each["index"] for each in summary["robustness"]["fragility"]]
    assert counts["fragility_rose"] == len([1 for before, after in indices if after > before])
    assert counts["fragility_rose"] + counts["fragility_fell"] == len(indices)


@pytest.mark.committed
def test_the_grounds_of_a_verdict_are_the_numbers_of_its_why(
    real: tuple[Results, Results], summary: dict[str, Any]
) -> None:
    assert summary["verdicts"]
    for each in summary["verdicts"]:
        for ground, results_at in zip(each["grounds"], real, strict=True):
            published = results_at.tables["published"].set_index("finding_id")
            why = re.sub(r"\d{4}-\d{2}-\d{2}", "", published.loc[each["finding_id"], "why"])
            said = {int(number) for number in re.findall(r"\d+", why)}
            assert said == {value for value in ground.values() if isinstance(value, int)}


BOUND = re.compile(r'<data value="([^"]*)" data-from="([^"]*)">([^<]*)</data>')


def as_html(summary: dict[str, Any]) -> str:
    """All that is said of the changes, as HTML."""
    sections = changes_sections(summary)
    said = [part for each in sections for part in (each.heading, each.paragraph, *each.items)]
    return "\n".join(part.__html__() for part in said)


def without_names(text: str, summary: dict[str, Any]) -> str:
    """A text without the names of studies, the numbers of published findings and the dates."""
    studies = summary["studies"]
    names = [*studies["new"], *studies["removed"], *studies["changed"]]
    names += [name for each in summary["judgements"] for name in each["studies_behind"]]
    for name in sorted(set(names), key=len, reverse=True):
        text = text.replace(name, "")
    return re.sub(r"\bP\d+\b|\d+ \w+ \d{4}", "", text)


@pytest.mark.committed
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_number_that_is_said_is_bound_to_the_place_that_holds_it(
    summary: dict[str, Any], language: str
) -> None:
    with speaking(language):
        # As JSON, numbers know no table and are bound to their place in the document.
        said = as_html(json.loads(json.dumps(summary)))
    assert len(BOUND.findall(said)) > 100
    for value, source, shown in BOUND.findall(said):
        file, place = source.split("#/")
        assert file == CHANGES
        found: Any = summary
        for key in place.split("/"):
            found = found[int(key)] if isinstance(found, list) else found[key]
        assert (str(found), f"{found:,}") == (value, shown)
    rest = html.unescape(re.sub(r'<time datetime="[\d-]{10}">', "", BOUND.sub("", said)))
    assert not re.search(r"\d", without_names(rest, summary))


@pytest.mark.committed
def test_names_from_the_tables_are_text_in_the_html_and_in_the_markdown(
    summary: dict[str, Any],
) -> None:
    name = "<script>Day & Night</script> 2025"
    changed = {**summary, "studies": {**summary["studies"], "new": [name]}}
    assert "&lt;script&gt;Day &amp; Night&lt;/script&gt; 2025" in as_html(changed)
    assert r"\<script\>Day \& Night\</script\> 2025" in changes_text(changed)


@pytest.mark.committed
@pytest.mark.usefixtures("loud")
def test_all_that_is_said_of_the_changes_comes_from_a_catalogue(summary: dict[str, Any]) -> None:
    assert re.findall(r"\S*[a-z]\S*", without_names(changes_text(summary), summary)) == []


@pytest.mark.committed
@pytest.mark.usefixtures("fresh")
def test_the_changes_are_told_in_welsh_with_the_same_numbers(summary: dict[str, Any]) -> None:
    english = changes_text(summary)
    with speaking("cy") as welsh:
        text = changes_text(summary)
        assert {key for key in welsh.missing.keys if key[0] not in OF_TABLES} == set()
    assert text.startswith("# Newidiadau i'r canlyniadau, 17 Tachwedd 2022 hyd 22 Tachwedd 2026\n")
    assert text.count("\n- ") == english.count("\n- ")
    assert drawn.numbers(text) == drawn.numbers(english)
    sentences = [set(re.split(r"(?<=[.:;]) |\n+", each)) for each in (text, english)]
    # A number alone ("as a barrier: 4.") is the same in both; words are not.
    same = without_names(" ".join(sentences[0] & sentences[1]), summary)
    assert re.findall(r"\S*[^\W\d_]\S*", same) == []
