"""The flow diagram (PRISMA 2020): each search a lane, with a running total at the bottom.

In a lane databases and registers are the left column, other methods the right one; a column
without a source is not there.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import Rectangle

from review_synthesis.figures import flow_lanes, layout, plate
from review_synthesis.figures.flow_lanes import HANG, LINE, PAD, Block, Lane, Row, Widths
from review_synthesis.figures.layout import MARGIN
from review_synthesis.figures.plate import BAND, INK, SMALL, TEXT, Plate, Style
from review_synthesis.figures.rows import Sheet, open_sheet
from review_synthesis.figures.words import Words, say
from review_synthesis.tables.vocabulary import NOT_STATED, OTHER_PREFIX, address
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.how_found import paths_of
from review_synthesis.wording.language import _
from review_synthesis.wording.phrases import day_of

WIDTH, COLUMNS = 7.5, 3
BAND_WIDTH, BETWEEN, ASIDE, DOWN = 0.2, 0.15, 0.14, 0.17
MAIN_SHARE, HEADING = 0.5, 0.4
PAGE = "../flow.html"
LEAVES: Style = {"facecolor": BAND, "edgecolor": plate.GREY, "linewidth": 0.6}
PREVIOUS_STYLE: Style = {"linestyle": (0, (3, 2))}
CLEAR = 0.001  # no fill would not take a click


class Column(NamedTuple):
    """Where a path or a lane stands, in inches from the left: its ends, and the boxes within."""

    left: float
    right: float

    @property
    def main(self) -> tuple[float, float]:
        """The ends of the boxes on the trunk."""
        return self.left, self.left + MAIN_SHARE * (self.right - self.left)

    @property
    def side(self) -> tuple[float, float]:
        """The ends of the boxes beside it."""
        return self.main[1] + ASIDE, self.right

    @property
    def spine(self) -> float:
        """The middle of the trunk."""
        return sum(self.main) / 2


@plate.look()
def plot_flow(flow: pd.DataFrame, sources: pd.DataFrame, cut: str, hide: bool) -> Plate:
    """Draw the flow of records, reports and studies through the searches up to a cut.

    One lane a search, with a column for each path that it has, at most three in all; what earlier
    searches brought stands in one box. Rows are aligned across lanes and grouped in PRISMA's
    phases; the total of each lane leads to the next. With ``hide``, boxes that count nothing are
    left out, but for the records identified and screened, what is included and the totals. Every
    box is a link to its place in the page of the flow, one folder up from the figure. The table
    has the rows of ``flow``, and ``drawn``.
    """
    searches = sorted(flow["search"].unique())
    shown = _shown(flow, searches)
    lanes = list[Lane]()
    for search, columns in shown.items():
        widths = Widths(
            columns[0].main[1] - columns[0].main[0],
            columns[0].side[1] - columns[0].side[0],
            columns[-1].right - columns[0].left,
        )
        of_search = sources[sources["search"] == search]
        lanes.append(Lane(flow[flow["search"] == search], of_search, widths, hide))
    places = list(shown.values())
    earlier = len(searches) - len(shown)
    paths = [[lane.path_rows(prefix) for prefix in lane.paths] for lane in lanes]
    ends = [lane.end_rows(0 if number else earlier) for number, lane in enumerate(lanes)]
    drawn = [*(rows for of_lane in paths for rows in of_lane), *ends]
    tops, body = _tops(drawn)
    words = _words(flow, lanes, sources, cut)
    pen = Pen(*open_sheet(words, body, (0, WIDTH), width=WIDTH))
    pen.axes.set_xlim(0, WIDTH)
    _phases(pen, tops, body)
    for lane, columns, of_paths, of_ends in zip(lanes, places, paths, ends, strict=True):
        _draw_lane(pen, lane, columns, of_paths, of_ends, tops)
    level = tops["total"] + min(rows["total"].height for rows in ends) / 2
    for before, after in pairwise(places):
        pen.arrow((before[-1].right, level), (after[0].left, level))
    boxes = flow_lanes.drawn_boxes(row for rows in drawn for row in rows.values())
    return Plate(pen.figure, words.alt, _table(flow, boxes))


class Pen(Sheet):
    """A sheet to draw boxes and arrows on."""

    def box(self, block: Block, x: tuple[float, float], y: float, style: Style) -> None:
        """Draw a block with its top at ``y``: a frame, its text and its links."""
        name = next((entry.link for entry in block.entries if entry.link), "")
        plain: Style = {"facecolor": "white", "edgecolor": INK, "linewidth": 0.8}
        style = plain | {"clip_on": False} | style
        frame = Rectangle((x[0], y), x[1] - x[0], block.height, gid=f"box-{name}", **style)
        self.axes.add_patch(frame)
        self._link(name, x, y, block.height)
        y += PAD
        for entry in block.entries:
            height = LINE * len(entry.lines)
            weight = "bold" if entry.bold else "normal"
            for number, line in enumerate(entry.lines):
                hang = HANG if number and not entry.bold else 0
                left = x[0] + PAD + entry.indent + hang
                self.write(left, y + (number + 0.5) * LINE, line, size=SMALL, weight=weight)
            if entry.link not in ("", name):
                self._link(entry.link, x, y, height)
            y += height

    def _link(self, name: str, x: tuple[float, float], y: float, height: float) -> None:
        """Cover a part of the figure by a link, above the text so that the text is in it."""
        whole = self.figure.get_size_inches()
        corner = x[0] / whole[0], 1 - (self.top + y + height) / whole[1]
        size = (x[1] - x[0]) / whole[0], height / whole[1]
        cover = Rectangle(corner, *size, facecolor="white", edgecolor="none", alpha=CLEAR)
        cover.set(transform=self.figure.transFigure, zorder=10, url=f"{PAGE}#{name}")
        self.figure.add_artist(cover)

    def arrow(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw an arrow between two points of the panel."""
        style = {"arrowstyle": "-|>,head_width=0.16,head_length=0.32", "linewidth": 0.8}
        style |= {"color": INK, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 10}
        self.axes.annotate("", end, start, arrowprops=style, annotation_clip=False)


def _shown(flow: pd.DataFrame, searches: list[str]) -> dict[str, list[Column]]:
    """The last searches, as many as there is room for, each with the columns of its paths."""
    boxes = flow.groupby("search")["box"]
    paths = {each: max(len(paths_of(boxes.get_group(each))), 1) for each in searches}
    shown = searches[-1:]
    for search in reversed(searches[:-1]):
        if paths[search] + sum(paths[each] for each in shown) > COLUMNS:
            break
        shown.insert(0, search)
    number = sum(paths[each] for each in shown)
    start = MARGIN + BAND_WIDTH + BETWEEN
    width = (WIDTH - MARGIN - start - BETWEEN * (number - 1)) / number
    lefts = [start + (width + BETWEEN) * each for each in range(number)]
    columns = [Column(left, left + width) for left in lefts]
    return {each: [columns.pop(0) for _path in range(paths[each])] for each in shown}


def _tops(drawn: list[dict[str, Row]]) -> tuple[dict[str, float], float]:
    """The top of each row that any lane fills, below the headings, and the height of all."""
    tops = {}
    y = HEADING
    for phase, names in flow_lanes.phases().items():
        start = y
        for name in names:
            height = max((rows[name].height for rows in drawn if name in rows), default=0.0)
            if height:
                tops[name] = y
                y += height + DOWN
        if y > start:
            y = max(y, start + text_width(phase, TEXT, bold=True) + 2 * PAD + DOWN)
    return tops, y - DOWN


def _phases(pen: Pen, tops: dict[str, float], body: float) -> None:
    """Name the phases at the left, each along its rows."""
    starts = [
        (phase, min(tops[row] for row in rows if row in tops))
        for phase, rows in flow_lanes.phases().items()
        if any(row in tops for row in rows)
    ]
    ends = [start - DOWN for _phase, start in starts[1:]] + [body]
    for (phase, start), end in zip(starts, ends, strict=True):
        ground = Rectangle((MARGIN, start), BAND_WIDTH, end - start, color=BAND, linewidth=0)
        pen.axes.add_patch(ground)
        middle = pen.top + (start + end) / 2
        x = MARGIN + BAND_WIDTH / 2
        layout.put_upright(pen.figure, x, middle, [phase], ha="center", weight="bold")


def _draw_lane(
    pen: Pen,
    lane: Lane,
    columns: list[Column],
    paths: list[dict[str, Row]],
    ends: dict[str, Row],
    tops: dict[str, float],
) -> None:
    whole = Column(columns[0].left, columns[-1].right)
    day = day_of(lane.search)
    heading = _("Search to {day}", day=day) if lane.paths else _("Brought in at {day}", day=day)
    pen.write(whole.left, 0.06, heading, weight="bold")
    layout.rule(pen.figure, (whole.left, whole.right), pen.top + 0.16, color=INK, linewidth=1.2)
    for prefix, column, rows in zip(lane.paths, columns[: len(paths)], paths, strict=True):
        pen.write(column.left, 0.28, lane.heading(prefix))
        below = _draw_trunk(pen, rows, column, tops)
        pen.arrow((column.spine, below), (column.spine, tops["included"]))
    # What all paths lead to is as wide as the lane; the arrow goes down in its first column.
    included, total = tops["included"], tops["total"]
    for name, top in (("included", included), ("total", total)):
        if block := ends[name].main:
            style: Style = {"linewidth": 1.6 if name == "total" else 0.8}
            pen.box(block, (whole.left, whole.right), top, style)
    spine = columns[0].spine
    pen.arrow((spine, included + ends["included"].height), (spine, total))
    side = columns[-1].side
    for block in ends["withdrawn"].side:
        middle = tops["withdrawn"] + block.height / 2
        pen.box(block, side, tops["withdrawn"], LEAVES)
        pen.arrow((spine, middle), (side[0], middle))
    for block in ends["previous"].side:
        pen.box(block, side, tops["previous"], PREVIOUS_STYLE)
        across = sum(side) / 2
        pen.arrow((across, tops["previous"] + block.height), (across, total))


def _draw_trunk(pen: Pen, rows: dict[str, Row], column: Column, tops: dict[str, float]) -> float:
    """Draw the boxes of a path, and what leaves it at the side; how far down it leads."""
    below: float | None = None
    for name, row in rows.items():
        top = tops.get(name, 0.0)
        if row.main:
            pen.box(row.main, column.main, top, {})
            if below is not None:
                pen.arrow((column.spine, below), (column.spine, top))
            below = top + row.main.height
        y = top
        for block in row.side:
            pen.box(block, column.side, y, LEAVES)
            middle = y + block.height / 2
            if row.main and block is row.side[0]:
                level = min(middle, top + row.main.height / 2)
                pen.arrow((column.main[1], level), (column.side[0], level))
            else:
                pen.arrow((column.spine, middle), (column.side[0], middle))
            y += block.height + PAD
    return below or 0.0


def _words(flow: pd.DataFrame, lanes: list[Lane], sources: pd.DataFrame, cut: str) -> Words:
    shown = sources[sources["search"].isin([lane.search for lane in lanes])]
    identified = flow["box"].isin(["identified", f"{OTHER_PREFIX}identified"])
    last = lanes[-1].counts
    return say(
        "flow",
        cut=cut,
        lanes=lanes,
        searches=flow["search"].nunique(),
        records=int(flow.loc[identified, "n"].sum()),
        studies=last["total_studies"],
        reports=last["total_reports"],
        new=last["included_studies"],
        gone=last["withdrawn_studies"],
        sources=len(sources),
        differ=shown[shown["caveat"] != ""].to_dict("records"),
        untyped=(shown.loc[shown["queries"] > 0, "kind"] == NOT_STATED).any(),
        brought=(shown["queries"] == 0).any(),
        sought=any("sought" in box for lane in lanes for box in lane.counts),
    )


def _table(flow: pd.DataFrame, drawn: set[str]) -> pd.DataFrame:
    """The rows of the flow, and which of them are drawn."""
    rows = zip(flow["search"], flow["box"], flow["detail"], strict=True)
    seen = ["yes" if address(*row) in drawn else "no" for row in rows]
    return flow.assign(drawn=seen).reset_index(drop=True)
