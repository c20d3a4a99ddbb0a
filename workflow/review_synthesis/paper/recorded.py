"""How far the tables hold what a paper and the checklists say of them: of all rows, some or none.

A cell is empty, or says ``not stated``, where a table brought in from elsewhere did not have it.
"""

from collections.abc import Container, Mapping, Sequence

import pandas as pd

from review_synthesis.robustness.strength import REPORTS_ADDED
from review_synthesis.tables.vocabulary import QUERY_TO_WRITE, UNSTATED
from review_synthesis.wording.phrases import listed

ALL, SOME, NONE = "all", "some", ""
Tables = Mapping[str, pd.DataFrame]
TABLES = ("codebook", "agreed", "publications", "searches")
OF_STUDIES = {"nation": "country", "design": "design"}
BY_DESIGN = "by design under stress"
OF_DESIGN = {"primary studies only", "reviews where they add"}
"""The kinds of scenario that leave studies out by their design."""
ADDED = "counts the reports without a visible factor"
OF_STUDIES |= {each: each for each in ("programme", "certainty")}


def how_far(filled: pd.Series) -> str:
    """Whether all rows are filled, some or none; of no rows nothing is lacking."""
    return ALL if filled.all() else SOME if filled.any() else NONE


def recorded(tables: Tables) -> dict[str, str]:
    """Of what a text may say, whether it is recorded of all rows, of some or of none.

    ``tables`` holds those of ``TABLES``. Of a query that follows citations there is no wording.
    """
    codebook, agreed, publications, searches = (tables[each] for each in TABLES)
    queries = searches.loc[searches["query"] != "", "query"]
    written = _says(queries) & ~queries.str.contains(QUERY_TO_WRITE, regex=False)
    return {
        "rules": _each_and_any(codebook, ["enabler_when", "barrier_when"]),
        "definition": how_far(_says(codebook["definition"])),
        "origin": how_far(_says(codebook["origin"])),
        "summary": how_far(_says(agreed["summary"])),
        "place": how_far(_says(agreed["locator"]) | _says(agreed["page"])),
        "basis": how_far(_says(agreed["basis"])),
        "publication_type": how_far(_says(publications["publication_type"])),
        "peer_reviewed": how_far(_says(publications["peer_reviewed"])),
        "query": how_far(written),
    }


def _says(column: pd.Series) -> pd.Series:
    return ~column.astype(str).isin(["", UNSTATED])


def _each_and_any(table: pd.DataFrame, columns: Sequence[str]) -> str:
    """Whether all cells of some columns are filled, some or none."""
    return how_far(pd.concat([_says(table[each]) for each in columns]))


def in_words(
    known: Mapping[str, str], tables: Tables, several_coders: bool, tried: Container[str]
) -> dict[str, str]:
    """What the checklists say of what is recorded; nothing where it is of no row.

    ``tables`` holds ``studies``, ``corrections`` and ``codebook_changes``; ``tried`` are kinds of
    scenario. Studies differ by what two groups of them have.
    """
    studies = tables["studies"]
    kinds = {each: studies[column][_says(studies[column])] for each, column in OF_STUDIES.items()}
    told = [each for each, column in kinds.items() if len(column)]
    groups = [each for each in ("nation", "programme") if len(set(kinds[each])) > 1]
    differences = [f"by {listed(groups)}"] if groups else []
    differences += [BY_DESIGN] if any(each in tried for each in OF_DESIGN) else []
    settled = ["corrections"] if len(tables["corrections"]) else []
    settled += ["how codings were settled"] if several_coders else []
    rules = "with when it counts as enabler and as barrier"
    parts = {"the kind of text": known["basis"], "the place in it": known["place"]}
    whole, part = ([each for each, far in parts.items() if far == of] for of in (ALL, SOME))
    codings = [f"each coding with {listed(whole)}"] if whole else []
    codings += [f"some codings with {listed(part)}"] if part else []
    return {
        "rules": {ALL: f", each {rules}", SOME: f", in part {rules}"}.get(known["rules"], ""),
        "definitions": {ALL: ", with definitions", SOME: ", some with definitions"}.get(
            known["definition"], ""
        ),
        "origin": {ALL: "each factor", SOME: "some factors"}.get(known["origin"], ""),
        "summaries": {ALL: "summaries", SOME: "summaries of some codings"}.get(
            known["summary"], ""
        ),
        "queries": {ALL: "as they were run", SOME: "some as they were run"}.get(known["query"], ""),
        "codings": "; ".join(codings),
        "of_studies": listed(told),
        "differences": "; ".join(differences),
        "added": ADDED if REPORTS_ADDED in tried else "",
        "and_added": f", and one kind of scenario {ADDED}" if REPORTS_ADDED in tried else "",
        "and_group": f", {listed(groups)}" if groups else "",
        "settled": ", and ".join(settled),
        "regrouped": "factors" if len(tables["codebook_changes"]) else "",
    }
