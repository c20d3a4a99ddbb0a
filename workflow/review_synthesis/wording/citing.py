"""How a page or a finding is cited: as a text, and for programs that keep references.

A reference says who made the review (the authors that the config names, if any), what the page is
called, up to which day its evidence was searched for, which version of the program made it, and
its address where the pages are published. Text that is not ours may hold anything: in BibTeX each
sign that LaTeX takes for its own is written as a command, and a value of either format is one line.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from review_synthesis import __version__
from review_synthesis.protocol.config import ReviewText
from review_synthesis.tables.vocabulary import finding_address
from review_synthesis.wording.language import SOURCE, _, spoken
from review_synthesis.wording.phrases import day_of, finding_named
from review_synthesis.wording.text import Text, one_line

PROGRAM = "review-synthesis"
AS_COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)
"""What LaTeX takes for its own, as it prints it: a value of BibTeX may hold no lone brace."""
KINDS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}


class Reference(NamedTuple):
    """A page or a finding as it is cited."""

    key: str
    """What it is called among other references: ``report-2026-11-22``."""
    authors: Sequence[str]
    title: str
    day: str
    """Up to which day its evidence was searched for."""
    note: str
    address: str
    """Where it is published, or nothing."""

    @property
    def text(self) -> str:
        """The reference in words."""
        said = [", ".join(self.authors), self.title, self.note]
        stopped = [each if each.endswith((".", "?", "!")) else f"{each}." for each in said if each]
        return " ".join([*stopped, *filter(None, [self.address])])

    @property
    def bib(self) -> str:
        """The reference for BibTeX."""
        authors = " and ".join(f"{{{_latex(each)}}}" for each in self.authors)
        fields = {
            "author": authors,
            "title": f"{{{_latex(self.title)}}}",
            "year": self.day[:4],
            "date": self.day,
            "note": _latex(self.note),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n{''.join(lines)}}}\n"

    @property
    def ris(self) -> str:
        """The reference as RIS, a line for each tag."""
        tagged = [("TY", "ELEC"), *(("AU", each) for each in self.authors), ("TI", self.title)]
        tagged += [("PY", self.day[:4]), ("DA", self.day.replace("-", "/")), ("N1", self.note)]
        tagged += [("UR", self.address)] if self.address else []
        return "".join(f"{tag}  - {value}\n" for tag, value in [*tagged, ("ER", "")])

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """The files to keep: the name of the format, that of the file, and the address of it.

        The file is in its address, so that it needs neither a network nor a script.
        """
        return [
            (name, f"{self.key}.{kind}", f"data:{KINDS[kind]};base64,{_encoded(content)}")
            for name, kind, content in (("BibTeX", "bib", self.bib), ("RIS", "ris", self.ris))
        ]


class Citing(NamedTuple):
    """What the references to all pages of a cut share."""

    authors: Sequence[str]
    site: str
    cut: str
    folder: str
    """The folder of the pages, from that of the results."""

    @classmethod
    def of(cls, review: ReviewText, cut: str, folder: str) -> Citing:
        """``review`` is the part of the config of that name; see ``Citing``."""
        language = "" if spoken().code == SOURCE else f"{spoken().code}/"
        authors = [one_line(each) for each in review["authors"]]
        return cls(authors, review["site"], cut, f"{folder}{language}")

    def page(self, title: str, page: str) -> Reference:
        """The reference to a page, from its title as it stands in HTML, and its file."""
        return self._reference(page.partition(".")[0], str(Markup(title).unescape()), page)

    def finding(self, label: str, factor: str, direction: str) -> Reference:
        """The reference to the card of a finding."""
        name = f"finding-{factor}-{direction}"
        return self._reference(
            name, finding_named(label, direction), finding_address(factor, direction)
        )

    def _reference(self, name: str, title: str, page: str) -> Reference:
        found = _("Evidence found by searches to {day}", day=day_of(self.cut))
        made = _("made with {program} {version}", program=PROGRAM, version=__version__)
        address = address_on(self.site, f"{self.folder}{page}")
        note = Text("; ").join([found, made])
        return Reference(
            f"{name}-{self.cut}", self.authors, one_line(title), self.cut, str(note), address
        )


def address_on(site: str, page: str = "") -> str:
    """The address of a page, from the folder of the results, where these are published at ``site``.

    Nothing where they are published nowhere.
    """
    return f"{site.rstrip('/')}/{page}" if site else ""


def _latex(text: str) -> str:
    return text.translate(AS_COMMANDS)


def _encoded(content: str) -> str:
    return base64.b64encode(content.encode()).decode()
