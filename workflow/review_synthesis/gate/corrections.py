"""Corrections of raw cells: declared in ``data/raw/corrections.csv``, never made by hand.

A correction of a table's own id column to nothing withdraws the row: it is in no table then, and
stands with its reason in ``corrections.csv``; a coding also in ``first_codings``.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import Tables, those
from review_synthesis.gate.problems import Problem, Problems, did_you_mean, shorten
from review_synthesis.tables.fields import columns_of, key_of
from review_synthesis.tables.raw import RAW_TABLES, Corrections

CORRECTIONS = "corrections.csv"


def apply_corrections(tables: Tables, raw: Path) -> tuple[Tables, Problems]:
    """Apply ``corrections.csv`` to the other raw tables.

    ``tables`` are raw tables by file name relative to ``raw``. Returns new tables and a problem
    for each correction that is refused: the table, row or column is not there, what stands in
    the cell is not ``old``, or the row is withdrawn. Of several corrections of one cell the first
    is applied; the gate refuses the others as repeated rows. Those of a folder of ``raw`` that is
    not used wait for it.
    """
    corrected = {file: table.copy() for file, table in tables.items()}
    log, problems = (raw / CORRECTIONS).as_posix(), []
    corrections = _declared(tables)
    out = withdrawals(corrections)
    withdrawn = dict(zip(zip(out["file"], out["id"], strict=True), out.index, strict=True))
    for line, row in corrections.drop_duplicates(key_of(Corrections)).iterrows():
        if of_unused_folder(str(row["file"]), tables, raw):
            continue
        refusal = _also_withdrawn(row, withdrawn) or _apply_one(corrected, row)
        if refusal:
            column, message, hint = refusal
            value = shorten(row[column])
            problems.append(
                Problem(log, int(str(line)), row["id"], column, "correction", value, message, hint)
            )
    return corrected, problems


def of_unused_folder(file: str, used: Iterable[str], raw: Path) -> bool:
    """Whether ``file`` is there, in a folder of ``raw`` of which no table is ``used``."""
    folder, _, name = file.rpartition("/")
    folders = {each.rpartition("/")[0] for each in used}
    return folder not in folders and Path(name).stem in RAW_TABLES and (raw / file).is_file()


def withdrawals(corrections: pd.DataFrame) -> pd.DataFrame:
    """The corrections that withdraw a row: of the first column of its table, to nothing."""
    names = {file: Path(str(file)).stem for file in corrections["file"].unique()}
    first = {
        file: columns_of(RAW_TABLES[name])[0] for file, name in names.items() if name in RAW_TABLES
    }
    own = corrections["column"] == corrections["file"].map(first)
    return corrections[own & (corrections["new"] == "")]


def _also_withdrawn(
    row: pd.Series, withdrawn: dict[tuple[str, str], int]
) -> tuple[str, str, str] | None:
    """What is wrong with another correction of a row that is withdrawn."""
    line = withdrawn.get((row["file"], row["id"]))
    if line is None or row.name == line:
        return None
    says = f"the row '{shorten(row['id'])}' of {row['file']} is withdrawn on line {line}"
    return "id", says, "Delete this correction, or the withdrawal."


def _apply_one(tables: Tables, row: pd.Series) -> tuple[str, str, str] | None:
    """Apply one correction in place, or say which of its columns is wrong, why and what to do."""
    file, column, old, new = row["file"], row["column"], row["old"], row["new"]
    table = tables.get(file)
    if file == CORRECTIONS:
        return "file", "corrections.csv does not correct itself", "Edit the row in place."
    if table is None:
        others = [name for name in tables if name != CORRECTIONS]
        hint = did_you_mean(file, others, "Name a table of data/raw, such as codebook.csv.")
        return "file", f"there is no table '{shorten(file)}' among the searches of the config", hint
    if column not in table.columns:
        hint = did_you_mean(column, table.columns, "Name a column of that table.")
        return "column", f"{file} has no column '{shorten(column)}'", hint
    lines = table.index[table.iloc[:, 0] == row["id"]]
    if len(lines) != 1:
        hint = did_you_mean(row["id"], table.iloc[:, 0], "Name one row by its first column.")
        number = len(lines) or "no"
        says = f"{file} has {number} row{'s' * bool(lines.size)} with the id '{shorten(row['id'])}'"
        return "id", says, hint
    if old == new:
        return "new", "old and new are the same", "Delete the correction, or mend its 'new'."
    stands = str(table.loc[lines[0], column])
    if stands != old:
        says = f"{column} in {file} line {lines[0]} is '{shorten(stands)}', not '{shorten(old)}'"
        return "old", says, "Mend 'old', or delete the correction if the table is right now."
    if new == "" and column == table.columns[0]:
        tables[file] = table.drop(index=lines)
    else:
        table.loc[lines[0], column] = new
    return None


def told_as_withdrawn(problems: Problems, corrections: pd.DataFrame, raw: Path) -> Problems:
    """The problems; one of a row that names a withdrawn one says where that was withdrawn."""
    out = withdrawals(corrections)
    lines = dict(zip(out["id"], out.index, strict=True))
    log = (raw / CORRECTIONS).as_posix()
    return [
        each._replace(
            message=f"{each.message} ('{each.value}' is withdrawn, {log} line {lines[each.value]})"
        )
        if each.value in lines and each.file != log
        else each
        for each in problems
    ]


def first_codings(file: str, declared: Tables, corrected: Tables) -> pd.DataFrame:
    """The codings of a ``file`` that were corrected or withdrawn, as they were before.

    One whose identifier was corrected has the new one. Beside the columns of the codings:
    ``withdrawn`` (yes or no), ``corrected_because`` and ``corrected_on``.
    """
    before, after, log = declared[file], corrected[file], _declared(declared)
    of_row = log[log["file"] == file].groupby("id")
    rows = those(before, before["coding_id"].isin(of_row.groups))
    left = rows.index.isin(after.index)
    reasons, dates = (
        of_row["reason"].agg(lambda each: " ".join(dict.fromkeys(each))),
        of_row["date"].max(),
    )
    named = after["coding_id"].reindex(rows.index).fillna(rows["coding_id"])
    return rows.assign(
        coding_id=named,
        withdrawn=pd.Series("yes", rows.index).mask(left, "no"),
        corrected_because=rows["coding_id"].map(reasons).astype(str),
        corrected_on=rows["coding_id"].map(dates).astype(str),
    )


def _declared(tables: Tables) -> pd.DataFrame:
    """The corrections, without rows where there is no table of them."""
    return tables.get(CORRECTIONS, pd.DataFrame(columns=columns_of(Corrections), dtype=str))
