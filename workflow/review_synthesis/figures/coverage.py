"""The figure of coverage: how many studies address each domain and sub-domain."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH, Signs
from review_synthesis.figures.plate import QUIET, SMALL, SOLID, TEXT, Plate, Style, Writing
from review_synthesis.figures.rows import Rows, Sheet, fitting, place_rows, rows_of, taken
from review_synthesis.figures.words import say
from review_synthesis.tables.order import domain_order, in_order, names_a_part
from review_synthesis.tables.vocabulary import ANY, DIRECTIONS, UNSTATED
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import domain_name, mid_sentence, sentence_case

PLACE = ["domain", "subdomain"]
ROW, LABELS, INDENT, NUMBERS, BETWEEN = 0.185, 2.2, 0.12, 0.5, 0.26
HEADING = 0.6
COLOURS = {ANY: plate.PLAIN, **SOLID}


class Place(NamedTuple):
    """A domain (or a sub-domain, where it names one), with the studies that address it."""

    domain: str
    subdomain: str
    in_review: str
    factors: int
    factors_coded: int
    any: int
    """The studies that address it in any direction."""
    enabler: int
    barrier: int

    @property
    def is_domain(self) -> bool:
        """Whether it is a domain, not a part of one."""
        return not self.subdomain

    @property
    def name(self) -> str:
        """The name as it stands inside a sentence."""
        if not self.is_domain:
            return p_("sub-domain", self.subdomain)
        stated = self.domain != UNSTATED
        return p_("domain", self.domain) if stated else mid_sentence(domain_name(UNSTATED, ()))


@plate.look()
def plot_coverage(
    domain_tally: pd.DataFrame, evidence_base: pd.DataFrame, cut: str, review_domains: list[str]
) -> Plate:
    """Draw how many studies address each domain and sub-domain, in any direction and in each.

    Domains stand in the order of the review, then those added to it (hollow); sub-domains by
    their number of studies, without those that repeat the domain or are not stated. A bar's
    pale ground is all studies at the cut; 0 is kept and named a gap, and so is a domain of the
    review for which the codebook has no factor. The table has a row per place in the order drawn
    (see ``Place``), with the studies in each other direction, ``share_of_studies`` (any ÷ all)
    and ``studies_total``.
    """
    total = int(evidence_base.set_index("measure")["value"]["studies"])
    table = _table(domain_tally, total, review_domains)
    every = rows_of(table, Place)
    named = [_label(place, review_domains) for place in every]
    lengths = [ROW + (len(lines) - 1) * layout.LINE for lines in named]
    kept = fitting(lengths, [place.any for place in every], table["domain"].tolist(), heading=0.1)
    places, labels = taken(every, kept), taken(named, kept)
    domains = [place.domain for place in places]
    rows = place_rows(map(len, labels), ROW, domains, headed=False, gap=0.1)
    left_out = len(every) - len(places)
    words = say("coverage", places=every, left_out=left_out, total=total, cut=cut)
    figure, top = layout.begin(words, rows.height + 0.52)
    added = any(each.in_review == "no" for each in places)
    layout.put_legend(figure, top, words.legend, _signs(added))
    top += 0.52
    width = (WIDTH - 2 * MARGIN - LABELS - NUMBERS - 2 * BETWEEN) / len(COLOURS)
    for number, direction in enumerate(COLOURS):
        left = MARGIN + LABELS + number * (width + BETWEEN)
        axes = layout.panel(figure, (left, left + width), (top, top + rows.height))
        axes.set_xlim(0, max(total, 1))
        _bars(axes, places, rows, direction, total)
    _words(Sheet(figure, axes, top), places, labels, rows)
    return Plate(figure, words.alt, table)


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
    table = table[(table["level"] == "domain") | names_a_part(table)].reset_index(drop=True)
    domains = domain_order(table["domain"], review_domains)
    place = table["domain"].map(domains.index)
    table = in_order(table, place, table["level"], -table[ANY], table["subdomain"])
    table = table[[*names, ANY, *DIRECTIONS, "share_of_studies"]]
    return table.assign(studies_total=total)


def _label(place: Place, review_domains: list[str]) -> list[str]:
    if place.is_domain:
        name = domain_name(place.domain, review_domains)
        return layout.balance(name, LABELS - 0.1, TEXT, bold=True)
    return layout.balance(sentence_case(place.name), LABELS - INDENT - 0.1)


def _signs(added: bool) -> Signs:
    own = Patch(color=COLOURS[ANY], linewidth=0.7)
    others = [[Patch(**_fill(ANY, in_review=False))]] if added else []
    return [[own], *others, [Patch(color=plate.BAND, linewidth=0)]]


def _fill(direction: str, in_review: bool) -> Style:
    """Solid for the domains of the review, hollow for those added to it."""
    colour = COLOURS[direction]
    return {"facecolor": colour if in_review else "white", "edgecolor": colour, "linewidth": 0.7}


def _bars(axes: Axes, places: list[Place], rows: Rows, direction: str, total: int) -> None:
    heading = _("Any direction") if direction == ANY else p_("direction", direction)
    style: Writing = {"size": TEXT, "weight": "bold", "color": COLOURS[direction], "ha": "left"}
    layout.mark(axes, 0, -0.1, sentence_case(heading), **style)
    for place, y in zip(places, rows.middles, strict=True):
        studies = int(getattr(place, direction))
        height = ROW * (0.68 if place.is_domain else 0.5)
        layout.bar(axes, 0, y, total, height, color=plate.BAND, linewidth=0, zorder=1)
        if studies:
            name = f"{direction}-{place.domain}-{place.subdomain}".replace(" ", "_")
            fill = _fill(direction, place.in_review == "yes")
            layout.bar(axes, 0, y, studies, height, gid=name, zorder=2, **fill)
        number = f"{studies}" if studies or direction != ANY else _("0 (gap)")
        weight = "bold" if place.is_domain else "normal"
        layout.mark(axes, studies, y, number, 3, ha="left", weight=weight, bbox=None)


def _words(sheet: Sheet, places: list[Place], labels: list[list[str]], rows: Rows) -> None:
    """The labels, and the column that says how many of the codebook's factors studies report."""
    for place, label, y in zip(places, labels, rows.middles, strict=True):
        x, weight = (MARGIN, "bold") if place.is_domain else (MARGIN + INDENT, "normal")
        sheet.write(x, y, label, weight=weight)
    heading = layout.balance(_("Factors reported"), HEADING, SMALL)
    sheet.write(WIDTH - MARGIN, -0.15, heading, ha="right", **QUIET)
    factors = [
        _("{part} of {whole}", part=each.factors_coded, whole=each.factors) for each in places
    ]
    sheet.write_column(WIDTH - MARGIN, factors, rows, ha="right", **QUIET)
