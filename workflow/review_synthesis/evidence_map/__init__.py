"""The evidence map: factors by place, design or another side of the studies, to be explored.

In come the tables at a cut, and the domains and places of the review. Out goes a page whose counts
and words follow the filters of its reader, and that is a table without JavaScript.
"""
