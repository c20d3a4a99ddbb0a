"""The pages: the report of a cut, the flow, and the index of all cuts.

In come the tables and JSON files of the results, and the figures. Out goes HTML in each language,
one file a page, in which every number is bound to its place and opens what it counts. What is said
stands in the templates; here it is looked up and put in order.
"""
