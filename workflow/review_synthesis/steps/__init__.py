"""The steps of the pipeline as subcommands: each reads tables, calls its function, writes tables.

Heavy libraries and the step's module are imported inside the command, so that `--help` is instant
and so that the digest of a rule (see ``digests``) covers the code that its command runs, no more.
"""
