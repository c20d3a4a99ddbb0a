"""The choices by which tests hold the made-up tables: the words of the shipped config, no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from review_synthesis.protocol.config import Reason, Vocabularies, with_defaults

_SHIPPED: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "config" / "config.yaml").read_text("utf-8")
)
CHOICES = with_defaults({"vocabularies": _SHIPPED["vocabularies"]})
WORDS: Vocabularies = CHOICES["vocabularies"]
TERMS = {
    name: _SHIPPED["review"][name]
    for name in ("role", "topic", "framework", "place", "place_note", "subject", "licence")
}
"""What the shipped review calls things, by which most tests read what is told."""
REASONS: dict[str, Reason] = WORDS["exclusion_reasons"]


def retold(review: Mapping[str, Any]) -> Any:
    """The part ``review`` of a config that tests a review again, with all that it leaves out."""
    return with_defaults({"review": {**TERMS, **review}})["review"]


def reasons(late: list[str]) -> dict[str, Reason]:
    """The reasons of exclusion, those named being given only for a report that was read."""
    staged = {
        name: "retrieval" if each["stage"] == "retrieval" else "screening"
        for name, each in REASONS.items()
    } | dict.fromkeys(late, "full_text")
    return {name: {"label": REASONS[name]["label"], "stage": staged[name]} for name in REASONS}
