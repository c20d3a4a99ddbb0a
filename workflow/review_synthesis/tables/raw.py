"""The tables that people write in ``data/raw/``: one pandera model per file.

Every column is described here and nowhere else: the data dictionary in
``data/raw/README.md`` and ``data/raw/datapackage.json`` are generated from these models.
Raw tables are checked as text, before any conversion; an empty cell means not known or not
applicable and is the empty string, never NA.
"""

from review_synthesis import steps
from review_synthesis.tables import checking
from review_synthesis.tables.fields import (
    RECORD_ID,
    Table,
    Text,
    called,
    choice,
    coder_of,
    date_of,
    doi,
    filled_or_left_out,
    letter_of,
    name_of,
    names_of,
    pattern,
    record_of,
    term,
    text,
    whole_number,
    year_of,
)
from review_synthesis.tables.vocabulary import (
    CERTAINTY,
    DECISIONS,
    DESIGN_CLASSES,
    DIRECTIONS,
    IMPORTED,
    JUDGED_DIRECTIONS,
    MARKERS,
    PUBLISHED_KINDS,
    SEARCH_KINDS,
    YES_NO,
)


class Codebook(Table, name="codebook", key=["factor_id"]):
    """The factors that coders look for, with the definition of each direction."""

    factor_id: Text = name_of("Identifier of the factor.")
    label: Text = text("Name of the factor, as shown where both directions are.")
    enabler_label: Text = text(
        "What is said of it as an enabler; empty where that is its label.", optional=True
    )
    barrier_label: Text = text(
        "What is said of it as a barrier; empty where that is its label.", optional=True
    )
    domain: Text = text("Domain that the factor belongs to, of the framework or added.")
    subdomain: Text = text("Sub-domain of the domain.")
    definition: Text = filled_or_left_out(text("What the factor covers.", optional=True))
    enabler_when: Text = text(
        "When a study counts as reporting the factor as an enabler.", optional=True
    )
    barrier_when: Text = text(
        "When a study counts as reporting the factor as a barrier.", optional=True
    )
    origin: Text = filled_or_left_out(
        choice("Named by the review retested, or added.", ["published", "added"], optional=True)
    )
    since: Text = date_of(
        "Search from which on the factor was looked for; empty for the first. Cuts before it "
        "do not have the factor.",
        optional=True,
    )
    construct: Text = text(
        "Construct of the framework that the factor is, as the framework calls it; empty where "
        "it is none.",
        optional=True,
    )


class CodebookChanges(Table, name="codebook_changes", key=["from", "to"], may_be_empty=True):
    """Factors renamed, merged or split; both names stay in the codebook, for cuts before and after.

    One row renames a factor, or merges it into another. Rows from several factors to one merge
    them. Rows from one factor to several split it: what was coded under it stays there until a
    search codes the study under one of the others.
    """

    from_: Text = called(name_of("Factor as it was called.", "a factor_id of codebook.csv"), "from")
    to: Text = name_of("Factor under which its codings count.", "a factor_id of codebook.csv")
    search: Text = date_of("Search from which on that is so; cuts before it stay.")
    reason: Text = text("Why.")


class PublishedFindings(Table, name="published_findings", key=["finding_id"], may_be_empty=True):
    """The findings that the review published, in our words, to be set beside what is found."""

    finding_id: Text = pattern("Identifier of the finding.", r"P[0-9]{2,}", "P and a number")
    kind: Text = choice("What sort of finding it is.", PUBLISHED_KINDS)
    measure: Text = name_of(
        "For a count, a share or a statement: what is counted or looked at.",
        "a lower-case name",
        optional=True,
    )
    factor_id: Text = name_of("For a factor finding or a comparison: the factor.", optional=True)
    direction: Text = choice(
        "For a factor finding or a comparison: the direction.", JUDGED_DIRECTIONS, optional=True
    )
    expected: Text = text(
        "What was published: a number for a count, `often reported` for a factor finding (what it "
        "is tested for, not a word of the review), "
        "such as `> 50%` for a share, `more than enabler` for a comparison, a date.",
        optional=True,
    )
    statement: Text = text("The finding, in our words.")
    source: Text = text("The documents that state it.")
    further_factors: Text = names_of(
        "For a factor finding that speaks of several factors: the others, one space between. How "
        "many studies report any of them is told beside the verdict, which is on `factor_id`.",
        "names of factors with one space between them",
        optional=True,
    )


class Corrections(Table, name="corrections", key=["file", "id", "column"], may_be_empty=True):
    """Corrections of single cells of the tables in this folder, applied before any check.

    A correction of the table's own id column to nothing withdraws the row.
    """

    file: Text = pattern(
        "Table to correct, such as `2026-11-22/codings.csv`.",
        r"(?:[0-9-]+/)?[a-z_]+\.csv",
        "a table of data/raw, such as 2026-11-22/codings.csv",
    )
    id: Text = text("Identifier of the row (its first column).")
    column: Text = pattern("Column to correct.", r"[a-z_]+", "a column name")
    old: Text = text("What stands in the cell now.", optional=True)
    new: Text = text(
        "What shall stand there; empty in a table's own id column withdraws the row.", optional=True
    )
    reason: Text = text("Why it is corrected.")
    date: Text = date_of("Date of the correction.")


class Searches(Table, name="searches", key=["query_id"]):
    """The queries of a search."""

    query_id: Text = pattern(
        "Identifier of the query, unique within its search.",
        r"Q[0-9]{3,}",
        "Q and three digits or more",
    )
    source: Text = letter_of("Part of the search that the query belongs to.")
    source_label: Text = text("What that part of the search looked for.")
    platform: Text = text("What was searched, and how.", optional=True)
    kind: Text = choice(
        "Kind of source, as PRISMA 2020 tells them apart; imported for studies brought in as "
        "included, of which no search is known.",
        [*SEARCH_KINDS, IMPORTED],
        optional=True,
    )
    query: Text = text(
        "The query as run; empty for reports linked from an included study.", optional=True
    )
    date_run: Text = date_of("Date on which the query was run.")
    results: Text = whole_number("Number of results looked at.", optional=True)
    new_records: Text = whole_number("Number of those not seen before.")


class Screening(Table, name="screening", key=["record_id"]):
    """The records of a search, each with the decision of screening."""

    record_id: Text = pattern(
        "Identifier of the record.",
        RECORD_ID,
        "R, a year, a hyphen and four digits or more, such as R2022-0001",
    )
    title: Text = text("Title of the record as found.")
    year: Text = year_of("Year of publication; empty where no date is visible.")
    source: Text = letter_of("Part of the search that found it.")
    source_type: Text = text("Kind of page or document that was read.")
    url: Text = text("Where it was found.", optional=True)
    decision: Text = choice(
        "Decision of screening; empty until it is made.", DECISIONS, optional=True
    )
    reason: Text = term("The one reason of an exclusion.", "exclusion_reasons", optional=True)
    publication_id: Text = name_of("Publication that an included record is.", optional=True)
    duplicate_of: Text = record_of("Record that a duplicate repeats.", optional=True)
    duplicate_by: Text = choice(
        "Who found the duplicate; empty where that is not known.", MARKERS, optional=True
    )


class Studies(Table, name="studies", key=["study_id"], may_be_empty=True):
    """The included studies, each in the search that first found it."""

    study_id: Text = name_of(
        "Identifier of the study.", "a lower-case identifier such as sebba_2017"
    )
    label: Text = text("Short name of the study: author and year.")
    year: Text = year_of(
        "Year of the publication that the label names; empty where no date is visible."
    )
    design_class: Text = choice(
        "Primary research, or secondary (a review or synthesis).", DESIGN_CLASSES
    )
    design: Text = filled_or_left_out(term("Design of the study.", "designs", optional=True))
    innovation: Text = filled_or_left_out(text("What the study is about.", optional=True))
    programme: Text = text("Programme that this was part of, if any.", optional=True)
    country: Text = filled_or_left_out(
        term("Country, nation or setting of the study.", "places", optional=True)
    )
    synthesised_in: Text = name_of(
        "Included secondary study that contains this study, if any.", "a study_id", optional=True
    )
    certainty: Text = filled_or_left_out(
        term("How sure the reading is: low where the text is thin.", "certainty", optional=True)
    )
    appraisal_tool: Text = term(
        "Tool by which the study was appraised.", "appraisal_tools", optional=True
    )
    appraisal: Text = text("What the appraisal came to.", optional=True)


class Publications(Table, name="publications", key=["publication_id"], may_be_empty=True):
    """The publications (reports) of the included studies; several may report one study."""

    publication_id: Text = name_of(
        "Identifier of the publication.", "a lower-case identifier such as sebba_2017_a"
    )
    study_id: Text = name_of("Study that the publication reports.", "a study_id")
    citation: Text = text("Reference.")
    year: Text = year_of("Year of publication; empty where no date is visible.")
    publication_type: Text = filled_or_left_out(
        term("Kind of publication.", "publication_types", optional=True)
    )
    peer_reviewed: Text = filled_or_left_out(
        choice("Whether it was peer reviewed.", YES_NO, optional=True)
    )
    doi: Text = doi("Digital object identifier.")
    url: Text = text("Where it can be read.", optional=True)
    also_reports: Text = names_of(
        "Other included studies that the publication reports too, where it truly reports "
        "several; it is one publication and counts once.",
        "study_ids with a space between",
        optional=True,
    )


class Codings(Table, name="codings", key=["coding_id"], may_be_empty=True):
    """The codings: one coder, one study, one factor, one direction, with the words behind it."""

    coding_id: Text = pattern(
        "Identifier of the coding.",
        r"C[0-9]{4}-[0-9]{4,}",
        "C, a year, a hyphen and four digits or more, such as C2022-0001",
    )
    study_id: Text = name_of("Study coded.", "a study_id")
    publication_id: Text = name_of("Publication in which the coder read it.", "a publication_id")
    factor_id: Text = name_of("Factor of the codebook.", "a factor_id of codebook.csv")
    direction: Text = choice(
        "What the factor is reported to do; `mixed` is both or opinions split, `no_effect` is "
        "reported to make no difference.",
        DIRECTIONS,
    )
    coder: Text = filled_or_left_out(
        coder_of(
            "Independent coder (A, B, …), or `consensus` for the agreed coding.", optional=True
        )
    )
    summary: Text = text("What the publication reports, in the coder's words.", optional=True)
    quote: Text = text("The words of the publication.", optional=True)
    page: Text = text("Page on which they stand.", optional=True)
    basis: Text = filled_or_left_out(term("Kind of text that was read.", "bases", optional=True))
    locator: Text = filled_or_left_out(text("Place in that text.", optional=True))
    certainty: Text = filled_or_left_out(
        choice(
            "Whether the text says so clearly or the coder interprets.", CERTAINTY, optional=True
        )
    )
    reason: Text = text(
        "Why a coding was agreed that fewer than two independent coders made.", optional=True
    )


class Records(Table, name="records", key=["record_id"], may_be_empty=True):
    """The records of a search as the databases gave them: what duplicates are looked for in."""

    record_id: Text = record_of("Record of screening.csv.")
    authors: Text = text("Authors, separated by semicolons.", optional=True)
    title: Text = text("Title.")
    year: Text = year_of("Year of publication.")
    container: Text = text("Journal, book or series.", optional=True)
    volume: Text = text("Volume.", optional=True)
    issue: Text = text("Issue.", optional=True)
    pages: Text = text("Pages.", optional=True)
    doi: Text = text("Digital object identifier, without address.", optional=True)
    url: Text = text("Address.", optional=True)
    accession: Text = text("Number of the record in its database.", optional=True)
    database: Text = text("Database that gave the record.")
    export_file: Text = text("Name of the export file.")
    export_line: Text = whole_number("Line on which the record starts there.")
    aside: Text = text(
        "What the export says that no other column holds, each text behind its tag.", optional=True
    )


class PossibleDuplicates(
    Table, name="possible_duplicates", key=["record_id", "other_id"], may_be_empty=True
):
    """Pairs of records that may be the same publication: a person decides each."""

    record_id: Text = record_of("Record of this search.")
    other_id: Text = record_of("Record of this search or an earlier one that it may repeat.")
    title: Text = text("Title of the record.")
    other_title: Text = text("Title of the other record.")
    authors: Text = text("Authors of the record.", optional=True)
    other_authors: Text = text("Authors of the other record.", optional=True)
    year: Text = year_of("Year of the record.")
    other_year: Text = year_of("Year of the other record.")
    container: Text = text("Journal, book or series of the record.", optional=True)
    other_container: Text = text("That of the other record.", optional=True)
    decision: Text = choice(
        "What a person decides of the pair.", ["duplicate", "different"], optional=True
    )


class Reads(Table, name="reads", key=["study_id", "coder"], may_be_empty=True):
    """Who read which study for factors, also where a coder found none.

    Without it, a coder who found nothing in a study cannot be told from one who did not read it.
    """

    study_id: Text = name_of("Study read.", "a study_id")
    coder: Text = letter_of("Independent coder who read it.")
    date: Text = date_of("Date on which it was read, if known.", optional=True)
    note: Text = text(
        "What is to be said of the reading, such as why nothing was found.", optional=True
    )


class Withdrawn(Table, name="withdrawn", key=["study_id"], may_be_empty=True):
    """Studies of earlier searches that are taken out from this search on; earlier cuts stay."""

    study_id: Text = name_of("Study to take out.", "a study_id")
    reason: Text = text("Why: retracted, out of scope after all, …")
    date: Text = date_of("Date of the decision.")


RAW_TABLES: dict[str, type[Table]] = {
    each.Config.name: each
    for each in Table.__subclasses__()
    if each.__module__ in (__name__, checking.__name__)
}
"""All raw tables with a model. Which a search needs, and which it may have, is in ``steps``.

(``overlap.csv``, whose columns are reviews, is described in ``citations``.)
"""
SHARED_TABLES = {name: RAW_TABLES[name] for name in steps.SHARED_TABLES}
SEARCH_TABLES = {name: RAW_TABLES[name] for name in steps.SEARCH_TABLES}
SHARED_OPTIONAL = {name: RAW_TABLES[name] for name in steps.SHARED_OPTIONAL}
OPTIONAL_TABLES = {name: RAW_TABLES[name] for name in steps.OPTIONAL_TABLES if name in RAW_TABLES}
