"""The choices of the protocol, and whether they are as their schema says.

In comes ``config/config.yaml``. Out go its choices, or one error that names all that is wrong.
"""
