rule write_report:
    """Write the report, the flow and the evidence map of the cut as pages, in every language."""
    input:
        reads("write_report"),
    output:
        writes("write_report"),
    log:
        "results/logs/{cut}/write_report.log",
    shell:
        and_mark("write_report")


rule write_index:
    """Write the page that compares all cuts, in every language."""
    input:
        reads("write_index"),
    output:
        writes("write_index"),
    log:
        "results/logs/write_index.log",
    shell:
        and_mark("write_index")
