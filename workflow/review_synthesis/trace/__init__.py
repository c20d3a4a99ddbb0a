"""What a person asks of results in a terminal: the findings, and what is behind a number.

In come the results of a run. Out go lines of text.
"""
