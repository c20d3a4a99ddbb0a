"""A workbook back to the raw tables: all of it or nothing, and every problem in its cell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from called import call
from click.testing import Result
from review_synthesis.importing import storing
from review_synthesis.tables import files
from review_synthesis.workbook import import_workbook
from review_synthesis.workbook.mark_problems import AUTHOR, path_of_copy
from workbooks import changed, plain

BOOK = Path("review.xlsx")
SHIPPED = Path(__file__).parents[2] / "data" / "raw"
Change = Callable[[Any], object]


def bring_in(*words: str) -> Result:
    return call("import-workbook", BOOK.as_posix(), *words)


def bytes_in(folder: Path) -> dict[str, bytes]:
    tables = sorted(folder.rglob("*.csv"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in tables}


@pytest.fixture
def raw(raw: Path) -> Path:
    """The sound folder with a reason that every review has: there is no config here."""
    screening = raw / "2020-01-01" / "screening.csv"
    screening.write_bytes(screening.read_bytes().replace(b"not_uk", b"wrong_setting"))
    return raw


@pytest.fixture
def book(raw: Path) -> Path:
    """A workbook with the rows of the sound folder."""
    assert call("template", BOOK.as_posix(), "--raw", raw.as_posix()).exit_code == 0
    return BOOK


def set_cells(sheet: str, **cells: object) -> Change:
    def change(book: Any) -> None:
        for place, value in cells.items():
            book[sheet][place] = value

    return change


def test_the_shipped_evidence_comes_back_byte_by_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = shutil.copy(SHIPPED.parents[1] / "config" / "config.yaml", "config.yaml")
    raw = shutil.copytree(SHIPPED, "raw")
    words = ["--raw", raw, "--config", str(config)]
    assert call("template", *words).exit_code == 0
    for table in Path(raw).rglob("*.csv"):
        with table.open("rb") as lines:
            header = lines.readline()
        table.write_bytes(header)
    done = bring_in(*words)
    assert done.exit_code == 0, done.output
    assert "20 files written, 0 stay as before." in done.output
    assert bytes_in(Path(raw)) == bytes_in(SHIPPED)


@pytest.mark.usefixtures("book")
def test_nothing_is_written_where_nothing_was_changed(raw: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in raw.rglob("*")}
    done = bring_in()
    assert "0 files written, 13 stay as before." in done.output
    assert {path: path.stat().st_mtime_ns for path in raw.rglob("*")} == before


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("formats", [["xlsx"], ["ods", "xlsx"]])
def test_what_libreoffice_saved_comes_back_byte_by_byte(
    formats: list[str], book: Path, raw: Path, tmp_path: Path
) -> None:
    before, saved = bytes_in(raw), book.resolve()
    for number, form in enumerate(formats):
        folder = tmp_path / f"saved-{number}"
        words = ["--headless", f"-env:UserInstallation=file://{tmp_path}/office"]
        words += ["--convert-to", form, "--outdir", str(folder), str(saved)]
        subprocess.run(["soffice", *words], check=True, capture_output=True, timeout=120)
        saved = folder / f"{book.stem}.{form}"
    done = call("import-workbook", str(saved))
    assert done.exit_code == 0, done.output
    assert "0 files written, 13 stay as before." in done.output
    assert bytes_in(raw) == before


def test_the_rows_that_changed_are_counted_by_file(book: Path, raw: Path) -> None:
    def change(book: Any) -> None:
        book["codebook"]["B2"] = "Money"
        book["published_findings"].delete_rows(4)
        first = [cell.value for cell in book["published_findings"][2]]
        book["published_findings"].append(["P99", *first[1:]])

    changed(book, change)
    before = bytes_in(raw)
    tried, done = bring_in("--dry-run"), bring_in()
    assert "data/raw/codebook.csv: 1 row changed\n" in done.output
    assert "data/raw/published_findings.csv: 1 row added, 1 row removed\n" in done.output
    assert "2 files written, 11 stay as before." in done.output
    assert "2 files would be, 11 stay as before." in tried.output
    after = bytes_in(raw)
    changed_ = {file for file in after if after[file] != before[file]}
    assert changed_ == {"codebook.csv", "published_findings.csv"}


def test_a_table_whose_sheet_is_missing_stays_and_is_told(book: Path, raw: Path) -> None:
    changed(book, lambda book: book.remove(book["studies"]))
    before = bytes_in(raw)
    done = bring_in()
    assert done.exit_code == 0
    assert "Not in the workbook, and left as they are: studies.\n" in done.output
    assert bytes_in(raw) == before


def test_columns_that_were_moved_and_rows_left_blank_do_no_harm(book: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["studies"]
        sheet.insert_rows(3, 2)
        sheet.move_range(f"C1:C{sheet.max_row}", cols=20)
        sheet["B2"] = f"  {sheet['B2'].value}\u00a0"

    changed(book, change)
    done = bring_in()
    assert done.exit_code == 0, done.output
    assert "0 files written" in done.output


def test_with_one_search_its_date_may_be_left_empty(raw: Path) -> None:
    shutil.rmtree(raw / "2021-01-01")
    assert call("template", BOOK.as_posix()).exit_code == 0
    changed(BOOK, set_cells("codings", A2=None, A3="  "))
    done = bring_in()
    assert done.exit_code == 0, done.output
    assert "0 files written" in done.output


def test_no_copy_is_made_of_what_openpyxl_cannot_open(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("a picture")

    changed(book, set_cells("codings", F3="enabels"))
    monkeypatch.setattr("review_synthesis.workbook.mark_problems.mark_problems", fails)
    done = bring_in()
    assert done.exit_code == 1
    assert "No copy that shows them could be made ('a picture')." in done.output
    assert "codings!F3" in done.output


def test_numbers_and_dates_of_excel_become_the_text_that_is_meant(book: Path, raw: Path) -> None:
    changed(book, set_cells("studies", D2=2018, D3=2019.0))
    changed(book, set_cells("searches", H2=date(2020, 1, 1)))
    before = bytes_in(raw)
    assert bring_in().exit_code == 0
    after = bytes_in(raw)
    assert {each: after[each] for each in after if "searches" not in each} == {
        each: before[each] for each in before if "searches" not in each
    }
    assert b",2020-01-01," in after["2020-01-01/searches.csv"].splitlines()[1]


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        (set_cells("codings", F3="enabels"), "codings!F3", "Did you mean 'enabler'?"),
        (set_cells("codings", G3="=1+1"), "codings!G3", "the cell holds a formula"),
        (set_cells("codings", G3="#N/A"), "codings!G3", "the error #N/A"),
        (set_cells("studies", D2="March 2018"), "studies!D2", "is not a year in four digits"),
        (set_cells("searches", H2="1/2/2020"), "searches!H2", "is not a date such as"),
        (set_cells("codings", A3="2020-01-10"), "codings!A3", "search '2020-01-10' is none of"),
        (set_cells("codings", A3=None), "codings!A3", "search is empty"),
        (set_cells("codings", C3="nobody"), "codings!C3", "'nobody' is not in studies.csv"),
        (set_cells("codings", B3="C2020-0001"), "codings!B3", "stands in row 2 already"),
        (set_cells("codings", F1="way"), "codings!F1", "the column 'way' is not one of"),
        (set_cells("codings", Z9="a remark"), "codings!Z1", "and content, as in Z9"),
        (lambda book: book["codings"].merge_cells("G3:G4"), "codings!G3", "G3:G4 are merged"),
        (lambda book: book["codings"].__setattr__("title", "coding"), "coding", "'codings'?"),
        (
            lambda book: book["studies"].__setattr__("sheet_state", "hidden"),
            "studies",
            "the sheet is hidden",
        ),
    ],
)
def test_a_problem_names_its_cell_and_nothing_is_written(
    change: Change, place: str, says: str, book: Path, raw: Path
) -> None:
    changed(book, change)
    before, as_it_was = bytes_in(raw), book.read_bytes()
    done = bring_in()
    assert done.exit_code == 1
    told = " ".join(done.output.split())
    assert f"review.xlsx {place}" in told
    assert says in told
    assert bytes_in(raw) == before
    assert book.read_bytes() == as_it_was


def test_the_copy_shows_each_problem_in_its_cell_and_in_a_list(book: Path) -> None:
    changed(book, set_cells("codings", F3="enabels", E4="=1+1"))
    changed(book, set_cells("studies", D2="soon"))
    bring_in()
    copy = openpyxl.load_workbook("review-problems.xlsx")
    for sheet, cell in [("codings", "F3"), ("codings", "E4"), ("studies", "D2")]:
        assert copy[sheet][cell].fill.start_color.rgb == "FFFF9999"
        assert copy[sheet][cell].comment.author == AUTHOR
    assert "Did you mean 'enabler'?" in copy["codings"]["F3"].comment.text
    assert copy["codings"]["F2"].comment is None
    assert copy.sheetnames[0] == "problems"
    where = [row[0].value for row in copy["problems"].iter_rows(min_row=2)]
    assert where == ["studies!D2", "codings!F3", "codings!E4"]
    assert copy["codings"]["F1"].comment.text.startswith("What the factor is reported")


def test_what_is_mended_in_the_copy_can_be_brought_in(book: Path) -> None:
    changed(book, set_cells("codings", F3="enabels"))
    bring_in()
    copy = Path("review-problems.xlsx")
    changed(copy, set_cells("codings", F3="no_effect"))
    done = call("import-workbook", copy.as_posix())
    assert done.exit_code == 0, done.output
    assert "1 file written" in done.output


def test_a_copy_is_written_over_none_that_is_there(book: Path) -> None:
    changed(book, set_cells("codings", F3="enabels"))
    bring_in()
    copy = Path("review-problems.xlsx")
    first = copy.read_bytes()
    assert call("import-workbook", copy.as_posix()).exit_code == 1
    assert copy.read_bytes() == first
    second = openpyxl.load_workbook("review-problems-2.xlsx")
    text = second["codings"]["F3"].comment.text
    assert text.count("enabels") == 1, "what an earlier copy had noted is taken away"
    assert path_of_copy(copy) == Path("review-problems-3.xlsx")


def test_a_file_that_is_no_workbook_has_no_copy(raw: Path) -> None:
    BOOK.write_text("study_id,label\n")
    before = bytes_in(raw)
    done = bring_in()
    assert done.exit_code == 1
    assert "the file is no workbook" in done.output
    assert not Path("review-problems.xlsx").exists()
    assert bytes_in(raw) == before


def test_a_workbook_without_any_table_is_told_and_changes_nothing(raw: Path) -> None:
    plain(BOOK)
    changed(BOOK, lambda book: book.active.__setattr__("title", "Sheet1"))
    before = bytes_in(raw)
    done = bring_in()
    assert done.exit_code == 1
    assert "it has no sheet of a table" in done.output
    assert bytes_in(raw) == before


def test_an_unfinished_review_is_brought_in_part_by_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("template", BOOK.as_posix()).exit_code == 0
    row = [
        "time",
        "Time",
        None,
        None,
        "adopters",
        "staff",
        "Time for it.",
        "Enough.",
        "Too little.",
    ]
    changed(BOOK, lambda book: book["codebook"].append([*row, "added"]))
    changed(BOOK, set_cells("searches", A2="2024-05-01", B2="Q001", C2="A", D2="Made-up database"))
    changed(BOOK, set_cells("searches", H2="2024-05-01", J2="3"))
    refused = bring_in()
    assert refused.exit_code == 1
    assert not Path("data").exists()
    done = bring_in("--unfinished")
    assert done.exit_code == 0, done.output
    assert 'Add  - "2024-05-01"  to the searches of config/config.yaml.' in done.output
    assert "time,Time," in Path("data/raw/codebook.csv").read_text("utf-8")
    assert Path("data/raw/2024-05-01/codings.csv").read_text("utf-8").startswith("coding_id,")


def test_where_one_file_cannot_be_written_none_is(
    book: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(book, set_cells("codebook", B2="Money"))
    changed(book, set_cells("studies", C2="Another name"))
    before, written = bytes_in(raw), []

    def full_disk(data: bytes, path: Path) -> None:
        if path.name == "studies.csv" and raw in path.parents:
            raise OSError(f"{path} could not be written: disk full")
        written.append(path)
        files.write_bytes(data, path)

    monkeypatch.setattr(storing, "write_bytes", full_disk)
    monkeypatch.setattr(import_workbook, "checked_with_others", lambda *_: [])
    done = bring_in()
    assert done.exit_code == 1
    assert "disk full" in done.output
    assert raw / "codebook.csv" in written
    assert bytes_in(raw) == before
