"""A value that is odd is read as meant, or it is kept and told. All records are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_synthesis.records.cells import (
    addresses_of,
    is_a_date,
    is_no_number,
    is_spoilt,
    names_in,
    title_of,
    without_decimals,
    year_of,
)
from review_synthesis.records.exports import NO_TITLE, read_export
from review_synthesis.records.formats import read_bibtex
from review_synthesis.records.reading import Odd, record_of
from review_synthesis.records.tagged import RIS, read_nbib, read_ris, read_wok

CASES = Path(__file__).parents[1] / "data" / "exports"


def ris(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", "TI  - A made-up title", *lines, "ER  - ", ""])


def test_the_case_of_odd_values_is_read_or_kept_and_told() -> None:
    table, problems = read_export(CASES / "odd-values.ris")
    cells = ["year", "doi", "pages", "url", "kind", "aside"]
    assert table[cells].to_numpy().tolist() == [
        ["2022", "10.1234/made.1732", "", "", "journal article", ""],
        [
            "2022", "", "", "https://a.invented.org/1; https://b.invented.org/2",
            "conference abstract", "SP: No; EP: Specified",
        ],
        ["", "", "10-Dec", "", "journal article", "PY: in press; DO: 1.0E+10"],
    ]  # fmt: skip
    assert table["authors"].tolist() == ["", "Reed, A.; Marsh, B.; Fen, C.", ""]
    assert [(each.line, each.column, each.value) for each in problems] == [
        (6, "pages", "SP: No"),
        (15, "pages", "SP: 10-Dec"),
        (15, "year", "PY: in press"),
        (15, "doi", "DO: 1.0E+10"),
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("20220315", "2022"), ("202203", "2022"), ("JUL 2022", "2022"), ("2022.0", "2022"),
        ("2022/07//", "2022"), ("15.03.2022", "2022"), ("c2022a", "2022"),
        ("20221", ""), ("20229999", ""), ("44635", ""), ("in press", ""), ("n.d.", ""), ("22", ""),
    ],
)  # fmt: skip
def test_a_year_is_found_in_a_date_however_it_is_written(text: str, year: str) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("10-Dec", True), ("Dec-10", True), ("10. Dez", True), ("12-oct.", True), ("déc-10", True),
        ("01.12.2025", True), ("2025-10-12 00:00:00", True), ("10/12/2025", True),
        ("101-118", False), ("12-13", False), ("e12", False), ("Jan-Feb", False), ("May", False),
        ("S12", False), ("Suppl 1", False),
    ],
)  # fmt: skip
def test_a_date_that_a_spreadsheet_made_of_pages_is_seen(text: str, is_date: bool) -> None:
    assert is_a_date(text) == is_date


@pytest.mark.parametrize(
    ("text", "spoilt"),
    [
        ("1.0E+10", True), ("2,03E+09", True), ("2E+09", True), ("#NAME?", True), ("#N/A", True),
        ("#NV", True), ("#BEZUG!", True), ("#NOM ?", True), ("#######", True),
        ("E12", False), ("12E3", False), ("e1000", False), ("#7", False), ("2099000001", False),
    ],
)  # fmt: skip
def test_a_number_that_lost_its_digits_is_seen(text: str, spoilt: bool) -> None:
    assert is_spoilt(text) == spoilt


def test_no_pages_is_no_page() -> None:
    for text in ("No", "Specified", "No Pagination Specified", "N.PAG", "n/a", "np", "unpaginated"):
        assert is_no_number(text)
    assert not any(map(is_no_number, ("12", "N1", "no 4", "nine")))


@pytest.mark.parametrize(
    ("line", "cell", "value", "aside"),
    [
        ("PY  - in press\nDA  - 2024/05/01", "year", "2024", "PY: in press"),
        ("C6  - JUL 2022", "year", "2022", ""),
        ("DO  - 1.0E+10\nUR  - https://doi.org/10.1234/a", "doi", "10.1234/a", "DO: 1.0E+10"),
        ("UR  - https://a.example.org/none", "doi", "", ""),
        ("AN  - 2.03E+09", "accession", "", "AN: 2.03E+09"),
        ("AN  - 2099000001.0", "accession", "2099000001", ""),
        ("VL  - 12.0", "volume", "12", ""),
        ("IS  - 02. Jan", "issue", "02. Jan", ""),
        ("IS  - #N/A", "issue", "", "IS: #N/A"),
        ("C7  - 104512", "pages", "104512", ""),
        ("SP  - N.PAG\nC7  - e45", "pages", "e45", "SP: N.PAG"),
        ("UR  - https://a.example.org/1\nUR  - https://b.example.org/2", "url",
         "https://a.example.org/1; https://b.example.org/2", ""),
        ("UR  - www.example.org/1", "url", "www.example.org/1", ""),
        ("M3  - Conference Abstract", "kind", "conference abstract", ""),
        ("M3  - Article", "kind", "journal article", ""),
        ("M3  - 10.1234/A", "doi", "10.1234/a", ""),
        ("AU  - Reed, A., Marsh, B. and Fen, C.", "authors", "Reed, A.; Marsh, B.; Fen, C.", ""),
        ("AU  - Reed A, van Fen C-D", "authors", "Reed, A; van Fen, C-D", ""),
        ("AU  - Reed A and Marsh B", "authors", "Reed, A; Marsh, B", ""),
        ("AU  - van der Fen, Ann & Marsh, Bo", "authors", "van der Fen, Ann; Marsh, Bo", ""),
        ("AU  - Reed, A|Marsh, B", "authors", "Reed, A; Marsh, B", ""),
        ("AU  - World Bank & Welsh Canals, Cardiff", "authors",
         "World Bank & Welsh Canals, Cardiff", ""),
        ("SP  - Not\nEP  - specified", "pages", "", "SP: Not; EP: specified"),
        ("DO  - 10.1234/a; 10.1234/b", "doi", "10.1234/a", "DO: 10.1234/a; 10.1234/b"),
        ("DO  - 10.1234/a(1)<1::b>3.0.CO;2-2", "doi", "10.1234/a(1)<1::b>3.0.co;2-2", ""),
        ("UR  - https://a.example.org/a report.pdf", "url", "https://a.example.org/a",
         "UR: https://a.example.org/a report.pdf"),
        ("UR  - <a href=\"https://a.example.org\">x</a>", "url", "https://a.example.org", ""),
    ],
)  # fmt: skip
def test_each_odd_value_is_read_or_kept(line: str, cell: str, value: str, aside: str) -> None:
    (record,) = read_ris(ris(line)).records
    assert (record._asdict()[cell], record.aside) == (value, aside)


def test_what_a_spreadsheet_put_in_the_place_of_a_title_is_no_title(tmp_path: Path) -> None:
    file = tmp_path / "one.ris"
    file.write_text(ris().replace("A made-up title", "#NAME?"), encoding="utf-8")
    table, problems = read_export(file)
    assert table.loc[0, ["title", "aside"]].tolist() == [NO_TITLE, "TI: #NAME?"]
    assert {each.rule for each in problems} == {"odd", "no_title"}


def test_a_kind_of_odd_value_is_told_once_with_how_many_records_have_it() -> None:
    reading = read_ris("".join(ris(f"PY  - in press {number}") for number in range(700)))
    (remark,) = reading.remarks
    assert "in 700 records" in remark.message
    assert len(reading.records) == 700


def test_the_date_of_early_access_of_pubmed_is_a_year() -> None:
    (record,) = read_nbib("PMID- 1\nTI  - A made-up title\nDEP - 20240315\n").records
    assert record.year == "2024"


def test_a_name_behind_the_first_counts_where_that_is_odd() -> None:
    texts = {"PY": ["soon"], "Y1": ["2023//"], "DA": ["2021"]}
    found = record_of(texts, RIS["names"], 1)
    assert (found.record.year, found.odd) == ("2023", [Odd("PY", "soon", "year")])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reed, A.; Marsh, B.", ["Reed, A.", "Marsh, B."]),
        ("Reed, A., Marsh, B., & Fen, C.", ["Reed, A.", "Marsh, B.", "Fen, C."]),
        ("Reed A, Marsh B", ["Reed A", "Marsh B"]),
        ("Smith, Jane A.", ["Smith, Jane A."]),
        ("Smith, J., Jr.", ["Smith, J., Jr."]),
        ("Department for Children, Schools and Families",
         ["Department for Children, Schools and Families"]),
        ("Health, Education, and Care", ["Health, Education, and Care"]),
    ],
)  # fmt: skip
def test_names_in_one_line_are_taken_apart_and_those_of_bodies_are_not(
    text: str, names: list[str]
) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (r"On \textit{in situ} work with $\alpha$ and $p^2$", "On in situ work with α and p2"),
        (r"Caf\'e talk, 50% of \textbf{all} & more", "Café talk, 50% of all & more"),
        ("Costs of $5 and $10 in care", "Costs of $5 and $10 in care"),
        (r"A path such as C:\temp", r"A path such as C:\temp"),
        ("On <mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>1</mml:mn></mml:msub></mml:math> here",
         "On x1 here"),
        ("On <math><semantics><mi>x</mi><annotation encoding='TeX'>x</annotation></semantics>"
         "</math>", "On x"),
        ("Lamps<br/>on the <p>canal</p>", "Lamps on the canal"),
        (r"<inline-formula><tex-math>$\beta_1$</tex-math></inline-formula> and so on",
         "β1 and so on"),
    ],
)  # fmt: skip
def test_formulas_in_titles_are_text(text: str, title: str) -> None:
    assert title_of(text) == title


def test_addresses_are_found_in_one_field_or_several() -> None:
    assert addresses_of(
        ["https://a.org/1;b", "see www.b.org/2, https://c.org/3,https://d.org"]
    ) == ("https://a.org/1;b; www.b.org/2; https://c.org/3; https://d.org")
    assert without_decimals("12.0") == "12"
    assert without_decimals("12.05") == "12.05"


@pytest.mark.parametrize(
    ("lines", "cell", "value", "aside"),
    [
        (("DO  - 10.1234/one", "DO  - 10.1234/two"), "doi", "10.1234/one", "DO: 10.1234/two"),
        (("TI  - Another made-up title",), "title", "A made-up title",
         "TI: Another made-up title"),
        (("PY  - 2021", "PY  - 2022"), "year", "2021", "PY: 2022"),
        (("PY  - 2021", "PY  - in press"), "year", "2021", "PY: in press"),
        (("VL  - 3", "VL  - 4"), "volume", "3", "VL: 4"),
        (("JF  - Canals", "JF  - Harbours"), "container", "Canals", "JF: Harbours"),
        (("SP  - 3", "SP  - 7", "EP  - 5"), "pages", "3-5", "SP: 7"),
        # The same once more says nothing more, and addresses are all kept.
        (("DO  - 10.1234/one", "DO  - https://doi.org/10.1234/ONE"), "doi", "10.1234/one", ""),
        (("PY  - 2021", "PY  - 2021/05/01"), "year", "2021", ""),
        (("UR  - https://a.invented.org", "UR  - https://doi.org/10.1234/two"), "doi",
         "10.1234/two", ""),
    ],
)  # fmt: skip
def test_a_second_value_of_a_tag_is_kept_and_told(
    tmp_path: Path, lines: tuple[str, ...], cell: str, value: str, aside: str
) -> None:
    file = tmp_path / "made.ris"
    file.write_text(ris(*lines), encoding="utf-8")
    table, problems = read_export(file)
    assert (table.loc[0, cell], table.loc[0, "aside"]) == (value, aside)
    assert [each.rule for each in problems if each.rule == "twice"] == ["twice"] * bool(aside)


def test_a_second_value_is_kept_in_each_format(tmp_path: Path) -> None:
    texts = {
        "nbib": "PMID- 1\nTI  - A made-up\n      title\nTI  - Another\nDP  - 2021\n"
                "LID - 10.1234/one [doi]\nAID - 10.1234/two [doi]\nFAU - Reed, Ann\n"
                "CN  - Made-up Group\n",
        "txt": "FN Made up\nVR 1.0\nPT J\nAU Reed, A\nCA Made-up Group\nTI A made-up\n   title\n"
               "TI Another\nPY 2021\nDI 10.1234/one\nDI 10.1234/two\nER\n\nEF\n",
        "bib": "@article{a,\n author = {Reed, Ann},\n title={A made-up title},\n title={Another},\n"
               " year={2021},\n doi={10.1234/one},\n doi={10.1234/two}\n}\n",
        "csv": "Authors,Title,Title,Year,Source title,DOI,DOI,EID\n"
               '"Reed, A.",A made-up title,Another,2021,Canals,10.1234/one,10.1234/two,1\n',
    }  # fmt: skip
    for suffix, text in texts.items():
        file = tmp_path / f"made.{suffix}"
        file.write_text(text, encoding="utf-8")
        table, problems = read_export(file)
        assert table["title"].tolist() == ["A made-up title"], suffix
        assert table.loc[0, "doi"] == "10.1234/one"
        missing = [each for each in ("Another", "10.1234/two") if each not in table.loc[0, "aside"]]
        assert not missing, suffix
        assert {each.column for each in problems if each.rule == "twice"} >= {"title", "doi"}
        if suffix in ("nbib", "txt"):
            assert table.loc[0, "authors"].endswith("; Made-up Group")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Locks and H$_2$O", "Locks and H2O"),
        ("Locks and {H}$_{2}${O}", "Locks and H2O"),
        (r"Locks and \(H_2O\)", "Locks and H2O"),
        (r"Locks and CO\textsubscript{2}", "Locks and CO2"),
        (r"The 10$^{th}$ \textit{made-up} lock", "The 10th made-up lock"),
        (r"A {\em made-up} lock \& its keeper", "A made-up lock & its keeper"),
        (r"The $n$-back task of $\beta$ locks", "The n-back task of β locks"),
        # No formulas.
        ("From US$5 to $6 a lock", "From US$5 to $6 a lock"),
        ("The lock_keeper {and} others", "The lock_keeper {and} others"),
    ],
)
def test_tex_in_a_title_is_read_as_the_text_that_it_stands_for(text: str, title: str) -> None:
    assert title_of(text) == title


def test_the_sign_that_a_command_of_latex_stands_for_stays() -> None:
    assert title_of(r"{\textless}i{\textgreater}Made up{\textless}/i{\textgreater}") == "Made up"
    assert title_of(r"Costs of \pounds 5 {\textbar} p {\textless} 0.05") == (
        "Costs of £5 | p < 0.05"
    )
    assert title_of(r"On \href{made-up} text") == r"On \hrefmade-up text", "kept, if unread"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("title = {Made up}\n year = {2020},\n journal = {A journal}", "behind title"),
        ('title = "Made up"\n year = 2020\n journal = {A journal}', "behind title"),
        ("year = 2020\n journal = {A journal},\n title = {Made up}", "behind year"),
        ("title = {Made up} year = {2020}, journal = {A journal}", "behind title"),
    ],
)
def test_fields_of_bibtex_without_a_comma_between_are_parted_and_told(
    fields: str, says: str
) -> None:
    table, (remark,) = read_bibtex(f"@article{{a,\n {fields}\n}}\n")
    assert [(each.title, each.year, each.container) for each in table] == [
        ("Made up", "2020", "A journal")
    ]
    assert (remark.line, remark.rule) == (1, "comma")
    assert says in remark.message


def test_a_value_in_pieces_is_put_together_and_a_sharp_is_no_sign_for_it() -> None:
    pieces = '@string{jo = "A journal"}\n@article{a, title="Made " # "up", journal=jo # " B"}\n'
    sharp = '@article{b, title={C# "up"}, EarlyAccessDate={FEB 2025}}\n'
    ((one, other), remarks) = read_bibtex(pieces + sharp)
    assert (one.title, one.container) == ("Made up", "A journal B")
    assert (other.title, other.year, remarks) == ('C# "up"', "2025", [])


def test_fields_behind_a_brace_too_much_are_told() -> None:
    ((record,), (remark,)) = read_bibtex("@article{a,\n title={Made up}},\n year={2020}\n}\n")
    assert (record.title, record.year) == ("Made up", "")
    assert (remark.line, remark.rule, remark.value) == (2, "outside", "year={2020}")


def test_what_looks_like_a_field_within_a_text_is_text() -> None:
    text = "@article{a,\n abstract = {We set\n x = 3 {a}\n y = {4}},\n title = {Made up}\n}\n"
    ((record,), remarks) = read_bibtex(text)
    assert (record.title, remarks) == ("Made up", [])


@pytest.mark.parametrize(
    ("said", "kind", "aside"),
    [
        ("Dissertation/Thesis", "dissertation/thesis", ""),
        ("Poster", "poster", ""),
        ("Working paper series", "journal article", "M3: Working paper series"),
        ("Article", "journal article", ""),
        ("10.1234/made.up", "journal article", ""),
    ],
)
def test_a_kind_that_is_said_beside_the_doi_is_read_or_kept(
    said: str, kind: str, aside: str
) -> None:
    ((record,), _) = read_ris(ris("DO  - 10.1234/made.up", f"M3  - {said}"))
    assert (record.kind, record.aside, record.doi) == (kind, aside, "10.1234/made.up")


def test_a_record_whose_first_line_is_missing_is_not_read_into_the_one_before() -> None:
    headless = "AU  - Reed, A.\nTI  - Another made-up title\nER  - \n"
    records, (remark,) = read_ris(ris("AU  - Fen, C.") + headless + ris())
    assert [(each.title, each.authors) for each in records] == [
        ("A made-up title", "Fen, C."),
        ("Another made-up title", "Reed, A."),
        ("A made-up title", ""),
    ]
    assert (remark.line, remark.rule) == (5, "no_start")
    wok = "PT J\nTI Made up\nER\nTI Made up too\nER\n\nEF\n"
    assert [each.title for each in read_wok(wok).records] == ["Made up", "Made up too"]


@pytest.mark.parametrize(
    ("lines", "url", "pages", "aside"),
    [
        (["UR  - ftp://a.invented.org/1"], "ftp://a.invented.org/1", "", ""),
        (["UR  - invented.org/report.pdf"], "", "", "UR: invented.org/report.pdf"),
        (["SP  - oct-12", "AR  - 103456"], "", "oct-12", "AR: 103456"),
        (["SP  - e12", "C7  - e12"], "", "e12", ""),
    ],
)
def test_an_address_or_number_that_no_cell_takes_is_kept_aside(
    lines: list[str], url: str, pages: str, aside: str
) -> None:
    ((record,), _) = read_ris(ris(*lines))
    assert (record.url, record.pages, record.aside) == (url, pages, aside)


@pytest.mark.parametrize(
    ("title", "rule", "says"),
    [
        ("Lamps\u200bof a town", "unseen", "it has 1 character that nobody sees"),
        ("Lamps\x1b of\x00 a town", "unseen", "it has 2 characters that nobody sees"),
        ("Lamps\u202eof a town", "unseen", "U+202E"),
        ("Lamps\ufeffof\xad a town", "unseen", "it has 2 characters that nobody sees"),
        ("MÃ¼ller made up", "character", "1 record with what the check refuses"),
        ("＝1+1 lamps", "character", "U+FF1D"),
        ("M\ufffdller made up", "character", "U+FFFD"),
    ],
)
def test_characters_that_the_check_refuses_are_told_when_a_search_is_added(
    title: str, rule: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "made-up.ris"
    file.write_text(f"TY  - JOUR\nTI  - {title}\nPY  - 2020\nER  - \n", "utf-8")
    table, (problem,) = read_export(file)
    assert (problem.rule, problem.line, problem.severity) == (
        rule, 2 if rule == "unseen" else 1, "notice",
    )  # fmt: skip
    assert says in problem.message
    unseen = dict.fromkeys((0x200B, 0x1B, 0, 0x202E, 0xFEFF, 0xAD), "")
    assert table["title"].tolist() == [title.translate(unseen)]
