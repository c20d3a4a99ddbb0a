"""The small scenario in .test/ stands as the workflow catalogue wants it."""

from __future__ import annotations

import yaml
from workdir import PROJECT


def test_what_the_workflow_catalogue_looks_for_is_there() -> None:
    for path in ("workflow/Snakefile", "config/README.md", ".test/config/config.yaml"):
        assert (PROJECT / path).is_file()
    catalogue = yaml.safe_load((PROJECT / ".snakemake-workflow-catalog.yml").read_text("utf-8"))
    assert catalogue["usage"].keys() == {
        "mandatory-flags",
        "software-stack-deployment",
        "report",
    }
