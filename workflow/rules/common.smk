# What the rules share: the cuts, the choices of the protocol, and the digest of each step.
import hashlib
import json
import os
import sys

SEARCHES = config["searches"]
# A cut holds its own search and all earlier ones.
CUTS = {cut: SEARCHES[: n + 1] for n, cut in enumerate(SEARCHES)}
BEFORE = dict(zip(SEARCHES[1:], SEARCHES))
SEARCHES_OF_CUT = {cut: ",".join(searches) for cut, searches in CUTS.items()}
RULE = config["consensus_rule"]
REVIEW = json.dumps(config["review"], sort_keys=True, ensure_ascii=False)
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
# What findings.json gathers.
GATHERED_TABLES = ["evidence_base", "findings", "published", "unpublished", "studies"]
GATHERED_TABLES += ["factor_tally", "domain_tally", "robustness_summary", "frontier"]
GATHERED_TABLES += ["agreement", "settlements", "overlap", "flow"]
# What the pages tell of.
FLOW_TABLES = ["flow", "flow_records", "flow_sources"]
RECORDS_TABLES = ["screening", "publications", "withdrawn"]
REPORT_TABLES = [
    "studies",
    "findings",
    "factor_tally",
    "published",
    "unpublished",
    "agreement",
]
REPORT_TABLES += ["flow"]
PAPER_TABLES = ["evidence_base", "studies", "factor_tally", "domain_tally", "findings", "flow"]
PAPER_TABLES += ["published", "robustness_summary", "agreement"]
CODED_TABLES = ["codebook", "publications", "codings"]
FIGURES = ["factors", "matrix", "coverage", "published", "studies"]
FIGURES += ["robustness", "frontier", "agreement", "flow"]
LANGUAGES = ",".join(config["languages"])
# English stands in the folder of a cut, each other language in a folder of its own there.
PLACES = ["" if language == "en" else f"{language}/" for language in config["languages"]]
PLATES = {
    figure: [
        f"results/{{cut}}/{place}figures/{figure}.{kind}"
        for place in PLACES
        for kind in ["svg", "png", "pdf", "alt.txt"]
    ]
    + [f"results/{{cut}}/figures/{figure}.csv"]
    for figure in [*FIGURES, "changes"]
}
# What a page takes of a figure: the drawing and its words.
DRAWN = {
    figure: [file for file in files if file.endswith((".svg", ".alt.txt"))]
    for figure, files in PLATES.items()
}
# A template and a catalogue of translations lie with the package and not in the folder that the
# workflow runs in. So they are no input, and a rule carries their digest, as that of its code.
TEMPLATES, TRANSLATIONS = [
    hashlib.sha256(
        b"".join(
            file.read_bytes()
            for file in sorted(Path(workflow.basedir, "workflow").glob(files))
        )
    ).hexdigest()[:16]
    for files in ["review_synthesis/*/templates/*", "review_synthesis/wording/locale/*"]
]
# Only from the second cut on is there anything to compare with.
CHANGES_OF_CUT = {cut: [f"results/{cut}/changes.json"] for cut in BEFORE}
CHANGES_DRAWN = {cut: [file.format(cut=cut) for file in DRAWN["changes"]] for cut in BEFORE}
DIGESTS = kept_digests(Path(".snakemake/digests.json"))
# Where it can, Snakemake loads pandas to look at each parameter, which takes longer than all
# else that a run with nothing to do does. None of our parameters is a table.
sys.modules.setdefault("pandas", None)

# The commands are those of the environment that runs Snakemake, whether it is activated or not.
shell.prefix(f'export PATH={os.path.dirname(sys.executable)!r}:"$PATH"; ')


wildcard_constraints:
    cut="|".join(SEARCHES),
    search="|".join(SEARCHES),
