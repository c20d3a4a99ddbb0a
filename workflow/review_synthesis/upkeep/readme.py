"""The parts of README.md that are made from results, rules and commands: run by `make docs`.

Parts made from results and rules stand between two markers; below each `$ review-synthesis …`
stands what it prints. A test fails when the page drifts from what it tells of.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from review_synthesis.cli import main as command_line
from review_synthesis.tables.files import write_text
from review_synthesis.trace.show import finding_text
from review_synthesis.upkeep.dictionary import write_dictionary
from review_synthesis.wording.phrases import day_of, of_studies, publications_of, studies_of

README = Path("README.md")
RESULTS = Path("results")


def findings_part(summaries: list[dict[str, Any]]) -> str:
    """The published factor findings beside what is found at each cut, as Markdown."""
    heads = [day_of(each["cut"]) for each in summaries]
    lines = [f"| published finding | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    last = summaries[-1]
    for finding, row in last["published"].items():
        if row["kind"] == "factor":
            cells = [_cell(each, finding) for each in summaries]
            label = last["findings"][row["factor_id"]][row["direction"]]["label"]
            lines.append(f"| {finding} {label}: {row['direction']} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"- {_sentence(each)}" for each in summaries)])


def _cell(summary: dict[str, Any], finding: str) -> str:
    row = summary["published"][finding]
    here = summary["findings"][row["factor_id"]][row["direction"]]
    return f"**{row['verdict']}**, {of_studies(here['studies'], here['studies_total'])}"


def _sentence(summary: dict[str, Any]) -> str:
    base, verdicts = summary["evidence_base"], summary["verdicts"]["factor"]
    found = {direction: len(factors) for direction, factors in summary["consensus"].items()}
    return (
        f"At {day_of(summary['cut'])}: {studies_of(base['studies'])} in "
        f"{publications_of(base['publications'])}; "
        f"{found['enabler']} consensus enablers and {found['barrier']} consensus "
        f"barriers among {base['factors']} factors, of which the review did not publish "
        f"{len(summary['unpublished'])}; {verdicts.get('supported', 0)} of its "
        f"{sum(verdicts.values())} factor findings are supported."
    )


def robustness_part(cut: str) -> str:
    """How the findings at a cut stand up to the scenarios, in sentences."""
    cards = json.loads((RESULTS / cut / "cards.json").read_text("utf-8"))
    consensus = [card for card in cards.values() if card["judgement"] == "consensus"]
    one_out = [card["by_scenario"]["one study out"] for card in consensus]
    survive = sum(each["unchanged"] == each["scenarios"] for each in one_out)
    steady = sum(card["unchanged"] == card["scenarios"] for card in consensus)
    fragile = sorted(card["label"] for card in consensus if card["fragility_index"] == 1)
    with (RESULTS / cut / "tables" / "agreement.csv").open(encoding="utf-8") as file:
        overall = next(row for row in csv.DictReader(file) if row["level"] == "overall")
    with (RESULTS / cut / "tables" / "frontier.csv").open(encoding="utf-8") as file:
        held = [
            int(r["studies_required"]) for r in csv.DictReader(file) if r["all_published"] == "yes"
        ]
    return (
        f"At {day_of(cut)}, {survive} of {len(consensus)} consensus findings survive the "
        f"removal of any one study, and {steady} hold in every scenario. One study's removal "
        f"would end: {', '.join(fragile) or 'none'}. All published factor findings are a "
        f"consensus together only if the rule asked for at most {max(held, default=0)} studies. "
        f"The coders agree with a Cohen's κ of {float(overall['kappa']):.2f} and a Gwet's AC1 of "
        f"{float(overall['ac1']):.2f}."
    )


def changes_part(cut: str) -> str:
    """The changes to results in short, and the findings that became or ceased to be a consensus."""
    text = (RESULTS / cut / "changes.md").read_text("utf-8")
    short = text.split("\n\n")[1]
    moved = [line for line in text.splitlines() if line.startswith("- **") and "consensus" in line]
    return "\n".join(f"> {line}".rstrip() for line in [short, "", *moved])


def rules_part() -> str:
    """The graph of the rules as Mermaid, as Snakemake tells it, without edges that others imply."""
    command = [sys.executable, "-m", "snakemake", "--rulegraph", "mermaid-js"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    names = dict(re.findall(r"(id\d+)\[(\w+)\]", told))
    edges = {(names[a], names[b]) for a, b in re.findall(r"(id\d+) --> (id\d+)", told)}
    edges = {(a, b) for a, b in edges if b != "all"}
    kept = sorted(edge for edge in edges if not _implied(edge, edges))
    return "\n".join(["```mermaid", "flowchart TB", *(f"    {a} --> {b}" for a, b in kept), "```"])


def _implied(edge: tuple[str, str], edges: set[tuple[str, str]]) -> bool:
    """Whether the edge's end can be reached from its start by other edges."""
    start, end = edge
    seen, waiting = set(), [b for a, b in edges if a == start and b != end]
    while waiting:
        rule = waiting.pop()
        seen.add(rule)
        waiting += [b for a, b in edges if a == rule and b not in seen]
    return end in seen


def parts() -> dict[str, str]:
    """The parts of README.md that are made, by the name of their markers."""
    paths = sorted(RESULTS.glob("*/findings.json"))
    summaries = [json.loads(path.read_text("utf-8")) for path in paths]
    return {
        "findings": findings_part(summaries),
        "show": f"```text\n{finding_text(RESULTS)}\n```",
        "changes": changes_part(summaries[-1]["cut"]),
        "robustness": robustness_part(summaries[-1]["cut"]),
        "rules": rules_part(),
    }


def with_parts(page: str, made: dict[str, str]) -> str:
    """``page`` with each part between its markers made anew."""
    for name, part in made.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n{part}\n{end}{after}"
    return page


def with_outputs(page: str) -> str:
    """``page`` with what each `$ review-synthesis …` of a console block prints made anew."""
    return re.sub(
        r"```console\n\$ review-synthesis (.*)\n[^`]*```",
        lambda found: f"```console\n$ review-synthesis {found[1]}\n{_printed(found[1])}```",
        page,
    )


def _printed(arguments: str) -> str:
    return CliRunner().invoke(command_line, shlex.split(arguments)).output


def made_page(page: str) -> str:
    """``page`` with all that is made in it made anew."""
    return with_outputs(with_parts(page, parts()))


def main() -> None:
    """Write the parts of README.md and the data dictionary."""
    write_dictionary()
    write_text(made_page(README.read_text("utf-8")), README)


if __name__ == "__main__":
    main()
