rule stress_findings:
    """Judge each finding again without a study, a programme, a coder, a decision."""
    input:
        reads("stress_findings"),
    output:
        writes("stress_findings"),
    log:
        "results/logs/{cut}/stress_findings.log",
    shell:
        command("stress_findings")


rule check_evidence:
    """Count what checks of the evidence found, and what a judgement of confidence looks at."""
    input:
        reads("check_evidence"),
    output:
        writes("check_evidence"),
    log:
        "results/logs/{cut}/check_evidence.log",
    shell:
        command("check_evidence")
