"""What no font has is refused by name; a name that runs from right to left stands isolated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from review_synthesis.wording.fonts import (
    DEJAVU,
    UnwritableError,
    characters_of,
    refuse_at_once,
    refuse_unwritable,
)
from review_synthesis.wording.language import _, n_, p_, speaking
from review_synthesis.wording.phrases import finding_named, listed, mid_sentence, sentence_case
from review_synthesis.wording.text import Text, english, isolated, strong, verbatim

KNOWN = characters_of(*DEJAVU)
ARABIC, HEBREW = "دعم", "תמיכה"


@pytest.mark.parametrize(
    "text",
    ["Ŵyth ŷ", "e\u0301", "Σύστημα", "Підтримка", ARABIC, HEBREW, "😀", "a\u200db", "\u2068a"],
)
def test_what_the_fonts_have_is_written(text: str) -> None:
    refuse_unwritable([text], KNOWN, "the figure")


@pytest.mark.parametrize(
    ("character", "says"),
    [
        ("政", r"'政' \(U\+653F, cjk unified ideograph-653f\) in 'Support: 政'"),
        ("ผ", r"'ผ' \(U\+0E1C, thai character pho phung\) in 'Support: ผ'"),
        ("👪", r"'👪' \(U\+1F46A, family\) in 'Support: 👪'"),
        ("𠀀", r"'𠀀' \(U\+20000, cjk unified ideograph-20000\)"),
        ("\ufffe", r"'�' \(U\+FFFE, no name\) in 'Support: �'"),
        ("\x1b", r"'�' \(U\+001B, no name\) in 'Support: �'"),
    ],
)
def test_what_they_lack_is_told_with_its_text_the_shortest(character: str, says: str) -> None:
    texts = [f"Most report Support: {character} (3)", f"Support: {character}", "Support"]
    with pytest.raises(ValueError, match=rf"^the fonts of the figure do not have {says}"):
        refuse_unwritable(texts, KNOWN, "the figure")


def test_all_that_is_lacking_is_told_at_once_but_no_more_than_can_be_read() -> None:
    with pytest.raises(ValueError, match=r"'政' .*; '府' .* in '府x'") as told:
        refuse_unwritable(["政", "府x"], KNOWN, "the brief")
    assert "more texts" not in str(told.value)
    many = [chr(0x4E00 + n) for n in range(23)]
    with pytest.raises(ValueError, match="; and others in 3 more texts"):
        refuse_unwritable(many, KNOWN, "the brief")


def test_what_several_pictures_lack_is_told_at_once_each_text_once() -> None:
    refused = []
    for where, texts in {"a": ["a 政"], "b": ["Most say 政", "府"], "c": ["x"]}.items():
        try:
            refuse_unwritable(texts, KNOWN, f"the figure '{where}'")
        except UnwritableError as error:
            refused.append(error)
    with pytest.raises(
        UnwritableError, match=r"^the fonts of the figure 'a', the figure 'b'"
    ) as told:
        refuse_at_once(refused)
    assert "in 'a 政'; '府'" in str(told.value)
    assert "Most say" not in str(told.value)
    refuse_at_once([])


@pytest.mark.parametrize("name", [ARABIC, HEBREW, f"Time {ARABIC}", "\U0001e900"])
def test_a_name_that_runs_from_right_to_left_keeps_its_direction_beside_a_number(name: str) -> None:
    said = _("{factor} ({studies})", factor=p_("factor", name), studies=Text("3 studies"))
    assert said.__html__().startswith(f"<bdi>{name}</bdi> (3 studies)")
    assert said == f"\u2068{name}\u2069 (3 studies)"
    assert said.markdown() == said
    assert "".join(str(run["text"]) for run in said.printed()) == said


def test_it_is_isolated_once_wherever_it_is_said() -> None:
    for said in (isolated(isolated(ARABIC)), p_("factor", ARABIC), isolated(verbatim(ARABIC))):
        assert said.__html__().count("<bdi>") == 1
    assert verbatim(ARABIC).__html__() == f'<span data-text=""><bdi>{ARABIC}</bdi></span>'.replace(
        '=""', ""
    )
    assert english(ARABIC).__html__().count("<bdi>") == 1
    assert strong(p_("factor", ARABIC)).__html__() == f"<strong><bdi>{ARABIC}</bdi></strong>"
    assert listed([ARABIC, HEBREW]) == f"\u2068{ARABIC}\u2069 and \u2068{HEBREW}\u2069"
    assert mid_sentence(p_("factor", ARABIC)) == sentence_case(isolated(ARABIC))
    assert finding_named(ARABIC, "barrier").__html__() == f"<bdi>{ARABIC}</bdi> as a barrier"
    with speaking("cy"):
        assert p_("factor", ARABIC).__html__().count("<bdi>") == 1
        assert n_("{n} study", "{n} studies", 2).__html__().count("<bdi>") == 0


@pytest.mark.parametrize("name", ["Time", "Ŵyth", "Система", "中", ""])
def test_any_other_name_stands_as_it_is(name: str) -> None:
    assert isolated(name) == name
    assert "bdi" not in isolated(name).__html__()


@pytest.mark.parametrize(
    "settings", [b"font.family: M\xfcller\n", b"backend: nonsense\naxes.grid: x\n", b"\x00"]
)
@pytest.mark.parametrize("room", ["brief.forms"])
def test_settings_of_the_folder_and_the_environment_are_not_read(
    tmp_path: Path, settings: bytes, room: str
) -> None:
    """Neither does a page fail for them, nor is anything said of them."""
    (tmp_path / "matplotlibrc").write_bytes(settings)
    program = f"import review_synthesis.{room}, matplotlib as m; print(m.rcParams['font.size'])"
    package = str(Path(__file__).parents[2] / "workflow")
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": package, "MPLBACKEND": "nonsense"},
    )  # fmt: skip
    assert (told.returncode, told.stdout, told.stderr) == (0, "10.0\n", "")
