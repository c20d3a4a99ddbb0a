"""The figure of robustness: what becomes of each finding when a part of the evidence goes."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import INK, PALE, QUIET, SMALL, SOLID, Plate, Style
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
from review_synthesis.robustness.scenarios import SCENARIOS
from review_synthesis.tables.order import in_order
from review_synthesis.tables.vocabulary import (
    JUDGED_DIRECTIONS,
    MIXED,
    NOT_REPORTED,
    OFTEN,
    ONCE,
    SOMETIMES,
)
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import sentence_case

CELL = ["factor_id", "direction"]
LABELS, PUBLISHED, ALL = 2.15, 0.2, 0.26
FAMILY, SINGLE, GAP = 0.43, 0.235, 0.1
NUMBERS = [WIDTH - MARGIN - 0.46, WIDTH - MARGIN]
ROW, DOT, UPRIGHT = 0.168, 5.2, 0.76
MARKERS: dict[str, Style] = {
    OFTEN: {"marker": "o"},
    MIXED: {"marker": "D", "markerfacecolor": "white"},
    SOMETIMES: {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    ONCE: {"marker": "o", "markerfacecolor": "white"},
    NOT_REPORTED: {"marker": "_", "markeredgewidth": 1.2},
}


class Cell(NamedTuple):
    """A finding in a kind of scenario."""

    factor_id: str
    direction: str
    label: str
    published: str
    studies: int
    declared_judgement: str
    scenario: str
    variants: int
    unchanged: int
    judgement: str
    """Empty where variants are counted."""
    share_unchanged: float
    """Of the finding, over all scenarios, as is the next."""
    fragility_index: int

    @property
    def finding(self) -> tuple[str, str]:
        """What tells the finding."""
        return self.factor_id, self.direction

    @property
    def always(self) -> bool:
        """Whether no scenario changes the finding."""
        return self.share_unchanged == 1

    @property
    def share(self) -> str:
        """The share of scenarios unchanged; 100% is said only of all."""
        return "100%" if self.always else f"{min(100 * self.share_unchanged, 99):.0f}%"

    @property
    def changed(self) -> bool:
        """Whether any variant of this kind changes the finding."""
        return self.unchanged < self.variants


class Kind(NamedTuple):
    """A kind of scenario and the number of findings that it changes."""

    name: str
    findings: int


@plate.look()
def plot_robustness(robustness: pd.DataFrame, robustness_summary: pd.DataFrame, cut: str) -> Plate:
    """Draw what each finding becomes in each kind of scenario, one row per finding.

    Drawn are the findings often reported or that the review published; those that change
    least stand first. A cell of a kind that leaves one out each says how many of its variants
    keep the judgement; any other cell shows the judgement that results. A tinted ground marks
    each change. The table has a row per finding and kind of scenario (see ``Cell``).
    """
    drawn = _drawn(robustness_summary)
    table = _table(robustness, drawn)
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
    places, spans = _columns(table)
    heads = _heads(places)
    lengths = [layout.text_width(line, SMALL) for lines in heads.values() for line in lines]
    above = 0.54 + max(UPRIGHT, *lengths)
    signs = layout.line_signs(MARKERS.values(), linestyle="none", color=INK, markersize=DOT)
    grounds = [Patch(facecolor=PALE[each], edgecolor="none") for each in JUDGED_DIRECTIONS]
    sheet = open_sheet(words, rows.height, above=above, signs=[*signs, grounds])
    sheet.axes.set_xlim(0, WIDTH)
    _put_heads(sheet, heads, spans, above)
    sheet.write_headings({"enabler": _("Enablers"), "barrier": _("Barriers")}, rows)
    for finding, label, y, height in zip(findings, labels, rows.middles, rows.heights, strict=True):
        ends = [MARGIN, WIDTH - MARGIN]
        sheet.axes.plot(ends, [y + height / 2] * 2, color=plate.GRID, linewidth=0.4, zorder=0)
        sheet.write(MARGIN, y, label)
        _finding(sheet, finding, y)
        for cell in by_finding[finding.finding]:
            _cell(sheet, cell, places[cell.scenario], y)
    return Plate(sheet.figure, words.alt, table)


def _words(
    cells: list[Cell], findings: list[Cell], summary: pd.DataFrame, cut: str, left_out: int
) -> Words:
    kinds = {cell.scenario: cell.variants for cell in cells}
    changing = Counter(cell.scenario for cell in cells if cell.changed)
    return say(
        "robustness",
        empty=not cells,
        left_out=left_out,
        cells=cells,
        findings=findings,
        total=int(summary["studies_total"].max()) if len(summary) else 0,
        cut=cut,
        kinds=len(kinds),
        variants=sum(kinds.values()),
        not_drawn=len(summary) - len(findings),
        changes=[Kind(*each) for each in sorted(changing.items())],
    )


def _drawn(summary: pd.DataFrame) -> pd.DataFrame:
    """The findings to draw: enablers first, often reported first, those that change least first."""
    chosen = summary[(summary["judgement"] == OFTEN) | (summary["published"] == "yes")]
    side = chosen["direction"].map(JUDGED_DIRECTIONS.index)
    other = chosen["judgement"] != OFTEN
    firm = chosen["fragility_index"].fillna(0)
    return in_order(chosen, side, other, -chosen["share_unchanged"], -firm, chosen["label"])


def _table(robustness: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    declared = [each.name for each in SCENARIOS]
    kinds = declared + sorted(set(robustness["scenario"]) - set(declared))
    cells = robustness.assign(
        same=(robustness["changed"] == "no").astype("int64"),
        result=robustness["judgement"].where(robustness["left_out"] == "", ""),
    )
    again = cells.groupby([*CELL, "scenario"], as_index=False).agg(
        variants=("same", "size"), unchanged=("same", "sum"), result=("result", "first")
    )
    findings = drawn.drop(columns="unchanged").rename(columns={"judgement": "declared_judgement"})
    table = findings.reset_index(names="row").merge(again, on=CELL)
    table["kind"] = table["scenario"].map(kinds.index)
    table = table.rename(columns={"result": "judgement"}).sort_values(["row", "kind"])
    return table[list(Cell._fields)].reset_index(drop=True)


def _columns(table: pd.DataFrame) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """The middle of the column of each kind of scenario, and the span of each sort of kinds."""
    kinds = table.drop_duplicates("scenario").set_index("scenario")["judgement"]
    x = MARGIN + LABELS + PUBLISHED + ALL + GAP
    places: dict[str, float] = {}
    spans: dict[str, tuple[float, float]] = {}
    sorts = {_("Variants unchanged"): kinds == "", _("Judgement that results"): kinds != ""}
    for (sort, chosen), width in zip(sorts.items(), (FAMILY, SINGLE), strict=True):
        names = kinds.index[chosen]
        places |= {str(name): x + width * (n + 0.5) for n, name in enumerate(names)}
        if len(names):
            spans[sort] = (x + 0.03, x + width * len(names) - 0.03)
            x += max(width * len(names), layout.text_width(sort, SMALL)) + GAP
    return places, spans


def _heads(places: dict[str, float]) -> dict[float, list[str]]:
    """What stands above the columns, running upwards, by the middle of each.

    A column has room for two lines of ``UPRIGHT`` inches, which are longer where words ask for it.
    """
    left = MARGIN + LABELS + PUBLISHED
    texts = {x: sentence_case(p_("scenario", name)) for name, x in places.items()}
    texts |= {left - PUBLISHED / 2: _("Published"), left + ALL / 2: _("All evidence")}
    heads = {}
    for x, text in texts.items():
        room = max(UPRIGHT, *(layout.text_width(word, SMALL) for word in text.split()))
        while len(layout.wrap(text, room, SMALL)) > 2:
            room += 0.06
        heads[x] = layout.balance(text, room, SMALL)
    return heads


def _put_heads(
    sheet: Sheet,
    heads: dict[float, list[str]],
    spans: dict[str, tuple[float, float]],
    above: float,
) -> None:
    """Write what stands above the columns, and over each sort of them what they show."""
    for x, lines in heads.items():
        layout.put_upright(sheet.figure, x, sheet.top - 0.05, lines, size=SMALL)
    for sort, ends in spans.items():
        layout.rule(sheet.figure, ends, sheet.top - above + 0.44)
        sheet.write(ends[0], 0.36 - above, sort, **QUIET)
    names = {_("Share unchanged"): 0.6, _("Fragility index"): 0.42}
    for x, (name, room) in zip(NUMBERS, names.items(), strict=True):
        sheet.write(x, -0.14, layout.balance(name, room, SMALL), size=SMALL, ha="right")


def _finding(sheet: Sheet, finding: Cell, y: float) -> None:
    """What is said of the finding itself: whether published, its judgement, and its numbers."""
    left = MARGIN + LABELS + PUBLISHED
    if finding.published == "yes":
        sheet.axes.plot(left - PUBLISHED / 2, y, marker="D", color=INK, markersize=3.2, zorder=3)
    _sign(sheet.axes, left + ALL / 2, y, finding.declared_judgement, finding.direction)
    index = "–" if pd.isna(finding.fragility_index) else f"{finding.fragility_index}"
    for x, text in zip(NUMBERS, (finding.share, index), strict=True):
        sheet.write(x, y, text, size=SMALL, ha="right")


def _cell(sheet: Sheet, cell: Cell, x: float, y: float) -> None:
    if cell.changed:
        name = f"changed-{cell.factor_id}-{cell.direction}-{cell.scenario}"
        width = SINGLE if cell.judgement else FAMILY
        style: Style = {"facecolor": PALE[cell.direction], "edgecolor": "none"}
        layout.bar(sheet.axes, x - width / 2, y, width, ROW - 0.012, gid=name, zorder=1, **style)
    if cell.judgement:
        _sign(sheet.axes, x, y, cell.judgement, cell.direction)
        return
    weight, colour = ("bold", INK) if cell.changed else ("normal", plate.GREY)
    text = f"{cell.unchanged}/{cell.variants}"
    sheet.write(x, y, text, size=SMALL, ha="center", weight=weight, color=colour)


def _sign(axes: Axes, x: float, y: float, judgement: str, direction: str) -> None:
    axes.plot(x, y, color=SOLID[direction], markersize=DOT, zorder=3, **MARKERS[judgement])
