rule write_brief:
    """Write the two-page brief of the cut as PDF and as a page, in every language."""
    input:
        reads("write_brief"),
    output:
        writes("write_brief"),
    log:
        "results/logs/{cut}/write_brief.log",
    shell:
        and_mark("write_brief")
