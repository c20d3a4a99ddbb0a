"""The figure of robustness: what becomes of each finding when a part of the evidence goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, GRID, INK, PALE, SMALL, SOLID, Plate, look
from review_synthesis.figures.words import (
    count_of,
    found_by,
    listed,
    mid_sentence,
    sentence_case,
)
from review_synthesis.robustness import SCENARIOS
from review_synthesis.schemas import JUDGED_DIRECTIONS

CELL = ["factor_id", "direction"]
LABELS, PUBLISHED, ALL = 2.15, 0.2, 0.26
FAMILY, SINGLE, GAP, NUMBERS = 0.43, 0.235, 0.1, [0.48, 0.4]
ROW, DOT = 0.168, 5.2
HEADINGS = {"enabler": "Enablers", "barrier": "Barriers"}
COLUMNS = [
    *[*CELL, "label", "published", "studies", "declared_judgement"],
    *["scenario", "variants", "unchanged", "judgement", "share_unchanged", "fragility_index"],
]
MARKERS: dict[str, dict[str, Any]] = {
    "consensus": {"marker": "o"},
    "emerging": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    "isolated": {"marker": "o", "markerfacecolor": "white"},
    "not reported": {"marker": "_", "markeredgewidth": 1.2},
}
ONE_OUT = "one study out"
FRAGILITY = (
    "Fragility index: the fewest supporting studies whose removal ends the consensus; "
    "– where there is none to end."
)


@look()
def plot_robustness(robustness: pd.DataFrame, robustness_summary: pd.DataFrame, cut: str) -> Plate:
    """Draw what each finding becomes in each kind of scenario, one row per finding.

    Drawn are the findings that are consensus or that the review published; those that change
    least stand first. A cell of a kind that leaves one out each says how many of its variants
    keep the judgement; any other cell shows the judgement that results. A tinted ground marks
    each change. The table has a row per finding and kind of scenario: ``factor_id``,
    ``direction``, ``label``, ``published``, ``studies``, ``declared_judgement``, ``scenario``,
    ``variants``, ``unchanged``, ``judgement`` (empty where variants are counted),
    ``share_unchanged`` and ``fragility_index`` (both of the finding, over all scenarios).
    """
    drawn = _drawn(robustness_summary)
    table = _table(robustness, drawn)
    total = int(robustness_summary["studies_total"].max()) if len(robustness_summary) else 0
    if table.empty:
        figure, top = layout.begin(_title(table), found_by(total, cut), 0.2)
        layout.put(figure, MARGIN, top + 0.1, "There is no finding to judge again.")
        return Plate(figure, f"Empty chart: {mid_sentence(_title(table))}.", table)
    labels = [layout.balance(label, LABELS - 0.1) for label in drawn["label"]]
    sides = drawn["direction"].map(HEADINGS).tolist()
    rows, headings, body = layout.grouped_rows(sides, [len(label) for label in labels], ROW)
    places, numbers, ends = _columns(table)
    names = {name: layout.balance(sentence_case(name), 0.82, SMALL) for name in places}
    reach = max(layout.text_width(line, SMALL) for lines in names.values() for line in lines)
    notes = [FRAGILITY, *_left_out(robustness_summary, drawn)]
    above = 0.62 + reach + 0.12
    figure, top = layout.begin(_title(table), _subtitle(table, total, cut), above + body, notes)
    layout.put_legend(figure, top, _legend())
    top += above
    axes = layout.panel(figure, (0, WIDTH), (top, top + body))
    axes.set_xlim(0, WIDTH)
    for direction, side in HEADINGS.items():
        if side in headings:
            style = {"weight": "bold", "color": SOLID[direction]}
            layout.put(figure, MARGIN, top + headings[side], side, **style)
    for y, label in zip(rows, labels, strict=True):
        layout.put_lines(figure, MARGIN, top + y, label)
    _heads(figure, names, places, ends, top, reach)
    _heads_of_numbers(figure, numbers, top)
    for finding, y in zip(drawn.to_dict("records"), rows, strict=True):
        axes.plot([MARGIN, WIDTH - MARGIN], [y + ROW / 2] * 2, color=GRID, lw=0.4, zorder=0)
        cells = table[(table[CELL] == [finding[each] for each in CELL]).all(axis=1)]
        _row(figure, axes, finding, y, numbers, top)
        for cell in cells.to_dict("records"):
            _cell(figure, axes, cell, (places[cell["scenario"]], y), top)
    return Plate(figure, _alt(table, drawn, total), table)


def _drawn(summary: pd.DataFrame) -> pd.DataFrame:
    """The findings to draw: enablers first, consensus first, those that change least first."""
    chosen = summary[(summary["judgement"] == "consensus") | (summary["published"] == "yes")]
    keys = pd.DataFrame(
        {
            "side": chosen["direction"].map(JUDGED_DIRECTIONS.index),
            "other": chosen["judgement"] != "consensus",
            "changes": -chosen["share_unchanged"],
            "frail": -chosen["fragility_index"].fillna(0),
            "label": chosen["label"],
        }
    )
    return chosen.loc[keys.sort_values(list(keys.columns)).index].reset_index(drop=True)


def _table(robustness: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    declared = [each.name for each in SCENARIOS]
    present = robustness["scenario"].drop_duplicates().tolist()
    kinds = [each for each in declared if each in present]
    kinds += sorted(set(present) - set(kinds))
    cells = robustness.assign(
        same=(robustness["changed"] == "no").astype("int64"),
        result=robustness["judgement"].where(robustness["left_out"] == "", ""),
    )
    again = cells.groupby([*CELL, "scenario"], as_index=False).agg(
        variants=("same", "size"), unchanged=("same", "sum"), result=("result", "first")
    )
    findings = drawn.drop(columns="unchanged").rename(columns={"judgement": "declared_judgement"})
    table = findings.reset_index(names="row").merge(again, on=CELL)
    table["kind"] = table["scenario"].map({kind: place for place, kind in enumerate(kinds)})
    table = table.rename(columns={"result": "judgement"}).sort_values(["row", "kind"])
    return table[COLUMNS].reset_index(drop=True)


def _columns(table: pd.DataFrame) -> tuple[dict[str, float], list[float], list[tuple[Any, ...]]]:
    """The middle of each kind's column, the right of each number's, and the spans of both sorts."""
    kinds = table.drop_duplicates("scenario").set_index("scenario")["judgement"]
    x = MARGIN + LABELS + PUBLISHED + ALL + GAP
    places = {}
    ends: list[tuple[Any, ...]] = []
    for title, width, names in (
        ("Variants unchanged", FAMILY, kinds.index[kinds == ""]),
        ("Judgement that results", SINGLE, kinds.index[kinds != ""]),
    ):
        if len(names):
            ends.append((title, x + 0.03, x + width * len(names) - 0.03))
        for name in names:
            places[str(name)] = x + width / 2
            x += width
        x += GAP if len(names) else 0
    return places, [WIDTH - MARGIN - NUMBERS[1], WIDTH - MARGIN], ends


def _legend() -> dict[str, Sequence[Artist]]:
    style: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": DOT}
    signs: dict[str, Sequence[Artist]] = {
        name.capitalize(): [Line2D([], [], **style, **sign)] for name, sign in MARKERS.items()
    }
    grounds = [Patch(facecolor=PALE[each], edgecolor="none") for each in ("enabler", "barrier")]
    return {**signs, "Judgement changed (bold)": grounds}


def _heads(
    figure: Figure,
    names: dict[str, list[str]],
    places: dict[str, float],
    ends: list[tuple[Any, ...]],
    top: float,
    reach: float,
) -> None:
    """What stands above the columns: the names of the kinds, which of the two sorts they are."""
    left = MARGIN + LABELS
    layout.put_upright(figure, left + PUBLISHED / 2, top - 0.05, ["Published"], SMALL)
    upright = left + PUBLISHED + ALL / 2
    layout.put_upright(figure, upright, top - 0.05, ["All evidence"], SMALL, weight="bold")
    for name, x in places.items():
        layout.put_upright(figure, x, top - 0.05, names[name], SMALL)
    for title, start, end in ends:
        y = top - reach - 0.12
        layout.rule(figure, (start, end), y)
        layout.put(figure, start, y - 0.08, title, SMALL, color=GREY)


def _heads_of_numbers(figure: Figure, numbers: list[float], top: float) -> None:
    style: dict[str, Any] = {"size": SMALL, "ha": "right"}
    for x, lines in zip(numbers, (["Share", "un-", "changed"], ["Fragi-", "lity", "index"])):
        layout.put_lines(figure, x, top - 0.2, lines, **style)


def _row(
    figure: Figure,
    axes: Axes,
    finding: dict[Any, Any],
    y: float,
    numbers: list[float],
    top: float,
) -> None:
    """What is said of the finding itself: whether published, its judgement, and its numbers."""
    left = MARGIN + LABELS
    if finding["published"] == "yes":
        axes.plot(left + PUBLISHED / 2, y, marker="D", color=INK, markersize=3.2, zorder=3)
    _sign(axes, left + PUBLISHED + ALL / 2, y, finding["judgement"], finding["direction"])
    share = f"{100 * finding['share_unchanged']:.0f}%"
    fragility = finding["fragility_index"]
    index = "–" if pd.isna(fragility) else f"{fragility}"
    for x, text in zip(numbers, (share, index), strict=True):
        layout.put(figure, x, top + y, text, SMALL, ha="right")


def _cell(
    figure: Figure, axes: Axes, cell: dict[Any, Any], place: tuple[float, float], top: float
) -> None:
    x, y = place
    changed = cell["unchanged"] < cell["variants"]
    width = SINGLE if cell["judgement"] else FAMILY
    if changed:
        name = f"changed-{cell['factor_id']}-{cell['direction']}-{cell['scenario']}"
        style: dict[str, Any] = {"facecolor": PALE[cell["direction"]], "edgecolor": "none"}
        layout.bar(axes, x - width / 2, y, width, ROW - 0.012, gid=name, zorder=1, **style)
    if cell["judgement"]:
        _sign(axes, x, y, cell["judgement"], cell["direction"])
        return
    style = {"weight": "bold"} if changed else {"color": GREY}
    text = f"{cell['unchanged']}/{cell['variants']}"
    layout.put(figure, x, top + y, text, SMALL, ha="center", **style)


def _sign(axes: Axes, x: float, y: float, judgement: str, direction: str) -> None:
    style: dict[str, Any] = {"color": SOLID[direction], "markersize": DOT, "zorder": 3}
    axes.plot(x, y, **style, **MARKERS[judgement])


def _left_out(summary: pd.DataFrame, drawn: pd.DataFrame) -> list[str]:
    number = len(summary) - len(drawn)
    if number == 0:
        return []
    said = count_of(number, "other finding was", "other findings were")
    return [f"{said[:1].upper()}{said[1:]} judged again and is not drawn: see robustness.csv."]


def _findings(table: pd.DataFrame) -> pd.DataFrame:
    """The findings drawn, one row each, and whether they survive the removal of any one study."""
    lost = table[(table["scenario"] == ONE_OUT) & (table["unchanged"] < table["variants"])]
    findings = table.drop_duplicates(CELL).reset_index(drop=True)
    frail = pd.MultiIndex.from_frame(lost[CELL])
    hold = table.groupby(CELL)[["variants", "unchanged"]].sum()
    always = hold.index[hold["variants"] == hold["unchanged"]]
    cells = pd.MultiIndex.from_frame(findings[CELL])
    return findings.assign(survives=~cells.isin(frail), always=cells.isin(always))


def _title(table: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    if table.empty:
        return "No finding is a consensus, and the review published none on a factor"
    findings = _findings(table)
    agreed = findings[findings["declared_judgement"] == "consensus"]
    if agreed.empty:
        always = _number(int(findings["always"].sum()), len(findings))
        return f"No finding is a consensus; {always} published keep their judgement throughout"
    survive = _number(int(agreed["survives"].sum()), len(agreed))
    always = _number(int(agreed["always"].sum()), len(agreed)).split(" of ")[0]
    first = f"{survive[:1].upper()}{survive[1:]} consensus findings"
    return (
        f"{first} survive the removal of any one study; {always} hold in every scenario"
    )


def _number(part: int, whole: int) -> str:
    return f"all {whole}" if part == whole else f"{part or 'none'} of {whole}"
