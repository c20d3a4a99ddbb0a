"""What stands in the flow diagram: the blocks of each lane, with their lines and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.figures import layout
from review_synthesis.figures.layout import LEADING
from review_synthesis.figures.plate import SMALL
from review_synthesis.tables.vocabulary import (
    ASSESSED_IN_PART,
    NOT_STATED,
    OTHER_PREFIX,
    PARTS,
    address,
)
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.how_found import paths_of
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import day_of, mid_sentence, sentence_case

PAD, LINE, HANG = 0.055, LEADING * SMALL / 72, 0.08
TERMS = ["total", "previous", "withdrawn"]
TRUNK = ["identified", "screened"]
"""Boxes that are drawn when they count nothing, too: without them the flow has no start."""


def phases() -> dict[str, list[str]]:
    """The phases of the flow by the name that stands at their left, and the rows of each."""
    return {
        _("Identification"): ["identified"],
        _("Screening"): ["screened", "sought", "assessed"],
        _("Included"): ["included", "withdrawn", "previous", "total"],
    }


class Entry(NamedTuple):
    """Some lines of a block that are one link."""

    lines: list[str]
    link: str
    bold: bool
    indent: float = 0.0
    """How far its lines stand in from the left of the block, in inches."""


class Block(NamedTuple):
    """A box as drawn: its entries, one below the other."""

    entries: list[Entry]

    @property
    def height(self) -> float:
        """The height in inches."""
        return 2 * PAD + LINE * sum(len(entry.lines) for entry in self.entries)


class Row(NamedTuple):
    """A row of a lane: a box on the trunk, and what leaves it at the side."""

    main: Block | None = None
    side: Sequence[Block] = ()

    @property
    def height(self) -> float:
        """The height in inches."""
        gaps = PAD * max(len(self.side) - 1, 0)
        beside = sum(block.height for block in self.side) + gaps
        return max(self.main.height if self.main else 0.0, beside)


class Widths(NamedTuple):
    """The widths of boxes in inches: on the trunk, beside it, and along the whole lane."""

    main: float
    side: float
    whole: float


class PathCounts(NamedTuple):
    """A path in words: its heading, its boxes without prefix, the kinds of its sources each with
    its number, and whether its reports were assessed only in part."""

    heading: str
    boxes: dict[str, int]
    kinds: list[str]
    in_part: bool


class Lane:
    """The boxes of one search, as text of given widths."""

    def __init__(self, flow: pd.DataFrame, sources: pd.DataFrame, widths: Widths, hide: bool):
        """``flow`` and ``sources``: the rows of one search; ``hide`` boxes that count nothing."""
        self.flow, self.hide = flow, hide
        self.kinds = dict(zip(sources["source"], sources["kind"], strict=True))
        boxes = flow[flow["detail"] == ""]
        self.counts: dict[str, int] = dict(zip(boxes["box"], boxes["n"].tolist(), strict=True))
        self.labels: dict[str, str] = dict(zip(boxes["box"], boxes["label"], strict=True))
        self.search = str(flow["search"].iloc[0])
        self.paths = paths_of(flow["box"])
        self.main, self.side, self.whole = (width - 2 * PAD for width in widths)
        self.path_counts = [self.in_words(prefix) for prefix in self.paths]

    def path_rows(self, prefix: str) -> dict[str, Row]:
        """The rows of a path, by name; a row without a box is there and empty."""
        beside = {
            "identified": ["duplicates"],
            "screened": ["excluded_screening", "ongoing"],
            "sought": ["not_retrieved"],
            "assessed": ["excluded_reports"],
        }
        return {
            box: Row(
                self.block(f"{prefix}{box}", self.main),
                self.blocks(*(f"{prefix}{each}" for each in leaves)),
            )
            for box, leaves in beside.items()
        }

    def end_rows(self, earlier: int) -> dict[str, Row]:
        """The rows in which all paths end, by name.

        ``earlier`` is the number of searches that are told in one box instead of lanes.
        """
        return {
            "included": Row(self.included()),
            "withdrawn": Row(None, self.withdrawn()),
            "previous": Row(None, self.previous(earlier)),
            "total": Row(self.total()),
        }

    def heading(self, prefix: str) -> str:
        """What stands above a path."""
        if prefix:
            return _("Other methods")
        untyped = NOT_STATED in self.kinds.values()
        return _("Searches") if untyped else _("Databases and registers")

    @property
    def totals(self) -> list[str]:
        """Both running totals in figures."""
        return [self.sum_of(unit) for unit in ("studies", "reports")]

    def in_words(self, prefix: str) -> PathCounts:
        """What is said of a path to those who do not see the figure."""
        own = {
            box.removeprefix(prefix): n
            for box, n in self.counts.items()
            if box.startswith(OTHER_PREFIX) == bool(prefix)
        }
        counted = self.flow[(self.flow["box"] == f"{prefix}identified_kind") & (self.flow["n"] > 0)]
        kinds = [
            f"{mid_sentence(p_('box', label))}: {n:,}"
            for label, n in counted[["label", "n"]].to_numpy().tolist()
        ]
        in_part = self.labels[f"{prefix}assessed"] == ASSESSED_IN_PART
        return PathCounts(self.heading(prefix), own, kinds, in_part)

    def entry(self, box: str, width: float, bold: bool = True) -> Entry:
        """A box as one entry: "Records screened (n = 386)"."""
        words = [*p_("box", self.labels[box]).split(), f"(n = {self.counts[box]:,})"]
        lines = _lines(words, width if bold else width - HANG, bold)
        return Entry(lines, address(self.search, box), bold)

    def parts(self, box: str, width: float) -> list[Entry]:
        """The parts of a box that count something: its reasons, or its sources by their kind."""
        of_box = self.flow["box"].isin([box + ending for ending in PARTS])
        told = self.flow[of_box & (self.flow["n"] > 0)]
        places = {}
        for row in told.itertuples():
            indent = HANG if str(row.box).endswith("_source") else 0.0
            words = _item(_part(str(row.box), str(row.label)), f"{row.n:,}")
            lines = _lines(words, width - HANG - indent)
            entry = Entry(lines, address(self.search, str(row.box), str(row.detail)), False, indent)
            places[str(row.box), str(row.detail)] = entry
        kinds = [detail for name, detail in places if name.endswith("_kind")]
        order = [name for name in places if not name[0].endswith("_source")]
        for kind in kinds:  # each source behind its kind
            of_kind = [each for each in places if self.kinds.get(each[1]) == kind]
            at = order.index((f"{box}_kind", kind)) + 1
            order[at:at] = of_kind
        return [places[name] for name in order]

    def block(self, box: str, width: float) -> Block | None:
        """A box with its parts; None where the search has none, or it counts nothing and such
        boxes are hidden."""
        trunk = box.removeprefix(OTHER_PREFIX) in TRUNK
        if box not in self.counts or (self.hide and not self.counts[box] and not trunk):
            return None
        return Block([self.entry(box, width), *self.parts(box, width)])

    def blocks(self, *boxes: str) -> list[Block]:
        """Boxes at the side, one below the other."""
        made = [self.block(box, self.side) for box in boxes]
        return [block for block in made if block]

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
    """The name of a kind of source, of a source, of who found duplicates, or of a reason."""
    contexts = {"_source": "source", "_reason": "reason"}
    context = next((name for end, name in contexts.items() if box.endswith(end)), "box")
    return sentence_case(p_(context, label))


def _item(label: str, number: str) -> list[str]:
    """A part of a box in words, its number joined to the last."""
    *words, last = label.split() or [""]
    return [*words, f"{last}: {number}"]


def _lines(words: list[str], width: float, bold: bool = False) -> list[str]:
    """Words in lines of at most ``width`` inches; a word of ours may hold spaces."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, SMALL, bold) <= width:
            lines[-1] = longer
        elif text_width(word, SMALL, bold) <= width:
            lines.append(word)
        else:
            lines += layout.wrap(word, width, SMALL, bold)
    return lines


def drawn_boxes(rows: Iterable[Row]) -> set[str]:
    """The boxes that are drawn, by their address, and the boxes they are part of."""
    blocks = [block for row in rows for block in (row.main, *row.side) if block]
    return {entry.link for block in blocks for entry in block.entries if entry.link}
