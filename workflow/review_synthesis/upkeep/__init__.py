"""What of the project is made and not written: the data dictionary and the catalogues.

In come the models of the raw tables, the tables, and the sentences of the program. Out go the
dictionary in ``data/raw`` in two forms, and the catalogue of each language with all that has to be
translated.
"""
