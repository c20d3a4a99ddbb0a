# What the review published beside what is found here, and every number that a text quotes.
rule compare_published:
    input:
        published_findings="results/{cut}/evidence/published_findings.csv",
        findings="results/{cut}/tables/findings.csv",
        evidence_base="results/{cut}/tables/evidence_base.csv",
        codebook="results/{cut}/evidence/codebook.csv",
    output:
        published="results/{cut}/tables/published.csv",
        unpublished="results/{cut}/tables/unpublished.csv",
    params:
        code=DIGESTS["compare_published"],
    shell:
        "review-synthesis compare-published --published-findings {input.published_findings}"
        " --findings {input.findings} --evidence-base {input.evidence_base}"
        " --codebook {input.codebook} --published {output.published}"
        " --unpublished {output.unpublished}"


rule write_findings:
    input:
        collect("results/{{cut}}/tables/{table}.csv", table=GATHERED_TABLES),
        "results/{cut}/evidence/publications.csv",
    output:
        summary="results/{cut}/findings.json",
    params:
        code=DIGESTS["write_findings"],
        searches=lookup("{cut}", within=SEARCHES_OF_CUT),
        evidence_statement=config["review"]["evidence_statement"],
        rule_version=RULE["version"],
        min_studies=RULE["min_studies"],
        min_share=RULE["min_share"],
        max_contradicting=RULE["max_contradicting"],
    shell:
        "review-synthesis write-findings --results results/{wildcards.cut}"
        " --cut {wildcards.cut} --searches {params.searches}"
        " --evidence-statement {params.evidence_statement:q}"
        " --rule-version {params.rule_version} --min-studies {params.min_studies}"
        " --min-share {params.min_share} --max-contradicting {params.max_contradicting}"
        " --summary {output.summary}"
