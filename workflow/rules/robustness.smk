rule examine_evidence:
    """Judge each finding again without a study, a programme, a coder; count what checks found."""
    input:
        reads("examine_evidence"),
    output:
        writes("examine_evidence"),
    log:
        "results/logs/{cut}/examine_evidence.log",
    shell:
        and_mark("examine_evidence")
