"""The words of all that is told, in the languages that there are.

In come the numbers of the results, by file and place, and catalogues of translations. Out go
texts, lists of runs whose numbers know where they come from, and the frame of every page. A fact
that several tellings share is said here, once.
"""
