"""Exports are read whatever their defects: nothing is lost, and what is guessed is said."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.records.cells import (
    title_of,
)
from review_synthesis.records.exports import (
    COLUMNS,
    NO_TITLE,
    decode,
    format_of,
    read_export,
    read_exports,
)
from review_synthesis.tables.fields import TEXT

EXAMPLES = Path(__file__).parents[1] / "data" / "examples" / "exports"
FILES = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".md")
RECORD = "TY  - JOUR\nTI  - {0}\nAU  - Example, A\nPY  - 2026\nER  - \n"
TWO = RECORD.format("First made-up title") + "\n" + RECORD.format("Second made-up title")


@pytest.fixture
def read(tmp_path: Path):
    """Read a text or bytes as an export."""

    def read_it(content: str | bytes) -> tuple[pd.DataFrame, list[Problem]]:
        file = tmp_path / "export.txt"
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read_export(file)

    return read_it


def rules(problems: list[Problem]) -> set[str]:
    return {problem.rule for problem in problems}


# The example exports


@pytest.mark.parametrize(
    ("file", "number", "format_"),
    [
        ("covidence.csv", 3, "Covidence CSV"),
        ("endnote.ris", 4, "RIS"),
        ("endnote.xml", 3, "EndNote XML"),
        ("google-scholar.bib", 4, "BibTeX"),
        ("mendeley.ris", 3, "RIS"),
        ("ovid-embase.ris", 4, "RIS"),
        ("pubmed.nbib", 3, "PubMed"),
        ("scopus.csv", 4, "Scopus CSV"),
        ("web-of-science.ris", 4, "RIS"),
        ("zotero.ris", 4, "RIS"),
    ],
)
def test_each_example_is_read_whole_and_its_format_told_from_its_content(
    file: str, number: int, format_: str, read
):
    data = (EXAMPLES / file).read_bytes()
    found = format_of(decode(data)[0])
    assert found is not None
    assert found.name == format_
    table, problems = read(data)
    assert len(table) == number
    assert list(table.columns) == COLUMNS
    assert not errors_of(problems)
    for column in ("authors", "title", "container", "url", "doi", "kind", "database"):
        assert table[column].map(lambda cell: bool(re.fullmatch(f"(?:{TEXT})?", cell))).all()
    assert (table["title"] != "").all()
    assert table["year"].str.fullmatch("[12][0-9]{3}").all()


def test_the_examples_are_all_tested():
    assert len(FILES) == 10


def test_each_record_of_the_examples_stands_on_the_line_that_is_given():
    table, _ = read_exports(FILES)
    starts = {".ris": "TY  - ", ".nbib": "PMID- ", ".bib": "@", ".xml": "<record>"}
    for row in table.to_dict("records"):
        file = EXAMPLES / row["export_file"]
        if file.suffix == ".csv":
            continue
        text = decode(file.read_bytes())[0]
        assert starts[file.suffix] in text.split("\n")[int(row["export_line"]) - 1]


def test_the_example_of_ovid_loses_its_resolver_and_keeps_its_database():
    table, problems = read_export(EXAMPLES / "ovid-embase.ris")
    assert problems == []
    first = table.iloc[0]
    assert first["doi"] == "10.5555/made-up.0001"
    assert (first["database"], first["accession"]) == ("Embase", "2099000001")
    assert (first["year"], first["pages"], first["issue"]) == ("2027", "101-118", "2")
    assert table.iloc[3]["container"] == "Br. J. Soc. Work"


def test_the_example_of_pubmed_is_read_over_its_line_ends():
    table, _ = read_export(EXAMPLES / "pubmed.nbib")
    assert table.iloc[0]["title"].endswith("a made-up example of a trial")
    assert table.iloc[0]["doi"] == "10.5555/made-up.0009"
    assert table.iloc[1]["title"].startswith("Trauma-informed care in situ:")
    assert table.iloc[0]["authors"] == "Model, Eli; Placeholder, Dana"
    assert set(table["database"]) == {"PubMed"}


def test_the_example_of_bibtex_has_letters_and_not_latex():
    table, problems = read_export(EXAMPLES / "google-scholar.bib")
    assert table.iloc[0]["title"] == (
        "Parent advocates at the table: a made-up example of élite interviews"
    )
    assert table.iloc[0]["authors"] == "Müster, Jörg; Sample, Bea; et al."
    assert table.iloc[2]["title"] == "Champions & change agents: a made-up example in 50% of teams"
    assert table.iloc[2]["authors"] == "Made-up Example Institute"
    assert table.iloc[3]["authors"] == "Model, Eli; van der Sample, Vincent"
    assert rules(problems) == {"twice"}


def test_the_example_of_endnote_joins_a_title_in_pieces():
    table, _ = read_export(EXAMPLES / "endnote.xml")
    assert table.iloc[0]["title"] == (
        "Group supervision as usual: a made-up example of an ethnography"
    )
    assert list(table["kind"]) == ["journal article", "report", "journal article"]


def test_the_example_of_scopus_has_full_names_and_no_formula():
    table, _ = read_export(EXAMPLES / "scopus.csv")
    assert table.iloc[0]["authors"] == "Placeholder, Dana; Model, Eli"
    assert table.iloc[1]["title"].startswith("“+Families")
    assert table.iloc[3]["pages"] == "e12"


def test_the_example_in_an_older_encoding_is_read_and_said_to_be():
    table, problems = read_export(EXAMPLES / "mendeley.ris")
    assert table.iloc[0]["authors"] == "Müster, Jörg; Exemple, Zoë"
    assert rules(problems) == {"encoding"}
    assert "Windows-1252" in problems[0].message


# Defects of RIS


def test_a_byte_order_mark_is_not_part_of_the_first_tag(read):
    table, problems = read(b"\xef\xbb\xbf" + TWO.encode())
    assert (len(table), problems) == (2, [])


@pytest.mark.parametrize("preamble", ["1. ", "<1>", "Record 1 of 20", "[1]", "1", "12 of 20"])
def test_the_number_of_a_record_is_not_text_of_another(preamble: str, read):
    text = "".join(f"{preamble}\n\n{RECORD.format(f'Made-up title {n}')}\n" for n in (1, 2))
    table, problems = read(text)
    assert list(table["title"]) == ["Made-up title 1", "Made-up title 2"]
    assert problems == []


@pytest.mark.parametrize("line", ["ER  - visits rose by a third", "ER  - "])
def test_a_line_er_within_a_wrapped_abstract_does_not_end_the_record(line: str, read):
    wrapped = f"TY  - JOUR\nAB  - A made-up abstract on\n{line}\nin a hospital.\n"
    table, problems = read(f"{wrapped}TI  - Title after it\nPY  - 2026\nER  - \n\n{TWO}")
    assert list(table["title"]) == ["Title after it", "First made-up title", "Second made-up title"]
    assert problems == []


def test_a_record_without_er_is_kept_and_said(read):
    first = RECORD.format("Without end").replace("ER  - \n", "")
    table, problems = read(first + "\n2. \n" + RECORD.format("Next") + first)
    assert list(table["title"]) == ["Without end", "Next", "Without end"]
    assert [(p.rule, p.line, p.severity) for p in problems] == [
        ("no_end", 1, "notice"),
        ("no_end", 12, "notice"),
    ]


def test_tags_after_the_line_that_ends_a_record_are_part_of_it_as_ovid_writes(read):
    text = TWO.replace("ER  - \n", "ER  -\nNL  - Made-up Ex J\n\nLink to the full text\n")
    table, problems = read(text)
    assert list(table["title"]) == ["First made-up title", "Second made-up title"]
    assert problems == []


def test_a_type_in_words_is_a_type(read):
    table, _ = read(TWO.replace("TY  - JOUR", "TY  - Journal Article"))
    assert list(table["kind"]) == ["journal article"] * 2


def test_exports_put_together_may_have_byte_order_marks_within(read):
    table, _ = read(RECORD.format("One") + "\n\ufeff" + RECORD.format("Two"))
    assert list(table["title"]) == ["One", "Two"]


def test_text_outside_of_records_is_said(read):
    table, problems = read(f"Search history: everything\n\n{TWO}\nlost line\n")
    assert len(table) == 2
    assert [(p.rule, p.line, p.value) for p in problems] == [
        ("outside", 1, "Search history: everything")
    ]


def test_tags_with_one_space_are_read(read):
    table, _ = read(TWO.replace("  - ", " - "))
    assert list(table["title"]) == ["First made-up title", "Second made-up title"]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_windows_and_old_macs_are_read(ends: str, read):
    table, problems = read(TWO.replace("\n", ends))
    assert len(table) == 2
    assert list(table["authors"]) == ["Example, A"] * 2
    assert problems == []


def test_a_separator_of_lines_within_a_title_does_not_split_it(read):
    table, _ = read(RECORD.format("A title\u2028in two\x0bparts"))
    assert list(table["title"]) == ["A title in two parts"]


def test_a_record_without_title_is_kept_and_said(read):
    table, problems = read(TWO.replace("TI  - Second made-up title\n", ""))
    assert list(table["title"]) == ["First made-up title", NO_TITLE]
    assert [(p.rule, p.line) for p in problems] == [("no_title", 7)]


def test_html_in_a_title_is_taken_out_and_a_lesser_sign_is_not(read):
    table, _ = read(RECORD.format("Care &lt;i&gt;in situ&lt;/i&gt; &amp;amp; children <5 years"))
    assert list(table["title"]) == ["Care in situ & children <5 years"]


def test_a_title_over_two_lines_is_one_title(read):
    table, _ = read(RECORD.format("A made-up title that\n goes on"))
    assert list(table["title"]) == ["A made-up title that goes on"]


# Other formats


def test_the_plain_text_of_web_of_science_is_read(read):
    text = (
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Example, A\n   Sample, B\n"
        "AF Example, Alex\n   Sample, Bea\nTI A made-up title that\n   goes on\n"
        "SO MADE-UP EXAMPLES\nDT Article\nPY 2026\nVL 3\nBP 1\nEP 9\nDI 10.5555/Made-Up\n"
        "UT WOS:1\nER\n\nPT J\nTI Second\nPY 2027\nER\n\nEF\n"
    )
    table, problems = read(text)
    assert list(table["title"]) == ["A made-up title that goes on", "Second"]
    first = table.iloc[0]
    assert (first["authors"], first["pages"]) == ("Example, Alex; Sample, Bea", "1-9")
    assert (first["doi"], first["accession"]) == ("10.5555/made-up", "WOS:1")
    assert problems == []


def test_a_tag_of_web_of_science_that_rispy_does_not_know_is_no_obstacle(read):
    table, problems = read("PT J\nTI A title\nWE Made-up Index\nPY 2026\nER\n\nEF\n")
    assert table[["title", "year"]].to_numpy().tolist() == [["A title", "2026"]]
    assert [(p.rule, p.line, p.value) for p in problems] == [("tag", 1, "WE: Made-up Index")]


def test_an_entry_of_bibtex_that_cannot_be_read_is_named_with_its_line(read):
    table, problems = read("@article{a, title={Open, year=2020\n\n@book{b, title={Good}}\n")
    assert list(table["title"]) == ["Good"]
    assert [(p.rule, p.line, p.severity) for p in problems] == [("entry", 1, "notice")]


def test_xml_that_declares_entities_is_refused(read):
    declared = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n'
    text = f"{declared}<xml><records><record/></records></xml>"
    table, problems = read(text)
    assert table.empty
    assert [(p.rule, p.line) for p in problems] == [("doctype", 2)]


def test_broken_xml_is_an_error_with_its_line(read):
    _, problems = read("<xml><records>\n<record><titles></record></records></xml>")
    assert [(p.rule, p.line, p.severity) for p in problems] == [("xml", 2, "error")]


def test_a_row_of_csv_that_does_not_fit_its_header_is_named_with_its_line(read):
    text = (EXAMPLES / "covidence.csv").read_text("utf-8") + "Title, with a comma,2026\n"
    table, problems = read(text)
    assert len(table) == 3
    assert [(p.rule, p.line, p.severity) for p in problems] == [("cells", 6, "notice")]


# Encodings


def test_utf16_is_told_by_its_byte_order_mark_and_said(read):
    table, problems = read(RECORD.format("Größe").encode("utf-16"))
    assert list(table["title"]) == ["Größe"]
    assert rules(problems) == {"encoding"}


def test_a_file_of_two_encodings_is_read_line_by_line(read):
    older = RECORD.format("Müller").encode("cp1252")
    table, problems = read(RECORD.format("Größe – “so”").encode() + older)
    assert list(table["title"]) == ["Größe – “so”", "Müller"]
    assert [(p.rule, p.line) for p in problems] == [("encoding", 7)]


def test_cyrillic_in_an_older_encoding_is_not_taken_for_western(read):
    title = "Социальная работа с детьми и семьями в трудной жизненной ситуации"
    table, _ = read(RECORD.format(title).encode("cp1251"))
    assert list(table["title"]) == [title]


# Files that cannot be read


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "empty_file"),
        ("  \n \n", "empty_file"),
        ("a letter\nand nothing else\n", "format"),
        (b"PK\x03\x04 and so on", "format"),
        (b"%PDF-1.7", "format"),
        (b"\x00\x01\x02\x03", "format"),
        ("Title,Year\nA,2020\n", "format"),
        ('"Authors","Title","Source title","EID"\n', "no_record"),
    ],
)
def test_a_file_that_holds_no_records_is_an_error(content: str | bytes, rule: str, read):
    table, problems = read(content)
    assert table.empty
    assert rule in rules(errors_of(problems))


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path):
    (tmp_path / "empty.ris").write_text("")
    (tmp_path / "letter.txt").write_text("a letter")
    files = [tmp_path / name for name in ("empty.ris", "letter.txt", "missing.ris")]
    _, problems = read_exports([*files, files[0]])
    assert {p.rule for p in problems} == {"empty_file", "format", "unreadable", "file_name"}


# Any titles

titles = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp")), max_size=40
)


@given(st.lists(titles, min_size=1, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
@examples(60)
def test_as_many_records_come_out_as_go_in(given_titles: list[str], ended: list[bool]):
    from review_synthesis.records.tagged import read_ris

    text = "".join(
        f"TY  - JOUR\nT1  - {title}\n" + ("ER  - \n\n" if end else "")
        for title, end in zip(given_titles, ended, strict=False)
    )
    reading = read_ris(text)
    assert len(reading.records) == len(given_titles)
    assert [record.title for record in reading.records] == [title_of(t) for t in given_titles]
