"""What is said of a map that does not fit, and how files are read. All evidence is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from brought_in import Folder, part_of, told, unused, wide
from review_synthesis.importing.mapping import MapError, as_map, read_map


def _wrong(**entries: object) -> str:
    part = {"layout": "wide", "columns": {"study": "Study"}, "fixed": {"coder": "A"},
            "factors": [{"name": "Time"}], **entries}  # fmt: skip
    with pytest.raises(MapError) as error:
        as_map({"version": 1, "parts": [part]}, Path("map.yaml"))
    return str(error.value)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"colums": {}}, "Did you mean 'columns' by 'colums'?"),
        ({"columns": {"study": "S", "sumary": "T"}}, "Did you mean 'summary' by 'sumary'?"),
        ({"columns": {"year": "Y"}}, "columns: add what is not there: study"),
        ({"layout": "broad"}, "'broad' is not one of ['long', 'wide', 'lists', 'studies']"),
        ({"layout": "long"}, "layout long needs direction in columns or fixed"),
        ({"layout": "lists"}, "layout lists needs lists, which names columns"),
        ({"fixed": {}}, "who coded? Name a column under columns.coder"),
        ({"fixed": {"coder": "A", "design": ""}}, "parts.0.fixed.design: it is empty"),
        ({"factors": [{"name": "Time", "direction": "up"}]}, "enabler, barrier, mixed or no_eff"),
        ({"extra": {"studies": {"setting": "S"}}}, "'setting' does not match"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_what_is_meant(
    entries: dict[str, object], says: str
) -> None:
    assert says in _wrong(**entries)


def test_a_map_is_read_with_care(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text("version: 1\nparts: []\nparts: []\n", encoding="utf-8")
    with pytest.raises(MapError, match="line 3: 'parts' stands on line 2 already"):
        read_map(file)


def test_a_column_that_is_not_there_is_told_with_the_one_that_is_meant(tmp_path: Path) -> None:
    done = Folder(tmp_path).bring_in("study,Fundings\nKerr 2016,+\n", wide("Funding"))
    assert told(done) == ["1 column"]
    assert done.problems[0].hint == "Did you mean 'Fundings'?"


@pytest.mark.parametrize(
    ("data", "label"),
    [
        ("sep=;\r\nStudy;Größe\r\nKerr 2016;+\r\n".encode(), "Größe"),
        ("Study\tGröße\nKerr 2016\t+\n".encode("cp1252"), "Größe"),
        ('\ufeffStudy;"Größe; Art"\nKerr 2016;+\n'.encode(), "Größe; Art"),
        ("Study|Größe\nKerr 2016|+\n".encode("utf-16"), "Größe"),
        ('Study,"Größe\nund Art"\nKerr 2016,+\n'.encode(), "Größe und Art"),
    ],
)
def test_separators_and_encodings_are_told_by_the_file(
    tmp_path: Path, data: bytes, label: str
) -> None:
    file, folder = tmp_path / "sheet.csv", Folder(tmp_path)
    file.write_bytes(data)
    done = folder.bring_in_file(file, wide(label))
    assert told(done) == []
    assert [row["label"] for row in folder.table("codebook")] == [label]
    assert len(folder.table("codings")) == 1


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"%PDF-1.7", "format"),
        (b"", "empty_file"),
        (b'Study,Time\n"Kerr 2016,+\n', "quotes"),
        (b"Study,Time\n", "no_rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    file, folder = tmp_path / "sheet.csv", Folder(tmp_path)
    file.write_bytes(data)
    assert told(folder.bring_in_file(file, wide("Time")))[0].endswith(rule)
    assert not folder.raw.exists()


def test_each_cell_that_was_not_used_is_listed_with_its_place(tmp_path: Path) -> None:
    done = Folder(tmp_path).bring_in(
        "A title of the sheet,,,,\nStudy,Time,Notes,,Year\n\n"
        "Kerr 2016,+,seen,left,once\n,,,total,\n",
        part_of("wide", {"study": "Study", "year": "Year"}, header=2, ignore=["Notes"],
                factors=[{"name": "Time"}]),
    )  # fmt: skip
    assert [each[3:] for each in done.unused] == [
        (1, "Study", "A title of the sheet", "stands above the header"),
        (4, "Notes", "seen", "left out by the map (ignore)"),
        (4, "column D", "left", "the map does not name the column"),
        (4, "Year", "once", "no year is in it"),
        (5, "column D", "total", "the map does not name the column"),
    ]


def test_sheets_of_a_workbook_are_parts_and_cells_have_addresses(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    file, folder = tmp_path / "team.xlsx", Folder(tmp_path)
    with Workbook(file) as book:
        studies, codes, notes = (book.add_worksheet(n) for n in ("Studies", "Codes", "Notes"))
        for row, cells in enumerate([("Study", "Design"), ("Kerr 2016", "survey")]):
            studies.write_row(row, 0, cells)
        for row, cells in enumerate([("Study", "Time"), ("Kerr 2016", "+"), ("Kerr 2016", "?")]):
            codes.write_row(row, 0, cells)
        codes.write_formula(3, 0, '="Lowe 2020"')
        codes.write(3, 1, "-")
        notes.write(0, 0, "ask Ann")
    parts = (
        part_of("studies", {"study": "Study", "design": "Design"}, sheet="Studies"),
        wide("Time", sheet="Codes"),
    )
    done = folder.bring_in_file(file, *parts)
    wrong = [each for each in done.problems if each.severity == "error"]
    assert [each.file.rpartition("/")[2] for each in wrong] == ["team.xlsx Codes!A4"]
    assert "formula" in wrong[0].message

    with Workbook(file) as book:
        studies, codes = book.add_worksheet("Studies"), book.add_worksheet("Codes")
        for row, cells in enumerate([("Study", "Design"), ("Kerr 2016", "survey")]):
            studies.write_row(row, 0, cells)
        for row, cells in enumerate([("Study", "Time"), ("Kerr 2016", "+"), ("Kerr 2016", "?")]):
            codes.write_row(row + 1, 1, cells)
        codes.write(0, 0, "codes")
        book.add_worksheet("Notes").write(0, 0, "ask Ann")
    parts[1]["header"] = 2
    done = folder.bring_in_file(file, *parts)
    assert folder.units() == ["kerr_2016 time enabler consensus"]
    assert folder.table("studies")[0]["design"] == "survey"
    assert [(each.sheet, each.cell, each.value) for each in done.unused] == [
        ("Codes", "A1", "codes"), ("Codes", "C4", "?"), ("Notes", "A1", "ask Ann"),
    ]  # fmt: skip
    assert unused(done)["ask Ann"] == "the map names no such sheet"


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = Folder(tmp_path).bring_in("Study,Time\nKerr 2016,+\n", wide("Time", file="other.csv"))
    assert "0 sheet" in told(done)


def test_of_two_parts_for_one_sheet_the_second_is_told(tmp_path: Path) -> None:
    done = Folder(tmp_path).bring_in("Study,Time,Cost\nKerr 2016,+,-\n", wide("Time"), wide("Cost"))
    assert told(done) == ["0 sheet"]
    assert (
        "parts.1 of the map is of 'codings.csv', which a part above it" in done.problems[0].message
    )
    assert "copy the sheet" in done.problems[0].hint


def test_columns_that_differ_in_capital_letters_alone_are_both_read(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    done = folder.bring_in("Study,Time,time \nKerr 2016,+,\nLowe 2020,,-\n", wide("Time", "time "))
    assert (done.problems, done.unused) == ([], [])
    assert folder.units() == [
        "kerr_2016 time enabler consensus", "lowe_2020 time barrier consensus",
    ]  # fmt: skip


def test_what_a_table_demands_and_no_file_has_is_asked_for_or_told(tmp_path: Path) -> None:
    folder, part = Folder(tmp_path), wide("Time")
    done = folder.bring_in("Study,Time\nKerr 2016,+\n", part)
    lines = "\n".join(done.lines)
    assert "publications.csv citation: the name of the study alone in 1 row" in lines
    assert "codings.csv summary: not stated in 1 row" in lines
    asked = [entry for entry in part["fixed"] if entry != "coder"]  # type: ignore[attr-defined]
    for entry in asked:
        less = wide("Time")
        less["fixed"] = {k: v for k, v in part["fixed"].items() if k != entry}  # type: ignore[attr-defined]
        done = folder.bring_in("Study,Time\nKerr 2016,+\n", less)
        assert f"Write in the map, under fixed, {entry}: one of" in done.problems[-1].hint
