# How the choices are checked, and how a declared step becomes a rule.
import json
import os
import shlex
import sys
from pathlib import Path

from review_synthesis.absent import run_of
from review_synthesis.protocol.config import as_meant, check_protocol, with_defaults
from review_synthesis.seal.code_digest import code_digest, dates_of_package, texts_digest
from review_synthesis.seal.edited import put_back, refuse_edited, refuse_forgotten
from review_synthesis.seal.passed import PASSED, has_passed, pass_of, passed, passed_at
from review_synthesis.steps import CHECKED, RESULTS, STEPS, choices_of, raw_files

# What the last run that finished was of: the dates of the package, the digests of its code and
# texts, the choices, and what tells results that had been put back before it. While its dates are
# the same, so are its digests. The choices are checked before anything runs, but those of the last
# run not again: that takes as long as all of this.
LAST_RUN = Path("results/logs/last_run.txt")
LAST = LAST_RUN.read_text("utf-8", "replace").splitlines() if LAST_RUN.is_file() else []
DATES = dates_of_package()
KNOWN = len(LAST) == 5 and LAST[0] == DATES
CODE, TEXTS = LAST[1:3] if KNOWN else (code_digest(), texts_digest())
config = as_meant(config)
CHOICES = repr(config)
UNCHANGED = LAST[1:4] == [CODE, TEXTS, CHOICES]
if not UNCHANGED:
    check_protocol(config)
config = with_defaults(config)
RUN = run_of(config)
PASSES = passed(RUN.searches)
refuse_forgotten(RUN)
refuse_edited(RUN, newer=True)
# Where results were put back, as by git, all are made anew: each command says from which on.
ANEW_BEFORE = "".join(LAST[4:5])
ANEW = put_back(RUN, ANEW_BEFORE)
# Snakemake does not see an edit of the package, nor of its templates and translations. Their
# digests stand in the text of each command, and so does what the step takes of the config: a
# command whose text changes is run again. Parameters would do the same, but for them Snakemake
# loads pandas in each run, which takes longer than all else that a run with nothing to do does.
TELLING = ("wording", "changes", "figures", "report", "brief", "paper")
GATE_PASSED = "results/validation.csv"  # made last time too, where the gate stops this time

# The commands are those of the environment that runs Snakemake, whether it is activated or not. The
# searches are no part of their text: a new one remakes a cut only if it changes what the cut reads.
# (As a name in braces they would not be known where another workflow takes this one as a module.)
shell.prefix(
    f'set -euo pipefail; export PATH={os.path.dirname(sys.executable)!r}:"$PATH"; '
    f"searches={','.join(RUN.searches)}; "
)


wildcard_constraints:
    cut="|".join(config["searches"]),


def reads(name):
    """The inputs of the rule of a step, at the cut of its wildcard."""
    step = STEPS[name]
    last = config["searches"][-1]

    def files(wildcards):
        cut = getattr(wildcards, "cut", last)
        if step.room == "seal":
            return RUN.inputs(step, cut)
        if step.room == "gate":
            # Not the dates of raw tables decide whether it runs, but what they hold: see writes.
            return map(ancient, RUN.inputs(step, cut))
        if not set(CHECKED) & set(step.reads):
            # Where a result is missing, as one that the review did not have until now, Snakemake
            # asks for it at once, and from evidence of before: it too has to wait for the gate.
            return [ancient(GATE_PASSED), *RUN.inputs(step, cut)]
        # The gate makes all its tables anew when one raw table changes. The evidence waits for
        # them, and is made again where a raw table changes that it comes from: then the file that
        # says that it has passed has another name, and Snakemake sees another set of inputs.
        return map(ancient, [*RUN.inputs(step, cut), *passed_at(cut, RUN, PASSES)])

    return files


def writes(name):
    """The outputs of the rule of a step, and the mark that it is done.

    A job that fails leaves what the last good run made, but for its mark: a missing mark makes it
    run again. (Snakemake takes what it has put back for newer than what it comes from.) Of the
    gate there is a file for each part of the raw tables, named after what the part holds.
    """
    step = STEPS[name]
    cut = "{cut}" if step.at_cut else config["searches"][-1]
    passes = map(touch, PASSES.values()) if step.room == "gate" else []
    return [*map(update, RUN.outputs(step, cut)), RUN.mark(step, cut), *passes]


def missing():
    """Results and marks that are not there. Snakemake does without them if it is not asked."""
    asked = [*RUN.results(), *RUN.marks(), *PASSES.values()]
    return [file for file in asked if not os.path.isfile(file)]


def command(name):
    """The command of a step, with what it takes of the config, and its log."""
    step = STEPS[name]
    words = json.dumps(choices_of(step, config), ensure_ascii=False)
    digests = f"code {CODE}" + (f", texts {TEXTS}" if step.room in TELLING else "")
    digests += f", anew from {ANEW}" if ANEW else ""
    return (
        f"review-synthesis {name.replace('_', '-')}"
        + " --cut {wildcards.cut}" * step.at_cut
        + ' --searches "$searches" --config '
        + shlex.quote(words).replace("{", "{{").replace("}", "}}")
        + " 2>&1 | tee {log:q} >&2 # "
        + digests
    )


def and_mark(name, says=f"(date +%s-$$; ls {PASSED.as_posix()}) >"):
    """The command of a step, and that it leaves its mark.

    A mark says when its step was done, so that each is another one, and what had been passed then.
    """
    step = STEPS[name]
    mark = RUN.mark(step, "{wildcards.cut}" if step.at_cut else config["searches"][-1])
    return f"{command(name)}\n{says} {mark}"


onstart:
    refuse_edited(RUN)
    # Also where this run does not finish, what is put back after it is told from what was before.
    if ANEW != ANEW_BEFORE:
        LAST_RUN.parent.mkdir(parents=True, exist_ok=True)
        LAST_RUN.write_text("\n".join(["", "", "", "", ANEW, ""]), "utf-8")


onsuccess:
    LAST_RUN.write_text("\n".join([DATES, CODE, TEXTS, CHOICES, ANEW, ""]), "utf-8")


onerror:
    print(
        "The run did not finish. What it did not make is as an earlier run left it, or missing:",
        "`review-synthesis verify` names what is not as sealed.",
        file=sys.stderr,
    )
