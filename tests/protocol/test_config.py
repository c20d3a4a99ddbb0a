"""The choices of the protocol are checked first, and all that is wrong is said at once."""

from __future__ import annotations

import copy
import datetime
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Required, get_args, get_origin, get_type_hints, is_typeddict

import pytest
import yaml
from review_synthesis.protocol.config import (
    SCHEMA,
    Protocol,
    ProtocolError,
    check_protocol,
    read_protocol,
    with_defaults,
)

CONFIG = Path(__file__).parents[2] / "config" / "config.yaml"
TYPES = {
    "boolean": bool,
    "integer": int,
    "number": float,
    "string": str,
}


def config() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(CONFIG.read_text("utf-8"))
    return copy.deepcopy(read)


def refusal(changed: dict[str, Any]) -> str:
    with pytest.raises(ProtocolError) as refused:
        check_protocol(changed)
    return str(refused.value)


def test_the_shipped_choices_are_accepted() -> None:
    assert read_protocol(CONFIG) == with_defaults(config())


def test_what_a_config_does_not_say_is_as_the_defaults_say_and_a_list_is_a_whole() -> None:
    reason = {"made_up": {"label": "made up", "stage": "screening"}}
    chosen = {"searches": ["2026-01-01"], "review": {"question": "What?"}}
    made = check_protocol(
        {**chosen, "vocabularies": {"exclusion_reasons": reason, "places": ["Mali"]}}
    )
    assert (made["review"]["role"], made["coding"]) == ("own", "double")
    assert made["vocabularies"]["exclusion_reasons"] == reason
    assert made["vocabularies"]["places"] == ["Mali"]
    assert "full_text" in made["vocabularies"]["bases"]
    assert made["frequency_rule"]["min_studies"] == 3


def test_a_rule_is_declared_as_a_whole_or_not_at_all() -> None:
    changed = config()
    del changed["frequency_rule"]["max_mixed"]
    assert "frequency_rule: 'max_mixed' is a required property" in refusal(changed)


def test_the_model_of_the_choices_has_the_parts_that_the_schema_asks_for() -> None:
    schema = yaml.safe_load(SCHEMA.read_text("utf-8"))

    def asked(part: dict[str, Any]) -> Any:
        """A part of the schema: an array is a list of one."""
        part = {**schema["$defs"].get(part.get("$ref", "").removeprefix("#/$defs/"), {}), **part}
        of = part.get("type", "string")  # the words of an enum
        if isinstance(of, list):
            return tuple(asked({**part, "type": each}) for each in of)
        if of == "array":
            return [asked(part["items"])]
        if of != "object":
            return TYPES[of]
        if "properties" not in part:
            return {"any name": asked(part["additionalProperties"])}
        assert part["additionalProperties"] is False
        return {name: asked(each) for name, each in part["properties"].items()}

    def typed(model: Any) -> Any:
        """A type of the model, told as ``asked`` tells a part of the schema."""
        if is_typeddict(model):
            hints = get_type_hints(model, include_extras=True)
            return {name: typed(each) for name, each in hints.items()}
        if get_origin(model) is Required:
            return typed(*get_args(model))
        within = [typed(each) for each in get_args(model)]
        if get_origin(model) is dict:
            return {"any name": within[1]}
        return within if get_origin(model) is list else tuple(within) or model

    assert typed(Protocol) == asked(schema)


def test_checking_the_choices_imports_no_tables_and_no_figures() -> None:
    code = (
        "import sys, yaml; from review_synthesis.protocol.config import check_protocol;"
        f"check_protocol(yaml.safe_load(open({str(CONFIG)!r})));"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "numpy", "pandera", "matplotlib", "rispy"} & set(told.stdout.split())


def test_a_date_without_quotation_marks_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG.read_text("utf-8").replace('"2026-11-22"', "2026-11-22"))
    assert read_protocol(path)["searches"] == ["2022-11-17", "2026-11-22"]


def test_all_that_is_wrong_is_said_at_once() -> None:
    changed = config()
    changed["frequency_rule"]["min_share"] = 1.5
    changed["frequency_rule"]["min_studis"] = 3
    del changed["review"]
    says = refusal(changed)
    assert "frequency_rule.min_share: 1.5 is greater than the maximum of 1" in says
    assert "'min_studis' was unexpected" in says
    assert "'review' is a required property" in says


@pytest.mark.parametrize("wrong", ["November", "2026-13-01", "2026-1-1", ""])
def test_a_search_is_named_for_a_date(wrong: str) -> None:
    assert "searches.2" in refusal(config() | {"searches": ["2022-11-17", "2026-11-22", wrong]})


@pytest.mark.parametrize(
    "site",
    ["", "https://example.org", "https://example.org/", "https://a-b.example:8443/made_up/v1.0/"],
)
def test_the_address_of_the_pages_is_one_of_the_web(site: str) -> None:
    changed = config()
    changed["review"]["site"] = site
    assert check_protocol(changed)["review"]["site"] == site


@pytest.mark.parametrize(
    "site",
    [
        *("http://example.org/", "example.org", "https://", "https:///x", "ftp://example.org"),
        *("https://me@example.org/", "https://example.org/?a=b", "https://example.org/#a"),
        *("https://example.org/a b", "https://example.org/../x", "https://example.org//x"),
        *("https://example.org/\n", "javascript:alert(1)", 'https://example.org/"'),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused_with_what_one_is(site: str) -> None:
    changed = config()
    changed["review"]["site"] = site
    says = refusal(changed)
    assert "review.site: " in says
    assert "an address that begins with https://" in says


def test_searches_go_from_the_oldest_to_the_newest() -> None:
    says = refusal(config() | {"searches": ["2026-11-22", "2022-11-17"]})
    assert "from the oldest to the newest: 2022-11-17, 2026-11-22" in says


def test_a_review_without_a_search_is_new_and_is_told_how_to_go_on() -> None:
    says = refusal(config() | {"searches": []})
    assert "searches: there is none yet. Begin one with the last publication date" in says
    assert check_protocol(config() | {"searches": []}, may_be_first=True)["searches"] == []


@pytest.mark.parametrize("wrong", [None, "2022-11-17"])
def test_searches_are_a_list(wrong: object) -> None:
    says = refusal(config() | {"searches": wrong})
    assert re.search("searches: .+ is not of type 'array'", says)


def test_a_stage_that_is_none_is_refused_with_the_stages() -> None:
    changed = config()
    reason = {"not_found": {"label": "not found", "stage": "late"}}
    changed["vocabularies"]["exclusion_reasons"] = reason
    says = refusal(changed)
    place = "vocabularies.exclusion_reasons.not_found.stage"
    assert f"{place}: 'late' is not one of ['screening', 'full_text', " in says


@pytest.mark.parametrize("text", ["", "- a list", "searches: ["])
def test_a_file_that_holds_no_choices_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(ProtocolError, match=r"config\.yaml"):
        read_protocol(path)


def test_a_rule_under_its_former_name_is_told_how_to_be_written_now() -> None:
    changed = config()
    del changed["frequency_rule"]
    changed["consensus_rule"] = {
        **{"version": 1, "min_studies": 4, "min_share": 0.15, "max_contradicting": 0.2},
    }
    says = refusal(changed).splitlines()
    assert says[1].startswith("  consensus_rule: it is called frequency_rule now")
    assert says[2:] == [
        "    frequency_rule:",
        "      version: 2",
        "      min_studies: 4",
        "      min_share: 0.15",
        "      max_mixed: 0.2",
        "      top_word: often reported",
    ]


def test_what_is_wrong_with_a_rule_under_its_former_name_is_told_as_well() -> None:
    changed = config()
    changed["consensus_rule"] = {"version": 1, "min_studies": 0, "min_share": 0.15}
    del changed["frequency_rule"]
    says = refusal(changed)
    assert "frequency_rule: 'max_mixed' is a required property" in says
    assert "frequency_rule.min_studies: 0 is less than the minimum of 1" in says


def implied(**changed: Any) -> dict[str, Any]:
    """A made-up config in which somebody wrote what a finding could mean."""
    entry = {"factor": "money", "direction": "barrier", "by": "A. Person", "date": "2026-02-01"}
    entry |= {"leaders": ["Ask for more."], **changed}
    return {"searches": [], "review": {"question": "What?", "implications": [entry]}}


def test_implications_say_of_what_finding_by_whom_and_when_also_with_a_date_of_yaml() -> None:
    made = check_protocol(implied(date=datetime.date(2026, 2, 1)), may_be_first=True)
    assert made["review"]["implications"] == implied()["review"]["implications"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"direction": "mixed"}, "implications.0.direction: 'mixed' is not one of"),
        ({"by": " "}, "implications.0.by: the text is blank"),
        ({"leaders": []}, "implications.0.leaders: [] should be non-empty"),
        ({"date": "spring"}, "implications.0.date: 'spring' is no day of the calendar"),
        ({"leadres": ["x"]}, "Did you mean 'leaders' by 'leadres'?"),
    ],
)
def test_implications_that_are_not_as_they_should_be_are_refused(
    changed: dict[str, Any], says: str
) -> None:
    assert says in refusal(implied(**changed))


def test_implications_for_nobody_and_two_of_one_finding_are_refused() -> None:
    nobody, twice = implied(), implied()
    del nobody["review"]["implications"][0]["leaders"]
    assert "review.implications.0: " in refusal(nobody)
    twice["review"]["implications"] *= 2
    says = refusal(twice)
    assert "implications.1: money as barrier stands in review.implications.0 too" in says
