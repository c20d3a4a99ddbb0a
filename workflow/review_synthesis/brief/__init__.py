"""The two-page brief: what the review's own brief tells, from our results.

In come ``findings.json`` and ``changes.json`` of a cut and what the config says of the review.
Out go the same words in two forms, a page and a PDF that everybody can read. Every sentence is
chosen by what the data hold.
"""
