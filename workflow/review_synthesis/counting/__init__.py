"""Everything that is counted, a study once however many publications and codings say so.

In come the tables that the gate has checked. Out go the evidence at a cut, the tallies of studies
and factors, and the flow of records.
"""
