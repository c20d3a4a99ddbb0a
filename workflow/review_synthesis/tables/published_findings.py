"""The tables of what the review published, and of local innovations, which some of it counts."""

from review_synthesis.tables.fields import (
    Decimal,
    Table,
    Text,
    Whole,
    WholeOrNone,
    count_of,
    number_of,
    one_of,
    share_of,
    text_of,
)
from review_synthesis.tables.vocabulary import (
    ANY,
    EVALUATION_STATUS,
    JUDGED_DIRECTIONS,
    PUBLISHED_KINDS,
    VERDICTS,
    YES_NO,
)


class LocalInnovations(Table, name="tables/local_innovations", key=["evaluation_status"]):
    """Local innovations whose work there no study is about, by what is said of their evaluation.

    They come from a search of its own; where there is none, the table has no row.
    """

    evaluation_status: Text = one_of("Status, or any.", [*EVALUATION_STATUS, ANY])
    innovations: Whole = count_of("Innovations of that status begun by the date of the cut.")
    unclear: Whole = count_of("Further ones of which it is unclear whether they had begun.")
    nations: Text = text_of("Nations of all of these, a semicolon between.")
    innovation_ids: Text = text_of("Those that had begun.")
    unclear_ids: Text = text_of("Those of which it is unclear.")


class Published(Table, name="tables/published", key=["finding_id"]):
    """Each finding that the review published, beside what is found here."""

    finding_id: Text = text_of("Identifier of the published finding.")
    kind: Text = one_of("What sort of finding it is.", PUBLISHED_KINDS)
    statement: Text = text_of("The published finding, in our words.")
    measure: Text = text_of("What is counted, or whose share or date it is; empty for a factor.")
    factor_id: Text = text_of("For a factor finding or a comparison: the factor.")
    direction: Text = text_of("For a factor finding or a comparison: the direction.")
    expected: Text = text_of("What the review published.")
    found: Text = text_of("What is found here.")
    part: WholeOrNone = number_of("Studies of a factor in the direction, or of a share.")
    whole: WholeOrNone = number_of("The studies that these are a part of.")
    wider_part: WholeOrNone = number_of("For a share: the studies by a wider reading of it.")
    other_way: WholeOrNone = number_of(
        "Studies that report the factor in the other direction: that lacking it hinders fits a "
        "claim that having it helps."
    )
    further_factors: Text = text_of("The other factors that the finding speaks of, if there are.")
    together: WholeOrNone = number_of("Studies that report any of all of these so.")
    verdict: Text = one_of("For a factor finding its judgement here; else the verdict.", VERDICTS)
    by_construction: Text = one_of("Whether it counts what the codebook was made of.", YES_NO)
    why: Text = text_of("The numbers or the reason behind the verdict.")
    study_ids: Text = text_of("For a factor finding or a comparison: the studies here.")
    other_way_study_ids: Text = text_of("Those that report the factor in the other direction.")
    together_study_ids: Text = text_of("Those that report any of several factors so.")


class Unpublished(Table, name="tables/unpublished", key=["factor_id", "direction"]):
    """Findings often reported here that are not among the published findings listed."""

    factor_id: Text = text_of("Identifier of the factor.")
    label: Text = text_of("Name of the factor in this direction.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    origin: Text = text_of("Whether the review names the factor, or it is added.")
    studies: Whole = count_of("Studies that report it.")
    share_of_studies: Decimal = share_of("Studies ÷ all studies.")
    study_ids: Text = text_of("The studies.")
