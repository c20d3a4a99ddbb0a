"""The brief: two pages in plain words for those who decide.

In come the tables at a cut, and what the config says of the review in plain words. Out goes the
brief as a PDF and as a page.
"""
