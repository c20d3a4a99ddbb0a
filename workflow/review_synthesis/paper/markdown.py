"""The tables of a paper as a type, and as Markdown. ``docx`` writes the same cells for Word."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.wording.text import markdown

NO_ROWS = "None."


class PaperTable(NamedTuple):
    """A table of a paper.

    ``frame`` holds text; its column ``group`` holds the heading that a row stands under.
    """

    heading: str
    frame: pd.DataFrame
    widths: Mapping[str, float]
    """The columns and the room of each, in centimetres or in proportion to them."""
    numeric: Collection[str]
    """The columns that hold numbers, which are set to the right."""
    wide: bool = False
    """Whether it needs a page on its side."""
    caption: str = ""
    note: str = ""

    def grouped(self) -> Iterator[tuple[str, list[list[str]]]]:
        """The rows under each heading, in their order."""
        for group, rows in self.frame.groupby("group", sort=False):
            yield str(group), rows[list(self.widths)].to_numpy().tolist()


def tables_as_markdown(title: str, about: Iterable[str], tables: Sequence[PaperTable]) -> str:
    """The tables as Markdown, each with a numbered caption above and a note below."""
    parts = [f"# {markdown(title)}", *(markdown(each) for each in about)]
    for number, table in enumerate(tables, start=1):
        parts += [
            f"## {markdown(table.heading)}",
            f"**Table {number}.** {markdown(table.caption)}",
            "\n".join(_markdown_rows(table)),
            f"*Note.* {markdown(table.note)}",
        ]
    return "\n\n".join(parts) + "\n"


def _markdown_rows(table: PaperTable) -> Iterator[str]:
    columns = list(table.widths)
    empty = [""] * (len(columns) - 1)
    yield _markdown_row(markdown(each) for each in columns)
    yield _markdown_row("---:" if each in table.numeric else "---" for each in columns)
    if table.frame.empty:
        yield _markdown_row([NO_ROWS, *empty])
    for group, rows in table.grouped():
        yield _markdown_row([f"**{markdown(group)}**", *empty])
        for row in rows:
            yield _markdown_row(markdown(cell) for cell in row)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
