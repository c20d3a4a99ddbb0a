"""Put what a person decided of uncertain pairs into ``screening.csv`` of their search."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, Problems, quantity, shorten
from review_synthesis.gate.search_rules import UNDECIDED
from review_synthesis.records.earlier_records import follow
from review_synthesis.tables.vocabulary import PERSON

NOWHERE = "is not in screening.csv of this search or an earlier one"
DUPLICATE, DIFFERENT = "duplicate", "different"


class Settled(NamedTuple):
    """The new screening table of the search, and what is other than before, by record."""

    screening: pd.DataFrame
    marked: list[str]
    taken_back: list[str]
    """Records that are no duplicates any more, and have no decision now."""
    beside: list[str]
    """Records that repeated the same ones as those, and may repeat these instead."""
    problems: Problems
    """One for each pair that cannot be settled."""

    def says(self) -> list[str]:
        """What was done, in sentences."""
        named = f": {', '.join(self.marked)}" if self.marked else ""
        told = [f"{quantity(len(self.marked), 'record')} marked as duplicate{named}."]
        if self.taken_back:
            told.append(f"No duplicates any more, to be decided on: {', '.join(self.taken_back)}.")
        if self.beside:
            told.append(f"Look whether these repeat one of them: {', '.join(self.beside)}.")
        return told


class Screened(NamedTuple):
    """What screening says of the records: of this search (``here``) and of all."""

    here: set[str]
    decision: dict[str, str]
    duplicate_of: dict[str, str]
    later: set[str]
    """Records that later searches repeat."""
    marked: list[str]

    def kept(self, name: str) -> str:
        """The record that is kept for ``name``."""
        return follow(name, self.duplicate_of)

    def mark(self, repeat: str, kept: str) -> None:
        """Mark a record as a duplicate; records that repeat it repeat the other then."""
        self.decision[repeat], self.duplicate_of[repeat] = DUPLICATE, kept
        again = {name: kept for name, of in self.duplicate_of.items() if of == repeat}
        self.duplicate_of.update(again)
        self.marked.append(repeat)

    def take_back(self, repeat: str) -> None:
        """Make a record one on which nobody has decided."""
        self.decision[repeat], self.duplicate_of[repeat] = UNDECIDED, ""


def settle_duplicates(
    pairs: pd.DataFrame, screenings: dict[str, pd.DataFrame], search: str, file: Path
) -> Settled:
    """Make screening say of each pair what a person decided of it.

    ``pairs`` is ``possible_duplicates.csv`` (at ``file``) of ``search``, ``screenings`` are
    ``screening.csv`` of all searches by search. Of a pair called ``duplicate``, one record is
    marked as a duplicate of the other: always one of ``search``, and where both are, the one that
    is not decided, else the first of the pair. Of a pair called ``different`` that screening has
    as one publication, the mark is taken back, unless other pairs say that they are one. Other
    rows and cells stay as they were.
    """
    screening = screenings[search].copy()
    screened = _screened(screenings, search)
    refused: list[tuple[object, str, str, str]] = []
    decided = pairs[pairs["decision"].isin([DUPLICATE, DIFFERENT])]
    # What is taken back comes first, so that a record can be marked as another's duplicate.
    for line, pair in decided.sort_values("decision", kind="stable").iterrows():
        names = str(pair["record_id"]), str(pair["other_id"])
        unknown = [name for name in names if name not in screened.decision]
        if unknown:
            message = f"record '{shorten(unknown[0])}' {NOWHERE}"
            refused.append((line, unknown[0], message, "Correct the identifier."))
        elif pair["decision"] == DIFFERENT:
            refused += [(line, names[0], *why) for why in _separate(names, screened, pairs)]
        else:
            refused += [(line, names[0], *why) for why in _unite(names, screened)]
    was = dict(zip(screening["record_id"], screening["duplicate_of"], strict=True))
    now = screening["record_id"].map(screened.decision)
    ended = (screening["decision"] == DUPLICATE) & (now != DUPLICATE)
    rows = ended | screening["record_id"].isin(screened.marked)
    screening.loc[rows, "decision"] = now[rows]
    screening.loc[ended, "duplicate_by"] = ""
    screening.loc[screening["record_id"].isin(screened.marked), "duplicate_by"] = PERSON
    rows |= screening["decision"] == DUPLICATE
    screening.loc[rows, "duplicate_of"] = screening.loc[rows, "record_id"].map(
        screened.duplicate_of
    )
    taken_back = screening.loc[ended, "record_id"].tolist()
    beside = _beside({was[name] for name in taken_back}, screening, pairs)
    problems = [
        Problem(
            file.as_posix(), int(str(line)), name, "decision", "settle",
            str(pairs.loc[line, "decision"]), message, hint,  # type: ignore[index]
        )
        for line, name, message, hint in refused
    ]  # fmt: skip
    return Settled(screening, screened.marked, taken_back, beside, problems)


def _beside(repeated: set[str], screening: pd.DataFrame, pairs: pd.DataFrame) -> list[str]:
    """The duplicates of records ``repeated`` of which no pair tells."""
    names = screening.loc[screening["duplicate_of"].isin(repeated), "record_id"]
    return names[~names.isin([*pairs["record_id"], *pairs["other_id"]])].tolist()


def _screened(screenings: dict[str, pd.DataFrame], search: str) -> Screened:
    rows = pd.concat([table.astype(object) for table in screenings.values()])
    after = list(screenings)[list(screenings).index(search) + 1 :]
    return Screened(
        set(screenings[search]["record_id"]),
        dict(zip(rows["record_id"], rows["decision"], strict=True)),
        dict(zip(rows["record_id"], rows["duplicate_of"], strict=True)),
        {name for each in after for name in screenings[each]["duplicate_of"]},
        [],
    )


def _unite(names: tuple[str, str], screened: Screened) -> list[tuple[str, str]]:
    """Mark one of a pair of duplicates; or say why that cannot be, and what to do."""
    one, other = map(screened.kept, names)
    if one == other:
        return []
    decided = {name: screened.decision[name] for name in (one, other) if name in screened.here}
    repeat = next((name for name in decided if decided[name] == UNDECIDED), "")
    refusal = _refusal(one, other, decided, repeat, screened.later)
    if refusal:
        return [refusal]
    screened.mark(repeat, other if repeat == one else one)
    return []


def _separate(
    names: tuple[str, str], screened: Screened, pairs: pd.DataFrame
) -> list[tuple[str, str]]:
    """Take back the mark of a pair that is different; or say why that cannot be."""
    one, other = names
    kept = screened.kept(one)
    if kept != screened.kept(other):
        return []
    called = pairs[pairs["decision"] == DUPLICATE]
    links = list(zip(called["record_id"], called["other_id"], strict=True))
    if other in _linked(one, links):
        message = f"{one} and {other} are called different, and other pairs make both {kept}"
        return [(message, "Decide again on the pairs that name one of the two.")]
    alone = [each for each in names if each != kept and kept not in _linked(each, links)]
    repeat = next((each for each in alone if each in screened.here), "")
    if not repeat:
        message = (
            f"{one} and {other} are called different, and an earlier search has both as {kept}"
        )
        return [(message, "Correct screening.csv of that search, or call them duplicate.")]
    screened.take_back(repeat)
    return []


def _linked(name: str, links: list[tuple[str, str]]) -> set[str]:
    """The records that pairs make one publication with ``name``."""
    found, grown = {name}, True
    while grown:
        more = {each for link in links if found & set(link) for each in link}
        grown = not more <= found
        found |= more
    return found


def _refusal(
    one: str, other: str, decided: dict[str, str], repeat: str, later: set[str]
) -> tuple[str, str] | None:
    """Why the pair cannot be settled and what to do, or None if it can.

    ``decided`` has the decisions on those of the two that are of this search, ``repeat`` is the
    one to be marked, empty where both are decided, and ``later`` is what later searches repeat.
    """
    if not decided:
        message = f"the records repeat {one} and {other}, which are both of earlier searches"
        hint = "Correct duplicate_of of one of them in screening.csv, or call them different."
        return message, hint
    if not repeat:
        names = " and ".join(f"{name} ({decision})" for name, decision in decided.items())
        message = f"{names} has been decided on already, and the other record cannot be marked"
        if len(decided) > 1:
            message = f"{names} have both been decided on already"
        hint = "Empty the decision of the one that repeats the other, with what belongs to it."
        return message, hint
    if repeat in later:
        return f"a later search has duplicates of {repeat}", "Settle the pair there by hand."
    return None
