"""A search is added whole or not at all, the earlier ones stay, and people have the last word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from review_synthesis.cli import main
from review_synthesis.protocol.add_to_config import with_search
from review_synthesis.records import add_search as adding
from review_synthesis.records.add_search import (
    NewSearchError,
    check_date,
    search_tables,
    with_identifiers,
)
from review_synthesis.records.earlier_records import COLUMNS as EARLIER
from review_synthesis.records.exports import COLUMNS, NO_TITLE
from review_synthesis.records.find_duplicates import find_duplicates
from review_synthesis.tables.raw import SEARCH_TABLES, PossibleDuplicates, Records

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "tests" / "data" / "examples" / "exports"
SEARCH = "2027-05-01"
ONE = """TY  - JOUR
DB  - Embase
AN  - 1
TI  - Key worker teams for care leavers: a made-up evaluation
AU  - Example, Alex
PY  - 2026
JF  - Made-up Example Journal
VL  - 1
SP  - 1
DO  - 10.5555/one
AB  - A made-up abstract that nobody may keep.
ER  -
"""
PAIR = """TY  - JOUR
TI  - Key worker teams for care leavers: a made-up evaluation
AU  - Example, Alex
PY  - 2026
JF  - Made-up Example Preprints
DO  - 10.5555/preprint
ER  -
"""
Add = Callable[..., Result]


@pytest.fixture
def place(raw: Path) -> Path:
    """A folder with config and two small searches, which is where commands are run."""
    config = (PROJECT / "config" / "config.yaml").read_text("utf-8")
    Path("config").mkdir()
    text = config.replace("2022-11-17", "2020-01-01").replace("2026-11-22", "2021-01-01")
    Path("config/config.yaml").write_text(text, encoding="utf-8")
    return raw


@pytest.fixture
def add(place: Path) -> Add:
    """Call add-search with exports by name and content."""
    assert place.is_dir()

    def call(search: str = SEARCH, *options: str, **exports: str) -> Result:
        for name, text in exports.items():
            Path(f"{name}.ris").write_text(text, encoding="utf-8")
        files = [word for name in exports for word in ("--from", f"{name}.ris")]
        return CliRunner().invoke(main, ["add-search", search, *files, *options])

    return call


def rows(file: str, search: str = SEARCH) -> list[dict[str, str]]:
    path = Path("data/raw") / search / file
    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def files_of(folder: str) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


# What is written


def test_a_search_is_added_with_all_its_tables_and_passes_the_gate(add: Add):
    before = files_of("data/raw")
    told = add(one=ONE, pair=PAIR)
    assert told.exit_code == 0, told.output
    after = files_of("data/raw")
    assert {path: after[path] for path in before} == before
    new = {Path(path).name for path in set(after) - set(before)}
    assert new == {f"{name}.csv" for name in SEARCH_TABLES} | {
        "records.csv",
        "possible_duplicates.csv",
    }
    assert run("check", "--allow-undecided").exit_code == 0
    refused = run("check")
    assert refused.exit_code == 1
    assert "2 of 2 records have no decision yet" in refused.output


def test_abstracts_are_not_stored(add: Add):
    add(one=ONE)
    assert b"abstract" not in b"".join(files_of(f"data/raw/{SEARCH}").values())


def test_the_rows_of_searches_count_records_and_new_ones(add: Add):
    other = PAIR.replace("Key worker teams for care leavers", "Foster homes").replace("/p", "/q")
    told = add(
        one=ONE, two=ONE + "\n" + other.replace("TY  - JOUR\n", "TY  - JOUR\nDB  - Embase\n")
    )
    cells = ("query_id", "source", "source_label", "results", "new_records")
    assert [tuple(row[cell] for cell in cells) for row in rows("searches.csv")] == [
        ("Q001", "A", "Embase (one.ris)", "1", "1"),
        ("Q002", "A", "Embase (two.ris)", "2", "1"),
    ]
    assert all(row["query"] and row["date_run"] == SEARCH for row in rows("searches.csv"))
    assert "Duplicates within this search: 1; of records of earlier searches: 0." in told.output


def test_each_database_has_a_letter_of_its_own(add: Add):
    add(one=ONE, two=ONE.replace("Embase", "Scopus"), three=ONE)
    assert [row["source"] for row in rows("searches.csv")] == ["A", "B", "A"]
    assert [row["source"] for row in rows("screening.csv")] == ["A", "B", "A"]


def test_a_duplicate_names_the_record_that_is_kept(add: Add):
    add(one=ONE, two=ONE.replace("VL  - 1\n", ""))
    kept, repeat = rows("screening.csv")
    assert (kept["decision"], kept["duplicate_of"]) == ("", "")
    assert (repeat["decision"], repeat["duplicate_of"]) == ("duplicate", kept["record_id"])


def test_a_record_of_an_earlier_search_is_found_again(add: Add):
    again = PAIR.replace("Key worker teams for care leavers: a made-up evaluation",
                         "Made-up study of 2018: follow-up").replace("2026", "2020")  # fmt: skip
    told = add(one=again)
    assert rows("screening.csv")[0]["duplicate_of"] == "R2021-0002"
    assert "of records of earlier searches: 1." in told.output


def test_the_date_on_which_queries_were_run_may_be_given(add: Add):
    add(SEARCH, "--date-run", "2027-05-03", one=ONE)
    assert rows("searches.csv")[0]["date_run"] == "2027-05-03"


def test_a_later_search_of_the_same_year_goes_on_with_the_numbers(add: Add):
    add(one=ONE)
    told = add(
        "2027-09-01", two=ONE + "\n" + PAIR.replace("Key worker", "Unlike").replace("/p", "/q")
    )
    assert told.exit_code == 0, told.output
    assert [
        (row["record_id"], row["duplicate_of"]) for row in rows("screening.csv", "2027-09-01")
    ] == [
        ("R2027-0002", "R2027-0001"),
        ("R2027-0003", ""),
    ]
    assert run("check", "--allow-undecided").exit_code == 0


@pytest.mark.usefixtures("place")
def test_the_example_exports_are_added_as_their_readme_says():
    files = sorted(str(path) for path in EXAMPLES.iterdir() if path.suffix != ".md")
    shutil.rmtree("data/raw")
    shutil.copytree(PROJECT / "data" / "raw", "data/raw")
    shutil.copy(PROJECT / "config" / "config.yaml", "config/config.yaml")
    told = run("add-search", SEARCH, "--from", *files)
    assert told.exit_code == 0, told.output
    assert "36 records in 10 exports" in told.output
    says = "within this search: 9; of records of earlier searches: 3. To be screened: 24."
    assert says in told.output
    assert {(row["record_id"], row["other_id"]) for row in rows("possible_duplicates.csv")} == {
        ("R2027-0006", "R2027-0003"),
        ("R2027-0021", "R2022-0280"),
    }
    assert run("check", "--allow-undecided").exit_code == 0
    assert "24 of 36 records have no decision yet" in run("check").output


@pytest.mark.usefixtures("place")
def test_files_may_follow_one_option_or_one_each():
    for name in ("a", "b", "c"):
        Path(f"{name}.ris").write_text(ONE, encoding="utf-8")
    assert run("add-search", SEARCH, "--from", "a.ris", "b.ris", "--from", "c.ris").exit_code == 0
    assert [row["export_file"] for row in rows("records.csv")] == ["a.ris", "b.ris", "c.ris"]


# What is refused


@pytest.mark.parametrize(
    ("search", "says"),
    [
        ("2027-02-30", "is not a date"),
        ("2027-5-1", "is not a date"),
        ("20270501", "is not a date"),
        ("next", "is not a date"),
        ("2021-01-01", "of a later date"),
        ("2019-01-01", "of a later date"),
    ],
)
def test_a_date_that_is_none_or_not_the_newest_is_refused(search: str, says: str, add: Add):
    before = files_of(".")
    told = add(search, one=ONE)
    assert told.exit_code == 1
    assert says in told.output
    assert {path: data for path, data in files_of(".").items() if path != "one.ris"} == before


def test_a_date_run_that_is_no_date_is_refused(add: Add):
    assert "is not a date" in add(SEARCH, "--date-run", "yesterday", one=ONE).output


def test_a_folder_that_is_there_is_not_touched(place: Path, add: Add):
    (place / SEARCH).mkdir()
    (place / SEARCH / "mine.txt").write_text("mine")
    told = add(one=ONE)
    assert told.exit_code == 1
    assert "is there already" in told.output
    assert [path.name for path in (place / SEARCH).iterdir()] == ["mine.txt"]


def test_nothing_is_written_where_one_export_cannot_be_read(add: Add):
    config = Path("config/config.yaml").read_bytes()
    before = files_of("data/raw")
    told = add(one=ONE, letter="a letter", empty="")
    assert told.exit_code == 1
    assert "letter.ris line 1" in told.output
    assert "empty.ris: the file is empty" in told.output
    assert "Nothing was written. Not read: letter.ris, empty.ris." in told.output
    assert "Read whole: one.ris (1 record)." in told.output
    assert "--without-unreadable" in told.output
    assert files_of("data/raw") == before
    assert Path("config/config.yaml").read_bytes() == config


def test_the_good_exports_go_on_without_those_that_cannot_be_read_if_a_person_says_so(add: Add):
    told = add(SEARCH, "--without-unreadable", one=ONE, letter="a letter", pair=PAIR)
    assert told.exit_code == 0, told.output
    assert "LEFT OUT as they cannot be read: letter.ris." in told.output
    assert [row["source_label"] for row in rows("searches.csv")] == [
        "Embase (one.ris)",
        "RIS export (pair.ris)",
    ]
    assert run("check", "--allow-undecided").exit_code == 0


@pytest.mark.parametrize("exports", [{"letter": "a letter"}, {"one": ONE, "again": ""}])
def test_two_files_of_one_name_or_none_that_can_be_read_stop_all_the_same(
    exports: dict[str, str], add: Add
):
    before = files_of("data/raw")
    options = ["--without-unreadable", *(["--from", "one.ris"] if "one" in exports else [])]
    assert add(SEARCH, *options, **exports).exit_code == 1
    assert files_of("data/raw") == before


def test_a_record_that_cannot_be_read_is_told_in_the_summary_and_in_the_table(add: Add):
    told = add(one="@article{a, title={Open, year=2020\n\n@book{b, title={Good}}\n")
    assert told.exit_code == 0, told.output
    assert "NOT READ: 1 record (1 in one.ris)." in told.output
    (row,) = rows("searches.csv")
    assert row["results"] == "1"
    assert "1 record in it could not be read and must be added" in row["query"]


def test_of_several_addresses_the_first_is_where_a_record_was_found(add: Add):
    add(one=ONE.replace("DO  - 10.5555/one", "UR  - https://a.org/1; https://b.org/2"))
    assert rows("screening.csv")[0]["url"] == "https://a.org/1"
    assert rows("records.csv")[0]["url"] == "https://a.org/1; https://b.org/2"


def test_a_run_that_is_interrupted_leaves_nothing(add: Add, monkeypatch: pytest.MonkeyPatch):
    before = sorted(path.as_posix() for path in Path("data/raw").rglob("*"))
    write_table = adding.write_table

    def interrupted(table: pd.DataFrame, path: Path, model: object) -> None:
        if path.name == "records.csv":
            raise KeyboardInterrupt
        write_table(table, path, model)

    monkeypatch.setattr(adding, "write_table", interrupted)
    assert add(one=ONE).exit_code != 0
    assert sorted(path.as_posix() for path in Path("data/raw").rglob("*")) == before


def test_what_a_killed_run_left_is_cleared(place: Path, add: Add):
    (place / f".{SEARCH}.99999").mkdir()
    add(one=ONE)
    assert sorted(path.name for path in place.iterdir() if path.is_dir()) == [
        "2020-01-01", "2021-01-01", SEARCH,
    ]  # fmt: skip


def test_an_earlier_search_that_cannot_be_read_is_told(place: Path, add: Add):
    (place / "2021-01-01" / "screening.csv").unlink()
    told = add(one=ONE)
    assert told.exit_code == 1
    assert "the file is missing" in told.output


# The config


BLOCK = '# why\nsearches:\n  - "2022-11-17"   # the review\n  - "2026-11-22"\n\n# more\nx: 1\n'
LONGER = BLOCK.replace('22"\n\n', f'22"\n  - "{SEARCH}"\n\n')
IN_A_LINE = 'searches: ["2022-11-17"]  # one\nx: 1\n'


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (BLOCK, LONGER),
        (BLOCK.replace('"', "'"), LONGER.replace('"', "'")),
        (BLOCK.replace('"', ""), LONGER.replace('"', "")),
        (BLOCK.replace("\n", "\r\n"), LONGER.replace("\n", "\r\n")),
        ("searches:\n- 2022-11-17", f"searches:\n- 2022-11-17\n- {SEARCH}\n"),
        (IN_A_LINE, IN_A_LINE.replace('17"', f'17", "{SEARCH}"')),
    ],
)
def test_the_search_is_added_to_the_config_and_every_other_line_stays(config: str, expected: str):
    assert with_search(config, SEARCH) == expected


@pytest.mark.parametrize(
    "config",
    [
        "searches: &all\n  - 2022-11-17\n",
        "searches:\n  [2022-11-17,\n   2026-11-22]\n",
        "other: 1\n",
        "searches: []\n",
        "searches:\n  - 2022-11-17\n other: [",
    ],
)
def test_a_config_that_is_written_otherwise_is_left_alone(config: str):
    assert with_search(config, SEARCH) is None


def test_what_to_add_is_said_where_the_config_is_left_alone(add: Add):
    path = Path("config/config.yaml")
    text = path.read_text("utf-8").replace("searches:\n", "searches: &all\n")
    path.write_text(text, encoding="utf-8")
    told = add(one=ONE)
    assert told.exit_code == 0
    assert f'add  - "{SEARCH}"' in told.output
    assert path.read_text("utf-8") == text


def test_the_config_of_the_project_can_be_added_to(add: Add):
    add(one=ONE)
    config = yaml.safe_load(Path("config/config.yaml").read_text("utf-8"))
    assert config["searches"] == ["2020-01-01", "2021-01-01", SEARCH]


# Records in, rows out


TITLES = st.sampled_from(
    ["Made-up title on care and schools", "Another made-up title of it", NO_TITLE]
)


ROWS = st.tuples(TITLES, st.sampled_from(["2025", "2026", ""]), st.sampled_from("ab"))


@given(st.lists(ROWS, min_size=1, max_size=8))
@settings(max_examples=20, deadline=None)
def test_every_record_read_is_in_screening_exactly_once(given_rows: list[tuple[str, str, str]]):
    cells = [
        dict.fromkeys(COLUMNS, "")
        | {"title": title, "year": year, "export_file": f"{file}.ris", "database": file}
        | {"export_line": str(number), "kind": "document"}
        for number, (title, year, file) in enumerate(given_rows, start=1)
    ]
    records = with_identifiers(pd.DataFrame(cells, dtype=object), SEARCH, [])
    none = pd.DataFrame(columns=EARLIER, dtype=object)
    tables = search_tables(records, none, find_duplicates(records, none), SEARCH)
    assert sorted(tables["screening"]["record_id"]) == sorted(records["record_id"])
    assert len(tables["records"]) == len(records)
    assert tables["searches"]["results"].astype(int).sum() == len(records)
    new = (tables["screening"]["duplicate_of"] == "").sum()
    assert tables["searches"]["new_records"].astype(int).sum() == new
    for name, table in tables.items():
        if name in SEARCH_TABLES and len(table):
            SEARCH_TABLES[name].validate(table)
    Records.validate(tables["records"])
    if "possible_duplicates" in tables:
        PossibleDuplicates.validate(tables["possible_duplicates"])


def test_numbers_go_on_after_the_highest_of_the_year_and_keep_one_width():
    records = pd.DataFrame({"title": ["a", "b"]})
    named = with_identifiers(records, SEARCH, ["R2026-0900", "R2027-9998", "R2027-0001"])
    assert named["record_id"].tolist() == ["R2027-09999", "R2027-10000"]


def test_the_first_search_of_all_may_be_added(tmp_path: Path):
    check_date(SEARCH, [], tmp_path)
    with pytest.raises(NewSearchError, match="later date"):
        check_date(SEARCH, ["2027-05-01"], tmp_path)


# Pairs that a person decided


@pytest.fixture
def paired(add: Add) -> Path:
    """A search with one uncertain pair, and a third record that repeats the first."""
    add(one=ONE, pair=PAIR, again=ONE.replace("VL  - 1\n", ""))
    assert [row["record_id"] for row in rows("possible_duplicates.csv")] == ["R2027-0002"]
    return Path("data/raw") / SEARCH


def decide(folder: Path, file: str, **decisions: str) -> None:
    path = folder / file
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name, decision in decisions.items():
        of = table["record_id"] == name.replace("R", "R2027-")
        table.loc[of, "decision"] = decision
        if decision == "exclude":
            table.loc[of, "reason"] = "not_uk"
    table.to_csv(path, index=False, lineterminator="\n")


def test_a_pair_called_duplicate_is_marked_and_the_gate_is_content(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    refused = run("check", "--allow-undecided")
    assert refused.exit_code == 1
    before = (paired / "screening.csv").read_bytes()
    told = run("settle-duplicates", SEARCH)
    assert told.exit_code == 0, told.output
    assert "1 record marked as duplicate: R2027-0002" in told.output
    changed = [
        (old, new)
        for old, new in zip(
            before.splitlines(), (paired / "screening.csv").read_bytes().splitlines(), strict=True
        )
        if old != new
    ]
    assert len(changed) == 1
    assert changed[0][1].endswith(b",duplicate,,,R2027-0001")
    assert run("check", "--allow-undecided").exit_code == 0


def test_settling_twice_changes_nothing(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    run("settle-duplicates", SEARCH)
    after = files_of("data/raw")
    told = run("settle-duplicates", SEARCH)
    assert "0 records marked" in told.output
    assert files_of("data/raw") == after


def test_a_pair_called_different_or_not_decided_stays(paired: Path):
    before = (paired / "screening.csv").read_bytes()
    assert "Pairs not decided yet: 1." in run("settle-duplicates", SEARCH).output
    decide(paired, "possible_duplicates.csv", R0002="different")
    assert "Pairs not decided yet: 0." in run("settle-duplicates", SEARCH).output
    assert (paired / "screening.csv").read_bytes() == before


def test_of_two_records_the_one_that_is_not_decided_is_marked_with_what_repeats_it(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    decide(paired, "screening.csv", R0002="exclude")
    assert run("settle-duplicates", SEARCH).exit_code == 0
    assert [row["duplicate_of"] for row in rows("screening.csv")] == [
        "R2027-0002",
        "",
        "R2027-0002",
    ]
    assert run("check", "--allow-undecided").exit_code == 0


def test_a_pair_of_two_decided_records_is_refused(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    decide(paired, "screening.csv", R0001="exclude", R0002="exclude")
    before = (paired / "screening.csv").read_bytes()
    told = run("settle-duplicates", SEARCH)
    assert told.exit_code == 1
    assert "have both been decided on already" in told.output
    assert "possible_duplicates.csv line 2" in told.output
    assert (paired / "screening.csv").read_bytes() == before


def test_a_record_of_an_earlier_search_is_never_marked(paired: Path):
    path = paired / "possible_duplicates.csv"
    path.write_text(path.read_text("utf-8").replace("R2027-0001", "R2021-0002"), encoding="utf-8")
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    earlier = (paired.parent / "2021-01-01" / "screening.csv").read_bytes()
    assert run("settle-duplicates", SEARCH).exit_code == 0
    assert rows("screening.csv")[1]["duplicate_of"] == "R2021-0002"
    assert (paired.parent / "2021-01-01" / "screening.csv").read_bytes() == earlier


def test_a_record_that_was_included_is_not_made_a_duplicate_of_an_earlier_one(paired: Path):
    path = paired / "possible_duplicates.csv"
    path.write_text(path.read_text("utf-8").replace("R2027-0001", "R2021-0002"), encoding="utf-8")
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    decide(paired, "screening.csv", R0002="exclude")
    told = run("settle-duplicates", SEARCH)
    assert told.exit_code == 1
    assert "R2027-0002 (exclude) has been decided on already" in told.output


def test_a_pair_that_names_an_unknown_record_is_refused(paired: Path):
    path = paired / "possible_duplicates.csv"
    path.write_text(path.read_text("utf-8").replace("R2027-0001", "R2027-0077"), encoding="utf-8")
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    told = run("settle-duplicates", SEARCH)
    assert told.exit_code == 1
    assert "'R2027-0077' is not in screening.csv" in told.output


def test_a_pair_called_different_after_all_is_no_duplicate_any_more(paired: Path):
    before = (paired / "screening.csv").read_bytes()
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    run("settle-duplicates", SEARCH)
    decide(paired, "possible_duplicates.csv", R0002="different")
    refused = run("check", "--allow-undecided")
    assert refused.exit_code == 1
    assert "called different, and by screening.csv both are R2027-0001" in refused.output
    told = run("settle-duplicates", SEARCH)
    assert "No duplicates any more, to be decided on: R2027-0002." in told.output
    # The third record repeated the first by its import: a person sees whether it still does.
    assert "Look whether these repeat one of them: R2027-0003." in told.output
    assert (paired / "screening.csv").read_bytes() == before
    assert run("check", "--allow-undecided").exit_code == 0


def test_a_pair_that_is_not_decided_any_more_is_noticed(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    run("settle-duplicates", SEARCH)
    decide(paired, "possible_duplicates.csv", R0002="")
    told = run("check", "--allow-undecided")
    assert told.exit_code == 0
    assert "are not decided on, and by screening.csv both are R2027-0001" in told.output


@pytest.mark.usefixtures("place")
def test_a_search_that_is_not_in_the_config_cannot_be_settled():
    told = run("settle-duplicates", "2030-01-01")
    assert told.exit_code == 1
    assert "2030-01-01 is no search of" in told.output
