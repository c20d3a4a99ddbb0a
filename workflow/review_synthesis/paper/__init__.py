"""What a paper needs: methods and results as text, tables, and checklists of reporting.

In come the tables at a cut and the cut before, and the config of the review. Out go a text as
Markdown, the list of its numbers with where each comes from, tables as Markdown and for Word,
checklists as CSV and for Word, and the numbers at the cut as ``findings.json`` and ``cards.json``.
"""
