# One rule a figure, in every language: SVG with real text, PNG at 300 dpi, PDF, alt text and the
# table behind it.
rule plot_factors:
    input:
        factor_tally="results/{cut}/tables/factor_tally.csv",
        findings="results/{cut}/tables/findings.csv",
    output:
        PLATES["factors"],
    params:
        code=DIGESTS["plot_factors"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-factors --factor-tally {input.factor_tally} --findings {input.findings}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_matrix:
    input:
        factor_tally="results/{cut}/tables/factor_tally.csv",
        studies="results/{cut}/tables/studies.csv",
    output:
        PLATES["matrix"],
    params:
        code=DIGESTS["plot_matrix"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-matrix --factor-tally {input.factor_tally} --studies {input.studies}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_coverage:
    input:
        domain_tally="results/{cut}/tables/domain_tally.csv",
        evidence_base="results/{cut}/tables/evidence_base.csv",
    output:
        PLATES["coverage"],
    params:
        code=DIGESTS["plot_coverage"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-coverage --domain-tally {input.domain_tally} --evidence-base {input.evidence_base}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_published:
    input:
        published_findings="results/{cut}/evidence/published_findings.csv",
        findings=collect(
            "results/{each}/tables/findings.csv", each=lookup("{cut}", within=CUTS)
        ),
    output:
        PLATES["published"],
    params:
        code=DIGESTS["plot_published"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        cuts=lookup("{cut}", within=SEARCHES_OF_CUT),
    shell:
        "review-synthesis plot-published {input.findings}"
        " --published-findings {input.published_findings} --cuts {params.cuts}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_studies:
    input:
        studies="results/{cut}/tables/studies.csv",
    output:
        PLATES["studies"],
    params:
        code=DIGESTS["plot_studies"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
    shell:
        "review-synthesis plot-studies --studies {input.studies}"
        " --cut {wildcards.cut}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_robustness:
    input:
        robustness="results/{cut}/tables/robustness.csv",
        robustness_summary="results/{cut}/tables/robustness_summary.csv",
    output:
        PLATES["robustness"],
    params:
        code=DIGESTS["plot_robustness"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
    shell:
        "review-synthesis plot-robustness --robustness {input.robustness} --robustness-summary {input.robustness_summary}"
        " --cut {wildcards.cut}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_frontier:
    input:
        frontier="results/{cut}/tables/frontier.csv",
        findings="results/{cut}/tables/findings.csv",
        published_findings="results/{cut}/evidence/published_findings.csv",
    output:
        PLATES["frontier"],
    params:
        code=DIGESTS["plot_frontier"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
    shell:
        "review-synthesis plot-frontier --frontier {input.frontier} --findings {input.findings} --published-findings {input.published_findings}"
        " --cut {wildcards.cut}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_agreement:
    input:
        agreement="results/{cut}/tables/agreement.csv",
        codebook="results/{cut}/evidence/codebook.csv",
    output:
        PLATES["agreement"],
    params:
        code=DIGESTS["plot_agreement"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-agreement --agreement {input.agreement} --codebook {input.codebook}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_changes:
    input:
        before=collect(
            "results/{before}/tables/findings.csv",
            before=lookup("{cut}", within=BEFORE),
        ),
        after="results/{cut}/tables/findings.csv",
    output:
        PLATES["changes"],
    params:
        code=DIGESTS["plot_changes"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        before=lookup("{cut}", within=BEFORE),
    shell:
        "review-synthesis plot-changes --before {input.before} --after {input.after}"
        " --cuts {params.before},{wildcards.cut}"
        " --languages {params.languages} --results results/{wildcards.cut}"


rule plot_flow:
    input:
        flow="results/{cut}/tables/flow.csv",
        flow_sources="results/{cut}/tables/flow_sources.csv",
    output:
        PLATES["flow"],
    params:
        code=DIGESTS["plot_flow"],
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        hidden="--hide-empty-boxes" if config["flow"]["hide_empty_boxes"] else "",
    shell:
        "review-synthesis plot-flow --flow {input.flow} --flow-sources {input.flow_sources}"
        " --cut {wildcards.cut} {params.hidden}"
        " --languages {params.languages} --results results/{wildcards.cut}"
