"""New searches: exports of databases come in, the tables of a search go out.

Exports are read by format, records that repeat one another or earlier ones are found, and what is
uncertain is left to a person. What people decided of uncertain pairs is put into the screening.
"""
