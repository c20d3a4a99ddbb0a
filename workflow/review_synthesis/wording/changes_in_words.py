"""The changes to results in words, written from ``changes.json`` and nothing else.

They are said in the language spoken, and each number is bound to its place in that file (see
``bound``). ``changes_text`` gives them as Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from review_synthesis.changes.compare_cuts import BY_RULE, BY_STUDIES, BY_TOTAL, TOGETHER
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import CHANGES, Numbers
from review_synthesis.wording.phrases import (
    contradict,
    day_of,
    factors_of,
    listed,
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


def changes_text(summary: dict[str, Any]) -> str:
    """The 'changes to results' of a living review (PRISMA-LSR) as Markdown.

    ``summary`` is what ``changes_summary.summarise_changes`` made.
    """
    return (
        "\n\n".join(
            block
            for level, section in enumerate(changes_sections(summary))
            for block in _blocks(section, "##" if level else "#")
        )
        + "\n"
    )


def _blocks(section: Section, level: str) -> list[str]:
    """A section as blocks of Markdown."""
    paragraph = " ".join(each.markdown() for each in section.sentences)
    items = "\n".join(f"- {each.markdown()}" for each in section.items)
    return [f"{level} {section.heading.markdown()}", *(each for each in (paragraph, items) if each)]


def changes_sections(summary: dict[str, Any]) -> list[Section]:
    """The same in the language spoken: first in short, then part by part.

    Where nothing changed, that is said and there is one section.
    """
    in_short = Section(_heading(summary), _in_short(summary), [])
    if not any(summary["changes"].values()):
        return [in_short]
    parts = (_studies(summary), _judgements(summary), _verdicts(summary), _robustness(summary))
    return [in_short, *parts]


def _number(summary: dict[str, Any], *keys: object) -> Number:
    return Numbers({CHANGES: summary}).count(*keys, file=CHANGES)


def _named_studies(labels: Sequence[str]) -> Text:
    return listed([verbatim(label) for label in labels])


def _or_none(number: Number) -> Number | Text:
    return number if number.value else p_("number of findings", "none")


def _heading(summary: dict[str, Any]) -> Text:
    days = [day_of(summary[each]) for each in ("from", "to")]
    if days[0] == days[1]:
        return _("Changes to results at {day}", day=days[1])
    return _("Changes to results, {first} to {last}", first=days[0], last=days[1])


def _in_short(summary: dict[str, Any]) -> list[Text]:
    if not any(summary["changes"].values()):
        nothing = _(
            "Nothing changed: the same studies, the same counts, the same judgements, the same "
            "verdicts on the published findings, and the same robustness."
        )
        return [nothing]
    became, ceased = (
        _or_none(_number(summary, "counts", name))
        for name in ("became_consensus", "ceased_to_be_consensus")
    )
    moved = _(
        "{became} became a consensus and {ceased} ceased to be one: {after} are a consensus now, "
        "{before} were before.",
        became=became,
        ceased=ceased,
        after=_number(summary, "consensus", 1),
        before=_number(summary, "consensus", 0),
    )
    return [
        _changed(summary),
        sentence_case(moved),
        *_supported(summary),
        _("Studies are counted, not weighed."),
    ]


def _changed(summary: dict[str, Any]) -> Text:
    """How many judgements changed."""
    of = {
        "findings": _number(summary, "findings"),
        "factors": factors_of(_number(summary, "factors")),
    }
    number = _number(summary, "counts", "judgements_changed")
    if not number.value:
        return _(
            "None of the {findings} findings ({factors}, each as an enabler and as a barrier) "
            "changed its judgement.",
            **of,
        )
    return n_(
        "{n} of the {findings} findings ({factors}, each as an enabler and as a barrier) changed "
        "its judgement.",
        "{n} of the {findings} findings ({factors}, each as an enabler and as a barrier) changed "
        "their judgement.",
        number,
        **of,
    )


def _supported(summary: dict[str, Any]) -> list[Text]:
    """How many published factor findings are supported; nothing if none was published."""
    published = _number(summary, "counts", "factor_findings_published")
    before, after = (
        _number(summary, "counts", "factor_findings_supported", side) for side in (0, 1)
    )
    if not published.value:
        return []
    said = {"all": published, "before": before}
    if before.value == after.value:
        supported = n_(
            "Of the {all} factor findings that the review published, {n} is supported, as before.",
            "Of the {all} factor findings that the review published, {n} are supported, as before.",
            after,
            **said,
        )
    else:
        supported = n_(
            "Of the {all} factor findings that the review published, {n} is supported, {before} "
            "before.",
            "Of the {all} factor findings that the review published, {n} are supported, {before} "
            "before.",
            after,
            **said,
        )
    return [supported]


def _studies(summary: dict[str, Any]) -> Section:
    studies = summary["studies"]
    (had, has), (had_reports, has_reports) = (
        [of(_number(summary, "evidence_base", name, side)) for side in (0, 1)]
        for name, of in (("studies", studies_of), ("publications", publications_of))
    )
    withdrawn = [verbatim(f"{name}: {why}") for name, why in studies["withdrawn"]]
    sentences = [
        _(
            "There were {had} in {had_reports}, and there are {has} in {has_reports}.",
            had=had,
            had_reports=had_reports,
            has=has,
            has_reports=has_reports,
        ),
        _group(summary, "new", _("New"), _named_studies(studies["new"])),
        _group(summary, "withdrawn", _("Withdrawn"), Text("; ").join(withdrawn)),
        _group(
            summary, "removed", _("No longer among the studies"), _named_studies(studies["removed"])
        ),
        _group(
            summary,
            "changed",
            _("Described or coded otherwise than before"),
            _named_studies(studies["changed"]),
        ),
    ]
    undecided = _number(summary, "evidence_base", "records_undecided", 1)
    if undecided.value:
        sentences.append(
            n_(
                "{n} record is not yet decided on: these results are not final.",
                "{n} records are not yet decided on: these results are not final.",
                undecided,
            )
        )
    return Section(_("Studies"), sentences, [])


def _group(summary: dict[str, Any], how: str, what: Text, named: Text) -> Text:
    """The studies that are new, withdrawn, removed or changed."""
    number = _number(summary, "counts", f"studies_{how}")
    if not number.value:
        return _("{what}: none.", what=what)
    return full_stop(_("{what} ({number}): {studies}", what=what, number=number, studies=named))


def _judgements(summary: dict[str, Any]) -> Section:
    sentences = [_("The rule changed: {parts}.", parts=_rule(summary))] if summary["rule"] else []
    moved = summary["judgements"]
    if not moved:
        sentences.append(_("No judgement changed."))
    order = sorted(
        range(len(moved)),
        key=lambda n: ("consensus" not in moved[n]["judgement"], moved[n]["label"]),
    )
    return Section(_("Judgements"), sentences, [_judgement(summary, n) for n in order])


def _rule(summary: dict[str, Any]) -> Text:
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
            before=_number(summary, "rule", n, 1),
            after=_number(summary, "rule", n, 2),
        )
        for n, (part, *_values) in enumerate(summary["rule"])
    ]
    return listed(parts)


def _judgement(summary: dict[str, Any], place: int) -> Text:
    """A judgement that changed: of what, from what to what, and why."""
    each = summary["judgements"][place]

    def number(name: str, side: int) -> Number:
        return _number(summary, "judgements", place, name, side)

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


def _named(finding: dict[str, Any]) -> Text:
    label, direction = p_("factor", finding["label"]), p_("direction", finding["direction"])
    return Text(label, ", ", direction)


def because(each: dict[str, Any]) -> Text:
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


def _verdicts(summary: dict[str, Any]) -> Section:
    moved = summary["verdicts"]
    sentences = [] if moved else [_("No verdict changed.")]
    items = [_verdict(summary, place) for place in range(len(moved))]
    return Section(_("What the review published"), sentences, items)


def _verdict(summary: dict[str, Any], place: int) -> Text:
    """A verdict that changed, and what it rests on."""
    each = summary["verdicts"][place]
    statement = p_("published finding", each["statement"]).with_end(lambda words: words.rstrip("."))
    verdicts = [p_("verdict", verdict) for verdict in each["verdict"]]
    grounds = [_ground(summary, place, side) for side in (0, 1)]
    return Text(
        *(verbatim(each["finding_id"]), " (", verbatim(statement), "): "),
        *(verdicts[0], " → ", verdicts[1], ". "),
        *(sentence_case(grounds[0]), " → ", grounds[1], "."),
    )


def _ground(summary: dict[str, Any], place: int, side: int) -> Text:
    """What a verdict rests on; see ``published`` for the same in the tables."""
    ground = summary["verdicts"][place]["grounds"][side]

    def number(name: str) -> Number:
        return _number(summary, "verdicts", place, "grounds", side, name)

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
    if ground["published"] == ground["found"]:
        return _(
            "{found} published and here: the same number, from another evidence base",
            found=number("found"),
        )
    return _(
        "{published} published, {found} here", published=number("published"), found=number("found")
    )


def _robustness(summary: dict[str, Any]) -> Section:
    lasting = _number(summary, "robustness", "consensus_in_both")
    if not lasting.value:
        sentences = [_("No finding is a consensus both before and after.")]
    else:
        sentences = [
            n_(
                "{n} finding is a consensus both before and after.",
                "{n} findings are a consensus both before and after.",
                lasting,
            ),
            _fragility(summary),
        ]
    return Section(_("Robustness"), sentences, [])


def _fragility(summary: dict[str, Any]) -> Text:
    """How the fragility index moved, of the findings that are a consensus before and after."""
    risen: list[Text] = []
    fallen: list[Text] = []
    for place, each in enumerate(summary["robustness"]["fragility_index"]):
        before, after = (
            _number(summary, "robustness", "fragility_index", place, "index", side)
            for side in (0, 1)
        )
        named = Text(_named(each), " (", before, " → ", after, ")")
        (risen if after.value > before.value else fallen).append(named)
    said = {
        "what": _("the fewest supporting studies whose removal ends the finding"),
        "rose": _number(summary, "counts", "fragility_rose"),
        "risen": listed(risen),
        "fell": _number(summary, "counts", "fragility_fell"),
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
