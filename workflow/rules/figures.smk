rule plot_figures:
    """Draw all figures of the cut in every language, with alt text and the numbers drawn."""
    input:
        reads("plot_figures"),
    output:
        writes("plot_figures"),
    log:
        "results/logs/{cut}/plot_figures.log",
    shell:
        and_mark("plot_figures")


rule plot_changes:
    """Draw the findings at the cut beside those at the cut before."""
    input:
        reads("plot_changes"),
    output:
        writes("plot_changes"),
    log:
        "results/logs/{cut}/plot_changes.log",
    shell:
        and_mark("plot_changes")
