"""The tables that the program makes: one pandera model per table that crosses a rule.

A table is written in the order of its columns here and sorted by its key. Shares are fractions
between 0 and 1, written with four decimals; lists of identifiers are separated by one space.
"""

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
    BOXES,
    CHANGES,
    DIRECTIONS,
    EVALUATION_STATUS,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    KIND_OF_SOURCE,
    PATHS,
    PUBLISHED_KINDS,
    STAGES,
    UNITS,
    VERDICTS,
    YES_NO,
)


class Validation(Table, name="validation", key=["file"]):
    """What the gate read and let pass."""

    file: Text = text_of("Raw file.")
    rows: Whole = count_of("Rows below the header.")
    columns: Whole = count_of("Columns, those that the file may lack among them.")
    notices: Whole = count_of("Notices: what was read as meant, not an error.")


class EvidenceBase(Table, name="tables/evidence_base", key=["measure"]):
    """The evidence base in numbers."""

    measure: Text = text_of("What is counted.")
    value: Whole = count_of("The count.")
    description: Text = text_of("How it is counted.")


class StudyCharacteristics(Table, name="tables/studies", key=["study_id"]):
    """Characteristics of the included studies, with what each was coded for."""

    study_id: Text = text_of("Identifier of the study.")
    label: Text = text_of("Short name.")
    year: WholeOrNone = number_of("Year of the publication that the label names.")
    design_class: Text = text_of("Primary or secondary.")
    design: Text = text_of("Design.")
    innovation: Text = text_of("The innovation studied.")
    programme: Text = text_of("Programme, if any.")
    country: Text = text_of("Country, nation or setting.")
    synthesised_in: Text = text_of("Included review that contains the study, if any.")
    certainty: Text = text_of("How sure the reading is.")
    search: Text = text_of("Search that found the study.")
    publications: Whole = count_of("Publications of the study up to the cut.")
    factors: Whole = count_of("Factors coded in any direction.")
    enabler: Whole = count_of("Factors coded as enabler.")
    barrier: Whole = count_of("Factors coded as barrier.")
    mixed: Whole = count_of("Factors coded as mixed.")
    no_effect: Whole = count_of("Factors coded as making no difference.")
    publication_ids: Text = text_of("The publications.")


class Exclusions(Table, name="tables/exclusions", key=["search", "reason"]):
    """Why records were excluded, per search; reasons that were never needed are kept as 0."""

    search: Text = text_of("Search of the records.")
    reason: Text = text_of("Reason of exclusion.")
    records: Whole = count_of("Records excluded for it.")
    share_of_excluded: Decimal = share_of("Of the records excluded in that search.")


class FactorTally(Table, name="tables/factor_tally", key=["factor_id", "direction"]):
    """Studies per factor and direction. Every factor of the codebook is there, also with 0.

    A study counts once per factor and direction however many of its publications say it.
    """

    factor_id: Text = text_of("Identifier of the factor.")
    label: Text = text_of("Name of the factor, whatever the direction.")
    domain: Text = text_of("Domain.")
    subdomain: Text = text_of("Sub-domain.")
    direction: Text = one_of("Direction.", DIRECTIONS)
    studies: Whole = count_of("Studies that report it.")
    publications: Whole = count_of("Publications that report it.")
    primary: Whole = count_of("Of the studies: primary.")
    secondary: Whole = count_of("Of the studies: secondary.")
    studies_total: Whole = count_of("All studies at the cut.")
    share_of_studies: Decimal = share_of("Frequency effect size: studies ÷ all studies.")
    studies_of_domain: Whole = count_of("Studies coded for any factor of the domain.")
    share_of_domain: Decimal = share_of("Frequency effect size: studies ÷ those of the domain.")
    study_ids: Text = text_of("The studies.")


class DomainTally(
    Table, name="tables/domain_tally", key=["level", "domain", "subdomain", "direction"]
):
    """Studies per domain and sub-domain, by direction and in any direction."""

    level: Text = one_of("Domain or sub-domain.", ["domain", "subdomain"])
    domain: Text = text_of("Domain.")
    subdomain: Text = text_of("Sub-domain; empty in rows of a whole domain.")
    direction: Text = one_of("Direction, or any.", [*DIRECTIONS, ANY])
    in_review: Text = one_of("Whether the domain is one of the review's.", YES_NO)
    factors: Whole = count_of("Factors of the codebook there.")
    factors_coded: Whole = count_of("Of the factors: coded in that direction.")
    studies: Whole = count_of("Studies.")
    publications: Whole = count_of("Publications.")
    primary: Whole = count_of("Of the studies: primary.")
    secondary: Whole = count_of("Of the studies: secondary.")
    share_of_studies: Decimal = share_of("Studies ÷ all studies.")
    study_ids: Text = text_of("The studies.")


class GroupTally(
    Table, name="tables/group_tally", key=["grouping", "group", "factor_id", "direction"]
):
    """Studies per factor and direction within each place and each programme."""

    grouping: Text = one_of("How studies are grouped.", ["place", "programme"])
    group: Text = text_of("Place or programme.")
    factor_id: Text = text_of("Identifier of the factor.")
    direction: Text = one_of("Direction.", DIRECTIONS)
    studies: Whole = count_of("Studies of the group that report it.")
    studies_of_group: Whole = count_of("Studies of the group.")
    share_of_group: Decimal = share_of("Studies ÷ studies of the group.")
    study_ids: Text = text_of("The studies.")


class Findings(Table, name="tables/findings", key=["factor_id", "direction"]):
    """The judgement of each factor × direction, with the numbers that decided it."""

    factor_id: Text = text_of("Identifier of the factor.")
    label: Text = text_of("Name of the factor in this direction.")
    domain: Text = text_of("Domain.")
    subdomain: Text = text_of("Sub-domain.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    judgement: Text = one_of("Judgement by the frequency rule.", JUDGEMENTS)
    studies: Whole = count_of("Studies that report it.")
    studies_required: Whole = count_of("Studies needed by parts (a) and (b) of the rule.")
    studies_total: Whole = count_of("All studies at the cut.")
    share_of_studies: Decimal = share_of("Studies ÷ all studies.")
    studies_of_factor: Whole = count_of("Studies that code the factor in any direction.")
    mixed_or_no_effect: Whole = count_of("Of those: code it mixed or no effect.")
    share_mixed_or_no_effect: Decimal = share_of(
        "Mixed or no effect ÷ studies that code the factor."
    )
    enough_studies: Text = one_of("Part (a): at least min_studies.", YES_NO)
    enough_share: Text = one_of("Part (b): at least min_share.", YES_NO)
    few_mixed: Text = one_of("Part (c): at most max_mixed.", YES_NO)
    both_directions: Text = one_of("Often reported as enabler and as barrier alike.", YES_NO)
    study_ids: Text = text_of("The studies that report it.")
    mixed_or_no_effect_study_ids: Text = text_of("The studies that code it mixed or no effect.")


class LocalInnovations(Table, name="tables/local_innovations", key=["evaluation_status"]):
    """Local innovations whose work there no study is about, by what is said of their evaluation.

    They come from a search of its own; where there is none, the table has no row.
    """

    evaluation_status: Text = one_of("Status, or any.", [*EVALUATION_STATUS, ANY])
    innovations: Whole = count_of("Innovations of that status begun by the date of the cut.")
    unclear: Whole = count_of("Further ones of which it is unclear whether they had begun.")
    places: Text = text_of("Places of all of these, a semicolon between.")
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


class Changes(Table, name="tables/changes", key=["kind", "id", "direction", "measure"]):
    """What changed from one result to another, a change per row; what did not has none."""

    kind: Text = one_of("What changed.", CHANGES)
    id: Text = text_of("Study, factor, published finding or measure.")
    direction: Text = text_of("Direction, for a factor.")
    label: Text = text_of("Its name.")
    measure: Text = text_of("Which value of it.")
    before: Text = text_of("The value before; empty where there was none.")
    after: Text = text_of("The value after; empty where there is none.")
    cause: Text = text_of("What alone brings the judgement about.")
    study_ids: Text = text_of("The studies that came, went or changed and caused it.")
    why: Text = text_of("The numbers or the reason behind it.")


class Flow(Table, name="tables/flow", key=["search", "position"]):
    """The flow: a row per box and search, parts of a box (kinds, sources, reasons) after the box.

    Boxes of the other methods begin with ``other_``. A path that no source of a search takes has
    no boxes there, and reports sought are there only where a screener marked one not retrieved.
    """

    search: Text = text_of("Search: the lane of the flow.")
    position: Whole = count_of("Place of the row within its search.")
    box: Text = one_of("Identifier of the box, the same in every review.", list(BOXES))
    detail: Text = text_of("For a part of a box: the source or the reason.")
    label: Text = text_of("What is printed in the box.")
    unit: Text = one_of("What is counted.", UNITS)
    n: Whole = count_of("The count.")


class FlowRecords(Table, name="tables/flow_records", key=["search", "box", "detail", "id"]):
    """What stands behind each box: the identifiers that were counted, one a row.

    Boxes up to those of the reports assessed hold records; the later ones hold publications
    (reports) and studies.
    """

    search: Text = text_of("Search: the lane of the flow.")
    box: Text = one_of("Identifier of the box.", list(BOXES))
    detail: Text = text_of("For a part of a box: the source or the reason.")
    id: Text = text_of("record_id, publication_id or study_id.")


class FlowSources(Table, name="tables/flow_sources", key=["search", "source"]):
    """The records listed of each source, beside the numbers that the log of its queries gives."""

    search: Text = text_of("Search.")
    source: Text = text_of("Source: part of the search.")
    label: Text = text_of("What that part of the search looked for.")
    kind: Text = one_of("Kind of source, if its queries state it.", list(KIND_OF_SOURCE))
    path: Text = one_of("Searches of databases and registers, or other methods.", PATHS)
    queries: Whole = count_of("Queries logged; 0 where studies were brought in as included.")
    results: WholeOrNone = number_of("Results looked at, as logged; empty if not logged.")
    logged: Whole = count_of("New records, as logged.")
    listed: Whole = count_of("Records listed in the screening table.")
    caveat: Text = text_of(
        "Where the log counts more than are listed, or fewer than repeat no other: in words."
    )


class Excluded(Table, name="tables/excluded", key=["stage", "search", "record_id"]):
    """The records excluded, each with its one reason; near misses (reports assessed) come first.

    PRISMA 2020, item 16b: cite studies that might appear to meet the criteria but were excluded.
    """

    stage: Text = one_of(
        "As a report that was assessed (near miss) or not retrieved, or at screening.", STAGES
    )
    search: Text = text_of("Search of the record.")
    record_id: Text = text_of("Identifier of the record.")
    reason: Text = text_of("The one reason.")
    title: Text = text_of("Title as found.")
    year: WholeOrNone = number_of("Year of publication.")
    url: Text = text_of("Where it was found.")
    source: Text = text_of("Source: part of the search.")
