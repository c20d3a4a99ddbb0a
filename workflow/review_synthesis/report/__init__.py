"""The pages on which each number opens the studies and codings that it counts.

In come the tables and figures at a cut, and what the config says of the review. Out go the report,
the flow and the evidence map of each cut, and the index of all cuts.
"""
