# One rule a figure: SVG with real text, PNG at 300 dpi, alt text and the table behind it.
rule plot_factors:
    input:
        factor_tally="results/{cut}/tables/factor_tally.csv",
        findings="results/{cut}/tables/findings.csv",
    output:
        svg="results/{cut}/figures/factors.svg",
        png="results/{cut}/figures/factors.png",
        alt="results/{cut}/figures/factors.alt.txt",
        table="results/{cut}/figures/factors.csv",
    params:
        code=DIGESTS["plot_factors"],
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-factors --factor-tally {input.factor_tally} --findings {input.findings}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_matrix:
    input:
        factor_tally="results/{cut}/tables/factor_tally.csv",
        studies="results/{cut}/tables/studies.csv",
    output:
        svg="results/{cut}/figures/matrix.svg",
        png="results/{cut}/figures/matrix.png",
        alt="results/{cut}/figures/matrix.alt.txt",
        table="results/{cut}/figures/matrix.csv",
    params:
        code=DIGESTS["plot_matrix"],
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-matrix --factor-tally {input.factor_tally} --studies {input.studies}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_coverage:
    input:
        domain_tally="results/{cut}/tables/domain_tally.csv",
        evidence_base="results/{cut}/tables/evidence_base.csv",
    output:
        svg="results/{cut}/figures/coverage.svg",
        png="results/{cut}/figures/coverage.png",
        alt="results/{cut}/figures/coverage.alt.txt",
        table="results/{cut}/figures/coverage.csv",
    params:
        code=DIGESTS["plot_coverage"],
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-coverage --domain-tally {input.domain_tally} --evidence-base {input.evidence_base}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_published:
    input:
        published_findings="results/{cut}/evidence/published_findings.csv",
        findings=collect(
            "results/{each}/tables/findings.csv", each=lookup("{cut}", within=CUTS)
        ),
    output:
        svg="results/{cut}/figures/published.svg",
        png="results/{cut}/figures/published.png",
        alt="results/{cut}/figures/published.alt.txt",
        table="results/{cut}/figures/published.csv",
    params:
        code=DIGESTS["plot_published"],
        cuts=lookup("{cut}", within=SEARCHES_OF_CUT),
    shell:
        "review-synthesis plot-published {input.findings}"
        " --published-findings {input.published_findings} --cuts {params.cuts}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_studies:
    input:
        studies="results/{cut}/tables/studies.csv",
    output:
        svg="results/{cut}/figures/studies.svg",
        png="results/{cut}/figures/studies.png",
        alt="results/{cut}/figures/studies.alt.txt",
        table="results/{cut}/figures/studies.csv",
    params:
        code=DIGESTS["plot_studies"],
    shell:
        "review-synthesis plot-studies --studies {input.studies}"
        " --cut {wildcards.cut}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_robustness:
    input:
        robustness="results/{cut}/tables/robustness.csv",
        robustness_summary="results/{cut}/tables/robustness_summary.csv",
    output:
        svg="results/{cut}/figures/robustness.svg",
        png="results/{cut}/figures/robustness.png",
        alt="results/{cut}/figures/robustness.alt.txt",
        table="results/{cut}/figures/robustness.csv",
    params:
        code=DIGESTS["plot_robustness"],
    shell:
        "review-synthesis plot-robustness --robustness {input.robustness} --robustness-summary {input.robustness_summary}"
        " --cut {wildcards.cut}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_frontier:
    input:
        frontier="results/{cut}/tables/frontier.csv",
        findings="results/{cut}/tables/findings.csv",
        published_findings="results/{cut}/evidence/published_findings.csv",
    output:
        svg="results/{cut}/figures/frontier.svg",
        png="results/{cut}/figures/frontier.png",
        alt="results/{cut}/figures/frontier.alt.txt",
        table="results/{cut}/figures/frontier.csv",
    params:
        code=DIGESTS["plot_frontier"],
    shell:
        "review-synthesis plot-frontier --frontier {input.frontier} --findings {input.findings} --published-findings {input.published_findings}"
        " --cut {wildcards.cut}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_agreement:
    input:
        agreement="results/{cut}/tables/agreement.csv",
        codebook="results/{cut}/evidence/codebook.csv",
    output:
        svg="results/{cut}/figures/agreement.svg",
        png="results/{cut}/figures/agreement.png",
        alt="results/{cut}/figures/agreement.alt.txt",
        table="results/{cut}/figures/agreement.csv",
    params:
        code=DIGESTS["plot_agreement"],
        review_domains=REVIEW_DOMAINS,
    shell:
        "review-synthesis plot-agreement --agreement {input.agreement} --codebook {input.codebook}"
        " --cut {wildcards.cut} --review-domains {params.review_domains:q}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_changes:
    input:
        before=collect(
            "results/{before}/tables/findings.csv",
            before=lookup("{cut}", within=BEFORE),
        ),
        after="results/{cut}/tables/findings.csv",
    output:
        svg="results/{cut}/figures/changes.svg",
        png="results/{cut}/figures/changes.png",
        alt="results/{cut}/figures/changes.alt.txt",
        table="results/{cut}/figures/changes.csv",
    params:
        code=DIGESTS["plot_changes"],
        before=lookup("{cut}", within=BEFORE),
    shell:
        "review-synthesis plot-changes --before {input.before} --after {input.after}"
        " --cuts {params.before},{wildcards.cut}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"


rule plot_flow:
    input:
        flow="results/{cut}/tables/flow.csv",
        flow_sources="results/{cut}/tables/flow_sources.csv",
    output:
        svg="results/{cut}/figures/flow.svg",
        png="results/{cut}/figures/flow.png",
        alt="results/{cut}/figures/flow.alt.txt",
        table="results/{cut}/figures/flow.csv",
    params:
        code=DIGESTS["plot_flow"],
        hidden="--hide-empty-boxes" if config["flow"]["hide_empty_boxes"] else "",
    shell:
        "review-synthesis plot-flow --flow {input.flow} --flow-sources {input.flow_sources}"
        " --cut {wildcards.cut} {params.hidden}"
        " --svg {output.svg} --png {output.png} --alt {output.alt}"
        " --table {output.table}"
