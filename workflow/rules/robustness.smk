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
