"""Which sheets a workbook has: one for each raw table, those of all searches in one sheet.

A sheet of a search's table has the column ``search`` before those of the table, so that a review
of five searches has one sheet of codings and not five.
"""

import re
from pathlib import Path

from review_synthesis.protocol.config import read_protocol
from review_synthesis.steps import OPTIONAL_TABLES, SEARCH_TABLES, SHARED_OPTIONAL, SHARED_TABLES
from review_synthesis.tables.fields import DATE
from review_synthesis.tables.raw import RAW_TABLES

SEARCH = "search"
ABOUT, LISTS, FOUND = "about", "lists", "problems"
OURS = (ABOUT, LISTS, FOUND)
"""Sheets that hold no table: what the workbook is, the values to choose from, the problems."""
OF_SEARCHES = (*SEARCH_TABLES, *(name for name in OPTIONAL_TABLES if name in RAW_TABLES))
NEEDED = (*SHARED_TABLES, *SEARCH_TABLES)
SHEETS = (
    "codebook",
    *OF_SEARCHES[: len(SEARCH_TABLES)],
    *(name for name in (*SHARED_TABLES, *SHARED_OPTIONAL) if name != "codebook"),
    *OF_SEARCHES[len(SEARCH_TABLES) :],
)
"""The tables in the order of the sheets: those that every review fills in come first."""


def files_of(sheet: str, searches: list[str]) -> dict[str, str]:
    """The files of a sheet relative to ``data/raw``, each with its search, empty where shared."""
    if sheet in OF_SEARCHES:
        return {f"{search}/{sheet}.csv": search for search in searches}
    return {f"{sheet}.csv": ""}


def searches_of(raw: Path, config: Path) -> list[str]:
    """The searches that the config names; without one, those that have a folder."""
    if config.is_file():
        return read_protocol(config, may_be_first=True)["searches"]
    folders = raw.iterdir() if raw.is_dir() else []
    return sorted(path.name for path in folders if re.fullmatch(DATE, path.name))
