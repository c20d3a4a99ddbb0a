"""The choices of the protocol in ``config/config.yaml``, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("config.schema.yaml")


class ProtocolError(ValueError):
    """Raised where the config is not as its schema declares; says all that is wrong."""


def check_protocol(config: dict[str, Any]) -> dict[str, Any]:
    """Return ``config`` with its searches as text, if it is as ``config.schema.yaml`` declares.

    A date that YAML was given without quotation marks is taken as its text, and the text true or
    false as the choice. Raises ``ProtocolError``.
    """
    import yaml
    from jsonschema import Draft202012Validator

    config = dict(config)
    # Snakemake takes `--config allow_undecided=true` as text, and `=True` as the choice.
    if config.get("allow_undecided") in ("true", "false"):
        config["allow_undecided"] = config["allow_undecided"] == "true"
    if isinstance(config.get("searches"), list):
        config["searches"] = [str(search) for search in config["searches"]]
    schema = yaml.safe_load(SCHEMA.read_text("utf-8"))
    errors = sorted(Draft202012Validator(schema).iter_errors(config), key=lambda e: list(e.path))
    sentences = [
        f"{'.'.join(map(str, error.path)) or 'top level'}: {error.message}"
        + (f" ({error.schema['description']})" if "description" in error.schema else "")
        for error in errors
    ]
    sentences += _out_of_order(config.get("searches"))
    if sentences:
        raise ProtocolError(
            "config/config.yaml is not as it should be:\n  " + "\n  ".join(sentences)
        )
    return config


def read_protocol(path: Path) -> dict[str, Any]:
    """Read and check a config file. Raises ``ProtocolError``."""
    import yaml

    try:
        config = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ProtocolError(f"{path} cannot be read as YAML: {error}") from error
    if not isinstance(config, dict):
        raise ProtocolError(f"{path} holds no choices; see the file of the same name in git")
    return check_protocol(config)


def _out_of_order(searches: Any) -> Iterator[str]:
    if isinstance(searches, list) and searches != sorted(searches):
        yield f"searches: they go from the oldest to the newest: {', '.join(sorted(searches))}"
