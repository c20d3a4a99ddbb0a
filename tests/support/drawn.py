"""What tests of figures share: made-up tables, figures drawn from them, and what is in those."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
import yaml
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from nothing import NO_CODEBOOK_CHANGES, NO_INNOVATIONS, NO_METHODS
from review_synthesis.figures.coverage import plot_coverage
from review_synthesis.figures.factors import plot_factors
from review_synthesis.figures.matrix import plot_matrix
from review_synthesis.figures.plate import Plate, files_of, look
from review_synthesis.figures.published import plot_published
from review_synthesis.figures.studies import plot_studies
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.measures import AtCut
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.files import read_result, write_result
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording import language as languages
from review_synthesis.wording.language import SOURCE, Language, Missing, speaking
from review_synthesis.wording.phrases import sentence_case

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CONFIG = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
CUTS = CONFIG["searches"]
DOMAINS = CONFIG["review"]["domains"]
LANGUAGES = CONFIG["languages"]
OTHERS = [language for language in LANGUAGES if language != SOURCE]
RULE = FrequencyRule(3, Fraction("0.10"), Fraction("0.25"))
CUT = "2026-11-22"
PLACE = ["level", "domain", "subdomain", "direction"]


class MadeUp(NamedTuple):
    """Tables of a made-up evidence base."""

    studies: pd.DataFrame
    factor_tally: pd.DataFrame
    domain_tally: pd.DataFrame
    findings: pd.DataFrame
    evidence_base: pd.DataFrame


def made_up(
    studies: int,
    codings: list[tuple[int, str, str]],
    factors: dict[str, str] | None = None,
    years: list[int | None] | None = None,
    name: str = "Study",
) -> MadeUp:
    """Codings as (study, factor, direction); factors with their domain, named after themselves."""
    factors = factors or {"funding": "organisation", "training": "adopters", "fit": "innovation"}
    ids = [f"s{number}" for number in range(studies)]
    base = pd.DataFrame({"study_id": ids, "country": "England"})
    base["label"] = [f"{name} {number}" for number in range(studies)]
    base["year"] = pd.array(years or [2015 + number % 9 for number in range(studies)], "Int64")
    base["design_class"] = [
        "secondary" if number % 5 == 4 else "primary" for number in range(studies)
    ]
    base["design"] = ["survey" if number % 3 else "qualitative" for number in range(studies)]
    rows = []
    ids_of_places: dict[tuple[str, str, str, str], dict[str, set[str]]] = {}
    for number, (factor, domain) in enumerate(factors.items()):
        place = {"domain": domain, "subdomain": f"part of {domain}"}
        names = {"factor_id": f"f{number}", "label": sentence_case(factor), **place}
        for direction in DIRECTIONS:
            found = {f"s{study}" for study, of, how in codings if (of, how) == (factor, direction)}
            counts = {"studies": len(found), "studies_total": studies}
            share = {"share_of_studies": len(found) / studies}
            cell = {"direction": direction, "study_ids": " ".join(sorted(found))}
            rows.append({**names, **counts, **share, **cell})
            for level, each in itertools.product(["domain", "subdomain"], [direction, "any"]):
                part = place["subdomain"] if level == "subdomain" else ""
                of_factors = ids_of_places.setdefault((level, domain, part, each), {})
                of_factors.setdefault(factor, set()).update(found)
    tally = pd.DataFrame(rows)
    domains = pd.DataFrame(
        [
            (*place, "yes" if place[1] in DOMAINS else "no", *_counts(of_factors, studies))
            for place, of_factors in ids_of_places.items()
        ],
        columns=[*PLACE, "in_review", "factors", "factors_coded", "studies", "share_of_studies"],
    )
    evidence_base = pd.DataFrame({"measure": ["studies"], "value": [studies]})
    return MadeUp(base, tally, domains, judge_tally(tally, RULE), evidence_base)


def _counts(of_factors: dict[str, set[str]], studies: int) -> tuple[int, int, int, float]:
    reporting = set().union(*of_factors.values())
    coded = sum(bool(found) for found in of_factors.values())
    return len(of_factors), coded, len(reporting), len(reporting) / studies


def published(*findings: tuple[str, str]) -> pd.DataFrame:
    """Made-up published findings on factors."""
    rows = [(f"P{number}", "factor", *finding) for number, finding in enumerate(findings)]
    table = pd.DataFrame(rows, columns=["finding_id", "kind", "factor_id", "direction"])
    return table.assign(
        measure="", expected="", statement="Made up.", source="", further_factors=""
    )


def reports(factor: str, direction: str, studies: int) -> list[tuple[int, str, str]]:
    """Codings of the first so many studies."""
    return [(study, factor, direction) for study in range(studies)]


def factors_of(data: MadeUp) -> Plate:
    return plot_factors(data.factor_tally, data.findings, CUT, DOMAINS)


def matrix_of(data: MadeUp) -> Plate:
    return plot_matrix(data.factor_tally, data.studies, CUT, DOMAINS)


def coverage_of(data: MadeUp) -> Plate:
    return plot_coverage(data.domain_tally, data.evidence_base, CUT, DOMAINS)


def beside(
    published_findings: pd.DataFrame, findings_by_cut: Mapping[str, pd.DataFrame]
) -> dict[str, dict[str, pd.DataFrame]]:
    """The findings of each cut, and the verdicts on what was published."""
    base = pd.DataFrame(columns=["measure", "value"])
    codebook = pd.DataFrame(columns=["factor_id", "origin"])
    return {
        cut: {
            "findings": findings,
            "published": compare_published(
                published_findings,
                AtCut(cut, findings, base, NO_INNOVATIONS, NO_METHODS),
                codebook,
                NO_CODEBOOK_CHANGES,
            )["published"],
        }
        for cut, findings in findings_by_cut.items()
    }


def published_of(data: MadeUp) -> Plate:
    factors = data.factor_tally["factor_id"].drop_duplicates().head(3)
    both = published(*itertools.product(factors, ["enabler", "barrier"]))
    return plot_published(beside(both, {CUT: data.findings}))


def studies_of(data: MadeUp) -> Plate:
    return plot_studies(data.studies, CUT)


PLOTS: dict[str, Callable[[MadeUp], Plate]] = {
    "factors": factors_of,
    "matrix": matrix_of,
    "coverage": coverage_of,
    "published": published_of,
    "studies": studies_of,
}
REAL = [(name, cut) for name in PLOTS for cut in CUTS]
MADE_UP = "made up"
EACH = [*((name, MADE_UP) for name in PLOTS), *REAL]
"""Each figure of a small made-up review and, as a second belt, of the committed results."""
IN_EACH = [(*each, language) for each in EACH for language in LANGUAGES]
IN_OTHERS = [(*each, language) for each in EACH for language in OTHERS]


def title(plate: Plate) -> str:
    return str(plate.figure.get_label())


@cache
def real_table(cut: str, name: str) -> pd.DataFrame:
    return read_result(RESULTS / cut, f"tables/{name}")


def real(name: str, cut: str, language: str = SOURCE) -> Plate:
    """A figure of the real evidence; each is drawn once in a language."""
    return _real(name, cut, language)


@cache
def _real(name: str, cut: str, language: str) -> Plate:
    with speaking(language):
        return draw(name, cut)


def draw(name: str, cut: str) -> Plate:
    """Draw a figure of the made-up review or of the real evidence."""
    if cut == MADE_UP:
        split = [*reports("training", "mixed", 2), *reports("training", "barrier", 4)]
        return PLOTS[name](made_up(9, [*reports("funding", "enabler", 6), *split]))
    if name == "factors":
        tally, findings = real_table(cut, "factor_tally"), real_table(cut, "findings")
        return plot_factors(tally, findings, cut, DOMAINS)
    if name == "matrix":
        tally, studies = real_table(cut, "factor_tally"), real_table(cut, "studies")
        return plot_matrix(tally, studies, cut, DOMAINS)
    if name == "coverage":
        tally, base = real_table(cut, "domain_tally"), real_table(cut, "evidence_base")
        return plot_coverage(tally, base, cut, DOMAINS)
    if name == "studies":
        return plot_studies(real_table(cut, "studies"), cut)
    names = ("published", "findings")
    return plot_published(
        {each: {name: real_table(each, name) for name in names} for each in CUTS if each <= cut}
    )


def write_files(plate: Plate, name: str, folder: Path) -> None:
    for path, content in files_of(plate, name).items():
        write_result(content, folder / path)


def written(plate: Plate, folder: Path) -> dict[str, bytes]:
    write_files(plate, "figure", folder)
    ends = {"svg": "svg", "png": "png", "pdf": "pdf", "txt": "alt.txt", "csv": "csv"}
    return {kind: (folder / f"figures/figure.{end}").read_bytes() for kind, end in ends.items()}


def numbers(*texts: str) -> list[str]:
    """The numbers in texts, whatever their order."""
    return sorted(re.findall(r"[0-9]+(?:[.,][0-9]+)*", " ".join(texts)))


def said(plate: Plate) -> list[str]:
    """Every text that is drawn in a figure."""
    return [text.get_text() for text in drawn_texts(plate.figure)]


class Loud(NullTranslations):
    """Says all in capitals, so that what never came past a catalogue stands out in small type."""

    def gettext(self, message: str) -> str:
        pieces = re.findall(r"\{[^}]*\}|[^{]+", message)
        return "".join(each if each[0] == "{" else each.upper() for each in pieces)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)

    def pgettext(self, _context: str, message: str) -> str:
        return self.gettext(message)


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak in capitals; dates and lists are Greek, which is in other letters."""
    capitals = Language("loud", "el", Loud(), frozenset(), Missing(), set())
    monkeypatch.setattr(languages, "language_of", lambda _code: capitals)


def in_small_type(plate: Plate, names: list[str] | None = None) -> list[str]:
    """What a figure says in small letters, but for names and signs that have no translation."""
    texts = [text for text in said(plate) if text not in (names or [])]
    words = re.sub(r"\(n = [\d,]+\)", "", "\n".join([*texts, title(plate), plate.alt]))
    # "A" is both letters of a name in capitals: inside a sentence its first is made small.
    return [each for each in re.findall(r"\S*[a-z]\S*", words) if each != "a"]


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Languages that nothing was said in yet, so that nothing is known to be missing in them."""
    monkeypatch.setattr(languages, "language_of", cache(languages.language_of.__wrapped__))


def texts_of_svg(svg: bytes) -> list[str]:
    space = "{http://www.w3.org/2000/svg}text"
    return [str(element.text) for element in ElementTree.fromstring(svg).iter(space)]


def lines_said(plate: Plate) -> list[list[str]]:
    """The texts of a figure, those on one line together from left to right, the first above."""
    plate.figure.set_dpi(300)
    with look():
        renderer = FigureCanvasAgg(plate.figure).get_renderer()
        plate.figure.draw_without_rendering()
    boxes = [
        (Text.get_window_extent(text, renderer), text.get_text())
        for text in drawn_texts(plate.figure)
        if text.get_rotation() == 0
    ]
    lines: list[list[tuple[float, str]]] = []
    below = float("inf")
    for box, text in sorted(boxes, key=lambda each: -(each[0].y0 + each[0].y1)):
        middle = (box.y0 + box.y1) / 2
        if below - middle > 5:
            lines.append([])
        below = middle
        lines[-1].append((box.x0, text))
    return [[text for _x, text in sorted(line)] for line in lines]


def drawn_texts(figure: Figure) -> list[Text]:
    found = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible())
    return [text for text in found if isinstance(text, Text) and text.get_text().strip()]


def misplaced(figure: Figure) -> list[str]:
    """Texts that overlap one another or leave the figure."""
    figure.set_dpi(100)
    with look():
        canvas = FigureCanvasAgg(figure)
        figure.draw_without_rendering()
    width, height = figure.get_size_inches() * 100
    boxes = [
        (text.get_text(), Text.get_window_extent(text, canvas.get_renderer()))
        for text in drawn_texts(figure)
    ]
    outside = [
        text for text, box in boxes if min(box.x0, box.y0, width - box.x1, height - box.y1) < -0.5
    ]
    overlaps = [
        f"{one} | {two}"
        for (one, a), (two, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.7 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.7
    ]
    return outside + overlaps


def bars(figure: Figure) -> dict[str, Rectangle]:
    found = figure.findobj(lambda artist: isinstance(artist, Rectangle) and bool(artist.get_gid()))
    return {str(bar.get_gid()): bar for bar in found if isinstance(bar, Rectangle)}


def brightness(colour: object) -> float:
    red, green, blue = to_rgb(colour)  # type: ignore[arg-type]
    return 0.299 * red + 0.587 * green + 0.114 * blue


# What every figure of the real evidence must be
