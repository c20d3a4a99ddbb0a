rule write_manifest:
    """Seal the run: what made it, and the checksum of every file, raw tables too."""
    input:
        reads("write_manifest"),
    output:
        writes("write_manifest"),
    log:
        "results/logs/write_manifest.log",
    shell:
        command("write_manifest")
