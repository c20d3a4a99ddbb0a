"""Reproducible synthesis of factor codings: tally, judge, compare, trace."""

from pathlib import Path

__version__ = "0.1.0"

# An installed copy has the workflow in the package, a checkout has it around the package.
_INSTALLED = Path(__file__).parent / "workflow"
_WORKFLOW = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1]
SNAKEFILE = _WORKFLOW / "Snakefile"
"""The workflow: `include` it in the Snakefile of a review's own folder."""
PROFILE = (_WORKFLOW if _INSTALLED.is_dir() else _WORKFLOW.parent) / "profiles" / "default"
"""How Snakemake is to run it."""
