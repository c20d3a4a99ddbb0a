"""What tests of translations share: the catalogue of Welsh, and entries of made-up ones."""

from __future__ import annotations

from review_synthesis.wording.language import (
    catalogue_of,
    catalogues,
)

CY = catalogue_of("cy")
HEAD = CY.read_text("utf-8").partition("\n\n")[0]
CODES = [path.stem for path in catalogues()]
FORMS = ["other", "1", "2", "3", "6"]  # the order of the forms in the head of the Welsh catalogue


def entry(english: str, translation: str, context: str = "", fuzzy: bool = False) -> str:
    """An entry of a catalogue."""
    mark = "#, fuzzy\n" if fuzzy else ""
    context = f'msgctxt "{context}"\n' if context else ""
    return f'{mark}{context}msgid "{english}"\nmsgstr "{translation}"'


def plural_entry(one: str, many: str, *forms: str) -> str:
    """An entry of a catalogue that has a form for each kind of number."""
    said = "\n".join(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))
    return f'msgid "{one}"\nmsgid_plural "{many}"\n{said}'
