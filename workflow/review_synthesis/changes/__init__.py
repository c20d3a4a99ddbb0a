"""What moved from one cut to the next, or between two folders of results, and through what.

In come the tables of both sides. Out go the changes as a table, as data and as a text.
"""
