"""The tables of the stress tests: robustness of findings, agreement of coders, overlap of reviews,
and of the checks of the evidence.

As in ``tables``: columns in this order, rows sorted by key, shares as fractions.
"""

from review_synthesis.tables.fields import (
    Decimal,
    Table,
    Text,
    Whole,
    WholeOrNone,
    count_of,
    number_of,
    one_of,
    share_of,
    text_of,
)
from review_synthesis.tables.vocabulary import (
    ALL,
    CONCERNS,
    CONFIDENCE,
    DIRECTIONS,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    METHODS_GROUPINGS,
    METHODS_LEVELS,
    NO_CODING,
    NO_STUDY,
    NOT_CODED,
    NOTHING_TO_ADD,
    NOTHING_TO_LEAVE_OUT,
    OF_MORE,
    READ_IN_PART,
    SAMPLE,
    STRENGTHS,
    TARGETED,
    YES_NO,
)


class Robustness(
    Table, name="tables/robustness", key=["factor_id", "direction", "scenario", "left_out"]
):
    """Each finding judged again under each scenario."""

    factor_id: Text = text_of("Identifier of the factor.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    scenario: Text = text_of("Scenario: which part of the evidence is kept.")
    left_out: Text = text_of("What is left out, in scenarios that leave one out each.")
    units: Whole = count_of("Units (studies, or publications) that report it.")
    units_required: Whole = count_of("Units needed by parts (a) and (b) of the rule.")
    units_total: Whole = count_of("All units of the scenario.")
    units_of_factor: Whole = count_of("Units that code the factor in any direction.")
    mixed_or_no_effect: Whole = count_of("Of those: code it mixed or no effect.")
    judgement: Text = one_of("Judgement in the scenario.", JUDGEMENTS)
    declared_judgement: Text = one_of("Judgement on all the evidence.", JUDGEMENTS)
    changed: Text = one_of(
        "Whether the two differ; 'of more' where only because all units are more.",
        [*YES_NO, OF_MORE],
    )


class RobustnessKinds(
    Table, name="tables/robustness_kinds", key=["factor_id", "direction", "scenario"]
):
    """Each finding in each kind of scenario, with the variant that is worst for it.

    Where it does not hold, that is the worst of those in which its judgement is another.
    """

    factor_id: Text = text_of("Identifier of the factor.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    scenario: Text = text_of("Kind of scenario.")
    declared_judgement: Text = one_of("Judgement on all the evidence.", JUDGEMENTS)
    holds: Text = one_of(
        "Whether the judgement is the same in each variant; 'of more' where it is another only "
        "because all units are more.",
        [*YES_NO, OF_MORE],
    )
    variants: Whole = count_of("Variants of the scenario that are tried.")
    held: Whole = count_of("Of those: with the same judgement.")
    left_out: Text = text_of("What that variant leaves out, if it leaves one out.")
    units: Whole = count_of("Units (studies, or publications) that report it in that variant.")
    units_required: Whole = count_of("Units needed there.")
    units_total: Whole = count_of("All units there.")
    judgement: Text = one_of("Judgement there.", JUDGEMENTS)


class RobustnessSummary(Table, name="tables/robustness_summary", key=["factor_id", "direction"]):
    """How each finding stands up to the scenarios."""

    factor_id: Text = text_of("Identifier of the factor.")
    label: Text = text_of("Name of the factor in this direction.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    judgement: Text = one_of("Judgement on all the evidence.", JUDGEMENTS)
    published: Text = one_of("Whether the review published it.", YES_NO)
    studies: Whole = count_of("Studies that report it.")
    studies_required: Whole = count_of("Studies needed by parts (a) and (b) of the rule.")
    studies_total: Whole = count_of("All studies at the cut.")
    kinds: Whole = count_of("Kinds of scenario in which it was judged again.")
    kinds_held: Whole = count_of("Of those: with the same judgement in each variant.")
    holds_where_evidence_changes: Text = one_of(
        "Whether it holds in every kind that changes the evidence, which is each but that which "
        "only adds reports; empty if none of these was tried.",
        [*YES_NO, ""],
    )
    worst_kind: Text = text_of(
        "Kind of the worst case, which adds no reports: fewest units for what is needed there."
    )
    worst_scenario: Text = text_of("What the worst case leaves out, if it leaves one out.")
    worst_studies: WholeOrNone = number_of("Units (studies, or publications) that report it there.")
    worst_required: WholeOrNone = number_of("Units needed there.")
    worst_total: WholeOrNone = number_of("All units there.")
    worst_judgement: Text = one_of("Judgement there; empty if none was tried.", [*JUDGEMENTS, ""])
    fragility: WholeOrNone = number_of(
        "Fragility index: fewest supporting studies without which it is no longer often reported; "
        "empty if it is not."
    )
    strength: Text = one_of("How strong it is, if it is often reported.", [*STRENGTHS, ""])
    changed_by_studies: Text = text_of(
        "Studies each of which alone changes it, or is all there is."
    )


class ScenariosLeftOut(Table, name="tables/scenarios_left_out", key=["scenario", "left_out"]):
    """The scenarios that are not tried, and why; they are in no count of scenarios."""

    scenario: Text = text_of("Scenario.")
    left_out: Text = text_of("What it would leave out, in scenarios that leave one out each.")
    why: Text = one_of(
        "Why it is not tried.",
        [NO_STUDY, NO_CODING, NOTHING_TO_LEAVE_OUT, NOTHING_TO_ADD, READ_IN_PART],
    )
    tried: Whole = count_of("Variants of the scenario that are tried.")


class Frontier(Table, name="tables/frontier", key=["studies_required"]):
    """What is often reported at each number of studies that the rule may require."""

    studies_required: Whole = count_of("Studies required by parts (a) and (b) together.")
    share_above: Decimal = share_of("min_share above this …")
    share_to: Decimal = share_of("… and up to this requires that many studies.")
    declared: Text = one_of("Whether this is what the declared rule requires.", YES_NO)
    enablers: Whole = count_of("Enablers often reported.")
    barriers: Whole = count_of("Barriers often reported.")
    published_held: Whole = count_of("Published factor findings that are often reported.")
    all_published: Text = one_of("Whether all of them are.", YES_NO)
    exactly_published: Text = one_of(
        "Whether they are exactly those often reported among the factors the review names.", YES_NO
    )
    enabler_ids: Text = text_of("The enablers.")
    barrier_ids: Text = text_of("The barriers.")


class Agreement(Table, name="tables/agreement", key=["level", "group", "coders"]):
    """Agreement of each pair of coders before they agreed, over groups of units."""

    level: Text = one_of(
        "How units are grouped.", ["overall", "factor", "domain", "direction", "search"]
    )
    group: Text = text_of("The group.")
    coders: Text = text_of("The two coders.")
    studies: Whole = count_of("Studies that both read; where that is not recorded, coded.")
    units: Whole = count_of("Units: study × factor × direction.")
    both: Whole = count_of("Units coded by both.")
    only_first: Whole = count_of("Units coded by the first alone.")
    only_second: Whole = count_of("Units coded by the second alone.")
    neither: Whole = count_of("Units coded by neither.")
    prevalence: Decimal = number_of("Mean share of units coded.")
    agreement: Decimal = number_of("Share of units on which they agree.")
    agreement_low: Decimal = number_of("Its 95 % interval, from.")
    agreement_high: Decimal = number_of("Its 95 % interval, to.")
    kappa: Decimal = number_of("Cohen's κ.")
    kappa_low: Decimal = number_of("Its 95 % interval, from.")
    kappa_high: Decimal = number_of("Its 95 % interval, to.")
    pabak: Decimal = number_of("Prevalence- and bias-adjusted κ.")
    pabak_low: Decimal = number_of("Its 95 % interval, from.")
    pabak_high: Decimal = number_of("Its 95 % interval, to.")
    ac1: Decimal = number_of("Gwet's AC1.")
    ac1_low: Decimal = number_of("Its 95 % interval, from.")
    ac1_high: Decimal = number_of("Its 95 % interval, to.")
    alpha: Decimal = number_of("Krippendorff's α (nominal) of the pair.")
    alpha_low: Decimal = number_of("Its 95 % interval, from.")
    alpha_high: Decimal = number_of("Its 95 % interval, to.")
    fleiss_kappa: Decimal = number_of("Fleiss' κ of all coders, if more than two.")
    alpha_of_all: Decimal = number_of("Krippendorff's α of all coders, if more than two.")
    warning: Text = text_of("What to beware of.")


class Adjudication(Table, name="tables/adjudication", key=["study_id", "factor_id", "direction"]):
    """Every unit that a coder coded or the coders agreed on, and how it was settled.

    As it was settled: corrections made later are not in it.
    """

    study_id: Text = text_of("Study.")
    factor_id: Text = text_of("Factor.")
    direction: Text = one_of("Direction.", DIRECTIONS)
    coded_by: Text = text_of("Coders who coded it.")
    not_coded_by: Text = text_of("Coders who read the study and did not.")
    agreed: Text = one_of("Whether it was agreed.", YES_NO)
    settled: Text = text_of("Who coded it, and the outcome.")
    reason: Text = text_of("Why it was agreed, where fewer than two coded it.")


class Settlements(Table, name="tables/settlements", key=["settled"]):
    """How units were settled."""

    settled: Text = text_of("Who coded the unit, and the outcome.")
    units: Whole = count_of("Units settled so.")


class Overlap(Table, name="tables/overlap", key=["reviews"]):
    """Corrected covered area (CCA) of the included reviews, over all and per pair."""

    reviews: Text = text_of("The reviews.")
    review_count: Whole = count_of("Reviews, c.")
    primaries: Whole = count_of("Primary studies in them, r.")
    citations: Whole = count_of("Filled cells of reviews × primary studies, N.")
    impossible: Whole = count_of("Cells that could not be filled, X.")
    cca: Decimal = number_of("(N − r) ÷ (r·c − r); empty where it is not defined.")
    cca_adjusted: Decimal = number_of("(N − r) ÷ (r·c − r − X).")


class IncludedPrimaries(Table, name="tables/included_primaries", key=["study_id", "review_id"]):
    """Included primary studies that stand in an included review too."""

    study_id: Text = text_of("Primary study.")
    review_id: Text = text_of("Review that contains it.")
    repeated: Whole = count_of("Factor × direction that both report.")
    repeated_cells: Text = text_of("Which.")


class OverlapTally(Table, name="tables/overlap_tally", key=["factor_id", "direction"]):
    """The tally with each review counted only where it adds, beside the plain one."""

    factor_id: Text = text_of("Factor.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    studies: Whole = count_of("Studies, all counted.")
    studies_without_repetition: Whole = count_of("Studies, reviews only where they add.")
    judgement: Text = one_of("Judgement, all counted.", JUDGEMENTS)
    judgement_without_repetition: Text = one_of(
        "Judgement, reviews only where they add.", JUDGEMENTS
    )
    changed: Text = one_of("Whether the two differ.", YES_NO)


class SecondScreening(Table, name="tables/screening_checks", key=["drawn", "search"]):
    """Screening a part of the records again: of all searches up to the cut, and of each.

    Coefficients, and the sensitivity of the first screening, are those of a random sample.
    """

    drawn: Text = one_of("How records came to be screened again.", [SAMPLE, TARGETED])
    search: Text = text_of("Search of the records, or all.")
    records: Whole = count_of("Records screened again.")
    both_include: Whole = count_of("Included by the first and by the second screening.")
    only_first: Whole = count_of("Included by the first alone.")
    only_second: Whole = count_of("Included by the second alone.")
    neither_includes: Whole = count_of("Included by neither.")
    became_included: Whole = count_of("Not included first, and included by the agreed decision.")
    became_duplicate: Whole = count_of("No duplicate first, and one by the agreed decision.")
    reason_changed: Whole = count_of("With the same decision as first, agreed for another reason.")
    prevalence: Decimal = number_of("Mean share of records included.")
    agreement: Decimal = number_of("Share of records on which the two screenings agree.")
    agreement_low: Decimal = number_of("Its 95 % interval, from.")
    agreement_high: Decimal = number_of("Its 95 % interval, to.")
    kappa: Decimal = number_of("Cohen's κ.")
    kappa_low: Decimal = number_of("Its 95 % interval, from.")
    kappa_high: Decimal = number_of("Its 95 % interval, to.")
    pabak: Decimal = number_of("Prevalence- and bias-adjusted κ.")
    pabak_low: Decimal = number_of("Its 95 % interval, from.")
    pabak_high: Decimal = number_of("Its 95 % interval, to.")
    ac1: Decimal = number_of("Gwet's AC1.")
    ac1_low: Decimal = number_of("Its 95 % interval, from.")
    ac1_high: Decimal = number_of("Its 95 % interval, to.")
    either_include: WholeOrNone = number_of("Records that either screening includes.")
    first_of_either: WholeOrNone = number_of("Of those: included by the first.")
    sensitivity_either: Decimal = share_of("The first screening's sensitivity for them.")
    sensitivity_either_low: Decimal = share_of("Its 95 % interval (Wilson), from.")
    sensitivity_either_high: Decimal = share_of("Its 95 % interval (Wilson), to.")
    agreed_include: WholeOrNone = number_of("Records that the agreed decision includes.")
    first_of_agreed: WholeOrNone = number_of("Of those: included by the first.")
    sensitivity_agreed: Decimal = share_of("The first screening's sensitivity for them.")
    sensitivity_agreed_low: Decimal = share_of("Its 95 % interval (Wilson), from.")
    sensitivity_agreed_high: Decimal = share_of("Its 95 % interval (Wilson), to.")


class CodingChecks(Table, name="tables/coding_checks", key=["checked", "drawn"]):
    """Checks of agreed codings, publications and studies against the text: the sample, and all."""

    checked: Text = one_of("What was checked.", ["codings", "publications", "studies"])
    drawn: Text = one_of("Those of a random sample, or all that were checked.", [SAMPLE, ALL])
    of: Whole = count_of(
        "Agreed codings, with those withdrawn since; or all publications or studies."
    )
    rows: Whole = count_of("Of those: checked.")
    confirmed: Whole = count_of("Confirmed by the text.")
    interpretive: Whole = count_of("Implied by the text.")
    recoded: Whole = count_of("Coded otherwise after the check.")
    not_supported: Whole = count_of("Not supported by the text.")
    not_seen: Whole = count_of("Whose text was not seen again.")
    supported: Whole = count_of("Confirmed or implied.")
    share_supported: Decimal = share_of("Supported ÷ checked.")
    share_low: Decimal = share_of("Its 95 % interval (Wilson), from; of a sample.")
    share_high: Decimal = share_of("Its 95 % interval (Wilson), to; of a sample.")
    withdrawn: Whole = count_of("Of those checked: withdrawn by a correction.")


class MethodsLevels(Table, name="tables/methods_levels", key=["level"]):
    """How formally the studies looked at implementation, as agreed."""

    level: Text = one_of("Level, or that no level is agreed.", [*METHODS_LEVELS, NOT_CODED])
    studies: Whole = count_of("Studies.")
    studies_coded: Whole = count_of("Studies with an agreed level.")
    studies_total: Whole = count_of("All studies at the cut.")
    share_of_coded: Decimal = share_of("Studies ÷ studies with an agreed level.")
    study_ids: Text = text_of("The studies.")


class MethodsAgreement(Table, name="tables/methods_agreement", key=["levels", "coders"]):
    """Agreement of each pair of coders on how formally the studies looked at implementation."""

    levels: Text = one_of("The levels as coded, or the formal ones as one.", METHODS_GROUPINGS)
    coders: Text = text_of("The two coders.")
    studies: Whole = count_of("Studies that both coded.")
    same: Whole = count_of("Of those: with the same level.")
    agreement: Decimal = number_of("Share of studies with the same level.")
    agreement_low: Decimal = number_of("Its 95 % interval, from.")
    agreement_high: Decimal = number_of("Its 95 % interval, to.")
    kappa: Decimal = number_of("Cohen's κ.")
    kappa_low: Decimal = number_of("Its 95 % interval, from.")
    kappa_high: Decimal = number_of("Its 95 % interval, to.")
    pabak: Decimal = number_of("Prevalence- and bias-adjusted κ (Brennan and Prediger).")
    pabak_low: Decimal = number_of("Its 95 % interval, from.")
    pabak_high: Decimal = number_of("Its 95 % interval, to.")
    ac1: Decimal = number_of("Gwet's AC1.")
    ac1_low: Decimal = number_of("Its 95 % interval, from.")
    ac1_high: Decimal = number_of("Its 95 % interval, to.")


class Appraisals(Table, name="tables/appraisals", key=["appraisal_tool", "appraisal"]):
    """What appraisals of the studies came to, by tool."""

    appraisal_tool: Text = text_of("Tool by which studies were appraised, or `not stated`.")
    appraisal: Text = text_of("What that came to, or `not stated`.")
    studies: Whole = count_of("Studies.")
    studies_total: Whole = count_of("All studies at the cut.")
    study_ids: Text = text_of("The studies.")


class EvidenceProfile(Table, name="tables/cerqual", key=["factor_id", "direction"]):
    """What a GRADE-CERQual judgement of a finding rests on, and the judgement of people, if any.

    A row for each finding that is often reported or that people have judged. No level is worked
    out from numbers: without a row in ``cerqual.csv`` for the cut, the finding is not judged.
    """

    factor_id: Text = text_of("Identifier of the factor.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    framework: Whole = count_of("Methodological limitations: studies led by a framework.")
    stated_design: Whole = count_of("Studies with a stated design.")
    by_product: Whole = count_of("Studies in which the factor is a by-product.")
    unclear: Whole = count_of("Studies whose methods are unclear.")
    not_coded: Whole = count_of("Studies with no agreed level of methods.")
    mixed: Whole = count_of("Coherence: studies that code the factor mixed.")
    no_effect: Whole = count_of("Studies that code it as making no difference.")
    studies_of_factor: Whole = count_of("Studies that code the factor in any direction.")
    studies: Whole = count_of("Adequacy: studies that report the finding.")
    publications: Whole = count_of("Publications in which they do.")
    codings: Whole = count_of("Agreed codings behind it.")
    clear_codings: Whole = count_of("Of those: clear, not interpretive.")
    share_clear: Decimal = share_of("Clear codings ÷ codings.")
    study_ids: Text = text_of("The studies.")
    judged: Text = one_of("Whether people have judged the finding at the cut.", YES_NO)
    methodological_limitations: Text = one_of("As judged.", ["", *CONCERNS])
    coherence: Text = one_of("As judged.", ["", *CONCERNS])
    adequacy: Text = one_of("As judged.", ["", *CONCERNS])
    relevance: Text = one_of("As judged.", ["", *CONCERNS])
    overall: Text = one_of("Confidence in the finding, as judged.", ["", *CONFIDENCE])
    explanation: Text = text_of("Why.")
    who: Text = text_of("Who judged it.")
    date: Text = text_of("Date of the judgement.")


class ProfiledGroups(
    Table, name="tables/cerqual_groups", key=["factor_id", "direction", "grouping", "group"]
):
    """For GRADE-CERQual: places and designs of the studies behind each profile (relevance), and
    the kinds of text that were read of them (adequacy)."""

    factor_id: Text = text_of("Identifier of the factor.")
    direction: Text = one_of("Direction.", JUDGED_DIRECTIONS)
    grouping: Text = one_of("How studies are grouped.", ["place", "design", "basis"])
    group: Text = text_of("Place, design, or kind of text (a study may have several).")
    studies: Whole = count_of("Studies of the group that report the finding.")
    study_ids: Text = text_of("The studies.")
