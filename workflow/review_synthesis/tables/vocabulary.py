"""The words of the field: what a cell may say, and the boxes of the flow (PRISMA 2020)."""

from collections.abc import Hashable, Mapping
from typing import NamedTuple

DIRECTIONS = ["enabler", "barrier", "mixed", "no_effect"]
JUDGED_DIRECTIONS = DIRECTIONS[:2]
MIXED_OR_NO_EFFECT = DIRECTIONS[2:]
DESIGN_CLASSES = ["primary", "secondary"]
CONSENSUS = "consensus"
"""Who made a coding that the coders agreed on; never a judgement of a finding."""
DOUBLE, SINGLE, CONSENSUS_ONLY = "double", "single", "consensus_only"
"""How studies are coded: by two coders or more who then agree, by one, or by several of whom only
what they agreed on is in the tables."""
SCREENING, FULL_TEXT, RETRIEVAL = REASON_STAGES = ["screening", "full_text", "retrieval"]
"""When a reason of exclusion is given: of a record, of a report that was read, of one that could
not be had."""
DATABASES, REGISTERS = "databases", "registers"
WEBSITES, ORGANISATIONS, CITATION_SEARCHING, HAND_SEARCHING = OTHER_KINDS = [
    *("websites", "organisations", "citation_searching", "hand_searching")
]
LEFT_KINDS = [DATABASES, REGISTERS]
SEARCH_KINDS = [*LEFT_KINDS, *OTHER_KINDS]
"""What a query asked, as PRISMA 2020 tells kinds of sources apart: the first two stand in the left
column of the flow, the others in the right one."""
IMPORTED = "imported"
"""What stands for a kind where a row is of no search: studies brought in as included."""
DECISIONS = ["include", "exclude", "duplicate"]
SAMPLE, TARGETED, ALL_OTHERS = DRAWN = ["sample", "targeted", "all_others"]
"""How what was checked came to be checked; only of a sample are shares and coefficients told."""
CONFIRMED, INTERPRETIVE, RECODED, NOT_SUPPORTED, NOT_SEEN = CHECK_VERDICTS = [
    *("confirmed", "interpretive", "recoded", "not_supported", "not_seen")
]
FRAMEWORK, STATED_DESIGN, BY_PRODUCT, UNCLEAR = METHODS_LEVELS = [
    *("framework", "stated_design", "by_product", "unclear")
]
"""How formally a study looked at implementation, most formal first."""
CERTAINTY = ["clear", "interpretive"]
BEGUN_BY_CUT = ["yes", "no", "unclear"]
EVALUATION_STATUS = [
    *("independent_evaluation", "informal_local_evaluation", "evaluation_under_way"),
    *("not_evaluated", "not_stated"),
]
NO_FACTOR = "no_factor_in_accessible_text"

OFTEN, MIXED, SOMETIMES = "often reported", "mixed", "sometimes reported"
ONCE, NOT_REPORTED = "reported once", "not reported"
JUDGEMENTS = [OFTEN, MIXED, SOMETIMES, ONCE, NOT_REPORTED]
"""How often studies report a finding: the ladder, its top step first (see ``judging.rule``)."""
SAME_NUMBER, ANOTHER_NUMBER = "same number", "another number"
HOLDS, DOES_NOT_HOLD, NOT_TESTABLE = "holds", "does not hold", "not testable"
VERDICTS = [*JUDGEMENTS, SAME_NUMBER, ANOTHER_NUMBER, HOLDS, DOES_NOT_HOLD, NOT_TESTABLE]
"""What is said here of a published finding: of one on a factor its judgement (see ``judging``)."""
RENAMED, MERGED, SPLIT = CODEBOOK_CHANGES = ["renamed", "merged", "split"]
ADDED = "added"
CHANGES = [
    "rule",
    "factor",
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
NO_STUDY, NO_CODING = "keeps no study", "keeps no coding"
NOTHING_TO_LEAVE_OUT, NOTHING_TO_ADD = "has nothing to leave out", "has nothing to add"
READ_IN_PART = "is of a coder who did not read all studies"
"""Why a scenario is not tried."""
OF_MORE = "of more"
"""That a judgement is another because as many studies as before are of more, and not lost."""
HOLDS_IN_ALL, HOLDS_WITHOUT_ANY = "holds in all kinds", "holds without any one study"
HANGS_ON_ONE = "hangs on one study"
STRENGTHS = [HANGS_ON_ONE, HOLDS_WITHOUT_ANY, HOLDS_IN_ALL]
"""How a finding that is often reported stands up to the scenarios, the weakest first."""
YES_NO = ["yes", "no"]
ANY = "any"
ALL = "all"
NOT_CODED = "not_coded"
METHODS_WORDS = {
    FRAMEWORK: "led by a named framework or theory",
    STATED_DESIGN: "with a stated design",
    BY_PRODUCT: "with factors as a by-product",
    UNCLEAR: "unclear",
    NOT_CODED: "not coded",
}
"""The levels of methods in the words of texts that are English alone."""
AS_CODED, FORMAL_OR_NOT = METHODS_GROUPINGS = ["as_coded", "formal_or_not"]
"""How levels of methods are compared: each, or those of a framework or stated design as one."""
CONCERNS = [
    *("no or very minor concerns", "minor concerns"),
    *("moderate concerns", "serious concerns"),
]
CONFIDENCE = ["high", "moderate", "low", "very low"]
"""What people judge by GRADE-CERQual: each of four components, and then the finding."""
COMPONENTS = ["methodological_limitations", "coherence", "adequacy", "relevance"]

_OWN = "of the domains that the review uses, those with at least one study"
MEASURES = {
    "searches": "searches up to the cut",
    "queries": "queries of these searches",
    "records": "records found",
    "records_duplicate": "records that repeat another",
    "records_excluded": "records excluded, at screening or as reports",
    "records_without_visible_factor": "records excluded because what is visible names no factor",
    "records_included": "records included",
    "records_undecided": "records on which nobody has decided yet",
    "studies_withdrawn": "studies of earlier searches that were withdrawn up to the cut",
    "studies": "studies included",
    "publications": "publications of the included studies",
    "publications_coded": "publications in which a coding was agreed",
    "journal_articles": "publications that are journal articles",
    "primary_studies": "primary studies",
    "secondary_studies": "secondary studies (reviews and syntheses)",
    "studies_in_included_reviews": "primary studies that an included secondary study contains",
    "studies_of_low_certainty": "studies of which only thin text is visible",
    "codings_agreed": "agreed codings",
    "codings_distinct": "agreed codings that differ in study, factor or direction",
    "codings_independent": "codings of the coders before they agreed",
    "factors": "factors of the codebook",
    "factors_coded": "factors with at least one study",
    "domains_covered": f"domains covered: {_OWN}",
    "subdomains_covered": f"sub-domains covered: {_OWN}",
    "added_domains_covered": "domains covered that were added to those of the review",
    "added_subdomains_covered": (
        "sub-domains covered, of domains that were added to those of the review"
    ),
}
"""What is counted of the evidence at a cut: the measures of a published count."""
UNSTATED = "not stated"
"""What stands in a cell that may not be empty where a file brought in does not say it."""
QUERY_TO_WRITE = "write here the query as it was run"
"""What stands in place of a query until somebody writes it."""
RECORDS_IMPORTED = {"records_imported": "records that are studies brought in as included"}
"""Counted only where there are any: of these no table shows how they were found and screened."""
ALL_IMPORTED = {
    "searches": "dates at which studies were brought in as included",
    "queries": "queries that are recorded",
    "records": "records listed; how many were found is not recorded",
    "records_excluded": "records listed as excluded",
}
"""What some measures are where all records are studies brought in as included."""
CODED_ALONE = {
    "publications_coded": "publications in which something was coded",
    "codings_agreed": "codings",
    "codings_distinct": "codings that differ in study, factor or direction",
}
"""What some of them are where no codings of single coders stand beside those that count."""
LOCAL_MEASURES = [
    "local_innovations",
    "local_innovations_informally_evaluated",
    "local_innovations_not_evaluated",
]
"""Measures of a published count that are counted in ``local_innovations``."""
SHARE_MEASURES = ["studies_without_framework_led_methods"]
STATEMENT_MEASURES = ["search_date"]
"""The measures of a published share, and of a statement that can be looked at."""
COUNT, FACTOR, SHARE, COMPARISON, STATEMENT = PUBLISHED_KINDS = [
    *("count", "factor", "share", "comparison", "statement")
]

UNITS = ["records", "reports", "studies"]
STAGES = ["report", "retrieval", "screening"]
SEARCHED, OTHER = "searches", "other methods"
PATHS = [SEARCHED, OTHER]
OTHER_PREFIX = "other_"
NOT_STATED = "not_stated"
KIND_WORDS = {
    DATABASES: "Databases",
    REGISTERS: "Registers",
    WEBSITES: "Websites",
    ORGANISATIONS: "Organisations",
    CITATION_SEARCHING: "Citation searching",
    HAND_SEARCHING: "Hand searching",
}
KIND_OF_SOURCE = KIND_WORDS | {NOT_STATED: "Kind of source not stated"}
TOOL, PERSON = MARKERS = ["tool", "person"]
"""Who marked a record as a duplicate."""
MARKED_BY = {
    TOOL: "Found by a tool",
    PERSON: "Found by a person",
    NOT_STATED: "Not stated who found them",
}


class Box(NamedTuple):
    """A box of the flow: what is printed in it, and what it counts."""

    label: str
    unit: str


PATH_BOXES = {
    "identified": Box("Records identified", "records"),
    "identified_kind": Box("Records identified from the kind of source", "records"),
    "identified_source": Box("Records identified from the source", "records"),
    "duplicates": Box("Duplicate records removed", "records"),
    "duplicates_marked": Box("Duplicate records found so", "records"),
    "screened": Box("Records screened", "records"),
    "excluded_screening": Box("Records excluded", "records"),
    "excluded_screening_reason": Box("Records excluded for the reason", "records"),
    "ongoing": Box("Records awaiting a decision", "records"),
    "sought": Box("Reports sought for retrieval", "reports"),
    "not_retrieved": Box("Reports not retrieved", "reports"),
    "assessed": Box("Reports assessed for eligibility", "reports"),
    "excluded_reports": Box("Reports excluded", "reports"),
    "excluded_reports_reason": Box("Reports excluded for the reason", "reports"),
    "included": Box("Reports included", "reports"),
}
ASSESSED_IN_PART = "Reports assessed, as far as they are publicly visible"
"""What is printed instead where the protocol says that reports were seen only in part."""
BOXES = {
    "previous_studies": Box("Studies included before", "studies"),
    "previous_reports": Box("Reports of studies included before", "reports"),
    **PATH_BOXES,
    **{f"{OTHER_PREFIX}{name}": box for name, box in PATH_BOXES.items()},
    "included_studies": Box("New studies included", "studies"),
    "included_reports": Box("New reports included", "reports"),
    "new_reports_of_known_studies": Box("Of these, reports of studies known before", "reports"),
    "withdrawn_studies": Box("Studies withdrawn", "studies"),
    "withdrawn_reports": Box("Reports withdrawn", "reports"),
    "total_studies": Box("Total studies included", "studies"),
    "total_reports": Box("Total reports of included studies", "reports"),
}
"""Every box of a search, in the order of the flow; those of the other methods have a prefix."""

PARTS = ("_kind", "_source", "_marked", "_reason")
"""Boxes that end so are parts of the box named before, one for each kind, source or reason."""

ENDS = ["duplicates", "excluded_screening_reason", "ongoing", "not_retrieved"]
ENDS += ["excluded_reports_reason", "included"]
"""The terminal boxes of a path: each record ends in exactly one of them."""


def whole_box(box: str) -> str:
    """The box that ``box`` is a part of, or ``box`` itself."""
    for ending in PARTS:
        box = box.removesuffix(ending)
    return box


def label_of(factor: Mapping[Hashable, str], direction: str) -> str:
    """The label of a factor (a row of the codebook) in a direction; without one, the neutral.

    "Staff commitment and confidence" hinders nobody: a list of barriers says what hinders. So the
    findings and all that is made of them have a label by direction, and what is two-sided has not.
    """
    return factor.get(f"{direction}_label") or factor["label"]


def finding_address(factor: str, direction: str) -> str:
    """Where the card of a finding is among the pages of a cut."""
    return f"findings.html#finding-{factor}-{direction}"


def address(search: str, box: str, detail: str = "") -> str:
    """Where a box stands in the page of the flow: ``2026-11-22-excluded_reports``."""
    return "-".join(part for part in (search, box, detail) if part)
