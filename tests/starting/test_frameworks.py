"""The frameworks that are shipped: their domains, and the codebook that each gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_synthesis.gate.table_rules import check_table
from review_synthesis.starting.frameworks import NAMES, codebook_of, read_framework
from review_synthesis.tables.raw import Codebook

DOMAINS = {"nasss": 7, "cfir": 5, "tdf": 14}


@pytest.mark.parametrize("name", NAMES)
def test_a_framework_has_its_domains_and_a_source(name: str) -> None:
    framework = read_framework(name)
    assert len(framework.domains) == DOMAINS[name]
    assert "doi:10." in framework.citation


@pytest.mark.parametrize("name", NAMES)
def test_its_codebook_passes_the_gate_and_has_each_construct_once(name: str) -> None:
    codebook = codebook_of(read_framework(name))
    assert check_table(codebook, Codebook, "codebook.csv") == []
    assert codebook["factor_id"].is_unique
    assert codebook["label"].is_unique
    assert set(codebook["enabler_when"]) == {""}  # what counts is for the review to say


def test_constructs_of_cfir_by_domain() -> None:
    # Counted in the article: with those that stand above sub-constructs.
    found = codebook_of(read_framework("cfir")).groupby("domain", sort=False).size().to_dict()
    assert found == {
        "innovation": 8,
        "outer setting": 7 + 3,
        "inner setting": 11 + 3 + 4 + 3,
        "individuals": 9 + 4,
        "implementation process": 9 + 2 + 2 + 2,
    }


def test_a_construct_keeps_its_name_and_has_a_label_and_an_identifier() -> None:
    codebook = codebook_of(read_framework("cfir")).set_index("factor_id")
    row = codebook.loc["engaging_innovation_recipients"]
    assert row["construct"] == "Engaging: Innovation Recipients"
    assert row["label"] == "Engaging: innovation recipients"
    assert row["subdomain"] == "engaging"


def test_blank_has_nothing() -> None:
    framework = read_framework("blank")
    assert framework.domains == []
    assert codebook_of(framework).empty
    # What matters for a retest, or for a later search, is not asked of who begins.
    left_out = set(Codebook.to_schema().columns) - set(codebook_of(framework))
    assert left_out == {"origin", "since"}


def test_no_framework_is_left_out() -> None:
    folder = Path(__file__).parents[2] / "workflow/review_synthesis/starting/frameworks"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(NAMES)
