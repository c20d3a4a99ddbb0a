"""The folder of a review of one's own: begun with a framework or a made-up example, and emptied.

In come the frameworks and the example that stand beside this room's modules. Out go
``config/config.yaml``, the tables of ``data/raw`` with their headers, and what a folder needs to
be run by itself.
"""
