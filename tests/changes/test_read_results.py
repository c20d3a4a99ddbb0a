"""Folders of results written from code: read as they stand, refused, and told of one by one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.changes.diff import diff_results
from review_synthesis.changes.list_changes import read_results
from written_cuts import RULE, write_cut

TABLES = {
    *("withdrawn", "evidence_base", "factor_tally", "findings"),
    *("published", "robustness_summary", "studies"),
    *("codebook_changes", "reads"),
}


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """Ten studies, two of which report funding as a barrier."""
    return write_cut(tmp_path / "2020-01-01", 10, 2, "sometimes reported")


def test_what_is_compared_is_read_by_the_names_of_its_tables(cut: Path) -> None:
    read = read_results(cut)
    assert (read.cut, read.rule, set(read.tables)) == ("2020-01-01", RULE, TABLES)
    finding = read.tables["findings"].loc[0]
    assert finding[["factor_id", "studies", "study_ids"]].tolist() == ["funding", 2, "s1 s2"]
    assert read.tables["robustness_summary"].loc[0, "kinds_held"] == 5
    assert pd.isna(read.tables["studies"].loc[0, "year"])
    assert read.tables["withdrawn"].empty


@pytest.mark.parametrize(
    "name", ["findings.json", "tables/published.csv", "evidence/withdrawn.csv"]
)
def test_a_folder_that_lacks_a_file_is_refused_by_its_name(cut: Path, name: str) -> None:
    (cut.parent / "manifest.sha256").write_text(f"{0:064}  results/{cut.name}/{name}\n", "utf-8")
    (cut / name).unlink()
    with pytest.raises(FileNotFoundError) as refused:
        read_results(cut)
    assert str(refused.value) == (
        f"{cut / name} is not there: make it where these results come from (review-synthesis run)"
    )


def test_what_a_review_does_not_have_is_read_as_a_table_without_rows(cut: Path) -> None:
    """As of a review before which nothing was published."""
    (cut.parent / "manifest.sha256").write_text("", "utf-8")
    (cut / "tables/published.csv").unlink()
    read = read_results(cut)
    assert read.tables["published"].empty
    assert list(read.tables["published"].columns)[:2] == ["finding_id", "kind"]


@pytest.mark.parametrize(
    ("word", "other"), [("judgement", "judged"), ("sometimes reported", "quite clear")]
)
def test_a_table_of_another_version_is_refused_by_its_name(
    cut: Path, word: str, other: str
) -> None:
    """It has another column, or another word for a judgement."""
    file = cut / "tables" / "findings.csv"
    file.write_text(file.read_text("utf-8").replace(word, other, 1), encoding="utf-8")
    with pytest.raises(ValueError, match="version") as refused:
        read_results(cut)
    assert str(refused.value).startswith(f"{file} ")
    assert "make the results anew where they come from" in str(refused.value)


def test_a_cut_that_is_new_is_told_from_the_last_one_before_it(tmp_path: Path) -> None:
    """3 of 11 studies are enough where 3 are needed, 2 of 10 are not."""
    old, new = tmp_path / "old", tmp_path / "new"
    write_cut(old / "2019-01-01", 9, 1, "reported once")
    for folder in (old, new):
        write_cut(folder / "2020-01-01", 10, 2, "sometimes reported")
    write_cut(new / "2021-01-01", 11, 3, "often reported")
    text, identical = diff_results(old, new)
    assert not identical
    same, told = text.split("\n\nThe cut at 1 January 2021 is new.\n\n")
    assert same == (
        "# Changes to results at 1 January 2020\n\nNothing changed: the same studies, the same "
        "counts, the same judgements, the same verdicts on the published findings, and the same "
        "robustness."
    )
    first, *parts = told.split("\n\n")
    assert first == "# Changes to results, 1 January 2020 to 1 January 2021"
    assert (
        "- **Funding, barrier**: sometimes reported (2 of 10 studies, 3 needed) → often reported "
        "(3 "
        "of 11 "
        "studies, 3 needed). Through Study s3."
    ) in parts
    gone, files = "No longer there: the results at 1 January 2019.", "20 files not the same:"
    assert parts[-4:-1] == [gone, "## Files", files]
    assert parts[-5] == "No finding is often reported both before and after."
    assert len(parts[-1].splitlines()) == 20
