"""The file of a config that YAML would take silently, and choices that cannot be meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from review_synthesis.protocol.config import (
    ProtocolError,
    check_protocol,
    read_protocol,
    refuse_unclear,
    with_defaults,
)
from review_synthesis.protocol.document import DocumentError, read_document

SHIPPED = Path(__file__).parents[2] / "config" / "config.yaml"
BOMB = "a: &a [x, x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: 'a' stands on line 1 already. Keep one of the two."),
        ("a: {b: 1, b: 2}\n", "line 1: 'b' stands on line 1 already."),
        ("a:\n  - b: 1\n    c: 2\n    b: 1\n", "line 4: 'b' stands on line 2 already."),
        (BOMB, "line 2: '*a' is an alias. Write it out there."),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "line 3: '*x' is an alias."),
        ("a: 010\n", "line 1: '010' would be read as 8. Write the number in plain digits."),
        ("a: 1_000\n", "line 1: '1_000' would be read as 1000."),
        ("a: 0x10\n", "line 1: '0x10' would be read as 16."),
        ("a: 1:30\n", "line 1: '1:30' would be read as 90."),
        ("a: 2026-02-31\n", "cannot be read as YAML: day is out of range for month"),
        ("a: " + "[" * 5000, "cannot be read as YAML: it is nested too deeply"),
        ("a: 1\n---\na: 2\n", "cannot be read as YAML: expected a single document"),
        ("a: \x00\n", "cannot be read as YAML"),
        ("a: " + "x" * 1_000_001, "holds 1,000,004 bytes: more than 1,000,000 is no config"),
        ("- a\n", "holds no choices"),
        ("a:\n  no: b\n", "line 2: the name 'no' would be read as another thing than text. Write"),
        ("a:\n  b: 1\n  2024: c\n", "line 3: the name '2024' would be read as another thing"),
        ("2024-01-01: b\n", "line 1: the name '2024-01-01'"),
    ],
)
def test_a_file_that_can_be_read_in_two_ways_is_refused_with_its_line(
    tmp_path: Path, text: str, says: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(DocumentError) as refused:
        read_document(path)
    assert str(refused.value).startswith(str(path))
    assert says in str(refused.value)
    with pytest.raises(DocumentError):
        refuse_unclear([tmp_path / "not_there.yaml", path])


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_bytes("a: Müller".encode("cp1252"))
    with pytest.raises(DocumentError, match="is not UTF-8"):
        read_document(path)


def changed(place: str, value: Any) -> dict[str, Any]:
    """The shipped choices with another value at a place such as ``review.limits.0``."""
    config: dict[str, Any] = yaml.safe_load(SHIPPED.read_text("utf-8"))
    *parts, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    inside: Any = config
    for part in parts:
        inside = inside[part]
    inside[last] = value
    return config


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        ("frequency_rule.min_studies", 3.0, "min_studies: 3.0 is not of type 'integer'"),
        ("frequency_rule.min_studies", True, "min_studies: True is not of type 'integer'"),
        ("frequency_rule.version", 1.0, "version: 1.0 is not of type 'integer'"),
        ("frequency_rule.min_share", float("nan"), "min_share: nan is not of type 'number'"),
        ("frequency_rule.min_share", float("inf"), "min_share: inf"),
        ("frequency_rule.max_mixed", float("nan"), "max_mixed: nan"),
        ("searches", ["2026-02-31"], "searches.0: '2026-02-31' is no day of the calendar"),
        ("searches", ["2023-02-29"], "searches.0: '2023-02-29' is no day of the calendar"),
        ("review.question", "", "review.question: the text is blank"),
        ("review.question", "  \n", "review.question: the text is blank"),
        ("review.limits.0", " ", "review.limits.0: the text is blank"),
        ("review.brief.aim", "\t", "review.brief.aim: the text is blank"),
        ("review.brief.background", [""], "review.brief.background.0: the text is blank"),
        ("review.domains", ["a", "A "], "'a' and 'A ' are one name in two spellings"),
        ("review.question", "a\u202eb", "review.question: character 2 is U+202E"),
        ("review.citation", "MÃ¼ller", "review.citation: 'Ã¼' at character 2 looks like 'ü'"),
        ("review.limits.1", "a\u200bb", "review.limits.1: character 2 is U+200B"),
        ("frequency_rule.top_word", "Not  reported", "top_word: another step is called so"),
        (
            "vocabularies",
            {
                "exclusion_reasons": {
                    "a": {"label": "too old", "stage": "screening"},
                    "b": {"label": "Too old", "stage": "full_text"},
                }
            },
            "exclusion_reasons: two have the label 'too old'",
        ),
        ("frequency_rule.min_studis", 3, "Did you mean 'min_studies' by 'min_studis'?"),
        ("serches", [], "Did you mean 'searches' by 'serches'?"),
        ("review.brief.limit", [], "Did you mean 'limits' by 'limit'?"),
    ],
)
def test_a_choice_that_cannot_be_meant_is_refused(place: str, value: Any, says: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        check_protocol(changed(place, value))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("vocabularies.places", []),  # any text is a place
        ("frequency_rule.min_share", 0),
        ("review.question", "What of {cut}, {wildcards.cut} and {{x}}?"),
        ("review.citation", "Müller Ł (2023). “Étude” – 中文."),
    ],
)
def test_what_is_odd_but_can_be_meant_passes_as_it_stands(place: str, value: Any) -> None:
    assert check_protocol(changed(place, value)) == with_defaults(changed(place, value))


def test_the_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8").replace("min_studies: 3 ", "min_studies: 3.0 ")
    with pytest.raises(ProtocolError, match=r"^/.*other\.yaml is not as it should be") as refused:
        read_protocol(written(tmp_path, text))
    assert "config/config.yaml" not in str(refused.value)
