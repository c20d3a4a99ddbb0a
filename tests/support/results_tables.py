"""Tables that a run has written, read by their names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from review_synthesis.running import called
from review_synthesis.tables.files import read_result


def read_results(folder: Path, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Tables at a cut, such as ``results/2026-11-22``, as a step calls them: see ``called``."""
    return {each: read_result(folder, name) for each, name in called([*names]).items()}
