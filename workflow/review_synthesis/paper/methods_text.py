"""The methods paragraphs of a paper, written from the results and the protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from review_synthesis.paper.sentences import (
    AGREEMENT,
    ROBUSTNESS,
    Paragraph,
    consensus_rule,
    full_stop,
    of_studies,
    one_line,
    other_judgements,
    paragraph,
    records,
    required_here,
)
from review_synthesis.wording.numbers import Numbers, listed
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.numbers import n_ as said_n
from review_synthesis.wording.phrases import day_of


class Reference(NamedTuple):
    """A work that the text cites: how it is cited, and the entry of the list of references."""

    cited: str
    entry: str


REFERENCES = {
    "flow": Reference(
        "Page et al. 2021",
        "Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement: an updated guideline "
        "for reporting systematic reviews. BMJ 2021;372:n71. doi:10.1136/bmj.n71",
    ),
    "living": Reference(
        "Akl et al. 2024",
        "Akl EA, Khabsa J, Iannizzi C, et al. Extension of the PRISMA 2020 statement for living "
        "systematic reviews (PRISMA-LSR): checklist and explanation. BMJ 2024;387:e079183. "
        "doi:10.1136/bmj-2024-079183",
    ),
    "framework": Reference(
        "Greenhalgh et al. 2017",
        "Greenhalgh T, Wherton J, Papoutsi C, et al. Beyond adoption: a new framework for "
        "theorizing and evaluating nonadoption, abandonment, and challenges to the scale-up, "
        "spread, and sustainability of health and care technologies. J Med Internet Res "
        "2017;19(11):e367. doi:10.2196/jmir.8775",
    ),
    "kappa": Reference(
        "Cohen 1960",
        "Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas "
        "1960;20(1):37-46. doi:10.1177/001316446002000104",
    ),
    "pabak": Reference(
        "Byrt et al. 1993",
        "Byrt T, Bishop J, Carlin JB. Bias, prevalence and kappa. J Clin Epidemiol "
        "1993;46(5):423-9. doi:10.1016/0895-4356(93)90018-V",
    ),
    "ac1": Reference(
        "Gwet 2008",
        "Gwet KL. Computing inter-rater reliability and its variance in the presence of high "
        "agreement. Br J Math Stat Psychol 2008;61(1):29-48. doi:10.1348/000711006X126600",
    ),
    "alpha": Reference(
        "Krippendorff 2004",
        "Krippendorff K. Content analysis: an introduction to its methodology. 2nd ed. Thousand "
        "Oaks: Sage; 2004",
    ),
    "share": Reference(
        "Sandelowski and Barroso 2003",
        "Sandelowski M, Barroso J. Creating metasummaries of qualitative findings. Nurs Res "
        "2003;52(4):226-33. doi:10.1097/00006199-200307000-00004",
    ),
    "fragility": Reference(
        "Walsh et al. 2014",
        "Walsh M, Srinathan SK, McAuley DF, et al. The statistical significance of randomized "
        "controlled trial results is frequently fragile: a case for a fragility index. J Clin "
        "Epidemiol 2014;67(6):622-8. doi:10.1016/j.jclinepi.2013.10.019",
    ),
    "workflow": Reference(
        "Mölder et al. 2021",
        "Mölder F, Jablonski KP, Letcher B, et al. Sustainable data analysis with Snakemake. "
        "F1000Research 2021;10:33. doi:10.12688/f1000research.29032.2",
    ),
}
# What holds a digit and is a name: of a guideline, of a coefficient.
NAMES = ["PRISMA 2020", "AC1"]
FIRST_VERSION = 1


def published_review(review: Mapping[str, Any]) -> Reference:
    """The review itself, cited by its first author and its year where the reference has them."""
    found = re.match(r"(\w[^\s,]*) .*?\(([0-9]{4})\)", review["citation"])
    cited = f"{found[1]} et al. {found[2]}" if found else review["citation"]
    return Reference(cited, review["citation"])


def methods(
    numbers: Numbers, review: Mapping[str, Any], versions: Mapping[str, str]
) -> list[Paragraph]:
    """How the synthesis was made.

    ``review`` is the part of the config of that name; ``versions`` are those of the program and of
    the libraries that shape results.
    """
    published = published_review(review)
    paragraphs = [
        paragraph("Searches and screening", _searches(numbers, review["question"])),
        paragraph("Factors and coding", _coding(numbers, review["domains"])),
        paragraph("Counting and judgement", _judgement(numbers)),
        paragraph("Stress tests", _stress(numbers)),
        paragraph("Comparison with the published review", _comparison(numbers, published)),
        paragraph("Software", _software(versions)),
    ]
    return [each for each in paragraphs if each.text]


def versioned(versions: Mapping[str, str]) -> list[str]:
    """Each program with its version."""
    return [f"{name} {version}" for name, version in versions.items()]


def _cite(work: str) -> str:
    return REFERENCES[work].cited


def _searches(numbers: Numbers, question: str) -> list[Markup]:
    count = numbers.count
    searches = count("evidence_base", "searches")
    sentences = [
        said("The review question was: {question}", question=full_stop(question)),
        said(
            "The evidence comes from {searches} ({queries}) for publications up to {days}, which "
            "found {records}.",
            searches=said_n("{n} search", "{n} searches", searches),
            queries=said_n("{n} query", "{n} queries", count("evidence_base", "queries")),
            days=listed([day_of(search) for search in numbers.at("searches")]),
            records=records(count("evidence_base", "records")),
        ),
        said(
            "Duplicates were removed, records were screened, and the reports of those left were "
            "assessed, with one reason recorded for each exclusion. The flow of records, reports "
            "and studies is derived from these decisions and reported as PRISMA 2020 asks "
            "({flow}).",
            flow=_cite("flow"),
        ),
    ]
    if searches.value > 1:
        sentences.append(
            said(
                "What a later search adds is shown beside what was included before, as PRISMA-LSR "
                "asks of living reviews ({living}).",
                living=_cite("living"),
            )
        )
    sentences.append(
        said("One decision is recorded per record, so agreement on screening cannot be given.")
    )
    return sentences


def _coding(numbers: Numbers, review_domains: Sequence[str]) -> list[Markup]:
    count = numbers.count
    present = {each["domain"] for each in numbers.at("factors").values()}
    own = [one_line(domain) for domain in review_domains]
    added = [one_line(domain) for domain in sorted(present - set(review_domains))]
    sentences = [
        said_n(
            "Studies were coded with a codebook of {n} factor, which says when a study counts as "
            "reporting it as an enabler and when as a barrier.",
            "Studies were coded with a codebook of {n} factors, which says of each when a study "
            "counts as reporting it as an enabler and when as a barrier.",
            count("evidence_base", "factors"),
        ),
        said(
            "The published review uses these domains of the NASSS framework ({framework}): {own}.",
            framework=_cite("framework"),
            own=listed(own),
        ),
    ]
    if added:
        sentences.append(said("Added to them here: {added}.", added=listed(added)))
    sentences.append(
        said(
            "A coding is one study, one factor and one direction (enabler, barrier, mixed or no "
            "effect), with a summary in the coder's words and the place that was read."
        )
    )
    pairs = list(numbers.at("agreement", "coders"))
    for pair in pairs:
        sentences.append(
            said(
                "Coders {coders} coded {studies} independently of each other.",
                coders=listed(pair.split()),
                studies=of_studies(
                    count("agreement", "coders", pair, "studies"),
                    count("evidence_base", "studies"),
                ),
            )
        )
    if not pairs:
        sentences.append(
            said("No two coders coded independently, so agreement on coding cannot be given.")
        )
    sentences.append(
        said(
            "Independent codings: {independent}; agreed codings, on which all counts rest: "
            "{agreed}.",
            independent=count("evidence_base", "codings_independent"),
            agreed=count("evidence_base", "codings_agreed"),
        )
    )
    if pairs:
        sentences.append(_coefficients(numbers))
    return sentences


def _coefficients(numbers: Numbers) -> Markup:
    return said(
        "Agreement was measured over units of study, factor and direction (coded or not): "
        "percentage agreement, Cohen's κ ({kappa}), the prevalence- and bias-adjusted κ (PABAK; "
        "{pabak}), Gwet's AC1 ({ac1}) and Krippendorff's α ({alpha}), since few units are coded "
        "and κ alone can mislead then; intervals run from percentile {low} to percentile {high} "
        "of {resamples} bootstrap resamples of studies.",
        **{work: _cite(work) for work in ("kappa", "pabak", "ac1", "alpha")},
        low=numbers.decimal("INTERVAL", 0, file=AGREEMENT, places=1),
        high=numbers.decimal("INTERVAL", 1, file=AGREEMENT, places=1),
        resamples=numbers.count("RESAMPLES", file=AGREEMENT),
    )


def _judgement(numbers: Numbers) -> list[Markup]:
    version = numbers.count("consensus_rule", "version")
    declared = (
        said(
            "A finding is one factor in one direction, judged by a rule (version {version}) that "
            "was declared before any tally was made.",
            version=version,
        )
        if version.value == FIRST_VERSION
        else said(
            "A finding is one factor in one direction, judged by a declared rule (version "
            "{version}); earlier versions of the rule judged otherwise.",
            version=version,
        )
    )
    return [
        said(
            "The unit of counting is the study: several publications of one study count once, and "
            "an included review counts as one secondary study. The share of all studies that "
            "report a finding is its frequency effect size ({share}).",
            share=_cite("share"),
        ),
        declared,
        consensus_rule(numbers),
        required_here(numbers),
        other_judgements(),
        said(
            "Enabler and barrier are judged apart and never netted off, so a factor may be a "
            "consensus as both. No standard for such thresholds has been published; so the "
            "number of consensus findings is reported for other thresholds too."
        ),
    ]


def _stress(numbers: Numbers) -> list[Markup]:
    return [
        said(
            "Every finding that is a consensus, that is emerging or that the review published was "
            "judged again in {n} kinds of scenario: {scenarios}.",
            n=numbers.count("SCENARIOS", file=ROBUSTNESS),
            scenarios=listed(numbers.at("SCENARIOS", file=ROBUSTNESS)),
        ),
        said(
            "The fragility index is the fewest supporting studies whose removal ends a consensus "
            "(after {fragility}).",
            fragility=_cite("fragility"),
        ),
    ]


def _comparison(numbers: Numbers, review: Reference) -> list[Markup]:
    if not numbers.at("published"):
        return []
    return [
        said_n(
            "The {n} finding that the review ({review}) published was put beside what is found "
            "here.",
            "The {n} findings that the review ({review}) published were put beside what is found "
            "here.",
            numbers.count("published"),
            review=review.cited,
        ),
        said(
            "A published factor finding is supported where it is a consensus here, partly "
            "supported where it is emerging, contradicted where part (c) of the rule fails, and "
            "otherwise not supported; a published count is reproduced or differs; what the tables "
            "do not hold is not testable."
        ),
    ]


def _software(versions: Mapping[str, str]) -> list[Markup]:
    program, *libraries = versioned(versions)
    return [
        said(
            "Counts, judgements, tables and figures were made with {program}, a pipeline in "
            "Python run by Snakemake ({workflow}), with {libraries}; one command makes them anew "
            "from the raw tables.",
            program=program,
            workflow=_cite("workflow"),
            libraries=listed(libraries),
        )
    ]
