"""Standard usage in the catalogue of workflows: a short Snakefile takes the workflow over."""

from __future__ import annotations

from collections import Counter

from workdir import PROJECT, Workdir

# What `snakedeploy deploy-workflow` (0.17.1) writes; of a clone on this machine it would write the
# path as it is in the clone, which is found from nowhere else.
SNAKEFILE = f"""
from snakemake.utils import min_version


min_version("6.10.0")


configfile: "config/config.yaml"


module review_synthesis:
    snakefile:
        "{PROJECT}/workflow/Snakefile"
    config:
        config


use rule * from review_synthesis
"""


def test_a_deployed_workflow_plans_what_the_workflow_itself_does(
    inputs: Workdir, all_jobs: Counter[str]
) -> None:
    (inputs.path / "workflow").mkdir()
    (inputs.path / "workflow" / "Snakefile").write_text(SNAKEFILE, "utf-8")
    assert inputs.planned(inputs.python("-m", "snakemake", "--dry-run")) == all_jobs
