rule write_paper:
    """Write methods, results and tables for papers, and the numbers of the cut as data."""
    input:
        reads("write_paper"),
    output:
        writes("write_paper"),
    log:
        "results/logs/{cut}/write_paper.log",
    shell:
        and_mark("write_paper")
