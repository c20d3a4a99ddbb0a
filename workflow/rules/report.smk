# What readers open, in every language: the flow, the report of a cut, and the index of all cuts.
# These wait for the gate: before it has passed, Snakemake does not know yet which of their inputs
# have to be made anew, and would make them of stale ones where they are missing.
rule write_flow:
    input:
        collect("results/{{cut}}/tables/{table}.csv", table=FLOW_TABLES),
        collect("results/{{cut}}/evidence/{table}.csv", table=RECORDS_TABLES),
        "results/{cut}/tables/studies.csv",
        "results/{cut}/findings.json",
        DRAWN["flow"],
        gate=ancient("results/validation.csv"),
    output:
        collect("results/{{cut}}/{place}flow.html", place=PLACES),
    params:
        code=DIGESTS["write_flow"],
        templates=TEMPLATES,
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review=REVIEW,
    shell:
        "review-synthesis write-flow --results results/{wildcards.cut}"
        " --review {params.review:q} --languages {params.languages}"


rule write_report:
    input:
        collect("results/{{cut}}/tables/{table}.csv", table=REPORT_TABLES),
        collect("results/{{cut}}/evidence/{table}.csv", table=CODED_TABLES),
        "results/{cut}/findings.json",
        "results/{cut}/cards.json",
        [file for figure in FIGURES for file in DRAWN[figure]],
        collect(
            "results/{before}/findings.json",
            before=lookup("{cut}", within=BEFORE, default=[]),
        ),
        lookup("{cut}", within=CHANGES_OF_CUT, default=[]),
        lookup("{cut}", within=CHANGES_DRAWN, default=[]),
        gate=ancient("results/validation.csv"),
    output:
        collect("results/{{cut}}/{place}report.html", place=PLACES),
    params:
        code=DIGESTS["write_report"],
        templates=TEMPLATES,
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review=REVIEW,
        before=lookup("{cut}", within=BEFORE, default=""),
    shell:
        "review-synthesis write-report --results results/{wildcards.cut}"
        " --before={params.before} --review {params.review:q} --languages {params.languages}"


rule write_index:
    input:
        collect("results/{cut}/findings.json", cut=SEARCHES),
        collect(DRAWN["published"], cut=SEARCHES[-1]),
        gate=ancient("results/validation.csv"),
    output:
        collect("results/{place}index.html", place=PLACES),
    params:
        code=DIGESTS["write_index"],
        templates=TEMPLATES,
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review=REVIEW,
        cuts=",".join(SEARCHES),
    shell:
        "review-synthesis write-index --results results --cuts {params.cuts}"
        " --review {params.review:q} --languages {params.languages}"


# The brief as PDF and as HTML, with the same text.
rule write_brief:
    input:
        "results/{cut}/findings.json",
        lookup("{cut}", within=CHANGES_OF_CUT, default=[]),
        gate=ancient("results/validation.csv"),
    output:
        collect("results/{{cut}}/{place}brief.{kind}", place=PLACES, kind=["pdf", "html"]),
    params:
        code=DIGESTS["write_brief"],
        templates=TEMPLATES,
        translations=TRANSLATIONS,
        languages=LANGUAGES,
        review=REVIEW,
        before=lookup("{cut}", within=BEFORE, default=""),
    shell:
        "review-synthesis write-brief --results results/{wildcards.cut}"
        " --before={params.before} --review {params.review:q} --languages {params.languages}"


# For those who write papers, in English: methods and results with bound numbers, and tables.
rule write_paper:
    input:
        "results/{cut}/findings.json",
        lookup("{cut}", within=CHANGES_OF_CUT, default=[]),
        collect("results/{{cut}}/tables/{table}.csv", table=PAPER_TABLES),
        gate=ancient("results/validation.csv"),
    output:
        text="results/{cut}/paper/text.md",
        numbers="results/{cut}/paper/text.json",
        tables="results/{cut}/paper/tables.md",
        document="results/{cut}/paper/tables.docx",
    params:
        code=DIGESTS["write_paper"],
        templates=TEMPLATES,
        review=REVIEW,
        before=lookup("{cut}", within=BEFORE, default=""),
    shell:
        "review-synthesis write-paper --results results/{wildcards.cut}"
        " --review {params.review:q} --before={params.before}"
        " --paper results/{wildcards.cut}/paper"
