"""The flow diagram (PRISMA 2020): each search a lane, with a running total at the bottom."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import Rectangle

from review_synthesis.figures import flow_lanes, layout, plate
from review_synthesis.figures.flow_lanes import HANG, LINE, PAD, Block, Lane, Row
from review_synthesis.figures.layout import MARGIN
from review_synthesis.figures.plate import BAND, INK, SMALL, TEXT, Plate, Style
from review_synthesis.figures.rows import Sheet, open_sheet
from review_synthesis.figures.words import Words, say
from review_synthesis.tables.vocabulary import OTHER_PREFIX, address
from review_synthesis.wording.language import _
from review_synthesis.wording.phrases import day_of

WIDTH, LANES = 7.5, 3
BAND_WIDTH, BETWEEN, ASIDE, DOWN = 0.2, 0.15, 0.14, 0.17
MAIN_SHARE, HEADING = 0.5, 0.26
PAGE = "../flow.html"
LEAVES: Style = {"facecolor": BAND, "edgecolor": plate.GREY, "linewidth": 0.6}
SIDE_STYLE: dict[str, Style] = {"other": {}, "previous": {"linestyle": (0, (3, 2))}}
JOINS = {"other": "included", "previous": "total"}
CLEAR = 0.001  # no fill would not take a click


class Columns(NamedTuple):
    """Where a lane stands, in inches from the left: its ends, and the columns within."""

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
    def widths(self) -> tuple[float, float, float]:
        """The widths of the boxes on the trunk, of those beside it, and of both together."""
        whole = self.right - self.left
        return self.main[1] - self.main[0], self.side[1] - self.side[0], whole

    @property
    def spine(self) -> float:
        """The middle of the trunk."""
        return sum(self.main) / 2


@plate.look()
def plot_flow(flow: pd.DataFrame, sources: pd.DataFrame, cut: str, hide: bool) -> Plate:
    """Draw the flow of records, reports and studies through the searches up to a cut.

    One lane a search, at most three; what earlier searches brought stands in one box. Rows are
    aligned across lanes and grouped in PRISMA's phases; the total of each lane leads to the next.
    With ``hide``, boxes that count nothing are left out, but for the records identified and
    screened, what is included and the totals. Every box is a link to its place in the page of the
    flow, one folder up from the figure. The table has the rows of ``flow``, and ``drawn``.
    """
    searches = sorted(flow["search"].unique())
    shown = searches[-LANES:]
    places = _places(len(shown))
    lanes = [
        Lane(flow[flow["search"] == search], *place.widths, hide)
        for search, place in zip(shown, places, strict=True)
    ]
    earlier = len(searches) - len(shown)
    rows = [lane.rows(0 if number else earlier) for number, lane in enumerate(lanes)]
    tops, body = _tops(rows)
    words = _words(flow, lanes, sources, cut)
    pen = Pen(*open_sheet(words, body, (0, WIDTH), width=WIDTH))
    pen.axes.set_xlim(0, WIDTH)
    _phases(pen, tops, body)
    for lane, place, of_lane in zip(lanes, places, rows, strict=True):
        _draw_lane(pen, lane, place, of_lane, tops)
    level = tops["total"] + min(of_lane["total"].height for of_lane in rows) / 2
    for before, after in pairwise(places):
        pen.arrow((before.right, level), (after.left, level))
    drawn = flow_lanes.drawn_boxes(row for of_lane in rows for row in of_lane.values())
    return Plate(pen.figure, words.alt, _table(flow, drawn))


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
                left = x[0] + PAD + (HANG if number and not entry.bold else 0)
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


def _places(number: int) -> list[Columns]:
    start = MARGIN + BAND_WIDTH + BETWEEN
    width = (WIDTH - MARGIN - start - BETWEEN * (number - 1)) / number
    lefts = [start + (width + BETWEEN) * each for each in range(number)]
    return [Columns(left, left + width) for left in lefts]


def _tops(rows: list[dict[str, Row]]) -> tuple[dict[str, float], float]:
    """The top of each row that any lane fills, below the headings, and the height of all."""
    tops = {}
    y = HEADING
    for phase, names in flow_lanes.phases().items():
        start = y
        for name in names:
            height = max(of_lane[name].height for of_lane in rows)
            if height:
                tops[name] = y
                y += height + DOWN
        if y > start:
            y = max(y, start + layout.text_width(phase, TEXT, bold=True) + 2 * PAD + DOWN)
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
    pen: Pen, lane: Lane, place: Columns, rows: dict[str, Row], tops: dict[str, float]
) -> None:
    heading = _("Search to {day}", day=day_of(lane.search))
    pen.write(place.left, 0.06, heading, weight="bold")
    layout.rule(pen.figure, (place.left, place.right), pen.top + 0.16, color=INK, linewidth=1.2)
    below: float | None = None
    for name, top in tops.items():
        row = rows[name]
        if row.main:
            x = (place.left, place.right) if row.wide else place.main
            pen.box(row.main, x, top, {"linewidth": 1.6 if name == "total" else 0.8})
            if below is not None:
                pen.arrow((place.spine, below), (place.spine, top))
            below = top + row.main.height
        _draw_side(pen, row, place, tops, name)


def _draw_side(pen: Pen, row: Row, place: Columns, tops: dict[str, float], name: str) -> None:
    """Draw what leaves the trunk, or joins it further down."""
    y = top = tops[name]
    for block in row.side:
        pen.box(block, place.side, y, SIDE_STYLE.get(name, LEAVES))
        middle = y + block.height / 2
        y += block.height
        if name in JOINS:
            across = sum(place.side) / 2
            pen.arrow((across, y), (across, tops[JOINS[name]]))
        elif row.main and block is row.side[0]:
            level = min(middle, top + row.main.height / 2)
            pen.arrow((place.main[1], level), (place.side[0], level))
        else:
            pen.arrow((place.spine, middle), (place.side[0], middle))
        y += PAD


def _words(flow: pd.DataFrame, lanes: list[Lane], sources: pd.DataFrame, cut: str) -> Words:
    differ = sources[(sources["caveat"] != "") & sources["search"].isin([e.search for e in lanes])]
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
        differ=differ.to_dict("records"),
    )


def _table(flow: pd.DataFrame, drawn: set[str]) -> pd.DataFrame:
    """The rows of the flow, and which of them are drawn."""
    rows = zip(flow["search"], flow["box"], flow["detail"], strict=True)
    seen = ["yes" if address(*row) in drawn else "no" for row in rows]
    return flow.assign(drawn=seen).reset_index(drop=True)
