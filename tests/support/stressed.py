"""What tests of robustness share: made-up evidence, its findings, and the scenarios on them."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
from review_synthesis.counting.tally_factors import factor_tally
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.scenarios import Evidence, run_scenarios

RULE = FrequencyRule(3, Fraction("0.10"), Fraction("0.25"))
DIRECTIONS = ["enabler", "barrier", "mixed", "no_effect"]
CODEBOOK = pd.DataFrame(
    {"factor_id": ["fit", "funding"], "label": ["Fit", "Funding"], "domain": "d", "subdomain": "s"}
)
PUBLISHED = pd.DataFrame(
    [["factor", "funding", "barrier"]], columns=["kind", "factor_id", "direction"]
)
CODING = tuple[str, str, str]


def evidence(
    made_up: list[CODING], studies: int, **columns: dict[str, str]
) -> dict[str, pd.DataFrame]:
    """Studies s0, s1, … with one publication each; all coders code alike."""
    names = [f"s{n}" for n in range(studies)]
    who = pd.DataFrame(
        {
            "study_id": names,
            "design_class": "primary",
            "country": "Wales",
            "programme": "",
            "certainty": "high",
            "synthesised_in": "",
            "year": pd.array([2020] * studies, "Int64"),
        }
    )
    for column, values in columns.items():
        who[column] = who["study_id"].map(values).fillna(who[column])
    rows = [
        (study, f"{study}_a", factor, direction, coder, "clear")
        for study, factor, direction in made_up
        for coder in ("A", "B", "consensus")
    ]
    names_of_columns = [
        "study_id",
        "publication_id",
        "factor_id",
        "direction",
        "coder",
        "certainty",
    ]
    codings = pd.DataFrame(rows, columns=names_of_columns, dtype=str)
    publications = pd.DataFrame(
        {
            "publication_id": [f"{name}_a" for name in names],
            "study_id": names,
            "publication_type": "journal_article",
            "also_reports": "",
        }
    )
    return {"codings": codings, "studies": who, "publications": publications}


def no_history() -> dict[str, pd.DataFrame]:
    """That the codebook stayed as it was, and that nobody noted who read what."""
    changed = ["from", "to", "search", "reason", "kind"]
    return {
        "codebook_changes": pd.DataFrame(columns=changed, dtype=str),
        "reads": pd.DataFrame(columns=["study_id", "coder", "search"], dtype=str),
    }


def agreed(codings: pd.DataFrame) -> pd.DataFrame:
    return codings[codings["coder"] == "consensus"]


def tally(made: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return factor_tally(agreed(made["codings"]), made["studies"], CODEBOOK)


def judge(made: dict[str, pd.DataFrame], rule: FrequencyRule = RULE) -> pd.DataFrame:
    return judge_tally(tally(made), rule)


def stress(
    made: dict[str, pd.DataFrame],
    rule: FrequencyRule = RULE,
    without_factor: int = 0,
    first_coded: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """The scenarios on evidence; nothing was corrected unless ``first_coded`` says otherwise."""
    first = made["codings"] if first_coded is None else first_coded
    parts = Evidence(**made, first_coded=first, without_factor=without_factor)
    return run_scenarios(parts, judge(made, rule), PUBLISHED, rule)


def barriers(number: int) -> list[CODING]:
    return [(f"s{n}", "funding", "barrier") for n in range(number)]


def scenario(made: dict[str, pd.DataFrame], name: str) -> pd.DataFrame:
    rows = stress(made)["robustness"]
    chosen = (rows["factor_id"] == "funding") & (rows["direction"] == "barrier")
    return rows[chosen & (rows["scenario"] == name)].set_index("left_out")
