# Its mark is a copy of the manifest, by which results that were put back are told (see edited).
SEALED = f"cp {RESULTS.as_posix()}/manifest.sha256"


rule write_manifest:
    """Seal the run: what made it, and the checksum of every file, raw tables too."""
    input:
        reads("write_manifest"),
    output:
        writes("write_manifest"),
    log:
        "results/logs/write_manifest.log",
    shell:
        and_mark("write_manifest", SEALED)
