"""Tables are written and read back as they are declared, those without a row too."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pytest
from pandera.errors import SchemaError
from review_synthesis.tables.files import (
    MODELS,
    MadeFileError,
    model_of,
    read_json,
    read_table,
    write_result,
    write_table,
)
from review_synthesis.tables.places import as_document


@pytest.mark.parametrize("name", MODELS)
def test_a_table_without_a_row_is_written_and_read_back(tmp_path: Path, name: str) -> None:
    model = MODELS[name]
    columns = list(model.to_schema().columns)
    write_table(pd.DataFrame(columns=columns), tmp_path / "table.csv", model)
    table = read_table(tmp_path / "table.csv", model)
    assert table.empty
    assert list(table.columns) == columns


def test_a_table_as_a_document_has_each_row_by_its_key() -> None:
    table = pd.DataFrame({"a": ["x", "y"], "b": [1, 2], "n": [3, 4]})
    assert as_document(table, "made", ["a", "b"])["y 2"]["n"] == 4
    assert as_document(table.head(0), "made", ["a"]) == {}


def test_a_checked_table_is_as_that_of_the_evidence_but_for_withdrawals() -> None:
    assert model_of("/checked/2020-01-01/codings") is MODELS["evidence/codings"]
    assert model_of("/checked/codebook") is MODELS["evidence/codebook"]
    assert model_of("/checked/2020-01-01/withdrawn") is MODELS["checked/withdrawn"]
    assert model_of("evidence/withdrawn") is MODELS["evidence/withdrawn"]
    assert model_of("/validation") is MODELS["validation"]
    assert model_of("tables/matrix") is None


BASE = pd.DataFrame(
    {"value": [2, 1], "measure": ["studies", "records"], "description": "made up", "more": 0.5}
)


def test_a_table_with_a_model_is_written_by_it_sorted_and_without_other_columns(
    tmp_path: Path,
) -> None:
    write_result(BASE, tmp_path / "base.csv", MODELS["tables/evidence_base"])
    assert (tmp_path / "base.csv").read_bytes() == (
        b"measure,value,description\nrecords,1,made up\nstudies,2,made up\n"
    )


def test_a_table_without_a_model_is_written_as_it_stands(tmp_path: Path) -> None:
    write_result(BASE[["measure", "more"]], tmp_path / "wide.csv")
    assert (tmp_path / "wide.csv").read_bytes() == b"measure,more\nstudies,0.5000\nrecords,0.5000\n"


def test_a_table_that_is_not_as_its_model_says_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "base.csv"
    file.write_text("of the last good run")
    with pytest.raises(SchemaError):
        write_result(BASE.assign(value=-1), file, MODELS["tables/evidence_base"])
    assert file.read_text() == "of the last good run"


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("a.json", {"b": [1], "a": "é"}, '{\n  "b": [\n    1\n  ],\n  "a": "é"\n}\n'.encode()),
        ("a.json", b"{}", b"{}"),
        ("a.pdf", b"%PDF \xff", b"%PDF \xff"),
        ("a.md", "Ymchwil\u2026\n", "Ymchwil\u2026\n".encode()),
    ],
)
def test_json_bytes_and_text_are_written_as_they_are(
    tmp_path: Path, file: str, content: object, expected: bytes
) -> None:
    write_result(content, tmp_path / "new" / file)
    assert (tmp_path / "new" / file).read_bytes() == expected


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+a -b", "'+a -b"),
        ('-2,"x"', '"\'-2,""x"""'),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("\x00=1", "<U+0000>=1"),
        ("a\x85b\x7f", "a<U+0085>b<U+007F>"),
        ("abc\u202ecba", "abc<U+202E>cba"),
        ("a\uffffb", "a<U+FFFF>b"),
    ],
)
def test_a_text_that_runs_or_steers_is_made_safe_to_open(
    tmp_path: Path, cell: str, written: str
) -> None:
    """Wherever it stands: in a cell, in a category, or in the name of a column."""
    table = pd.DataFrame({"n": [-1, 2], "share": [-0.5, 1], cell: ["a", cell]})
    table["kind"] = table[cell].astype("category")
    write_result(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode() == (
        f"n,share,{written},kind\n-1,-0.5000,a,a\n2,1.0000,{written},{written}\n"
    )


@pytest.mark.parametrize(
    "cell", ["a=b", "a-b +c @d", "\u2068دعم\u2069", "·é–…", "a\nb", "a, b", "2020-01-01", "–"]
)
def test_any_other_text_is_written_as_it_is(tmp_path: Path, cell: str) -> None:
    write_result(pd.DataFrame({"a": [cell], "n": [-1]}), tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv").to_numpy().tolist() == [[cell, -1]]


DEAD = 4_194_305  # more than Linux gives to any process
ALIVE = os.getppid()


def test_a_file_that_a_killed_run_left_half_made_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / f".a.md.{DEAD}").write_text("half")
    (tmp_path / f".b.md.{DEAD}").write_text("of another file")
    write_result("whole", tmp_path / "a.md")
    assert _names(tmp_path) == [f".b.md.{DEAD}", "a.md"]


@pytest.mark.parametrize(
    "left", [f".a.md.{ALIVE}", ".a.md.", ".a.md.swp", f".a.md.{DEAD}.gz", f".a.mdx.{DEAD}"]
)
def test_the_file_of_a_process_that_still_runs_or_of_no_process_is_left_alone(
    tmp_path: Path, left: str
) -> None:
    (tmp_path / left).write_text("half")
    write_result("whole", tmp_path / "a.md")
    assert _names(tmp_path) == sorted([left, "a.md"])


def test_a_name_with_signs_of_a_pattern_clears_away_its_own_alone(tmp_path: Path) -> None:
    (tmp_path / f".a1.md.{DEAD}").write_text("of a1.md")
    (tmp_path / f".a[1].md.{DEAD}").write_text("half")
    write_result("whole", tmp_path / "a[1].md")
    assert _names(tmp_path) == [f".a1.md.{DEAD}", "a[1].md"]


@pytest.mark.parametrize("fails", ["write_bytes", "replace"])
@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, why: int
) -> None:
    """Half of the bytes arrive before the disk is full."""
    file = tmp_path / "a.md"
    file.write_text("of the last good run")

    def half(path: Path, *_: object) -> None:
        with path.open("w") as begun:
            begun.write("hal")
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(Path, fails, half)
    with pytest.raises(OSError, match=rf"a\.md could not be written: {os.strerror(why)}"):
        write_result("whole", file)
    assert _names(tmp_path) == ["a.md"]
    assert file.read_text() == "of the last good run"


def test_a_folder_that_cannot_be_made_is_told_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("a file where a folder has to be")
    with pytest.raises(OSError, match=r"tables/a\.csv could not be written: "):
        write_result(pd.DataFrame(), tmp_path / "tables" / "a.csv")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ("measure,value,description\nstudies,x,made up\n", " line 2: value holds 'x'"),
        ("measure,value,description\nstudies,,made up\n", " line 2: value holds ''"),
        ("measure,value,description\nstudies,2.5,made up\n", " line 2: value holds '2.5'"),
        ("measure,value,description\nstudies,-1,made up\n", " line 2: value holds '-1'"),
        (
            'measure,value,description\nstudies,1,"made\nup"\nrecords,x,made up\n',
            " line 4: value holds 'x'",
        ),
        ("measure,value\nstudies,2\n", " has the columns measure, value"),
        (
            "measure,value,description,more\nstudies,2,made up,x\n",
            " has the columns measure, value",
        ),
        ("", " cannot be read"),
        ('measure,value,description\n"studies,2,made up\n', " cannot be read"),
        ("measure,value,description\nstudies,2,made \xff\n", " cannot be read"),
    ],
)
def test_a_file_that_was_edited_is_told_with_line_column_value_and_what_to_do(
    tmp_path: Path, made: str, says: str
) -> None:
    path = tmp_path / "base.csv"
    path.write_bytes(made.encode("latin-1"))
    with pytest.raises(MadeFileError) as refused:
        read_table(path, MODELS["tables/evidence_base"])
    assert str(refused.value).startswith(f"{path.as_posix()}{says}")
    assert "make the results anew" in str(refused.value)


def test_a_document_that_was_cut_off_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text('{"cut": ')
    with pytest.raises(MadeFileError, match=r"findings\.json cannot be read"):
        read_json(tmp_path / "findings.json")
