# The evidence at a cut. The gate is ancient here: it must have passed, but its own news do not
# make the evidence at an earlier cut anew.
rule assemble_evidence:
    input:
        collect("data/raw/{table}.csv", table=SHARED_TABLES),
        collect(
            "data/raw/{search}/{table}.csv",
            search=lookup("{cut}", within=CUTS),
            table=SEARCH_TABLES,
        ),
        lookup("{cut}", within=OPTIONAL_FILES),
        gate=ancient("results/validation.csv"),
    output:
        collect("results/{{cut}}/evidence/{table}.csv", table=EVIDENCE_TABLES),
    params:
        code=DIGESTS["assemble_evidence"],
        searches=lookup("{cut}", within=SEARCHES_OF_CUT),
    shell:
        "review-synthesis assemble-evidence --raw data/raw --searches {params.searches}"
        " --evidence results/{wildcards.cut}/evidence"
