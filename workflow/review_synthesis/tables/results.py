"""The tables that the program makes: one pandera model per table that crosses a rule.

A table is written in the order of its columns here and sorted by its key. Shares are fractions
between 0 and 1, written with four decimals; lists of identifiers are separated by one space.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from review_synthesis.tables.optional import Withdrawn
from review_synthesis.tables.raw import (
    DIRECTIONS,
    JUDGED_DIRECTIONS,
    Codebook,
    Codings,
    Corrections,
    Publications,
    PublishedFindings,
    Screening,
    Searches,
    Studies,
    Table,
)

JUDGEMENTS = ["consensus", "emerging", "isolated", "not reported"]
VERDICTS = [
    "reproduced",
    "differs",
    "supported",
    "partly supported",
    "not supported",
    "contradicted",
    "not testable",
]
CHANGES = [
    "rule",
    "count",
    "study new",
    "study withdrawn",
    "study removed",
    "study changed",
    "tally cell",
    "judgement",
    "verdict",
    "robustness",
]
BY_STUDIES, BY_TOTAL, BY_RULE = "studies on the factor", "number of studies", "rule"
TOGETHER = "all of these together"
"""What alone can change a judgement."""
NO_PROGRAMME = "(no programme named)"
YES_NO = ["yes", "no"]
ANY = "any"


def text_of(description: str) -> Any:
    """A column of text."""
    return pa.Field(description=description)


def one_of(description: str, allowed: list[str]) -> Any:
    """A column that takes one of a list of values."""
    return pa.Field(description=description, isin=allowed)


def count_of(description: str) -> Any:
    """A column of counts."""
    return pa.Field(description=description, ge=0)


def share_of(description: str) -> Any:
    """A column of shares between 0 and 1; NaN where the whole is 0."""
    return pa.Field(description=description, ge=0, le=1, nullable=True)


def number_of(description: str) -> Any:
    """A column of numbers that may be missing."""
    return pa.Field(description=description, nullable=True)


class Sourced(Table):
    """Where a row of the raw tables stands."""

    search: Series[str] = text_of("Search that brought the row.")
    source_file: Series[str] = text_of("Raw file of the row, relative to the raw folder.")
    source_line: Series[int] = pa.Field(description="Line on which the row starts there.", ge=2)


class EvidenceSearches(Sourced, Searches, name="evidence/searches", key=["search", "query_id"]):
    """The queries of all searches up to the cut."""

    results: Series[pd.Int64Dtype] = number_of("Number of results looked at.")
    new_records: Series[int] = count_of("Number of those not seen before.")


class EvidenceRecords(Sourced, Screening, name="evidence/screening", key=["record_id"]):
    """The records of all searches up to the cut, each with the decision of screening."""

    year: Series[pd.Int64Dtype] = number_of("Year of publication.")


class EvidenceStudies(Sourced, Studies, name="evidence/studies", key=["study_id"]):
    """The studies included up to the cut."""

    year: Series[pd.Int64Dtype] = number_of("Year of the study's first publication.")


class EvidencePublications(
    Sourced, Publications, name="evidence/publications", key=["publication_id"]
):
    """The publications included up to the cut, linked to their studies."""

    year: Series[pd.Int64Dtype] = number_of("Year of publication.")


class EvidenceCodings(Sourced, Codings, name="evidence/codings", key=["coding_id"]):
    """All codings up to the cut: of the independent coders and the agreed ones."""


class EvidenceAgreed(EvidenceCodings, name="evidence/agreed", key=["coding_id"]):
    """The agreed codings up to the cut: what tallies count."""


class EvidenceCodebook(Sourced, Codebook, name="evidence/codebook", key=["factor_id"]):
    """The codebook, after corrections."""


class EvidencePublishedFindings(
    Sourced, PublishedFindings, name="evidence/published_findings", key=["finding_id"]
):
    """The findings that the review published, after corrections."""


class EvidenceCorrections(
    Sourced, Corrections, name="evidence/corrections", key=["file", "id", "column"]
):
    """The corrections that were applied."""


class EvidenceCitations(Sourced, name="evidence/citations", key=["primary", "review_id"]):
    """Citations of the optional ``overlap.csv`` of the searches: which review holds which study."""

    primary: Series[str] = text_of("Primary study, included here or not.")
    review_id: Series[str] = text_of("Included secondary study.")
    cites: Series[str] = one_of("1, 0, or NA where it could not be.", ["1", "0", "NA"])


class CheckedWithdrawn(Sourced, Withdrawn, name="checked/withdrawn", key=["study_id"]):
    """The withdrawals of a search, as the gate has checked them."""


class EvidenceWithdrawn(Sourced, Withdrawn, name="evidence/withdrawn", key=["study_id"]):
    """The studies of earlier searches that were withdrawn up to the cut."""

    label: Series[str] = text_of("Short name of the study.")
    found_in: Series[str] = text_of("Search that had brought the study.")
    publication_ids: Series[str] = text_of("Its publications, withdrawn with it.")


class Validation(Table, name="validation", key=["file"]):
    """What the gate read and let pass."""

    file: Series[str] = text_of("Raw file.")
    rows: Series[int] = count_of("Rows below the header.")
    columns: Series[int] = count_of("Columns.")
    notices: Series[int] = count_of("Notices: what was read as meant, not an error.")


class EvidenceBase(Table, name="tables/evidence_base", key=["measure"]):
    """The evidence base in numbers."""

    measure: Series[str] = text_of("What is counted.")
    value: Series[int] = count_of("The count.")
    description: Series[str] = text_of("How it is counted.")


class StudyCharacteristics(Table, name="tables/studies", key=["study_id"]):
    """Characteristics of the included studies, with what each was coded for."""

    study_id: Series[str] = text_of("Identifier of the study.")
    label: Series[str] = text_of("Short name.")
    year: Series[pd.Int64Dtype] = number_of("Year of the first publication.")
    design_class: Series[str] = text_of("Primary or secondary.")
    design: Series[str] = text_of("Design.")
    innovation: Series[str] = text_of("The innovation studied.")
    programme: Series[str] = text_of("Programme, if any.")
    country: Series[str] = text_of("Nation.")
    synthesised_in: Series[str] = text_of("Included review that contains the study, if any.")
    certainty: Series[str] = text_of("How sure the reading is.")
    search: Series[str] = text_of("Search that found the study.")
    publications: Series[int] = count_of("Publications of the study up to the cut.")
    factors: Series[int] = count_of("Factors coded in any direction.")
    enabler: Series[int] = count_of("Factors coded as enabler.")
    barrier: Series[int] = count_of("Factors coded as barrier.")
    mixed: Series[int] = count_of("Factors coded as mixed.")
    no_effect: Series[int] = count_of("Factors coded as making no difference.")
    publication_ids: Series[str] = text_of("The publications.")


class Exclusions(Table, name="tables/exclusions", key=["search", "reason"]):
    """Why records were excluded, per search; reasons that were never needed are kept as 0."""

    search: Series[str] = text_of("Search of the records.")
    reason: Series[str] = text_of("Reason of exclusion.")
    records: Series[int] = count_of("Records excluded for it.")
    share_of_excluded: Series[float] = share_of("Of the records excluded in that search.")


class FactorTally(Table, name="tables/factor_tally", key=["factor_id", "direction"]):
    """Studies per factor and direction. Every factor of the codebook is there, also with 0.

    A study counts once per factor and direction however many of its publications say it.
    """

    factor_id: Series[str] = text_of("Identifier of the factor.")
    label: Series[str] = text_of("Name of the factor.")
    domain: Series[str] = text_of("Domain.")
    subdomain: Series[str] = text_of("Sub-domain.")
    direction: Series[str] = one_of("Direction.", DIRECTIONS)
    studies: Series[int] = count_of("Studies that report it.")
    publications: Series[int] = count_of("Publications that report it.")
    primary: Series[int] = count_of("Of the studies: primary.")
    secondary: Series[int] = count_of("Of the studies: secondary.")
    studies_total: Series[int] = count_of("All studies at the cut.")
    share_of_studies: Series[float] = share_of("Frequency effect size: studies ÷ all studies.")
    studies_of_domain: Series[int] = count_of("Studies coded for any factor of the domain.")
    share_of_domain: Series[float] = share_of(
        "Frequency effect size: studies ÷ those of the domain."
    )
    study_ids: Series[str] = text_of("The studies.")


class DomainTally(
    Table, name="tables/domain_tally", key=["level", "domain", "subdomain", "direction"]
):
    """Studies per domain and sub-domain, by direction and in any direction."""

    level: Series[str] = one_of("Domain or sub-domain.", ["domain", "subdomain"])
    domain: Series[str] = text_of("Domain.")
    subdomain: Series[str] = text_of("Sub-domain; empty in rows of a whole domain.")
    direction: Series[str] = one_of("Direction, or any.", [*DIRECTIONS, ANY])
    in_review: Series[str] = one_of("Whether the domain is one of the review's.", YES_NO)
    factors: Series[int] = count_of("Factors of the codebook there.")
    factors_coded: Series[int] = count_of("Of the factors: coded in that direction.")
    studies: Series[int] = count_of("Studies.")
    publications: Series[int] = count_of("Publications.")
    primary: Series[int] = count_of("Of the studies: primary.")
    secondary: Series[int] = count_of("Of the studies: secondary.")
    share_of_studies: Series[float] = share_of("Studies ÷ all studies.")
    study_ids: Series[str] = text_of("The studies.")


class GroupTally(
    Table, name="tables/group_tally", key=["grouping", "group", "factor_id", "direction"]
):
    """Studies per factor and direction within each nation and each programme."""

    grouping: Series[str] = one_of("How studies are grouped.", ["nation", "programme"])
    group: Series[str] = text_of("Nation or programme.")
    factor_id: Series[str] = text_of("Identifier of the factor.")
    direction: Series[str] = one_of("Direction.", DIRECTIONS)
    studies: Series[int] = count_of("Studies of the group that report it.")
    studies_of_group: Series[int] = count_of("Studies of the group.")
    share_of_group: Series[float] = share_of("Studies ÷ studies of the group.")
    study_ids: Series[str] = text_of("The studies.")


class Findings(Table, name="tables/findings", key=["factor_id", "direction"]):
    """The judgement of each factor × direction, with the numbers that decided it."""

    factor_id: Series[str] = text_of("Identifier of the factor.")
    label: Series[str] = text_of("Name of the factor.")
    domain: Series[str] = text_of("Domain.")
    subdomain: Series[str] = text_of("Sub-domain.")
    direction: Series[str] = one_of("Direction.", JUDGED_DIRECTIONS)
    judgement: Series[str] = one_of("Judgement by the consensus rule.", JUDGEMENTS)
    studies: Series[int] = count_of("Studies that report it.")
    studies_required: Series[int] = count_of("Studies needed by parts (a) and (b) of the rule.")
    studies_total: Series[int] = count_of("All studies at the cut.")
    share_of_studies: Series[float] = share_of("Studies ÷ all studies.")
    studies_of_factor: Series[int] = count_of("Studies that code the factor in any direction.")
    contradicting: Series[int] = count_of("Of those: code it mixed or no effect.")
    share_contradicting: Series[float] = share_of("Contradicting ÷ studies that code the factor.")
    enough_studies: Series[str] = one_of("Part (a): at least min_studies.", YES_NO)
    enough_share: Series[str] = one_of("Part (b): at least min_share.", YES_NO)
    little_contradiction: Series[str] = one_of("Part (c): at most max_contradicting.", YES_NO)
    both_directions: Series[str] = one_of("Consensus as enabler and as barrier alike.", YES_NO)
    study_ids: Series[str] = text_of("The studies that report it.")
    contradicting_study_ids: Series[str] = text_of("The studies that contradict it.")


class Published(Table, name="tables/published", key=["finding_id"]):
    """Each finding that the review published, beside what is found here."""

    finding_id: Series[str] = text_of("Identifier of the published finding.")
    kind: Series[str] = text_of("Count, factor or statement.")
    statement: Series[str] = text_of("The published finding, in our words.")
    measure: Series[str] = text_of("For a count: what is counted.")
    factor_id: Series[str] = text_of("For a factor finding: the factor.")
    direction: Series[str] = text_of("For a factor finding: the direction.")
    expected: Series[str] = text_of("What the review published.")
    found: Series[str] = text_of("What is found here.")
    verdict: Series[str] = one_of("Verdict.", VERDICTS)
    why: Series[str] = text_of("The numbers or the reason behind the verdict.")
    study_ids: Series[str] = text_of("For a factor finding: the studies here.")


class Unpublished(Table, name="tables/unpublished", key=["factor_id", "direction"]):
    """Consensus findings here that the review did not publish."""

    factor_id: Series[str] = text_of("Identifier of the factor.")
    label: Series[str] = text_of("Name of the factor.")
    direction: Series[str] = one_of("Direction.", JUDGED_DIRECTIONS)
    origin: Series[str] = text_of("Whether the review names the factor, or it is added.")
    studies: Series[int] = count_of("Studies that report it.")
    share_of_studies: Series[float] = share_of("Studies ÷ all studies.")
    study_ids: Series[str] = text_of("The studies.")


class Changes(Table, name="tables/changes", key=["kind", "id", "direction", "measure"]):
    """What changed from one result to another, a change per row; what did not has none."""

    kind: Series[str] = one_of("What changed.", CHANGES)
    id: Series[str] = text_of("Study, factor, published finding or measure.")
    direction: Series[str] = text_of("Direction, for a factor.")
    label: Series[str] = text_of("Its name.")
    measure: Series[str] = text_of("Which value of it.")
    before: Series[str] = text_of("The value before; empty where there was none.")
    after: Series[str] = text_of("The value after; empty where there is none.")
    cause: Series[str] = text_of("What alone brings the judgement about.")
    study_ids: Series[str] = text_of("The studies that came, went or changed and caused it.")
    why: Series[str] = text_of("The numbers or the reason behind it.")
