"""The findings of the last run, for the terminal."""

from __future__ import annotations

import json
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale

from review_synthesis.wording.phrases import day_of, publications_of, studies_of

WIDTH = 98
INDEX = "index.html"


def finding_text(results: Path) -> str:
    """The findings and verdicts at each cut, what moved between cuts, and where the files are.

    Raises ``FileNotFoundError`` where there are no results.
    """
    summaries = [
        json.loads(path.read_text("utf-8")) for path in sorted(results.glob("*/findings.json"))
    ]
    if not summaries:
        raise FileNotFoundError(f"there are no results in {results}; run `make` first")
    parts = [*map(_cut_lines, summaries), *(_moved_lines(*pair) for pair in pairwise(summaries))]
    parts += [_file_lines(results, summaries)]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _wrapped(indent: int, text: str, hang: int = 2) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
    )


def _cut_lines(summary: dict[str, Any]) -> list[str]:
    base = summary["evidence_base"]
    lines = [
        f"FINDINGS AT {day_of(summary['cut']).upper()}",
        _wrapped(
            2,
            f"{studies_of(base['studies'])} ({base['primary_studies']} primary, "
            f"{base['secondary_studies']} secondary) in {publications_of(base['publications'])}; "
            f"a consensus needs {studies_of(summary['studies_required'])}",
        ),
    ]
    for direction, factors in summary["consensus"].items():
        cells = [summary["findings"][factor][direction] for factor in factors]
        named = "; ".join(f"{cell['label']} ({cell['studies']})" for cell in cells) or "none"
        lines.append(_wrapped(2, f"Consensus {direction}s, {len(factors)}: {named}"))
    lines.append("  What the review published:")
    published = summary["published"].items()
    for finding, row in published:
        if row["verdict"] != "not testable":
            lines.append(
                _wrapped(4, f"{finding} {row['verdict']}: {_about(row, summary)}; {row['why']}")
            )
    untestable = [finding for finding, row in published if row["verdict"] == "not testable"]
    if untestable:
        lines.append(_wrapped(4, f"not testable from these tables: {', '.join(untestable)}"))
    return lines


def _about(row: dict[str, Any], summary: dict[str, Any]) -> str:
    if row["kind"] == "factor":
        label = summary["findings"][row["factor_id"]][row["direction"]]["label"]
        return f"{label}, {row['direction']}"
    return str(row["measure"]).replace("_", " ")


def _moved_lines(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    lines = [f"VERDICTS THAT MOVED from {day_of(before['cut'])} to {day_of(after['cut'])}"]
    for finding, old in before["published"].items():
        new = after["published"].get(finding, old)
        if new["verdict"] != old["verdict"]:
            about = _about(new, after)
            lines.append(_wrapped(2, f"{finding} {about}: {old['verdict']} → {new['verdict']}"))
    return lines if len(lines) > 1 else [*lines, "  none"]


def _file_lines(results: Path, summaries: list[dict[str, Any]]) -> list[str]:
    cuts = ", ".join(summary["cut"] for summary in summaries)
    return [
        f"FILES in {results}/<cut>/ (cuts: {cuts})",
        "  report.html     all results on a page; each number opens the studies it counts",
        "  brief.pdf       two pages for those who decide; the same as brief.html",
        "  flow.html       the PRISMA 2020 flow, with the records behind each box",
        "  paper/          tables for Word, and paragraphs on methods and results",
        "  tables/         CSV: findings, published, factor_tally, matrix, studies, …",
        "  figures/        SVG, PNG, PDF, alt text and the table behind each",
        "  evidence/       every row that was counted, with its source file and line",
        "  changes.md      what moved since the cut before, and why",
        "  findings.json   every number quoted; checksums of all: review-synthesis verify",
        *_language_lines(results / summaries[-1]["cut"]),
        "",
        _wrapped(0, summaries[-1]["evidence_statement"], hang=0),
        "",
        f"REPORT to open in a browser: {results / INDEX}",
    ]


def _language_lines(cut: Path) -> list[str]:
    """The folders of other languages than English."""
    codes = sorted(path.parent.name for path in cut.glob("*/report.html"))
    return [
        f"  {code + '/':<15} report, brief, flow and figures in "
        f"{Locale.parse(code).get_language_name('en')}"
        for code in codes
    ]
