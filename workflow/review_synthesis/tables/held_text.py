"""How the text of tables is held in memory: that of small ones by Python, that of large by Arrow.

Both hold the same, and compare and sort alike. Arrow takes its time to begin, however few the rows,
and a rule or a count begins hundreds of times; of a million rows it needs a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

LARGE = 1 << 20  # bytes of raw tables


@contextmanager
def text_held_for(files: Iterable[Path]) -> Iterator[None]:
    """Hold all text that is read or made meanwhile as suits tables of the size of ``files``."""
    size = sum(each.stat().st_size for each in files if each.is_file())
    with pd.option_context("mode.string_storage", "python" if size < LARGE else "pyarrow"):
        yield
