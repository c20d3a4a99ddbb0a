"""The changes to results in plain English, written from ``changes.json`` and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review_synthesis.changes import BY_RULE, BY_STUDIES, BY_TOTAL, TOGETHER
from review_synthesis.words import count_of, day_of, listed, studies_of

CAVEAT = "Studies are counted, not weighed."
FRAGILITY = "the fewest supporting studies whose removal ends the finding"


def changes_text(summary: dict[str, Any]) -> str:
    """The 'changes to results' of a living review (PRISMA-LSR) as Markdown.

    ``summary`` is what ``changes.summarise_changes`` made. Where nothing changed, that is said.
    """
    sections = [_heading(summary), _in_short(summary)]
    if any(summary["changes"].values()):
        sections += [
            _studies(summary),
            _judgements(summary),
            _verdicts(summary),
            _robustness(summary),
        ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _heading(summary: dict[str, Any]) -> str:
    if summary["from"] == summary["to"]:
        return f"# Changes to results at {day_of(summary['to'])}"
    return f"# Changes to results, {day_of(summary['from'])} to {day_of(summary['to'])}"


def _in_short(summary: dict[str, Any]) -> str:
    if not any(summary["changes"].values()):
        return (
            "Nothing changed: the same studies, the same counts, the same judgements, the same "
            "verdicts on the published findings, and the same robustness."
        )
    moved = len(summary["judgements"])
    findings = (
        f"{summary['findings']} findings ({summary['factors']} factors, each as an enabler and "
        "as a barrier)"
    )
    kept = f"none of the {findings} changed its judgement"
    said = kept if not moved else f"{moved} of the {findings} changed {_its(moved)} judgement"
    gained, lost = _to_consensus(summary, 1), _to_consensus(summary, 0)
    before, after = summary["consensus"]
    became = f"{_number(gained)} became a consensus and {_number(lost)} ceased to be one"
    sentences = [
        f"{said[0].upper()}{said[1:]}.",
        f"{became[0].upper()}{became[1:]}: {after} are a consensus now, {before} were before.",
        _supported(summary),
        CAVEAT,
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _its(number: int) -> str:
    return "its" if number == 1 else "their"


def _number(number: int) -> str:
    return str(number) if number else "none"


def _to_consensus(summary: dict[str, Any], side: int) -> int:
    """How many findings became a consensus (1), or ceased to be one (0)."""
    return sum(each["judgement"][side] == "consensus" for each in summary["judgements"])


def _supported(summary: dict[str, Any]) -> str:
    before, after = (each.get("supported", 0) for each in summary["factor_verdicts"])
    number = sum(summary["factor_verdicts"][1].values())
    if not number:
        return ""
    was = "as before" if before == after else f"{before} before"
    return (
        f"Of the {number} factor findings that the review published, {after} are supported, {was}."
    )


def _studies(summary: dict[str, Any]) -> str:
    studies, base = summary["studies"], summary["evidence_base"]
    reports = [count_of(number, "publication", "publications") for number in base["publications"]]
    found = [studies_of(number) for number in base["studies"]]
    sentences = [
        f"There were {found[0]} in {reports[0]}, and there are {found[1]} in {reports[1]}.",
        _group("New", studies["new"]),
        _group("Withdrawn", [f"{name}: {why}" for name, why in studies["withdrawn"]], "; "),
        _group("No longer among the studies", studies["removed"]),
        _group("Described or coded otherwise than before", studies["changed"]),
    ]
    undecided = base["records_undecided"][1]
    if undecided:
        records = count_of(undecided, "record is", "records are")
        sentences.append(f"{records} not yet decided on: these results are not final.")
    return "## Studies\n\n" + " ".join(sentence for sentence in sentences if sentence)


def _group(what: str, names: Sequence[str], between: str = "") -> str:
    if not names:
        return f"{what}: none."
    named = between.join(names) if between else listed(names)
    return _sentence(f"{what} ({len(names)}): {named}")


def _sentence(words: str) -> str:
    """The words with one full stop: a study without a year is called "Day n.d." already."""
    return f"{words.removesuffix('.')}."


def _judgements(summary: dict[str, Any]) -> str:
    intro = [f"The rule changed: {_rule(summary)}."] if summary["rule"] else []
    moved = summary["judgements"]
    changed = sorted(moved, key=lambda each: ("consensus" not in each["judgement"], each["label"]))
    lines = [f"- {_judgement(each)}" for each in changed] or ["No judgement changed."]
    return "\n\n".join(["## Judgements", *intro, "\n".join(lines)])


def _rule(summary: dict[str, Any]) -> str:
    return listed([f"{part} from {before} to {after}" for part, before, after in summary["rule"]])


def _judgement(each: dict[str, Any]) -> str:
    before, after = (
        f"{each['judgement'][n]} ({each['studies'][n]} of {studies_of(each['studies_total'][n])}, "
        f"{each['studies_required'][n]} needed)"
        for n in (0, 1)
    )
    return f"**{each['label']}, {each['direction']}**: {before} → {after}. {_because(each)}"


def _because(each: dict[str, Any]) -> str:
    """Why a judgement changed, in a sentence; see ``changes`` for what a cause is."""
    behind = listed(each["studies_behind"])
    if each["cause"] == BY_STUDIES:
        return _sentence(f"Through {behind}")
    if each["cause"] == BY_TOTAL:
        more = "more" if each["studies_total"][1] > each["studies_total"][0] else "fewer"
        return (
            f"Not through a study on the factor: there are {more} studies in all, and the rule "
            "asks for a share of them."
        )
    if each["cause"] == BY_RULE:
        return "Through the change of the rule alone."
    if each["cause"] == TOGETHER:
        return (
            f"Through the studies on the factor and the number of all studies together: {behind}."
        )
    return f"Through {each['cause']}, each of which alone would do: {behind}."


def _verdicts(summary: dict[str, Any]) -> str:
    lines = [
        f"- {each['finding_id']} ({each['statement'].rstrip('.')}): "
        f"{each['verdict'][0]} → {each['verdict'][1]}. {each['why'][0].upper()}{each['why'][1:]}."
        for each in summary["verdicts"]
    ]
    return "\n\n".join(["## What the review published", "\n".join(lines) or "No verdict changed."])


def _robustness(summary: dict[str, Any]) -> str:
    lasting, moved = (
        summary["robustness"]["consensus_in_both"],
        summary["robustness"]["fragility_index"],
    )
    if not lasting:
        return "## Robustness\n\nNo finding is a consensus both before and after."
    says = (
        f"{count_of(lasting, 'finding is', 'findings are')} a consensus both before and after. "
        f"The fragility index ({FRAGILITY}) "
    )
    if not moved:
        return f"## Robustness\n\n{says}is the same for all of them."
    parts = [
        f"{verb} for {len(rows)}: "
        + listed([f"{label}, {direction} ({old} → {new})" for label, direction, old, new in rows])
        for verb, rows in (
            ("rose", [row for row in moved if row[3] > row[2]]),
            ("fell", [row for row in moved if row[3] < row[2]]),
        )
        if rows
    ]
    return f"## Robustness\n\n{says}{'; it '.join(parts)}."
