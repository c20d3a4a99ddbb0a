# The flow of records, reports and studies (PRISMA 2020): counted and checked.
rule count_flow:
    input:
        searches="results/{cut}/evidence/searches.csv",
        screening="results/{cut}/evidence/screening.csv",
        studies="results/{cut}/evidence/studies.csv",
        publications="results/{cut}/evidence/publications.csv",
        withdrawn="results/{cut}/evidence/withdrawn.csv",
    output:
        flow="results/{cut}/tables/flow.csv",
        flow_records="results/{cut}/tables/flow_records.csv",
        flow_sources="results/{cut}/tables/flow_sources.csv",
        excluded="results/{cut}/tables/excluded.csv",
        prisma2020="results/{cut}/tables/prisma2020.csv",
    params:
        code=DIGESTS["count_flow"],
        full_text_reasons=",".join(config["flow"]["full_text_reasons"]),
    shell:
        "review-synthesis count-flow --searches {input.searches} --screening {input.screening}"
        " --studies {input.studies} --publications {input.publications}"
        " --withdrawn {input.withdrawn} --full-text-reasons {params.full_text_reasons:q}"
        " --flow {output.flow} --flow-records {output.flow_records}"
        " --flow-sources {output.flow_sources} --excluded {output.excluded}"
        " --prisma2020 {output.prisma2020}"
