"""The pages: the report of a cut, the flow, and the index of all cuts."""
