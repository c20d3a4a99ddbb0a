"""The section of the brief that puts what the review published beside what is found here."""

from __future__ import annotations

from review_synthesis.brief.forms import Chart, Group, Paragraph, Part, Row, Section
from review_synthesis.brief.terms import published_findings, published_of
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import FINDINGS, Numbers, pointer
from review_synthesis.wording.phrases import sentence_case
from review_synthesis.wording.text import Number, Text, plain, sentences, strong, wrapped


def compared(numbers: Numbers) -> Section:
    """The findings of the published brief beside what is found here."""
    heading = _("How this compares with the published brief")
    parts: list[Part] = [_chart(numbers)] if published_of(numbers, "factor") else []
    if not parts:
        parts.append(Paragraph(_("The review published no finding on a factor.")))
    untested = [
        _quoted(p_("published finding", row["statement"]), name)
        for name, row in numbers.at("published").items()
        if row["verdict"] == "not testable"
    ]
    if untested:
        parts.append(
            Paragraph(
                sentences(strong(_("What the review also says, and we cannot test:")), *untested)
            )
        )
    return Section("compared", heading, parts)


def _quoted(statement: Text, finding_id: str) -> Text:
    """What the review published, in the words of the table of published findings."""
    place = f"{FINDINGS}#{pointer('published', finding_id, 'statement')}"
    return wrapped("span", statement, data_text=place)


def _chart(numbers: Numbers) -> Chart:
    needed, total = numbers.count("studies_required"), numbers.count("evidence_base", "studies")
    names = {
        "enabler": _("Published as helping (enablers)"),
        "barrier": _("Published as getting in the way (barriers)"),
    }
    groups = [
        Group(direction, names[direction], rows)
        for direction in JUDGED_DIRECTIONS
        if (rows := _rows(numbers, direction))
    ]
    return Chart(
        caption=_(
            "What the review published, and how many of the {total} studies here report it",
            total=total,
        ),
        key=n_(
            "A full bar is a consensus, a pale bar is none. The line marks the {n} study that a "
            "consensus takes.",
            "A full bar is a consensus, a pale bar is none. The line marks the {n} studies that a "
            "consensus takes.",
            needed,
        ),
        columns=[_("Finding"), _("Studies here"), _("Consensus?"), _("Verdict")],
        groups=groups,
        needed=needed,
        alt=_alt(groups, needed, total),
    )


def _rows(numbers: Numbers, direction: str) -> list[Row]:
    rows = []
    for name, each in published_findings(numbers, direction).items():
        verdict = numbers.at("published", name, "verdict")
        judged = numbers.at("findings", each.factor, direction, "judgement")
        total = numbers.count("findings", each.factor, direction, "studies_total")
        rows.append(
            Row(
                each.name,
                each.studies,
                _("{part} of {total}", part=each.studies, total=total),
                judged == "consensus",
                _("yes") if judged == "consensus" else _("no"),
                sentence_case(p_("verdict", verdict)),
            )
        )
    return rows


def _alt(groups: list[Group], needed: Number, total: Number) -> str:
    said = [
        _(
            "Bar chart: how many of {total} studies report each finding that the review published.",
            total=total,
        ),
        *(
            _(
                "{group}: {findings}.",
                group=group.heading,
                findings="; ".join(
                    f"{row.name} {row.studies}, {row.verdict}" for row in group.rows
                ),
            )
            for group in groups
        ),
        n_("A consensus takes {n} study.", "A consensus takes {n} studies.", needed),
    ]
    return plain(sentences(*said))
