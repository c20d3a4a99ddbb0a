"""The figures, each drawn by a module of its own.

In come the tables at a cut and the domains of the review. Out goes for each figure an SVG with
real text, a PNG, a PDF, an alt text and the table that it draws, whatever the backend and the
settings of the machine.
"""

import os

# Where the environment names a backend that matplotlib does not know, it cannot be imported.
_backend = os.environ.pop("MPLBACKEND", None)
import matplotlib  # noqa: E402, F401

if _backend is not None:
    os.environ["MPLBACKEND"] = _backend
