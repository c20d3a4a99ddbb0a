rule count_evidence:
    """Join the checked tables of all searches up to the cut; count studies, factors, records."""
    input:
        reads("count_evidence"),
    output:
        writes("count_evidence"),
    log:
        "results/logs/{cut}/count_evidence.log",
    shell:
        and_mark("count_evidence")
