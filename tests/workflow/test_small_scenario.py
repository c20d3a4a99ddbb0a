"""The small scenario in .test/ runs all rules, and stands as the workflow catalogue wants it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from workdir import PROJECT, copy_scenario

pytestmark = pytest.mark.slow


def test_the_small_scenario_plans_each_rule_that_the_review_does(
    tmp_path: Path, all_jobs: Counter[str]
) -> None:
    """Both have two searches."""
    assert copy_scenario(tmp_path).plan() == all_jobs


def test_what_the_workflow_catalogue_looks_for_is_there() -> None:
    for path in ("workflow/Snakefile", "config/README.md", ".test/config/config.yaml"):
        assert (PROJECT / path).is_file()
    catalogue = yaml.safe_load((PROJECT / ".snakemake-workflow-catalog.yml").read_text("utf-8"))
    assert catalogue["usage"].keys() == {
        "mandatory-flags",
        "software-stack-deployment",
        "report",
    }
