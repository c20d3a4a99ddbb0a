"""Every number that a text quotes, as documents for pages and for other programs.

In come the tables at a cut. Out go the documents of the rooms that tell, which ``paper`` writes as
``findings.json`` and ``cards.json`` too, and a sheet for judging the confidence in each finding.
"""
