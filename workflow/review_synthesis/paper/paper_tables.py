"""The tables of a paper, as text in cells. Their captions and notes are in ``tables.j2``."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from review_synthesis.paper.facts import COEFFICIENTS
from review_synthesis.paper.markdown import PaperTable
from review_synthesis.tables.order import (
    domain_order,
    factor_order,
    names_a_part,
    study_order,
)
from review_synthesis.tables.places import Row, rows_of
from review_synthesis.tables.vocabulary import (
    DIRECTIONS,
    FACTOR,
    JUDGED_DIRECTIONS,
    NOT_STATED,
    OFTEN,
    OTHER_PREFIX,
    PATH_BOXES,
)
from review_synthesis.wording.how_found import NONE_RECORDED, how_found, paths_of
from review_synthesis.wording.ladder import judged
from review_synthesis.wording.phrases import (
    day_of,
    domain_name,
    listed,
    sentence_case,
    short_day_of,
    studies_of,
)
from review_synthesis.wording.terms import in_terms
from review_synthesis.wording.text import one_line
from review_synthesis.wording.verdicts import named_measure, verdict_on

Tables = Mapping[str, pd.DataFrame]
TABLES = ["evidence_base", "studies", "factor_tally", "domain_tally", "findings", "flow"]
TABLES += ["published", "robustness_summary", "agreement"]
NONE = "–"
KINDS = {"factor": "Factor findings", "count": "Counts", "share": "Shares"}
KINDS |= {"comparison": "Comparisons", "statement": "Other statements"}
DIRECT, OTHERS, BOTH = "databases and registers", "other methods", "studies and reports"
UNTYPED = "searching (kind of source not stated)"
# The measures of the evidence base in the order of the table; others follow.
MEASURED = ["searches", "queries", "records", "records_imported", "records_duplicate"]
MEASURED += ["records_excluded", "records_included", "records_undecided"]
MEASURED += ["studies", "primary_studies"]
MEASURED += ["secondary_studies", "studies_in_included_reviews", "studies_of_low_certainty"]
MEASURED += ["studies_withdrawn", "publications", "publications_coded", "journal_articles"]
MEASURED += [
    "codings_independent",
    "codings_agreed",
    "codings_distinct",
    "factors",
    "factors_coded",
]
ONLY_IF_ANY = ["studies_of_low_certainty", "codings_independent", "added_domains_covered"]
ONLY_IF_ANY += ["added_subdomains_covered", "records_without_visible_factor", "secondary_studies"]
ONLY_IF_ANY += ["domains_covered", "subdomains_covered"]
ONLY_IF_ANY += ["studies_in_included_reviews", "journal_articles"]
"""Measures of what not every review has: told only where there is some of it."""
OF_A_SEARCH = ["queries", "records_duplicate", "records_excluded", "records_undecided"]
OF_A_SEARCH += ["studies_withdrawn"]
"""Measures of which nothing is recorded where all studies were brought in as included."""
OF_A_LATER_SEARCH = ["previous_studies", "previous_reports", "new_reports_of_known_studies"]
OF_A_LATER_SEARCH += ["withdrawn_studies", "withdrawn_reports"]
"""Boxes of the flow that only a search after another can fill: left out where they are 0."""
LEVELS = ["overall", "direction", "domain", "search", "factor"]


def paper_tables(tables: Tables, cut: str, review_domains: Sequence[str]) -> list[PaperTable]:
    """The tables of a paper in their order; ``tables`` holds those named in ``TABLES``."""
    made = [_studies(tables["studies"]), _factors(tables, review_domains)]
    made += [_often_reported(tables)] if (tables["findings"]["judgement"] == OFTEN).any() else []
    made += [] if tables["published"].empty else [_published(tables)]
    made += [_evidence(tables, cut)]
    return made if tables["agreement"].empty else [*made, _agreement(tables, review_domains)]


def _studies(table: pd.DataFrame) -> PaperTable:
    """Table 1: what the included studies are."""
    studies = study_order(table)
    kinds, searches = studies["design_class"], studies["search"]
    texts = {"Study": "label", "Nation": "country"}
    texts |= {name: name.lower() for name in ("Design", "Innovation", "Programme", "Certainty")}
    room = {"Study": 2.7, "Nation": 2.15, "Design": 3.0, "Innovation": 3.5, "Programme": 3.1}
    none = studies.empty
    told = [name for name, column in texts.items() if none or studies[column].astype(bool).any()]
    widths = {in_terms(name): room.get(name, 1.75) for name in told}
    if len(searches.unique()) > 1:
        widths["Search up to"] = 2.1
    widths |= {"Publications": 2.05, "Enabler": 1.5, "Barrier": 1.45, "Mixed": 1.3}
    widths |= {"No effect": 1.25}
    numbers = {name: name.lower() for name in ("Publications", "Enabler", "Barrier", "Mixed")}
    numbers |= {"No effect": "no_effect"}
    cells = {
        "group": [f"{sentence_case(kind)} studies ({(kinds == kind).sum():,})" for kind in kinds],
        **{in_terms(name): studies[texts[name]].map(_shown) for name in told},
        "Search up to": searches.map(short_day_of),
        **{name: studies[column].map("{:,}".format) for name, column in numbers.items()},
    }
    heading = "Characteristics of included studies"
    return PaperTable(heading, pd.DataFrame(cells, dtype=str), widths, numbers, wide=True)


def _factors(tables: Tables, review_domains: Sequence[str]) -> PaperTable:
    """Table 2: how many studies report each factor in each direction."""
    counts = tables["factor_tally"].set_index(["factor_id", "direction"])["studies"]
    judgements = tables["findings"].set_index(["factor_id", "direction"])["judgement"]
    of_domain = tables["domain_tally"]
    of_domain = of_domain[(of_domain["level"] == "domain") & (of_domain["direction"] == "any")]
    reporting = of_domain.set_index("domain")["studies"]
    widths = {"Factor": 4.5, "Sub-domain": 3.0, "Enabler": 1.5, "Judgement as enabler": 2.1}
    widths |= {"Barrier": 1.45, "Judgement as barrier": 2.1, "Mixed": 1.3, "No effect": 1.25}
    factors = factor_order(tables["factor_tally"], review_domains)
    factors["subdomain"] = factors["subdomain"].where(names_a_part(factors), "")
    if not factors["subdomain"].any() and len(factors):
        del widths["Sub-domain"]
    rows = []
    for factor in factors.to_dict("records"):
        name, domain = factor["factor_id"], factor["domain"]
        heading = one_line(domain_name(domain, review_domains))
        rows.append(
            {
                "group": f"{heading}: {studies_of(int(reporting[domain]))}",
                "Factor": _shown(factor["label"]),
                "Sub-domain": _shown(factor["subdomain"]),
                **{_words(each): f"{counts[name, each]:,}" for each in DIRECTIONS},
                **{
                    f"Judgement as {side}": judged(judgements[name, side])
                    for side in JUDGED_DIRECTIONS
                },
            }
        )
    numeric = [_words(each) for each in DIRECTIONS]
    return PaperTable("Factors by domain", _framed(rows, widths), widths, numeric)


def _often_reported(tables: Tables) -> PaperTable:
    """Table 3: the findings often reported and how robust they are."""
    findings = tables["findings"]
    often = findings[findings["judgement"] == OFTEN]
    own = ["factor_id", "direction", "published", "kinds", "kinds_held", "fragility", "strength"]
    own += ["worst_kind", "worst_scenario", "worst_studies", "worst_total", "worst_required"]
    joined = often.merge(
        tables["robustness_summary"][own], on=own[:2], validate="one_to_one"
    ).sort_values(["studies", "label"], ascending=[False, True])
    widths = {"Factor": 4.4, "Domain": 2.3, "Studies": 1.5, "Share": 1.4, "Mixed or no effect": 1.7}
    widths |= {"Worst case": 4.6, "Kinds held": 1.5, "Fragility index": 1.7, "Strength": 2.8}
    widths |= {} if tables["published"].empty else {"Published": 1.8}
    rows = []
    for direction in JUDGED_DIRECTIONS:
        part = joined[joined["direction"] == direction]
        for row in part.to_dict("records"):
            rows.append(
                {
                    "group": f"{sentence_case(direction)}s ({len(part):,})",
                    "Factor": _shown(row["label"]),
                    "Domain": _shown(row["domain"]),
                    "Studies": f"{row['studies']:,}",
                    "Share": f"{100 * row['share_of_studies']:.0f}%",
                    "Mixed or no effect": _part(
                        row["mixed_or_no_effect"], row["studies_of_factor"]
                    ),
                    "Worst case": _worst_case(row),
                    "Kinds held": _part(row["kinds_held"], row["kinds"]),
                    "Fragility index": f"{row['fragility']:,}",
                    "Strength": row["strength"],
                    "Published": row["published"],
                }
            )
    texts = ("Factor", "Domain", "Worst case", "Strength", "Published")
    numeric = [each for each in widths if each not in texts]
    heading = "Findings and their robustness"
    return PaperTable(heading, _framed(rows, widths), widths, numeric, wide=True)


def _worst_case(row: Mapping[Hashable, Any]) -> str:
    """The worst case of a finding: the scenario, and how many report it there."""
    if not row["worst_kind"]:
        return "–"
    left_out = f" ({_shown(row['worst_scenario'])})" if row["worst_scenario"] else ""
    part = _part(row["worst_studies"], row["worst_total"])
    return f"{row['worst_kind']}{left_out}: {part}, {row['worst_required']:,} needed"


def _published(tables: Tables) -> PaperTable:
    """Table 4: what the review published beside what is found here."""
    directed = tables["findings"].set_index(["factor_id", "direction"])["label"]
    says = tables["evidence_base"].set_index("measure")["description"]
    published = tables["published"]
    widths = {"No.": 1.2, "Published finding": 7.0, "Tested as": 5.2, "Published": 2.1}
    widths |= {"Found here": 2.3, "Verdict": 2.6, "Why": 5.2}
    rows = []
    for kind, heading in KINDS.items():
        for row in rows_of(published[published["kind"] == kind]):
            tested = says.get(row["measure"], named_measure(row["measure"]))
            if row["factor_id"]:
                label = directed[row["factor_id"], row["direction"]]
                tested = f"{label}: {row['direction']}"
            rows.append(
                {
                    "group": heading,
                    "No.": _shown(row["finding_id"]),
                    "Published finding": _shown(row["statement"]),
                    "Tested as": _shown(sentence_case(str(tested))),
                    "Published": _shown(_said_published(row)),
                    "Found here": _shown(row["found"]),
                    "Verdict": str(verdict_on(row)),
                    "Why": _shown(sentence_case(row["why"])),
                }
            )
    heading = "Published findings and what is found here"
    return PaperTable(heading, _framed(rows, widths), widths, [], wide=True)


def _said_published(row: Row) -> str:
    """What was published, as a cell says it: a factor was named, in no word of the ladder."""
    article = "an" if row["direction"] == "enabler" else "a"
    named = f"named as {article} {row['direction']}"
    return named if row["kind"] == FACTOR else row["expected"]


def _evidence(tables: Tables, cut: str) -> PaperTable:
    """Table 5: the evidence base and the flow of each search in numbers."""
    widths = {"What is counted": 13.6, "Number": 2.6}
    base = tables["evidence_base"].set_index("measure").to_dict("index")
    recorded = how_found(tables["evidence_base"].set_index("measure")["value"])
    only_if_any = ONLY_IF_ANY + (OF_A_SEARCH if recorded == NONE_RECORDED else [])
    rows = [
        {
            "group": f"Evidence base at {day_of(cut)}",
            "What is counted": _shown(sentence_case(base[measure]["description"])),
            "Number": f"{base[measure]['value']:,}",
        }
        for measure in sorted(base, key=_place)
        if base[measure]["value"] or measure not in only_if_any
    ]
    for search, flow in tables["flow"].groupby("search"):
        came = "Search up to" if paths_of(flow["box"]) else "Brought in as included at"
        rows += _flow(flow, f"{came} {day_of(str(search))}")
    return PaperTable("Evidence base and flow", _framed(rows, widths), widths, ["Number"])


def _place(measure: Hashable) -> tuple[int, str]:
    """Where a measure of the evidence base stands in the table."""
    known = measure in MEASURED
    return (MEASURED.index(str(measure)) if known else len(MEASURED), str(measure))


def _flow(flow: pd.DataFrame, search: str) -> list[dict[str, str]]:
    """The boxes of one search: of each path that found a record, then those of both."""
    kinds = flow.loc[(flow["box"] == "identified_kind") & (flow["n"] > 0), "detail"]
    direct = UNTYPED if NOT_STATED in set(kinds) else DIRECT
    parts: dict[str, list[dict[str, str]]] = {direct: [], OTHERS: [], BOTH: []}
    for row in flow.sort_values("position").to_dict("records"):
        box, label = str(row["box"]), _shown(row["label"])
        other, part = box.startswith(OTHER_PREFIX), row["detail"] != ""
        if not row["n"] and (part or box in OF_A_LATER_SEARCH):
            continue
        path = OTHERS if other else direct
        where = path if box.removeprefix(OTHER_PREFIX) in PATH_BOXES else BOTH
        parts[where].append(
            {
                "group": f"{search}: {where}",
                "What is counted": f"{NONE} {label}" if part else label,
                "Number": f"{row['n']:,}",
            }
        )
    return [row for rows in parts.values() for row in rows]


def _agreement(tables: Tables, review_domains: Sequence[str]) -> PaperTable:
    """Table 6: how well the independent coders agree."""
    widths = {"Group": 3.45, "Studies": 1.4, "Units": 1.2, "Both": 1.1, "First": 1.1}
    widths |= {"Second": 1.35, "Neither": 1.45, "Prevalence": 1.95, "Agreement": 2.5}
    widths |= dict.fromkeys(COEFFICIENTS.values(), 2.55)
    counts = {"Studies": "studies", "Units": "units", "Both": "both", "First": "only_first"}
    counts |= {"Second": "only_second", "Neither": "neither"}
    ordered = _in_order(tables["agreement"], tables["factor_tally"], review_domains)
    rows = []
    for row in ordered.to_dict("records"):
        level = "All units" if row["level"] == "overall" else f"By {row['level']}"
        cells = {
            "group": f"{level}, coders {listed(str(row['coders']).split())}",
            "Group": _shown(row["name"]),
            **{name: f"{row[column]:,}" for name, column in counts.items()},
            "Prevalence": _decimal(row["prevalence"]),
            "Agreement": _interval(row, "agreement"),
            **{name: _interval(row, measure) for measure, name in COEFFICIENTS.items()},
        }
        if row["warning"]:
            cells[COEFFICIENTS["kappa"]] += "†"
        rows.append(cells)
    numeric = [each for each in widths if each != "Group"]
    return PaperTable("Agreement of coders", _framed(rows, widths), widths, numeric, wide=True)


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
    names = {"overall": "All", "factor": labels.get(group, "")}
    if level == "search":
        return day_of(group)
    return names.get(level, _words(group))


def _interval(row: Mapping[Hashable, float], measure: str) -> str:
    """A coefficient with its interval, as far as they are defined."""
    value, low, high = (_decimal(row[f"{measure}{end}"]) for end in ("", "_low", "_high"))
    return value if NONE in (value, low, high) else f"{value} ({low}, {high})"


def _decimal(value: float) -> str:
    return NONE if pd.isna(value) else f"{value:z.2f}"


def _part(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


def _words(name: str) -> str:
    """An identifier such as ``no_effect`` in words, as it stands alone."""
    return sentence_case(name.replace("_", " "))


def _shown(text: object) -> str:
    """A cell of text; a dash where there is none."""
    return one_line(str(text)) or NONE


def _framed(rows: list[dict[str, str]], columns: Mapping[str, float]) -> pd.DataFrame:
    """The rows as a frame of text, also where there is none."""
    return pd.DataFrame(rows, columns=["group", *columns], dtype=str)
