"""Tables of the evidence that hold nothing."""

from __future__ import annotations

import pandas as pd

NO_CODEBOOK_CHANGES = pd.DataFrame(columns=["from", "to", "search", "reason", "kind"])
NO_INNOVATIONS = pd.DataFrame(columns=["evaluation_status", "innovations"])
NO_METHODS = pd.DataFrame(columns=["study_id", "coder", "implementation_methods"])
