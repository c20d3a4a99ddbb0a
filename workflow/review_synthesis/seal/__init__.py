"""What made the results, and whether each file is still as it was made.

In come the config, the code and every file of the results. Out go the digests by which a step is
run again, ``run.json`` and the manifest, what differs from it, or an RO-Crate of what it names.
"""
