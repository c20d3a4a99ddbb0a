"""Every number that a text quotes, as documents for pages and for other programs.

In come the tables at a cut. Out go ``findings.json`` and ``cards.json``, the same documents to the
rooms that tell, and a sheet for judging the confidence in each finding.
"""
