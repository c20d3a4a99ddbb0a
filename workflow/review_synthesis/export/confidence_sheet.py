"""The sheet ``cerqual.csv``: what a judgement of the confidence in each finding looks at.

People fill it in; it is not read back. Its columns are those of an evidence profile (Lewin et al.
2018, doi 10.1186/s13012-017-0689-2, table 3), so that they can be copied into iSoQ
(isoq.epistemonikos.org), and behind them those of ``data/raw/cerqual.csv``: filled in there, they
are shown on the pages. In English.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from review_synthesis.tables.checking import Cerqual
from review_synthesis.tables.fields import columns_of
from review_synthesis.tables.places import Row, rows_of
from review_synthesis.tables.vocabulary import (
    COMPONENTS,
    CONCERNS,
    CONFIDENCE,
    METHODS_WORDS,
    UNSTATED,
)
from review_synthesis.wording.ladder import judged
from review_synthesis.wording.phrases import finding_named
from review_synthesis.wording.terms import in_terms

FINDING, STUDIES = "Summary of review finding", "Studies contributing to the review finding"
# Named unlike the columns to fill in, also for programs that tell no capitals from small letters.
LOOKED_AT = [f"Known of {name.replace('_', ' ')}" for name in COMPONENTS]
ALLOWED = {
    f"Levels of the components ({', '.join(COMPONENTS)})": "; ".join(CONCERNS),
    "Levels of overall": "; ".join(CONFIDENCE),
}


def confidence_sheet(tables: Mapping[str, pd.DataFrame], cut: str) -> pd.DataFrame:
    """A row for each profile, with what people judged or cells for them to fill in.

    ``tables`` holds ``cerqual``, ``cerqual_groups``, ``findings``, ``studies`` and ``agreed``.
    """
    findings = {(row["factor_id"], row["direction"]): row for row in rows_of(tables["findings"])}
    labels = dict(zip(tables["studies"]["study_id"], tables["studies"]["label"], strict=True))
    groups = rows_of(tables["cerqual_groups"])
    clarity = not tables["agreed"]["certainty"].isin(["", UNSTATED]).all()
    rows = []
    for profile in rows_of(tables["cerqual"]):
        cell = (profile["factor_id"], profile["direction"])
        of_cell = [each for each in groups if (each["factor_id"], each["direction"]) == cell]
        studies = sorted(labels[each] for each in profile["study_ids"].split())
        said = {FINDING: _summary(findings[cell]), STUDIES: "; ".join(studies)}
        said |= dict(zip(LOOKED_AT, _looked_at(profile, of_cell, clarity), strict=True))
        rows.append({**said, **ALLOWED, **profile, "cut": cut})
    columns = [FINDING, STUDIES, *LOOKED_AT, *ALLOWED, *columns_of(Cerqual)]
    return pd.DataFrame(rows, columns=columns)


def _summary(finding: Row) -> str:
    """The finding in a sentence: what it is, and how many studies report it."""
    named = finding_named(finding["label"], finding["direction"])
    number = "study reports" if finding["studies_total"] == "1" else "studies report"
    return (
        f"{named}: {finding['studies']} of {finding['studies_total']} {number} it "
        f"({judged(finding['judgement'])})"
    )


def _looked_at(profile: Row, groups: Iterable[Row], clarity: bool) -> list[str]:
    """What there is to say of each component; what is not known of any study or coding is not said.

    ``clarity`` is whether any coding says how clear it is.
    """
    of_groups = sorted(groups, key=lambda each: (-int(each["studies"]), each["group"]))
    places, designs, texts = (
        ", ".join(
            f"{each['group'].replace('_', ' ' if name == 'basis' else '_')} ({each['studies']})"
            for each in of_groups
            if each["grouping"] == name
        )
        for name in ("place", "design", "basis")
    )
    levels = [f"{profile[level]} {words}" for level, words in METHODS_WORDS.items()]
    known = profile["not_coded"] != profile["studies"]
    limitations = [f"Of {profile['studies']} studies: {', '.join(levels)}"] if known else []
    limitations += [f"Designs: {designs}"] if designs else []
    adequacy = [f"Studies: {profile['studies']}; publications: {profile['publications']}"]
    if clarity:
        adequacy += [f"clear codings: {profile['clear_codings']} of {profile['codings']}"]
    adequacy += [f"studies by what was read of them: {texts}"] if texts else []
    return [
        ". ".join(limitations),
        f"Of {profile['studies_of_factor']} studies on the factor: {profile['mixed']} mixed, "
        f"{profile['no_effect']} no effect",
        "; ".join(adequacy),
        f"{in_terms('Nations')}: {places}" if places else "",
    ]
