"""How a page or a finding is cited: as a text, and for programs that keep references.

A reference says who made the review (the authors that the config names; where it names none, the
title leads), what the page is called, up to which day its evidence was searched for, which version
of the program made it, under which licence it stands, and its address where the pages are
published. It has no year: the day of a cut is not one of publication, and the day on which a page
is made is not known to it, so that a second run writes the same. Text that is not ours may hold
anything: in BibTeX each sign that LaTeX takes for its own is written as a command, and a value of
either format is one line.
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
from review_synthesis.wording.text import Text, one_line, sentences, verbatim

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
    """What it is called among other references: ``report-2026-11-22``, ``report-2026-11-22-cy``."""
    authors: Sequence[str]
    title: str
    undated: str
    """That it has no date, in short."""
    note: str
    """Up to which day its evidence was searched for, what made it, and its licence."""
    address: str
    """Where it is published, or nothing."""

    @property
    def text(self) -> str:
        """The reference in words."""
        # As in APA style: without an author the date stands behind the title.
        said = [", ".join(self.authors), self.title, self.note]
        said.insert(1 if self.authors else 2, f"({self.undated})")
        stopped = [each if each.endswith((".", "?", "!")) else f"{each}." for each in said if each]
        return " ".join([*stopped, *filter(None, [self.address])])

    @property
    def bib(self) -> str:
        """The reference for BibTeX."""
        authors = " and ".join(f"{{{_latex(each)}}}" for each in self.authors)
        fields = {
            "author": authors,
            "title": f"{{{_latex(self.title)}}}",
            "note": _latex(self.note),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n{''.join(lines)}}}\n"

    @property
    def ris(self) -> str:
        """The reference as RIS, a line for each tag."""
        tagged = [("TY", "ELEC"), *(("AU", each) for each in self.authors), ("TI", self.title)]
        tagged += [("N1", self.note)]
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
    licence: str
    site: str
    cut: str
    folder: str
    """The folder of the pages, from that of the results."""

    @classmethod
    def of(cls, review: ReviewText, cut: str, folder: str) -> Citing:
        """``review`` is the part of the config of that name; see ``Citing``."""
        language = "" if spoken().code == SOURCE else f"{spoken().code}/"
        authors = [one_line(each) for each in review["authors"]]
        licence = one_line(review["licence"])
        return cls(authors, licence, review["site"], cut, f"{folder}{language}")

    def page(self, title: str, page: str) -> Reference:
        """The reference to a page, from its title as it stands in HTML, and its file."""
        return self._reference(page.partition(".")[0], str(Markup(title).unescape()), page)

    def finding(self, label: str, factor: str, direction: str, title: str) -> Reference:
        """The reference to the card of a finding on a page; ``title`` is that of ``page``."""
        within = verbatim(str(Markup(title).unescape()))
        named = _("{finding}. In: {page}", finding=finding_named(label, direction), page=within)
        return self._reference(
            f"finding-{factor}-{direction}", named, finding_address(factor, direction)
        )

    def _reference(self, name: str, title: str, page: str) -> Reference:
        found = _("Evidence up to {day}", day=day_of(self.cut))
        made = _("made with {program} {version}", program=PROGRAM, version=__version__)
        address = address_on(self.site, f"{self.folder}{page}")
        note = Text("; ").join([found, made])
        if self.licence:
            licence = _("Text and tables: {licence}.", licence=verbatim(self.licence))
            note = sentences(note + ".", licence)
        language = "" if spoken().code == SOURCE else f"-{spoken().code}"
        return Reference(
            key=f"{name}-{self.cut}{language}",
            authors=self.authors,
            title=one_line(title),
            # Without a date, as a reference says it in short.
            undated=str(_("n.d.")),
            note=str(note),
            address=address,
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
