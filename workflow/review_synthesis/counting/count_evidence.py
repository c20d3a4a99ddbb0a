"""The evidence base at a cut, and all that is counted of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from review_synthesis.counting.assemble_evidence import assemble_evidence
from review_synthesis.counting.tally_evidence import tally_evidence
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.files import MODELS, in_order_of_key


def count_evidence(cuts: list[str], config: Protocol, **checked: Any) -> dict[str, pd.DataFrame]:
    """Join the ``checked`` tables to the evidence at the last of ``cuts``, and count it.

    ``checked`` and ``config`` are those of ``assemble_evidence`` and ``tally_evidence``. Returns
    the tables of both by their full names.
    """
    evidence = {
        name: in_order_of_key(table, MODELS[f"evidence/{name}"])
        for name, table in assemble_evidence(cuts, config, **checked).items()
    }
    counted = tally_evidence(config, **evidence)
    return {
        **{f"evidence/{name}": table for name, table in evidence.items()},
        **{f"tables/{name}": table for name, table in counted.items()},
    }
