"""How much the findings rest on one study, one coder or one choice of the rule; what checks say.

In come the evidence and the findings at a cut. Out go the judgement of each finding under each
scenario, the agreement of the coders, the overlap of the included reviews, and what checks of the
evidence found.
"""
