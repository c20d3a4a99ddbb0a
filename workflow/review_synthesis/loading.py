"""How a command loads the libraries that a step takes."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Load what a step takes without looking for garbage, of which there is none yet.

    What was loaded is not looked at later, either: a step starts sooner and does not last long.
    """
    first = "pandas" not in sys.modules
    gc.disable()
    try:
        yield
    finally:
        if first:
            gc.freeze()
        gc.enable()
