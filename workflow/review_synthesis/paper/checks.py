"""The tables of a paper that say where its numbers come from and how far coders agree."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from review_synthesis.paper.cells import NONE, Tables, day_of_cut, framed, noted, shown
from review_synthesis.paper.documents import PaperTable
from review_synthesis.paper.sentences import AGREEMENT
from review_synthesis.tables.flow_boxes import OTHER_PREFIX, PATH_BOXES
from review_synthesis.tables.order import domain_order, factor_order
from review_synthesis.tables.raw import DIRECTIONS
from review_synthesis.wording.numbers import Numbers, listed, plain
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.phrases import day_of, sentence_case

SEARCHING, LINKED, BOTH = "searching", "citation searching", "studies and reports"
# The measures of the evidence base in the order of the table; others follow.
MEASURED = ["searches", "queries", "records", "records_duplicate", "records_excluded"]
MEASURED += ["records_included", "records_undecided", "studies", "primary_studies"]
MEASURED += ["secondary_studies", "studies_in_included_reviews", "studies_of_low_certainty"]
MEASURED += ["studies_withdrawn", "publications", "publications_coded", "journal_articles"]
MEASURED += ["codings_independent", "codings_agreed", "factors", "factors_coded"]
LEVELS = ["overall", "direction", "domain", "search", "factor"]
MEASURES = {"kappa": "Cohen's κ", "pabak": "PABAK", "ac1": "Gwet's AC1"}
MEASURES |= {"alpha": "Krippendorff's α"}


def evidence_table(tables: Tables, numbers: Numbers) -> PaperTable:
    """Table 5: the evidence base and the flow of each search in numbers."""
    widths = {"What is counted": 13.6, "Number": 2.6}
    base = tables["evidence_base"].set_index("measure").to_dict("index")
    rows = [
        {
            "group": f"Evidence base at {day_of_cut(numbers)}",
            "What is counted": shown(sentence_case(base[measure]["description"])),
            "Number": f"{base[measure]['value']:,}",
        }
        for measure in sorted(base, key=_place)
    ]
    for search, flow in tables["flow"].groupby("search"):
        rows += _flow(flow, f"Search up to {day_of(str(search))}")
    return PaperTable(
        "Evidence base and flow",
        f"The evidence base at {day_of_cut(numbers)}, and the flow of records, reports and studies "
        "through each search.",
        framed(rows, widths),
        widths,
        frozenset({"Number"}),
        note=noted(
            "The flow follows PRISMA 2020; records are those listed in the screening tables. "
            f"Rows with {NONE} count parts of the row above without it; sources and reasons that "
            "count nothing are left out. Citation searching looks for further reports of included "
            "studies. A publication is one report."
        ),
    )


def _place(measure: Hashable) -> tuple[int, str]:
    """Where a measure of the evidence base stands in the table."""
    known = measure in MEASURED
    return (MEASURED.index(str(measure)) if known else len(MEASURED), str(measure))


def _flow(flow: pd.DataFrame, search: str) -> list[dict[str, str]]:
    """The boxes of one search: of each path that found a record, then those of both."""
    parts: dict[str, list[dict[str, str]]] = {SEARCHING: [], LINKED: [], BOTH: []}
    counts = flow.set_index(["box", "detail"])["n"]
    for row in flow.sort_values("position").to_dict("records"):
        box, label = str(row["box"]), shown(row["label"])
        other, part = box.startswith(OTHER_PREFIX), row["detail"] != ""
        if (part and not row["n"]) or (other and not counts[f"{OTHER_PREFIX}identified", ""]):
            continue
        path = LINKED if other else SEARCHING
        where = path if box.removeprefix(OTHER_PREFIX) in PATH_BOXES else BOTH
        parts[where].append(
            {
                "group": f"{search}: {where}",
                "What is counted": f"{NONE} {label}" if part else label,
                "Number": f"{row['n']:,}",
            }
        )
    return [row for rows in parts.values() for row in rows]


def agreement_table(tables: Tables, numbers: Numbers, review_domains: Sequence[str]) -> PaperTable:
    """Table 6: how well the independent coders agree."""
    agreement = tables["agreement"]
    widths = {"Group": 3.45, "Studies": 1.4, "Units": 1.2, "Both": 1.1, "First": 1.1}
    widths |= {"Second": 1.35, "Neither": 1.45, "Prevalence": 1.95, "Agreement": 2.5}
    widths |= dict.fromkeys(MEASURES.values(), 2.55)
    warned = bool((agreement["warning"] != "").any())
    rows = []
    for row in _in_order(agreement, tables["factor_tally"], review_domains).to_dict("records"):
        coders = plain(listed(str(row["coders"]).split()))
        level = "All units" if row["level"] == "overall" else f"By {row['level']}"
        mark = "†" if row["warning"] else ""
        rows.append(
            {
                "group": f"{level}, coders {coders}",
                "Group": shown(row["name"]),
                "Studies": f"{row['studies']:,}",
                "Units": f"{row['units']:,}",
                "Both": f"{row['both']:,}",
                "First": f"{row['only_first']:,}",
                "Second": f"{row['only_second']:,}",
                "Neither": f"{row['neither']:,}",
                "Prevalence": _decimal(row["prevalence"]),
                "Agreement": _interval(row, "agreement"),
                **{
                    name: _interval(row, measure) + (mark if measure == "kappa" else "")
                    for measure, name in MEASURES.items()
                },
            }
        )
    interval = said(
        "In brackets: from percentile {low} to percentile {high} of {resamples} bootstrap "
        "resamples of studies.",
        low=numbers.decimal("INTERVAL", 0, file=AGREEMENT, places=1),
        high=numbers.decimal("INTERVAL", 1, file=AGREEMENT, places=1),
        resamples=numbers.count("RESAMPLES", file=AGREEMENT),
    )
    return PaperTable(
        "Agreement of coders",
        f"Agreement of the independent coders at {day_of_cut(numbers)}, before adjudication.",
        framed(rows, widths),
        widths,
        frozenset(widths) - {"Group"},
        wide=True,
        note=noted(
            "Units: study, factor and direction, coded or not. Studies: those that "
            "both coders coded. Both, First, Second, Neither: units coded by both coders, by the "
            "first or the second alone, by neither. Prevalence: mean share of units coded. "
            "Agreement: share of units on which they agree. PABAK: prevalence- and bias-adjusted "
            "κ.",
            interval,
            f"{NONE}: not defined, as all units are alike." if _undefined(agreement) else "",
            "†: few units are coded, so κ is low although coders agree on most units; see AC1."
            if warned
            else "",
        ),
    )


def _in_order(
    agreement: pd.DataFrame, factor_tally: pd.DataFrame, review_domains: Sequence[str]
) -> pd.DataFrame:
    """The rows by level, pair of coders and group, with what each group is called."""
    factors = factor_order(factor_tally, review_domains)
    labels = dict(zip(factors["factor_id"], factors["label"], strict=True))
    order = [*DIRECTIONS, *domain_order(factors["domain"], review_domains), *factors["factor_id"]]
    rows = agreement.assign(
        name=[
            _group_name(level, group, labels)
            for level, group in zip(agreement["level"], agreement["group"], strict=True)
        ],
        by_level=agreement["level"].map(LEVELS.index),
        by_group=[order.index(each) if each in order else -1 for each in agreement["group"]],
    )
    return rows.sort_values(["by_level", "coders", "by_group", "group"])


def _group_name(level: str, group: str, labels: Mapping[str, str]) -> str:
    if level == "overall":
        return "All"
    if level == "search":
        return day_of(group)
    return labels[group] if level == "factor" else sentence_case(group.replace("_", " "))


def _decimal(value: float) -> str:
    return NONE if pd.isna(value) else f"{value:.2f}"


def _interval(row: Mapping[Hashable, float], measure: str) -> str:
    """A coefficient with its interval, as far as they are defined."""
    value, low, high = (_decimal(row[f"{measure}{end}"]) for end in ("", "_low", "_high"))
    return value if NONE in (value, low, high) else f"{value} ({low}, {high})"


def _undefined(agreement: pd.DataFrame) -> bool:
    return bool(agreement[list(MEASURES)].isna().any(axis=None))
