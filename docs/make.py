"""The parts of the pages that are made from results, code and commands: run by `make docs`.

The pages are README.md, CONTRIBUTING.md and those in ``docs``. Parts made from results and code
stand between two markers; below each `$ command` of a console block stands what it prints, unless
three dots stand there. A test fails when a page drifts from what it tells of.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner
from review_synthesis.cli import main as command_line
from review_synthesis.protocol.config import CONFIG, DEFAULTS, SCHEMA, read_protocol
from review_synthesis.tables.files import MODELS, read_result, write_text
from review_synthesis.tables.vocabulary import (
    COMPARISON,
    FACTOR,
    HANGS_ON_ONE,
    HOLDS_IN_ALL,
    HOLDS_WITHOUT_ANY,
    LOCAL_MEASURES,
    OFTEN,
    PUBLISHED_KINDS,
    SHARE,
)
from review_synthesis.trace.show import finding_text
from review_synthesis.upkeep.dictionary import with_part, write_dictionary
from review_synthesis.wording.ladder import measure
from review_synthesis.wording.limits import limits_in_words
from review_synthesis.wording.numbers import FINDINGS, Numbers
from review_synthesis.wording.phrases import day_of, of_studies, publications_of, studies_of
from review_synthesis.wording.text import markdown
from review_synthesis.wording.verdicts import named_measure, verdict_on

RESULTS = Path("results")
MOST_OF_A_DEFAULT = 90  # characters in a table
UNSAID = LOCAL_MEASURES[1:]
OWN_RUN = ("importing.md", "update.md", "workbook.md", "your-review.md")
"""Pages whose commands need a folder of their own: their tests run them."""


def config_part(schema: dict[str, Any], defaults: dict[str, Any], place: str = "") -> str:
    """The entries of the config as Markdown, from their schema and the defaults."""
    lines = [] if place else ["| entry | what it is | a value is | if left out |", "|---" * 4 + "|"]
    for name, entry in schema["properties"].items():
        default = defaults.get(name) if isinstance(defaults, dict) else None
        if "properties" in entry and name != "frequency_rule":
            lines.append(config_part(entry, default or {}, f"{place}{name}."))
            continue
        told = f"`{json.dumps(default, ensure_ascii=False)}`" if default is not None else "needed"
        if len(told) > MOST_OF_A_DEFAULT:
            told = "see `protocol/defaults.yaml`"
        kind = " or ".join(map(str, entry["enum"])) if "enum" in entry else _kind_of(entry)
        says = entry.get("description", "").strip()
        lines.append(f"| `{place}{name}` | {says} | {kind} | {told} |")
    return "\n".join(lines)


def _kind_of(entry: dict[str, Any]) -> str:
    """What a value of an entry is, in words."""
    if "$ref" in entry:
        names = {"words": "a list of words", "one_and_many": "two words: one, and many"}
        return names.get(entry["$ref"].rpartition("/")[2], "an entry of its own")
    kinds = {"array": "a list", "object": "entries of its own", "string": "text"}
    kinds |= {"boolean": "`true` or `false`", "integer": "a whole number", "number": "a number"}
    return kinds[entry["type"]]


def findings_part(summaries: list[dict[str, Any]], kinds: Sequence[str]) -> str:
    """The published findings of some kinds beside what is found at each cut, as Markdown."""
    heads = [day_of(each["cut"]) for each in summaries]
    last = summaries[-1]
    lines = [f"Often reported: {measure(last['frequency_rule'])}.", ""]
    lines += [f"| published finding | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    shown = [name for name, each in last["published"].items() if each["kind"] in kinds]
    for finding in shown:
        cells = [_cell(each["published"][finding]) for each in summaries]
        lines.append(f"| {markdown(_named(last, finding))} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"- {_sentence(each)}" for each in summaries)])


def limits_part(summary: dict[str, Any]) -> str:
    """The limits of the evidence as the config declares them, with the numbers of a cut."""
    limits = read_protocol(CONFIG)["review"]["limits"]
    numbers = Numbers({FINDINGS: summary})
    return "\n".join(f"- {markdown(each)}" for each in limits_in_words(limits, numbers))


def _named(summary: dict[str, Any], finding: str) -> str:
    """A published finding in short: its factor, or what it counts and the number published."""
    row = summary["published"][finding]
    if row["factor_id"]:
        label = summary["findings"][row["factor_id"]][row["direction"]]["label"]
        compared = f", {row['expected']}" if row["kind"] == "comparison" else ""
        return f"{finding} {label}: {row['direction']}{compared}"
    return f"{finding} {named_measure(row['measure'])}: {row['expected']}"


def _cell(row: dict[str, Any]) -> str:
    """What is found of a published finding at a cut."""
    if row["kind"] == "factor":
        numbers = of_studies(row["part"], row["whole"])
        return f"**{row['verdict']}**, {numbers}; the other way round {row['other_way']}"
    built_in = ", by construction" if row["by_construction"] == "yes" else ""
    wider = f" ({row['wider_part']} by the wider reading)" if row["wider_part"] is not None else ""
    unsaid = "; not stated is not the same as not evaluated" if row["measure"] in UNSAID else ""
    return f"**{verdict_on(row)}**{built_in}, {row['found']}{wider}{unsaid}"


def _sentence(summary: dict[str, Any]) -> str:
    base, verdicts = summary["evidence_base"], summary["verdicts"]["factor"]
    found = {direction: len(factors) for direction, factors in summary["often_reported"].items()}
    return (
        f"At {day_of(summary['cut'])}: {studies_of(base['studies'])} in "
        f"{publications_of(base['publications'])}; "
        f"{found['enabler']} enablers and {found['barrier']} barriers are often reported "
        f"({measure(summary['frequency_rule'])}) among {base['factors']} factors, of which "
        f"{len(summary['unpublished'])} are not among the published findings listed; "
        f"{verdicts.get('often reported', 0)} of its "
        f"{sum(verdicts.values())} factor findings are often reported here."
    )


def robustness_part(cut: str) -> str:
    """How the findings at a cut stand up to the scenarios, in sentences."""
    cards = json.loads((RESULTS / cut / "cards.json").read_text("utf-8"))
    often = [card for card in cards.values() if card["judgement"] == OFTEN]
    strengths = Counter(card["strength"] for card in often)
    but_added = Counter(card["holds_where_evidence_changes"] for card in often)["yes"]
    hanging = sorted(
        markdown(f"{card['label']} ({key.split()[1]})")
        for key, card in cards.items()
        if card["judgement"] == OFTEN and card["strength"] == HANGS_ON_ONE
    )
    agreement = read_result(RESULTS / cut, "tables/agreement")
    overall = agreement[agreement["level"] == "overall"].iloc[0]
    frontier = read_result(RESULTS / cut, "tables/frontier")
    held = max(frontier.loc[frontier["all_published"] == "yes", "studies_required"], default=0)
    together = f"only if the rule asked for at most {studies_of(held)}" if held else "under no rule"
    return (
        f"At {day_of(cut)}, of {len(often)} findings often reported "
        f"{strengths[HOLDS_IN_ALL] or 'none'} hold in all kinds of scenario ({but_added} in all "
        "that do more than add reports), "
        f"{strengths[HOLDS_WITHOUT_ANY]} without any one study but not in all kinds, and "
        f"{strengths[HANGS_ON_ONE]} hang on one study: {', '.join(hanging) or 'none'}. "
        f"All published factor findings are often reported together {together}. "
        f"The coders agree with a Cohen's κ of {overall['kappa']:.2f} and a Gwet's AC1 of "
        f"{overall['ac1']:.2f}."
    )


def changes_part(cut: str) -> str:
    """The changes to results in short, and those of the top step before or now."""
    text = (RESULTS / cut / "changes.md").read_text("utf-8")
    short = text.split("\n\n")[1]
    lines = [line for line in text.splitlines() if line.startswith("- **")]
    moved = [line for line in lines if "often reported" in line]
    return "\n".join(f"> {line}".rstrip() for line in [short, "", *moved])


def in_short(text: str) -> str:
    """The blocks of a text in short: two lines of a long one, and three dots for its others."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    short = [lines if len(lines) <= 4 else [*lines[:2], "  …"] for lines in blocks]
    return "\n\n".join("\n".join(lines) for lines in short)


def rooms_part() -> str:
    """A line for each room, a room below those that it imports from, as its ``__init__`` says."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]
    layers = project["importlinter"]["contracts"][0]["layers"]
    names = [name for layer in reversed(layers) for name in layer.split(" | ")]
    lines = ["| room | what it does, what comes in, what goes out |", "|---|---|"]
    for name in names:
        room = import_module(name)
        if hasattr(room, "__path__"):
            says = " ".join(str(room.__doc__).split())
            lines.append(f"| `{name.partition('.')[2]}` | {says} |")
    return "\n".join(lines)


def tables_part() -> str:
    """A line for each table of a cut, as its model says."""
    names = sorted(name for name in MODELS if name.startswith(("tables/", "evidence/")))
    rows = [f"| `{name}.csv` | {' '.join(str(MODELS[name].__doc__).split())} |" for name in names]
    return "\n".join(["| table | what it is |", "|---|---|", *rows])


def rules_part() -> str:
    """The graph of the rules as Mermaid, as Snakemake tells it, without edges that others imply."""
    command = [sys.executable, "-m", "snakemake", "--rulegraph", "mermaid-js"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    names = dict(re.findall(r"(id\d+)\[(\w+)\]", told))
    edges = {(names[a], names[b]) for a, b in re.findall(r"(id\d+) --> (id\d+)", told)}
    edges = {(a, b) for a, b in edges if b != "results"}
    kept = sorted((a, b) for a, b in edges if not _is_reached(b, a, edges - {(a, b)}))
    return "\n".join(["```mermaid", "flowchart TB", *(f"    {a} --> {b}" for a, b in kept), "```"])


def _is_reached(end: str, start: str, edges: set[tuple[str, str]]) -> bool:
    """Whether some edges, which go round in no circle, lead from a rule to another."""
    return start == end or any(_is_reached(end, b, edges) for a, b in edges if a == start)


def parts() -> dict[str, str]:
    """The parts of the pages that are made, by the name of their markers."""
    paths = sorted(RESULTS.glob("*/findings.json"))
    summaries = [json.loads(path.read_text("utf-8")) for path in paths]
    return {
        "findings": findings_part(summaries, [FACTOR, SHARE, COMPARISON]),
        "all findings": findings_part(summaries, PUBLISHED_KINDS),
        "limits": limits_part(summaries[-1]),
        "show": f"```text\n{finding_text(RESULTS)}\n```",
        "show in short": f"```text\n{in_short(finding_text(RESULTS))}\n```",
        "changes": changes_part(summaries[-1]["cut"]),
        "robustness": robustness_part(summaries[-1]["cut"]),
        "rules": rules_part(),
        "rooms": rooms_part(),
        "tables": tables_part(),
        "config": config_part(
            yaml.safe_load(SCHEMA.read_text("utf-8")), yaml.safe_load(DEFAULTS.read_text("utf-8"))
        ),
    }


def pages() -> list[Path]:
    """The pages of the project in this folder."""
    return [
        *(Path("README.md"), Path("CONTRIBUTING.md")),
        *sorted(path for path in Path("docs").glob("*.md") if path.name not in OWN_RUN),
    ]


def made_page(page: str, made: dict[str, str]) -> str:
    """``page`` with what is made in it made anew: its parts, and what its commands print.

    Raises ``RuntimeError`` where a command fails.
    """
    for name, part in made.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        if begin in page:
            page = with_part(page, begin, end, part)
    return re.sub(r"(?<=```console\n)\$ (.*)\n(?!…)[^`]*(?=```)", _with_output, page)


def _with_output(block: re.Match[str]) -> str:
    program, *arguments = shlex.split(block[1])
    if program == "review-synthesis":
        ran = CliRunner().invoke(command_line, arguments)
        code, printed = ran.exit_code, ran.output
    else:
        told = subprocess.run(["bash", "-c", block[1]], capture_output=True, text=True)
        code, printed = told.returncode, told.stdout
    if code:
        raise RuntimeError(f"what a page shows fails:\n$ {block[1]}\n{printed}")
    return f"$ {block[1]}\n{printed}"


def main() -> None:
    """Write the parts of the pages and the data dictionary."""
    write_dictionary()
    made = parts()
    for page in pages():
        write_text(made_page(page.read_text("utf-8"), made), page)


if __name__ == "__main__":
    main()
