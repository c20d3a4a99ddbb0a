"""What the JSON documents of the results are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | Sequence[Json] | Mapping[str, Json] | None"
"""Whatever JSON can hold."""
Document: TypeAlias = Mapping[str, Json]
"""A document, such as ``findings.json``: what stands in it by name."""
