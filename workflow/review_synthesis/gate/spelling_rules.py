"""Rules between tables for free text that groups or labels: one name, one spelling, one thing.

A group is counted by its name as it is written: ``Young carers`` and ``young carers`` would be two
groups. A cell that has a problem of its own is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import Rows, first_of, problems_of, sound
from review_synthesis.gate.problems import (
    Problem,
    Problems,
    Rule,
    Severity,
    did_you_mean,
    nearest,
    shorten,
)
from review_synthesis.tables.identifiers import normalised
from review_synthesis.tables.vocabulary import NO_PROGRAMME
from review_synthesis.tables.writing import DASHES, NOTHING, difference, fold

NO_NAME = {
    *(*NOTHING, *DASHES, "tbc", "tbd", "tba", "?", "??", ".", "..", "...", "xx", "xxx", "no data"),
    *("unknown", "not known", "unclear", "not clear", "unspecified", "missing", "to be confirmed"),
    *("none given", "none stated", "none reported", "none named", "n/k", "n/r", "nr", "ns", "nk"),
    *(f"not {word}" for word in ("stated", "given", "specified", "available", "recorded")),
}
NAMIBIA = {"na"}  # a country, too
GROUPS_OF_STUDIES = ("programme", "innovation", "design", "country")
"""The columns of studies whose cells are names of groups that are counted."""
SHOWN_IN_A_LINE = {
    "codebook": ("label", "enabler_label", "barrier_label", "domain", "subdomain"),
    "studies": ("label", "programme", "innovation", "design", "country"),
    "searches": ("source_label", "platform"),
}


def folded(cells: pd.Series) -> pd.Series:
    """Each name as ``fold`` has it; one that stands often is looked at once."""
    return cells.map({each: fold(each) for each in cells.unique()})


def one_spelling(
    found: Problems,
    rows: Rows,
    column: str,
    like: Callable[[str], str] = fold,
    severity: Severity = "error",
) -> Problems:
    """Names that differ only in how they are written are told where the rarer spelling stands.

    Names are one that are ``like`` each other; as ``normalised``, in all but accents and signs.
    """
    rows = sound(found, rows[rows[column] != ""], column)
    names = rows[column].value_counts().rename("times").rename_axis(column).reset_index()
    names["folded"] = names[column].map(like)
    names = names[names["folded"].duplicated(keep=False) & (names["folded"] != "")]
    if names.empty:
        return []
    names = names.sort_values(["folded", "times", column], ascending=[True, False, True])
    usual = first_of(names, "folded")[column]
    others = names.assign(usual=names["folded"].map(usual))
    others = others[others[column] != others["usual"]]
    others["differ"] = list(map(difference, others[column], others["usual"]))
    if like is not fold:
        others = others[others[column].map(fold) != others["usual"].map(fold)]
        others["differ"] = "accents or signs"
    first = first_of(rows, column)[["file", "line"]].add_prefix("usual_")
    others = others.join(first, on="usual")
    return problems_of(
        rows.merge(others.drop(columns=["times", "folded"]), on=column),
        column,
        "one_spelling",
        f"{column} '{{{column}}}' is written '{{usual}}' in {{usual_file}} line {{usual_line}}: "
        "they differ in {differ} alone",
        "Write both in one way; if they are two things, give them names that differ.",
        severity=severity,
    )


def one_label(found: Problems, rows: Rows, column: str) -> Problems:
    """No two factors, and no two studies, are shown by one label."""
    key = str(rows.columns[0])
    rows = sound(found, rows, column).drop_duplicates(key)
    rows = rows.assign(folded=folded(rows[column]))
    if not rows["folded"].duplicated().any():
        return []
    rows = rows.sort_values(["position", "line"], kind="stable")
    first = first_of(rows, "folded")[[key, "file", "line"]]
    again = rows[rows["folded"].duplicated()].join(first.add_prefix("first_"), on="folded")
    says = (
        f"{column} '{{{column}}}' is that of '{{first_{key}}}' too ({{first_file}} line "
        "{first_line})"
    )
    hint = f"Readers know the row by its {column}: give each its own, or delete one of the two."
    return problems_of(again, column, "one_label", says, hint)


def factor_labels(found: Problems, codebook: Rows, codebook_changes: Rows) -> Problems:
    """No two factors of one time have one label, and no two findings: what a factor was called
    before may be its own, and what it is called as an enabler or as a barrier its label."""
    now = codebook[~codebook["factor_id"].isin(codebook_changes["from"])]
    problems = one_label(found, now, "label")
    labels = pd.concat(
        sound(found, now.assign(called=column, text=now[column]), column)
        for column in ("label", "enabler_label", "barrier_label")
    )
    labels = labels[labels["text"] != ""].assign(folded=lambda rows: folded(rows["text"]))
    of_one = labels.groupby("folded")["factor_id"].transform("nunique") == 1
    # A factor may be called as it is as an enabler, not one as the other's direction.
    labels = labels[~of_one | (labels["called"] != "label")]
    first = first_of(labels, "folded")[["called", "factor_id", "file", "line"]]
    again = labels[labels["folded"].duplicated()].join(first.add_prefix("first_"), on="folded")
    says = (
        "{called} '{text}' is the {first_called} of '{first_factor_id}' too ({first_file} line "
        "{first_line})"
    )
    hint = "Readers know a finding by its label: give each its own."
    for called, rows in sound(problems, again, "label").groupby("called", sort=False):
        problems += problems_of(rows, str(called), "one_label", says, hint)
    return problems


def sources(found: Problems, searches: Rows) -> Problems:
    """In a search, a label is that of one source, so that readers can tell its sources apart."""
    rows = sound(found, searches, "source_label")
    first = rows.drop_duplicates(["position", "source_label"])
    first = first[["position", "source_label", "source", "line"]]
    both = rows.merge(first, on=["position", "source_label"], suffixes=("", "_first"))
    return problems_of(
        both[both["source"] != both["source_first"]],
        "source_label",
        "one_label",
        "source '{source}' has the label '{source_label}' of source '{source_first}' (line "
        "{line_first})",
        "Give each source of a search a label of its own, or both one letter.",
    )


def reserved(_found: Problems, studies: Rows) -> Problems:
    """No programme is called as studies without one are in tables."""
    wrong = studies[folded(studies["programme"]) == fold(NO_PROGRAMME)]
    says = "programme '{programme}' is what tables call studies without a programme"
    return problems_of(wrong, "programme", "reserved", says, "Empty the cell.")


def no_names(column: str) -> set[str]:
    """What in a column of ``GROUPS_OF_STUDIES`` says that there is none, as ``fold`` has it."""
    return NO_NAME - (NAMIBIA if column == "country" else set())


def says_nothing(found: Problems, studies: Rows, column: str) -> Problems:
    """What stands for an empty cell is no name of a group: it would be counted as one."""
    rows = sound(found, studies, column)
    return problems_of(
        rows[folded(rows[column]).isin(no_names(column))],
        column,
        "says_nothing",
        f"{column} '{{{column}}}' says that there is none, and would be counted as one",
        "Empty the cell, or write what it is called.",
    )


def in_one_line(found: Problems, rows: Rows, column: str) -> Problems:
    """What is shown in a line of a figure or table has no tab and no line of its own."""
    rows = sound(found, rows, column)
    return problems_of(
        rows[rows[column].str.contains(r"[\t\r\n]", regex=True)],
        column,
        "in_one_line",
        f"{column} '{{{column}}}' holds a tab or the end of a line",
        "Write it in one line, with spaces.",
    )


RULES: list[tuple[tuple[str, ...], Rule]] = [
    *(
        (("codebook",), partial(one_spelling, column=each))
        for each in ("domain", "subdomain", "construct")
    ),
    *(
        (("studies",), partial(rule, column=each))
        for each in GROUPS_OF_STUDIES
        for rule in (one_spelling, says_nothing)
    ),
    *(
        (
            ("studies",),
            partial(one_spelling, column=each, like=normalised, severity="notice"),
        )
        for each in ("programme", "innovation", "country")
    ),
    (("screening",), partial(one_spelling, column="source_type")),
    (("searches",), partial(one_spelling, column="source_label")),
    (("searches",), partial(one_spelling, column="platform")),
    (("records",), partial(one_spelling, column="database")),
    *(
        ((table,), partial(in_one_line, column=each))
        for table, columns in SHOWN_IN_A_LINE.items()
        for each in columns
    ),
    (("codebook", "codebook_changes"), factor_labels),
    (("studies",), partial(one_label, column="label")),
    (("searches",), sources),
    (("studies",), reserved),
]


def domains_of_review(codebook: Rows, domains: Iterable[str], config: Path) -> Problems:
    """The domains of the config, held against those of the codebook.

    One that is like a domain of the codebook is that one, misspelt, and an error: its factors
    would count as added to the review. One that no factor has is noticed: it is shown as a gap.
    """
    domains, problems = list(domains), []
    there = list(dict.fromkeys(codebook["domain"]))
    added = [each for each in there if each not in domains]
    for domain in domains:
        like = [each for each in added if fold(each) == fold(domain)]
        if domain in there and not like:
            continue
        near = like[0] if like else nearest(domain, added)
        message = f"the domain '{shorten(domain)}' of review.domains is no domain of codebook.csv"
        hint = "It is shown as a gap; name it here only if the review uses it."
        if near:
            line = int(codebook.index[codebook["domain"] == near][0])
            differ = f", which differs in {difference(domain, near)} alone" if like else ""
            message = f"{message}, and '{shorten(near)}' there (line {line}) is not named{differ}"
            hint = (
                f"{did_you_mean(domain, [near], 'Write both in one way.')} Write both in one way."
            )
        problems.append(
            Problem(
                config.as_posix(), 0, "", "review.domains", "domain_known", shorten(domain),
                message, hint, "error" if near else "notice",
            )
        )  # fmt: skip
    return problems


def findings_implied(
    codebook: Rows, implications: Iterable[Mapping[str, str]], config: Path
) -> Problems:
    """The findings of the config that implications are written of: each is of the codebook."""
    factors = list(codebook["factor_id"])
    wrong = [
        (number, each["factor"])
        for number, each in enumerate(implications)
        if each["factor"] not in factors
    ]
    return [
        Problem(
            config.as_posix(), 0, "", f"review.implications.{number}.factor", "factor_known",
            shorten(factor), f"the factor '{shorten(factor)}' is not in codebook.csv",
            did_you_mean(factor, factors, "Implications are told of a finding of the codebook."),
        )
        for number, factor in wrong
    ]  # fmt: skip
