# The seal: what made the results, and a checksum of every file, input and intermediate too.
rule write_manifest:
    input:
        collect("data/raw/{table}.csv", table=SHARED_TABLES),
        collect("data/raw/{search}/{table}.csv", search=SEARCHES, table=SEARCH_TABLES),
        OPTIONAL_FILES[SEARCHES[-1]],
        "results/validation.csv",
        collect(
            "results/{cut}/evidence/{table}.csv",
            cut=SEARCHES,
            table=EVIDENCE_TABLES,
        ),
        collect(rules.tally_studies.output, cut=SEARCHES),
        collect(rules.tally_factors.output, cut=SEARCHES),
        collect(rules.count_flow.output, cut=SEARCHES),
        collect(rules.write_flow.output, cut=SEARCHES),
        collect(rules.write_report.output, cut=SEARCHES),
        rules.write_index.output,
        collect(rules.write_brief.output, cut=SEARCHES),
        collect(rules.write_paper.output, cut=SEARCHES),
        collect(rules.judge_findings.output, cut=SEARCHES),
        collect(rules.compare_published.output, cut=SEARCHES),
        collect(rules.write_findings.output, cut=SEARCHES),
        collect(rules.stress_findings.output, cut=SEARCHES),
        collect(rules.compare_coders.output, cut=SEARCHES),
        collect(rules.tally_overlap.output, cut=SEARCHES),
        collect(rules.compare_cuts.output, cut=SEARCHES[1:]),
        collect(PLATES["changes"], cut=SEARCHES[1:]),
        collect([file for figure in FIGURES for file in PLATES[figure]], cut=SEARCHES),
    output:
        run="results/run.json",
        manifest="results/manifest.sha256",
    params:
        code=DIGESTS["write_manifest"],
        translations=TRANSLATIONS,
        config=json.dumps(config, sort_keys=True, ensure_ascii=False),
        digests=json.dumps(DIGESTS, sort_keys=True),
    shell:
        "review-synthesis write-manifest --config {params.config:q}"
        " --digests {params.digests:q} --run {output.run} --manifest {output.manifest}"
        " {input:q}"
