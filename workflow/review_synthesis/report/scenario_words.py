"""Scenarios as the report names them: what is left out, the worst case, and what is not tried."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from review_synthesis.tables.places import rows_of
from review_synthesis.tables.vocabulary import OF_MORE
from review_synthesis.wording.ladder import judged
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.numbers import Place
from review_synthesis.wording.phrases import listed, sentence_case
from review_synthesis.wording.text import Text, english, verbatim


class ScenarioWords:
    """Names scenarios; a study is called by its label."""

    def __init__(self, labels: Mapping[str, str], places: Collection[str] = ()) -> None:
        """``labels`` are those of the studies by their identifiers, ``places`` where they were."""
        self._labels, self._places = labels, places

    def without(self, variant: str) -> Text:
        """What a variant leaves out: "without England", "without Day 2025"."""
        return _("without {what}", what=self._what(variant))

    def _what(self, variant: str) -> Text:
        if variant in self._places:
            return Text(p_("place", variant))
        label = self._labels.get(variant)
        return verbatim(label) if label else english(variant)

    def worst_case(self, card: Place) -> Text:
        """The worst case of a finding with its numbers: "without England: 1 of 27, needed: 3"."""
        variant = str(card["worst_scenario"])
        where = self.without(variant) if variant else p_("scenario", str(card["worst_kind"]))
        return _reported(
            where, *(card[f"worst_{each}"] for each in ("studies", "total", "required"))
        )

    def not_held(self, kind: str, tried: Place) -> Text:
        """What becomes of a finding in a kind of scenario, at its worst."""
        variants, judgement = tried["variants"], judged(str(tried["judgement"]))
        where = sentence_case(p_("scenario", kind))
        if str(variants) != "1":
            held = {"held": tried["held"], "variants": variants}
            where = _("{kind} (holds in {held} of {variants} variants)", kind=where, **held)
        if tried["left_out"]:
            where = Text(where, ", ", self.without(str(tried["left_out"])))
        told = _reported(
            where, *(tried[each] for each in ("units", "units_total", "units_required"))
        )
        if tried["holds"] == OF_MORE:
            judgement = _("{judgement} (as many studies as before, of more)", judgement=judgement)
        return Text(told, "; ", judgement, ".")

    def studies(self, identifiers: str, most: int) -> Text:
        """The labels of studies, of many only the first."""
        names = identifiers.split()
        told = [verbatim(self._labels.get(each, each)) for each in names[:most]]
        return listed([*told, "…"] if len(names) > most else told)

    def not_tried(self, left_out: pd.DataFrame) -> Text:
        """The scenarios that are not tried, each with what it would leave out."""
        told = []
        for row in rows_of(left_out):
            name, variant = p_("scenario", row["scenario"]), row["left_out"]
            what = self._what(variant)
            told.append(_("{scenario} ({what})", scenario=name, what=what) if variant else name)
        return listed(told) if told else Text()


def _reported(where: Text, units: object, total: object, required: object) -> Text:
    return _(
        "{where}: {units} of {total}, needed: {required}",
        where=where,
        units=units,
        total=total,
        required=required,
    )
