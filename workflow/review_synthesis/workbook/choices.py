"""The values that a workbook offers in its dropdowns because of what the config says."""

from pathlib import Path

from review_synthesis.protocol.config import read_protocol
from review_synthesis.workbook.sheet_tables import OF_SEARCHES, SEARCH
from review_synthesis.workbook.write_workbook import Choices


def choices_of(config: Path, searches: list[str]) -> dict[tuple[str, str], Choices]:
    """The values by sheet and column: the searches, and the domains of the review."""
    offered = {(sheet, SEARCH): Choices(tuple(searches)) for sheet in OF_SEARCHES}
    if config.is_file():
        domains = tuple(read_protocol(config, may_be_first=True)["review"]["domains"])
        offered["codebook", "domain"] = Choices(domains, binding=False)
    return {place: choices for place, choices in offered.items() if choices.values}
