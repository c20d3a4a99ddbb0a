# Counts: of studies and publications, and of studies per factor.
rule tally_studies:
    input:
        collect("results/{{cut}}/evidence/{table}.csv", table=EVIDENCE_TABLES),
    output:
        evidence_base="results/{cut}/tables/evidence_base.csv",
        studies="results/{cut}/tables/studies.csv",
        exclusions="results/{cut}/tables/exclusions.csv",
    params:
        code=DIGESTS["tally_studies"],
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis tally-studies --evidence results/{wildcards.cut}/evidence"
        " --review-domains {params.review_domains:q}"
        " --evidence-base {output.evidence_base} --studies {output.studies}"
        " --exclusions {output.exclusions}"


rule tally_factors:
    input:
        codings="results/{cut}/evidence/codings.csv",
        studies="results/{cut}/evidence/studies.csv",
        codebook="results/{cut}/evidence/codebook.csv",
    output:
        factor_tally="results/{cut}/tables/factor_tally.csv",
        domain_tally="results/{cut}/tables/domain_tally.csv",
        group_tally="results/{cut}/tables/group_tally.csv",
        matrix="results/{cut}/tables/matrix.csv",
    params:
        code=DIGESTS["tally_factors"],
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis tally-factors --codings {input.codings} --studies {input.studies}"
        " --codebook {input.codebook} --review-domains {params.review_domains:q}"
        " --factor-tally {output.factor_tally} --domain-tally {output.domain_tally}"
        " --group-tally {output.group_tally} --matrix {output.matrix}"
