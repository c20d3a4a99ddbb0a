"""The choices of the protocol: ``config/config.yaml`` comes in, and the checked choices go out.

Whatever is not as the schema declares is told at once, before anything runs. A search that was
added is written into the config as a person would write it.
"""
