# All reviews that reviews.yaml names, a job each: the workflow of one review, run in its folder.
# Why its rules are no module with a prefix: docs/many-reviews.md.
import os
import shlex
import sys
from pathlib import Path

from review_synthesis.protocol.config import CONFIG
from review_synthesis.reviews.reviews_file import read_reviews
from review_synthesis.reviews.sealed_reviews import LOG, MARK
from review_synthesis.seal.code_digest import code_digest, texts_digest
from review_synthesis.steps import RAW, RESULTS
from snakemake.utils import min_version

min_version("9.0")
FOLDERS = read_reviews(Path(config.get("reviews_file", "reviews.yaml"))).folders
DIGESTS = f"code {code_digest()}, texts {texts_digest()}"

# The commands are those of the environment that runs Snakemake, whether it is activated or not.
shell.prefix(f'set -euo pipefail; export PATH={os.path.dirname(sys.executable)!r}:"$PATH"; ')


wildcard_constraints:
    folder="|".join(map(re.escape, FOLDERS)),


def written_by_people(wildcards):
    """The config of a review and all tables in its data/raw."""
    folder = Path(wildcards.folder)
    tables = sorted((folder / RAW).rglob("*.csv"))
    return [file.as_posix() for file in [folder / CONFIG, *tables]]


rule all:
    default_target: True
    input:
        expand("{folder}/" + MARK.as_posix(), folder=FOLDERS),


rule review:
    """Make the results of a review in its folder."""
    input:
        written_by_people,
    output:
        update("{folder}/" + (RESULTS / "manifest.sha256").as_posix()),
        touch("{folder}/" + MARK.as_posix()),
    log:
        "{folder}/" + LOG.as_posix(),
    resources:
        # A job that was killed leaves the folder of its review locked; then it alone was in there.
        attempt=lambda wildcards, attempt: attempt,
    shell:
        "(cd {wildcards.folder:q}; [ {resources.attempt} = 1 ] || review-synthesis run --unlock;"
        " review-synthesis run --cores {threads}) > {log:q} 2>&1 # " + DIGESTS
