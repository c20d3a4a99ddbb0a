"""A DOI is read alike wherever it stands. All DOIs here are made up, or of the handbook."""

from __future__ import annotations

import re
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.gate.table_rules import check_table
from review_synthesis.records.tagged import read_ris
from review_synthesis.tables.doi import DOI, doi_address, doi_of, is_doi
from review_synthesis.tables.raw import Publications

SICI = "10.1234/(sici)1000-4571(199806)49:8<693::aid-ma4>3.0.co;2-o"
SQUARE = "10.1234/0000-0000(2006)20[523:a]2.0.co;2"
UGLY = {
    # By itself, and within words.
    "10.1234/abc": "10.1234/abc",
    "10.1234/S0140-6736(20)30183-5": "10.1234/s0140-6736(20)30183-5",
    "doi: 10.1234/abc. ": "10.1234/abc",
    "DOI:10.1234/ABC": "10.1234/abc",
    "doi10.1234/abc": "10.1234/abc",
    "(doi 10.1234/cfs.12112).": "10.1234/cfs.12112",
    "see 10.1234/abc, and others": "10.1234/abc",
    "10.1234/abc [doi]": "10.1234/abc",
    "S0000(20)1 [pii] 10.1234/abc[doi]": "10.1234/abc",
    "{10.1234/abc}": "10.1234/abc",
    "“10.1234/abc”": "10.1234/abc",
    "[10.1234/abc](https://doi.org/10.1234/abc)": "10.1234/abc",
    '<a href="https://doi.org/10.1234/abc">10.1234/abc</a>': "10.1234/abc",
    "10.1234/first; 10.1234/second": "10.1234/first",
    "10.1234/first;10.1234/second": "10.1234/first",
    "10.1234/first,https://doi.org/10.1234/second": "10.1234/first",
    # Any character that can be printed may be in it.
    SQUARE: SQUARE,
    SICI: SICI,
    SICI.replace("<693", "<R5"): SICI.replace("<693", "<r5"),
    SICI.upper(): SICI,
    SICI.replace("<", "&lt;").replace(">", "&gt;"): SICI,
    SICI.replace("<", "&amp;lt;").replace(">", "&amp;gt;"): SICI,
    "10.1234/a,b;c": "10.1234/a,b;c",
    "10.1000/456#789": "10.1000/456#789",
    "10.1234/Ünï-Ä": "10.1234/Ünï-Ä",  # of case, only that of ASCII letters is nothing
    "10.1234/a%b": "10.1234/a%b",
    "10.1000.10/123": "10.1000.10/123",
    "10.1234/ab\u00adc\u200b": "10.1234/abc",
    "10.1234/abc‐def": "10.1234/abc-def",
    # In the address of a resolver, or of a library in front of it.
    "https://doi.org/10.1234/ABC": "10.1234/abc",
    "http://dx.doi.org/10.1234%2Fcar.123": "10.1234/car.123",
    "10.1234%252Fcar.123": "10.1234/car.123",
    "doi.org/10.1234/abc?nosfx=y": "10.1234/abc",
    "<https://doi.org/10.1234/abc>": "10.1234/abc",
    "https://doi.org/https://doi.org/10.1234/abc": "10.1234/abc",
    "https://doi.org/10.1000/456%23789": "10.1000/456#789",
    "https://doi.org/10.1000/456#section-2": "10.1000/456",
    "https://doi.org/10.1234/report.pdf": "10.1234/report.pdf",
    "https://doi-org.library.example.org/10.1234/abc": "10.1234/abc",
    "https://doi.org.proxy.example.ac.uk/10.1234/abc": "10.1234/abc",
    "https://proxy.example.org/login?url=https://doi.org/10.1234/abc?x=1": "10.1234/abc",
    "urn:doi:10.1234:abc": "10.1234/abc",
    "https://doi.org/urn:doi:10.123456:456": "10.123456/456",
    "info:doi/10.1234/abc": "10.1234/abc",
    # In the address of a publisher or database, with what such addresses have behind it.
    "https://a.example.org/central/doi/10.1234/made.1/abstract?journalCode=abc": "10.1234/made.1",
    "https://a.example.org/doi/full/10.1234/0000.2020.1?src=recsys#d1e1": "10.1234/0000.2020.1",
    "https://a.example.org/doi/pdfdirect/10.1234/a.1?download=true": "10.1234/a.1",
    "https://a.example.org/articles/10.1234/fpsyg.2020.1/full": "10.1234/fpsyg.2020.1",
    "10.1234/fpsyg.2020.1/full": "10.1234/fpsyg.2020.1",
    "https://a.example.org/article?id=10.1234/pone.0012345": "10.1234/pone.0012345",
    "https://a.example.org/file?id=10.1234/pone.0012345&type=printable": "10.1234/pone.0012345",
    "https://a.example.org/r.uri?eid=2-s2.0-1&doi=10.1234%2fj.1&partnerID=40": "10.1234/j.1",
    "https://a.example.org/content/pdf/10.1234/s00127-020-01.pdf": "10.1234/s00127-020-01",
    "10.1101/2020.03.01.9v2": "10.1101/2020.03.01.9",
    "https://doi.org/10.1101/2020.03.01.9v1": "10.1101/2020.03.01.9",
    "https://www.example-rxiv.org/content/10.1234/2020.03.01.9v2.full.pdf": "10.1234/2020.03.01.9",
    "https://www.example-rxiv.org/content/10.1234/2020.03.01.9v2.full.pdf+html": (
        "10.1234/2020.03.01.9"
    ),
    "https://a.example.org/article/10.1234/1742-6/1/1/012001/pdf": "10.1234/1742-6/1/1/012001",
    f"https://a.example.org/doi/abs/{quote(SQUARE)}": SQUARE,
    "https://a.example.org/doi/10.1234/est.0c01?ref=pdf#section": "10.1234/est.0c01",
    "https://a.example.org/10.1234/est.0c01-abstract": "10.1234/est.0c01",
    "https://a.example.org/doi/10.1234/est.0c01/suppl_file/si_001.pdf": "10.1234/est.0c01",
    "https://a.example.org/article/10.1234/s12-020-1/figures/2": "10.1234/s12-020-1",
    "https://a.example.org/article/10.1234/abc/_article/-char/ja": "10.1234/abc",
    "https://a.example.org/doi/10.1234/c.1/abstract;jsessionid=0A1B.f02": "10.1234/c.1",
    "https://a.example.org/article/doi/10.1093/made/bcz010/6134567?login=true": (
        "10.1093/made/bcz010"
    ),
    "https://a.example.org/pdf/doi/10.1093/made/bcz010/37777777/bcz010.pdf": "10.1093/made/bcz010",
    # The same by itself, as far as no DOI ends so.
    "10.1234/est.0c01?ref=pdf": "10.1234/est.0c01",
    "10.1234/est.0c01#section-2": "10.1234/est.0c01",
    "10.1234/est.0c01/epdf": "10.1234/est.0c01",
    "10.1234/1742/1/1/012001/meta": "10.1234/1742/1/1/012001",
    "10.1234/jica-05-2020/full/html": "10.1234/jica-05-2020",
    "10.1234/cd012345.pub2/full/es": "10.1234/cd012345.pub2",
    "10.1234/cd012345.pub2/epdf/standard": "10.1234/cd012345.pub2",
    "10.1234/children7010001/htm": "10.1234/children7010001",
    "10.1234/bmj.k1.full.pdf": "10.1234/bmj.k1",
    "10.1093/made/bcz010/6134567": "10.1093/made/bcz010",
    # What looks like a tail, and is of the DOI.
    "10.1234/peerj.4375/fig-1": "10.1234/peerj.4375/fig-1",
    "10.1234/pone.0012345.g001": "10.1234/pone.0012345.g001",
    "10.1234/blood-2019-abstract": "10.1234/blood-2019-abstract",
    "10.1234/full-report": "10.1234/full-report",
    "10.1234/abc/tables/1": "10.1234/abc/tables/1",
    "https://a.example.org/doi/10.1234/media/5": "10.1234/media/5",
    "10.1093/made/24.3.357": "10.1093/made/24.3.357",
    "10.1093/oso/9780190000000.001.0001": "10.1093/oso/9780190000000.001.0001",
    "10.1093/oso/9780190000000/123456": "10.1093/oso/9780190000000/123456",
    # None.
    "": "",
    "none": "",
    "1.0E+10": "",
    "10.1234/": "",
    "10.1234/...": "",
    "10.0.0.1/24": "",
    "110.1234/5": "",
    "v10.1234/5": "",
    "10.1.1.123.4567": "",
    "https://doi.org/10/gfxyz": "",
    "https://a.example.org/pii/S0190740920310.1234": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "doi"), UGLY.items())
def test_a_doi_is_found_in_whatever_holds_it(text: str, doi: str) -> None:
    assert doi_of(text) == doi


@given(st.text(max_size=40))
def test_what_is_read_from_any_text_is_a_doi_or_nothing(suffix: str) -> None:
    for text in (suffix, f"10.1234/{suffix}", f"https://doi.org/10.1234/{suffix}"):
        doi = doi_of(text)
        assert doi == "" or (re.fullmatch(DOI, doi) and doi == doi.strip())


@given(st.sampled_from([doi for doi in UGLY.values() if doi]))
def test_a_doi_is_read_again_from_its_own_address(doi: str) -> None:
    assert doi_of(doi) == doi
    assert doi_of(doi_address(doi)) == doi
    assert is_doi(doi.upper()) or not doi.isascii()


def test_the_address_of_a_doi_encodes_what_would_end_it() -> None:
    assert doi_address("10.1000/456#789?") == "https://doi.org/10.1000/456%23789%3F"
    assert doi_address("10.1136/bmj.n71") == "https://doi.org/10.1136/bmj.n71"
    assert doi_address("") == ""


def test_the_gate_and_the_import_take_the_same_for_a_doi() -> None:
    """What an import reads passes the gate; an address, or a tail behind a DOI, does not."""
    for text, doi in UGLY.items():
        record = read_ris(f"TY  - JOUR\nTI  - A\nDO  - {text}\nER  - \n").records[0]
        assert record.doi == doi
        assert _told_by_the_gate(doi) == []
    for text in ("https://doi.org/10.1234/abc", "10.1234/abc/full", "10.1234/abc.", "10.1234/a b"):
        says = "a DOI such as 10.1136/bmj.n71, without address or anything behind it"
        assert _told_by_the_gate(text) == [f"doi '{text}' is not {says}"]


def _told_by_the_gate(doi: str) -> list[str]:
    row = {
        "publication_id": "reed_2027_a", "study_id": "reed_2027", "citation": "Reed 2027",
        "year": "2027", "publication_type": "report", "peer_reviewed": "no", "doi": doi, "url": "",
        "also_reports": "",
    }  # fmt: skip
    table = pd.DataFrame([row], index=[2], dtype="str")[list(Publications.to_schema().columns)]
    return [problem.message for problem in check_table(table, Publications, "publications.csv")]
