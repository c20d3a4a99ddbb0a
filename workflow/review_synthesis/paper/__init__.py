"""What a paper needs: methods and results as text with bound numbers, and tables.

In come ``findings.json``, ``changes.json`` from the second cut on, tables of the results and the
config of the review. Out go a text as Markdown, the list of its numbers with where each comes
from, and tables as Markdown and for Word. Sentences stand in the templates, in English only.
"""
