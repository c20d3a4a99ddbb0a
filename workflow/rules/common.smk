# How a declared step becomes a rule.
import json
import os
import shlex
import sys

# In a shell command Snakemake fills in what stands in braces when the job runs. So the searches
# are no part of the command's text: a new one remakes a cut only if it changes what the cut reads.
SEARCHES = ",".join(config["searches"])
# Snakemake does not see an edit of the package, nor of its templates and translations. Their
# digests stand in the text of each command, and so does what the step takes of the config: a
# command whose text changes is run again. Parameters would do the same, but for them Snakemake
# loads pandas in each run, which takes longer than all else that a run with nothing to do does.
CODE, TEXTS = code_digest(), texts_digest()
TELLING = ("wording", "changes", "figures", "report", "brief", "paper")

# The commands are those of the environment that runs Snakemake, whether it is activated or not.
shell.prefix(f'set -euo pipefail; export PATH={os.path.dirname(sys.executable)!r}:"$PATH"; ')


wildcard_constraints:
    cut="|".join(config["searches"]),


def reads(name):
    """The inputs of the rule of a step, at the cut of its wildcard."""
    step = STEPS[name]
    last = config["searches"][-1]

    def files(wildcards):
        cut = getattr(wildcards, "cut", last)
        if not set(CHECKED) & set(step.reads):
            return RUN.inputs(step, cut)
        # The gate makes all its tables anew when one raw table changes. The evidence waits for
        # them, and is made again only if a raw table changes that it comes from.
        return [*map(ancient, RUN.inputs(step, cut)), *raw_files(RUN.up_to(cut))]

    return files


def writes(name):
    """The outputs of the rule of a step."""
    step = STEPS[name]
    return RUN.outputs(step, "{cut}" if step.at_cut else config["searches"][-1])


def command(name):
    """The command of a step, with what it takes of the config, and its log."""
    step = STEPS[name]
    words = json.dumps(choices_of(step, config), ensure_ascii=False)
    digests = f"code {CODE}" + (f", texts {TEXTS}" if step.room in TELLING else "")
    return (
        f"review-synthesis {name.replace('_', '-')}"
        + " --cut {wildcards.cut}" * step.at_cut
        + " --searches {SEARCHES} --config "
        + shlex.quote(words).replace("{", "{{").replace("}", "}}")
        + " 2>&1 | tee {log:q} >&2 # "
        + digests
    )
