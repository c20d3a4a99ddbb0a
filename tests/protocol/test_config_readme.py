"""docs/config.md describes each entry of the config, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from review_synthesis.protocol.config import SCHEMA
from workdir import PROJECT


def entries(schema: dict[str, Any], place: str = "") -> Iterator[str]:
    for name, entry in schema["properties"].items():
        if "properties" in entry and name != "frequency_rule":
            yield from entries(entry, f"{place}{name}.")
        else:
            yield f"{place}{name}"


def test_each_entry_of_the_config_has_its_row() -> None:
    page = (PROJECT / "docs" / "config.md").read_text("utf-8")
    told = re.findall(r"^\| `([\w.]+)` \| .+ \| .+ \| .+ \|$", page, re.M)
    declared = list(entries(yaml.safe_load(SCHEMA.read_text("utf-8"))))
    assert told == declared
