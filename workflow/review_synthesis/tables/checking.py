"""The optional raw tables of checks, of methods, of confidence, and of innovations without study.

What holds of the tables in ``raw`` holds of these.
"""

from review_synthesis.tables.fields import (
    Table,
    Text,
    choice,
    coder_of,
    date_of,
    letter_of,
    name_of,
    names_of,
    pattern,
    record_of,
    term,
    text,
    year_of,
)
from review_synthesis.tables.vocabulary import (
    BEGUN_BY_CUT,
    CERTAINTY,
    CHECK_VERDICTS,
    CONCERNS,
    CONFIDENCE,
    DECISIONS,
    DRAWN,
    EVALUATION_STATUS,
    JUDGED_DIRECTIONS,
    METHODS_LEVELS,
    SAMPLE,
    TARGETED,
)


class Checks(Table, name="checks", key=["file", "id", "checker"], may_be_empty=True):
    """Checks of codings and publications against the text that they tell of."""

    file: Text = pattern(
        "Table of the row checked, such as `2026-11-22/codings.csv`.",
        r"[0-9-]+/(?:codings|publications|studies)\.csv",
        "a table of a search, such as 2026-11-22/codings.csv",
    )
    id: Text = text("Identifier of the row (its first column), withdrawn since or not.")
    checker: Text = letter_of("Who checked it.")
    drawn: Text = choice(
        "How it came to be checked: in a random sample, for a reason, or with all others.", DRAWN
    )
    verdict: Text = choice(
        "What the text says: it confirms the row, implies it only, says something else that was "
        "coded instead, does not support it, or was not seen again.",
        CHECK_VERDICTS,
    )
    note: Text = text("What was found.")
    url: Text = text("Where it was looked up.", optional=True)
    date: Text = date_of("Date of the check.")


class ScreeningChecks(
    Table, name="screening_checks", key=["record_id", "screener"], may_be_empty=True
):
    """Records screened again, with the first decision, the second one and what was agreed."""

    record_id: Text = record_of("Record of screening.csv of this search.")
    screener: Text = name_of("Who screened it again.", "a lower-case name such as second")
    drawn: Text = choice("How it came to be screened again.", [SAMPLE, TARGETED])
    first_decision: Text = choice("Decision of the first screening.", DECISIONS)
    first_reason: Text = term("Its reason of an exclusion.", "exclusion_reasons", optional=True)
    decision: Text = choice("Decision of this screener.", DECISIONS)
    reason: Text = term("Its reason of an exclusion.", "exclusion_reasons", optional=True)
    certainty: Text = choice("How sure this screener is.", ["clear", "unsure"], optional=True)
    seen: Text = text("What was seen of the report.")
    agreed_decision: Text = choice("Decision agreed, which stands in screening.csv.", DECISIONS)
    agreed_reason: Text = term("Its reason of an exclusion.", "exclusion_reasons", optional=True)
    note: Text = text("What decided it.")
    date: Text = date_of("Date of this screening.")


class StudyMethods(Table, name="study_methods", key=["study_id", "coder"], may_be_empty=True):
    """How each study looked at implementation: one account by each coder, and the agreed one."""

    study_id: Text = name_of("Study read.", "a study_id")
    coder: Text = coder_of("Independent coder (A, B, …), or `consensus` for the agreed account.")
    implementation_methods: Text = choice(
        "How formally: a named implementation or innovation framework or theory, or a realist or "
        "logic-model design, frames the analysis; implementation is the stated object, studied "
        "by a stated method; factors come as by-product of a process or effectiveness report or "
        "a narrative; or it cannot be told.",
        METHODS_LEVELS,
    )
    framework: Text = text("The framework named, if any.", optional=True)
    data_collection: Text = names_of(
        "How data were collected.", "lower-case names with a space between", optional=True
    )
    participants: Text = text("Who took part, and how many.", optional=True)
    appraisal_tool: Text = text(
        "For a review: the tool by which it appraised its studies.", optional=True
    )
    basis: Text = term("Kind of text that was read.", "bases")
    locator: Text = text("Place in that text.")
    certainty: Text = choice("Whether the text says so clearly or the coder interprets.", CERTAINTY)
    url: Text = text("Where it was read.", optional=True)
    note: Text = text("What the text says of it.", optional=True)
    reason: Text = text("Where the coders differ: why the agreed one stands.", optional=True)


class LocalInnovations(Table, name="local_innovations", key=["innovation_id"], may_be_empty=True):
    """Innovations whose work there no included study is about, and whether they were evaluated."""

    innovation_id: Text = name_of("Identifier of the innovation.")
    name: Text = text("Its name.")
    name_cy: Text = text("Its name in Welsh, if it has one.", optional=True)
    organisation: Text = text("Who runs it.")
    nation: Text = term("Place where it is at work.", "places")
    started: Text = year_of("Year in which it began; empty where that is not known.")
    begun_by_cut: Text = choice("Whether it had begun by the date of the search.", BEGUN_BY_CUT)
    description: Text = text("What it does.")
    evaluation_status: Text = choice(
        "What the pages seen say of an evaluation; `not_stated` is that they say nothing, which "
        "does not mean that there was none.",
        EVALUATION_STATUS,
    )
    basis: Text = text("What the pages seen say.")
    source_title: Text = text("The page.")
    url: Text = text("Its address.")
    date_seen: Text = date_of("Date on which it was seen.")


class Cerqual(Table, name="cerqual", key=["factor_id", "direction", "cut"], may_be_empty=True):
    """What people judged of the confidence in findings, by GRADE-CERQual.

    `results/<cut>/cerqual.csv` holds what a judgement looks at, with these columns to fill in.
    """

    factor_id: Text = name_of("Factor of the finding.", "a factor_id of codebook.csv")
    direction: Text = choice("Direction of the finding.", JUDGED_DIRECTIONS)
    cut: Text = date_of("Search up to which the evidence was judged; it holds at that cut alone.")
    methodological_limitations: Text = choice("How the studies were made.", CONCERNS)
    coherence: Text = choice("How well the finding fits what they report.", CONCERNS)
    adequacy: Text = choice("How rich and how much it is.", CONCERNS)
    relevance: Text = choice("How far it applies to the question.", CONCERNS)
    overall: Text = choice("Confidence in the finding.", CONFIDENCE)
    explanation: Text = text("Why.")
    who: Text = text("Who judged it.")
    date: Text = date_of("Date of the judgement.")
