rule write_paper:
    """Write methods, results and tables for papers, and every number that a text quotes as JSON."""
    input:
        reads("write_paper"),
    output:
        writes("write_paper"),
    log:
        "results/logs/{cut}/write_paper.log",
    shell:
        command("write_paper")
