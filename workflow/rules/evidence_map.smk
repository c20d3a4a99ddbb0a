rule write_map:
    """Write the evidence map of the cut as a page, in every language."""
    input:
        reads("write_map"),
    output:
        writes("write_map"),
    log:
        "results/logs/{cut}/write_map.log",
    shell:
        command("write_map")
