"""The frameworks that a codebook can start from: files of ``frameworks/``, with their sources."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.tables.raw import Codebook

FOLDER = Path(__file__).with_name("frameworks")
BLANK = "blank"
NAMES = ("nasss", "cfir", "tdf")
NOT_YET = ("origin", "since")
"""Columns that matter where a review is retested, or where a later search looks for more."""


class Construct(NamedTuple):
    """A construct: its domain and what it is part of there, its name, and our gloss of it."""

    domain: str
    part_of: str
    name: str
    about: str

    @property
    def label(self) -> str:
        """What pages call it: ``Policies and laws``."""
        words = self.name.replace("&", "and")
        return words[0] + words[1:].lower()

    @property
    def factor_id(self) -> str:
        """Its identifier in a codebook: ``policies_and_laws``."""
        return re.sub(r"[^a-z0-9]+", "_", self.label.lower()).strip("_")


class Framework(NamedTuple):
    """A framework: what it is called, how it is cited, and its constructs in their order."""

    name: str
    citation: str
    constructs: list[Construct]

    @property
    def domains(self) -> list[str]:
        """Its domains, in its order."""
        return list(dict.fromkeys(each.domain for each in self.constructs))


def read_framework(name: str) -> Framework:
    """One of ``NAMES``, or ``blank``: without a name, a citation and constructs."""
    import yaml

    if name == BLANK:
        return Framework("", "", [])
    read = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    constructs = [
        Construct(domain["domain"], each.get("of", each["name"]), each["name"], each["about"])
        for domain in read["domains"]
        for each in domain["constructs"]
    ]
    return Framework(read["name"], read["citation"], constructs)


def codebook_of(framework: Framework) -> pd.DataFrame:
    """A codebook with a factor for each construct; when each counts is left to its coders."""
    rows = [
        {
            "factor_id": each.factor_id,
            "label": each.label,
            "domain": each.domain,
            "subdomain": each.part_of.replace("&", "and").lower(),
            "definition": each.about,
            "construct": each.name,
        }
        for each in framework.constructs
    ]
    columns = [name for name in Codebook.to_schema().columns if name not in NOT_YET]
    return pd.DataFrame(rows).reindex(columns=columns, fill_value="")
