"""The flow diagram (PRISMA 2020): each search a lane, with a running total at the bottom."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from review_synthesis.figures import layout
from review_synthesis.figures.flow_lanes import (
    HANG,
    LINE,
    PAD,
    PHASES,
    Block,
    Lane,
    Row,
    drawn_boxes,
)
from review_synthesis.figures.layout import MARGIN
from review_synthesis.figures.plate import BAND, GREY, INK, SMALL, TEXT, Plate, look
from review_synthesis.flow_tables import OTHER_PREFIX, address
from review_synthesis.words import count_of, day_of, listed, sentence_case, studies_of

WIDTH, LANES = 7.5, 3
BAND_WIDTH, BETWEEN, ASIDE, DOWN = 0.2, 0.15, 0.14, 0.17
MAIN_SHARE, HEADING = 0.5, 0.26
PAGE = "../flow.html"
NOTES = [
    "Searches are what PRISMA calls databases and registers. Citation searching: reports linked "
    "from an included study."
]
LEAVES: dict[str, Any] = {"facecolor": BAND, "edgecolor": GREY, "linewidth": 0.6}
SIDE_STYLE: dict[str, dict[str, Any]] = {"other": {}, "previous": {"linestyle": (0, (3, 2))}}
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
    def spine(self) -> float:
        """The middle of the trunk."""
        return sum(self.main) / 2


@look()
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
        Lane(flow[flow["search"] == search], *_widths(place), hide)
        for search, place in zip(shown, places, strict=True)
    ]
    earlier = len(searches) - len(shown)
    rows = [lane.rows(0 if number else earlier) for number, lane in enumerate(lanes)]
    tops, body = _tops(rows)
    subtitle = f"Flow diagram (PRISMA 2020), a lane a search; searches to {day_of(cut)}"
    notes = [*NOTES, *_caveats(sources, shown)]
    figure, top = layout.begin(_title(flow), subtitle, body, notes, WIDTH)
    axes = layout.panel(figure, (0, WIDTH), (top, top + body))
    axes.set_xlim(0, WIDTH)
    pen = Pen(figure, axes, top)
    _phases(pen, tops, body)
    for lane, place, of_lane in zip(lanes, places, rows, strict=True):
        _draw_lane(pen, lane, place, of_lane, tops)
    level = tops["total"] + min(of_lane["total"].height for of_lane in rows) / 2
    for before, after in pairwise(places):
        pen.arrow((before.right, level), (after.left, level))
    drawn = drawn_boxes(row for of_lane in rows for row in of_lane.values())
    return Plate(figure, _alt(flow, lanes), _table(flow, drawn))


class Pen(NamedTuple):
    """What is drawn on: the figure, its panel, and how far the panel is from the top."""

    figure: Figure
    axes: Axes
    top: float

    def box(self, block: Block, x: tuple[float, float], y: float, **style: Any) -> None:
        """Draw a block with its top at ``y``: a frame, its text and its links."""
        name = next((entry.link for entry in block.entries if entry.link), "")
        plain: dict[str, Any] = {"facecolor": "white", "edgecolor": INK, "linewidth": 0.8}
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
                middle = self.top + y + (number + 0.5) * LINE
                layout.put(self.figure, left, middle, line, SMALL, weight=weight)
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


def _widths(place: Columns) -> tuple[float, float, float]:
    ends = (place.main, place.side, (place.left, place.right))
    main, side, whole = (right - left for left, right in ends)
    return main, side, whole


def _tops(rows: list[dict[str, Row]]) -> tuple[dict[str, float], float]:
    """The top of each row that any lane fills, below the headings, and the height of all."""
    tops = {}
    y = HEADING
    for phase, names in PHASES.items():
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
        for phase, rows in PHASES.items()
        if any(row in tops for row in rows)
    ]
    ends = [start - DOWN for _, start in starts[1:]] + [body]
    for (phase, start), end in zip(starts, ends, strict=True):
        ground = Rectangle((MARGIN, start), BAND_WIDTH, end - start, color=BAND, linewidth=0)
        pen.axes.add_patch(ground)
        middle = pen.top + (start + end) / 2
        x = MARGIN + BAND_WIDTH / 2
        layout.put_upright(pen.figure, x, middle, [phase], ha="center", weight="bold")


def _draw_lane(
    pen: Pen, lane: Lane, place: Columns, rows: dict[str, Row], tops: dict[str, float]
) -> None:
    heading = f"Search to {day_of(lane.search)}"
    layout.put(pen.figure, place.left, pen.top + 0.06, heading, weight="bold")
    layout.rule(pen.figure, (place.left, place.right), pen.top + 0.16, color=INK, linewidth=1.2)
    below: float | None = None
    for name, top in tops.items():
        row = rows[name]
        if row.main:
            _draw_main(pen, row, place, top, name)
            if below is not None:
                pen.arrow((place.spine, below), (place.spine, top))
            below = top + row.main.height
        _draw_side(pen, row, place, tops, name)


def _draw_side(pen: Pen, row: Row, place: Columns, tops: dict[str, float], name: str) -> None:
    """Draw what leaves the trunk, or joins it further down."""
    y = top = tops[name]
    for block in row.side:
        pen.box(block, place.side, y, **SIDE_STYLE.get(name, LEAVES))
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


def _draw_main(pen: Pen, row: Row, place: Columns, top: float, name: str) -> None:
    assert row.main
    x = (place.left, place.right) if row.wide else place.main
    pen.box(row.main, x, top, linewidth=1.6 if name == "total" else 0.8)


def _caveats(sources: pd.DataFrame, shown: list[str]) -> list[str]:
    differ = sources[(sources["caveat"] != "") & sources["search"].isin(shown)]
    if differ.empty:
        return []
    named = [
        f"source {row.source} of {day_of(str(row.search))} ({row.logged} logged, "
        f"{row.listed} listed)"
        for row in differ.itertuples()
    ]
    which = listed(named) if len(named) <= LANES else f"{len(named)} of {len(sources)} sources"
    return [
        f"The logged number of new records is not the number listed for {which}; "
        "the flow counts those listed."
    ]


def _at(flow: pd.DataFrame, search: str, box: str) -> int:
    rows = (flow["search"] == search) & (flow["box"] == box) & (flow["detail"] == "")
    return int(flow.loc[rows, "n"].sum())


def _title(flow: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    identified = flow["box"].isin(["identified", f"{OTHER_PREFIX}identified"])
    records = count_of(int(flow.loc[identified, "n"].sum()), "record", "records")
    searches = sorted(flow["search"].unique())
    last = searches[-1]
    studies, reports = (_at(flow, last, f"total_{unit}") for unit in ("studies", "reports"))
    found = studies_of(studies)
    found += f" in {count_of(reports, 'report', 'reports')}" if studies else ""
    sentence = f"{records[0].upper()}{records[1:]} led to {found}"
    if len(searches) > 1:
        new = studies_of(_at(flow, last, "included_studies"))
        sentence += f"; the last search added {new}"
        gone = _at(flow, last, "withdrawn_studies")
        sentence += f" and withdrew {gone}" if gone else ""
    return sentence


def _alt(flow: pd.DataFrame, lanes: list[Lane]) -> str:
    told = [_told(lane) for lane in lanes]
    totals = [
        f"after {day_of(lane.search)} {lane.sum_of('studies')}, {lane.sum_of('reports')}"
        for lane in lanes
    ]
    number = flow["search"].nunique()
    which = count_of(number, "search", "searches")
    drawn = f", the last {len(lanes)} drawn as lanes" if number > len(lanes) else ""
    return " ".join(
        [
            f"Flow diagram (PRISMA 2020) of {which}{drawn}.",
            f"{_title(flow)}.",
            f"{sentence_case('; '.join(told))}.",
            f"Running totals: {'; '.join(totals)}.",
        ]
    )


def _told(lane: Lane) -> str:
    """What became of the records of a search, in half a sentence."""
    counts = [
        (lane.count("duplicates"), "duplicates removed"),
        (lane.count("screened"), "screened"),
        (lane.count("excluded_screening"), "excluded at screening"),
        (lane.count("ongoing"), "awaiting a decision"),
        (lane.count("assessed"), "read as reports"),
        (lane.count("excluded_full_text"), "of them excluded"),
        (lane.count(f"{OTHER_PREFIX}identified"), "more found by citation searching"),
    ]
    words = [f"{n:,} {what}" for n, what in counts if n]
    reports = lane.count("included_reports")
    words.append(f"{studies_of(lane.count('included_studies'))} included")
    words.append(f"{count_of(reports, 'report', 'reports')} included")
    gone = lane.count("withdrawn_studies")
    words += [f"{studies_of(gone)} withdrawn"] if gone else []
    start = f"search to {day_of(lane.search)}: {lane.count('identified'):,} records identified"
    return ", ".join([start, *words])


def _table(flow: pd.DataFrame, drawn: set[str]) -> pd.DataFrame:
    """The rows of the flow, and which of them are drawn."""
    rows = zip(flow["search"], flow["box"], flow["detail"], strict=True)
    seen = ["yes" if address(*row) in drawn else "no" for row in rows]
    return flow.assign(drawn=seen).reset_index(drop=True)
