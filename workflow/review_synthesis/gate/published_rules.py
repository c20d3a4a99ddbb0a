"""Rules for the published findings: what each kind has, and how its number is written."""

from functools import partial

from review_synthesis.gate.codebook_rules import published_in_time
from review_synthesis.gate.lookups import Rows, problems_of, sound, unknown_names, what_belongs
from review_synthesis.gate.problems import Problems, Rule, nearest
from review_synthesis.tables.fields import DATE
from review_synthesis.tables.vocabulary import (
    COMPARISON,
    COUNT,
    FACTOR,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    LOCAL_MEASURES,
    MEASURES,
    PUBLISHED_KINDS,
    SHARE,
    SHARE_MEASURES,
    STATEMENT,
    STATEMENT_MEASURES,
)

NEEDS = {
    "measure": [COUNT, SHARE],
    "expected": [COUNT, SHARE, COMPARISON],
    "factor_id": [FACTOR, COMPARISON],
    "direction": [FACTOR, COMPARISON],
    "further_factors": [],
}
"""By column, the kinds of finding that have it filled; and those that may."""
MAY_HAVE = {"measure": [STATEMENT], "expected": [FACTOR, STATEMENT], "further_factors": [FACTOR]}
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


def expectations(found: Problems, findings: Rows) -> Problems:
    """What is expected is written as its kind asks; a comparison is with the other direction."""
    rows = sound(found, findings, "kind", "expected")
    problems = []
    for kind, (pattern, says) in EXPECTED.items():
        of_kind = rows[(rows["kind"] == kind) & (rows["expected"] != "")]
        wrong = of_kind[~of_kind["expected"].str.fullmatch(pattern)]
        says = f"expected '{{expected}}' is not {says}, as it is for the kind {kind}"
        problems += problems_of(wrong, "expected", "expected", says, "Correct it, or the kind.")
    compared = sound([*found, *problems], rows[rows["kind"] == COMPARISON], "expected")
    itself = [
        expected.endswith(f" {direction}") and direction != ""
        for expected, direction in zip(compared["expected"], compared["direction"], strict=True)
    ]
    says = "the direction {direction} is compared with itself"
    hint = "Name the other direction in expected."
    return problems + problems_of(compared[itself], "expected", "expected", says, hint)


def measures(found: Problems, findings: Rows) -> Problems:
    """A measure of a share or a statement is one that can be looked at.

    Of a count, a measure like one that is counted is that one, misspelt; another is not testable.
    """
    rows = sound(found, findings[findings["measure"] != ""], "measure", "kind")
    problems = []
    for kind, known in ((SHARE, SHARE_MEASURES), (STATEMENT, STATEMENT_MEASURES)):
        wrong = rows[(rows["kind"] == kind) & ~rows["measure"].isin(known)]
        says = f"measure '{{measure}}' is none that a {kind} is of"
        hint = f"It is one of {', '.join(known)}."
        problems += problems_of(wrong, "measure", "measure_known", says, hint, known)
    counted = [*MEASURES, *LOCAL_MEASURES]
    rows = rows[rows["kind"] == COUNT]
    near = rows["measure"].map(lambda each: nearest(each, counted))
    says = "measure '{measure}' is none that is counted"
    hint = "Name a measure of tables/evidence_base.csv; give another thing a name unlike those."
    return problems + problems_of(rows[near != ""], "measure", "measure_known", says, hint, counted)


def further_factors(found: Problems, findings: Rows, codebook: Rows, cuts: Rows) -> Problems:
    """The further factors of a finding are in the first codebook, and other ones, each once."""
    column = "further_factors"
    each = findings.assign(**{column: findings[column].str.split(" ")}).explode(column)
    each = each[each[column] != ""]
    problems = unknown_names(found, each, codebook, column, "codebook", "factor_id")
    itself = each[column] == each["factor_id"]
    wrong = each[itself | each.duplicated(["finding_id", column])]
    says = "the finding is said to speak of factor '{further_factors}' twice"
    hint = "Name in further_factors only factors besides factor_id, each once."
    problems += problems_of(wrong, column, column, says, hint)
    return problems + published_in_time(found, each, codebook, cuts, column)


what_a_kind_has = partial(
    what_belongs, by="kind", needs=NEEDS, kinds=PUBLISHED_KINDS, may_have=MAY_HAVE
)
RULES: list[tuple[tuple[str, ...], Rule]] = [
    *((("published_findings",), rule) for rule in (what_a_kind_has, expectations, measures)),
    (("published_findings", "codebook", "cuts"), further_factors),
]
