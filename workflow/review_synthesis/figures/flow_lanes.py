"""What stands in the flow diagram: the blocks of each lane, with their lines and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.figures import layout
from review_synthesis.figures.layout import LEADING
from review_synthesis.figures.plate import SMALL
from review_synthesis.tables.vocabulary import OTHER_PREFIX, PARTS, address
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import day_of, sentence_case

PAD, LINE, HANG = 0.055, LEADING * SMALL / 72, 0.08
TERMS = ["total", "previous", "withdrawn"]
TRUNK = ["identified", "screened"]
"""Boxes that are drawn when they count nothing, too: without them the flow has no start."""
OTHER_LINES = ["identified", "duplicates", "excluded_screening", "ongoing", "sought"]
OTHER_LINES += ["not_retrieved", "assessed", "excluded_full_text", "included"]


def phases() -> dict[str, list[str]]:
    """The phases of the flow by the name that stands at their left, and the rows of each."""
    return {
        _("Identification"): ["identified"],
        _("Screening"): ["screened", "sought", "assessed"],
        _("Other methods"): ["other"],
        _("Included"): ["included", "withdrawn", "previous", "total"],
    }


class Entry(NamedTuple):
    """Some lines of a block that are one link."""

    lines: list[str]
    link: str
    bold: bool


class Block(NamedTuple):
    """A box as drawn: its entries, one below the other."""

    entries: list[Entry]

    @property
    def height(self) -> float:
        """The height in inches."""
        return 2 * PAD + LINE * sum(len(entry.lines) for entry in self.entries)


class Row(NamedTuple):
    """A row of a lane: a box on the trunk (which may be wide), and what leaves it at the side."""

    main: Block | None = None
    side: Sequence[Block] = ()
    wide: bool = False

    @property
    def height(self) -> float:
        """The height in inches."""
        gaps = PAD * max(len(self.side) - 1, 0)
        beside = sum(block.height for block in self.side) + gaps
        return max(self.main.height if self.main else 0.0, beside)


class Lane:
    """The boxes of one search, as text of given widths."""

    def __init__(self, flow: pd.DataFrame, main: float, side: float, whole: float, hide: bool):
        """``flow``: the rows of one search; widths of the columns in inches."""
        self.flow, self.hide = flow, hide
        boxes = flow[flow["detail"] == ""]
        self.counts: dict[str, int] = dict(zip(boxes["box"], boxes["n"].tolist(), strict=True))
        self.labels: dict[str, str] = dict(zip(boxes["box"], boxes["label"], strict=True))
        self.search = str(flow["search"].iloc[0])
        self.main, self.side, self.whole = (width - 2 * PAD for width in (main, side, whole))

    def rows(self, earlier: int) -> dict[str, Row]:
        """The rows of the lane, by name; a row without a box is there and empty.

        ``earlier`` is the number of searches that are told in one box instead of lanes.
        """
        return {
            "identified": Row(self.block("identified", self.main), self.blocks("duplicates")),
            "screened": Row(
                self.block("screened", self.main), self.blocks("excluded_screening", "ongoing")
            ),
            "sought": Row(self.block("sought", self.main), self.blocks("not_retrieved")),
            "assessed": Row(self.block("assessed", self.main), self.blocks("excluded_full_text")),
            "other": Row(None, self.other_methods()),
            "included": Row(self.included(), wide=True),
            "withdrawn": Row(None, self.withdrawn()),
            "previous": Row(None, self.previous(earlier)),
            "total": Row(self.total(), wide=True),
        }

    @property
    def totals(self) -> list[str]:
        """Both running totals in figures."""
        return [self.sum_of(unit) for unit in ("studies", "reports")]

    def label(self, box: str) -> str:
        """What is printed in a box; in few words in those of the other methods."""
        if box == f"{OTHER_PREFIX}sought":
            return p_("box", "Reports sought")
        if box == f"{OTHER_PREFIX}assessed":
            return p_("box", "Reports assessed")
        return p_("box", self.labels[box])

    def entry(self, box: str, width: float, bold: bool = True) -> Entry:
        """A box as one entry: "Records screened (n = 386)"."""
        words = [*self.label(box).split(), f"(n = {self.counts[box]:,})"]
        lines = _lines(words, width if bold else width - HANG, bold)
        return Entry(lines, address(self.search, box), bold)

    def parts(self, box: str, width: float) -> list[Entry]:
        """The parts of a box that count something: its sources or reasons."""
        of_box = self.flow["box"].isin([box + ending for ending in PARTS])
        return [
            Entry(
                _lines(_item(_part(str(row.box), str(row.label)), f"{row.n:,}"), width - HANG),
                address(self.search, str(row.box), str(row.detail)),
                bold=False,
            )
            for row in self.flow[of_box & (self.flow["n"] > 0)].itertuples()
        ]

    def block(self, box: str, width: float) -> Block | None:
        """A box with its parts; None where it counts nothing and such boxes are hidden."""
        if self.hide and not self.counts[box] and box not in TRUNK:
            return None
        return Block([self.entry(box, width), *self.parts(box, width)])

    def blocks(self, *boxes: str) -> list[Block]:
        """Boxes at the side, one below the other."""
        made = [self.block(box, self.side) for box in boxes]
        return [block for block in made if block]

    def other_methods(self) -> list[Block]:
        """The path of the other methods, in one block."""
        boxes = [f"{OTHER_PREFIX}{name}" for name in OTHER_LINES]
        if self.hide and not self.counts[boxes[0]]:
            return []
        entries = [_heading(_("Citation searching"), self.side)]
        for box in boxes:
            if self.counts[box] or not self.hide:
                entries.append(self.entry(box, self.side, bold=False))
                if "excluded" in box:
                    entries += self.parts(box, self.side)
        return [Block(entries)]

    def included(self) -> Block:
        """The studies and reports that the search brought."""
        boxes = ["included_studies", "included_reports"]
        entries = [self.entry(box, self.whole) for box in boxes]
        known = "new_reports_of_known_studies"
        if self.counts[known]:
            entries.append(self.entry(known, self.whole, bold=False))
        return Block(entries)

    def previous(self, searches: int) -> list[Block]:
        """What ``searches`` earlier searches, which are not drawn, had brought."""
        if not searches:
            return []
        heading = n_("Previous: {n} search", "Previous: {n} searches", searches)
        entries = [_heading(heading, self.side)]
        for unit in ("studies", "reports"):
            box = f"previous_{unit}"
            lines = _lines(_counted(self.counts[box], unit).split(), self.side - HANG)
            entries.append(Entry(lines, address(self.search, box), False))
        return [Block(entries)]

    def withdrawn(self) -> list[Block]:
        """The studies withdrawn, with their reports."""
        if self.hide and not self.counts["withdrawn_studies"]:
            return []
        boxes = ["withdrawn_studies", "withdrawn_reports"]
        return [Block([self.entry(box, self.side) for box in boxes])]

    def total(self) -> Block:
        """What is included after the search, with the sum that leads there."""
        entries = [_heading(_("Total at {day}", day=day_of(self.search)), self.whole)]
        for unit in ("studies", "reports"):
            lines = _lines(self.sum_of(unit).split(), self.whole, True)
            entries.append(Entry(lines, address(self.search, f"total_{unit}"), True))
        return Block(entries)

    def sum_of(self, unit: str) -> str:
        """The running total in figures: "59 studies = 46 + 14 - 1"."""
        total, before, gone = (self.counts[f"{each}_{unit}"] for each in TERMS)
        if not before and not gone:
            return _counted(total, unit)
        less = f" − {gone:,}" if gone else ""
        return f"{_counted(total, unit)} = {before:,} + {self.counts[f'included_{unit}']:,}{less}"


def _heading(text: str, width: float) -> Entry:
    """What stands above the entries of a block."""
    return Entry(_lines(text.split(), width, True), "", True)


def _counted(number: int, unit: str) -> str:
    """A number of studies or of reports, 0 as a figure too."""
    if unit == "studies":
        return n_("{n} study", "{n} studies", number)
    return n_("{n} report", "{n} reports", number)


def _part(box: str, label: str) -> str:
    """The name of a source or of a reason."""
    return sentence_case(p_("source" if box.endswith("_source") else "reason", label))


def _item(label: str, number: str) -> list[str]:
    """A part of a box in words, its number joined to the last."""
    *words, last = label.split() or [""]
    return [*words, f"{last}: {number}"]


def _lines(words: list[str], width: float, bold: bool = False) -> list[str]:
    """Words in lines of at most ``width`` inches; a word of ours may hold spaces."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and layout.text_width(longer, SMALL, bold) <= width:
            lines[-1] = longer
        elif layout.text_width(word, SMALL, bold) <= width:
            lines.append(word)
        else:
            lines += layout.wrap(word, width, SMALL, bold)
    return lines


def drawn_boxes(rows: Iterable[Row]) -> set[str]:
    """The boxes that are drawn, by their address, and the boxes they are part of."""
    blocks = [block for row in rows for block in (row.main, *row.side) if block]
    return {entry.link for block in blocks for entry in block.entries if entry.link}
