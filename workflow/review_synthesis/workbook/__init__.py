"""The raw tables as an Excel workbook, for people who keep their tables in Excel.

In come the raw tables of a review, or a workbook that people filled in. Out go a workbook with a
sheet for each table, or the raw tables that a workbook holds, or the list of all problems and a
copy of the workbook in which each has its colour.
"""
