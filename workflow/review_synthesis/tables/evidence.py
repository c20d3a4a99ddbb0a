"""The tables of the evidence: the raw tables of all searches up to a cut, as the gate has them.

What holds of the tables in ``results`` holds of these.
"""

from review_synthesis.tables import checking, raw
from review_synthesis.tables.fields import (
    Table,
    Text,
    Whole,
    WholeOrNone,
    count_of,
    line_of,
    number_of,
    one_of,
    text_of,
)
from review_synthesis.tables.vocabulary import CODEBOOK_CHANGES, YES_NO


class Sourced(Table):
    """Where a row of the raw tables stands."""

    search: Text = text_of("Search that brought the row.")
    source_file: Text = text_of("Raw file of the row, relative to the raw folder.")
    source_line: Whole = line_of("Line on which the row starts there.")


class EvidenceSearches(Sourced, raw.Searches, name="evidence/searches", key=["search", "query_id"]):
    """The queries of all searches up to the cut."""

    results: WholeOrNone = number_of("Number of results looked at.")
    new_records: Whole = count_of("Number of those not seen before.")


class EvidenceRecords(Sourced, raw.Screening, name="evidence/screening"):
    """The records of all searches up to the cut, each with the decision of screening."""

    year: WholeOrNone = number_of("Year of publication.")


class EvidenceStudies(Sourced, raw.Studies, name="evidence/studies"):
    """The studies included up to the cut."""

    year: WholeOrNone = number_of("Year of the publication that the label names.")


class EvidencePublications(Sourced, raw.Publications, name="evidence/publications"):
    """The publications included up to the cut, linked to their studies."""

    year: WholeOrNone = number_of("Year of publication.")


class EvidenceCodings(Sourced, raw.Codings, name="evidence/codings"):
    """All codings up to the cut: of single coders and the agreed ones."""


class EvidenceFirstCodings(EvidenceCodings, name="evidence/first_codings"):
    """Codings that corrections changed or withdrew, as they were before any correction.

    The codings as first coded are those of ``evidence/codings`` that are not here, and these.
    """

    withdrawn: Text = one_of("Whether the coding was withdrawn, or else changed.", YES_NO)
    corrected_because: Text = text_of("The reasons of its corrections.")
    corrected_on: Text = text_of("Date of the last of them.")


class EvidenceAgreed(EvidenceCodings, name="evidence/agreed"):
    """The agreed codings up to the cut: what tallies count."""


class EvidenceCodebook(Sourced, raw.Codebook, name="evidence/codebook"):
    """The codebook, after corrections."""


class EvidenceCodebookChanges(Sourced, raw.CodebookChanges, name="evidence/codebook_changes"):
    """The factors renamed, merged or split by the searches up to the cut."""

    search: Text = text_of("Search from which on that is so.")
    kind: Text = one_of("What was done.", CODEBOOK_CHANGES)


class CheckedCodebookChanges(Sourced, raw.CodebookChanges, name="checked/codebook_changes"):
    """The factors renamed, merged or split, as the gate has checked them."""

    search: Text = text_of("Search from which on that is so.")


class EvidencePublishedFindings(Sourced, raw.PublishedFindings, name="evidence/published_findings"):
    """The findings that the review published, after corrections."""


class EvidenceCorrections(Sourced, raw.Corrections, name="evidence/corrections"):
    """The corrections that were applied."""


class EvidenceChecks(Sourced, checking.Checks, name="evidence/checks"):
    """The checks of rows of all searches up to the cut against the text."""

    search: Text = text_of("Search of the row checked.")


class EvidenceScreeningChecks(Sourced, checking.ScreeningChecks, name="evidence/screening_checks"):
    """The records of all searches up to the cut that were screened again."""


class EvidenceStudyMethods(Sourced, checking.StudyMethods, name="evidence/study_methods"):
    """How the studies included up to the cut looked at implementation, by each coder."""


class EvidenceCerqual(Sourced, checking.Cerqual, name="evidence/cerqual"):
    """What people judged of the confidence in findings at the cuts so far."""


class EvidenceLocalInnovations(
    Sourced, checking.LocalInnovations, name="evidence/local_innovations"
):
    """Innovations whose work there no included study is about, of all searches up to the cut."""


class EvidenceCitations(Sourced, name="evidence/citations", key=["primary", "review_id"]):
    """Citations of the optional ``overlap.csv`` of the searches: which review holds which study."""

    primary: Text = text_of("Primary study, included here or not.")
    review_id: Text = text_of("Included secondary study.")
    cites: Text = one_of("1, 0, or NA where it could not be.", ["1", "0", "NA"])


class EvidenceReads(Sourced, raw.Reads, name="evidence/reads"):
    """Who read which study, as far as the optional ``reads.csv`` of the searches tell."""


class CheckedWithdrawn(Sourced, raw.Withdrawn, name="checked/withdrawn"):
    """The withdrawals of a search, as the gate has checked them."""


class EvidenceWithdrawn(Sourced, raw.Withdrawn, name="evidence/withdrawn"):
    """The studies of earlier searches that were withdrawn up to the cut."""

    label: Text = text_of("Short name of the study.")
    found_in: Text = text_of("Search that had brought the study.")
    publication_ids: Text = text_of("Its publications, withdrawn with it.")
