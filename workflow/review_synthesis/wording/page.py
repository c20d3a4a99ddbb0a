"""What all pages share: their frame, their look and script, and that data is text.

A page is one file that opens from disk: its style, script and figures are in it, it asks for
nothing from anywhere, and its Content-Security-Policy lets the browser take only what is in it,
by the hash of the style and of the script. All that comes from data is escaped by Jinja.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from review_synthesis.tables.doi import PREFIX, doi_address
from review_synthesis.wording.citing import Citing
from review_synthesis.wording.how_found import how_found
from review_synthesis.wording.ladder import judged, measure, often, top_step
from review_synthesis.wording.language import SOURCE, _, drafted, n_, p_, spoken
from review_synthesis.wording.phrases import (
    day_in_time,
    drafted_note,
    finding_named,
    levels_of_methods,
    listed,
    mixed_or_none,
    of_studies,
    publications_of,
    sentence_case,
    strength_in_words,
    studies_of,
)
from review_synthesis.wording.text import Number, Text, english, plain, verbatim, wrapped
from review_synthesis.wording.verdicts import grounds, verdict_on

# Each room that writes pages has its templates beside its code.
TEMPLATES = sorted(Path(__file__).parents[1].glob("*/templates"))
# How each language calls itself.
OWN_NAMES = {"en": "English", "cy": "Cymraeg"}
DOI = re.compile(rf"\bdoi:({PREFIX}/\S*[^\s.])")
LANGUAGE_SCRIPT = "language.js"
LONGEST_FIGURE = 400_000  # characters; a larger one is linked to and not in the page


class Figure(NamedTuple):
    """A figure of a page: the image itself, or nothing where it is too large, and its text."""

    name: str
    image: str
    alt: str
    width: int
    """As shown, in pixels: text of 6.5 points has 9."""
    height: int


def figures_in(drawn: Mapping[str, tuple[str, str]]) -> dict[str, Figure]:
    """Figures by name, from an SVG and its alt text each."""
    return {
        name: Figure(name, as_image(svg), alt.strip(), *_size_of(svg))
        for name, (svg, alt) in drawn.items()
    }


def _size_of(svg: str) -> tuple[int, int]:
    """Width and height at 100 pixels an inch; nothing of what states no points."""
    found = re.search(r'<svg [^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"', svg)
    width, height = map(float, found.groups()) if found else (0.0, 0.0)
    return round(width / 0.72), round(height / 0.72)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # What hangs on the language is a function and no filter: Jinja works a filter of a constant
    # out once, for all languages.
    environment.globals |= {"_": _, "n_": n_, "p_": p_, "named": finding_named}
    shared = [link_to, studies_of, of_studies, publications_of, mixed_or_none, drafted_note]
    shared += [strength_in_words, levels_of_methods, listed]
    shared += [judged, measure, often, top_step, verdict_on, grounds, how_found]
    environment.globals |= {each.__name__: each for each in shared}
    environment.filters |= {
        "plain": plain,
        "day": day_in_time,
        "sentence": sentence_case,
        "verbatim": verbatim,
        "cited": cited,
        "study_link": link_to_study,
        "where_read": where_read,
        "english": english,
    }
    return environment


def write_page(
    template: str,
    said: Mapping[str, Any],
    others: Mapping[str, str],
    home: str = "../",
    scripts: Sequence[str] = (),
    style: str = "",
) -> str:
    """A page in the language spoken.

    ``said`` is what the template tells of; where it holds ``review`` and ``cut``, the page says how
    it is cited. ``others`` are the addresses of the same page in other languages; ``home`` leads
    from the folder of the cut to that of the results. ``scripts`` are the files of the page's
    script, beside that of its links to other languages: only a page with either may run one.
    ``style`` is a file of rules beside those of all pages.
    """
    code = "".join(map(_read, [LANGUAGE_SCRIPT, *scripts] if others or scripts else []))
    rules = _read("style.css") + (_read(style) if style else "")
    language, place = spoken(), folder_of_language()
    page, pages = template.removesuffix(".j2"), pages_of_cut()
    frame = {
        "page": page,
        "cite": _citing(said, home),
        "pages": pages if page in pages else {},
        "language": language.code,
        "locale": language.locale.replace("_", "-"),
        "style": Markup(rules),
        "script": Markup(code),
        "style_hash": _hash(rules),
        "script_hash": _hash(code) if code else "",
        "drafted": _drafted(home),
        "others": [(code, OWN_NAMES[code], address) for code, address in others.items()],
        # From a page to what stands in English alone, and from that to pages in this language.
        "up": place and "../",
        "place": place,
    }
    return _environment().get_template(template).render({**said, **frame})


def _citing(said: Mapping[str, Any], home: str) -> Citing | None:
    """What references to the page share, of a page that says of which review and cut it is."""
    if "review" not in said or "cut" not in said:
        return None
    return Citing.of(said["review"], str(said["cut"]), f"{said['cut']}/" if home else "")


def pages_of_cut() -> dict[str, Text]:
    """The pages of a cut by their file, as they are named in each of them."""
    return {
        "report.html": _("Report"),
        "findings.html": _("Findings"),
        "map.html": _("Evidence map"),
        "studies.html": _("Studies and codings"),
        "methods.html": _("Methods and checks"),
        "flow.html": _("Flow of records"),
        "brief.html": _("Brief"),
    }


def folder_of_language() -> str:
    """The folder of the pages in the language spoken, from that of the pages in English."""
    code = spoken().code
    return "" if code == SOURCE else f"{code}/"


def other_languages(page: str, languages: Sequence[str]) -> dict[str, str]:
    """The addresses of a page in the other languages, from where it stands in this one."""
    here = spoken().code
    home = "" if here == SOURCE else "../"
    return {
        each: home + ("" if each == SOURCE else f"{each}/") + page
        for each in languages
        if each != here
    }


def _drafted(home: str) -> dict[str, Number]:
    """How many strings the language has, and how many of them no speaker has confirmed."""
    code = spoken().code
    return {
        name: Number(number, f"{number:,}", f"{home}run.json#/languages/{code}/{name}")
        for name, number in drafted(code).items()
    }


def template_file(name: str) -> Path:
    """The file of a template, a style or a script, by its name."""
    return next(folder / name for folder in TEMPLATES if (folder / name).is_file())


@cache
def _read(name: str) -> str:
    return template_file(name).read_text("utf-8")


def _hash(text: str) -> str:
    """The hash by which a Content-Security-Policy names a style or a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def cited(reference: str) -> Text:
    """A reference, its DOI a link to the work."""
    words, *others = DOI.split(reference)
    pieces: list[object] = [words]
    for doi, after in zip(others[::2], others[1::2], strict=True):
        pieces += [
            wrapped("a", f"doi:{doi}", href=doi_address(doi), rel="noreferrer"),
            after,
        ]
    return wrapped("cite", *pieces, lang="en")


def link_to(path: str) -> Text:
    """A link to a file beside the page as it stands in English, wherever this one stands."""
    up = "" if spoken().code == SOURCE or path == "brief.pdf" else "../"
    return wrapped("a", wrapped("code", path), href=up + path)


def link_to_study(study: str) -> Text:
    """A link to a study on the page."""
    return wrapped("a", wrapped("code", study), href=f"#study-{study}")


def web_address(url: str) -> str:
    """The address if it is one of the web, and nothing otherwise: no page links to a script."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def where_read(publication: Mapping[str, str]) -> str:
    """The address at which a publication (a row of its table) can be read, or nothing."""
    return web_address(publication["url"]) or doi_address(publication["doi"])


def as_image(svg: str) -> str:
    """A figure as the address of an image that is in the page, or nothing where it is too long."""
    if len(svg) > LONGEST_FIGURE:
        return ""
    svg = re.sub(r"\s*\n\s*", " ", svg)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
