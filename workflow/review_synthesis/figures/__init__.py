"""The figures: each module draws one from the tables of a cut, in the language spoken.

What comes in are tables of counts, judgements, stress tests and changes; what goes out is a
``Plate``, which is written as an SVG with real text, a PNG, a PDF, an alt text and a table. No
figure is shown in a window, so none depends on the backend or the settings of the machine.
"""

import os

# Where the environment names a backend that matplotlib does not know, it cannot be imported.
_backend = os.environ.pop("MPLBACKEND", None)
import matplotlib  # noqa: E402, F401

if _backend is not None:
    os.environ["MPLBACKEND"] = _backend
