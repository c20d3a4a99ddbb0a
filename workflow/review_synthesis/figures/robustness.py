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
from review_synthesis.figures.layout import LEADING, MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, GRID, INK, PALE, SMALL, SOLID, TEXT, Plate, look
from review_synthesis.robustness.scenarios import SCENARIOS
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    found_by,
    leaders,
    listed,
    mid_sentence,
    sentence_case,
    studies_of,
)

CELL = ["factor_id", "direction"]
LABELS, PUBLISHED, ALL = 2.15, 0.2, 0.26
FAMILY, SINGLE, GAP = 0.43, 0.235, 0.1
NUMBERS = [WIDTH - MARGIN - 0.46, WIDTH - MARGIN]
ROW, DOT, UPRIGHT = 0.168, 5.2, 0.76
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
        title = _title(table)
        figure, top = layout.begin(title, found_by(total, cut), 0.2)
        layout.put(figure, MARGIN, top + 0.1, _("There is no finding to judge again."))
        return Plate(figure, _("Empty chart: {title}.", title=mid_sentence(title)), table)
    labels = [layout.balance(p_("factor", label), LABELS - 0.1) for label in drawn["label"]]
    names = {"enabler": _("Enablers"), "barrier": _("Barriers")}
    sides = drawn["direction"].map(names).tolist()
    rows, headings, body = layout.grouped_rows(sides, [len(label) for label in labels], ROW)
    places, spans = _columns(table)
    heads = _heads(places)
    lengths = [layout.text_width(line, SMALL) for lines in heads.values() for line in lines]
    above = 0.54 + max(UPRIGHT, *lengths)
    notes = [
        _("Fragility index: the fewest supporting studies whose removal ends the consensus."),
        *_not_drawn(len(robustness_summary) - len(drawn)),
    ]
    figure, top = layout.begin(_title(table), _subtitle(table, total, cut), above + body, notes)
    layout.put_legend(figure, top, _legend())
    top += above
    axes = layout.panel(figure, (0, WIDTH), (top, top + body))
    axes.set_xlim(0, WIDTH)
    _put_heads(figure, heads, spans, top, above)
    for direction, side in names.items():
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
    sorts = {_("Variants unchanged"): kinds == "", _("Judgement that results"): kinds != ""}
    for (sort, chosen), width in zip(sorts.items(), (FAMILY, SINGLE), strict=True):
        names = kinds.index[chosen]
        places |= {str(name): x + width * (n + 0.5) for n, name in enumerate(names)}
        if len(names):
            spans[sort] = (x + 0.03, x + width * len(names) - 0.03)
            x += max(width * len(names), layout.text_width(sort, SMALL)) + GAP
    return places, spans


def _legend() -> dict[str, Sequence[Artist]]:
    style: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": DOT}
    signs: dict[str, Sequence[Artist]] = {
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
    figure: Figure, heads: dict[float, list[str]], spans: dict[str, Any], top: float, above: float
) -> None:
    """Write what stands above the columns, and over each sort of them what they show."""
    for x, lines in heads.items():
        layout.put_upright(figure, x, top - 0.05, lines, SMALL)
    for sort, ends in spans.items():
        layout.rule(figure, ends, top - above + 0.44)
        layout.put(figure, ends[0], top - above + 0.36, sort, SMALL, color=GREY)
    names = {_("Share unchanged"): 0.6, _("Fragility index"): 0.42}
    for x, (name, room) in zip(NUMBERS, names.items(), strict=True):
        lines = layout.balance(name, room, SMALL)
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
        return _("No finding is a consensus, and the review published none on a factor")
    findings = table.drop_duplicates(CELL)
    agreed = findings[findings["declared_judgement"] == "consensus"]
    if agreed.empty:
        return _title_without_consensus(findings)
    lost = table[(table["scenario"] == "one study out") & (table["unchanged"] < table["variants"])]
    fragile = lost[lost["declared_judgement"] == "consensus"]
    survive, always = len(agreed) - len(fragile), int((agreed["share_unchanged"] == 1).sum())
    if len(agreed) == 1:
        if survive:
            return _("The one consensus finding survives the removal of any one study")
        return _("The one consensus finding does not survive the removal of any one study")
    if fragile.empty:
        first = _("All {all} consensus findings survive the removal of any one study", all=survive)
    elif survive:
        first = n_(
            "{n} of {all} consensus findings survives the removal of any one study",
            "{n} of {all} consensus findings survive the removal of any one study",
            survive,
            all=len(agreed),
        )
    else:
        first = _(
            "None of {all} consensus findings survives the removal of any one study",
            all=len(agreed),
        )
    if not always:
        return f"{first}; {_('none holds in every scenario')}"
    return f"{first}; {n_('{n} holds in every scenario', '{n} hold in every scenario', always)}"


def _title_without_consensus(findings: pd.DataFrame) -> str:
    kept = int((findings["share_unchanged"] == 1).sum())
    if not kept:
        return _(
            "No finding is a consensus; none of {all} published keeps its judgement throughout",
            all=len(findings),
        )
    return n_(
        "No finding is a consensus; {n} of {all} published keeps its judgement throughout",
        "No finding is a consensus; {n} of {all} published keep their judgement throughout",
        kept,
        all=len(findings),
    )


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


def _not_drawn(number: int) -> list[str]:
    if not number:
        return []
    return [
        n_(
            "Not drawn: {n} other finding, emerging and not published (see robustness.csv).",
            "Not drawn: {n} other findings, emerging and not published (see robustness.csv).",
            number,
        )
    ]


def _alt(table: pd.DataFrame, drawn: pd.DataFrame, total: int) -> str:
    sentences = [
        n_(
            "Table of {findings} from {studies} against {n} kind of scenario, which judges them "
            "again on a part of the evidence or by another unit.",
            "Table of {findings} from {studies} against {n} kinds of scenario, each of which "
            "judges them again on a part of the evidence or by another unit.",
            table["scenario"].nunique(),
            findings=_findings(len(drawn)),
            studies=studies_of(total),
        ),
        f"{_title(table)}.",
    ]
    always = drawn[drawn["share_unchanged"] == 1].to_dict("records")
    if always:
        named = listed([_named(row) for row in always])
        sentences.append(_("Unchanged in every scenario: {findings}.", findings=named))
    ranked = drawn[drawn["share_unchanged"] < 1].sort_values(["share_unchanged", *CELL]).head(3)
    least = [f"{_named(row)} {_share(row)}" for row in ranked.to_dict("records")]
    if least:
        sentences += [
            _("Least often unchanged: {findings} of the scenarios.", findings=listed(least)),
            _most_changing(table),
        ]
    return " ".join(sentences)


def _most_changing(table: pd.DataFrame) -> str:
    """Which kind of scenario changes most judgements."""
    changes = table.loc[table["unchanged"] < table["variants"], "scenario"].value_counts()
    return _(
        "What most often changes a judgement: {scenarios} ({findings}).",
        scenarios=listed([p_("scenario", name) for name in sorted(leaders(changes))]),
        findings=_findings(int(changes.max())),
    )


def _named(row: dict[Any, Any]) -> str:
    return f"{mid_sentence(p_('factor', row['label']))} ({p_('direction', row['direction'])})"
