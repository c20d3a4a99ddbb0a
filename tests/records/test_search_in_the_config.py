"""A search that is added stands in the config, of which every other line stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from added_search import ONE, SEARCH, Add
from review_synthesis.protocol.add_to_config import with_search

BLOCK = '# why\nsearches:\n  - "2022-11-17"   # the review\n  - "2026-11-22"\n\n# more\nx: 1\n'
LONGER = BLOCK.replace('22"\n\n', f'22"\n  - "{SEARCH}"\n\n')
IN_A_LINE = 'searches: ["2022-11-17"]  # one\nx: 1\n'


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (BLOCK, LONGER),
        (BLOCK.replace('"', "'"), LONGER.replace('"', "'")),
        (BLOCK.replace('"', ""), LONGER.replace('"', "")),
        (BLOCK.replace("\n", "\r\n"), LONGER.replace("\n", "\r\n")),
        ("searches:\n- 2022-11-17", f"searches:\n- 2022-11-17\n- {SEARCH}\n"),
        (IN_A_LINE, IN_A_LINE.replace('17"', f'17", "{SEARCH}"')),
        ("searches: []  # none\nx: 1\n", f'searches:  # none\n  - "{SEARCH}"\nx: 1\n'),
        ("searches: []", f'searches:\n  - "{SEARCH}"\n'),
    ],
)
def test_the_search_is_added_to_the_config_and_every_other_line_stays(config: str, expected: str):
    assert with_search(config, SEARCH) == expected


@pytest.mark.parametrize(
    "config",
    [
        "searches: &all\n  - 2022-11-17\n",
        "searches:\n  [2022-11-17,\n   2026-11-22]\n",
        "other: 1\n",
        "searches:\n  - 2022-11-17\n other: [",
    ],
)
def test_a_config_that_is_written_otherwise_is_left_alone(config: str):
    assert with_search(config, SEARCH) is None


def test_what_to_add_is_said_where_the_config_is_left_alone(add: Add):
    path = Path("config/config.yaml")
    text = path.read_text("utf-8").replace("searches:\n", "searches: &all\n")
    path.write_text(text, encoding="utf-8")
    told = add(one=ONE)
    assert told.exit_code == 0
    assert f'add  - "{SEARCH}"' in told.output
    assert path.read_text("utf-8") == text


def test_the_config_of_the_project_can_be_added_to(add: Add):
    add(one=ONE)
    config = yaml.safe_load(Path("config/config.yaml").read_text("utf-8"))
    assert config["searches"] == ["2020-01-01", "2021-01-01", SEARCH]
