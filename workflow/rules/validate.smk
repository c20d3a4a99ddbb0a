# The gate: all raw tables of all searches, all problems at once. Nothing runs before it passes.
rule validate_searches:
    input:
        collect("data/raw/{table}.csv", table=SHARED_TABLES),
        collect("data/raw/{search}/{table}.csv", search=SEARCHES, table=SEARCH_TABLES),
    output:
        # A run that fails leaves the validation of the last good run where it was.
        validation=update("results/validation.csv"),
    log:
        "results/logs/problems.csv",
    params:
        code=DIGESTS["validate_searches"],
        searches=",".join(SEARCHES),
    shell:
        "review-synthesis validate-searches --raw data/raw --searches {params.searches}"
        " --validation {output.validation} --problems {log}"
