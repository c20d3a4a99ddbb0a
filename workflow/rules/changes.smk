# What changed from one cut to the next. The first cut has none before it.
rule compare_cuts:
    input:
        before=collect(
            "results/{before}/{file}",
            before=lookup("{cut}", within=BEFORE),
            file=COMPARED,
        ),
        after=collect("results/{{cut}}/{file}", file=COMPARED),
    output:
        changes="results/{cut}/tables/changes.csv",
        summary="results/{cut}/changes.json",
        text="results/{cut}/changes.md",
    params:
        code=DIGESTS["compare_cuts"],
        before=lookup("{cut}", within=BEFORE),
    shell:
        "review-synthesis compare-cuts --before results/{params.before}"
        " --after results/{wildcards.cut} --changes {output.changes}"
        " --summary {output.summary} --text {output.text}"
