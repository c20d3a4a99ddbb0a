"""Free text that groups or labels: one name, one spelling, one thing. All evidence is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from good_tables import GOOD, SEARCHES, add, change, problems_of, rows, told
from review_synthesis.gate.cross_rules import cross_check
from review_synthesis.gate.spelling_rules import domains_of_review, findings_implied

BOOK, STUDIES, LATER = "codebook.csv", "2020-01-01/studies.csv", "2021-01-01/studies.csv"
SEARCHED, FINDINGS = "2020-01-01/searches.csv", "published_findings.csv"


@pytest.mark.parametrize(
    ("column", "spelling", "differ"),
    [
        ("programme", "Made-up Programme", "capital letters"),
        ("programme", "Made-up  programme", "spaces"),
        ("programme", "Made‑up programme", "characters that look alike or are not seen"),
        ("innovation", "Made-up\u00a0innovation", "spaces"),
        ("innovation", "Made-up innovatio\u0301n", "how a letter with an accent is put together"),
        ("design", "Interviews", "capital letters"),
    ],
)
def test_two_spellings_of_a_group_are_told_where_both_stand(
    column: str, spelling: str, differ: str
) -> None:
    usual = GOOD[STUDIES].loc[2, column]
    tables = GOOD
    if "\u0301" in spelling:
        tables = change(tables, STUDIES, 2, innovation="Made-up innovatión")
        usual = "Made-up innovatión"
    tables = change(tables, STUDIES, 3, **{column: usual})  # twice: the usual spelling
    (problem,) = problems_of(change(tables, LATER, 2, **{column: spelling}))
    assert (problem.where, problem.column, problem.severity) == (
        f"data/raw/{LATER} line 2", column, "error",
    )  # fmt: skip
    assert f"is written '{usual}' in data/raw/{STUDIES} line 2" in problem.message
    assert f"they differ in {differ} alone" in problem.message


@pytest.mark.parametrize(
    ("name", "other", "told_"),
    [
        ("São Paulo pilots", "Sao Paulo pilots", True),
        ("Made-up pilots", "Made up pilots.", True),
        ("Rock & Roll", "Rock and Roll", True),
        ("Wave 1.1", "Wave 11", False),
        ("Round 1", "Round 2", False),
    ],
)
def test_names_that_accents_or_signs_tell_apart_are_asked_of(
    name: str, other: str, told_: bool
) -> None:
    tables = change(change(GOOD, STUDIES, 2, programme=name), STUDIES, 3, programme=name)
    found = problems_of(change(tables, LATER, 2, programme=other))
    assert [(each.severity, each.rule, each.where) for each in found] == [
        ("notice", "one_spelling", f"data/raw/{LATER} line 2")
    ] * told_


def test_the_rarer_of_two_spellings_is_told_in_each_of_its_rows() -> None:
    tables = add(GOOD, BOOK, 4, factor_id="fees", label="Fees", domain="Organisation")
    tables = add(tables, BOOK, 4, factor_id="pay", label="Pay", subdomain="Made-up money")
    found = {(each.line, each.column): each.message for each in problems_of(tables)}
    assert found.keys() == {(5, "domain"), (6, "subdomain")}
    assert "'Organisation' is written 'organisation' in data/raw/codebook.csv" in found[5, "domain"]


@pytest.mark.parametrize(
    ("file", "line", "label", "key"),
    [
        (BOOK, 3, "Made-up training", "training"),
        (BOOK, 3, "made-up  Training", "training"),
        (LATER, 2, "Made-up study 2018", "made_up_2018"),
    ],
)
def test_two_factors_or_studies_with_one_label_are_told(
    file: str, line: int, label: str, key: str
) -> None:
    tables = change(GOOD, file, line, label=label)
    if file == LATER:
        tables = change(tables, file, line, year="")  # or its year were not that of its label
    (problem,) = problems_of(tables)
    assert problem.rule == "one_label"
    assert f"is that of '{key}' too" in problem.message


def test_a_label_is_that_of_one_source_of_a_search() -> None:
    assert told(change(GOOD, SEARCHED, 3, source_label="Made-up evaluations")) == [
        (f"{SEARCHED} line 3", "source_label", "one_label")
    ]
    # Files of one source may be told apart in their labels, as add-search does.
    again = add(GOOD, SEARCHED, 2, query_id="Q003", source_label="Made-up evaluations (two.ris)")
    assert told(again) == []


def test_no_programme_is_called_as_those_without_one() -> None:
    tables = change(GOOD, LATER, 2, programme="(No programme named)")
    assert told(tables) == [(f"{LATER} line 2", "programme", "reserved")]


@pytest.mark.parametrize(
    ("database", "expected"),
    [
        ("PsycINFO", []),
        ("PubMed", []),
        ("pubmed", ["one_spelling"]),
        ("Pub\u200bMed", ["character"]),
    ],
)
def test_a_database_is_written_in_one_way(database: str, expected: list[str]) -> None:
    record = "R2020-000{}||Made up|2018|||||||1|{}|made_up.ris|1|"
    filled = [record.format(n, name) for n, name in ((1, "PubMed"), (2, "PubMed"), (3, database))]
    assert [rule for *_, rule in told(rows("2020-01-01/records.csv", *filled))] == expected


@pytest.mark.parametrize(
    ("domains", "severity", "says"),
    [
        (["adopters", "organisation"], "", ""),
        (["adopters"], "", ""),
        (["adopters", "organization"], "error", "'organisation' there (line 3) is not named"),
        (["adopters", "Organisation"], "error", "which differs in capital letters alone"),
        (["adopters", "organisation "], "error", "which differs in spaces alone"),
        (["adopters", "organisation", "wider system"], "notice", "'wider system' of review"),
    ],
)
def test_the_domains_of_the_config_are_those_of_the_codebook(
    domains: list[str], severity: str, says: str
) -> None:
    found = domains_of_review(GOOD[BOOK], domains, Path("config/other.yaml"))
    assert [each.severity for each in found] == [severity] * bool(severity)
    assert all(says in each.message and each.file == "config/other.yaml" for each in found)


def test_implications_are_of_a_finding_of_the_codebook() -> None:
    known = GOOD[BOOK]["factor_id"].iloc[0]
    written = [{"factor": known}, {"factor": f"{known}s"}]
    (problem,) = findings_implied(GOOD[BOOK], written, Path("config/other.yaml"))
    assert (problem.file, problem.severity) == ("config/other.yaml", "error")
    assert problem.column == "review.implications.1.factor"
    assert problem.message == f"the factor '{known}s' is not in codebook.csv"
    assert problem.hint == f"Did you mean '{known}'?"


@pytest.mark.parametrize(
    ("column", "text", "told_"),
    [
        ("programme", "N/A", True), ("programme", "none", True), ("programme", "—", True),
        ("programme", "NA", True), ("programme", "Not  reported", True), ("programme", "?", True),
        ("innovation", "not applicable", True), ("programme", "Unclear", True),
        ("innovation", "Not stated", True), ("programme", "…", True), ("programme", "NR", True),
        ("design", "unknown", True), ("programme", "Unknown Pleasures", False),
        ("programme", "None Too Soon", False),
    ],
)  # fmt: skip
def test_what_says_that_there_is_nothing_is_no_name_of_a_group(
    column: str, text: str, told_: bool
) -> None:
    expected = [(f"{LATER} line 2", column, "says_nothing")] * told_
    assert told(change(GOOD, LATER, 2, **{column: text})) == expected


@pytest.mark.parametrize(
    ("file", "lines", "column", "spellings"),
    [
        (BOOK, (2, 3), "construct", ("Made-up  construct", "Made-up construct")),
        ("2020-01-01/screening.csv", (2, 3), "source_type", ("Made up", "made up")),
    ],
)
def test_what_else_groups_has_one_spelling(
    file: str, lines: tuple[int, int], column: str, spellings: tuple[str, str]
) -> None:
    tables = GOOD
    for line, spelling in zip(lines, spellings, strict=True):
        tables = change(tables, file, line, **{column: spelling})
    assert [(where, rule) for where, each, rule in told(tables) if each == column] == [
        (f"{file} line 3", "one_spelling")
    ]


def test_places_that_no_config_names_have_one_spelling_and_are_places() -> None:
    countries = {(STUDIES, 2): "Kenya", (STUDIES, 3): "kenya", (LATER, 2): "n/a"}
    tables = GOOD
    for (file, line), country in countries.items():
        tables = change(tables, file, line, country=country)
    found = cross_check(tables, Path("data/raw"), SEARCHES, [])
    assert [(each.line, each.column, each.rule) for each in found] == [
        (3, "country", "one_spelling"), (2, "country", "says_nothing"),
    ]  # fmt: skip
    namibia = cross_check(change(GOOD, LATER, 2, country="NA"), Path("data/raw"), SEARCHES, [])
    assert namibia == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({2: {"enabler_label": "Trained", "barrier_label": "trained"}}, [(2, "barrier_label")]),
        ({2: {"enabler_label": "Money"}, 4: {"barrier_label": "Money"}}, [(4, "barrier_label")]),
        ({4: {"enabler_label": "Made-up training"}}, [(4, "enabler_label")]),
        ({2: {"enabler_label": "Made-up training"}}, []),  # of its own factor
    ],
)
def test_no_two_findings_have_one_label(
    cells: dict[int, dict[str, str]], expected: list[tuple[int, str]]
) -> None:
    tables = GOOD
    for line, values in cells.items():
        tables = change(tables, BOOK, line, **values)
    assert told(tables) == [(f"{BOOK} line {at}", column, "one_label") for at, column in expected]


@pytest.mark.parametrize(
    ("file", "column"),
    [(BOOK, "barrier_label"), (BOOK, "subdomain"), (STUDIES, "programme"), (SEARCHED, "platform")],
)
@pytest.mark.parametrize("sign", ["\t", "\n"])
def test_what_is_shown_in_a_line_is_one_line(file: str, column: str, sign: str) -> None:
    assert told(change(GOOD, file, 3, **{column: f"Made{sign}up"})) == [
        (f"{file} line 3", column, "in_one_line")
    ]
