rule assemble_evidence:
    """Join the checked tables of all searches up to the cut."""
    input:
        reads("assemble_evidence"),
    output:
        writes("assemble_evidence"),
    log:
        "results/logs/{cut}/assemble_evidence.log",
    shell:
        command("assemble_evidence")


rule tally_evidence:
    """Count studies, factors and the flow of records, and count again another way."""
    input:
        reads("tally_evidence"),
    output:
        writes("tally_evidence"),
    log:
        "results/logs/{cut}/tally_evidence.log",
    shell:
        command("tally_evidence")
