"""What is written about the project from the project itself, when a person asks for it.

Code, models, results and config come in; parts of ``README.md``, the data dictionary and the
catalogues of translations go out. A test fails where one of them has drifted.
"""
