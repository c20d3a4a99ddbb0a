"""How much the findings rest on one study, one coder or one choice of the rule.

In come the evidence and the findings at a cut. Out go the judgement of each finding under each
scenario, the agreement of the coders, and the overlap of the included reviews.
"""
