"""Many reviews at once: all made in one graph of Snakemake, one index of them, and what they share.

In comes ``reviews.yaml``, which names the folders of reviews, and in each the sealed results of its
last good run. Out go an index page, a summary as a table, the constructs that reviews often report,
and the primary studies that several of them include.
"""
