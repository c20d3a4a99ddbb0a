"""Tables of the evidence that hold nothing."""

from __future__ import annotations

import pandas as pd

NO_CODEBOOK_CHANGES = pd.DataFrame(columns=["from", "to", "search", "reason", "kind"])
