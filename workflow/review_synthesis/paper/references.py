"""The works that the text of a paper cites."""

import re

from review_synthesis.protocol.config import ReviewText

# The entries of the list of references, by how the text cites the work.
GUIDELINES = {
    "Page et al. 2021": (
        "Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement: an updated guideline "
        "for reporting systematic reviews. BMJ 2021;372:n71. doi:10.1136/bmj.n71"
    ),
    "Akl et al. 2024": (
        "Akl EA, Khabsa J, Iannizzi C, et al. Extension of the PRISMA 2020 statement for living "
        "systematic reviews (PRISMA-LSR): checklist and explanation. BMJ 2024;387:e079183. "
        "doi:10.1136/bmj-2024-079183"
    ),
}
METHODS = {
    "Cohen 1960": (
        "Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas "
        "1960;20(1):37-46. doi:10.1177/001316446002000104"
    ),
    "Byrt et al. 1993": (
        "Byrt T, Bishop J, Carlin JB. Bias, prevalence and kappa. J Clin Epidemiol "
        "1993;46(5):423-9. doi:10.1016/0895-4356(93)90018-V"
    ),
    "Gwet 2008": (
        "Gwet KL. Computing inter-rater reliability and its variance in the presence of high "
        "agreement. Br J Math Stat Psychol 2008;61(1):29-48. doi:10.1348/000711006X126600"
    ),
    "Krippendorff 2004": (
        "Krippendorff K. Content analysis: an introduction to its methodology. 2nd ed. Thousand "
        "Oaks: Sage; 2004"
    ),
    "Wilson 1927": (
        "Wilson EB. Probable inference, the law of succession, and statistical inference. J Am "
        "Stat Assoc 1927;22(158):209-12. doi:10.1080/01621459.1927.10502953"
    ),
    "Lewin et al. 2018": (
        "Lewin S, Bohren M, Rashidian A, et al. Applying GRADE-CERQual to qualitative evidence "
        "synthesis findings, paper 2: how to make an overall CERQual assessment of confidence and "
        "create a Summary of Qualitative Findings table. Implement Sci 2018;13(Suppl 1):10. "
        "doi:10.1186/s13012-017-0689-2"
    ),
    "Sandelowski and Barroso 2003": (
        "Sandelowski M, Barroso J. Creating metasummaries of qualitative findings. Nurs Res "
        "2003;52(4):226-33. doi:10.1097/00006199-200307000-00004"
    ),
    "Walsh et al. 2014": (
        "Walsh M, Srinathan SK, McAuley DF, et al. The statistical significance of randomized "
        "controlled trial results is frequently fragile: a case for a fragility index. J Clin "
        "Epidemiol 2014;67(6):622-8. doi:10.1016/j.jclinepi.2013.10.019"
    ),
    "Mölder et al. 2021": (
        "Mölder F, Jablonski KP, Letcher B, et al. Sustainable data analysis with Snakemake. "
        "F1000Research 2021;10:33. doi:10.12688/f1000research.29032.2"
    ),
}


def works(review: ReviewText) -> dict[str, str]:
    """The works that a text may cite, by how it cites them: those of the review, and our own."""
    published, framework = review["citation"], review["framework"]["citation"]
    named = {cited_as(published): published, **GUIDELINES, cited_as(framework): framework}
    return {cited: entry for cited, entry in {**named, **METHODS}.items() if entry}


def cited_as(citation: str) -> str:
    """How a work is cited: by its first author and its year where the reference has them."""
    found = re.match(r"(\w[^\s,]*) .*?\(([0-9]{4})\)", citation)
    return f"{found[1]} et al. {found[2]}" if found else citation
