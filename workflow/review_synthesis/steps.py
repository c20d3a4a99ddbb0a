"""The steps of the pipeline as data: what each reads, writes and takes of the config.

A step is declared here and nowhere else. Its function has its name and stands in the module of
its name in its room; the subcommand, the inputs and outputs of its rule, the models that its
tables are checked by, reading and writing all follow from the declaration. A table or file is
named by its place in the results at a cut, a table without its ``.csv``: ``tables/findings``. A
name that begins with ``/`` has its place in ``results``, and one with ``{search}`` is there once
for each search up to the cut.

Only the standard library is imported, because the Snakefile reads this in each run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

RAW, RESULTS = Path("data/raw"), Path("results")
SOURCE = "en"
"""The language of the code and of what stands in the folder of a cut itself."""

SHARED_TABLES = ("codebook",)
SHARED_OPTIONAL = ("published_findings", "corrections", "codebook_changes", "checks", "cerqual")
SEARCH_TABLES = ("searches", "screening", "studies", "publications", "codings")
HANDED_ON = (
    *("withdrawn", "reads"),
    *("screening_checks", "study_methods", "local_innovations"),
)
"""Optional tables that the gate hands on: without rows where a search has none."""
OPTIONAL_TABLES = ("overlap", *HANDED_ON, "records", "possible_duplicates")
CHECKED_SHARED = tuple(f"/checked/{name}" for name in (*SHARED_TABLES, *SHARED_OPTIONAL))
OF_SEARCHES = (*SEARCH_TABLES, *HANDED_ON, "citations", "first_codings")
"""What the gate hands on of each search: beside tables as they are, what it made of them."""
CHECKED = tuple(f"/checked/{{search}}/{name}" for name in OF_SEARCHES)
EVIDENCE = tuple(f"evidence/{name}" for name in (*SHARED_TABLES, *SHARED_OPTIONAL, *OF_SEARCHES))


def tables(*names: str) -> tuple[str, ...]:
    """Tables of the results at a cut by their full names."""
    return tuple(f"tables/{name}" for name in names)


def _evidence(*names: str) -> tuple[str, ...]:
    return tuple(f"evidence/{name}" for name in names)


def drawn(*names: str) -> tuple[str, ...]:
    """The files of figures by their full names, but for the table behind each."""
    kinds = ("svg", "png", "pdf", "alt.txt")
    return tuple(f"figures/{name}.{kind}" for name in names for kind in kinds)


FIGURES = (
    *("factors", "matrix", "coverage", "published", "places", "studies"),
    *("robustness", "frontier", "agreement", "flow"),
)
TERMS = ("review.role", "review.unit", "review.place", "review.subject")
"""What a step takes of the config that says sentences, for the words that they take."""
PAGES_OF_REPORT = ("report", "findings", "studies", "methods", "flow", "map")
CHECKLISTS = ("prisma_2020", "prisma_s", "entreq", "swim")
HISTORY = _evidence("withdrawn", "reads", "codebook_changes")
COMPARED = (
    *HISTORY,
    *tables("evidence_base", "factor_tally", "findings", "published"),
    *tables("robustness_summary", "studies"),
)
"""What a comparison of two cuts reads of each."""
CHECKED_EVIDENCE = (
    *tables("screening_checks", "coding_checks", "methods_levels", "methods_agreement"),
    *tables("appraisals", "cerqual", "cerqual_groups"),
)
"""The checks of the evidence, and what a judgement of the confidence in a finding looks at."""
SUMMARISED = (
    *tables("evidence_base", "findings", "published", "unpublished", "studies"),
    *tables("factor_tally", "domain_tally", "robustness_kinds", "robustness_summary"),
    *tables("frontier", "agreement", "settlements", "overlap", "flow", "local_innovations"),
    *CHECKED_EVIDENCE,
    *_evidence("publications"),
)
"""What the numbers of ``findings.json`` and ``cards.json`` come from."""


class Step(NamedTuple):
    """A step: its room and name, and by name what it reads and writes.

    ``before`` is read at the cut before too, where there is one, and ``each_cut`` at each cut so
    far. Of the figures ``shows`` the drawing and its alt text are read in each language. What
    ``speaks`` names is written in each language, in a folder of its own but for English. A step
    that is ``later`` runs only at a cut that has one before; one that is not ``at_cut`` runs once.
    """

    room: str
    name: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    each_cut: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()
    later: bool = False
    at_cut: bool = True
    confirm: str = ""
    """A module of the room that counts again what was written, and stops where it differs."""


STEPS = {
    step.name: step
    for step in (
        Step(
            "gate",
            "validate_searches",
            writes=("/validation", *CHECKED_SHARED, *CHECKED),
            config=("allow_undecided", "vocabularies", "review.domains", "review.implications"),
            at_cut=False,
        ),
        Step(
            "counting",
            "count_evidence",
            reads=(*CHECKED_SHARED, *CHECKED),
            writes=(
                *(*EVIDENCE, "evidence/agreed"),
                *tables("evidence_base", "studies", "exclusions"),
                *tables("factor_tally", "domain_tally", "group_tally", "matrix"),
                *tables("local_innovations"),
                *tables("flow", "flow_records", "flow_sources", "excluded", "prisma2020"),
            ),
            config=(
                *("coding", "review.domains", "flow.reports_seen"),
                *("vocabularies.places", "vocabularies.exclusion_reasons"),
            ),
            confirm="second_count",
        ),
        Step(
            "judging",
            "judge_findings",
            reads=(
                *tables("factor_tally", "evidence_base", "local_innovations"),
                *_evidence("study_methods", "published_findings", "codebook", "codebook_changes"),
            ),
            writes=tables("findings", "published", "unpublished"),
            config=("frequency_rule",),
        ),
        Step(
            "robustness",
            "examine_evidence",
            reads=(
                *_evidence("agreed", "codings", "first_codings", "studies", "publications"),
                *_evidence("codebook", "citations", "published_findings", "reads", "screening"),
                *_evidence("screening_checks", "checks", "study_methods", "cerqual"),
                "tables/findings",
            ),
            writes=(
                *CHECKED_EVIDENCE,
                *tables("robustness", "robustness_kinds", "robustness_summary"),
                *tables("scenarios_left_out", "frontier"),
                *tables("agreement", "adjudication", "settlements"),
                *tables("overlap", "included_primaries", "overlap_tally"),
            ),
            config=("frequency_rule", "coding", "review.place"),
        ),
        Step(
            "changes",
            "compare_cuts",
            reads=COMPARED,
            before=COMPARED,
            writes=("tables/changes", "changes.json", "changes.md"),
            config=("frequency_rule", *TERMS),
            later=True,
        ),
        Step(
            "figures",
            "plot_figures",
            reads=(
                *tables("factor_tally", "domain_tally", "evidence_base", "findings", "studies"),
                *tables("robustness_kinds", "robustness_summary", "frontier", "agreement"),
                *tables("flow", "flow_sources", "group_tally"),
                *_evidence("codebook", "published_findings"),
            ),
            each_cut=tables("findings", "published"),
            writes=tuple(f"figures/{name}.csv" for name in FIGURES),
            speaks=drawn(*FIGURES),
            config=(
                *("review.domains", "flow.hide_empty_boxes", "frequency_rule"),
                *("vocabularies.places", "review.figure_note", *TERMS),
            ),
        ),
        Step(
            "figures",
            "plot_changes",
            reads=("tables/findings", "evidence/codebook_changes"),
            before=tables("findings"),
            writes=("figures/changes.csv",),
            speaks=drawn("changes"),
            config=("frequency_rule", "review.figure_note", *TERMS),
            later=True,
        ),
        Step(
            "report",
            "write_report",
            reads=(
                *SUMMARISED,
                *tables("group_tally", "scenarios_left_out", "flow_records", "flow_sources"),
                *_evidence("codebook", "codings", "agreed", "screening", "local_innovations"),
                *_evidence("study_methods"),
                *HISTORY,
            ),
            before=(*SUMMARISED, *HISTORY),
            shows=(*FIGURES, "changes"),
            speaks=tuple(f"{page}.html" for page in PAGES_OF_REPORT),
            config=("frequency_rule", "review", "languages", "vocabularies.places"),
        ),
        Step(
            "report",
            "write_index",
            each_cut=(*SUMMARISED, "evidence/searches"),
            speaks=("/index.html",),
            config=("frequency_rule", "review", "languages", "vocabularies.places"),
            at_cut=False,
        ),
        Step(
            "brief",
            "write_brief",
            reads=(*SUMMARISED, *HISTORY),
            before=(*SUMMARISED, *HISTORY),
            speaks=("brief.html", "brief.pdf"),
            config=("frequency_rule", "review", "languages", "vocabularies.places"),
        ),
        Step(
            "paper",
            "write_paper",
            reads=(
                *SUMMARISED,
                *HISTORY,
                "tables/scenarios_left_out",
                *_evidence("searches", "codebook", "agreed", "corrections"),
            ),
            before=(*SUMMARISED, *HISTORY),
            writes=(
                *("findings.json", "cards.json", "cerqual"),
                *("paper/text.md", "paper/text.json"),
                *("paper/tables.md", "paper/tables.docx"),
                *(f"checklists/{name}.{kind}" for name in CHECKLISTS for kind in ("csv", "docx")),
            ),
            config=("frequency_rule", "review"),
        ),
        Step(
            "seal",
            "write_manifest",
            writes=("/run.json", "/manifest.sha256"),
            config=(
                *("allow_undecided", "languages", "frequency_rule", "flow"),
                *("vocabularies", "review"),
            ),
            at_cut=False,
        ),
    )
}


def choices_of(step: Step, config: Mapping[str, object]) -> dict[str, object]:
    """What a step takes of the config: a part by its name, or with a dot one entry of a part.

    Each takes how studies were coded (``coding``), because by that files are there or not.
    """
    chosen: dict[str, object] = {}
    entries: dict[str, dict[str, object]] = {}
    for name in ("coding", *(("languages",) if step.speaks else ()), *step.config):
        part, _, entry = name.partition(".")
        chosen[part] = whole = config[part]
        if entry and isinstance(whole, Mapping):
            chosen[part] = entries[part] = {**entries.get(part, {}), entry: whole[entry]}
    return chosen


class Run(NamedTuple):
    """What a run is of: its searches, oldest first, the languages it speaks, what it lacks."""

    searches: Sequence[str]
    languages: Sequence[str]
    absent: frozenset[str] = frozenset()  # declared names of results that the review lacks

    def up_to(self, cut: str) -> list[str]:
        """The cuts up to one."""
        return [search for search in self.searches if search <= cut]

    def before(self, cut: str) -> str:
        """The cut before one, or nothing."""
        return next(iter(reversed([search for search in self.searches if search < cut])), "")

    def cuts_of(self, step: Step) -> list[str]:
        """The cuts at which a step runs; a step that runs once does so at the last."""
        if not step.at_cut:
            return [self.searches[-1]]
        return list(self.searches[1:] if step.later else self.searches)

    def inputs(self, step: Step, cut: str) -> list[str]:
        """The files that a step reads at a cut."""
        if step.name == "validate_searches":
            return raw_files(self.searches)
        if step.name == "write_manifest":
            return [file for file in self.marks() if file != self.mark(step, cut)]
        before = self.before(cut)
        files = list(self._files(step.reads, cut))
        files += self._files(step.before, before) if before else []
        files += [file for each in self.up_to(cut) for file in self._files(step.each_cut, each)]
        shown = self.shown(step, cut)
        names = [f"figures/{name}.{kind}" for name in shown for kind in ("svg", "alt.txt")]
        files += [file for each in self.languages for file in self._files(names, cut, each)]
        return list(dict.fromkeys(files))

    def outputs(self, step: Step, cut: str = "{cut}") -> list[str]:
        """The files that a step writes at a cut, or at any: with ``{cut}`` in its place."""
        files = list(self._files(step.writes, cut))
        for language in self.languages:
            files += self._files(step.speaks, cut, language)
        return files

    def mark(self, step: Step, cut: str) -> str:
        """The file that says that a step is done at a cut."""
        return f"results/logs/{f'{cut}/' * step.at_cut}{step.name}.done"

    def marks(self) -> list[str]:
        """The marks of all steps."""
        return [self.mark(step, cut) for step in STEPS.values() for cut in self.cuts_of(step)]

    def results(self) -> list[str]:
        """All files of the results but those of the seal."""
        steps = [step for step in STEPS.values() if step.room != "seal"]
        return [
            file for step in steps for cut in self.cuts_of(step) for file in self.outputs(step, cut)
        ]

    def shown(self, step: Step, cut: str) -> list[str]:
        """The figures that a step shows at a cut; at the first, none of changes."""
        shown = [name for name in step.shows if f"figures/{name}.svg" not in self.absent]
        return shown if self.before(cut) else [name for name in shown if name != "changes"]

    def each_search(self, name: str, cut: str) -> list[str]:
        """The name, or one for each search up to the cut."""
        if "{search}" not in name:
            return [name]
        searches = self.searches if cut == "{cut}" else self.up_to(cut)
        return [name.replace("{search}", search) for search in searches]

    def _files(self, names: Sequence[str], cut: str, language: str = SOURCE) -> Iterator[str]:
        for name in [each for each in names if each not in self.absent]:
            for each in self.each_search(name, cut):
                yield file_of(each, cut, language)


def file_of(name: str, cut: str, language: str = SOURCE) -> str:
    """The file of a table or another result by its name."""
    folder = RESULTS.as_posix() + ("" if name.startswith("/") else f"/{cut}")
    spoken = "" if language == SOURCE else f"/{language}"
    kind = "" if "." in base_name(name) else ".csv"
    return f"{folder}{spoken}/{name.lstrip('/')}{kind}"


def path_of(name: str, cut: str, language: str = SOURCE) -> Path:
    """The same as a path."""
    return Path(file_of(name, cut, language))


def raw_files(searches: Sequence[str]) -> list[str]:
    """The raw files of the searches: those that each needs, and of the others those that exist."""
    raw = RAW.as_posix()
    folders = [f"{raw}/{search}" for search in searches]
    files = [f"{raw}/{name}.csv" for name in SHARED_TABLES]
    files += [f"{folder}/{name}.csv" for folder in folders for name in SEARCH_TABLES]
    others = [f"{raw}/{name}.csv" for name in SHARED_OPTIONAL]
    others += [f"{folder}/{name}.csv" for folder in folders for name in OPTIONAL_TABLES]
    return [*files, *filter(os.path.isfile, others)]


def base_name(name: str) -> str:
    """How a function calls a table: ``findings`` for ``tables/findings``."""
    return name.rpartition("/")[2]
