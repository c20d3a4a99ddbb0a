"""Rules for the published findings: what each kind of finding has, and how its number is written.

Each is a function as those of ``cross_rules``.
"""

import pandas as pd

from review_synthesis.gate.codebook_rules import published_in_time
from review_synthesis.gate.lookups import problems_of, sound, unknown_names
from review_synthesis.gate.problems import Problem, Rule, nearest
from review_synthesis.tables.fields import DATE
from review_synthesis.tables.vocabulary import (
    COMPARISON,
    COUNT,
    FACTOR,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    LOCAL_MEASURES,
    MEASURES,
    SHARE,
    SHARE_MEASURES,
    STATEMENT,
    STATEMENT_MEASURES,
)

NEEDS = {
    COUNT: {"measure", "expected"},
    SHARE: {"measure", "expected"},
    FACTOR: {"factor_id", "direction"},
    COMPARISON: {"factor_id", "direction", "expected"},
    STATEMENT: set[str](),
}
MAY_HAVE = {FACTOR: {"expected", "further_factors"}, STATEMENT: {"measure", "expected"}}
COLUMNS = ["measure", "expected", "factor_id", "direction", "further_factors"]
EXPECTED = {
    COUNT: (r"[0-9]+", "a whole number"),
    SHARE: (r"[<>]=? [0-9]{1,3}(?:\.[0-9]+)?%", "a share such as '> 50%'"),
    FACTOR: (f"(?:{'|'.join(JUDGEMENTS)})?", f"one of {', '.join(JUDGEMENTS)}, or empty"),
    COMPARISON: (
        rf"(?:more|fewer) than (?:{'|'.join(JUDGED_DIRECTIONS)})",
        "'more than' or 'fewer than' and the other direction",
    ),
    STATEMENT: (f"(?:{DATE})?", "a date such as 2026-11-22"),
}
"""How ``expected`` is written for each kind of finding, as a pattern and in words."""


def what_a_kind_has(_found: list[Problem], findings: pd.DataFrame) -> list[Problem]:
    """Each finding has what belongs to its kind, and nothing that belongs to another."""
    problems = []
    for column in COLUMNS:
        needs = [kind for kind, columns in NEEDS.items() if column in columns]
        may_have = [*needs, *(kind for kind, columns in MAY_HAVE.items() if column in columns)]
        kinds, filled = findings["kind"], findings[column] != ""
        problems += problems_of(
            findings[kinds.isin(needs) & ~filled],
            column,
            "kind",
            f"the kind is {{kind}} but {column} is empty",
            f"Fill in the {column}, or correct the kind.",
        )
        problems += problems_of(
            findings[kinds.isin(list(NEEDS)) & ~kinds.isin(may_have) & filled],
            column,
            "kind",
            f"the kind is {{kind}} but {column} is filled in",
            f"Empty the {column}, or correct the kind.",
        )
    return problems


def expectations(found: list[Problem], findings: pd.DataFrame) -> list[Problem]:
    """What is expected is written as its kind asks; a comparison is with the other direction."""
    rows = sound(found, findings, "kind", "expected")
    problems = []
    for kind, (pattern, says) in EXPECTED.items():
        of_kind = rows[(rows["kind"] == kind) & (rows["expected"] != "")]
        problems += problems_of(
            of_kind[~of_kind["expected"].str.fullmatch(pattern)],
            "expected",
            "expected",
            f"expected '{{expected}}' is not {says}, as it is for the kind {kind}",
            "Correct it, or the kind.",
        )
    compared = sound([*found, *problems], rows[rows["kind"] == COMPARISON], "expected")
    itself = [
        expected.endswith(f" {direction}") and direction != ""
        for expected, direction in zip(compared["expected"], compared["direction"], strict=True)
    ]
    return problems + problems_of(
        compared[itself],
        "expected",
        "expected",
        "the direction {direction} is compared with itself",
        "Name the other direction in expected.",
    )


def measures(found: list[Problem], findings: pd.DataFrame) -> list[Problem]:
    """A measure of a share or a statement is one that can be looked at.

    Of a count, a measure like one that is counted is that one, misspelt; another is not testable.
    """
    rows = sound(found, findings[findings["measure"] != ""], "measure", "kind")
    problems = []
    for kind, known in ((SHARE, SHARE_MEASURES), (STATEMENT, STATEMENT_MEASURES)):
        problems += problems_of(
            rows[(rows["kind"] == kind) & ~rows["measure"].isin(known)],
            "measure",
            "measure_known",
            f"measure '{{measure}}' is none that a {kind} is of",
            f"It is one of {', '.join(known)}.",
            known,
        )
    counted = [*MEASURES, *LOCAL_MEASURES]
    rows = rows[rows["kind"] == COUNT]
    near = rows["measure"].map(lambda each: nearest(each, counted))
    return problems + problems_of(
        rows[near != ""],
        "measure",
        "measure_known",
        "measure '{measure}' is none that is counted",
        "Name a measure of tables/evidence_base.csv; give another thing a name unlike those.",
        counted,
    )


def further_factors(
    found: list[Problem], findings: pd.DataFrame, codebook: pd.DataFrame, cuts: pd.DataFrame
) -> list[Problem]:
    """The further factors of a finding are in the first codebook, and other ones, each once."""
    column = "further_factors"
    each = findings.assign(**{column: findings[column].str.split(" ")}).explode(column)
    each = each[each[column] != ""]
    problems = unknown_names(found, each, codebook, column, "codebook", "factor_id")
    itself = each[column] == each["factor_id"]
    problems += problems_of(
        each[itself | each.duplicated(["finding_id", column])],
        column,
        column,
        "the finding is said to speak of factor '{further_factors}' twice",
        "Name in further_factors only factors besides factor_id, each once.",
    )
    return problems + published_in_time(found, each, codebook, cuts, column)


RULES: list[tuple[tuple[str, ...], Rule]] = [
    *((("published_findings",), rule) for rule in (what_a_kind_has, expectations, measures)),
    (("published_findings", "codebook", "cuts"), further_factors),
]
