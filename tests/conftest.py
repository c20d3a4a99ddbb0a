"""What all tests share: a small sound raw folder, profiles of examples, what runs when."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from drawn import fresh, loud  # noqa: F401
from hypothesis import settings
from review_synthesis.gate.problems import Problem
from review_synthesis.gate.validate_searches import check_searches
from words import CHOICES

# The same examples each time, so that a test that passes here passes anywhere. The monthly run
# looks for new ones: HYPOTHESIS_PROFILE=explore.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=20)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Text is held as a run holds that of small tables; that of large ones is looked at beside it.
pd.set_option("mode.string_storage", "python")
# What pytest and the libraries hold is not looked through again and again for what may go.
gc.set_threshold(100_000, 50, 50)

DATA = Path(__file__).parent / "data"
SEARCHES = ["2020-01-01", "2021-01-01"]


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound raw folder of two searches, where the project has its own: at data/raw."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(DATA / "good", Path("data/raw"))


@pytest.fixture
def problems_with(raw: Path) -> Callable[..., list[Problem]]:
    """What the gate finds once the files of tests/data/bad/<defect> stand in the sound folder."""

    def check(*defects: str, searches: list[str] = SEARCHES) -> list[Problem]:
        for defect in defects:
            shutil.copytree(DATA / "bad" / defect, raw, dirs_exist_ok=True)
        return check_searches(raw, searches, CHOICES).problems

    return check


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that two processes end at about the same time.

    What takes a minute and is monthly is left to the monthly run, which has the time.
    """
    if os.environ.get("HYPOTHESIS_PROFILE") != "explore":
        for item in items:
            if item.get_closest_marker("monthly"):
                item.add_marker(pytest.mark.skip("of the monthly run: HYPOTHESIS_PROFILE=explore"))
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
