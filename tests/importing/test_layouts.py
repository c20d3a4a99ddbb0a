"""What the layouts of teams' files are read as. All evidence here is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from brought_in import EXAMPLES, Folder, cells_with_content, part_of, signs, told, unused, wide

WIDE = {"study": "Study", "year": "Year"}
LISTS = [
    {"column": "Barriers", "direction": "barrier"},
    {"column": "Enablers", "direction": "enabler"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_signs_words_and_texts_of_a_wide_sheet_are_codings_and_the_rest_is_listed(
    folder: Folder,
) -> None:
    done = folder.bring_in(
        "Study,Funding,Time\nKerr 2016,+,barrier: too short\nLowe 2020,+/-,maybe\nOde 2021,n/a,\n",
        wide("Funding", "Time"),
    )
    assert folder.units() == [
        "kerr_2016 funding enabler consensus",
        "kerr_2016 time barrier consensus",
        "lowe_2020 funding mixed consensus",
    ]
    assert [row["summary"] for row in folder.table("codings")][1] == "too short"
    assert list(unused(done)) == ["maybe"]
    assert len(folder.table("studies")) == 3  # also the one in which no factor was found


def test_a_column_of_a_factor_and_direction_takes_marks_and_texts(folder: Folder) -> None:
    columns = [
        {"name": "Funding +", "label": "Funding", "direction": "enabler"},
        {"name": "Funding -", "label": "Funding", "direction": "barrier"},
    ]
    done = folder.bring_in(
        "Study,Funding +,Funding -\nKerr 2016,x,0\nLowe 2020,no,it ran out\nOde 2021,1,enabler\n",
        part_of("wide", {"study": "Study"}, factors=columns),
    )
    assert folder.units() == [
        "kerr_2016 funding enabler consensus",
        "lowe_2020 funding barrier consensus",
        "ode_2021 funding enabler consensus",
    ]
    assert folder.table("codings")[1]["summary"] == "it ran out"
    assert unused(done) == {"enabler": "it says enabler, in a column of barrier"}
    assert [row["label"] for row in folder.table("codebook")] == ["Funding"]


def test_words_of_the_map_come_before_those_that_need_no_map(folder: Folder) -> None:
    words = {"direction": {"F": "enabler", "-": "none", "o": "no_effect"}}
    folder.bring_in(
        "Study,Funding,Time\nKerr 2016,f,-\nLowe 2020,o,F; barrier\n",
        wide("Funding", "Time", words=words),
    )
    assert folder.units() == [
        "kerr_2016 funding enabler consensus",
        "lowe_2020 funding no_effect consensus",
        "lowe_2020 time barrier consensus",
        "lowe_2020 time enabler consensus",
    ]


def test_the_wide_example_is_counted_as_a_count_of_plain_csv_does(folder: Folder) -> None:
    file = EXAMPLES / "made-up-wide.csv"
    names = ["Funding", "Time", "Head's support", "Volunteers"]
    part = part_of(
        "wide", {"study": "Study", "doi": "DOI"}, header=3, domain_row=2, ignore=["Notes"],
        factors=[{"name": name} for name in names],
    )  # fmt: skip
    done = folder.bring_in_file(file, part)
    found = signs(file, 3, names, ";")
    not_codings = {"n/a", "x", "staff helped"}
    assert len(folder.table("codings")) == sum(found.values()) - sum(map(found.get, not_codings))
    domains = {row["label"]: row["domain"] for row in folder.table("codebook")}
    assert domains == {
        "Funding": "Resources", "Time": "Resources", "Head's support": "People",
        "Volunteers": "People",
    }  # fmt: skip
    used_and_not = int(done.lines[7].split(" of ")[1].split(" ")[0])
    assert used_and_not == cells_with_content(file, 3, ";")


@pytest.mark.parametrize("nothing", ["-", "–", "n/a"])
def test_a_dash_in_the_column_of_a_factor_is_no_factor(nothing: str, folder: Folder) -> None:
    done = folder.bring_in(
        f"Study,Code,Says\nKerr 2016,Funding,enabler\nLowe 2020,{nothing},barrier\n",
        part_of("long", {"study": "Study", "factor": "Code", "direction": "Says"}),
    )
    assert folder.units() == ["kerr_2016 funding enabler consensus"]
    why = "it says that there is no factor, and the row has a direction"
    assert unused(done) == {nothing: why, "barrier": why}
    assert [row["label"] for row in folder.table("codebook")] == ["Funding"]


def test_lists_in_cells_lose_bullets_numbers_and_pages(folder: Folder) -> None:
    folder.bring_in(
        "Study,Barriers,Enablers\n"
        'Kerr 2016,"1. Cost, later\n2) Time (p. 7)","• keen pupils\n- Time [pp. 3-4]."\n'
        "Lowe 2020,None reported,Keen  Pupils\n",
        part_of("lists", {"study": "Study"}, lists=LISTS, separator="newline"),
    )
    assert folder.units() == [
        "kerr_2016 cost_later barrier consensus",
        "kerr_2016 keen_pupils enabler consensus",
        "kerr_2016 time barrier consensus",
        "kerr_2016 time enabler consensus",
        "lowe_2020 keen_pupils enabler consensus",
    ]
    assert folder.table("codings")[1]["page"] == "7"
    assert [row["label"] for row in folder.table("codebook")] == [
        "Cost, later", "keen pupils", "Time",
    ]  # fmt: skip


def test_numbers_in_a_line_separate_too(folder: Folder) -> None:
    text = "Study,Barriers,Enablers\nKerr 2016,1. Cost 2. Time; and tide 3. Rain,\n"
    folder.bring_in(text, part_of("lists", {"study": "Study"}, lists=LISTS, separator="numbers"))
    assert [row["label"] for row in folder.table("codebook")] == ["Cost", "Rain", "Time; and tide"]


def test_hostile_labels_stay_what_they_say_and_no_spreadsheet_runs_them(folder: Folder) -> None:
    text = (
        "Study,Barriers,Enablers\n"
        '"=HYPERLINK(""x"") 2016","=1+1; Größe, “x”; 資金; @time; +plus","-"\n'
    )
    done = folder.bring_in(text, part_of("lists", {"study": "Study"}, lists=LISTS))
    assert told(done) == []
    assert {row["factor_id"]: row["label"] for row in folder.table("codebook")} == {
        "factor_1_1": "“=1+1”", "grosse_x": "Größe, “x”", "factor": "資金", "time": "“@time”",
        "plus": "“+plus”",
    }  # fmt: skip
    assert folder.table("studies")[0]["label"] == '“=HYPERLINK("x") 2016”'


LONG = {"study": "Study", "factor": "Factor", "direction": "Effect", "coder": "Coder"}


def test_a_long_sheet_keeps_that_coders_disagree(folder: Folder) -> None:
    done = folder.bring_in(
        "Study,Factor,Effect,Coder\nKerr 2016,Funding,facilitator,Ann\n"
        "Kerr 2016,Funding,barrier,Bob\nKerr 2016,Funding,mixed,Agreed\n",
        part_of("long", LONG),
        consensus="Agreed",
    )
    assert folder.units() == [
        "kerr_2016 funding barrier B", "kerr_2016 funding enabler A",
        "kerr_2016 funding mixed consensus",
    ]  # fmt: skip
    assert "Reviewers: A is Ann, B is Bob." in done.lines
    kept = "".join(path.read_text("utf-8") for path in folder.path.rglob("data/**/*.csv"))
    assert "Ann" not in kept
    assert "Bob" not in kept


@pytest.mark.parametrize(
    "part",
    [
        part_of("long", {**LONG, "quote": "Words"}, extra={"codings": {"x_mood": "Mood"}}),
        part_of(
            "wide",
            {"study": "Study", "quote": "Words"},
            factors=[{"name": "Effect", "label": "Funding"}],
            extra={"codings": {"x_mood": "Mood"}},
            ignore=["Factor", "Coder"],
        ),
    ],
)
def test_words_of_a_coding_that_a_row_does_not_say_are_listed(
    part: dict[str, Any], folder: Folder
) -> None:
    done = folder.bring_in(
        "Study,Factor,Effect,Coder,Words,Mood\nKerr 2016,Funding,enabler,A,It helped.,glad\n"
        "Lowe 2020,Funding,none,A,They never say.,dull\n",
        part,
    )
    assert len(folder.units()) == 1
    why = "the row says no coding that it could be of"
    assert [cell for cell, says in unused(done).items() if says == why] == [
        "They never say.", "dull",
    ]  # fmt: skip


def test_a_word_that_means_no_direction_stops_all_and_nothing_is_written(folder: Folder) -> None:
    done = folder.bring_in(
        "Study,Factor,Effect,Coder\nKerr 2016,Funding,enabler,A\nKerr 2016,Time,enabeler,A\n"
        "Kerr 2016,,barrier,A\n",
        part_of("long", LONG),
    )
    assert told(done) == ["3 direction", "4 factor"]
    assert "Did you mean 'enabler'?" in done.problems[0].hint
    assert not folder.raw.exists()


def test_a_coding_said_twice_is_one_with_both_texts(folder: Folder) -> None:
    folder.bring_in(
        "Study,Factor,Effect,Coder,Text\nKerr 2016,Funding,enabler,A,first\n"
        "kerr  2016,funding,Enabler,A,second\nKerr 2016,Funding,enabler,A,first\n",
        part_of("long", LONG | {"summary": "Text"}),
    )
    assert [row["summary"] for row in folder.table("codings")] == ["first / second"]
    assert len(folder.table("studies")) == 1


def test_questions_that_are_no_factors_describe_the_study(folder: Folder) -> None:
    columns = {"study": "Study", "factor": "Answer", "direction": "Question", "coder": "User"}
    part = part_of("long", columns, questions={"Design": "design"}, separator="|")
    done = folder.bring_in(
        "Study,User,Question,Answer\nKerr 2016,x,Design,survey\nKerr 2016,x,Barriers,Cost | Time\n"
        "Kerr 2016,y,Barriers,None\nKerr 2016,y,Design,interviews\n",
        part,
    )
    assert folder.units() == ["kerr_2016 cost barrier A", "kerr_2016 time barrier A"]
    assert folder.table("studies")[0]["design"] == "survey"
    assert unused(done) == {"interviews": "differs from line 2, which is used"}


def test_what_was_agreed_of_a_study_comes_before_what_a_reviewer_wrote(folder: Folder) -> None:
    done = folder.bring_in(
        "Study,Design,Coder,Factor,Effect\nKerr 2016,survey,Ann,Time,-\n"
        "Kerr 2016,interviews,Consensus,Time,-\nKerr 2016,Interviews,Bob,Time,-\n",
        part_of("long", LONG | {"design": "Design"}),
    )
    assert folder.table("studies")[0]["design"] == "interviews"
    assert unused(done) == {"survey": "differs from line 3, which is used"}


def test_why_was_agreed_what_one_coder_saw_is_not_stated_where_no_file_says_it(
    folder: Folder,
) -> None:
    folder.bring_in(
        "Study,Factor,Effect,Coder\nKerr 2016,Funding,+,Ann\nKerr 2016,Funding,+,Bob\n"
        "Kerr 2016,Funding,+,Consensus\nKerr 2016,Time,-,Ann\nKerr 2016,Time,-,Consensus\n",
        part_of("long", LONG),
    )
    reasons = {(row["factor_id"], row["coder"]): row["reason"] for row in folder.table("codings")}
    assert [place for place, reason in reasons.items() if reason == "not stated"] == [
        ("time", "consensus")
    ]
