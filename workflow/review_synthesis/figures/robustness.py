"""The figure of robustness: what becomes of each finding when a part of the evidence goes."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH, Legend
from review_synthesis.figures.plate import (
    GREY,
    GRID,
    INK,
    PALE,
    QUIET,
    SMALL,
    SOLID,
    Plate,
    Style,
    finding_name,
    look,
)
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.robustness.scenarios import SCENARIOS
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    found_by,
    leaders,
    listed,
    sentence_case,
    studies_of,
)

CELL = ["factor_id", "direction"]
LABELS, PUBLISHED, ALL = 2.15, 0.2, 0.26
FAMILY, SINGLE, GAP = 0.43, 0.235, 0.1
NUMBERS = [WIDTH - MARGIN - 0.46, WIDTH - MARGIN]
ROW, DOT, UPRIGHT = 0.168, 5.2, 0.76
MARKERS: dict[str, Style] = {
    "consensus": {"marker": "o"},
    "emerging": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    "isolated": {"marker": "o", "markerfacecolor": "white"},
    "not reported": {"marker": "_", "markeredgewidth": 1.2},
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
    def name(self) -> str:
        """What the finding is called inside a sentence."""
        return finding_name(self.label, self.direction)

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


@look()
def plot_robustness(robustness: pd.DataFrame, robustness_summary: pd.DataFrame, cut: str) -> Plate:
    """Draw what each finding becomes in each kind of scenario, one row per finding.

    Drawn are the findings that are consensus or that the review published; those that change
    least stand first. A cell of a kind that leaves one out each says how many of its variants
    keep the judgement; any other cell shows the judgement that results. A tinted ground marks
    each change. The table has a row per finding and kind of scenario (see ``Cell``).
    """
    drawn = _drawn(robustness_summary)
    table = _table(robustness, drawn)
    cells = rows_of(table, Cell)
    total = int(robustness_summary["studies_total"].max()) if len(robustness_summary) else 0
    if not cells:
        return empty_plate(_title(cells), found_by(total, cut), table)
    findings = list({cell.finding: cell for cell in cells}.values())
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.1) for each in findings]
    rows = place_rows(map(len, labels), ROW, [each.direction for each in findings])
    places, spans = _columns(table)
    heads = _heads(places)
    lengths = [layout.text_width(line, SMALL) for lines in heads.values() for line in lines]
    above = 0.54 + max(UPRIGHT, *lengths)
    sheet = open_sheet(
        _title(cells),
        _subtitle(table, total, cut),
        rows.height,
        above=above,
        legend=_legend(),
        notes=_notes(len(robustness_summary) - len(drawn)),
    )
    sheet.axes.set_xlim(0, WIDTH)
    _put_heads(sheet, heads, spans, above)
    sheet.write_headings({"enabler": _("Enablers"), "barrier": _("Barriers")}, rows)
    for finding, label, y, height in zip(findings, labels, rows.middles, rows.heights, strict=True):
        ends = [MARGIN, WIDTH - MARGIN]
        sheet.axes.plot(ends, [y + height / 2] * 2, color=GRID, linewidth=0.4, zorder=0)
        sheet.write(MARGIN, y, label)
        _finding(sheet, finding, y)
        for cell in cells:
            if cell.finding == finding.finding:
                _cell(sheet, cell, places[cell.scenario], y)
    return Plate(sheet.figure, _alt(cells, findings, total), table)


def _drawn(summary: pd.DataFrame) -> pd.DataFrame:
    """The findings to draw: enablers first, consensus first, those that change least first."""
    chosen = summary[(summary["judgement"] == "consensus") | (summary["published"] == "yes")]
    keys = chosen[["share_unchanged", "label"]].assign(
        side=chosen["direction"].map(JUDGED_DIRECTIONS.index),
        other=chosen["judgement"] != "consensus",
        frail=chosen["fragility_index"].fillna(0),
    )
    by = ["side", "other", "share_unchanged", "frail", "label"]
    order = keys.sort_values(by, ascending=[True, True, False, False, True]).index
    return chosen.loc[order].reset_index(drop=True)


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


def _legend() -> Legend:
    style: Style = {"linestyle": "none", "color": INK, "markersize": DOT}
    signs: Legend = {
        sentence_case(p_("judgement", name)): [Line2D([], [], **style, **sign)]
        for name, sign in MARKERS.items()
    }
    grounds = [Patch(facecolor=PALE[each], edgecolor="none") for each in ("enabler", "barrier")]
    return {**signs, _("Judgement changed"): grounds}


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
        layout.put_upright(sheet.figure, x, sheet.top - 0.05, lines, SMALL)
    for sort, ends in spans.items():
        layout.rule(sheet.figure, ends, sheet.top - above + 0.44)
        sheet.write(ends[0], 0.36 - above, sort, **QUIET)
    names = {_("Share unchanged"): 0.6, _("Fragility index"): 0.42}
    for x, (name, room) in zip(NUMBERS, names.items(), strict=True):
        sheet.write(x, -0.14, layout.balance(name, room, SMALL), SMALL, ha="right")


def _finding(sheet: Sheet, finding: Cell, y: float) -> None:
    """What is said of the finding itself: whether published, its judgement, and its numbers."""
    left = MARGIN + LABELS + PUBLISHED
    if finding.published == "yes":
        sheet.axes.plot(left - PUBLISHED / 2, y, marker="D", color=INK, markersize=3.2, zorder=3)
    _sign(sheet.axes, left + ALL / 2, y, finding.declared_judgement, finding.direction)
    index = "–" if pd.isna(finding.fragility_index) else f"{finding.fragility_index}"
    for x, text in zip(NUMBERS, (finding.share, index), strict=True):
        sheet.write(x, y, text, SMALL, ha="right")


def _cell(sheet: Sheet, cell: Cell, x: float, y: float) -> None:
    if cell.changed:
        name = f"changed-{cell.factor_id}-{cell.direction}-{cell.scenario}"
        width = SINGLE if cell.judgement else FAMILY
        style: Style = {"facecolor": PALE[cell.direction], "edgecolor": "none"}
        layout.bar(sheet.axes, x - width / 2, y, width, ROW - 0.012, gid=name, zorder=1, **style)
    if cell.judgement:
        _sign(sheet.axes, x, y, cell.judgement, cell.direction)
        return
    style = {"weight": "bold"} if cell.changed else {"color": GREY}
    sheet.write(x, y, f"{cell.unchanged}/{cell.variants}", SMALL, ha="center", **style)


def _sign(axes: Axes, x: float, y: float, judgement: str, direction: str) -> None:
    axes.plot(x, y, color=SOLID[direction], markersize=DOT, zorder=3, **MARKERS[judgement])


def _title(cells: list[Cell]) -> str:
    """What was found, in a sentence that holds for these data."""
    always = {cell.finding: cell.always for cell in cells}
    agreed = [cell for cell in cells if cell.declared_judgement == "consensus"]
    number = len({cell.finding for cell in agreed})
    if not number:
        return n_(
            "No finding is a consensus; {n} of {all} published keeps its judgement throughout",
            "No finding is a consensus; {n} of {all} published keep their judgement throughout",
            sum(always.values()),
            all=len(always),
        )
    lost = {cell.finding for cell in agreed if cell.scenario == "one study out" and cell.changed}
    survive = n_(
        "{n} of {all} consensus findings survives the removal of any one study",
        "{n} of {all} consensus findings survive the removal of any one study",
        number - len(lost),
        all=number,
    )
    kept = len({cell.finding for cell in agreed if cell.always})
    return f"{survive}; {n_('{n} holds in every scenario', '{n} hold in every scenario', kept)}"


def _subtitle(table: pd.DataFrame, total: int, cut: str) -> str:
    variants = table.drop_duplicates("scenario")["variants"]
    return _(
        "{found}; {findings} judged again in {scenarios} of {kinds}",
        found=found_by(total, cut),
        findings=_findings(len(table.drop_duplicates(CELL))),
        scenarios=n_("{n} scenario", "{n} scenarios", int(variants.sum())),
        kinds=n_("{n} kind", "{n} kinds", len(variants)),
    )


def _findings(number: int) -> str:
    return n_("{n} finding", "{n} findings", number)


def _notes(not_drawn: int) -> list[str]:
    """How the figure is read, and how many findings are not drawn."""
    index = _("Fragility index: the fewest supporting studies whose removal ends the consensus.")
    others = n_(
        "Not drawn: {n} other finding, emerging and not published (see robustness.csv).",
        "Not drawn: {n} other findings, emerging and not published (see robustness.csv).",
        not_drawn,
    )
    return [index, others] if not_drawn else [index]


def _alt(cells: list[Cell], findings: list[Cell], total: int) -> str:
    sentences = [
        n_(
            "Table of {findings} from {studies} against {n} kind of scenario, which judges them "
            "again on a part of the evidence or by another unit.",
            "Table of {findings} from {studies} against {n} kinds of scenario, each of which "
            "judges them again on a part of the evidence or by another unit.",
            len({cell.scenario for cell in cells}),
            findings=_findings(len(findings)),
            studies=studies_of(total),
        ),
        f"{_title(cells)}.",
    ]
    always = [finding.name for finding in findings if finding.always]
    if always:
        sentences.append(_("Unchanged in every scenario: {findings}.", findings=listed(always)))
    changed = [finding for finding in findings if not finding.always]
    changed.sort(key=lambda each: (each.share_unchanged, *each.finding))
    least = [f"{finding.name} {finding.share}" for finding in changed[:3]]
    if least:
        sentences += [
            _("Least often unchanged: {findings} of the scenarios.", findings=listed(least)),
            _most_changing(cells),
        ]
    return " ".join(sentences)


def _most_changing(cells: list[Cell]) -> str:
    """Which kind of scenario changes most judgements."""
    changes = pd.Series([cell.scenario for cell in cells if cell.changed]).value_counts()
    return _(
        "What most often changes a judgement: {scenarios} ({findings}).",
        scenarios=listed([p_("scenario", name) for name in sorted(leaders(changes))]),
        findings=_findings(int(changes.max())),
    )
