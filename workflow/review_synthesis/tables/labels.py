"""What a factor is called: neutral where both directions are, and otherwise by its direction.

"Staff commitment and confidence" hinders nobody: a list of barriers says what hinders. The codebook
has a label for each direction (``enabler_label``, ``barrier_label``); the findings and all that is
made of them have it as their ``label``, while ``factor_tally`` and what is two-sided stay neutral.
"""

from collections.abc import Hashable, Mapping


def label_of(factor: Mapping[Hashable, str], direction: str) -> str:
    """The label of a factor (a row of the codebook) in a direction; without one, the neutral."""
    return factor.get(f"{direction}_label") or factor["label"]
