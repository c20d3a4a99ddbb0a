"""The page on made-up faults: what came out of a run is written into it, and adds up."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = runpy.run_path(str(ROOT / "tests" / "mutants" / "run.py"))
PAGE = (ROOT / "docs" / "mutants.md").read_text("utf-8")


def rows(page: str) -> list[list[str]]:
    (table,) = re.findall(r"<!-- shares -->\n(.*)<!-- end of shares -->", page, re.DOTALL)
    lines = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_what_came_out_is_a_row_below_the_others() -> None:
    told = RUN["Outcome"]("judging", 1234, 40, 39, stopped=True)
    *others, row = rows(RUN["with_row"](PAGE, told, ["*7"]))
    assert others == rows(PAGE)
    assert row[2:] == ["judging", "`*7`", "1,234", "40", "39", "97.5 %", "stopped"]
    *_others, whole = rows(RUN["with_row"](PAGE, told._replace(stopped=False), []))
    assert (whole[3], whole[-1]) == ("every", "")


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match=r"mutants\.md has no <!-- end of shares -->"):
        RUN["with_row"]("# Faults\n", RUN["Outcome"]("judging", 1, 1, 1, stopped=False), [])


def test_each_share_is_that_of_its_row() -> None:
    for row in rows(PAGE):
        tried, found = (int(row[at].replace(",", "")) for at in (5, 6))
        assert row[7] == f"{100 * found / tried:.1f} %"
        assert row[2] in RUN["ROOMS"]
