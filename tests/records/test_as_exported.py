"""Exports as programs write them today: read, or named by file and line with a way out.

All records here are made up.
"""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.records import formats, tagged
from review_synthesis.records.exports import read_export

CASES = Path(__file__).parents[1] / "data" / "exports"
Told = tuple[pd.DataFrame, list[Problem]]
Read = Callable[[str | bytes], Told]
SCOPUS = (
    '"Authors","Title","Year","Source title","DOI","EID"\n"Reed A.","{}","2027","Ex J","","1"\n'
)
COVIDENCE = "Title,Authors,Published Year,Journal,DOI,Covidence #\nOn locks,Reed A,2026,Ex J,,#7\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a text or bytes as an export."""

    def read_it(content: str | bytes) -> Told:
        file = tmp_path / "export.csv"
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read_export(file)

    return read_it


def said(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(each.rule, each.line, each.severity) for each in problems]


# Tags that are not known


def test_the_plain_text_of_web_of_science_of_today_is_read_and_unknown_tags_kept() -> None:
    table, problems = read_export(CASES / "wos-2025.txt")
    assert table["year"].tolist() == ["2025", "2025"]  # the second is of early access
    assert table["doi"].tolist() == ["10.1234/jmc.2025.003", "10.1234/aip.0042"]
    assert table["aside"].tolist() == [
        "C3: Invented University; University of Nowhere; "
        "WE: Science Citation Index Expanded (SCI-EXPANDED)",
        "",
    ]
    assert [each.message for each in problems] == [
        "tags that are not known here, in 1 record: C3, WE"
    ]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("PT J\nTI A\nZA One\n   and two\nPY 2026\nER\n\nEF\n", "ZA: One and two"),
        ("PT J\nTI A\nUK Kingdom\nPY 2026\nER\n\nEF\n", ""),  # rispy's own name for what is unknown
        ("TY  - JOUR\nTI  - A\nQQ  - One\nQQ  - Two\nPY  - 2026\nER  - \n", "QQ: One Two"),
        ("TY  - JOUR\nU1  - 12\nTI  - A\nPY  - 2026\nER  - \n", ""),  # a tag for anybody's use
        ("TY  - JOUR\n that goes on\nTI  - A\nPY  - 2026\nER  - \n", ""),
    ],
)
def test_a_tag_of_the_future_is_no_obstacle(text: str, aside: str, read: Read) -> None:
    table, problems = read(text)
    assert table[["title", "year", "aside"]].to_numpy().tolist() == [["A", "2026", aside]]
    assert [each.rule for each in problems] == (["tag"] if aside else [])


@pytest.mark.parametrize("reader", ["_wok_record", "_ris_record", "_nbib_record"])
def test_a_record_that_a_library_stumbles_over_is_named_and_the_others_are_read(
    reader: str, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = getattr(tagged, reader)

    def stumbling(chunk: list[str], line: int) -> object:
        if "bad" in "".join(chunk):
            raise KeyError("UK")
        return original(chunk, line)

    monkeypatch.setattr(tagged, reader, stumbling)
    start, tag, end = {
        "_wok_record": ("PT J", "TI ", "ER"),
        "_ris_record": ("TY  - JOUR", "TI  - ", "ER  - "),
        "_nbib_record": ("PMID- 1", "TI  - ", ""),
    }[reader]
    table, problems = read(
        "".join(f"{start}\n{tag}{title}\n{end}\n\n" for title in ("bad", "good"))
    )
    assert table["title"].tolist() == ["good"]
    assert said(problems) == [("entry", 1, "notice")]
    assert "KeyError" in problems[0].message


def test_a_file_that_a_library_stumbles_over_is_an_error_of_that_file(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(formats, "csv_rows", stumbling)
    table, problems = read(COVIDENCE)
    assert table.empty
    assert [each.message for each in errors_of(problems)] == [
        "the file cannot be read (Covidence CSV; RecursionError)"
    ]


# CSV as spreadsheets leave it


def with_separator(text: str, separator: str) -> str:
    return text.replace(",", separator)


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (SCOPUS.format("On locks"), []),
        (with_separator(SCOPUS.format("On locks"), ";"), ["separator"]),
        (with_separator(COVIDENCE, ";"), ["separator"]),
        (with_separator(COVIDENCE, "\t"), ["separator"]),
        ("sep=,\n" + COVIDENCE, []),
        ("sep=;\r\n" + with_separator(COVIDENCE, ";"), ["separator"]),
        ('"sep=;"\n' + with_separator(SCOPUS.format("On locks"), ";"), ["separator"]),
        ("# from Monday\n\n" + COVIDENCE, []),
        (COVIDENCE + "# checked by Reed\n", ["comment"]),
        (with_separator(COVIDENCE, ";").replace("locks", "löcks").encode("cp1252"),
         ["encoding", "separator"]),
    ],
)  # fmt: skip
def test_references_are_read_whatever_separates_their_columns(
    content: str | bytes, rules: list[str], read: Read
) -> None:
    table, problems = read(content)
    assert table["title"].str.replace("ö", "o").tolist() == ["On locks"]
    assert table["authors"].tolist() == ["Reed, A" + "." * ("EID" in str(content))]
    assert [each.rule for each in problems] == rules
    assert not errors_of(problems)


def test_the_line_of_a_row_is_that_of_the_file_below_what_stands_above_the_header(
    read: Read,
) -> None:
    table, problems = read("sep=,\n# a comment\n" + COVIDENCE + "only one cell\n")
    assert table["export_line"].tolist() == ["4"]
    assert said(problems) == [("cells", 5, "notice")]


def test_the_case_of_scopus_with_semicolons_is_read() -> None:
    table, _ = read_export(CASES / "scopus-semicolons.csv")
    row = table.iloc[0]
    assert (row["title"], row["year"], row["doi"]) == ("Lamps on quiet canals", "2027", "10.1234/x")


@pytest.mark.parametrize(
    "header",
    [
        "Covidence #,Study ID,Title,Reviewer Name,Country",
        "Covidence #;Study ID;Title;Reviewer Name;Sequence generation",
        '"Study ID","Reviewer","Covidence #"',
    ],
)
def test_a_table_of_an_extraction_is_not_taken_for_references(header: str, read: Read) -> None:
    table, problems = read(f"{header}\n#7,Reed 2026,On locks,Marsh,Wales\n")
    assert table.empty
    (problem,) = errors_of(problems)
    assert (problem.rule, problem.line) == ("format", 1)
    assert "Covidence's table of an extraction" in problem.message
    assert "Export, References" in problem.hint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(COVIDENCE.encode()), "packed (gzip: unpack it first)"),
        (bz2.compress(COVIDENCE.encode()), "packed (bzip2: unpack it first)"),
        (b"<!DOCTYPE html><title>Log in</title>", "a web page"),
        (b"PK\x03\x04 and so on", "a workbook of an office program, or a ZIP archive"),
    ],
)
def test_a_file_that_is_no_export_is_called_what_it_is(
    content: bytes, says: str, read: Read
) -> None:
    table, problems = read(content)
    assert table.empty
    assert [each.message for each in problems] == [f"the file is {says}"]


# BibTeX


def test_one_broken_entry_stops_none_of_the_others() -> None:
    table, problems = read_export(CASES / "broken-entry.bib")
    assert table["title"].tolist() == [
        "A sound entry about gates",
        "Another sound entry about gates",
    ]
    assert said(problems) == [("entry", 6, "notice")]
    assert "is not among the records" in problems[0].hint


def test_braces_within_braces_a_thousandfold_are_no_obstacle(read: Read) -> None:
    deep = f"{'{' * 3000}Deep locks{'}' * 3000}"
    table, problems = read(
        f"@article{{a,\n title={deep},\n year={{2020}}\n}}\n@article{{b, title={{B}}, year=2021}}\n"
    )
    assert table[["title", "year"]].to_numpy().tolist() == [["Deep locks", "2020"], ["B", "2021"]]
    assert not errors_of(problems)


@pytest.mark.parametrize("first", ["TY  -JOUR", "TY  - PREPRINT/2", "TY - JOUR"])
def test_a_first_line_that_differs_a_little_begins_a_record(first: str) -> None:
    starts = zip(("TY  - JOUR", first, "TY  - JOUR"), ("One", "Two", "Three"), strict=True)
    text = "".join(f"{start}\nTI  - {title}\nER  - \n" for start, title in starts)
    assert [record.title for record in tagged.read_ris(text).records] == ["One", "Two", "Three"]


def test_a_number_of_pubmed_that_is_spaced_otherwise_begins_a_record() -> None:
    text = "PMID- 1\nTI  - One\nPMID - 2\nTI  - Two\n"
    assert [record.title for record in tagged.read_nbib(text).records] == ["One", "Two"]


@pytest.mark.parametrize(
    ("people", "authors"),
    [
        ("{World Health Organization}", "World Health Organization"),
        ("{Department for Children and Families}", "Department for Children and Families"),
        ("Reed, Ann and {Centre for Lamps and Tides}", "Reed, Ann; Centre for Lamps and Tides"),
        ("{Reed, Ann and Marsh, Bo}", "Reed, Ann; Marsh, Bo"),
        ("Ann Reed and Bo {van der} Marsh and others", "Reed, Ann; van der Marsh, Bo; et al."),
    ],
)
def test_a_body_in_braces_is_one_name(people: str, authors: str) -> None:
    text = f"@article{{a, author={{{people}}}, title={{One}}, year={{2027}}}}"
    assert [record.authors for record in formats.read_bibtex(text).records] == [authors]
