include: "workflow/Snakefile"


rule results:
    default_target: True
    input:
        rules.all.input,
