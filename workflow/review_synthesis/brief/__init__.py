"""The two-page brief: what the review's own brief tells, from our results."""
