# Where a raw table is missing, Snakemake would say that an input is. The gate says what to do, and
# what else is wrong.
if not all(map(os.path.isfile, raw_files(RUN.searches))):
    from review_synthesis.running import run_step

    run_step(STEPS["validate_searches"], RUN.searches[-1], config)


# What follows takes its tables as ancient. Where the gate runs it is a checkpoint: Snakemake then
# looks again at what has to run when it has passed. After a rule it would leave out evidence that
# has changed. Where it has nothing to do it is a rule: for a checkpoint, Snakemake makes each job
# that waits for it twice, which takes longer than all else that a run with nothing to do does.
PASS = pass_of(command("validate_searches"), RUN)
# It takes back what it had passed before, and Snakemake makes what it has passed now (see writes).
SAYS = f"rm -f {PASSED.as_posix()}/*; echo {PASS} $(date +%s)-$$ >"
if UNCHANGED and has_passed(PASS, RUN, PASSES):

    rule validate_searches:
        """Check and correct all raw tables, all problems at once; nothing runs before it passes."""
        input:
            reads("validate_searches"),
        output:
            writes("validate_searches"),
        log:
            "results/logs/validate_searches.log",
        shell:
            and_mark("validate_searches", SAYS)

else:

    checkpoint validate_searches:
        """Check and correct all raw tables, all problems at once; nothing runs before it passes."""
        input:
            reads("validate_searches"),
        output:
            writes("validate_searches"),
        log:
            "results/logs/validate_searches.log",
        shell:
            and_mark("validate_searches", SAYS)
