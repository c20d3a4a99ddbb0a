# Where a raw table is missing, Snakemake would say that an input is. The gate says what to do, and
# what else is wrong.
if not all(map(os.path.isfile, raw_files(RUN.searches))):
    from review_synthesis.running import run_step

    run_step(STEPS["validate_searches"], RUN.searches[-1], config)


# A checkpoint, because what follows takes its tables as ancient: Snakemake looks again at what has
# to run when the gate has passed. After a rule it would leave out evidence that has changed.
checkpoint validate_searches:
    """Check and correct all raw tables, all problems at once; nothing runs before it passes."""
    input:
        reads("validate_searches"),
    output:
        writes("validate_searches"),
    log:
        "results/logs/validate_searches.log",
    shell:
        command("validate_searches")
