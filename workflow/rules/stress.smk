# What becomes of a finding when a study, a programme, a coder or a decision goes.
rule stress_findings:
    input:
        codings="results/{cut}/evidence/codings.csv",
        studies="results/{cut}/evidence/studies.csv",
        publications="results/{cut}/evidence/publications.csv",
        findings="results/{cut}/tables/findings.csv",
        published_findings="results/{cut}/evidence/published_findings.csv",
    output:
        robustness="results/{cut}/tables/robustness.csv",
        robustness_summary="results/{cut}/tables/robustness_summary.csv",
        frontier="results/{cut}/tables/frontier.csv",
        cards="results/{cut}/cards.json",
    params:
        code=DIGESTS["stress_findings"],
        min_studies=RULE["min_studies"],
        min_share=RULE["min_share"],
        max_contradicting=RULE["max_contradicting"],
    shell:
        "review-synthesis stress-findings --codings {input.codings} --studies {input.studies}"
        " --publications {input.publications} --findings {input.findings}"
        " --published-findings {input.published_findings} --min-studies {params.min_studies}"
        " --min-share {params.min_share} --max-contradicting {params.max_contradicting}"
        " --robustness {output.robustness} --robustness-summary {output.robustness_summary}"
        " --frontier {output.frontier} --cards {output.cards}"


rule compare_coders:
    input:
        codings="results/{cut}/evidence/codings.csv",
        studies="results/{cut}/evidence/studies.csv",
        codebook="results/{cut}/evidence/codebook.csv",
    output:
        agreement="results/{cut}/tables/agreement.csv",
        adjudication="results/{cut}/tables/adjudication.csv",
        settlements="results/{cut}/tables/settlements.csv",
    params:
        code=DIGESTS["compare_coders"],
    shell:
        "review-synthesis compare-coders --codings {input.codings} --studies {input.studies}"
        " --codebook {input.codebook} --agreement {output.agreement}"
        " --adjudication {output.adjudication} --settlements {output.settlements}"


rule tally_overlap:
    input:
        codings="results/{cut}/evidence/codings.csv",
        studies="results/{cut}/evidence/studies.csv",
        codebook="results/{cut}/evidence/codebook.csv",
        citations="results/{cut}/evidence/citations.csv",
        findings="results/{cut}/tables/findings.csv",
    output:
        overlap="results/{cut}/tables/overlap.csv",
        included_primaries="results/{cut}/tables/included_primaries.csv",
        overlap_tally="results/{cut}/tables/overlap_tally.csv",
    params:
        code=DIGESTS["tally_overlap"],
        min_studies=RULE["min_studies"],
        min_share=RULE["min_share"],
        max_contradicting=RULE["max_contradicting"],
    shell:
        "review-synthesis tally-overlap --codings {input.codings} --studies {input.studies}"
        " --codebook {input.codebook} --citations {input.citations} --findings {input.findings}"
        " --min-studies {params.min_studies} --min-share {params.min_share}"
        " --max-contradicting {params.max_contradicting} --overlap {output.overlap}"
        " --included-primaries {output.included_primaries}"
        " --overlap-tally {output.overlap_tally}"
