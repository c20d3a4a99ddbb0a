"""Rules between tables for the codebook: since when factors count, what becomes of them."""

import pandas as pd

from review_synthesis.gate.lookups import Rows, first_of, problems_of
from review_synthesis.gate.problems import Problems
from review_synthesis.tables.vocabulary import CONSENSUS, JUDGED_DIRECTIONS


def looked_for(_found: Problems, codebook: Rows, cuts: Rows) -> Problems:
    """``since`` names a search, and the first search looked for some factor."""
    wrong = codebook[~codebook["since"].isin(["", *cuts["cut"]])]
    says = "since '{since}' is no search"
    hint = "Write the date of the search from which on the factor was looked for."
    problems = problems_of(wrong, "since", "since_known", says, hint, cuts["cut"])
    first = codebook["since"].isin(["", *cuts["cut"][:1]])
    wrong = codebook.iloc[:1] if not first.any() and not problems else codebook.iloc[:0]
    says = "no factor was looked for by the first search"
    hint = "Empty since where a factor was looked for from the first search on."
    return problems + problems_of(wrong, "since", "since_known", says, hint)


def undefined(_found: Problems, codebook: Rows, codings: Rows) -> Problems:
    """A notice for each factor that is coded in a direction of which nobody wrote when it counts.

    A factor that nobody has coded yet may wait for that: a codebook may start from a framework.
    """
    notices = Problems()
    for direction in JUDGED_DIRECTIONS:
        coded = codings["factor_id"][codings["direction"] == direction].unique()
        when = f"{direction}_when"
        wrong = codebook[(codebook[when] == "") & codebook["factor_id"].isin(coded)]
        says = f"studies are coded as reporting '{{factor_id}}' as {direction}, and {when} is empty"
        hint = "Write when a study counts so: others can then code alike."
        notices += problems_of(wrong, when, "when_missing", says, hint, severity="notice")
    return notices


def _positions(cuts: Rows) -> dict[str, int]:
    """The position of each search."""
    return dict(zip(cuts["cut"], cuts["position"], strict=True))


def _since(factors: pd.Series, codebook: Rows, cuts: Rows) -> pd.Series:
    """The position of the search from which on each factor is looked for; 0 where not known."""
    since = factors.map(first_of(codebook, "factor_id")["since"])
    return since.map(_positions(cuts)).fillna(0).astype(int)


def changes(_found: Problems, changes: Rows, codebook: Rows, cuts: Rows) -> Problems:
    """A factor is changed once, by a later search, into others that are looked for by then."""
    at = pd.to_numeric(changes["search"].map(_positions(cuts)))
    since = {name: _since(changes[name], codebook, cuts) for name in ("from", "to")}
    several = changes.groupby("from")["search"].transform("nunique") > 1
    ended = changes.groupby("from")["search"].min()
    by_then = changes["to"].map(ended).fillna("9999") <= changes["search"]
    hint = "Correct the factor or the search."
    rules = [
        (~(at > 0), "search", "search '{search}' is no later search",
         "Write the date of a search after the first: the codebook of the first is what it is."),
        (changes["from"] == changes["to"], "to", "'{from}' becomes itself", "Name another factor."),
        (several, "search", "'{from}' is changed by several searches", "Change a factor once."),
        (since["from"] >= at, "from", "'{from}' was not looked for before that search", hint),
        (since["to"] > at, "to", "'{to}' is not looked for by then (since in codebook.csv)", hint),
        (by_then, "to", "'{to}' is another factor itself by then", "Name what it has become."),
    ]  # fmt: skip
    return [
        problem
        for wrong, column, message, mend in rules
        for problem in problems_of(changes[wrong], column, "codebook_change", message, mend)
    ]


def codings_in_time(
    _found: Problems, codings: Rows, codebook: Rows, changes: Rows, cuts: Rows
) -> Problems:
    """A search codes only factors that it looks for; what is left of a split factor is noticed."""
    if changes.empty and not codebook["since"].ne("").any():
        return []
    factors = codings["factor_id"]
    since = first_of(codebook, "factor_id")["since"]
    wrong = codings.assign(since=factors.map(since))[
        _since(factors, codebook, cuts) > codings["position"]
    ]
    says = "factor '{factor_id}' is looked for only since {since}"
    hint = "Put the coding into the folder of that search, or correct since in codebook.csv."
    problems = problems_of(wrong, "factor_id", "factor_in_time", says, hint)
    if changes.empty:
        return problems
    position = _positions(cuts)
    new = changes.groupby("from")["to"].agg("' or '".join)
    ended = factors.map(first_of(changes, "from")["search"])
    wrong = codings.assign(new=factors.map(new), ended=ended)[
        ended.map(position) <= codings["position"]
    ]
    says = "factor '{factor_id}' is '{new}' since {ended} (codebook_changes.csv)"
    problems += problems_of(wrong, "factor_id", "factor_in_time", says, "Code it so.")
    return problems + _left_of_splits(codings, changes, position)


def first_coded_later(
    found: Problems, codebook: Rows, codings: Rows, changes: Rows, cuts: Rows
) -> Problems:
    """A notice for each factor without ``since`` of which nobody coded anything at first.

    That no study of the first search reports it is a finding only if it was looked for in them. A
    new name counts from the search that gave it, coded or not. A factor that nobody has coded at
    all may be of a framework, and is not told of.
    """
    if any(each.column == "factor_id" for each in found):
        return []  # a misspelt factor may be the one that nobody has coded
    names = codings[["factor_id", "position"]].drop_duplicates()
    position = changes["search"].map(_positions(cuts))
    given = pd.DataFrame({"factor_id": changes["to"], "position": position}).dropna()
    first = pd.concat([names, given]).astype({"position": int}).groupby("factor_id").min()
    later = codebook["factor_id"].map(first["position"]).fillna(0).astype(int)
    rows = codebook.assign(
        later=later.map(cuts.set_index("position")["cut"]), earliest=cuts["cut"].iloc[0]
    )
    wrong = rows[(codebook["since"] == "") & (later > 0)]
    says = "factor '{factor_id}' stands in cuts before {later} too, where nothing is coded under it"
    hint = (
        "If it is looked for only from {later} on, say so: since {later}. If it was looked for "
        "from the first search on, and no study reported it, write since {earliest}."
    )
    return problems_of(wrong, "since", "since_missing", says, hint, severity="notice")


def _left_of_splits(codings: Rows, changes: Rows, position: dict[str, int]) -> Problems:
    """A notice for each split factor under which studies stay coded."""
    notices = Problems()
    agreed = codings[codings["coder"] == CONSENSUS]
    for factor, rows in changes.groupby("from"):
        later = agreed["position"] >= position.get(str(rows["search"].iloc[0]), 0)
        again = agreed.loc[later & agreed["factor_id"].isin(rows["to"]), "study_id"]
        left = agreed[(agreed["factor_id"] == factor) & ~agreed["study_id"].isin(again)]
        number = left["study_id"].nunique()
        if len(rows) > 1 and number:
            stay = "1 study stays" if number == 1 else f"{number:,} studies stay"
            wrong = rows.iloc[:1].assign(stay=stay)
            says = "{stay} coded under '{from}' after the split"
            hint = (
                "Code them anew in the folder of that search, under the factors it was split into."
            )
            notices += problems_of(wrong, "from", "split_left", says, hint, severity="notice")
    return notices


def published_in_time(
    _found: Problems, published: Rows, codebook: Rows, cuts: Rows, column: str = "factor_id"
) -> Problems:
    """A published finding is put to the test at each cut: its factor is of the first codebook."""
    wrong = published[_since(published[column], codebook, cuts) > 0]
    says = f"factor '{{{column}}}' was not looked for by the first search"
    hint = "Name the factor as the first codebook has it; codebook_changes.csv carries it on."
    return problems_of(wrong, column, "factor_in_time", says, hint)
