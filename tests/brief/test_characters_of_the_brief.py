"""What no font of the brief has is refused, and what stands in for its font is set. Made up."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from briefs import factors, made_of, made_up, text_of_pdf


@pytest.mark.parametrize("sign", ["中", "👪", "\x07"])
def test_what_no_font_of_the_brief_has_is_refused_by_name(sign: str) -> None:
    """PDF/UA allows no such character, and without it a word would be another one."""
    says = rf"fonts of the brief .*\(U\+{ord(sign):04X}, .* in 'a.b'"
    with pytest.raises(ValueError, match=says):
        made_of(named(f"a{sign}b"))


@pytest.mark.parametrize("label", ["دعم الإدارة", "תמיכה", "o\u0302 Σ"])
def test_what_stands_in_for_the_font_of_the_brief_has_it(label: str) -> None:
    """Arabic is read out of a PDF in the order of its look, so that its letters are compared."""
    text = unicodedata.normalize("NFKC", text_of_pdf(made_of(named(label))))
    assert set(unicodedata.normalize("NFKC", label)) - {" "} <= set(text)


def named(label: str) -> dict[str, Any]:
    """The documents of one finding, every factor of the same name."""
    only = (factors()[0], "enabler")
    made = json.loads(json.dumps(made_up({only: 4}, [only])))
    for cells in made["findings.json"]["findings"].values():
        for cell in cells.values():
            cell["label"] = label
    return dict(made)
