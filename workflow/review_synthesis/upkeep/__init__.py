"""The parts of the project's own pages and catalogues that are made.

In come schemas, results, rules and the sentences of the program. Out go the data dictionary, the
made parts of the README and of ``docs``, and the catalogues of translations.
"""
