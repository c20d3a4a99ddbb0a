# The gate: all raw tables of all searches, all problems at once. Nothing runs before it passes.
# A checkpoint, because the evidence takes the gate as ancient: Snakemake looks again at what has
# to run when the gate has passed. After a rule it would leave out evidence that has changed.
checkpoint validate_searches:
    input:
        collect("data/raw/{table}.csv", table=SHARED_TABLES),
        collect("data/raw/{search}/{table}.csv", search=SEARCHES, table=SEARCH_TABLES),
        OPTIONAL_FILES[SEARCHES[-1]],
    output:
        # A run that fails leaves the validation of the last good run where it was, and takes
        # the pass away, so that the next run checks again.
        validation=update("results/validation.csv"),
        passed=touch("results/logs/passed"),
    log:
        "results/logs/problems.csv",
    params:
        code=DIGESTS["validate_searches"],
        searches=",".join(SEARCHES),
        undecided="--allow-undecided" if config["allow_undecided"] else "",
    shell:
        "review-synthesis validate-searches --raw data/raw --searches {params.searches}"
        " {params.undecided}"
        " --validation {output.validation} --problems {log}"
