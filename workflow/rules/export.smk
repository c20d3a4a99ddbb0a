rule write_findings:
    """Write every number that a text quotes as JSON, for other programs."""
    input:
        reads("write_findings"),
    output:
        writes("write_findings"),
    log:
        "results/logs/{cut}/write_findings.log",
    shell:
        command("write_findings")
