"""The figure of coverage: how many studies address each domain and sub-domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import BAND, GREY, PLAIN, SMALL, SOLID, TEXT, Plate, look
from review_synthesis.tables.order import domain_order
from review_synthesis.tables.raw import DIRECTIONS
from review_synthesis.tables.results import ANY
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    domain_name,
    found_by,
    leaders,
    listed,
    percent,
    sentence_case,
    studies_of,
)

PLACE = ["domain", "subdomain"]
ROW, LABELS, INDENT, NUMBERS, BETWEEN = 0.185, 2.2, 0.12, 0.5, 0.26
HEADING = 0.6
COLOURS = {ANY: PLAIN, **SOLID}


@look()
def plot_coverage(
    domain_tally: pd.DataFrame, evidence_base: pd.DataFrame, cut: str, review_domains: list[str]
) -> Plate:
    """Draw how many studies address each domain and sub-domain, in any direction and in each.

    Domains stand in the order of the review, then those added to it (hatched); sub-domains by
    their number of studies. A bar's pale ground is all studies at the cut; 0 is kept and named
    a gap, and so is a domain of the review for which the codebook has no factor. The table has a
    row per bar's place in the order drawn: ``level`` (domain or subdomain), ``domain``,
    ``subdomain``, ``in_review``, ``factors`` (of the codebook), ``factors_coded``, the studies in
    ``any`` direction and in each, ``share_of_studies`` (any ÷ all) and ``studies_total``.
    """
    total = int(evidence_base.set_index("measure")["value"]["studies"])
    table = _table(domain_tally, total, review_domains)
    labels = [_label(row, review_domains) for row in _records(table)]
    rows, body = _places(table, labels)
    note = _("A study counts once in each bar. Any direction includes mixed and no effect.")
    figure, top = layout.begin(_title(table), found_by(total, cut), body + 0.52, [note])
    _legend(figure, top, table, total)
    top += 0.52
    for y, label, level in zip(rows, labels, table["level"], strict=True):
        x, weight = (MARGIN, "bold") if level == "domain" else (MARGIN + INDENT, "normal")
        layout.put_lines(figure, x, top + y, label, weight=weight)
    width = (WIDTH - 2 * MARGIN - LABELS - NUMBERS - 2 * BETWEEN) / len(COLOURS)
    for number, direction in enumerate(COLOURS):
        left = MARGIN + LABELS + number * (width + BETWEEN)
        axes = layout.panel(figure, (left, left + width), (top, top + body))
        axes.set_xlim(0, max(total, 1))
        _bars(axes, table, rows, direction)
    _factors(figure, table, [top + y for y in rows], top)
    return Plate(figure, _alt(table, total), table)


def _table(domain_tally: pd.DataFrame, total: int, review_domains: list[str]) -> pd.DataFrame:
    tally = domain_tally[domain_tally["direction"] == ANY]
    studies = domain_tally.pivot_table("studies", PLACE, "direction", aggfunc="sum")
    studies = studies.reindex(columns=[ANY, *DIRECTIONS]).fillna(0).astype("int64")
    names = ["level", *PLACE, "in_review", "factors", "factors_coded"]
    table = tally[[*names, "share_of_studies"]].join(studies, on=PLACE)
    absent = [domain for domain in review_domains if domain not in set(table["domain"])]
    gaps = pd.DataFrame({"level": "domain", "domain": absent, "subdomain": "", "in_review": "yes"})
    table = pd.concat([table, gaps.reindex(columns=table.columns, fill_value=0)])
    table = table.reset_index(drop=True)
    domains = domain_order(table["domain"], review_domains)
    keys = pd.DataFrame(
        {
            "domain": table["domain"].map(domains.index),
            "level": table["level"],
            "fewest": -table[ANY],
            "subdomain": table["subdomain"],
        }
    )
    order = keys.sort_values(list(keys.columns)).index
    table = table.loc[order, [*names, ANY, *DIRECTIONS, "share_of_studies"]]
    return table.assign(studies_total=total).reset_index(drop=True)


def _label(row: dict[Any, Any], review_domains: list[str]) -> list[str]:
    if row["level"] == "domain":
        name = domain_name(row["domain"], review_domains)
        return layout.balance(name, LABELS - 0.1, TEXT, bold=True)
    return layout.balance(sentence_case(_name(row)), LABELS - INDENT - 0.1)


def _name(row: dict[Any, Any]) -> str:
    """The name of a domain or sub-domain as it stands inside a sentence."""
    domain, subdomain = row["domain"], row["subdomain"]
    return p_("domain", domain) if row["level"] == "domain" else p_("sub-domain", subdomain)


def _places(table: pd.DataFrame, labels: list[list[str]]) -> tuple[list[float], float]:
    """The middle of each row and the height of all, with space before each domain."""
    rows: list[float] = []
    y = 0.0
    for level, label in zip(table["level"], labels, strict=True):
        y += 0.1 if level == "domain" and rows else 0.0
        height = ROW + (len(label) - 1) * layout.LEADING * TEXT / 72
        rows.append(y + height / 2)
        y += height
    return rows, y


def _legend(figure: Figure, y: float, table: pd.DataFrame, total: int) -> None:
    ground = n_("{n} study in all", "All {n} studies", total) if total else _("no study")
    entries: dict[str, Sequence[Artist]] = {
        _("Domain of the review"): [Patch(color=COLOURS[ANY], linewidth=0.7)]
    }
    if (table["in_review"] == "no").any():
        entries[_("Domain added to the review's")] = [Patch(**_fill(ANY, in_review=False))]
    entries[sentence_case(ground)] = [Patch(color=BAND, linewidth=0)]
    layout.put_legend(figure, y, entries)


def _fill(direction: str, in_review: bool) -> dict[str, Any]:
    """Solid for the domains of the review, hatched for those added to it."""
    fill = {"facecolor": COLOURS[direction], "hatch": ""}
    if not in_review:
        fill = {"facecolor": "white", "hatch": "//////"}
    return {**fill, "edgecolor": COLOURS[direction], "linewidth": 0.7}


def _bars(axes: Axes, table: pd.DataFrame, rows: list[float], direction: str) -> None:
    style: dict[str, Any] = {"size": TEXT, "weight": "bold", "color": COLOURS[direction]}
    heading = _("Any direction") if direction == ANY else p_("direction", direction)
    layout.mark(axes, 0, -0.1, sentence_case(heading), ha="left", **style)
    for row, y in zip(_records(table), rows, strict=True):
        whole = row["level"] == "domain"
        height = ROW * (0.68 if whole else 0.5)
        layout.bar(axes, 0, y, row["studies_total"], height, color=BAND, linewidth=0, zorder=1)
        fill = _fill(direction, row["in_review"] == "yes")
        name = f"{direction}-{row['domain']}-{row['subdomain']}".replace(" ", "_")
        if row[direction]:
            layout.bar(axes, 0, y, row[direction], height, gid=name, zorder=2, **fill)
        gap = direction == ANY and not row[direction]
        number = _("0 (gap)") if gap else f"{row[direction]}"
        weight = "bold" if whole else "normal"
        layout.mark(axes, row[direction], y, number, 3, ha="left", weight=weight, bbox=None)


def _factors(figure: Figure, table: pd.DataFrame, rows: list[float], top: float) -> None:
    """The column that says how many of the codebook's factors studies report."""
    style: dict[str, Any] = {"size": SMALL, "ha": "right", "color": GREY}
    heading = layout.balance(_("Factors reported"), HEADING, SMALL)
    layout.put_lines(figure, WIDTH - MARGIN, top - 0.15, heading, **style)
    for row, y in zip(_records(table), rows, strict=True):
        text = _("{part} of {whole}", part=row["factors_coded"], whole=row["factors"])
        layout.put(figure, WIDTH - MARGIN, y, text, **style)


def _title(table: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    own = table[table["in_review"] == "yes"]
    if own.empty:
        return _("The review uses no domain")
    if not own[ANY].any():
        return _("No study addresses any domain of the review")
    total = int(table["studies_total"].max())
    domains, parts = (own[own["level"] == level] for level in ("domain", "subdomain"))
    some = {"domains": _domains(domains), "subdomains": _subdomains(parts)}
    if total == 1:
        return _("The one study addresses {domains} and {subdomains}", **some)
    sentence = _("Studies address {domains} and {subdomains}", **some)
    most = _most(domains, total)
    return f"{sentence}; {most}" if most else sentence


def _domains(domains: pd.DataFrame) -> str:
    """How many domains of the review studies address."""
    covered, number = int((domains[ANY] > 0).sum()), len(domains)
    if covered < number:
        return n_(
            "{some} of the {n} domain of the review",
            "{some} of the {n} domains of the review",
            number,
            some=covered,
        )
    if number == 2:
        return _("both domains of the review")
    return n_("the one domain of the review", "all {n} domains of the review", number)


def _subdomains(parts: pd.DataFrame) -> str:
    """How many sub-domains of these domains studies address."""
    covered, number = int((parts[ANY] > 0).sum()), len(parts)
    if covered < number:
        return n_(
            "{some} of the {n} sub-domain", "{some} of the {n} sub-domains", number, some=covered
        )
    if number == 2:
        return _("both sub-domains")
    return n_("the one sub-domain", "all {n} sub-domains", number)


def _most(domains: pd.DataFrame, total: int) -> str:
    """Which domain, or which two, most studies address; nothing where more tie."""
    first = leaders(pd.Series(domains[ANY].tolist(), [*map(_name, _records(domains))]))
    if len(first) > 2 or len(domains) < 2:
        return ""
    most = int(domains[ANY].max())
    studies = n_("{part} of {n} study", "{part} of {n} studies", total, part=most)
    if len(first) == 1:
        return _("{domain} has the most, {studies}", domain=first[0], studies=studies)
    return _("{domains} have the most, {studies} each", domains=listed(first), studies=studies)


def _alt(table: pd.DataFrame, total: int) -> str:
    domains = table[table["level"] == "domain"]
    counts = [
        _(
            "{domain} {studies} ({share}; {enabler} as enabler, {barrier} as barrier)",
            domain=_name(row),
            studies=row[ANY],
            share=percent(row[ANY], total),
            enabler=row["enabler"],
            barrier=row["barrier"],
        )
        for row in _records(domains)
    ]
    sentences = [
        _(
            "Bar chart of {studies}: how many address each domain and sub-domain, in any "
            "direction, as enabler and as barrier.",
            studies=studies_of(total),
        ),
        f"{_title(table)}.",
        _("Studies per domain: {counts}.", counts="; ".join(counts)),
    ]
    added = [_name(row) for row in _records(domains[domains["in_review"] == "no"])]
    if added:
        sentences.append(_("Added to the review's domains: {domains}.", domains=listed(added)))
    gaps = [_name(row) for row in _records(table[table[ANY] == 0])]
    if gaps:
        sentences.append(_("Gaps, with no study: {places}.", places=listed(gaps)))
    else:
        sentences.append(_("No domain or sub-domain is a gap."))
    return " ".join(sentences)


def _records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")
