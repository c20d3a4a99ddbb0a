"""What a run sees of Hypothesis: it is not installed there, see requirements.txt."""

raise ImportError("a run has no hypothesis")
