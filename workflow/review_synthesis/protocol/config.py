"""The choices of the protocol in ``config/config.yaml``, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypedDict

SCHEMA = Path(__file__).with_name("config.schema.yaml")


class RuleChoices(TypedDict):
    """What makes a finding a consensus; shares are of studies, from 0 to 1."""

    version: int
    min_studies: int
    min_share: float
    max_contradicting: float


class FlowChoices(TypedDict):
    """What the flow diagram shows, and the reasons that are given only for a report read."""

    hide_empty_boxes: bool
    full_text_reasons: list[str]


class BriefText(TypedDict):
    """What the brief says of the review, in plain words."""

    provenance: str
    background: list[str]
    aim: str
    limits: list[str]


class ReviewText(TypedDict):
    """What the review asks, how it is cited, and what its evidence is and is not."""

    question: str
    domains: list[str]
    evidence_statement: str
    citation: str
    limits: list[str]
    brief: BriefText


class Protocol(TypedDict):
    """The choices of the protocol, as ``config.schema.yaml`` describes them; searches are dates,
    the oldest first, languages are codes, English first."""

    searches: list[str]
    allow_undecided: bool
    languages: list[str]
    consensus_rule: RuleChoices
    flow: FlowChoices
    review: ReviewText


class ProtocolError(ValueError):
    """Raised where the config is not as its schema declares; says all that is wrong."""


def as_meant(config: Mapping[str, object]) -> dict[str, object]:
    """Return ``config`` with its searches as text, and the text true or false as the choice.

    YAML takes a date without quotation marks for a date. Snakemake takes
    ``--config allow_undecided=true`` as text, and ``=True`` as the choice.
    """
    choices = dict(config)
    if choices.get("allow_undecided") in ("true", "false"):
        choices["allow_undecided"] = choices["allow_undecided"] == "true"
    searches = choices.get("searches")
    if isinstance(searches, list):
        choices["searches"] = [str(search) for search in searches]
    return choices


def check_protocol(config: Mapping[str, object]) -> Protocol:
    """Return ``config`` as it is meant, if it is as ``config.schema.yaml`` declares.

    Raises ``ProtocolError``.
    """
    import yaml
    from jsonschema import Draft202012Validator

    choices: Any = as_meant(config)  # not checked yet
    schema = yaml.load(SCHEMA.read_text("utf-8"), yaml.CSafeLoader)
    errors = sorted(Draft202012Validator(schema).iter_errors(choices), key=lambda e: list(e.path))
    sentences = [
        f"{'.'.join(map(str, error.path)) or 'top level'}: {error.message}"
        + (f" ({error.schema['description']})" if "description" in error.schema else "")
        for error in errors
    ]
    sentences += _out_of_order(choices.get("searches"))
    if sentences:
        raise ProtocolError(
            "config/config.yaml is not as it should be:\n  " + "\n  ".join(sentences)
        )
    checked: Protocol = choices
    return checked


def read_protocol(path: Path) -> Protocol:
    """Read and check a config file. Raises ``ProtocolError``."""
    import yaml

    try:
        config = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ProtocolError(f"{path} cannot be read as YAML: {error}") from error
    if not isinstance(config, dict):
        raise ProtocolError(f"{path} holds no choices; see the file of the same name in git")
    return check_protocol(config)


def _out_of_order(searches: object) -> Iterator[str]:
    if isinstance(searches, list) and searches != sorted(searches):
        yield f"searches: they go from the oldest to the newest: {', '.join(sorted(searches))}"
