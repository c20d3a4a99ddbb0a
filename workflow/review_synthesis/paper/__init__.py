"""What a paper needs: methods and results as text, and tables.

In come the tables at a cut and the cut before, and the config of the review. Out go a text as
Markdown, the list of its numbers with where each comes from, and tables as Markdown and for
Word.
"""
