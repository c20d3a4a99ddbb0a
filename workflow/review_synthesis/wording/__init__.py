"""One telling of each fact, in each language, with each number bound to where it stands.

In come tables and documents of the results, and the catalogues of translations. Out go phrases,
numbers and the frame of a page for the rooms that tell.
"""
