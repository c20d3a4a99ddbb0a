"""What stands where a file says nothing, and that the gate takes it. All evidence is made up."""

from pathlib import Path

import pytest
from brought_in import SEARCH, Folder, part_of, unused
from review_synthesis.gate.problems import errors_of
from review_synthesis.gate.validate_searches import check_searches

COLUMNS = {
    "study": "Study", "year": "Year", "doi": "DOI", "place": "Country", "design": "Design",
    "innovation": "About", "programme": "Programme", "publication_type": "Type",
    "peer_reviewed": "Reviewed", "quote": "Words", "page": "Page", "basis": "Basis",
    "locator": "Place", "certainty": "Sure", "definition": "Means",
}  # fmt: skip
FULL = {
    "Study": "Kerr 2016", "Year": "2016", "DOI": "10.5555/a", "Country": "Norway",
    "Design": "survey", "About": "gardens", "Programme": "Green", "Type": "report",
    "Reviewed": "yes", "Words": "It helped.", "Page": "3", "Basis": "full text",
    "Place": "results", "Sure": "clear", "Means": "money",
}  # fmt: skip


def _file(blank: str) -> str:
    """A study with all cells filled in, and one in which the cell of a column is blank."""
    other = FULL | {"Study": "Lowe 2020", "Year": "2020", "DOI": "10.5555/b", blank: ""}
    rows = [[*FULL, "Funding"], [*FULL.values(), "+"], [*other.values(), "+"]]
    return "".join(",".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("blank", [name for name in FULL if name != "Study"])
def test_the_gate_takes_what_is_written_of_a_blank_cell(blank: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    part = part_of("wide", COLUMNS, factors=[{"name": "Funding"}])
    done = folder.bring_in(_file(blank), part, strict=False)
    assert [each.message for each in errors_of(done.problems)] == []
    found = check_searches(folder.raw, [SEARCH], {"coding": "consensus_only"}).problems
    assert [(each.column, each.message) for each in errors_of(found)] == []


@pytest.mark.parametrize("strict", [True, False])
def test_what_is_not_known_of_a_study_is_left_empty(strict: bool, tmp_path: Path) -> None:
    """With two coders, too: no word may stand for a country that nobody knows."""
    folder = Folder(tmp_path)
    done = folder.bring_in(
        "Study,Country,Design,Funding\nKerr 2016,Norway,survey,+\nLowe 2020,,,+\n"
        "Ode 2021,not stated,n/a,-\n",
        part_of(
            "wide", {"study": "Study", "place": "Country", "design": "Design"},
            factors=[{"name": "Funding"}],
        ),
        strict=strict,
    )  # fmt: skip
    says = [(row["country"], row["design"]) for row in folder.table("studies")]
    assert says == [("Norway", "survey"), ("", ""), ("", "")]
    why = "it says that there is none, and would be counted as one: left empty"
    assert unused(done) == {"not stated": why, "n/a": why}
    coding = {True: "double", False: "consensus_only"}[strict]
    found = check_searches(folder.raw, [SEARCH], {"coding": coding}).problems
    of_cells = [each for each in found if each.column in ("country", "design")]
    assert [each.severity for each in of_cells] == ["notice"] * 4
