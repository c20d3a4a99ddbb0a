"""The choices of the protocol are checked first, and all that is wrong is said at once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from review_synthesis.protocol.config import ProtocolError, check_protocol, read_protocol

CONFIG = Path(__file__).parents[2] / "config" / "config.yaml"


def config() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(CONFIG.read_text("utf-8"))
    return copy.deepcopy(read)


def refusal(changed: dict[str, Any]) -> str:
    with pytest.raises(ProtocolError) as refused:
        check_protocol(changed)
    return str(refused.value)


def test_the_shipped_choices_are_accepted() -> None:
    assert read_protocol(CONFIG) == config()


def test_a_date_without_quotation_marks_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG.read_text("utf-8").replace('"2026-11-22"', "2026-11-22"))
    assert read_protocol(path)["searches"] == ["2022-11-17", "2026-11-22"]


def test_all_that_is_wrong_is_said_at_once() -> None:
    changed = config()
    changed["consensus_rule"]["min_share"] = 1.5
    changed["consensus_rule"]["min_studis"] = 3
    del changed["review"]
    says = refusal(changed)
    assert "consensus_rule.min_share: 1.5 is greater than the maximum of 1" in says
    assert "'min_studis' was unexpected" in says
    assert "'review' is a required property" in says


@pytest.mark.parametrize("wrong", ["November", "2026-13-01", "2026-1-1", ""])
def test_a_search_is_named_for_a_date(wrong: str) -> None:
    assert "searches.2" in refusal(config() | {"searches": ["2022-11-17", "2026-11-22", wrong]})


def test_searches_go_from_the_oldest_to_the_newest() -> None:
    says = refusal(config() | {"searches": ["2026-11-22", "2022-11-17"]})
    assert "from the oldest to the newest: 2022-11-17, 2026-11-22" in says


def test_a_review_has_at_least_one_search() -> None:
    assert "searches" in refusal(config() | {"searches": []})


@pytest.mark.parametrize("text", ["", "- a list", "searches: ["])
def test_a_file_that_holds_no_choices_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(ProtocolError, match=r"config\.yaml"):
        read_protocol(path)
