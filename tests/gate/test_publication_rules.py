"""One publication is one row, under one study; it may say that it reports others too. Made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from gated import evidence_of
from review_synthesis.counting.tally_evidence import tally_evidence
from review_synthesis.gate.problems import Problem
from review_synthesis.gate.validate_searches import check_searches
from review_synthesis.tables.identifiers import address_of, normalised, pubmed_of
from words import CHOICES, WORDS

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
RAW = Path("data/raw")
# A publication of another study of the same search, and one of a later search.
HERE = (FIRST, "made_up_review_2019_a,made_up_review_2019", "https://example.org/3", "R2020-0003")
THERE = (LATER, "made_up_2020_a,made_up_2020", "https://example.org/4", "R2021-0001")
CONFIG = {"review": {"domains": []}, "flow": {"reports_seen": "whole"}, "vocabularies": WORDS}
pytestmark = pytest.mark.usefixtures("raw")


def edit(file: str, starts: str, *changes: tuple[str, str]) -> None:
    """Change the row that begins so."""
    lines = (RAW / file).read_text("utf-8").splitlines()
    (at,) = (n for n, line in enumerate(lines) if line.startswith(starts))
    for old, new in changes:
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new)
    (RAW / file).write_text("\n".join(lines) + "\n", "utf-8")


def problems() -> list[Problem]:
    """All problems but those of the years, which these tests do not edit in both tables."""
    found = check_searches(RAW, SEARCHES, CHOICES).problems
    return [each for each in found if each.rule != "year_of_record"]


def said() -> list[tuple[str, int, str]]:
    return [(each.file.removeprefix("data/raw/"), each.line, each.message) for each in problems()]


@pytest.mark.parametrize("other", [HERE, THERE], ids=["one search", "two searches"])
@pytest.mark.parametrize(
    ("first", "again", "shared"),
    [
        (",https://example.org/1", ",HTTPS://www.Example.org/1/?utm_source=mail", "address"),
        (",https://example.org/1", ",https://doi.org/10.99999/MADE.UP.2018", "DOI"),
        (",https://example.org/1", ",http://dx.doi.org/10.99999%2Fmade.up.2018", "DOI"),
        (
            ",https://pubmed.ncbi.nlm.nih.gov/1234/",
            ",https://www.ncbi.nlm.nih.gov/pubmed/01234?dopt=Abstract",
            "number in PubMed",
        ),
        (
            ",https://pmc.ncbi.nlm.nih.gov/articles/PMC77777/",
            ",https://europepmc.org/article/pmc/PMC77777",
            "number in PubMed",
        ),
        (
            ",https://pubmed.ncbi.nlm.nih.gov/1234/",
            ",https://europepmc.org/article/MED/1234",
            "number in PubMed",
        ),
        (",https://arxiv.org/abs/2301.12345", ",https://arxiv.org/pdf/2301.12345v2.pdf", "address"),
    ],
)
def test_one_publication_under_two_studies_is_refused_with_both_places(
    other: tuple[str, str, str, str], first: str, again: str, shared: str
) -> None:
    search, row, url, _record = other
    edit(f"{FIRST}/publications.csv", "made_up_2018_a", (",https://example.org/1", first))
    edit(f"{search}/publications.csv", row, ("," + url, again))
    ((file, line, message),) = said()
    assert (file, line) == (f"{search}/publications.csv", 4 if search == FIRST else 2)
    publication, study = row.split(",")
    assert message.startswith(
        f"publication '{publication}' of study '{study}' has the {shared} of 'made_up_2018_a' of "
        "study 'made_up_2018' ("
    )
    assert message.endswith(f"data/raw/{FIRST}/publications.csv line 2)")


def test_a_doi_that_stands_only_in_the_reference_counts_too() -> None:
    edit(f"{LATER}/publications.csv", "made_up_2020_a", ("2020.,", "doi:10.99999/Made.Up.2018.,"))
    ((_file, _line, message),) = said()
    assert "has the DOI of 'made_up_2018_a'" in message


@pytest.mark.parametrize("year", ["2018", ""])
def test_the_same_title_in_other_words_of_print_and_the_same_year_is_one(year: str) -> None:
    edit(f"{LATER}/screening.csv", "R2021-0001",
         ("Made-up study of 2020,2020", f"«Made–up Étude» of the made-up care,{year}"))  # fmt: skip
    edit(f"{FIRST}/screening.csv", "R2020-0001",
         ("Made-up study of 2018,2018", "Made-up etude of the  Made-Up care.,2018"))  # fmt: skip
    ((file, line, message),) = said()
    assert (file, line) == (f"{LATER}/publications.csv", 2)
    kind = "title and year" if year else "title"
    assert f"has the {kind} of 'made_up_2018_a'" in message


def test_a_word_with_a_hyphen_is_the_word_without() -> None:
    edit(
        f"{FIRST}/screening.csv",
        "R2020-0001",
        ("Made-up study of 2018", "Well-being of co-workers at sea"),
    )
    edit(f"{LATER}/screening.csv", "R2021-0001",
         ("Made-up study of 2020,2020", "Wellbeing of coworkers at sea,2018"))  # fmt: skip
    ((_file, _line, message),) = said()
    assert "has the title and year of 'made_up_2018_a'" in message
    assert "(wellbeing of coworkers at sea" in message


def test_the_same_reference_under_two_studies_is_one_publication() -> None:
    cited = "Reed A, 2018. Short. A made-up report of a made-up office"
    for search, row in ((FIRST, "made_up_2018_a"), (LATER, "made_up_2020_a")):
        path = RAW / search / "publications.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table.loc[table["publication_id"] == row, ["citation", "doi"]] = [cited, ""]
        table.to_csv(path, index=False)
    ((_file, _line, message),) = said()
    assert "has the reference of 'made_up_2018_a'" in message


def test_a_title_of_few_signs_may_be_long() -> None:
    title = "兒童社會照顧創新之推廣"
    edit(f"{FIRST}/screening.csv", "R2020-0001", ("Made-up study of 2018,2018", f"{title},2018"))
    edit(f"{LATER}/screening.csv", "R2021-0001", ("Made-up study of 2020,2020", f"{title},2018"))
    ((_file, _line, message),) = said()
    assert "has the title and year of 'made_up_2018_a'" in message


@pytest.mark.parametrize(
    ("title", "year", "doi"),
    [
        ("A made-up evaluation of care", "2019", ""),
        ("A made-up evaluation of care", "2018", "10.99999/another"),
        ("Evaluation report", "2018", ""),
    ],
    ids=["another year", "another DOI", "a title that many have"],
)
def test_what_may_be_two_publications_passes(title: str, year: str, doi: str) -> None:
    edit(f"{FIRST}/screening.csv", "R2020-0001", ("Made-up study of 2018", title))
    edit(f"{LATER}/screening.csv", "R2021-0001", ("Made-up study of 2020,2020", f"{title},{year}"))
    edit(f"{LATER}/publications.csv", "made_up_2020_a", ("no,,", f"no,{doi},"))
    assert said() == []


def test_a_publication_may_not_stand_twice_under_its_own_study_either() -> None:
    edit(f"{FIRST}/publications.csv", "made_up_2018_b", ("no,,", "no,10.99999/MADE.UP.2018,"))
    (problem,) = problems()
    assert problem.rule == "one_publication"
    edit(f"{FIRST}/publications.csv", "made_up_2018_b", ("10.99999/MADE.UP.2018", ""))
    edit(f"{FIRST}/publications.csv", "made_up_2018_b", ("example.org/2", "example.org/1"))
    assert said() == [], "a page of a study may hold its report and the summary"


def share(*also: str) -> None:
    """Let publication made_up_2018_a say that it reports other studies."""
    path = RAW / FIRST / "publications.csv"
    header, first, *lines = path.read_text("utf-8").splitlines()
    rows = [f"{header},also_reports", f"{first},{' '.join(also)}", *(f"{each}," for each in lines)]
    path.write_text("\n".join(rows) + "\n", "utf-8")


@pytest.fixture
def reported_in_the_other(raw: Path) -> None:
    """Study made_up_review_2019 has no publication but that of study made_up_2018."""
    share("made_up_review_2019")
    for name, starts in (("publications", "made_up_review_2019_a"), ("screening", "R2020-0003")):
        path = raw / FIRST / f"{name}.csv"
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(starts)]
        path.write_text("\n".join(kept) + "\n", "utf-8")
    codings = raw / FIRST / "codings.csv"
    text = codings.read_text("utf-8").replace("made_up_review_2019_a", "made_up_2018_a")
    codings.write_text(text, "utf-8")


@pytest.mark.usefixtures("reported_in_the_other")
def test_a_publication_that_reports_two_studies_counts_once_and_each_study_once() -> None:
    assert said() == []
    tallied = tally_evidence(CONFIG, **evidence_of(RAW, SEARCHES))
    base = tallied["evidence_base"].set_index("measure")["value"]
    assert (base["studies"], base["publications"]) == (3, 4)
    ids = tallied["studies"].set_index("study_id")["publication_ids"]
    assert ids["made_up_review_2019"] == "made_up_2018_a"
    assert ids["made_up_2018"] == "made_up_2018_a made_up_2018_b made_up_2018_c"
    flow = tallied["flow"].set_index(["search", "box"])["n"]
    assert (flow[FIRST, "included_studies"], flow[FIRST, "included_reports"]) == (2, 2)


@pytest.mark.usefixtures("reported_in_the_other")
@pytest.mark.parametrize("out", [["made_up_2018"], ["made_up_2018", "made_up_review_2019"]])
def test_it_stays_as_long_as_one_of_its_studies_stays(out: list[str]) -> None:
    rows = [f"{study},made up,2021-01-01" for study in out]
    path = RAW / LATER
    (path / "withdrawn.csv").write_text("\n".join(["study_id,reason,date", *rows, ""]), "utf-8")
    for name in ("publications", "codings"):
        lines = (path / f"{name}.csv").read_text("utf-8").splitlines()
        kept = [line for line in lines if "made_up_2018" not in line]
        (path / f"{name}.csv").write_text("\n".join(kept) + "\n", "utf-8")
    edit(f"{LATER}/screening.csv", "R2021-0002", ("include,,made_up_2018_c", "exclude,not_uk,"))
    evidence = evidence_of(RAW, SEARCHES)
    stays = len(out) == 1
    kept = evidence["publications"].set_index("publication_id")["study_id"].to_dict()
    assert ("made_up_2018_a" in kept) == stays
    if stays:
        assert kept["made_up_2018_a"] == "made_up_review_2019"
    flow = tally_evidence(CONFIG, **evidence)["flow"].set_index(["search", "box"])["n"]
    assert flow[FIRST, "included_studies"] == 2
    assert flow[LATER, "withdrawn_studies"] == len(out)
    assert flow[LATER, "withdrawn_reports"] == (1 if stays else 2)
    assert flow[LATER, "total_studies"] == 3 - len(out)


@pytest.mark.parametrize(
    ("also", "says"),
    [
        (["made_up_2091"], "also_reports 'made_up_2091' is not in studies.csv"),
        (["made_up_2020"], "also_reports 'made_up_2020' is found only by a later search"),
        (["made_up_2018"], "the publication is said to report study 'made_up_2018' twice"),
    ],
)
def test_only_other_studies_that_are_known_can_be_named(also: list[str], says: str) -> None:
    share(*also)
    assert said() == [(f"{FIRST}/publications.csv", 2, says)]


def test_the_column_misspelt_is_told_and_not_taken_for_left_out(
    problems_with: Callable[..., list[Problem]],
) -> None:
    share()
    path = RAW / FIRST / "publications.csv"
    path.write_text(path.read_text("utf-8").replace("also_reports", "also_report"), "utf-8")
    (problem,) = problems_with()
    assert problem.hint == "Rename it to 'also_reports', if that is meant."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (address_of("http://www.example.org:80/a%20b/"), address_of("https://EXAMPLE.org/a b")),
        (address_of("example.org/?id=1&utm_campaign=x"), address_of("https://example.org?id=1")),
        (pubmed_of("PMID: 0077"), pubmed_of("https://pubmed.ncbi.nlm.nih.gov/77/")),
        (normalised("Les enfants d&#8217;ici"), normalised("LES ENFANTS D'ICI")),
        (normalised("Ｆｏｓｔｅｒ　care—again"), normalised("Foster care: again")),
    ],
)
def test_other_spellings_are_the_same(one: str, other: str) -> None:
    assert one == other != ""


def test_addresses_that_ask_for_other_pages_are_not_the_same() -> None:
    assert len({address_of(f"https://example.org/page?id={n}#part{n}") for n in range(3)}) == 3
