"""The numbers at a cut, summed up once as documents for the rooms that tell and as data.

In come the tables at a cut. Out go these documents, which ``paper`` writes as ``findings.json``
and ``cards.json``, and a sheet for judging the confidence in each finding.
"""
