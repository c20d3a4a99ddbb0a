"""The tables of a search that is added, made from the exports of databases, and their folder.

Every record of every export gets a row in ``screening.csv``: a duplicate with the record that it
repeats, any other without a decision. Abstracts are not kept: most are under copyright, and
``data/raw`` is published.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from types import MappingProxyType

import pandas as pd

from review_synthesis.gate.problems import Problem, Problems, errors_of, quantity, shorten
from review_synthesis.records.cells import fit
from review_synthesis.records.find_duplicates import Duplicates
from review_synthesis.records.reading import NOT_READ
from review_synthesis.tables.doi import doi_address
from review_synthesis.tables.fields import DATE, columns_of
from review_synthesis.tables.files import write_table
from review_synthesis.tables.raw import RAW_TABLES, SEARCH_TABLES
from review_synthesis.tables.vocabulary import DATABASES, QUERY_TO_WRITE, TOOL

WITHOUT_ROWS = ("studies", "publications", "codings")
LEFT_OUT = "The file is left out of this search."
MOST_NAMES = 3  # of databases in the label of one file


class NewSearchError(ValueError):
    """Raised where a search cannot be added under a date; says why and what to do."""


def check_date(search: str, searches: Sequence[str], raw: Path) -> None:
    """Raise ``NewSearchError`` unless ``search`` is a real date after all ``searches``, and has
    no folder yet, or one that ``begin_search`` left empty."""
    refuse_unreal_date(search)
    newest = max(searches, default="")
    if search <= newest:
        raise NewSearchError(
            f"the newest search is of {newest}: a search that is added is of a later date than "
            f"{search}, so that the results at earlier dates stay as they are"
        )
    if (raw / search).exists() and not is_begun(raw / search):
        raise NewSearchError(
            f"{raw / search} is there already: name another date, or move the folder away"
        )


def refuse_unreal_date(text: str) -> None:
    """Raise ``NewSearchError`` unless ``text`` is a date such as 2027-05-01."""
    try:
        date.fromisoformat(text if re.fullmatch(DATE, text) else "")
    except ValueError as error:
        message = f"'{text}' is not a date: write year, month and day, such as 2027-05-01"
        raise NewSearchError(message) from error


def with_identifiers(records: pd.DataFrame, search: str, used: Sequence[str]) -> pd.DataFrame:
    """The records with record_id, which goes on after the highest number that is used with the
    year of the search."""
    prefix = f"R{search[:4]}-"
    numbers = [int(name.removeprefix(prefix)) for name in used if name.startswith(prefix)]
    first = max(numbers, default=0) + 1
    width = max(4, len(str(first + len(records) - 1)))
    names = [f"{prefix}{number:0{width}d}" for number in range(first, first + len(records))]
    return records.assign(record_id=names)


def with_names(
    records: pd.DataFrame, files: Sequence[Path], sources: Sequence[str], kinds: Sequence[str]
) -> tuple[pd.DataFrame, Problems]:
    """The records with the databases and kinds that a person named, each as ``file=Name``, and a
    notice for each export that names no database. Raises ``NewSearchError`` for an unknown file."""
    records = records.copy()
    for column, option, given in (("database", "source", sources), ("kind", "kind", kinds)):
        for text in given:
            file, _, name = text.partition("=")
            if not name.strip() or Path(file).name not in {each.name for each in files}:
                known = ", ".join(each.name for each in files)
                raise NewSearchError(
                    f"--{option} '{text}': write file=Name with one of the exports: {known}"
                )
            records.loc[records["export_file"] == Path(file).name, column] = fit(name)
    unnamed = records.loc[records["database"].str.endswith(" export"), "export_file"]
    return records, [
        Problem(
            file.as_posix(), 0, "", "database", "database", file.name,
            f"{quantity(count, 'record')} do{'es' * (count == 1)} not say from which database",
            f"Name it: --source {file.name}=Name", "notice",
        )
        for file in files
        if (count := int((unnamed == file.name).sum()))
    ]  # fmt: skip


def unreadable_files(found: Sequence[Problem]) -> list[str]:
    """The exports that cannot be read whole, as they were named."""
    return list(dict.fromkeys(problem.file for problem in errors_of(found)))


def nothing_written(records: pd.DataFrame, found: Sequence[Problem]) -> str:
    """What is said where exports cannot be read: what could be, and how to go on."""
    bad = unreadable_files(found)
    sizes = records["export_file"].value_counts(sort=False).items()
    names = {Path(file).name for file in bad}
    whole = [f"{file} ({quantity(size, 'record')})" for file, size in sizes if file not in names]
    read = f"Read whole: {', '.join(whole)}. " if whole else ""
    go_on = (
        "Mend or replace it and call again with all files, or add the search without it: "
        "--without-unreadable."
    )
    return (
        f"Nothing was written. Not read: {', '.join(bad)}. {read}{go_on if whole else ''}".strip()
    )


def without_unreadable(
    records: pd.DataFrame, found: Sequence[Problem]
) -> tuple[pd.DataFrame, Problems]:
    """The records of the exports that can be read whole, and the errors of others as notices."""
    bad = unreadable_files(found)
    left: pd.DataFrame = records[~records["export_file"].isin([Path(file).name for file in bad])]
    if left.empty or any(problem.rule == "file_name" for problem in errors_of(found)):
        return records, list(found)
    notices = [
        each._replace(severity="notice", hint=LEFT_OUT) if each.severity == "error" else each
        for each in found
    ]
    return left.reset_index(drop=True), notices


def not_read(found: Sequence[Problem]) -> dict[str, int]:
    """By name of the export, how many of its records cannot be read and are not among those.

    Of an export that is left out whole nobody knows how many records it has.
    """
    whole = {each.file for each in found if each.hint == LEFT_OUT}
    lost = (each for each in found if each.rule in NOT_READ and each.file not in whole)
    return dict(Counter(Path(each.file).name for each in lost))


def search_tables(
    records: pd.DataFrame,
    earlier: pd.DataFrame,
    found: Duplicates,
    date_run: str,
    lost: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, pd.DataFrame]:
    """The tables of the new search, by name.

    ``records`` are those of ``exports.read_exports`` with record_id, ``earlier`` those of earlier
    searches; ``lost`` says how many records of an export could not be read.
    ``possible_duplicates`` is there only if there are uncertain pairs.
    """
    labels = _labels(records)
    letters = _letters(labels)
    files = records["export_file"]
    kept = records["record_id"].map(lambda name: found.kept.get(name, ""))
    searches = [
        {
            "query_id": f"Q{number:03d}",
            "source": letters[file],
            "source_label": fit(f"{label} ({file})"),
            "platform": fit(label),
            "kind": DATABASES,
            "query": fit(_query(file, lost.get(file, 0))),
            "date_run": date_run,
            "results": str(int((files == file).sum())),
            "new_records": str(int((kept[files == file] == "").sum())),
        }
        for number, (file, label) in enumerate(labels.items(), start=1)
    ]
    addresses = records["url"].str.partition("; ")[0]
    screening = records[["record_id", "title", "year"]].assign(
        source=files.map(letters),
        source_type=records["kind"],
        url=addresses.mask(addresses == "", records["doi"].map(doi_address)),
        decision=kept.map(lambda name: "duplicate" if name else ""),
        reason="",
        publication_id="",
        duplicate_of=kept,
        duplicate_by=kept.map(lambda name: TOOL if name else ""),
    )
    tables = {
        "searches": pd.DataFrame(searches),
        "screening": screening,
        **{
            name: pd.DataFrame(columns=columns_of(RAW_TABLES[name]), dtype=str)
            for name in WITHOUT_ROWS
        },
        "records": records.assign(export_file=files.map(fit))[columns_of(RAW_TABLES["records"])],
    }
    pairs = _described_pairs(found.pairs, records, earlier)
    return tables | ({"possible_duplicates": pairs} if len(pairs) else {})


def _query(file: str, lost: int) -> str:
    unread = f"; {quantity(lost, 'record')} in it could not be read and must be added" * bool(lost)
    return f"see the export file {file}; {QUERY_TO_WRITE}{unread}"


def _labels(records: pd.DataFrame) -> dict[str, str]:
    """What databases each export file holds records of, the most frequent first."""
    labels = {}
    for file, names in records.groupby("export_file", sort=False)["database"]:
        known = list(names.value_counts(sort=True).index)
        more = f" and {len(known) - MOST_NAMES} others" if len(known) > MOST_NAMES else ""
        labels[str(file)] = ", ".join(known[:MOST_NAMES]) + more
    return labels


def _letters(labels: dict[str, str]) -> dict[str, str]:
    """A capital letter for each database; those after the 25th share the last one."""
    names = list(dict.fromkeys(labels.values()))
    return {file: ascii_uppercase[min(names.index(label), 25)] for file, label in labels.items()}


def _described_pairs(
    pairs: pd.DataFrame, records: pd.DataFrame, earlier: pd.DataFrame
) -> pd.DataFrame:
    """The pairs with what a person needs to decide them."""
    cells = ["title", "authors", "year", "container"]
    known = pd.concat([earlier, records])[["record_id", *cells]].set_index("record_id")
    described = pairs.assign(decision="")
    for cell in cells:
        described[cell] = pairs["record_id"].map(known[cell])
        described[f"other_{cell}"] = pairs["other_id"].map(known[cell])
    return described[columns_of(RAW_TABLES["possible_duplicates"])]


def write_search(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write the tables of a search: the folder appears whole, or not at all.

    It takes the place of one that ``begin_search`` left empty. Raises ``FileExistsError`` where
    there is any other, and ``pandera.errors.SchemaError`` where a table is not as the gate wants
    it.
    """
    for left_by_a_killed_run in folder.parent.glob(f".{folder.name}.*"):
        shutil.rmtree(left_by_a_killed_run, ignore_errors=True)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for name, table in tables.items():
            write_table(table, beside / f"{name}.csv", RAW_TABLES[name])
        if is_begun(folder):
            shutil.rmtree(folder)
        if folder.exists():
            raise FileExistsError(f"{folder} is there already")
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def begin_search(search: str, searches: Sequence[str], raw: Path) -> None:
    """Write the tables that a search needs, with their headers alone, for people to fill in.

    Raises ``NewSearchError`` as ``check_date`` does.
    """
    check_date(search, searches, raw)
    write_search(
        {name: pd.DataFrame(columns=columns_of(RAW_TABLES[name])) for name in SEARCH_TABLES},
        raw / search,
    )


def is_begun(folder: Path) -> bool:
    """Whether a folder holds what ``begin_search`` wrote and nothing else."""
    headers = {
        f"{name}.csv": ",".join(columns_of(RAW_TABLES[name])) + "\n" for name in SEARCH_TABLES
    }
    if not folder.is_dir() or {each.name for each in folder.iterdir()} != headers.keys():
        return False
    return all((folder / name).read_bytes() == text.encode() for name, text in headers.items())


def summary(tables: dict[str, pd.DataFrame], search: str, found: Sequence[Problem]) -> str:
    """What was read and found, and what is to be done next, as lines for a person.

    ``found`` are the notices of the exports.
    """
    searches, screening = tables["searches"], tables["screening"]
    repeats = screening.loc[screening["duplicate_of"] != "", "duplicate_of"]
    within = int(repeats.isin(screening["record_id"]).sum())
    pairs = len(tables.get("possible_duplicates", ()))
    files = [
        f"  {row['source_label']}: {quantity(int(row['results']), 'record')}, "
        f"{int(row['new_records']):,} new"
        for row in searches.to_dict("records")
    ]
    settle = (
        "duplicate or different for each pair, in possible_duplicates.csv (column decision); "
        f"then: review-synthesis settle-duplicates {search}"
    )
    steps = [
        "the queries as they were run, and on which day, in searches.csv (columns query, date_run)",
        "include or exclude for each record, in screening.csv (column decision)",
        *([settle] if pairs else []),
        "what was included, in studies.csv, publications.csv and codings.csv",
    ]
    lines = [
        f"{quantity(len(screening), 'record')} in {quantity(len(searches), 'export')}:",
        *files,
        f"Duplicates within this search: {within:,}; of records of earlier searches: "
        f"{len(repeats) - within:,}. To be screened: {len(screening) - len(repeats):,}.",
        f"Uncertain pairs for a person: {pairs:,}. Notices: {len(found):,}.",
        *_what_is_missing(found),
        f"Next, in the folder of {search}:",
        *(f"  {number}. {step}" for number, step in enumerate(steps, start=1)),
        "  To see how far it is: review-synthesis check --allow-undecided. Then: "
        "review-synthesis run",
    ]
    return "\n".join(lines)


def retractions(
    retracted: Mapping[str, Sequence[str]], records: pd.DataFrame, study_of: Mapping[str, str]
) -> str:
    """What is said of new records that speak of a retraction, a line each; empty without any.

    ``retracted`` has the records that each may be of, ``study_of`` the study of those included.
    """
    titles = dict(zip(records["record_id"], records["title"], strict=True))
    lines = []
    for name, others in retracted.items():
        studies = list(dict.fromkeys(study_of[other] for other in others if other in study_of))
        of = f"It may be of {', '.join(others)}." if others else "No other record of it is known."
        if studies:
            of = (
                f"It may be of the INCLUDED study {', '.join(studies)} ({', '.join(others)}): read "
                "it, and take the study out by withdrawn.csv if it is."
            )
        lines.append(f"RETRACTED, says {name} ('{shorten(titles[name])}'). {of}")
    return "\n".join(lines)


def _what_is_missing(found: Sequence[Problem]) -> list[str]:
    """Lines on what of the exports is not in the search, if anything."""
    lost = not_read(found)
    files = list(dict.fromkeys(each.file for each in found if each.hint == LEFT_OUT))
    records = ", ".join(f"{count:,} in {file}" for file, count in lost.items())
    return [
        *([f"NOT READ: {quantity(sum(lost.values()), 'record')} ({records})."] if lost else []),
        *([f"LEFT OUT as they cannot be read: {', '.join(files)}."] if files else []),
    ]
