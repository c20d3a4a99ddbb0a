"""What the fonts of figures and of the brief can write; a text with anything else is refused.

A character that a font lacks would be a box in a picture and nothing at all in a PDF. DejaVu Sans,
which matplotlib ships, has Latin, Greek, Cyrillic, Arabic, Hebrew, Georgian, Armenian and many
signs; no kept package of Python has one style of type for the other scripts. So a name in one of
them is told, with the character, and not drawn without it.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import chdir
from functools import cache
from pathlib import Path

from review_synthesis.wording.text import POP_ISOLATE, START_ISOLATE

# matplotlib takes settings in where it is imported: those in the folder that one stands in before
# all others, and a backend that it does not know ends the import.
_backend = os.environ.pop("MPLBACKEND", None)
with chdir(Path(__file__).parent / "settings"):
    import matplotlib
    from matplotlib.ft2font import FT2Font, LoadFlags
if _backend is not None:
    os.environ["MPLBACKEND"] = _backend

DEJAVU = [
    Path(matplotlib.get_data_path(), "fonts", "ttf", name)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
]
UNSEEN = frozenset(map(ord, START_ISOLATE + POP_ISOLATE + "\n"))
NAMED_MOST, LONGEST = 20, 100


@cache
def characters_of(*fonts: Path) -> frozenset[int]:
    """The characters that all of the fonts have, by their numbers in Unicode."""
    return frozenset.intersection(*(frozenset(FT2Font(str(each)).get_charmap()) for each in fonts))


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text of so many points in DejaVu Sans, in inches."""
    font = _font(DEJAVU[bold])
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    width, _height = font.get_width_height()
    return width / 64 * size / 100 / 72


@cache
def _font(file: Path) -> FT2Font:
    font = FT2Font(str(file))
    font.set_size(100, 72)
    return font


class UnwritableError(ValueError):
    """Raised with all texts that have a character which the fonts of ``where`` lack."""

    def __init__(self, where: str, lacking: Mapping[str, str]) -> None:
        """``lacking`` has by what is lacking the text that is told."""
        self.where, self.lacking = where, lacking
        told = [
            f"{', '.join(map(_named, each))} in '{_shown(text)}'" for each, text in lacking.items()
        ]
        more = len(told) - NAMED_MOST
        others = [f"and others in {more} more texts"] if more > 0 else []
        super().__init__(
            f"the fonts of {where} do not have {'; '.join([*told[:NAMED_MOST], *others])}. Write "
            "these names in letters that DejaVu Sans has, such as Latin, Greek, Cyrillic, Arabic "
            "or Hebrew ones."
        )


def refuse_unwritable(texts: Iterable[str], known: frozenset[int], where: str) -> None:
    """Raise ``UnwritableError`` where a text has a character that is not ``known``."""
    lacking: list[tuple[str, str]] = []
    writable = known | UNSEEN
    for text in texts:
        unknown = "".join(sorted({each for each in text if ord(each) not in writable}))
        lacking += [(unknown, text)] if unknown else []
    if lacking:
        raise UnwritableError(where, _shortest(lacking))


def refuse_at_once(refused: Sequence[UnwritableError]) -> None:
    """Raise what was refused of several pictures as one ``UnwritableError``, if anything was."""
    if refused:
        where = ", ".join(each.where for each in refused)
        raise UnwritableError(
            where, _shortest(pair for each in refused for pair in each.lacking.items())
        )


def _shortest(lacking: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of texts that lack the same, such as a name and the sentences with it, the shortest."""
    told: dict[str, str] = {}
    for unknown, text in lacking:
        told[unknown] = min(told.get(unknown, text), text, key=len)
    return told


def _named(character: str) -> str:
    name = unicodedata.name(character, "no name").lower()
    return f"'{_shown(character)}' (U+{ord(character):04X}, {name})"


def _shown(text: str) -> str:
    """A text as a terminal can show it, not too much of it."""
    printable = "".join(each if each.isprintable() else "�" for each in text.strip())
    return printable if len(printable) <= LONGEST else f"{printable[: LONGEST - 1]}…"
