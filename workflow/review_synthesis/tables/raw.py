"""The tables that people write in ``data/raw/``: one pandera model per file.

Every column is described here and nowhere else: the data dictionary in
``data/raw/README.md`` and ``data/raw/datapackage.json`` are generated from these models.
Raw tables are checked as text, before any conversion; an empty cell means not known or not
applicable and is the empty string, never NA.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera import extensions
from pandera.typing.pandas import Series

DIRECTIONS = ["enabler", "barrier", "mixed", "no_effect"]
JUDGED_DIRECTIONS = DIRECTIONS[:2]
CONTRADICTING_DIRECTIONS = DIRECTIONS[2:]
DESIGN_CLASSES = ["primary", "secondary"]
CONSENSUS = "consensus"
NATIONS = ["England", "Scotland", "Wales", "Northern Ireland", "UK", "International"]
# Reasons of exclusion, and how each is put in words.
REASON_WORDS = {
    "not_uk": "not UK",
    "not_childrens_social_care": "not children's social care",
    "not_innovation_implementation": "not on implementing an innovation",
    "not_research": "not research",
    "out_of_date_range": "out of date range",
    "no_factor_in_accessible_text": "no factor in accessible text",
    "duplicate_report": "duplicate report",
    "date_not_verifiable": "date not verifiable",
}
EXCLUSION_REASONS = list(REASON_WORDS)

# `[0-9]` and not `\d`, which also accepts the digits of other scripts.
STUDY_ID = r"[a-z][a-z0-9_]*"
RECORD_ID = r"R[0-9]{4}-[0-9]{4,}"
YEAR = r"[12][0-9]{3}"
DATE = (
    r"[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
# Starts with no space and no sign that a spreadsheet takes for a formula, ends with no space.
TEXT = r"[^=+@\s-](?:[\s\S]*\S)?"
LONGEST_TEXT = 5_000


@extensions.register_check_method(statistics=["pattern"])  # type: ignore[untyped-decorator]
def matches(column: pd.Series, *, pattern: str) -> pd.Series:
    """Which cells match ``pattern`` as a whole; each distinct value is looked at once."""
    distinct = pd.Series(column.unique(), dtype=column.dtype)
    bad = distinct[~distinct.str.fullmatch(pattern)]
    return ~column.isin(bad) if len(bad) else pd.Series(True, index=column.index)


@extensions.register_check_method(statistics=["characters"])  # type: ignore[untyped-decorator]
def no_longer_than(column: pd.Series, *, characters: int) -> pd.Series:
    """Which cells hold at most so many characters."""
    return column.str.len() <= characters


def _field(description: str, says: str, optional: bool, type_: str, **checks: Any) -> Any:
    says = f"{says}, or empty" if optional else says
    metadata = {"says": says, "optional": optional, "type": type_}
    return pa.Field(description=description, metadata=metadata, **checks)


def pattern(
    description: str, regex: str, says: str, *, optional: bool = False, type_: str = "string"
) -> Any:
    """A column whose cells match ``regex`` as a whole; ``says`` puts the pattern in words."""
    regex = f"(?:{regex})?" if optional else regex
    return _field(description, says, optional, type_, matches={"pattern": regex})


def text(description: str, *, optional: bool = False) -> Any:
    """A column of free text."""
    says = f"text of at most {LONGEST_TEXT:,} characters with no space around it"
    regex = f"(?:{TEXT})?" if optional else TEXT
    return _field(
        description,
        says,
        optional,
        "string",
        matches={"pattern": regex},
        no_longer_than={"characters": LONGEST_TEXT},
    )


def choice(description: str, allowed: list[str], *, optional: bool = False) -> Any:
    """A column that takes one of a declared list of values."""
    says = f"one of {', '.join(allowed)}"
    return _field(
        description, says, optional, "string", isin=[*allowed, *([""] if optional else [])]
    )


def year_of(description: str) -> Any:
    """A year in four digits; empty where no date is visible."""
    says = "a year in four digits, such as 2021"
    return pattern(description, YEAR, says, optional=True, type_="year")


def date_of(description: str) -> Any:
    """A date in the order year, month, day."""
    return pattern(description, DATE, "a date such as 2026-11-22", type_="date")


def whole_number(description: str, *, optional: bool = False) -> Any:
    """A count."""
    return pattern(description, "[0-9]+", "a whole number", optional=optional, type_="integer")


class Table(pa.DataFrameModel):
    """What all tables share: exactly the declared columns, in the declared order."""

    class Config:
        """Exactly the declared columns, in their order."""

        name = ""
        strict = True
        ordered = True

    def __init_subclass__(
        cls,
        name: str = "",
        key: Sequence[str] = (),
        may_be_empty: bool = False,
        **kwargs: Any,
    ) -> None:
        """Declare a table: its name, the columns that identify a row, and whether it may be empty.

        The key is also the order of the rows. A table that may be empty has a header alone then.
        """
        metadata = {"key": list(key), "may_be_empty": may_be_empty}
        config = type("Config", (Table.Config,), {"name": name, "metadata": metadata})
        cls.Config = config  # type: ignore[misc, assignment]
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]


class Codebook(Table, name="codebook", key=["factor_id"]):
    """The factors that coders look for, with the definition of each direction."""

    factor_id: Series[str] = pattern(
        "Identifier of the factor.", STUDY_ID, "a lower-case identifier"
    )
    label: Series[str] = text("Name of the factor, as shown in tables and figures.")
    domain: Series[str] = text("Domain of the NASSS framework, or `innovation` (added).")
    subdomain: Series[str] = text("Sub-domain of the domain.")
    definition: Series[str] = text("What the factor covers.")
    enabler_when: Series[str] = text("When a study counts as reporting the factor as an enabler.")
    barrier_when: Series[str] = text("When a study counts as reporting the factor as a barrier.")
    origin: Series[str] = choice("Named by the review, or added here.", ["published", "added"])


class PublishedFindings(Table, name="published_findings", key=["finding_id"], may_be_empty=True):
    """The findings that the review published, in our words: the statements put to the test."""

    finding_id: Series[str] = pattern("Identifier of the finding.", r"P[0-9]{2,}", "P and a number")
    kind: Series[str] = choice("What sort of finding it is.", ["count", "factor", "statement"])
    measure: Series[str] = pattern(
        "For a count: what is counted.", STUDY_ID, "a lower-case name", optional=True
    )
    factor_id: Series[str] = pattern(
        "For a factor finding: the factor.", STUDY_ID, "a lower-case identifier", optional=True
    )
    direction: Series[str] = choice(
        "For a factor finding: the direction.", JUDGED_DIRECTIONS, optional=True
    )
    expected: Series[str] = whole_number("For a count: the number published.", optional=True)
    statement: Series[str] = text("The finding, in our words.")
    source: Series[str] = text("The documents that state it.")


class Corrections(Table, name="corrections", key=["file", "id", "column"], may_be_empty=True):
    """Corrections of single cells of the tables in this folder, applied before any check."""

    file: Series[str] = pattern(
        "Table to correct, such as `2026-11-22/codings.csv`.",
        r"(?:[0-9-]+/)?[a-z_]+\.csv",
        "a table of data/raw, such as 2026-11-22/codings.csv",
    )
    id: Series[str] = text("Identifier of the row (its first column).")
    column: Series[str] = pattern("Column to correct.", r"[a-z_]+", "a column name")
    old: Series[str] = text("What stands in the cell now.", optional=True)
    new: Series[str] = text("What shall stand there.", optional=True)
    reason: Series[str] = text("Why it is corrected.")
    date: Series[str] = date_of("Date of the correction.")


class Searches(Table, name="searches", key=["query_id"]):
    """The queries of a search."""

    query_id: Series[str] = pattern(
        "Identifier of the query, unique within its search.",
        r"Q[0-9]{3,}",
        "Q and three digits or more",
    )
    source: Series[str] = pattern(
        "Part of the search that the query belongs to.", r"[A-Z]", "one capital letter"
    )
    source_label: Series[str] = text("What that part of the search looked for.")
    query: Series[str] = text(
        "The query as run; empty for reports linked from an included study.", optional=True
    )
    date_run: Series[str] = date_of("Date on which the query was run.")
    results: Series[str] = whole_number("Number of results looked at.", optional=True)
    new_records: Series[str] = whole_number("Number of those not seen before.")


class Screening(Table, name="screening", key=["record_id"]):
    """The records of a search, each with the decision of screening."""

    record_id: Series[str] = pattern(
        "Identifier of the record.",
        RECORD_ID,
        "R, a year, a hyphen and four digits or more, such as R2022-0001",
    )
    title: Series[str] = text("Title of the record as found.")
    year: Series[str] = year_of("Year of publication; empty where no date is visible.")
    source: Series[str] = pattern(
        "Part of the search that found it.", r"[A-Z]", "one capital letter"
    )
    source_type: Series[str] = text("Kind of page or document that was read.")
    url: Series[str] = text("Where it was found.", optional=True)
    decision: Series[str] = choice(
        "Decision of screening; empty until it is made.",
        ["include", "exclude", "duplicate"],
        optional=True,
    )
    reason: Series[str] = choice(
        "The one reason of an exclusion.", EXCLUSION_REASONS, optional=True
    )
    publication_id: Series[str] = pattern(
        "Publication that an included record is.",
        STUDY_ID,
        "a lower-case identifier",
        optional=True,
    )
    duplicate_of: Series[str] = pattern(
        "Record that a duplicate repeats.",
        RECORD_ID,
        "a record identifier such as R2022-0001",
        optional=True,
    )


class Studies(Table, name="studies", key=["study_id"], may_be_empty=True):
    """The included studies, each in the search that first found it."""

    study_id: Series[str] = pattern(
        "Identifier of the study.", STUDY_ID, "a lower-case identifier such as sebba_2017"
    )
    label: Series[str] = text("Short name of the study: author and year.")
    year: Series[str] = year_of(
        "Year of the study's first publication; empty where no date is visible."
    )
    design_class: Series[str] = choice(
        "Primary research, or secondary (a review or synthesis).", DESIGN_CLASSES
    )
    design: Series[str] = text("Design of the study.")
    innovation: Series[str] = text("The innovation studied.")
    programme: Series[str] = text("Programme the innovation was part of, if any.", optional=True)
    country: Series[str] = choice("Nation of the study; UK where several.", NATIONS)
    synthesised_in: Series[str] = pattern(
        "Included secondary study that contains this study, if any.",
        STUDY_ID,
        "a study_id",
        optional=True,
    )
    certainty: Series[str] = choice(
        "How sure the reading is: low where the visible text is thin.", ["high", "low"]
    )


class Publications(Table, name="publications", key=["publication_id"], may_be_empty=True):
    """The publications (reports) of the included studies; several may report one study."""

    publication_id: Series[str] = pattern(
        "Identifier of the publication.", STUDY_ID, "a lower-case identifier such as sebba_2017_a"
    )
    study_id: Series[str] = pattern("Study that the publication reports.", STUDY_ID, "a study_id")
    citation: Series[str] = text("Reference.")
    year: Series[str] = year_of("Year of publication; empty where no date is visible.")
    publication_type: Series[str] = choice(
        "Kind of publication.", ["journal_article", "report", "summary", "book"]
    )
    peer_reviewed: Series[str] = choice("Whether it was peer reviewed.", ["yes", "no"])
    doi: Series[str] = pattern(
        "Digital object identifier.",
        r"10\.[0-9]{4,}/\S+",
        "a DOI such as 10.1136/bmj.n71, without address",
        optional=True,
    )
    url: Series[str] = text("Where it can be read.", optional=True)


class Codings(Table, name="codings", key=["coding_id"], may_be_empty=True):
    """The codings: one coder, one study, one factor, one direction, with the words behind it."""

    coding_id: Series[str] = pattern(
        "Identifier of the coding.",
        r"C[0-9]{4}-[0-9]{4,}",
        "C, a year, a hyphen and four digits or more, such as C2022-0001",
    )
    study_id: Series[str] = pattern("Study coded.", STUDY_ID, "a study_id")
    publication_id: Series[str] = pattern(
        "Publication in which the coder read it.", STUDY_ID, "a publication_id"
    )
    factor_id: Series[str] = pattern(
        "Factor of the codebook.", STUDY_ID, "a factor_id of codebook.csv"
    )
    direction: Series[str] = choice(
        "What the factor is reported to do; `mixed` is both or opinions split, `no_effect` is "
        "reported to make no difference.",
        DIRECTIONS,
    )
    coder: Series[str] = pattern(
        "Independent coder (A, B, …), or `consensus` for the agreed coding.",
        r"[A-Z]|consensus",
        "one capital letter, or consensus",
    )
    summary: Series[str] = text("What the publication reports, in the coder's words.")
    basis: Series[str] = choice(
        "Kind of text that was read.",
        [
            "abstract",
            "report_opening",
            "publisher_summary",
            "authors_summary",
            "executive_summary",
            "repository_record",
        ],
    )
    locator: Series[str] = text("Place in that text.")
    certainty: Series[str] = choice(
        "Whether the text says so clearly or the coder interprets.", ["clear", "interpretive"]
    )
    reason: Series[str] = text(
        "Why a coding was agreed that fewer than two independent coders made.", optional=True
    )


SHARED_TABLES: dict[str, type[Table]] = {
    "codebook": Codebook,
    "published_findings": PublishedFindings,
    "corrections": Corrections,
}
SEARCH_TABLES: dict[str, type[Table]] = {
    "searches": Searches,
    "screening": Screening,
    "studies": Studies,
    "publications": Publications,
    "codings": Codings,
}


def key_of(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns that identify a row of ``model``, which are also its sort order."""
    key: list[str] = model.Config.metadata["key"]  # type: ignore[index]
    return key


def may_be_empty(model: type[pa.DataFrameModel]) -> bool:
    """Whether a table of ``model`` may have a header and no rows."""
    return bool(model.Config.metadata.get("may_be_empty", False))  # type: ignore[union-attr]
