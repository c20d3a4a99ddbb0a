"""The figure of barriers and enablers: how many studies report each factor as either."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout
from review_synthesis.figures.layout import GROUND, MARGIN, WIDTH, Legend
from review_synthesis.figures.plate import (
    GREY,
    GRID,
    INK,
    PALE,
    QUIET,
    SMALL,
    SOLID,
    TEXT,
    Plate,
    Style,
    added_note,
    look,
)
from review_synthesis.figures.rows import Rows, open_sheet, place_rows
from review_synthesis.tables.order import factor_order
from review_synthesis.tables.vocabulary import DIRECTIONS, JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    directed,
    domain_name,
    factors_of,
    found_by,
    leaders,
    listed,
    mid_sentence,
    sentence_case,
    studies_of,
)

LABELS, NUMBERS = 2.35, 0.6
ROW = 0.178
THRESHOLD: Style = {"color": INK, "linewidth": 0.7, "linestyle": (0, (3, 2))}


@look()
def plot_factors(
    factor_tally: pd.DataFrame, findings: pd.DataFrame, cut: str, review_domains: list[str]
) -> Plate:
    """Draw how many studies report each factor as a barrier (left) and as an enabler (right).

    A row per factor of the codebook, also with no study; domains in the order of the review,
    then those added to it; within a domain by the sum of both directions. The unit is the study.
    A finding that is consensus by the rule is solid with a bold number, others are pale with an
    outline. The table has a row per factor in the order drawn: ``factor_id``, ``label``,
    ``domain``, ``subdomain``, ``in_review``, the studies per direction, ``contradicting``
    (studies that code it mixed or no effect), ``enabler_judgement``, ``barrier_judgement``,
    ``studies_required`` (for consensus) and ``studies_total``.
    """
    table = _table(factor_tally, findings, review_domains)
    needed, total = (int(table[f"studies_{name}"].max()) for name in ("required", "total"))
    labels = [layout.balance(label, LABELS - 0.1) for label in _labels(table)]
    names = {each: domain_name(each, review_domains) for each in table["domain"]}
    rows = place_rows(map(len, labels), ROW, table["domain"].tolist())
    mixed = bool(table["contradicting"].any())
    sheet = open_sheet(
        _title(table),
        found_by(total, cut),
        rows.height,
        (MARGIN + LABELS, WIDTH - MARGIN - (NUMBERS if mixed else 0)),
        above=0.56,
        room=0.6,
        legend=_legend(needed),
        notes=_notes(table),
    )
    _scale(sheet.axes, table, needed, rows.height)
    sheet.write(MARGIN, -0.22, _("Studies that report the factor as"), **QUIET)
    sheet.write_column(MARGIN, labels, rows)
    sheet.write_headings(names, rows, bbox=GROUND)
    for direction in JUDGED_DIRECTIONS:
        _bars(sheet.axes, table, rows, direction)
    if mixed:
        right: Style = {"ha": "right", **QUIET}
        heading = layout.balance(_("Mixed or no effect"), NUMBERS, SMALL)
        sheet.write(WIDTH - MARGIN, -0.145, heading, **right)
        numbers = [f"{number}" if number else "" for number in table["contradicting"]]
        sheet.write_column(WIDTH - MARGIN, numbers, rows, **right)
    return Plate(sheet.figure, _alt(table, needed, total), table)


def _table(
    factor_tally: pd.DataFrame, findings: pd.DataFrame, review_domains: list[str]
) -> pd.DataFrame:
    counts = factor_tally.pivot_table("studies", "factor_id", "direction", aggfunc="sum")
    counts = counts.reindex(columns=DIRECTIONS).fillna(0).astype("int64")
    judgements = findings.pivot_table("judgement", "factor_id", "direction", aggfunc="first")
    numbers = findings.drop_duplicates("factor_id").set_index("factor_id")
    return (
        factor_order(factor_tally, review_domains)
        .join(counts, on="factor_id")
        .join(numbers["contradicting"], on="factor_id")
        .join(judgements[JUDGED_DIRECTIONS].add_suffix("_judgement"), on="factor_id")
        .join(numbers[["studies_required", "studies_total"]], on="factor_id")
    )


def _consensus(table: pd.DataFrame) -> pd.DataFrame:
    """Which factors are consensus, a column per direction."""
    return pd.DataFrame({each: table[f"{each}_judgement"] == "consensus" for each in SOLID})


def _contradicted(table: pd.DataFrame) -> pd.DataFrame:
    """Which have enough studies and are no consensus: too many studies contradict."""
    enough = {each: table[each] >= table["studies_required"] for each in SOLID}
    return pd.DataFrame(enough) & ~_consensus(table)


def _notes(table: pd.DataFrame) -> list[str]:
    notes = [added_note()] if (table["in_review"] == "no").any() else []
    if _contradicted(table).to_numpy().any():
        notes += [_("† Enough studies, but too many that code the factor mixed or no effect.")]
    return notes


def _legend(needed: int) -> Legend:
    sides = ("barrier", "enabler")
    solid = [Patch(color=SOLID[each], linewidth=0.7) for each in sides]
    pale = [Patch(facecolor=PALE[each], edgecolor=SOLID[each], linewidth=0.7) for each in sides]
    threshold = n_("{n} study needed for consensus", "{n} studies needed for consensus", needed)
    return {
        _("Consensus (bold number)"): solid,
        _("Reported, not consensus"): pale,
        threshold: [Line2D([], [], **THRESHOLD)],
    }


def _scale(axes: Axes, table: pd.DataFrame, needed: int, body: float) -> None:
    """The scale of studies: the same unit on both sides, with room for numbers and headings."""
    longest = {each: max(int(table[each].max()), needed, 1) for each in SOLID}
    widest = max(longest.values())
    reach = {each: max(number, 0.4 * widest) for each, number in longest.items()}
    room = 0.09 * sum(reach.values())
    axes.set_xlim(-reach["barrier"] - room, reach["enabler"] + room)
    ticks = MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]).tick_values(0, widest)
    for tick in sorted({int(sign * tick) for tick in ticks for sign in (-1, 1)}):
        if -longest["barrier"] <= tick <= longest["enabler"]:
            axes.plot([tick, tick], [0, body], color=GRID, linewidth=0.5, zorder=0)
            layout.mark(axes, tick, -0.07, f"{abs(tick)}", ha="center", color=GREY)
    for sign in (-1, 1):
        axes.plot([sign * needed] * 2, [0, body], zorder=3, **THRESHOLD)
    axes.plot([0, 0], [0, body], color=INK, linewidth=0.8, zorder=4)
    for name, dx, side in (("barrier", -6, "right"), ("enabler", 6, "left")):
        style: Style = {"color": SOLID[name], "weight": "bold", "size": TEXT}
        layout.mark(axes, 0, -0.22, sentence_case(p_("direction", name)), dx, ha=side, **style)


def _bars(axes: Axes, table: pd.DataFrame, rows: Rows, direction: str) -> None:
    sign, side = (-1, "right") if direction == "barrier" else (1, "left")
    outline: Style = {"edgecolor": SOLID[direction], "linewidth": 0.7, "zorder": 2}
    consensus, contradicted = _consensus(table)[direction], _contradicted(table)[direction]
    columns = (table["factor_id"], table[direction], consensus, contradicted)
    for factor, number, agreed, noted, y in zip(*columns, rows.middles, strict=True):
        fill = (SOLID if agreed else PALE)[direction]
        name = f"{direction}-{factor}"
        layout.bar(axes, 0, y, sign * number, 0.64 * ROW, gid=name, facecolor=fill, **outline)
        style: Style = {"weight": "bold"} if agreed else {"color": GREY}
        text = f"{number}†" if noted else f"{number}"
        layout.mark(axes, sign * number, y, text, sign * 3, ha=side, **style)


def _labels(table: pd.DataFrame) -> list[str]:
    return [p_("factor", label) for label in table["label"]]


def _title(table: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    agreed = _consensus(table)
    sides = [_side(table[agreed[each]], each) for each in JUDGED_DIRECTIONS]
    both = _(
        "Consensus is reached on {enablers} and on {barriers}", enablers=sides[0], barriers=sides[1]
    )
    return both.rstrip(",")


def _side(consensus: pd.DataFrame, direction: str) -> str:
    """How many are consensus, and which one or two of them most studies report."""
    number = directed(len(consensus), direction)
    first = leaders(consensus.assign(label=_labels(consensus)).set_index("label")[direction])
    if not 0 < len(first) < 3:
        return number
    named = listed([mid_sentence(label) for label in first])
    return _("{number}, led by {named},", number=number, named=named)


def _alt(table: pd.DataFrame, needed: int, total: int) -> str:
    agreed = _consensus(table)
    enablers, barriers = (int(agreed[each].sum()) for each in JUDGED_DIRECTIONS)
    sentences: list[str] = [
        _(
            "Bar chart of {factors} from {studies}: those that report it as a barrier to the "
            "left, as an enabler to the right.",
            factors=factors_of(len(table)),
            studies=studies_of(total),
        ),
        _(
            "Consensus takes {studies}; {enablers} and {barriers} reach it, {factors} as both.",
            studies=studies_of(needed),
            enablers=directed(enablers, "enabler"),
            barriers=directed(barriers, "barrier"),
            factors=factors_of(int(agreed.all(axis=1).sum())),
        ),
    ]
    for each in JUDGED_DIRECTIONS:
        first = leaders(table.assign(label=_labels(table)).set_index("label")[each])
        if first:
            sentences.append(_most_often(each, first, int(table[each].max())))
    mixed = int((table["contradicting"] > 0).sum())
    sentences.append(
        _("Coded mixed or no effect by some study: {factors}.", factors=factors_of(mixed))
    )
    silent = int((table[DIRECTIONS].sum(axis=1) == 0).sum())
    if silent:
        sentences.append(_("Reported by no study: {factors}.", factors=factors_of(silent)))
    else:
        sentences.append(_("Every factor is reported by some study."))
    return " ".join(sentences)


def _most_often(direction: str, labels: list[str], studies: int) -> str:
    named = listed([mid_sentence(label) for label in labels])
    of = studies_of(studies)
    if direction == "enabler":
        return _("Most often reported as an enabler: {named} ({studies}).", named=named, studies=of)
    return _("Most often reported as a barrier: {named} ({studies}).", named=named, studies=of)
