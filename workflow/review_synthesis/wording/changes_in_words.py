"""The changes to results in words, written from ``changes.json`` and nothing else.

They are said in the language spoken, and each number is bound to its place in that file.
``changes_text`` gives them as Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from review_synthesis.tables.vocabulary import BY_RULE, BY_STUDIES, BY_TOTAL, TOGETHER
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import CHANGES, Numbers
from review_synthesis.wording.phrases import (
    contradict,
    day_of,
    factors_of,
    listed,
    no_judgement_changed,
    of_studies,
    publications_of,
    sentence_case,
    studies_of,
)
from review_synthesis.wording.text import Number, Text, full_stop, strong, verbatim


class Section(NamedTuple):
    """A part of the changes: its heading, a paragraph, and a list."""

    heading: Text
    sentences: list[Text]
    items: list[Text]


def changes_text(summary: Mapping[str, Any]) -> str:
    """The 'changes to results' of a living review (PRISMA-LSR) as Markdown.

    ``summary`` is what ``changes_summary.summarise_changes`` made.
    """
    sections = changes_sections(summary)
    blocks = [block for n, each in enumerate(sections) for block in _blocks(each, "##"[: n + 1])]
    return "\n\n".join(blocks) + "\n"


def _blocks(section: Section, level: str) -> list[str]:
    """A section as blocks of Markdown."""
    paragraph = Text(" ").join(section.sentences).markdown()
    items = "\n".join(f"- {each.markdown()}" for each in section.items)
    blocks = [f"{level} {section.heading.markdown()}", paragraph, items]
    return [each for each in blocks if each]


def changes_sections(summary: Mapping[str, Any]) -> list[Section]:
    """The same in the language spoken: first in short, then part by part.

    Where nothing changed, that is said and there is one section.
    """
    told = Numbers({CHANGES: summary}, CHANGES)
    if not any(summary["changes"].values()):
        nothing = _(
            "Nothing changed: the same studies, the same counts, the same judgements, the same "
            "verdicts on the published findings, and the same robustness."
        )
        return [Section(_heading(told), [nothing], [])]
    return [
        Section(_heading(told), _in_short(told), []),
        Section(_("Studies"), _studies(told), []),
        _judgements(told),
        _verdicts(told),
        Section(_("Robustness"), _robustness(told), []),
    ]


def _heading(told: Numbers) -> Text:
    first, last = (day_of(told.at(each)) for each in ("from", "to"))
    if first == last:
        return _("Changes to results at {day}", day=last)
    return _("Changes to results, {first} to {last}", first=first, last=last)


def _named_studies(labels: Sequence[str]) -> Text:
    return listed([verbatim(label) for label in labels])


def _or_none(number: Number) -> Number | Text:
    return number if number.value else p_("number of findings", "none")


def _in_short(told: Numbers) -> list[Text]:
    moved = _(
        "{became} became a consensus and {ceased} ceased to be one: {after} are a consensus now, "
        "{before} were before.",
        became=_or_none(told.count("counts", "became_consensus")),
        ceased=_or_none(told.count("counts", "ceased_to_be_consensus")),
        after=told.count("consensus", 1),
        before=told.count("consensus", 0),
    )
    weighed = _("Studies are counted, not weighed.")
    return [_changed(told), sentence_case(moved), *_supported(told), weighed]


def _changed(told: Numbers) -> Text:
    """How many judgements changed."""
    findings, factors = told.count("findings"), factors_of(told.count("factors"))
    number = told.count("counts", "judgements_changed")
    if not number.value:
        return _(
            "None of the {findings} findings ({factors}, each as an enabler and as a barrier) "
            "changed its judgement.",
            findings=findings,
            factors=factors,
        )
    return n_(
        "{n} of the {findings} findings ({factors}, each as an enabler and as a barrier) changed "
        "its judgement.",
        "{n} of the {findings} findings ({factors}, each as an enabler and as a barrier) changed "
        "their judgement.",
        number,
        findings=findings,
        factors=factors,
    )


def _supported(told: Numbers) -> list[Text]:
    """How many published factor findings are supported; nothing if none was published."""
    published = told.count("counts", "factor_findings_published")
    before, after = (told.count("counts", "factor_findings_supported", side) for side in (0, 1))
    if not published.value:
        return []
    if before.value == after.value:
        supported = n_(
            "Of the {all} factor findings that the review published, {n} is supported, as before.",
            "Of the {all} factor findings that the review published, {n} are supported, as before.",
            after,
            all=published,
        )
        return [supported]
    supported = n_(
        "Of the {all} factor findings that the review published, {n} is supported, {before} "
        "before.",
        "Of the {all} factor findings that the review published, {n} are supported, {before} "
        "before.",
        after,
        all=published,
        before=before,
    )
    return [supported]


def _studies(told: Numbers) -> list[Text]:
    studies, base = told.at("studies"), "evidence_base"
    withdrawn = Text("; ").join(verbatim(f"{name}: {why}") for name, why in studies["withdrawn"])
    gone, otherwise = (
        _("No longer among the studies"),
        _("Described or coded otherwise than before"),
    )
    sentences = [
        _(
            "There were {had} in {had_reports}, and there are {has} in {has_reports}.",
            had=studies_of(told.count(base, "studies", 0)),
            had_reports=publications_of(told.count(base, "publications", 0)),
            has=studies_of(told.count(base, "studies", 1)),
            has_reports=publications_of(told.count(base, "publications", 1)),
        ),
        _group(told, "new", _("New"), _named_studies(studies["new"])),
        _group(told, "withdrawn", _("Withdrawn"), withdrawn),
        _group(told, "removed", gone, _named_studies(studies["removed"])),
        _group(told, "changed", otherwise, _named_studies(studies["changed"])),
    ]
    undecided = told.count(base, "records_undecided", 1)
    if undecided.value:
        not_final = n_(
            "{n} record is not yet decided on: these results are not final.",
            "{n} records are not yet decided on: these results are not final.",
            undecided,
        )
        sentences.append(not_final)
    return sentences


def _group(told: Numbers, how: str, what: Text, named: Text) -> Text:
    """The studies that are new, withdrawn, removed or changed."""
    number = told.count("counts", f"studies_{how}")
    if not number.value:
        return _("{what}: none.", what=what)
    return full_stop(_("{what} ({number}): {studies}", what=what, number=number, studies=named))


def _judgements(told: Numbers) -> Section:
    moved = told.at("judgements")
    sentences = [_("The rule changed: {parts}.", parts=_rule(told))] if told.at("rule") else []
    if not moved:
        sentences.append(no_judgement_changed())
    order = sorted(
        range(len(moved)),
        key=lambda n: ("consensus" not in moved[n]["judgement"], moved[n]["label"]),
    )
    return Section(_("Judgements"), sentences, [_judgement(told, n) for n in order])


def _rule(told: Numbers) -> Text:
    names = {
        "version": p_("part of the rule", "version"),
        "min_studies": p_("part of the rule", "min_studies"),
        "min_share": p_("part of the rule", "min_share"),
        "max_contradicting": p_("part of the rule", "max_contradicting"),
    }
    parts = [
        _(
            "{part} from {before} to {after}",
            part=names.get(part, part),
            before=told.count("rule", n, 1),
            after=told.count("rule", n, 2),
        )
        for n, (part, *_values) in enumerate(told.at("rule"))
    ]
    return listed(parts)


def _judgement(told: Numbers, place: int) -> Text:
    """A judgement that changed: of what, from what to what, and why."""
    each = told.at("judgements", place)

    def number(name: str, side: int) -> Number:
        return told.count("judgements", place, name, side)

    before, after = (
        _(
            "{judgement} ({studies}, {needed} needed)",
            judgement=p_("judgement", each["judgement"][side]),
            studies=of_studies(number("studies", side), number("studies_total", side)),
            needed=number("studies_required", side),
        )
        for side in (0, 1)
    )
    return Text(strong(_named(each)), ": ", before, " → ", after, ". ", because(each))


def _named(finding: Mapping[str, Any]) -> Text:
    return Text(p_("factor", finding["label"]), ", ", p_("direction", finding["direction"]))


def because(each: Mapping[str, Any]) -> Text:
    """Why a judgement changed, in a sentence; see ``changes`` for what a cause is."""
    behind = _named_studies(each["studies_behind"])
    if each["cause"] == BY_STUDIES:
        return full_stop(_("Through {studies}", studies=behind))
    if each["cause"] == BY_TOTAL:
        if each["studies_total"][1] > each["studies_total"][0]:
            return _(
                "Not through a study on the factor: there are more studies in all, and the rule "
                "asks for a share of them."
            )
        return _(
            "Not through a study on the factor: there are fewer studies in all, and the rule "
            "asks for a share of them."
        )
    if each["cause"] == BY_RULE:
        return _("Through the change of the rule alone.")
    if each["cause"] == TOGETHER:
        together = _(
            "Through the studies on the factor and the number of all studies together: {studies}",
            studies=behind,
        )
        return full_stop(together)
    names = {
        BY_STUDIES: p_("cause", "studies on the factor"),
        BY_TOTAL: p_("cause", "number of studies"),
        BY_RULE: p_("cause", "rule"),
    }
    causes = Text(", ").join(name for cause, name in names.items() if cause in each["cause"])
    any_of = _(
        "Any one of these alone would do: {causes} ({studies})", causes=causes, studies=behind
    )
    return full_stop(any_of)


def _verdicts(told: Numbers) -> Section:
    moved = told.at("verdicts")
    sentences = [] if moved else [_("No verdict changed.")]
    items = [_verdict(told, place) for place in range(len(moved))]
    return Section(_("What the review published"), sentences, items)


def _verdict(told: Numbers, place: int) -> Text:
    """A verdict that changed, and what it rests on."""
    each = told.at("verdicts", place)
    statement = p_("published finding", each["statement"])
    statement = statement.with_end(lambda words: words.rstrip("."))
    before, after = (p_("verdict", verdict) for verdict in each["verdict"])
    ground_before, ground_after = (_ground(told, place, side) for side in (0, 1))
    return Text(
        *(verbatim(each["finding_id"]), " (", verbatim(statement), "): "),
        *(before, " → ", after, ". "),
        *(sentence_case(ground_before), " → ", ground_after, "."),
    )


def _ground(told: Numbers, place: int, side: int) -> Text:
    """What a verdict rests on; see ``published`` for the same in the tables."""
    ground = told.at("verdicts", place, "grounds", side)

    def number(name: str) -> Number:
        return told.count("verdicts", place, "grounds", side, name)

    if ground["kind"] == "factor":
        return _(
            "{studies}, {needed} needed; {contradicting}",
            studies=of_studies(number("studies"), number("studies_total")),
            needed=number("studies_required"),
            contradicting=contradict(number("contradicting"), number("studies_of_factor")),
        )
    if "found" not in ground:
        if ground["kind"] == "count":
            return _("no table of the evidence holds '{measure}'", measure=ground["measure"])
        return _("a statement: neither a count nor a factor that these tables hold")
    found, published = number("found"), number("published")
    if published.value == found.value:
        return _(
            "{found} published and here: the same number, from another evidence base", found=found
        )
    return _("{published} published, {found} here", published=published, found=found)


def _robustness(told: Numbers) -> list[Text]:
    lasting = told.count("robustness", "consensus_in_both")
    if not lasting.value:
        return [_("No finding is a consensus both before and after.")]
    stays = n_(
        "{n} finding is a consensus both before and after.",
        "{n} findings are a consensus both before and after.",
        lasting,
    )
    return [stays, _fragility(told)]


def _fragility(told: Numbers) -> Text:
    """How the fragility index moved, of the findings that are a consensus before and after."""
    risen: list[Text] = []
    fallen: list[Text] = []
    place = ("robustness", "fragility_index")
    for n, each in enumerate(told.at(*place)):
        before, after = (told.count(*place, n, "index", side) for side in (0, 1))
        named = Text(_named(each), " (", before, " → ", after, ")")
        (risen if after.value > before.value else fallen).append(named)
    said = {
        "what": _("the fewest supporting studies whose removal ends the finding"),
        "rose": told.count("counts", "fragility_rose"),
        "risen": listed(risen),
        "fell": told.count("counts", "fragility_fell"),
        "fallen": listed(fallen),
    }
    if risen and fallen:
        return _(
            "The fragility index ({what}) rose for {rose}: {risen}; it fell for {fell}: {fallen}.",
            **said,
        )
    if risen:
        return _("The fragility index ({what}) rose for {rose}: {risen}.", **said)
    if fallen:
        return _("The fragility index ({what}) fell for {fell}: {fallen}.", **said)
    return _("The fragility index ({what}) is the same for all of them.", **said)
