"""Two made-up folders of results held against each other, without tables to compare."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_synthesis.changes.diff import diff_results


def folder(home: Path, **files: str) -> Path:
    """A folder with these files; two underscores stand for the stroke between folders."""
    for name, text in files.items():
        path = home / name.removeprefix("at").replace("__", "/").replace("_", "-")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".json").write_text(text, "utf-8")
    return home


def test_the_same_bytes_are_identical_whatever_the_logs_and_the_run_say(tmp_path: Path) -> None:
    cuts = {"at2020_01_01__findings": "{}", "at2021_01_01__findings": "{}"}
    one = folder(tmp_path / "one", **cuts, logs__made="a", run="a")
    other = folder(tmp_path / "other", **cuts, logs__made="b", run="b")
    assert diff_results(one, other) == (
        "identical: every file of the results at 1 January 2020 and 1 January 2021",
        True,
    )


def test_a_cut_that_came_and_one_that_went_are_named_with_their_files(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", at2021_01_01__findings="{}", same="x", other="x")
    new = folder(tmp_path / "new", at2020_01_01__findings="{}", same="x", other="y")
    assert diff_results(old, new) == (
        "The cut at 1 January 2020 is new.\n\n"
        "No longer there: the results at 1 January 2021.\n\n"
        "## Files\n\n3 files not the same:\n\n"
        "- 2020-01-01/findings.json\n- 2021-01-01/findings.json\n- other.json",
        False,
    )


def test_of_many_files_the_first_twenty_are_named(tmp_path: Path) -> None:
    more = {f"f{n:04}": "x" for n in range(1021)}
    old = folder(tmp_path / "old", at2021_01_01__findings="{}")
    new = folder(tmp_path / "new", at2020_01_01__findings="{}", **more)
    lines = diff_results(old, new)[0].splitlines()
    assert "1,023 files not the same:" in lines
    assert len([line for line in lines if line.startswith("- ")]) == 21
    assert lines[-1] == "- … and 1003 more"


def test_a_folder_without_a_cut_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        diff_results(tmp_path, tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} holds no results: there is no findings.json of any cut"
    )
