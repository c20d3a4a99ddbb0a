"""Tables of the evidence that hold nothing."""

from __future__ import annotations

import pandas as pd
from review_synthesis.steps import CHECKED_EVIDENCE, base_name
from review_synthesis.tables.fields import typed
from review_synthesis.tables.files import MODELS

NO_CODEBOOK_CHANGES = pd.DataFrame(columns=["from", "to", "search", "reason", "kind"])
NO_INNOVATIONS = pd.DataFrame(columns=["evaluation_status", "innovations"])
NO_METHODS = pd.DataFrame(columns=["study_id", "coder", "implementation_methods"])
NO_CHECKS = {base_name(name): typed([], MODELS[name]) for name in CHECKED_EVIDENCE}
NOTHING_CHECKED = {
    **{name: {} for name in ("screening", "rows", "methods", "methods_agreement", "appraisals")},
    "confidence": {"profiles": 0, "judged": 0},
}
"""``checks`` of ``findings.json`` where nothing was checked."""
