rule judge_findings:
    """Judge each factor × direction by the rule, and put it beside what was published."""
    input:
        reads("judge_findings"),
    output:
        writes("judge_findings"),
    log:
        "results/logs/{cut}/judge_findings.log",
    shell:
        and_mark("judge_findings")
