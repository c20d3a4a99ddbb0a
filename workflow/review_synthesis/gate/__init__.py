"""The gate: it corrects the raw tables and checks them, each alone and all together.

In come the files of ``data/raw`` as people wrote them. Out go the corrected tables of each search,
each row with its file and line, or the list of all problems.
"""
