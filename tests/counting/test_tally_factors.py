"""What is counted: studies, once each, per factor and direction. All evidence here is made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.counting.second_count import (
    RecountError,
    confirm_tally,
    recount_factors,
    second_count,
)
from review_synthesis.counting.tally_factors import factor_tally, tally_factors

DIRECTIONS = ["enabler", "barrier", "mixed", "no_effect"]
CODEBOOK = pd.DataFrame(
    {
        "factor_id": ["funding", "leadership", "fit"],
        "label": ["Funding", "Leadership", "Fit"],
        "domain": ["organisation", "organisation", "innovation"],
        "subdomain": ["money", "capacity", "features"],
    }
)


def codings(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    columns = ["study_id", "publication_id", "factor_id", "direction", "coder"]
    return pd.DataFrame(list(rows), columns=columns, dtype=str)


def studies(*names: str, secondary: tuple[str, ...] = (), programme: str = "") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "study_id": names,
            "design_class": ["secondary" if name in secondary else "primary" for name in names],
            "country": "Wales",
            "programme": programme,
        }
    )


def tally(rows: pd.DataFrame, who: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return tally_factors(rows[rows["coder"] == "consensus"], who, CODEBOOK, ["organisation"])


def by_factor(rows: pd.DataFrame, who: pd.DataFrame) -> pd.DataFrame:
    return factor_tally(rows[rows["coder"] == "consensus"], who, CODEBOOK)


def cell(table: pd.DataFrame, factor: str, direction: str) -> pd.Series:
    return table.set_index(["factor_id", "direction"]).loc[(factor, direction)]


def test_two_publications_of_one_study_count_once() -> None:
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s1", "s1_b", "funding", "barrier", "consensus"),
    )
    funding = cell(tally(rows, studies("s1"))["factor_tally"], "funding", "barrier")
    assert (funding["studies"], funding["publications"]) == (1, 2)


def test_a_study_may_report_a_factor_in_both_directions() -> None:
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s1", "s1_a", "funding", "enabler", "consensus"),
    )
    made = tally(rows, studies("s1"))
    assert cell(made["factor_tally"], "funding", "barrier")["studies"] == 1
    assert cell(made["factor_tally"], "funding", "enabler")["studies"] == 1
    assert made["matrix"].set_index("study_id").loc["s1", "funding"] == "enabler barrier"


def test_a_factor_that_nobody_reports_keeps_its_rows() -> None:
    made = tally(codings(("s1", "s1_a", "fit", "mixed", "consensus")), studies("s1"))
    assert len(made["factor_tally"]) == len(CODEBOOK) * len(DIRECTIONS)
    leadership = made["factor_tally"][made["factor_tally"]["factor_id"] == "leadership"]
    assert leadership["studies"].tolist() == [0, 0, 0, 0]


def test_not_reported_is_not_the_same_as_no_effect() -> None:
    rows = codings(("s1", "s1_a", "funding", "no_effect", "consensus"))
    matrix = tally(rows, studies("s1", "s2"))["matrix"].set_index("study_id")
    assert matrix.loc["s1", "funding"] == "no_effect"
    assert matrix.loc["s2", "funding"] == ""


def test_both_denominators_of_the_frequency_effect_size_are_shown() -> None:
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s2", "s2_a", "leadership", "enabler", "consensus"),
        ("s3", "s3_a", "fit", "enabler", "consensus"),
    )
    funding = cell(
        tally(rows, studies("s1", "s2", "s3", "s4"))["factor_tally"], "funding", "barrier"
    )
    assert (funding["studies_total"], funding["share_of_studies"]) == (4, 0.25)
    assert (funding["studies_of_domain"], funding["share_of_domain"]) == (2, 0.5)


def test_primary_and_secondary_studies_are_told_apart() -> None:
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("r1", "r1_a", "funding", "barrier", "consensus"),
    )
    made = tally(rows, studies("s1", "r1", secondary=("r1",)))["factor_tally"]
    funding = cell(made, "funding", "barrier")
    assert (funding["primary"], funding["secondary"], funding["study_ids"]) == (1, 1, "r1 s1")


def test_a_study_counts_once_in_a_domain_however_many_factors_it_reports() -> None:
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s1", "s1_a", "leadership", "barrier", "consensus"),
        ("s1", "s1_a", "leadership", "enabler", "consensus"),
    )
    domains = tally(rows, studies("s1"))["domain_tally"]
    whole = domains[(domains["level"] == "domain") & (domains["domain"] == "organisation")]
    assert set(whole["subdomain"]) == {""}
    counts = whole.set_index("direction")
    assert counts.loc["any", ["studies", "factors", "factors_coded"]].tolist() == [1, 2, 2]
    assert counts.loc["enabler", ["studies", "factors_coded"]].tolist() == [1, 1]
    assert set(domains.loc[domains["in_review"] == "no", "domain"]) == {"innovation"}


def test_each_factor_counts_in_its_own_domain_where_each_has_one() -> None:
    codebook = CODEBOOK.assign(domain=["wider system", "adopters", "innovation"])
    rows = codings(("s1", "s1_a", "funding", "barrier", "consensus"))
    domains = tally_factors(rows, studies("s1"), codebook, [])["domain_tally"]
    counted = domains[(domains["level"] == "domain") & (domains["studies"] > 0)]
    assert set(counted["domain"]) == {"wider system"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("People, roles and skills", "Money, time and tools"),
        ("Law; policy", "Law"),
        ("Law | policy", "Law / policy"),
        ("1", "01"),
        ("NA", "None"),
    ],
)
def test_signs_in_the_name_of_a_domain_part_it_from_no_other_and_not_in_itself(
    one: str, other: str
) -> None:
    codebook = CODEBOOK.assign(domain=[one, one, other], subdomain=[f"{one}, a", f"{one}, b", one])
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s2", "s2_a", "fit", "enabler", "consensus"),
    )
    domains = tally_factors(rows, studies("s1", "s2"), codebook, [one])["domain_tally"]
    counted = domains[domains["direction"] == "any"].set_index(["level", "domain", "subdomain"])
    assert counted["studies"].to_dict() == {
        ("domain", one, ""): 1,
        ("domain", other, ""): 1,
        ("subdomain", one, f"{one}, a"): 1,
        ("subdomain", one, f"{one}, b"): 0,
        ("subdomain", other, one): 1,
    }
    assert counted.loc[("domain", one, ""), "in_review"] == "yes"
    assert counted.loc[("domain", other, ""), "in_review"] == "no"


def test_an_evidence_base_without_studies_is_tallied_as_zeros() -> None:
    made = tally(codings(), studies())
    assert made["factor_tally"]["studies"].tolist() == [0] * len(CODEBOOK) * len(DIRECTIONS)
    assert made["group_tally"]["studies"].sum() == 0
    assert made["matrix"].empty


def test_nations_and_programmes_are_tallied_apart_and_zeros_kept() -> None:
    rows = codings(("s1", "s1_a", "funding", "barrier", "consensus"))
    places = ["Scotland", "Wales"]
    who = studies("s1", "s2")
    agreed = rows[rows["coder"] == "consensus"]
    groups = tally_factors(agreed, who, CODEBOOK, [], places)["group_tally"]
    assert set(tally(rows, who)["group_tally"].query("grouping == 'place'")["group"]) == {"Wales"}
    cells = groups[(groups["factor_id"] == "funding") & (groups["direction"] == "barrier")]
    counts = cells.set_index(["grouping", "group"])
    assert counts.loc[("place", "Wales"), ["studies", "studies_of_group"]].tolist() == [1, 2]
    assert counts.loc[("place", "Scotland"), "studies"] == 0
    assert counts.loc[("programme", "(no programme named)"), "share_of_group"] == 0.5


NAMES = [f"s{n}" for n in range(5)]
CODING = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(["a", "b"]),
    st.sampled_from(CODEBOOK["factor_id"].tolist()),
    st.sampled_from(DIRECTIONS),
    st.sampled_from(["A", "B", "consensus"]),
)
CODINGS = st.lists(CODING, max_size=40).map(
    lambda rows: codings(*((s, f"{s}_{p}", f, d, c) for s, p, f, d, c in rows))
)


@examples(8)
@given(CODINGS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: pd.DataFrame, random: object) -> None:
    order = list(rows.index)
    random.shuffle(order)  # type: ignore[attr-defined]
    made = tally(rows, studies(*NAMES))
    again = tally(rows.loc[order], studies(*reversed(NAMES)))
    for name, table in made.items():
        by = list(table.columns)[:1] if name == "matrix" else list(table.columns)
        left = table.sort_values(by, ignore_index=True)
        pd.testing.assert_frame_equal(left, again[name].sort_values(by, ignore_index=True))


@examples(20)
@given(CODINGS, st.sampled_from(NAMES))
def test_leaving_a_study_out_never_raises_a_count(rows: pd.DataFrame, name: str) -> None:
    everyone, others = studies(*NAMES), studies(*(each for each in NAMES if each != name))
    whole = by_factor(rows, everyone).set_index(["factor_id", "direction"])
    less = by_factor(rows[rows["study_id"] != name], others)
    less = less.set_index(["factor_id", "direction"])
    assert (less["studies"] <= whole["studies"]).all()
    assert (whole["studies"] - less["studies"] <= 1).all()
    assert (whole["publications"] >= whole["studies"]).all()


def write(folder: Path, rows: pd.DataFrame, who: pd.DataFrame, made: pd.DataFrame) -> list[Path]:
    paths = [folder / name for name in ("agreed.csv", "studies.csv", "factor_tally.csv")]
    agreed = rows[rows["coder"] == "consensus"]
    for table, path in zip((agreed, who, made), paths, strict=True):
        table.to_csv(path, index=False)
    return paths


@examples(25)
@given(CODINGS)
def test_the_second_count_agrees_with_the_tally(
    tmp_path_factory: pytest.TempPathFactory, rows: pd.DataFrame
) -> None:
    who = studies(*NAMES, secondary=("s1",))
    made = by_factor(rows, who)
    paths = write(tmp_path_factory.mktemp("recount"), rows, who, made)
    confirm_tally(paths[2], recount_factors(paths[0], paths[1]))


def test_a_tally_that_is_off_by_one_fails_the_second_count(tmp_path: Path) -> None:
    rows = codings(("s1", "s1_a", "funding", "barrier", "consensus"))
    made = by_factor(rows, studies("s1"))
    made.loc[(made["factor_id"] == "funding") & (made["direction"] == "barrier"), "studies"] = 2
    paths = write(tmp_path, rows, studies("s1"), made)
    with pytest.raises(RecountError, match="funding barrier: studies 2, recounted 1"):
        confirm_tally(paths[2], recount_factors(paths[0], paths[1]))


@pytest.mark.parametrize("off", [0, 1])
def test_the_results_at_a_cut_are_counted_a_second_time(tmp_path: Path, off: int) -> None:
    rows = codings(
        ("s1", "s1_a", "funding", "barrier", "A"),
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s1", "s1_a", "funding", "barrier", "consensus"),
        ("s1", "s1_b", "funding", "barrier", "consensus"),
        ("s2", "s2_a", "funding", "barrier", "consensus"),
    )
    who = studies("s1", "s2", secondary=("s2",))
    made = by_factor(rows, who)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "tables").mkdir()
    rows.to_csv(tmp_path / "evidence" / "agreed.csv", index=False)
    who.to_csv(tmp_path / "evidence" / "studies.csv", index=False)
    made.assign(secondary=made["secondary"] + off).to_csv(
        tmp_path / "tables" / "factor_tally.csv", index=False
    )
    if not off:
        second_count(tmp_path)
        return
    with pytest.raises(RecountError) as refused:
        second_count(tmp_path)
    lines = str(refused.value).splitlines()
    assert lines[0] == "the tally and the second count disagree:"
    assert lines[1] == "  fit barrier: secondary 1, recounted 0"
    assert "  funding barrier: secondary 2, recounted 1" in lines
    assert len(lines) == 1 + len(CODEBOOK) * len(DIRECTIONS)


def test_a_cell_that_the_tally_lost_fails_the_second_count(tmp_path: Path) -> None:
    rows = codings(("s1", "s1_a", "funding", "barrier", "consensus"))
    made = by_factor(rows, studies("s1"))
    paths = write(tmp_path, rows, studies("s1"), made[made["factor_id"] != "funding"])
    with pytest.raises(RecountError, match="funding barrier: studies is not in the tally"):
        confirm_tally(paths[2], recount_factors(paths[0], paths[1]))


@pytest.mark.parametrize("many", [126, 127, 128, 200])
def test_there_may_be_more_factors_places_programmes_and_studies_than_eight_bits_hold(
    many: int,
) -> None:
    names = [f"name_{n}" for n in range(many)]
    book = pd.DataFrame(dict.fromkeys(("factor_id", "label", "domain", "subdomain"), names))
    rows = codings(*((each, f"{each}_a", each, "enabler", "consensus") for each in names))
    # One cell more, so that the counts of publications, studies and classes are of other groups.
    rows = pd.concat([rows, codings(("name_0", "name_0_a", "name_1", "mixed", "consensus"))])
    who = studies(*names, secondary=("name_0",)).assign(programme=names)
    made = tally_factors(rows, who, book, ["name_1"])
    factors, groups = made["factor_tally"], made["group_tally"]
    places = made["domain_tally"].query("direction == 'any'")
    assert factors["studies"].sum() == factors["publications"].sum() == many + 1
    assert factors["secondary"].sum() == 2
    assert cell(factors, "name_1", "enabler")["study_ids"] == "name_1"
    assert groups[groups["grouping"] == "programme"]["studies"].sum() == many + 1
    assert places.groupby("level")["studies"].sum().tolist() == [many + 1] * 2
    assert (made["matrix"].iloc[:, 1:] != "").to_numpy().sum() == many + 1
