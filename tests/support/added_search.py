"""Commands that add a search to a small raw folder, two made-up exports, and what is then there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from click.testing import Result

SEARCH = "2027-05-01"
ONE = """TY  - JOUR
DB  - Embase
AN  - 1
TI  - Key worker teams for care leavers: a made-up evaluation
AU  - Example, Alex
PY  - 2026
JF  - Made-up Example Journal
VL  - 1
SP  - 1
DO  - 10.5555/one
AB  - A made-up abstract that nobody may keep.
ER  -
"""
PAIR = """TY  - JOUR
TI  - Key worker teams for care leavers: a made-up evaluation
AU  - Example, Alex
PY  - 2026
JF  - Made-up Example Preprints
DO  - 10.5555/preprint
ER  -
"""
Add = Callable[..., Result]


def rows(file: str, search: str = SEARCH) -> list[dict[str, str]]:
    path = Path("data/raw") / search / file
    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def files_of(folder: str) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}
