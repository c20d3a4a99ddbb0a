"""All counts at a cut: of studies, of factors, and of the flow of records."""

from __future__ import annotations

import pandas as pd

from review_synthesis.counting.count_flow import count_flow
from review_synthesis.counting.prisma2020 import write_prisma2020
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.counting.tally_innovations import tally_innovations
from review_synthesis.counting.tally_studies import tally_studies
from review_synthesis.protocol.config import IN_PART, Protocol


def tally_evidence(config: Protocol, **evidence: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count what the tables of the ``evidence`` hold, by name.

    ``config`` holds the domains that the review uses (all of the codebook where it names none),
    places and reasons of exclusion, and how much was seen of the reports. Returns
    the tables of ``tally_studies``, ``tally_factors`` and ``count_flow``, ``local_innovations`` and
    ``prisma2020``.
    """
    domains = config["review"]["domains"] or sorted(set(evidence["codebook"]["domain"]))
    words = config["vocabularies"]
    agreed, studies, codebook = (evidence[name] for name in ("agreed", "studies", "codebook"))
    reasons, in_part = words["exclusion_reasons"], config["flow"]["reports_seen"] == IN_PART
    boxes = count_flow(evidence, reasons, in_part)
    return {
        **tally_studies(evidence, domains, list(reasons)),
        **tally_factors(agreed, studies, codebook, domains, words["places"]),
        "local_innovations": tally_innovations(evidence["local_innovations"]),
        **boxes,
        "prisma2020": write_prisma2020(boxes["flow"], boxes["flow_sources"]),
    }
