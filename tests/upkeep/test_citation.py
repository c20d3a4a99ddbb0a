"""CITATION.cff and .zenodo.json say the same of the program, each in its own form."""

from __future__ import annotations

import json

import yaml
from review_synthesis import __version__
from workdir import PROJECT

CITATION = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
ZENODO = json.loads((PROJECT / ".zenodo.json").read_text("utf-8"))


def test_the_version_cited_is_that_of_the_package() -> None:
    assert CITATION["version"] == __version__


def test_zenodo_is_told_what_is_cited() -> None:
    """Zenodo reads .zenodo.json alone where it stands, and its version from the release."""
    shared = ("title", "license", "keywords")
    assert {name: ZENODO[name] for name in shared} == {name: CITATION[name] for name in shared}
    assert ZENODO["description"] == CITATION["abstract"]
    assert [each["name"] for each in ZENODO["creators"]] == [
        each["name"] for each in CITATION["authors"]
    ]
    dois = [each["identifier"] for each in ZENODO["related_identifiers"]]
    assert dois == [each["doi"] for each in CITATION["references"]]
