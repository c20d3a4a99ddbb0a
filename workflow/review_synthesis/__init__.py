"""Reproducible synthesis of factor codings: tally, judge, compare, trace."""

__version__ = "0.1.0"
