"""Made-up evidence of any size, for benchmarks alone: nothing in it says anything about care."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

FACTORS = 60
DOMAINS = 4
SUBDOMAINS = 20
SEARCH = "2099-01-01"
SEED = 20221117
CONFIG = """
searches: ["{search}"]
coding: double
frequency_rule:
  {{version: 2, min_studies: 3, min_share: 0.1, max_mixed: 0.25, top_word: often reported}}
review:
  question: Which made-up factors help or hinder what is made up?
"""
WORDS = [
    "made",
    "up",
    "words",
    "that",
    "stand",
    "where",
    "a",
    "coder",
    "would",
    "say",
    "what",
    "the",
    "publication",
    "reports",
    "of",
    "leaders",
    "staff",
    "carers",
    "families",
    "funding",
    "and",
    "time",
    "in",
    "the",
    "service",
]


def write_synthetic(
    raw: Path,
    codings: int,
    programmes: int = 12,
    units_per_study: int = 50,
    factors: int = FACTORS,
) -> None:
    """Write a sound raw folder with about ``codings`` codings to ``raw``.

    Each unit (study × factor × direction) is coded by A, B and consensus; one study in three has
    two publications; studies grow with the codings (three codings a unit).
    Every second study belongs to one of ``programmes``.
    """
    rng = np.random.default_rng(SEED)
    units = codings // 3
    studies = max(3, units // units_per_study)
    publications = _publications(studies)
    cells = rng.choice(studies * factors * 4, size=units, replace=False)
    study, factor, direction = cells // (factors * 4), cells // 4 % factors, cells % 4
    names = np.array(["enabler", "barrier", "mixed", "no_effect"])
    summaries = np.array([" ".join(rng.choice(WORDS, 14)) for _ in range(2_000)])
    second = (study % 3 == 0) & (cells % 2 == 0)
    unit = pd.DataFrame(
        {
            "study_id": _names("made_up_", study),
            "publication_id": np.where(
                second, _names("made_up_", study, "_b"), _names("made_up_", study, "_a")
            ),
            "factor_id": _names("factor_", factor),
            "direction": names[direction],
            "summary": summaries[rng.integers(0, len(summaries), units)],
            "basis": "abstract",
            "locator": "made up",
            "certainty": "clear",
            "reason": "",
        }
    )
    coded = unit.loc[np.repeat(unit.index, 3)].assign(coder=np.tile(["A", "B", "consensus"], units))
    coded["coding_id"] = _names("C2099-", np.arange(1, len(coded) + 1), width=7)
    order = "coding_id study_id publication_id factor_id direction coder summary basis locator"
    folder = raw / SEARCH
    folder.mkdir(parents=True, exist_ok=True)
    _write(coded[[*order.split(), "certainty", "reason"]], folder / "codings.csv")
    _write(_studies(studies, programmes), folder / "studies.csv")
    _write(publications, folder / "publications.csv")
    _write(_screening(publications), folder / "screening.csv")
    _write(_searches(), folder / "searches.csv")
    _write(_codebook(factors), raw / "codebook.csv")
    _write(_published(), raw / "published_findings.csv")
    columns = ["file", "id", "column", "old", "new", "reason", "date"]
    _write(pd.DataFrame(columns=columns), raw / "corrections.csv")


def write_review(
    folder: Path, studies: int, units_per_study: int = 20, factors: int = FACTORS
) -> None:
    """Write a sound review of ``studies`` studies to ``folder``: config and raw tables."""
    codings = studies * units_per_study * 3
    write_synthetic(folder / "data" / "raw", codings, 12, units_per_study, factors)
    (folder / "config").mkdir()
    (folder / "config" / "config.yaml").write_text(CONFIG.format(search=SEARCH), "utf-8")


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n")


def _names(prefix: str, numbers: np.ndarray, suffix: str = "", width: int = 1) -> np.ndarray:
    distinct, codes = np.unique(numbers, return_inverse=True)
    return np.array([f"{prefix}{number:0{width}d}{suffix}" for number in distinct])[codes]


def _studies(studies: int, programmes: int) -> pd.DataFrame:
    number = np.arange(studies)
    nations = np.array(["England", "Scotland", "Wales", "Northern Ireland", "UK", "International"])
    return pd.DataFrame(
        {
            "study_id": _names("made_up_", number),
            "label": _names("Made-up study S", number),
            "year": 2014 + number % 10,
            "design_class": np.where(number % 10 == 0, "secondary", "primary"),
            "design": "made up",
            "innovation": "made up",
            "programme": np.where(number % 2 == 0, _names("Programme ", number % programmes), ""),
            "country": nations[number % len(nations)],
            "synthesised_in": "",
            "certainty": "high",
        }
    )


def _publications(studies: int) -> pd.DataFrame:
    number = np.arange(studies)
    both = [(number, "_a"), (number[number % 3 == 0], "_b")]
    parts = [
        pd.DataFrame(
            {
                "publication_id": _names("made_up_", numbers, suffix),
                "study_id": _names("made_up_", numbers),
                "citation": "Made-up publication",
                "year": 2014 + numbers % 10,
                "publication_type": "report",
                "peer_reviewed": "no",
                "doi": "",
                "url": "",
            }
        )
        for numbers, suffix in both
    ]
    return pd.concat(parts, ignore_index=True)


def _screening(publications: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "record_id": _names("R2099-", np.arange(1, len(publications) + 1), width=6),
            "title": "Made-up record",
            "year": publications["year"],
            "source": "M",
            "source_type": "made up",
            "url": "",
            "decision": "include",
            "reason": "",
            "publication_id": publications["publication_id"],
            "duplicate_of": "",
        }
    )


def _searches() -> pd.DataFrame:
    row = ["Q001", "M", "Made up", "made up", SEARCH, "8", "8"]
    columns = ["query_id", "source", "source_label", "query", "date_run", "results", "new_records"]
    return pd.DataFrame([row], columns=columns)


def _codebook(factors: int) -> pd.DataFrame:
    number = np.arange(factors)
    subdomain = number % SUBDOMAINS
    return pd.DataFrame(
        {
            "factor_id": _names("factor_", number),
            "label": _names("Made-up factor ", number),
            "domain": _names("domain ", subdomain % DOMAINS),
            "subdomain": _names("sub-domain ", subdomain),
            "definition": "made up",
            "enabler_when": "made up",
            "barrier_when": "made up",
            "origin": "added",
        }
    )


def _published() -> pd.DataFrame:
    columns = [
        "finding_id",
        "kind",
        "measure",
        "factor_id",
        "direction",
        "expected",
        "statement",
        "source",
    ]
    return pd.DataFrame(
        [["P01", "count", "studies", "", "", "10", "Made up.", "made up"]], columns=columns
    )
