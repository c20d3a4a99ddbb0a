"""What becomes of tables when a newer file is brought in. All evidence here is made up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from brought_in import SEARCH, Folder, part_of
from review_synthesis.importing import storing
from review_synthesis.importing.import_codings import Imported
from review_synthesis.importing.storing import write_all

COLUMNS = {
    "study": "Study", "factor": "Factor", "direction": "Effect", "summary": "Text",
    "design": "Design",
}  # fmt: skip
HEAD = "Study,Design,Factor,Effect,Text\n"
KERR = "Kerr 2016,survey,Funding,+,grant\n"
LOWE = "Lowe 2020,survey,Time,-,none left\n"
ODE = "Ode 2021,survey,Time,-,a week\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def _bring(folder: Folder, *rows: str, remove_gone: bool = False) -> Imported:
    part = part_of("long", COLUMNS)
    return folder.bring_in(HEAD + "".join(rows), part, remove_gone=remove_gone)


def _changes(done: Imported, *tables: str) -> list[str]:
    return [
        " ".join(filter(None, (each.table, each.what, each.id, each.column)))
        for each in done.changes
        if each.table in tables
    ]


def _edit(folder: Folder, table: str, row: int, **cells: str) -> None:
    """Change cells of a table as a person would; a row more than there is is added."""
    rows = folder.table(table)
    if row == len(rows):
        rows.append(dict.fromkeys(rows[0], ""))
    rows[row] |= cells
    path = next(folder.raw.rglob(f"{table}.csv"))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_the_same_file_again_changes_nothing(folder: Folder) -> None:
    _bring(folder, KERR, LOWE)
    before = {path: path.read_bytes() for path in folder.path.rglob("data/**/*.csv")}
    done = _bring(folder, KERR, LOWE)
    assert done.changes == []
    assert write_all(done.files) == []
    assert before == {path: path.read_bytes() for path in folder.path.rglob("data/**/*.csv")}


def test_what_is_new_and_what_is_changed_is_told_and_identifiers_stay(folder: Folder) -> None:
    _bring(folder, KERR, LOWE)
    before = {row["study_id"]: row["coding_id"] for row in folder.table("codings")}
    done = _bring(folder, ODE, LOWE.replace("none left", "none"), KERR)
    assert _changes(done, "studies", "codings") == [
        "studies added ode_2021", "codings changed C2024-0002 summary", "codings added C2024-0003",
    ]  # fmt: skip
    after = {row["study_id"]: row["coding_id"] for row in folder.table("codings")}
    assert before.items() <= after.items()
    assert [row["record_id"] for row in folder.table("screening")] == [
        "R2024-0001", "R2024-0002", "R2024-0003",
    ]  # fmt: skip


def test_rows_that_are_gone_are_told_and_kept_until_they_are_to_be_removed(folder: Folder) -> None:
    _bring(folder, KERR, LOWE)
    for _ in range(2):  # told each time
        done = _bring(folder, KERR)
        assert _changes(done, "studies", "codings") == [
            "studies gone lowe_2020", "codings gone C2024-0002",
        ]  # fmt: skip
        assert len(folder.table("studies")) == 2
    done = _bring(folder, KERR, remove_gone=True)
    assert _changes(done, "studies", "codings") == [
        "studies removed lowe_2020", "codings removed C2024-0002",
    ]  # fmt: skip
    assert len(folder.table("screening")) == len(folder.table("studies")) == 1
    assert _changes(_bring(folder, KERR), "studies") == []


def test_rows_and_cells_of_people_are_kept(folder: Folder) -> None:
    _bring(folder, KERR)
    own = folder.table("codings")[0] | {"coding_id": "C2024-0009", "direction": "mixed"}
    _edit(folder, "codings", 1, **own)
    _edit(folder, "codebook", 0, definition="Money from outside.", enabler_when="It helps.")
    _edit(folder, "codings", 0, summary="a grant, by hand")
    done = _bring(folder, KERR, remove_gone=True)
    assert _changes(done, "codings", "codebook") == []

    done = _bring(folder, KERR.replace("grant", "loan"))
    assert _changes(done, "codings", "codebook") == ["codings kept as edited C2024-0001 summary"]
    assert [row["summary"] for row in folder.table("codings")] == ["a grant, by hand", "grant"]
    assert folder.table("codebook")[0]["definition"] == "Money from outside."


def test_a_row_that_a_person_deleted_does_not_come_back(folder: Folder) -> None:
    _bring(folder, KERR, LOWE)
    path = folder.raw / SEARCH / "codings.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(True)[:2]), encoding="utf-8")
    done = _bring(folder, KERR, LOWE)
    assert _changes(done, "codings") == ["codings deleted by hand C2024-0002"]
    assert len(folder.table("codings")) == 1


def test_a_publication_keeps_its_name_when_its_doi_becomes_known(folder: Folder) -> None:
    text = "Study,DOI,Factor,Effect\nKerr 2016,{},Funding,+\n"
    part = part_of("long", {"study": "Study", "doi": "DOI", "factor": "Factor",
                            "direction": "Effect"})  # fmt: skip
    folder.bring_in(text.format(""), part)
    done = folder.bring_in(text.format("10.5555/a"), part)
    assert _changes(done, "publications", "codings") == ["publications changed kerr_2016_a doi"]


def test_records_of_a_search_are_known_again_and_included(folder: Folder) -> None:
    text = "Study,Title,Factor,Effect\nKerr 2016,A garden,Funding,+\nLowe 2020,A plot,Time,-\n"
    part = part_of("long", {"study": "Study", "title": "Title", "factor": "Factor",
                            "direction": "Effect"})  # fmt: skip
    folder.bring_in(text, part)
    for table in ("screening", "searches"):
        rows = folder.table(table)
        other = Folder(folder.path / "other")
        other.raw.joinpath(SEARCH).mkdir(parents=True, exist_ok=True)
        if table == "screening":
            for row, title, decision in zip(rows, ("A Garden!", "A  plot"), ("", "exclude"),
                                            strict=True):  # fmt: skip
                row |= {"title": title, "decision": decision, "publication_id": "", "source": "B"}
        path = other.raw / SEARCH / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    done = other.bring_in(text, part)
    assert [each.rule for each in done.problems] == ["excluded"]
    assert not (other.raw / "codebook.csv").exists()
    done = other.bring_in(text.replace("A plot", "Another plot"), part)
    assert [(row["record_id"], row["title"], row["decision"], row["source"])
            for row in other.table("screening")] == [
        ("R2024-0001", "A Garden!", "include", "B"), ("R2024-0002", "A  plot", "exclude", "B"),
        ("R2024-0003", "Another plot", "include", "B"),
    ]  # fmt: skip


def test_nothing_is_written_where_one_file_cannot_be(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _bring(folder, KERR)
    before = {path: path.read_bytes() for path in folder.path.rglob("data/**/*.csv")}
    write, done = storing.write_bytes, []

    def stops(data: bytes, path: Path) -> None:
        if len(done) == 3:
            done.append(path)
            raise OSError("the disk is full")
        done.append(path)
        write(data, path)

    monkeypatch.setattr(storing, "write_bytes", stops)
    with pytest.raises(OSError, match="full"):
        _bring(folder, KERR, LOWE)
    assert before == {path: path.read_bytes() for path in folder.path.rglob("data/**/*.csv")}


def test_what_screening_included_and_no_file_codes_is_named(folder: Folder) -> None:
    _bring(folder, KERR)
    record = {"record_id": "R2024-0007", "title": "A garden", "source": "A", "source_type": "x"}
    _edit(folder, "screening", 1, **record, decision="include")
    lines = _bring(folder, KERR).lines
    place = lines.index("Included by screening.csv, and not among the publications coded: 1")
    assert lines[place + 1] == "  R2024-0007 A garden"
