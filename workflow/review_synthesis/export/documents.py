"""The numbers at a cut as the texts of that cut look them up: summed up from the tables."""

from collections.abc import Mapping

import pandas as pd

from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import Results, list_changes
from review_synthesis.export.summaries import finding_cards, summarise_findings
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.places import Document

Tables = Mapping[str, pd.DataFrame]
FINDINGS, CARDS, CHANGES = "findings.json", "cards.json", "changes.json"


def documents_at(
    cut: str,
    cuts: list[str],
    config: Protocol,
    tables: Tables,
    cut_before: str,
    before: Tables | None,
) -> dict[str, Document]:
    """What texts at a cut quote, by the file that holds the same for other programs.

    ``tables`` and ``before`` hold at each cut what ``steps.SUMMARISED`` names, and
    ``withdrawn``.
    """
    documents: dict[str, Document] = {
        FINDINGS: _findings(cut, cuts, config, tables),
        CARDS: finding_cards(tables["robustness_kinds"], tables["robustness_summary"]),
    }
    if before is not None:
        rule = config["frequency_rule"]
        both = Results(cut_before, rule, dict(before)), Results(cut, rule, dict(tables))
        documents[CHANGES] = summarise_changes(*both, list_changes(*both))
        file = f"../{cut_before}/{FINDINGS}"
        documents[file] = _findings(cut_before, cuts[:-1], config, before, f"../{cut_before}/")
    return documents


def documents_of_cuts(
    cuts: list[str], config: Protocol, tables: Mapping[str, Tables]
) -> dict[str, Document]:
    """The findings of each cut, by their file in the folder of results."""
    return {
        f"{cut}/{FINDINGS}": _findings(
            cut, cuts[: number + 1], config, tables[cut], f"{cut}/", home=""
        )
        for number, cut in enumerate(cuts)
    }


def _findings(
    cut: str, cuts: list[str], config: Protocol, tables: Tables, folder: str = "", home: str = "../"
) -> Document:
    statement = config["review"]["evidence_statement"]
    rule = config["frequency_rule"]
    return summarise_findings(cut, cuts, rule, statement, tables, folder, home)
