"""What a table is: its columns, keys and vocabularies, and the one place that touches its file.

In come tables that people or steps made. Out go the same tables, typed, in order and seen to be as
their model says, or an error.
"""
