"""How many examples a test of a property tries where each takes long."""

from __future__ import annotations

import os

from hypothesis import settings

EXPLORING = os.environ.get("HYPOTHESIS_PROFILE") == "explore"


def examples(few: int) -> settings:
    """So many examples, the same each time; ten times as many where new ones are looked for."""
    return settings(max_examples=10 * few if EXPLORING else few, deadline=None)
