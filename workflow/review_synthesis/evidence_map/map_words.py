"""The sentences of the map's script: templates with ``{names}`` that it fills in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction

from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.places import Json
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.facets import Facet
from review_synthesis.wording.ladder import often, top_step
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import mid_sentence, sentence_case
from review_synthesis.wording.text import Text, plain


def words_of(
    rule: FrequencyRule, facets: Iterable[Facet], studies: int, codings: int
) -> dict[str, Json]:
    """The sentences; those about a number of studies in each form that the language has."""
    said = {**_of_the_map(), **_of_the_status(rule, studies, codings)}
    return {
        **{name: plain(each) for name, each in said.items()},
        "counts": _counts(studies),
        "studies": forms(
            lambda n: n_("{n} study", "{n} studies", n, n="{n}") if n else _("no study"), studies
        ),
        "of_studies": forms(
            lambda n: n_("{part} of {n} study", "{part} of {n} studies", n, n="{n}", part="{part}"),
            studies,
        ),
        "axes": {
            each.name: plain(by_axis(mid_sentence(each.label)))
            for each in facets
            if each.has_columns
        },
        "directions": [plain(p_("direction", each.replace("_", " "))) for each in DIRECTIONS],
    }


def by_axis(axis: str) -> Text:
    """The caption of the map."""
    return _("Factors by {axis}", axis=axis)


def _counts(most: int) -> Json:
    """What a cell says of a direction, in the order of ``DIRECTIONS``."""
    said: list[Callable[[int], Text]] = [
        lambda n: n_("{n} study as an enabler", "{n} studies as an enabler", n, n="{n}"),
        lambda n: n_("{n} study as a barrier", "{n} studies as a barrier", n, n="{n}"),
        lambda n: n_("{n} study mixed", "{n} studies mixed", n, n="{n}"),
        lambda n: n_("{n} study with no effect", "{n} studies with no effect", n, n="{n}"),
    ]
    return [forms(each, most) for each in said]


def forms(said: Callable[[int], Text], most: int) -> dict[str, Json]:
    """A sentence about a number from 0 to ``most``, in the forms that the language has.

    The usual form stands under the empty text, and that of a number with another under it.
    """
    every = [plain(said(number)) for number in range(most + 1)]
    ((usual, _times),) = Counter(every).most_common(1)
    others = {str(number): each for number, each in enumerate(every) if each != usual}
    return {"": usual, **others}


def _of_the_map() -> dict[str, Text]:
    return {
        "by_study": by_axis(mid_sentence(_("Study"))),
        "alone": _("Factors"),
        "factor": _("Factor"),
        "all": _("All studies"),
        "some": _("Studies shown"),
        "part": _("{part} of {whole}", part="{part}", whole="{whole}"),
        "cell": _("{factor}, {column}: {counts}", factor="{factor}", column="{column}",
                  counts="{counts}"),
        "finding": _("{finding}: {counted}", finding="{finding}", counted="{counted}"),
        "judged": _("{finding}: {counted}, {judgement}", finding="{finding}",
                    counted="{counted}", judgement="{judgement}"),
        "gap": _("no study, a gap"),
        "silent": _("does not report it"),
        "nobody": _("No study shown here reports it."),
        "coding": _("The coding in full"),
        "page": _("page {page}", page="{page}"),
        "more": _("Show more"),
        "shown": _("Columns {from} to {to} of {of}", **{"from": "{from}", "to": "{to}",
                                                          "of": "{of}"}),
        "no_filter": _("no filter"),
        "picked": _("Chosen: {choices}.", choices="{choices}"),
        "earlier": _("Earlier columns"),
        "later": _("Later columns"),
        "scale": _("Studies, by the area of a circle:"),
    }  # fmt: skip


def _of_the_status(rule: FrequencyRule, studies: int, codings: int) -> dict[str, Text]:
    """How many match, what is found, and by which rule."""
    of = {name: f"{{{name}}}" for name in ("studies", "all_studies", "codings", "all_codings")}
    every = {
        "studies": n_("The {studies} study", "All {studies} studies", studies, **of),
        "codings": n_("{codings} coding", "{codings} codings", codings, **of),
    }
    found = {
        "studies": n_("{studies} of {all_studies} study", "{studies} of {all_studies} studies",
                      studies, **of),
        "codings": n_("{codings} of {all_codings} coding", "{codings} of {all_codings} codings",
                      codings, **of),
    }  # fmt: skip
    top = sentence_case(often())
    own = {"rule": top_step(), "required": "{required}", "mixed": percent(rule.max_mixed)}
    return {
        "everything": _("{studies} and {codings}.", **every),
        "found": _("{studies} and {codings} match.", **found),
        "none": _("No study has all of these. Clear a filter."),
        "top": _("{often}: {counts}.", often=top, counts="{counts}"),
        "top_enabler": _("enablers {n}", n="{n}"),
        "top_barrier": _("barriers {n}", n="{n}"),
        "declared": _("The words are those of the protocol's rule ({rule}, with at most {mixed}% "
                      "of the studies on the factor mixed or no effect), applied to the studies "
                      "shown. Studies required: {required}.", **own),
        "too_few": _("Fewer studies are shown than are required, so that no finding can reach the "
                     "top step ({often}).", often=often()),
        "yours": _("The words follow your own threshold. Studies required by it: {required}. The "
                   "protocol's rule is another ({rule}), and all other pages follow that.", **own),
    }  # fmt: skip


def percent(share: Fraction) -> str:
    """A threshold in per cent, never rounded where it has few decimals."""
    return f"{float(100 * share):.10g}"
