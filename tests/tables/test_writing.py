"""What no text may hold, in what honest text is not disturbed, and one name in two spellings."""

from __future__ import annotations

import pytest
from review_synthesis.tables.writing import difference, fold, oddity


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lost \ufffd", "character 6 is U+FFFD (replacement character)"),
        ("a\x00b", "character 2 is U+0000 (control character)"),
        ("a\x0bb", "character 2 is U+000B (control character)"),
        ("a\x1b[31m", "character 2 is U+001B (control character)"),
        ("a\x85b", "character 2 is U+0085 (control character)"),
        ("x\ufeffy", "character 2 is U+FEFF (zero width no-break space)"),
        ("a\u202eb", "character 2 is U+202E (right-to-left override)"),
        ("a\u2066b", "character 2 is U+2066 (left-to-right isolate)"),
        ("zero\u200bwidth", "character 5 is U+200B (zero width space)"),
        ("so\xadft", "character 3 is U+00AD (soft hyphen)"),
        ("a\U000e0041", "character 2 is U+E0041 (tag latin capital letter a)"),
        ("a\ufe0f", "character 2 is U+FE0F (variation selector-16)"),
        ("\U0001f600\U000e0100\U000e0101", "character 3 is U+E0101 (variation selector-18)"),
        ("a\u2028b", "character 2 is U+2028 (line separator)"),
        ("\ue000", "character 1 is U+E000 (private-use character)"),
        ("a\u3164b", "character 2 is U+3164 (hangul filler)"),
        ("a\u200db", "character 2 is U+200D (zero width joiner)"),
        ("left\u200e to right", "character 5 is U+200E (left-to-right mark)"),
        ("a\x07b\x07", "character 2 is U+0007 (control character), and 1 more"),
        ("＝1+1", "it begins with U+FF1D (fullwidth equals sign), which a spreadsheet may run"),
        ("＠SUM", "it begins with U+FF20 (fullwidth commercial at)"),
        ("﹣1", "it begins with U+FE63 (small hyphen-minus)"),
        ("MÃ¼ller", "'Ã¼' at character 2 looks like 'ü' read in a wrong encoding"),
        ("M├╝ller", "'├╝' at character 2 looks like 'ü' read in a wrong encoding"),
        ("M√ºller", "'√º' at character 2 looks like 'ü' read in a wrong encoding"),
        ("MĂĽller", "'ĂĽ' at character 2 looks like 'ü' read in a wrong encoding"),
        ("MГјller", "'Гј' at character 2 looks like 'ü' read in a wrong encoding"),
        ("donΓÇÖt", "'ΓÇÖ' at character 4 looks like '’' read in a wrong encoding"),
        ("don‚Äôt", "'‚Äô' at character 4 looks like '’' read in a wrong encoding"),
        (
            "РџСЂРёРІРµС‚",
            "'РџСЂРёРІРµС‚' at character 1 looks like 'Привет' read in a wrong encoding",
        ),
        ("Brаun", "character 3 is U+0430 (cyrillic small letter a) in a word of another alphabet"),
        ("Приvет", "character 4 is U+0076 (latin small letter v) in a word of another alphabet"),
        (
            "a Βook",
            "character 3 is U+0392 (greek capital letter beta) in a word of another alphabet",
        ),
        ("donâ€™t", "'â€™' at character 4 looks like '’' read in a wrong encoding"),
        ("20 Â°C", "'Â°' at character 4 looks like '°'"),
        ("â‚¬5", "'â‚¬' at character 1 looks like '€'"),
        ("Ã–sterreich", "'Ã–' at character 1 looks like 'Ö'"),
        ("cittÃ\u00a0di", "looks like 'à'"),
        ("MÃƒÂ¼ller", "'ÃƒÂ¼' at character 2 looks like 'Ã¼'"),
        ("ÐœÐ¾ÑÐºÐ²Ð°", "looks like 'Мо'"),
        ("ðŸ˜€", "looks like '😀'"),
        ("ï¿½", "looks like '�'"),
        ("Lamps\u200f", "character 6 is U+200F (right-to-left mark)"),
        ("a\u061cb", "character 2 is U+061C (arabic letter mark)"),
        *(
            (each, f"'{each}' at character 1 is what a spreadsheet left")
            for each in ("#N/A", "#NAME?", "#BEZUG!", "#VALEUR!", "#DIV/0!", "######")
        ),
        ("a line_x000D_", "'_x000D_' at character 7 is what a spreadsheet left"),
    ],
)
def test_what_cannot_be_seen_or_was_misread_is_told_by_its_name(text: str, says: str) -> None:
    found = oddity(text)
    assert found is not None
    assert says in found.says
    assert found.hint
    assert found.says.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        *("", "Müller", "Łukasz", "Tŷ Gŵyl", "São Paulo", "naïve — “x” … ’s", "½ m² ≤ 3 €"),
        # A capital with an accent before a quotation mark or a space, an ångström with a power.
        *("“Å”", "CAFÉ”", "«CAFÉ»", "«Spaß»", "IRMÃ”", "IRMÃ\u00a0MARIA", "AMANHÃ…", "É’s"),
        *("5 Å²", "Å·", "le café»…", "« À »", "Â"),
        # Letters that are misread UTF-8 in another code page, and two alphabets side by side.
        *("PĂŞUNE", "Різний", "“Ça va”", "—État", "„‚Äpfel‘", "Ţară; Ştefan", "x ≈ 3, √2"),
        *("IFNγ, TGFβ and µm", "COVID-19-инфекция", "ΑΒΓ", "Αθήνα Athens", "ΔT"),
        # Where a script needs what is refused elsewhere.
        *("می\u200cخواهم", "क्\u200dष", "שלום\u200f", "中文", "葛\U000e0100", "Αθήνα", "Москва"),
        # Emoji: joined, of two looks, a keycap, the flag of Wales.
        *("👩\u200d🔬", "❤\ufe0f\u200d🔥", "1\ufe0f\u20e3", "©\ufe0f"),
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        *("two\nlines\tand a tab", "a = 1", "1＝1", "#NAME? is shown", "#1", "x_000_y"),
    ],
)
def test_honest_text_of_any_script_passes(text: str) -> None:
    assert oddity(text) is None


@pytest.mark.parametrize(
    ("name", "other", "differ"),
    [
        ("Young carers", "young carers", "capital letters"),
        ("Young carers", "Young  carers", "spaces"),
        ("Young carers", "Young\u00a0carers", "spaces"),
        ("Zoë", "Zoe\u0308", "how a letter with an accent is put together"),
        ("Young carers", "Young\u200b carers", "characters that look alike or are not seen"),
        ("children’s", "children's", "characters that look alike or are not seen"),
        ("co-production", "co‐production", "characters that look alike or are not seen"),
        ("ABC", "ＡＢＣ", "characters that look alike or are not seen"),
    ],
)
def test_two_spellings_of_a_name_are_one_name(name: str, other: str, differ: str) -> None:
    assert fold(name) == fold(other)
    assert difference(name, other) == differ


@pytest.mark.parametrize(("name", "other"), [("Round 1", "Round 2"), ("Zoë", "Zoe"), ("a", "á")])
def test_two_names_stay_two(name: str, other: str) -> None:
    assert fold(name) != fold(other)
