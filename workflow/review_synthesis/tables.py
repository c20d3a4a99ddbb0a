"""The tables that the program makes: one pandera model per table that crosses a rule.

A table is written in the order of its columns here and sorted by its key. Shares are fractions
between 0 and 1, written with four decimals; lists of identifiers are separated by one space.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from review_synthesis.schemas import (
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
NO_PROGRAMME = "(no programme named)"
YES_NO = ["yes", "no"]
ANY = "any"


def _text(description: str) -> Any:
    return pa.Field(description=description)


def _one_of(description: str, allowed: list[str]) -> Any:
    return pa.Field(description=description, isin=allowed)


def _count(description: str) -> Any:
    return pa.Field(description=description, ge=0)


def _share(description: str) -> Any:
    return pa.Field(description=description, ge=0, le=1, nullable=True)


def _number(description: str) -> Any:
    return pa.Field(description=description, nullable=True)


class Sourced(Table):
    """Where a row of the raw tables stands."""

    search: Series[str] = _text("Search that brought the row.")
    source_file: Series[str] = _text("Raw file of the row, relative to the raw folder.")
    source_line: Series[int] = pa.Field(description="Line on which the row starts there.", ge=2)


class EvidenceSearches(Sourced, Searches):
    """The queries of all searches up to the cut."""

    results: Series[pd.Int64Dtype] = _number("Number of results looked at.")
    new_records: Series[int] = _count("Number of those not seen before.")

    class Config(Table.Config):
        name = "evidence_searches"
        metadata = {"key": ["search", "query_id"]}


class EvidenceRecords(Sourced, Screening):
    """The records of all searches up to the cut, each with the decision of screening."""

    year: Series[pd.Int64Dtype] = _number("Year of publication.")

    class Config(Table.Config):
        name = "evidence_records"
        metadata = {"key": ["record_id"]}


class EvidenceStudies(Sourced, Studies):
    """The studies included up to the cut."""

    year: Series[pd.Int64Dtype] = _number("Year of the study's first publication.")

    class Config(Table.Config):
        name = "evidence_studies"
        metadata = {"key": ["study_id"]}


class EvidencePublications(Sourced, Publications):
    """The publications included up to the cut, linked to their studies."""

    year: Series[pd.Int64Dtype] = _number("Year of publication.")

    class Config(Table.Config):
        name = "evidence_publications"
        metadata = {"key": ["publication_id"]}


class EvidenceCodings(Sourced, Codings):
    """All codings up to the cut: of the independent coders and the agreed ones."""

    class Config(Table.Config):
        name = "evidence_codings"
        metadata = {"key": ["coding_id"]}


class EvidenceCodebook(Sourced, Codebook):
    """The codebook, after corrections."""

    class Config(Table.Config):
        name = "evidence_codebook"
        metadata = {"key": ["factor_id"]}


class EvidencePublishedFindings(Sourced, PublishedFindings):
    """The findings that the review published, after corrections."""

    class Config(Table.Config):
        name = "evidence_published_findings"
        metadata = {"key": ["finding_id"]}


class EvidenceCorrections(Sourced, Corrections):
    """The corrections that were applied."""

    class Config(Table.Config):
        name = "evidence_corrections"
        metadata = {"key": ["file", "id", "column"]}


class Validation(Table):
    """What the gate read and let pass."""

    file: Series[str] = _text("Raw file.")
    rows: Series[int] = _count("Rows below the header.")
    columns: Series[int] = _count("Columns.")
    notices: Series[int] = _count("Notices: what was read as meant, not an error.")

    class Config(Table.Config):
        name = "validation"
        metadata = {"key": ["file"]}


class EvidenceBase(Table):
    """The evidence base in numbers."""

    measure: Series[str] = _text("What is counted.")
    value: Series[int] = _count("The count.")
    description: Series[str] = _text("How it is counted.")

    class Config(Table.Config):
        name = "evidence_base"
        metadata = {"key": ["measure"]}


class StudyCharacteristics(Table):
    """Characteristics of the included studies, with what each was coded for."""

    study_id: Series[str] = _text("Identifier of the study.")
    label: Series[str] = _text("Short name.")
    year: Series[pd.Int64Dtype] = _number("Year of the first publication.")
    design_class: Series[str] = _text("Primary or secondary.")
    design: Series[str] = _text("Design.")
    innovation: Series[str] = _text("The innovation studied.")
    programme: Series[str] = _text("Programme, if any.")
    country: Series[str] = _text("Nation.")
    synthesised_in: Series[str] = _text("Included review that contains the study, if any.")
    certainty: Series[str] = _text("How sure the reading is.")
    search: Series[str] = _text("Search that found the study.")
    publications: Series[int] = _count("Publications of the study up to the cut.")
    factors: Series[int] = _count("Factors coded in any direction.")
    enabler: Series[int] = _count("Factors coded as enabler.")
    barrier: Series[int] = _count("Factors coded as barrier.")
    mixed: Series[int] = _count("Factors coded as mixed.")
    no_effect: Series[int] = _count("Factors coded as making no difference.")
    publication_ids: Series[str] = _text("The publications.")

    class Config(Table.Config):
        name = "studies"
        metadata = {"key": ["study_id"]}


class Exclusions(Table):
    """Why records were excluded, per search; reasons that were never needed are kept as 0."""

    search: Series[str] = _text("Search of the records.")
    reason: Series[str] = _text("Reason of exclusion.")
    records: Series[int] = _count("Records excluded for it.")
    share_of_excluded: Series[float] = _share("Of the records excluded in that search.")

    class Config(Table.Config):
        name = "exclusions"
        metadata = {"key": ["search", "reason"]}


class FactorTally(Table):
    """Studies per factor and direction. Every factor of the codebook is there, also with 0.

    A study counts once per factor and direction however many of its publications say it.
    """

    factor_id: Series[str] = _text("Identifier of the factor.")
    label: Series[str] = _text("Name of the factor.")
    domain: Series[str] = _text("Domain.")
    subdomain: Series[str] = _text("Sub-domain.")
    direction: Series[str] = _one_of("Direction.", DIRECTIONS)
    studies: Series[int] = _count("Studies that report it.")
    publications: Series[int] = _count("Publications that report it.")
    primary: Series[int] = _count("Of the studies: primary.")
    secondary: Series[int] = _count("Of the studies: secondary.")
    studies_total: Series[int] = _count("All studies at the cut.")
    share_of_studies: Series[float] = _share("Frequency effect size: studies ÷ all studies.")
    studies_of_domain: Series[int] = _count("Studies coded for any factor of the domain.")
    share_of_domain: Series[float] = _share("Frequency effect size: studies ÷ those of the domain.")
    study_ids: Series[str] = _text("The studies.")

    class Config(Table.Config):
        name = "factor_tally"
        metadata = {"key": ["factor_id", "direction"]}


class DomainTally(Table):
    """Studies per domain and sub-domain, by direction and in any direction."""

    level: Series[str] = _one_of("Domain or sub-domain.", ["domain", "subdomain"])
    domain: Series[str] = _text("Domain.")
    subdomain: Series[str] = _text("Sub-domain; empty in rows of a whole domain.")
    direction: Series[str] = _one_of("Direction, or any.", [*DIRECTIONS, ANY])
    in_review: Series[str] = _one_of("Whether the domain is one of the review's.", YES_NO)
    factors: Series[int] = _count("Factors of the codebook there.")
    factors_coded: Series[int] = _count("Of the factors: coded in that direction.")
    studies: Series[int] = _count("Studies.")
    publications: Series[int] = _count("Publications.")
    primary: Series[int] = _count("Of the studies: primary.")
    secondary: Series[int] = _count("Of the studies: secondary.")
    share_of_studies: Series[float] = _share("Studies ÷ all studies.")
    study_ids: Series[str] = _text("The studies.")

    class Config(Table.Config):
        name = "domain_tally"
        metadata = {"key": ["level", "domain", "subdomain", "direction"]}


class GroupTally(Table):
    """Studies per factor and direction within each nation and each programme."""

    grouping: Series[str] = _one_of("How studies are grouped.", ["nation", "programme"])
    group: Series[str] = _text("Nation or programme.")
    factor_id: Series[str] = _text("Identifier of the factor.")
    direction: Series[str] = _one_of("Direction.", DIRECTIONS)
    studies: Series[int] = _count("Studies of the group that report it.")
    studies_of_group: Series[int] = _count("Studies of the group.")
    share_of_group: Series[float] = _share("Studies ÷ studies of the group.")
    study_ids: Series[str] = _text("The studies.")

    class Config(Table.Config):
        name = "group_tally"
        metadata = {"key": ["grouping", "group", "factor_id", "direction"]}


class Findings(Table):
    """The judgement of each factor × direction, with the numbers that decided it."""

    factor_id: Series[str] = _text("Identifier of the factor.")
    label: Series[str] = _text("Name of the factor.")
    domain: Series[str] = _text("Domain.")
    subdomain: Series[str] = _text("Sub-domain.")
    direction: Series[str] = _one_of("Direction.", JUDGED_DIRECTIONS)
    judgement: Series[str] = _one_of("Judgement by the consensus rule.", JUDGEMENTS)
    studies: Series[int] = _count("Studies that report it.")
    studies_required: Series[int] = _count("Studies needed by parts (a) and (b) of the rule.")
    studies_total: Series[int] = _count("All studies at the cut.")
    share_of_studies: Series[float] = _share("Studies ÷ all studies.")
    studies_of_factor: Series[int] = _count("Studies that code the factor in any direction.")
    contradicting: Series[int] = _count("Of those: code it mixed or no effect.")
    share_contradicting: Series[float] = _share("Contradicting ÷ studies that code the factor.")
    enough_studies: Series[str] = _one_of("Part (a): at least min_studies.", YES_NO)
    enough_share: Series[str] = _one_of("Part (b): at least min_share.", YES_NO)
    little_contradiction: Series[str] = _one_of("Part (c): at most max_contradicting.", YES_NO)
    both_directions: Series[str] = _one_of("Consensus as enabler and as barrier alike.", YES_NO)
    study_ids: Series[str] = _text("The studies that report it.")
    contradicting_study_ids: Series[str] = _text("The studies that contradict it.")

    class Config(Table.Config):
        name = "findings"
        metadata = {"key": ["factor_id", "direction"]}


class Published(Table):
    """Each finding that the review published, beside what is found here."""

    finding_id: Series[str] = _text("Identifier of the published finding.")
    kind: Series[str] = _text("Count, factor or statement.")
    statement: Series[str] = _text("The published finding, in our words.")
    measure: Series[str] = _text("For a count: what is counted.")
    factor_id: Series[str] = _text("For a factor finding: the factor.")
    direction: Series[str] = _text("For a factor finding: the direction.")
    expected: Series[str] = _text("What the review published.")
    found: Series[str] = _text("What is found here.")
    verdict: Series[str] = _one_of("Verdict.", VERDICTS)
    why: Series[str] = _text("The numbers or the reason behind the verdict.")
    study_ids: Series[str] = _text("For a factor finding: the studies here.")

    class Config(Table.Config):
        name = "published"
        metadata = {"key": ["finding_id"]}


class Unpublished(Table):
    """Consensus findings here that the review did not publish."""

    factor_id: Series[str] = _text("Identifier of the factor.")
    label: Series[str] = _text("Name of the factor.")
    direction: Series[str] = _one_of("Direction.", JUDGED_DIRECTIONS)
    origin: Series[str] = _text("Whether the review names the factor, or it is added.")
    studies: Series[int] = _count("Studies that report it.")
    share_of_studies: Series[float] = _share("Studies ÷ all studies.")
    study_ids: Series[str] = _text("The studies.")

    class Config(Table.Config):
        name = "unpublished"
        metadata = {"key": ["factor_id", "direction"]}


EVIDENCE_TABLES: dict[str, type[Table]] = {
    "codebook": EvidenceCodebook,
    "published_findings": EvidencePublishedFindings,
    "corrections": EvidenceCorrections,
    "searches": EvidenceSearches,
    "screening": EvidenceRecords,
    "studies": EvidenceStudies,
    "publications": EvidencePublications,
    "codings": EvidenceCodings,
}
