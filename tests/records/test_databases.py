"""A record stands under the name of its database, under a plain label, or a person names it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from review_synthesis.cli import main
from review_synthesis.records.databases import KNOWN, database_of, database_of_number
from review_synthesis.records.exports import read_export

PROJECT = Path(__file__).parents[2]
RECORD = "TY  - JOUR\nTI  - A made-up title on {}\n{}PY  - 2026\nER  - \n\n"


@pytest.mark.parametrize(
    ("text", "provider", "name"),
    [
        ("psyh", "EBSCOhost", "APA PsycInfo"), ("PSYH", "EBSCOhost", "APA PsycInfo"),
        ("aph", "", "Academic Search Premier"), ("zz9h", "EBSCOhost", ""), ("zz9h", "", ""),
        ("Ovid MEDLINE(R) ALL <1946 to May 01, 2027>", "", "MEDLINE (Ovid)"),
        ("Ovid MEDLINE(R) and Epub Ahead of Print, In-Process 1946 to May 01, 2027", "",
         "MEDLINE (Ovid)"),
        ("MEDLINE", "EBSCOhost", "MEDLINE"), ("MEDLINE(R)", "Ovid Technologies", "MEDLINE (Ovid)"),
        ("Embase <1974 to 2027 May 01>", "Ovid", "Embase"), ("embase", "", "Embase"),
        ("APA PsycInfo <1806 to April 2027>", "", "APA PsycInfo"),
        ("HMIC Made-up Consortium 1979 to March 2027", "", "HMIC Made-up Consortium"),
        ("Applied Social Sciences Index & Abstracts (ASSIA)", "ProQuest",
         "Applied Social Sciences Index & Abstracts (ASSIA)"),
        ("EBSCOhost", "", ""), ("ProQuest", "", ""), ("www.example.org", "", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_a_code_or_string_of_a_provider_becomes_a_name_or_nothing(
    text: str, provider: str, name: str
) -> None:
    assert database_of(text, provider) == name


def test_codes_of_ebsco_are_written_in_small_letters_and_name_something() -> None:
    codes = KNOWN["ebsco"]
    assert all(code.islower() or code.isdigit() for code in codes)
    assert all(name and name not in codes for name in codes.values())


def test_the_number_of_a_record_may_name_its_database() -> None:
    assert database_of_number("WOS:0001") == "Web of Science"
    assert database_of_number("MEDLINE:123") == "MEDLINE (Web of Science)"
    assert database_of_number("123") == ""
    assert database_of_number("ABC:123") == ""


@pytest.mark.parametrize(
    ("fields", "database", "accession"),
    [
        ("pmid={123}", "BibTeX export", "123"),
        ("source={Scopus},\n pmid={123},\n url={https://www.scopus.com/r.uri?eid=2-s2.0-77&x=1}",
         "Scopus", "2-s2.0-77"),
        ("url={https://www.scopus.com/r.uri?eid=2-s2.0-77}", "Scopus", "2-s2.0-77"),
        ("Unique-ID = {WOS:0001}", "Web of Science", "WOS:0001"),
        ("note={none}", "BibTeX export", ""),
    ],
)  # fmt: skip
def test_bibtex_is_of_the_database_that_it_names_and_not_of_pubmed_for_a_number(
    fields: str, database: str, accession: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.bib"
    file.write_text(f"@article{{a,\n title={{A made-up title}},\n {fields}\n}}\n", encoding="utf-8")
    table, _ = read_export(file)
    assert table.loc[0, ["database", "accession"]].tolist() == [database, accession]


def test_a_code_that_is_not_known_is_kept_and_told(tmp_path: Path) -> None:
    file = tmp_path / "a.ris"
    file.write_text(RECORD.format("locks", "DB  - zz9h\nDP  - EBSCOhost\n"), encoding="utf-8")
    table, problems = read_export(file)
    assert table.loc[0, ["database", "aside"]].tolist() == ["RIS export", "DB: zz9h"]
    assert [each.column for each in problems] == ["database"]


# Named by a person


@pytest.fixture
def add(raw: Path):
    """Call add-search with options, where one export names its database and one does not."""
    assert raw.is_dir()
    config = (PROJECT / "config" / "config.yaml").read_text("utf-8")
    Path("config").mkdir()
    text = config.replace("2022-11-17", "2020-01-01").replace("2026-11-22", "2021-01-01")
    Path("config/config.yaml").write_text(text, encoding="utf-8")
    Path("plain.ris").write_text(RECORD.format("locks", ""), encoding="utf-8")
    Path("named.ris").write_text(RECORD.format("tides", "DB  - psyh\n"), encoding="utf-8")

    def call(*options: str) -> Result:
        files = ["--from", "plain.ris", "named.ris"]
        return CliRunner().invoke(main, ["add-search", "2027-05-01", *files, *options])

    return call


def rows(file: str) -> pd.DataFrame:
    return pd.read_csv(f"data/raw/2027-05-01/{file}", dtype=str, keep_default_na=False)


def test_an_export_that_names_no_database_is_asked_of(add) -> None:
    told = add()
    assert told.exit_code == 0, told.output
    assert "plain.ris: 1 record does not say from which database" in told.output
    assert "Name it: --source plain.ris=Name" in told.output
    labels = ["RIS export (plain.ris)", "APA PsycInfo (named.ris)"]
    assert rows("searches.csv")["source_label"].tolist() == labels


def test_a_person_names_database_and_kind_of_a_file(add) -> None:
    told = add("--source", "plain.ris=Social Care Online", "--kind", "plain.ris=report")
    assert told.exit_code == 0, told.output
    assert "Name it" not in told.output
    assert rows("records.csv")["database"].tolist() == ["Social Care Online", "APA PsycInfo"]
    assert rows("screening.csv")["source_type"].tolist() == ["report", "journal article"]


@pytest.mark.parametrize("given", ["other.ris=Name", "plain.ris", "plain.ris=", "=Name"])
def test_a_name_for_no_export_is_refused(given: str, add) -> None:
    told = add("--source", given)
    assert told.exit_code == 1
    assert f"--source '{given}': write file=Name" in told.output
    assert "plain.ris, named.ris" in told.output
    assert not Path("data/raw/2027-05-01").exists()
