# The map: raw review tables → one gate → evidence at a cut → counts → judgements → comparison
# with what the review published → figures → report → seal. Each rule calls the subcommand of its name.
from pathlib import Path

from review_synthesis.seal.code_digest import kept_digests
from review_synthesis.protocol.config import check_protocol
from snakemake.utils import min_version

min_version("9.0")


configfile: "config/config.yaml"


config = check_protocol(config)


include: "workflow/rules/common.smk"
include: "workflow/rules/validate.smk"
include: "workflow/rules/assemble.smk"
include: "workflow/rules/tally.smk"
include: "workflow/rules/flow.smk"
include: "workflow/rules/judge.smk"
include: "workflow/rules/compare.smk"
include: "workflow/rules/stress.smk"
include: "workflow/rules/changes.smk"
include: "workflow/rules/plot.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/seal.smk"


rule all:
    default_target: True
    input:
        # Where its results exist, Snakemake misses neither a raw table nor a pass of the gate
        # unless they are named here.
        rules.validate_searches.input,
        rules.validate_searches.output.passed,
        "results/manifest.sha256",
