"""The figures, one a module.

In come the tables at a cut and the domains of the review. Out goes for each figure an SVG with
real text, a PNG, a PDF, an alt text and the table that it draws.
"""
