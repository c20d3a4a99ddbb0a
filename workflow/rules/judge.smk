# The consensus rule of the config, applied to each factor × direction.
rule judge_findings:
    input:
        factor_tally="results/{cut}/tables/factor_tally.csv",
    output:
        findings="results/{cut}/tables/findings.csv",
    params:
        code=DIGESTS["judge_findings"],
        min_studies=RULE["min_studies"],
        min_share=RULE["min_share"],
        max_contradicting=RULE["max_contradicting"],
    shell:
        "review-synthesis judge-findings --factor-tally {input.factor_tally}"
        " --min-studies {params.min_studies} --min-share {params.min_share}"
        " --max-contradicting {params.max_contradicting} --findings {output.findings}"
