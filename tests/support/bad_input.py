"""What the gate says of bad input: a small ugly file for each defect, and the words that a person
reads about it. All evidence here is made up.

A file of ``tests/data/bad/<defect>/`` stands in the place of the same file of ``tests/data/good/``,
which is sound. Each entry of the tables is what the gate then tells and all that it tells:
where (file and line), the column, the name of the rule, and the message with the mend.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from refused_form import REFUSED_FORM, Told
from refused_sense import REFUSED_SENSE
from review_synthesis.gate.problems import Problem

SEARCHES = ["2020-01-01", "2021-01-01"]
ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "data" / "bad"
CODINGS = Path("data/raw/2020-01-01/codings.csv")
Gate = Callable[..., list[Problem]]

REFUSED = REFUSED_FORM | REFUSED_SENSE

NOTICED: dict[str, list[Told]] = {
    "byte_order_mark": [
        ("2020-01-01/codings.csv", "", "byte_order_mark",
         "the file begins with a byte-order mark. The table is read as meant; nothing to do."),
    ],
    "windows_line_ends": [
        ("2020-01-01/codings.csv", "", "line_ends",
         "the lines end as on Windows (CRLF). The table is read as meant; nothing to do."),
    ],
    "mac_line_ends": [
        ("2020-01-01/codings.csv", "", "line_ends",
         "the lines end as on old Macs (CR). The table is read as meant; nothing to do."),
    ],
    "header_only_codings": [
        ("2021-01-01/studies.csv line 2", "study_id", "study_coded",
         "study 'made_up_2020' has no consensus coding. It counts among all studies and "
         "supports no finding; code it if it can be."),
    ],
    "study_without_consensus": [
        ("2021-01-01/studies.csv line 2", "study_id", "study_coded",
         "study 'made_up_2020' has no consensus coding. It counts among all studies and "
         "supports no finding; code it if it can be."),
    ],
}  # fmt: skip

SOUND = [
    "no_line_end_at_end",
    "empty_lines_at_end",
    "header_only_published_findings",
    "line_breaks_and_quotes_in_cells",
    "correction",
    "correction_mends",
]

# What shows only beside the second search. To look at the others the first one does, and takes
# half the time.
BETWEEN_SEARCHES = {
    *("header_only_studies", "header_only_publications", "header_only_codings"),
    *("identifier_twice_across_searches", "study_in_two_searches", "unknown_publication"),
    *("publication_of_an_unknown_study", "study_left_out", "publication_left_out"),
    *("coding_in_the_folder_of_an_earlier_search", "synthesised_in_a_primary_study"),
    *("duplicate_of_a_later_record", "consensus_of_one_coder", "study_without_consensus"),
    *("consensus_of_no_coder_without_reason", "correction_of_unknown_file"),
    "correction_of_another_search",
}


def searches_of(defect: str) -> list[str]:
    return SEARCHES if defect in BETWEEN_SEARCHES else SEARCHES[:1]


def told(problems: list[Problem]) -> list[Told]:
    """The problems as the tables put them, in the order of files and lines."""
    ordered = sorted(problems, key=lambda each: (each.file, each.line, each.column))
    return [
        (
            each.where.removeprefix("data/raw/"),
            each.column,
            each.rule,
            f"{each.message}. {each.hint}",
        )
        for each in ordered
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
