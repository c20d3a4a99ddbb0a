"""The figures, each drawn by a module of its own.

In come the tables at a cut and the domains of the review. Out goes for each figure an SVG with
real text, a PNG, a PDF, an alt text and the table that it draws, whatever the backend and the
settings of the machine.
"""

# Before any other import of matplotlib, which it keeps from the settings of the machine.
from review_synthesis.wording import fonts as fonts
