# What the rules share: the cuts, the choices of the protocol, and the digest of each step.
import hashlib
import os
import sys

SEARCHES = config["searches"]
# A cut holds its own search and all earlier ones.
CUTS = {cut: SEARCHES[: n + 1] for n, cut in enumerate(SEARCHES)}
BEFORE = dict(zip(SEARCHES[1:], SEARCHES))
SEARCHES_OF_CUT = {cut: ",".join(searches) for cut, searches in CUTS.items()}
RULE = config["consensus_rule"]
REVIEW_DOMAINS = ",".join(config["review"]["domains"])
SHARED_TABLES = ["codebook", "published_findings", "corrections"]
SEARCH_TABLES = ["searches", "screening", "studies", "publications", "codings"]
EVIDENCE_TABLES = SHARED_TABLES + SEARCH_TABLES + ["citations", "withdrawn"]
# What a search need not have: a matrix of which review contains which study, withdrawals of
# earlier studies, and what an import of records leaves.
OPTIONAL_TABLES = ["overlap", "withdrawn", "records", "possible_duplicates"]
OPTIONAL_FILES = {
    cut: [
        file
        for search in searches
        for table in OPTIONAL_TABLES
        if os.path.exists(file := f"data/raw/{search}/{table}.csv")
    ]
    for cut, searches in CUTS.items()
}
# What a comparison of two cuts reads of each.
COMPARED = ["findings.json", "evidence/withdrawn.csv"]
COMPARED += [
    f"tables/{table}.csv"
    for table in ["evidence_base", "factor_tally", "findings", "published"]
    + ["robustness_summary", "studies"]
]
FIGURES = ["factors", "matrix", "coverage", "published", "studies"]
FIGURES += ["robustness", "frontier", "agreement", "flow"]
# A template lies beside the package and not in the folder that the workflow runs in. So it is no
# input, and a rule carries its digest, as that of its code.
TEMPLATES = {
    template.name: hashlib.sha256(template.read_bytes()).hexdigest()[:16]
    for template in Path(workflow.basedir, "workflow", "report").glob("*.j2")
}
DIGESTS = kept_digests(Path(".snakemake/digests.json"))
# Where it can, Snakemake loads pandas to look at each parameter, which takes longer than all
# else that a run with nothing to do does. None of our parameters is a table.
sys.modules.setdefault("pandas", None)

# The commands are those of the environment that runs Snakemake, whether it is activated or not.
shell.prefix(f'export PATH={os.path.dirname(sys.executable)!r}:"$PATH"; ')


wildcard_constraints:
    cut="|".join(SEARCHES),
    search="|".join(SEARCHES),
