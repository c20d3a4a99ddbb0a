"""The figure of robustness: each finding in each kind of scenario, at its worst."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import Patch

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, INK, PALE, SMALL, Plate, Style
from review_synthesis.figures.rows import (
    Sheet,
    empty_plate,
    fitting,
    open_sheet,
    place_rows,
    rows_of,
    taken,
)
from review_synthesis.figures.words import Words, say
from review_synthesis.robustness.scenarios import scenarios_of
from review_synthesis.tables.order import in_order
from review_synthesis.tables.vocabulary import (
    HANGS_ON_ONE,
    HOLDS_IN_ALL,
    HOLDS_WITHOUT_ANY,
    JUDGED_DIRECTIONS,
    OF_MORE,
    OFTEN,
    STRENGTHS,
)
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import sentence_case
from review_synthesis.wording.terms import entry

CELL = ["factor_id", "direction"]
LABELS, PUBLISHED, ALL, GAP = 2.0, 0.2, 0.24, 0.08
KINDS_END = WIDTH - MARGIN - 1.2
NUMBERS = [WIDTH - MARGIN - 0.76, WIDTH - MARGIN - 0.28]
ROW, DOT, UPRIGHT, WIDEST, STRENGTH = 0.168, 5.2, 0.76, 0.3, 0.09
MARKERS: dict[str, Style] = {
    HANGS_ON_ONE: {"marker": "o", "markerfacecolor": "white"},
    HOLDS_WITHOUT_ANY: {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    HOLDS_IN_ALL: {"marker": "o"},
}


class Cell(NamedTuple):
    """A finding in a kind of scenario: the variant that is worst for it."""

    factor_id: str
    direction: str
    label: str
    published: str
    studies: int
    declared_judgement: str
    kinds: int
    kinds_held: int
    fragility: int
    strength: str
    scenario: str
    holds: str
    left_out: str
    units: int
    units_required: int
    units_total: int
    judgement: str

    @property
    def finding(self) -> tuple[str, str]:
        """What tells the finding."""
        return self.factor_id, self.direction


class Kind(NamedTuple):
    """A kind of scenario and the number of findings of which something is said."""

    name: str
    findings: int


@plate.look()
def plot_robustness(
    robustness_kinds: pd.DataFrame, robustness_summary: pd.DataFrame, cut: str
) -> Plate:
    """Draw how many studies report each finding at the worst of each kind of scenario.

    Drawn are the findings that are often reported or that the review published, the weakest first;
    kinds in which most of them do not hold stand first. A tinted ground marks where the judgement
    does not hold, a frame where it is another only because as many studies as before are of more.
    The table has a row per finding and kind of scenario (see ``Cell``).
    """
    drawn = _drawn(robustness_summary)
    table = _table(robustness_kinds, drawn)
    cells = rows_of(table, Cell)
    every = list({cell.finding: cell for cell in cells}.values())
    named = [layout.balance(p_("factor", each.label), LABELS - 0.1) for each in every]
    lengths = [ROW + (len(lines) - 1) * layout.LINE for lines in named]
    kept = fitting(lengths, drawn["studies"].tolist(), [each.direction for each in every])
    words = _words(cells, every, robustness_summary, cut, len(every) - len(kept))
    if not cells:
        return empty_plate(words, table)
    findings, labels = taken(every, kept), taken(named, kept)
    by_finding: dict[object, list[Cell]] = {}
    for cell in cells:
        by_finding.setdefault(cell.finding, []).append(cell)
    rows = place_rows(map(len, labels), ROW, [each.direction for each in findings])
    places, width = _columns(table)
    heads = _heads(places, any(each.published == "yes" for each in every))
    lengths = [text_width(line, SMALL) for lines in heads.values() for line in lines]
    above = 0.3 + max(UPRIGHT, *lengths)
    signs = layout.line_signs(MARKERS.values(), linestyle="none", color=INK, markersize=DOT)
    grounds = [Patch(facecolor=PALE[each], edgecolor="none") for each in JUDGED_DIRECTIONS]
    frame = [Patch(facecolor="white", edgecolor=GREY, linewidth=0.6)]
    sheet = open_sheet(words, rows.height, above=above, signs=[grounds, frame, *signs])
    sheet.axes.set_xlim(0, WIDTH)
    _put_heads(sheet, heads)
    sheet.write_headings({"enabler": _("Enablers"), "barrier": _("Barriers")}, rows)
    for finding, label, y, height in zip(findings, labels, rows.middles, rows.heights, strict=True):
        ends = [MARGIN, WIDTH - MARGIN]
        sheet.axes.plot(ends, [y + height / 2] * 2, color=plate.GRID, linewidth=0.4, zorder=0)
        sheet.write(MARGIN, y, label)
        _finding(sheet, finding, y)
        for cell in by_finding[finding.finding]:
            _cell(sheet, cell, places[cell.scenario], y, width)
    return Plate(sheet.figure, words.alt, table)


def _words(
    cells: list[Cell], findings: list[Cell], summary: pd.DataFrame, cut: str, left_out: int
) -> Words:
    ending = Counter(cell.scenario for cell in cells if cell.holds == "no")
    of_more = Counter(cell.scenario for cell in cells if cell.holds == OF_MORE)
    return say(
        "robustness",
        empty=not cells,
        left_out=left_out,
        findings=findings,
        total=int(summary["studies_total"].max()) if len(summary) else 0,
        cut=cut,
        kinds=len({cell.scenario for cell in cells}),
        not_drawn=len(summary) - len(findings),
        published=any(each.published == "yes" for each in findings),
        ending=[Kind(*each) for each in sorted(ending.items())],
        of_more=[Kind(*each) for each in sorted(of_more.items())],
    )


def _drawn(summary: pd.DataFrame) -> pd.DataFrame:
    """The findings to draw: enablers first, often reported first, the weakest of these first."""
    chosen = summary[(summary["judgement"] == OFTEN) | (summary["published"] == "yes")]
    side = chosen["direction"].map(JUDGED_DIRECTIONS.index)
    other = chosen["judgement"] != OFTEN
    strength = chosen["strength"].map([*STRENGTHS, ""].index)
    firm = chosen["fragility"].fillna(0)
    held = chosen["kinds_held"]
    return in_order(chosen, side, other, strength, held, firm, chosen["label"])


def _table(kinds: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Each finding in each kind of scenario; kinds in which most do not hold come first."""
    findings = drawn.drop(columns="judgement").reset_index(names="row")
    table = findings.merge(kinds, on=CELL)
    place = (entry("place") or ["nation"])[0]
    declared = [each.name for each in scenarios_of(True, place)]
    names = declared + sorted(set(table["scenario"]) - set(declared))
    answers = table.groupby("scenario")["holds"]
    ends = answers.agg(lambda told: (told == "no").sum())
    more = answers.agg(lambda told: (told == OF_MORE).sum())
    order = sorted(ends.index, key=lambda kind: (-ends[kind], -more[kind], names.index(kind)))
    table["place"] = table["scenario"].map(order.index)
    return table.sort_values(["row", "place"])[list(Cell._fields)].reset_index(drop=True)


def _columns(table: pd.DataFrame) -> tuple[dict[str, float], float]:
    """The middle of the column of each kind of scenario, and how wide a column is."""
    kinds = list(dict.fromkeys(table["scenario"]))
    x = MARGIN + LABELS + PUBLISHED + ALL + GAP
    width = min((KINDS_END - x) / len(kinds), WIDEST)
    return {kind: x + width * (n + 0.5) for n, kind in enumerate(kinds)}, width


def _heads(places: dict[str, float], published: bool) -> dict[float, list[str]]:
    """What stands above the columns, running upwards, by the middle of each.

    A column has room for two lines of ``UPRIGHT`` inches, which are longer where words ask for it.
    The published findings have a column if there are any.
    """
    left = MARGIN + LABELS + PUBLISHED
    texts = {x: sentence_case(p_("scenario", name)) for name, x in places.items()}
    texts |= {left - PUBLISHED / 2: _("Published")} if published else {}
    texts |= {left + ALL / 2: _("All studies")}
    heads = {}
    for x, text in texts.items():
        room = max(UPRIGHT, *(text_width(word, SMALL) for word in text.split()))
        while len(layout.wrap(text, room, SMALL)) > 2:
            room += 0.06
        heads[x] = layout.balance(text, room, SMALL)
    return heads


def _put_heads(sheet: Sheet, heads: dict[float, list[str]]) -> None:
    """Write what stands above the columns."""
    for x, lines in heads.items():
        layout.put_upright(sheet.figure, x, sheet.top - 0.05, lines, size=SMALL)
    names = {_("Kinds held"): 0.4, _("Fragility index"): 0.42}
    for x, (name, room) in zip(NUMBERS, names.items(), strict=True):
        lines = layout.balance(name, room, SMALL)
        sheet.write(x, -0.06 - 0.06 * len(lines), lines, size=SMALL, ha="right")
    end = WIDTH - MARGIN - STRENGTH
    layout.put_upright(sheet.figure, end, sheet.top - 0.05, [_("Strength")], size=SMALL)


def _finding(sheet: Sheet, finding: Cell, y: float) -> None:
    """What is said of the finding itself: whether published, its studies, and its numbers."""
    left = MARGIN + LABELS + PUBLISHED
    if finding.published == "yes":
        sheet.axes.plot(left - PUBLISHED / 2, y, marker="D", color=INK, markersize=3.2, zorder=3)
    sheet.write(left + ALL / 2, y, f"{finding.studies}", size=SMALL, ha="center")
    index = "–" if pd.isna(finding.fragility) else f"{finding.fragility}"
    held = f"{finding.kinds_held}/{finding.kinds}"
    for x, text in zip(NUMBERS, (held, index), strict=True):
        sheet.write(x, y, text, size=SMALL, ha="right")
    if finding.strength:
        x, style = WIDTH - MARGIN - STRENGTH, MARKERS[finding.strength]
        sheet.axes.plot(x, y, color=INK, markersize=DOT, zorder=3, **style)


def _cell(sheet: Sheet, cell: Cell, x: float, y: float, width: float) -> None:
    """How many studies report the finding in a kind of scenario, and whether it holds."""
    name = f"{cell.factor_id}-{cell.direction}-{cell.scenario}"
    if cell.holds != "yes":
        style: Style = {"facecolor": PALE[cell.direction], "edgecolor": "none"}
        if cell.holds == OF_MORE:
            style = {"facecolor": "none", "edgecolor": GREY, "linewidth": 0.6}
        left = x - width / 2 + 0.01
        layout.bar(
            sheet.axes,
            left,
            y,
            width - 0.02,
            ROW - 0.03,
            gid=f"{cell.holds}-{name}",
            zorder=1,
            **style,
        )
    weight, colour = ("bold", INK) if cell.holds == "no" else ("normal", GREY)
    sheet.write(x, y, f"{cell.units}", size=SMALL, ha="center", weight=weight, color=colour)
