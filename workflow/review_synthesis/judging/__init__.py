"""The frequency rule, applied to each factor as an enabler and as a barrier.

In come the tally of the factors at a cut and what the review published. Out go a judgement for
each finding with the numbers that decided it, and a verdict on each published one.
"""
