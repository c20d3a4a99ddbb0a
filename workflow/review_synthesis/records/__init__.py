"""What a search of databases found, made into the tables that people go on with.

In come export files of databases, and the records of earlier searches. Out go a folder of
``data/raw`` with its records, the duplicates marked, and the pairs that a person has to decide
on.
"""
