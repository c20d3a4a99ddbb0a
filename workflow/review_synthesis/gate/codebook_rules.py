"""Rules between tables for the codebook: since when factors are looked for, what becomes of them.

Each is a function as those of ``cross_rules``, from the problems found so far and the tables of
all searches to problems; ``cuts`` has the searches with their position.
"""

import pandas as pd

from review_synthesis.gate.lookups import problems_of
from review_synthesis.gate.problems import Problem
from review_synthesis.tables.vocabulary import CONSENSUS, JUDGED_DIRECTIONS


def looked_for(_found: list[Problem], codebook: pd.DataFrame, cuts: pd.DataFrame) -> list[Problem]:
    """``since`` names a search, and the first search looked for some factor."""
    problems = problems_of(
        codebook[~codebook["since"].isin(["", *cuts["cut"]])],
        "since",
        "since_known",
        "since '{since}' is no search",
        "Write the date of the search from which on the factor was looked for.",
        cuts["cut"],
    )
    first = codebook["since"].isin(["", *cuts["cut"][:1]])
    return problems + problems_of(
        codebook.iloc[:1] if not first.any() and not problems else codebook.iloc[:0],
        "since",
        "since_known",
        "no factor was looked for by the first search",
        "Empty since where a factor was looked for from the first search on.",
    )


def undefined(
    _found: list[Problem], codebook: pd.DataFrame, codings: pd.DataFrame
) -> list[Problem]:
    """A notice for each factor that is coded in a direction of which nobody wrote when it counts.

    A factor that nobody has coded yet may wait for that: a codebook may start from a framework.
    """
    notices = list[Problem]()
    for direction in JUDGED_DIRECTIONS:
        coded = codings.loc[codings["direction"] == direction, "factor_id"]
        when = f"{direction}_when"
        notices += problems_of(
            codebook[(codebook[when] == "") & codebook["factor_id"].isin(coded)],
            when,
            "when_missing",
            f"studies are coded as reporting '{{factor_id}}' as {direction}, and {when} is empty",
            "Write when a study counts so: others can then code alike.",
        )
    return [notice._replace(severity="notice") for notice in notices]


def _since(factors: pd.Series, codebook: pd.DataFrame, cuts: pd.DataFrame) -> pd.Series:
    """The position of the search from which on each factor is looked for; 0 where not known."""
    since = factors.map(codebook.drop_duplicates("factor_id").set_index("factor_id")["since"])
    return since.map(dict(zip(cuts["cut"], cuts["position"], strict=True))).fillna(0).astype(int)


def changes(
    _found: list[Problem], changes: pd.DataFrame, codebook: pd.DataFrame, cuts: pd.DataFrame
) -> list[Problem]:
    """A factor is changed once, by a later search, into others that are looked for by then."""
    at = pd.to_numeric(changes["search"].map(dict(zip(cuts["cut"], cuts["position"], strict=True))))
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
    _found: list[Problem],
    codings: pd.DataFrame,
    codebook: pd.DataFrame,
    changes: pd.DataFrame,
    cuts: pd.DataFrame,
) -> list[Problem]:
    """A search codes only factors that it looks for; what is left of a split factor is noticed."""
    if changes.empty and not codebook["since"].ne("").any():
        return []
    factors = codings["factor_id"]
    since = codebook.drop_duplicates("factor_id").set_index("factor_id")["since"]
    problems = problems_of(
        codings.assign(since=factors.map(since))[
            _since(factors, codebook, cuts) > codings["position"]
        ],
        "factor_id",
        "factor_in_time",
        "factor '{factor_id}' is looked for only since {since}",
        "Put the coding into the folder of that search, or correct since in codebook.csv.",
    )
    if changes.empty:
        return problems
    position = dict(zip(cuts["cut"], cuts["position"], strict=True))
    new = changes.groupby("from")["to"].agg("' or '".join)
    ended = factors.map(changes.drop_duplicates("from").set_index("from")["search"])
    problems += problems_of(
        codings.assign(new=factors.map(new), ended=ended)[
            ended.map(position) <= codings["position"]
        ],
        "factor_id",
        "factor_in_time",
        "factor '{factor_id}' is '{new}' since {ended} (codebook_changes.csv)",
        "Code it so.",
    )
    return problems + _left_of_splits(codings, changes, position)


def first_coded_later(
    found: list[Problem],
    codebook: pd.DataFrame,
    codings: pd.DataFrame,
    changes: pd.DataFrame,
    cuts: pd.DataFrame,
) -> list[Problem]:
    """A notice for each factor without ``since`` of which nobody coded anything at first.

    That no study of the first search reports it is a finding only if it was looked for in them. A
    new name counts from the search that gave it, coded or not. A factor that nobody has coded at
    all may be of a framework, and is not told of.
    """
    if any(each.column == "factor_id" for each in found):
        return []  # a misspelt factor may be the one that nobody has coded
    names = codings[["factor_id", "position"]]
    position = changes["search"].map(dict(zip(cuts["cut"], cuts["position"], strict=True)))
    given = pd.DataFrame({"factor_id": changes["to"], "position": position}).dropna()
    first = pd.concat([names, given]).astype({"position": int}).groupby("factor_id").min()
    later = codebook["factor_id"].map(first["position"]).fillna(0).astype(int)
    rows = codebook.assign(
        later=later.map(cuts.set_index("position")["cut"]), earliest=cuts["cut"].iloc[0]
    )
    notices = problems_of(
        rows[(codebook["since"] == "") & (later > 0)],
        "since",
        "since_missing",
        "factor '{factor_id}' stands in cuts before {later} too, where nothing is coded under it",
        "If it is looked for only from {later} on, say so: since {later}. If it was looked for "
        "from the first search on, and no study reported it, write since {earliest}.",
    )
    return [notice._replace(severity="notice") for notice in notices]


def _left_of_splits(
    codings: pd.DataFrame, changes: pd.DataFrame, position: dict[str, int]
) -> list[Problem]:
    """A notice for each split factor under which studies stay coded."""
    notices = list[Problem]()
    agreed = codings[codings["coder"] == CONSENSUS]
    for factor, rows in changes.groupby("from"):
        later = agreed["position"] >= position.get(str(rows["search"].iloc[0]), 0)
        again = agreed.loc[later & agreed["factor_id"].isin(rows["to"]), "study_id"]
        left = agreed[(agreed["factor_id"] == factor) & ~agreed["study_id"].isin(again)]
        number = left["study_id"].nunique()
        if len(rows) > 1 and number:
            notices += problems_of(
                rows.iloc[:1].assign(number=f"{number} stud{'y' if number == 1 else 'ies'}"),
                "from",
                "split_left",
                "{number} stay coded under '{from}' after the split",
                "Code them anew in the folder of that search, under the factors it was split into.",
            )
    return [notice._replace(severity="notice") for notice in notices]


def published_in_time(
    _found: list[Problem],
    published: pd.DataFrame,
    codebook: pd.DataFrame,
    cuts: pd.DataFrame,
    column: str = "factor_id",
) -> list[Problem]:
    """A published finding is put to the test at each cut: its factor is of the first codebook."""
    return problems_of(
        published[_since(published[column], codebook, cuts) > 0],
        column,
        "factor_in_time",
        f"factor '{{{column}}}' was not looked for by the first search",
        "Name the factor as the first codebook has it; codebook_changes.csv carries it on.",
    )
