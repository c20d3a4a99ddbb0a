rule compare_cuts:
    """Tell what changed from the cut before. The first cut has none before it."""
    input:
        reads("compare_cuts"),
    output:
        writes("compare_cuts"),
    log:
        "results/logs/{cut}/compare_cuts.log",
    shell:
        and_mark("compare_cuts")
