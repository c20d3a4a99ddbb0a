"""The tables of a paper, as text in cells, each with its caption and its note."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from review_synthesis.paper.cells import NONE, Tables, day_of_cut, framed, noted, shown
from review_synthesis.paper.checks import agreement_table, evidence_table
from review_synthesis.paper.documents import PaperTable
from review_synthesis.paper.sentences import (
    ROBUSTNESS,
    consensus_rule,
    one_line,
    other_judgements,
    required_here,
)
from review_synthesis.tables.order import factor_order, study_order
from review_synthesis.tables.raw import DIRECTIONS, JUDGED_DIRECTIONS
from review_synthesis.wording.numbers import Numbers, listed, plain, publications_of
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.phrases import domain_name, sentence_case, short_day_of, studies_of

TABLES = ["evidence_base", "studies", "factor_tally", "domain_tally", "findings", "flow"]
TABLES += ["published", "robustness_summary", "agreement"]
UNTESTABLE = {
    "count": "the tables do not hold this count",
    "statement": "neither a count nor a factor",
}
KINDS = {"factor": "Factor findings", "count": "Counts", "statement": "Other statements"}
UNIT = "The unit is the study; several publications of one study count once."
NOT_WEIGHED = "Studies are counted, not weighed."


def paper_tables(
    tables: Tables, numbers: Numbers, review_domains: Sequence[str]
) -> list[PaperTable]:
    """The tables of a paper in their order; ``tables`` holds those named in ``TABLES``."""
    return [
        _studies(tables, numbers),
        _factors(tables, numbers, review_domains),
        _consensus(tables, numbers),
        _published(tables, numbers),
        evidence_table(tables, numbers),
        agreement_table(tables, numbers, review_domains),
    ]


def _studies(tables: Tables, numbers: Numbers) -> PaperTable:
    """Table 1: what the included studies are."""
    studies = study_order(tables["studies"])
    number_of = studies["design_class"].value_counts()
    widths = {"Study": 2.7, "Nation": 2.15, "Design": 3.0, "Innovation": 3.5, "Programme": 3.1}
    widths |= {"Certainty": 1.75}
    several = len(studies["search"].unique()) > 1
    if several:
        widths["Search up to"] = 2.1
    counted = {"Publications": "publications", "Enabler": "enabler", "Barrier": "barrier"}
    counted |= {"Mixed": "mixed", "No effect": "no_effect"}
    widths |= {
        "Publications": 2.05,
        "Enabler": 1.5,
        "Barrier": 1.45,
        "Mixed": 1.3,
        "No effect": 1.25,
    }
    rows = []
    for study in studies.to_dict("records"):
        kind = str(study["design_class"])
        row = {
            "group": f"{sentence_case(kind)} studies ({number_of[kind]:,})",
            "Study": shown(study["label"]),
            "Nation": shown(study["country"]),
            "Design": shown(study["design"]),
            "Innovation": shown(study["innovation"]),
            "Programme": shown(study["programme"]),
            "Certainty": shown(study["certainty"]),
            **{name: f"{study[column]:,}" for name, column in counted.items()},
        }
        rows.append(row | ({"Search up to": short_day_of(str(study["search"]))} if several else {}))
    found = plain(
        said(
            "Characteristics of included studies at {day}: {studies} in {publications}",
            day=day_of_cut(numbers),
            studies=studies_of(len(studies)),
            publications=publications_of(numbers.count("evidence_base", "publications")),
        )
    )
    return PaperTable(
        "Characteristics of included studies",
        f"{found}.",
        framed(rows, widths),
        widths,
        frozenset(counted),
        wide=True,
        note=noted(
            "Enabler, Barrier, Mixed, No effect: factors that the study was agreed to report so. "
            "Secondary studies are reviews and syntheses. UK: several nations of the United "
            "Kingdom. Certainty is low where only thin text of the study is "
            f"visible. {NONE}: none named." + (" n.d.: no date." if _undated(studies) else ""),
            NOT_WEIGHED,
        ),
    )


def _undated(studies: pd.DataFrame) -> bool:
    return bool(studies["label"].str.contains("n.d.", regex=False).any())


def _factors(tables: Tables, numbers: Numbers, review_domains: Sequence[str]) -> PaperTable:
    """Table 2: how many studies report each factor in each direction."""
    counts = tables["factor_tally"].set_index(["factor_id", "direction"])["studies"]
    judged = tables["findings"].set_index(["factor_id", "direction"])["judgement"]
    of_domain = tables["domain_tally"]
    of_domain = of_domain[(of_domain["level"] == "domain") & (of_domain["direction"] == "any")]
    reporting = of_domain.set_index("domain")["studies"]
    widths = {"Factor": 4.5, "Sub-domain": 3.0, "Enabler": 1.5, "Judgement as enabler": 2.1}
    widths |= {"Barrier": 1.45, "Judgement as barrier": 2.1, "Mixed": 1.3, "No effect": 1.25}
    rows = []
    for factor in factor_order(tables["factor_tally"], review_domains).to_dict("records"):
        name, domain = factor["factor_id"], factor["domain"]
        studies = {each: f"{counts[name, each]:,}" for each in DIRECTIONS}
        heading = one_line(domain_name(domain, review_domains))
        rows.append(
            {
                "group": f"{heading}: {studies_of(int(reporting[domain]))}",
                "Factor": shown(factor["label"]),
                "Sub-domain": shown(factor["subdomain"]),
                "Enabler": studies["enabler"],
                "Judgement as enabler": judged[name, "enabler"],
                "Barrier": studies["barrier"],
                "Judgement as barrier": judged[name, "barrier"],
                "Mixed": studies["mixed"],
                "No effect": studies["no_effect"],
            }
        )
    return PaperTable(
        "Factors by domain",
        f"Studies that report each factor, of {studies_of(len(tables['studies']))} at "
        f"{day_of_cut(numbers)}, with the judgement by the consensus rule.",
        framed(rows, widths),
        widths,
        frozenset({"Enabler", "Barrier", "Mixed", "No effect"}),
        note=noted(
            consensus_rule(numbers),
            required_here(numbers),
            other_judgements(),
            UNIT,
            "A study can stand in several columns of a factor. Beside each domain: studies that "
            "report any factor of it; (added): a domain that the published review does not use.",
            NOT_WEIGHED,
        ),
    )


def _consensus(tables: Tables, numbers: Numbers) -> PaperTable:
    """Table 3: the consensus findings and how robust they are."""
    findings = tables["findings"]
    consensus = findings[findings["judgement"] == "consensus"]
    summary = tables["robustness_summary"].drop(columns=["label", "judgement"])
    own = ["factor_id", "direction", "published", "scenarios", "unchanged", "fragility_index"]
    joined = consensus.merge(summary[own], on=["factor_id", "direction"], validate="one_to_one")
    joined = joined.sort_values(["studies", "label"], ascending=[False, True])
    widths = {"Factor": 4.8, "Domain": 2.3, "Studies": 1.5, "Share": 1.4, "Mixed or no effect": 1.7}
    widths |= {"Scenarios unchanged": 2.1, "Fragility index": 1.7, "Published": 1.8}
    rows = []
    for direction in JUDGED_DIRECTIONS:
        part = joined[joined["direction"] == direction]
        for row in part.to_dict("records"):
            rows.append(
                {
                    "group": f"{sentence_case(direction)}s ({len(part):,})",
                    "Factor": shown(row["label"]),
                    "Domain": shown(row["domain"]),
                    "Studies": f"{row['studies']:,}",
                    "Share": f"{100 * row['share_of_studies']:.0f}%",
                    "Mixed or no effect": f"{row['contradicting']:,} of "
                    f"{row['studies_of_factor']:,}",
                    "Scenarios unchanged": f"{row['unchanged']:,} of {row['scenarios']:,}",
                    "Fragility index": f"{row['fragility_index']:,}",
                    "Published": row["published"],
                }
            )
    scenarios = listed(numbers.at("SCENARIOS", file=ROBUSTNESS))
    return PaperTable(
        "Consensus findings and their robustness",
        f"Consensus findings at {day_of_cut(numbers)} and how robust they are.",
        framed(rows, widths),
        widths,
        frozenset({"Studies", "Share", "Mixed or no effect", "Scenarios unchanged"})
        | {"Fragility index"},
        note=noted(
            consensus_rule(numbers),
            required_here(numbers),
            f"Share: studies that report the finding, of {studies_of(len(tables['studies']))} (the "
            "frequency effect size). Mixed or no effect: studies that code the factor so, of those "
            "that code it at all.",
            said(
                "Scenarios unchanged: in how many scenarios the finding stays a consensus "
                "({scenarios}).",
                scenarios=scenarios,
            ),
            "Fragility index: the fewest supporting studies whose removal ends the consensus. "
            "Published: whether the review published the finding.",
            UNIT,
            NOT_WEIGHED,
        ),
    )


def _published(tables: Tables, numbers: Numbers) -> PaperTable:
    """Table 4: what the review published beside what is found here."""
    labels = tables["factor_tally"].drop_duplicates("factor_id").set_index("factor_id")["label"]
    says = tables["evidence_base"].set_index("measure")["description"]
    widths = {"No.": 1.2, "Published finding": 7.0, "Tested as": 5.2, "Published": 2.1}
    widths |= {"Found here": 2.3, "Verdict": 2.6, "Why": 5.2}
    rows = []
    for kind, heading in KINDS.items():
        published = tables["published"]
        for row in published[published["kind"] == kind].to_dict("records"):
            tested = says.get(row["measure"], "") if kind == "count" else ""
            if kind == "factor":
                tested = f"{labels[row['factor_id']]}: {row['direction']}"
            rows.append(
                {
                    "group": heading,
                    "No.": shown(row["finding_id"]),
                    "Published finding": shown(row["statement"]),
                    "Tested as": shown(sentence_case(str(tested))),
                    "Published": shown(row["expected"]),
                    "Found here": shown(row["found"]),
                    "Verdict": row["verdict"],
                    "Why": shown(sentence_case(_why(row))),
                }
            )
    return PaperTable(
        "Published findings and what is found here",
        f"Each finding that the review published, beside what is found at {day_of_cut(numbers)}.",
        framed(rows, widths),
        widths,
        frozenset(),
        wide=True,
        note=noted(
            "Published findings are put in other words than the review's. A factor finding is "
            "supported where it is a consensus here, partly supported where it is emerging, "
            "contradicted where part (c) of the rule fails, and otherwise not supported; a count "
            "is reproduced or differs; what the tables do not hold is not testable. Contradict: "
            "studies that code the factor as mixed or as having no effect, of those that code it "
            "at all.",
            consensus_rule(numbers),
            required_here(numbers),
            f"{NONE}: does not apply.",
        ),
    )


def _why(row: Mapping[Hashable, str]) -> str:
    """The numbers behind a verdict, or why there is none."""
    if row["verdict"] != "not testable":
        return row["why"]
    return UNTESTABLE[row["kind"]]
