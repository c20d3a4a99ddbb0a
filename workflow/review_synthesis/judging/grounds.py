"""What a verdict on a published finding rests on, as numbers that know their place."""

from __future__ import annotations

from review_synthesis.tables.places import Count, Json, Places
from review_synthesis.tables.vocabulary import COMPARISON, COUNT, FACTOR, SHARE

PUBLISHED = ["kind", "statement", "measure", "factor_id", "direction", "expected", "found"]
PUBLISHED += ["part", "whole", "wider_part", "other_way", "verdict", "by_construction", "why"]
RULE = ["studies_required", "mixed_or_no_effect", "studies_of_factor"]


def grounds_of(places: Places, finding: str) -> dict[str, Json]:
    """A published finding with what is found here.

    Beside one on a factor stand the numbers of the rule, and where it speaks of further factors,
    what these are called and how many studies report any. Beside one of studies stands how many
    there are; the numbers of a count are numbers. Beside one of what the codebook was made of
    stands how much was added to that.
    """
    grounds: dict[str, Json] = {**places.cells("published", PUBLISHED, finding_id=finding)}
    if grounds["kind"] == FACTOR:
        cell = {name: grounds[name] for name in ("factor_id", "direction")}
        grounds |= places.cells("findings", RULE, **cell)
        further = str(places.cell("published", "further_factors", finding_id=finding)).split()
        if further:
            grounds["together"] = places.cell("published", "together", finding_id=finding)
            grounds["further"] = [
                places.cell(
                    "findings", "label", factor_id=each, direction=str(grounds["direction"])
                )
                for each in further
            ]
    added = {"measure": f"added_{grounds['measure']}"}
    if grounds["by_construction"] == "yes" and places.rows_of("evidence_base", **added):
        grounds["added"] = places.cell("evidence_base", "value", **added)
    for name in ("expected", "found") if grounds["kind"] == COUNT else ():
        text = str(grounds[name] or "")
        if text.isdecimal():
            source = places.source("published", name, finding_id=finding)
            grounds[name] = Count(int(text), source)
    if grounds["kind"] in (FACTOR, COMPARISON, SHARE):
        grounds["studies"] = places.cell("evidence_base", "value", measure="studies")
    return grounds
