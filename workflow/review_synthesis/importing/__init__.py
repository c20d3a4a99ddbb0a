"""What a team has of its review in files of its own, made into the raw tables.

In come spreadsheets and exports of platforms, and a map that says what stands where. Out go the
tables of ``data/raw``, all of them or none, what changed in them, and each cell that was not used.
"""
