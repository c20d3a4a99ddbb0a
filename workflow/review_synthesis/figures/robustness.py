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

from review_synthesis import words
from review_synthesis.figures import layout
from review_synthesis.figures.layout import LEADING, MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, GRID, INK, PALE, SMALL, SOLID, TEXT, Plate, look
from review_synthesis.robustness import SCENARIOS
from review_synthesis.schemas import JUDGED_DIRECTIONS

CELL = ["factor_id", "direction"]
LABELS, PUBLISHED, ALL = 2.15, 0.2, 0.26
FAMILY, SINGLE, GAP = 0.43, 0.235, 0.1
NUMBERS = [WIDTH - MARGIN - 0.46, WIDTH - MARGIN]
ABOVE, ROW, DOT = 1.3, 0.168, 5.2
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
FRAGILITY = "Fragility index: the fewest supporting studies whose removal ends the consensus."


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
        figure, top = layout.begin(_title(table), words.found_by(total, cut), 0.2)
        layout.put(figure, MARGIN, top + 0.1, "There is no finding to judge again.")
        return Plate(figure, f"Empty chart: {words.mid_sentence(_title(table))}.", table)
    labels = [layout.balance(label, LABELS - 0.1) for label in drawn["label"]]
    sides = drawn["direction"].map(HEADINGS).tolist()
    rows, headings, body = layout.grouped_rows(sides, [len(label) for label in labels], ROW)
    notes = [FRAGILITY, *_not_drawn(len(robustness_summary) - len(drawn))]
    figure, top = layout.begin(_title(table), _subtitle(table, total, cut), ABOVE + body, notes)
    layout.put_legend(figure, top, _legend())
    top += ABOVE
    axes = layout.panel(figure, (0, WIDTH), (top, top + body))
    axes.set_xlim(0, WIDTH)
    places, spans = _columns(table)
    _heads(figure, places, spans, top)
    for direction, side in HEADINGS.items():
        if side in headings:
            style: dict[str, Any] = {"weight": "bold", "color": SOLID[direction]}
            layout.put(figure, MARGIN, top + headings[side], side, **style)
    by_finding = dict(iter(table.groupby(CELL)))
    for finding, y, label in zip(drawn.to_dict("records"), rows, labels, strict=True):
        bottom = y + ROW / 2 + (len(label) - 1) / 2 * LEADING * TEXT / 72
        axes.plot([MARGIN, WIDTH - MARGIN], [bottom] * 2, color=GRID, linewidth=0.4, zorder=0)
        layout.put_lines(figure, MARGIN, top + y, label)
        _row(figure, axes, finding, y, top)
        for cell in by_finding[(finding["factor_id"], finding["direction"])].to_dict("records"):
            _cell(figure, axes, cell, places[cell["scenario"]], y, top)
    return Plate(figure, _alt(table, drawn, total), table)


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
    return table[COLUMNS].reset_index(drop=True)


def _columns(table: pd.DataFrame) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """The middle of the column of each kind of scenario, and the span of each sort of kinds."""
    kinds = table.drop_duplicates("scenario").set_index("scenario")["judgement"]
    x = MARGIN + LABELS + PUBLISHED + ALL + GAP
    places: dict[str, float] = {}
    spans = {}
    sorts = {"Variants unchanged": kinds == "", "Judgement that results": kinds != ""}
    for (sort, chosen), width in zip(sorts.items(), (FAMILY, SINGLE), strict=True):
        names = kinds.index[chosen]
        places |= {str(name): x + width * (n + 0.5) for n, name in enumerate(names)}
        if len(names):
            spans[sort] = (x + 0.03, x + width * len(names) - 0.03)
            x += width * len(names) + GAP
    return places, spans


def _legend() -> dict[str, Sequence[Artist]]:
    style: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": DOT}
    signs: dict[str, Sequence[Artist]] = {
        name.capitalize(): [Line2D([], [], **style, **sign)] for name, sign in MARKERS.items()
    }
    grounds = [Patch(facecolor=PALE[each], edgecolor="none") for each in ("enabler", "barrier")]
    return {**signs, "Judgement changed": grounds}


def _heads(figure: Figure, places: dict[str, float], spans: dict[str, Any], top: float) -> None:
    """What stands above the columns."""
    texts = {
        x: layout.balance(words.sentence_case(name), 0.82, SMALL) for name, x in places.items()
    }
    left = MARGIN + LABELS + PUBLISHED
    texts |= {left - PUBLISHED / 2: ["Published"], left + ALL / 2: ["All evidence"]}
    for x, lines in texts.items():
        layout.put_upright(figure, x, top - 0.05, lines, SMALL)
    for sort, ends in spans.items():
        layout.rule(figure, ends, top - 0.86)
        layout.put(figure, ends[0], top - 0.94, sort, SMALL, color=GREY)
    for x, lines in zip(NUMBERS, (["Share", "unchanged"], ["Fragility", "index"]), strict=True):
        layout.put_lines(figure, x, top - 0.14, lines, SMALL, ha="right")


def _row(figure: Figure, axes: Axes, finding: dict[Any, Any], y: float, top: float) -> None:
    """What is said of the finding itself: whether published, its judgement, and its numbers."""
    left = MARGIN + LABELS + PUBLISHED
    if finding["published"] == "yes":
        axes.plot(left - PUBLISHED / 2, y, marker="D", color=INK, markersize=3.2, zorder=3)
    _sign(axes, left + ALL / 2, y, finding["judgement"], finding["direction"])
    fragility = finding["fragility_index"]
    index = "–" if pd.isna(fragility) else f"{fragility}"
    for x, text in zip(NUMBERS, (_share(finding), index), strict=True):
        layout.put(figure, x, top + y, text, SMALL, ha="right")


def _share(finding: dict[Any, Any]) -> str:
    """The share of scenarios unchanged; 100% is said only of all."""
    share = float(finding["share_unchanged"])
    return "100%" if share == 1 else f"{min(100 * share, 99):.0f}%"


def _cell(figure: Figure, axes: Axes, cell: dict[Any, Any], x: float, y: float, top: float) -> None:
    width = SINGLE if cell["judgement"] else FAMILY
    if changed := cell["unchanged"] < cell["variants"]:
        name = f"changed-{cell['factor_id']}-{cell['direction']}-{cell['scenario']}"
        style: dict[str, Any] = {"facecolor": PALE[cell["direction"]], "edgecolor": "none"}
        layout.bar(axes, x - width / 2, y, width, ROW - 0.012, gid=name, zorder=1, **style)
    if cell["judgement"]:
        _sign(axes, x, y, cell["judgement"], cell["direction"])
        return
    style = {"ha": "center", **({"weight": "bold"} if changed else {"color": GREY})}
    layout.put(figure, x, top + y, f"{cell['unchanged']}/{cell['variants']}", SMALL, **style)


def _sign(axes: Axes, x: float, y: float, judgement: str, direction: str) -> None:
    axes.plot(x, y, color=SOLID[direction], markersize=DOT, zorder=3, **MARKERS[judgement])


def _title(table: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    if table.empty:
        return "No finding is a consensus, and the review published none on a factor"
    findings = table.drop_duplicates(CELL)
    agreed = findings[findings["declared_judgement"] == "consensus"]
    if agreed.empty:
        kept = f"{(findings['share_unchanged'] == 1).sum() or 'none'} of {len(findings)}"
        return f"No finding is a consensus; {kept} published keep their judgement throughout"
    lost = table[(table["scenario"] == "one study out") & (table["unchanged"] < table["variants"])]
    fragile = lost[lost["declared_judgement"] == "consensus"]
    survive, always = len(agreed) - len(fragile), int((agreed["share_unchanged"] == 1).sum())
    number = f"All {survive}" if fragile.empty else f"{survive or 'None'} of {len(agreed)}"
    what, who = "the removal of any one study", f"{always or 'none'} hold{'s' * (always == 1)}"
    if len(agreed) == 1:
        return f"The one consensus finding {'survives' if survive else 'does not survive'} {what}"
    verb = "survives" if survive == 1 else "survive"
    return f"{number} consensus findings {verb} {what}; {who} in every scenario"


def _subtitle(table: pd.DataFrame, total: int, cut: str) -> str:
    variants = table.drop_duplicates("scenario")["variants"]
    scenarios = words.count_of(int(variants.sum()), "scenario", "scenarios")
    findings = words.count_of(len(table.drop_duplicates(CELL)), "finding", "findings")
    kinds = words.count_of(len(variants), "kind", "kinds")
    return f"{words.found_by(total, cut)}; {findings} judged again in {scenarios} of {kinds}"


def _not_drawn(number: int) -> list[str]:
    said = words.count_of(number, "other finding", "other findings")
    return [f"Not drawn: {said}, emerging and not published (see robustness.csv)."] * bool(number)


def _alt(table: pd.DataFrame, drawn: pd.DataFrame, total: int) -> str:
    findings = words.count_of(len(drawn), "finding", "findings")
    kinds = words.count_of(table["scenario"].nunique(), "kind", "kinds")
    sentences = [
        f"Table of {findings} from {words.studies_of(total)} against {kinds} of scenario, each of "
        "which judges them again on a part of the evidence or by another unit.",
        f"{_title(table)}.",
    ]
    always = drawn[drawn["share_unchanged"] == 1].to_dict("records")
    if always:
        sentences.append(
            f"Unchanged in every scenario: {words.listed([_named(row) for row in always])}."
        )
    ranked = drawn[drawn["share_unchanged"] < 1].sort_values(["share_unchanged", *CELL]).head(3)
    least = [f"{_named(row)} {_share(row)}" for row in ranked.to_dict("records")]
    if least:
        sentences.append(f"Least often unchanged: {words.listed(least)} of the scenarios.")
        changes = table.loc[table["unchanged"] < table["variants"], "scenario"].value_counts()
        most = words.listed(sorted(words.leaders(changes)))
        number = words.count_of(int(changes.max()), "finding", "findings")
        sentences.append(f"What most often changes a judgement: {most} ({number}).")
    return " ".join(sentences)


def _named(row: dict[Any, Any]) -> str:
    return f"{words.mid_sentence(row['label'])} ({row['direction']})"
