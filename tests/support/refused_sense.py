"""What the gate says of references, decisions and corrections that do not fit: see bad_input."""

from __future__ import annotations

from refused_form import Told
from review_synthesis.gate.spreadsheets import SAVE_WITH_COMMAS

REFUSED_SENSE: dict[str, list[Told]] = {
    # Rows that refer to rows.
    "unknown_factor": [
        ("2020-01-01/codings.csv line 4", "factor_id", "factor_known",
         "factor_id 'fundings' is not in codebook.csv. Did you mean 'funding'? Correct the "
         "factor_id, or add it to codebook.csv."),
    ],
    "unknown_factor_like_no_other": [
        ("2020-01-01/codings.csv line 4", "factor_id", "factor_known",
         "factor_id 'weather' is not in codebook.csv. Correct the factor_id, or add it to "
         "codebook.csv."),
    ],
    "unknown_study": [
        ("2020-01-01/codings.csv line 4", "study_id", "study_known",
         "study_id 'made_up_2081' is not in studies.csv. Did you mean 'made_up_2018'? Correct "
         "the study_id, or add it to studies.csv."),
    ],
    "unknown_publication": [
        ("2020-01-01/codings.csv line 4", "publication_id", "publication_known",
         "publication_id 'made_up_2018_z' is not in publications.csv. Did you mean "
         "'made_up_2018_c'? Correct the publication_id, or add it to publications.csv."),
    ],
    "publication_of_another_study": [
        ("2020-01-01/codings.csv line 4", "publication_id", "publication_of_study",
         "publication 'made_up_review_2019_a' reports study 'made_up_review_2019', not "
         "'made_up_2018'. Correct the study_id or the publication_id."),
    ],
    "publication_of_an_unknown_study": [
        ("2021-01-01/publications.csv line 2", "study_id", "study_known",
         "study_id 'smith_1999' is not in studies.csv. Correct the study_id, or add it to "
         "studies.csv."),
        ("2021-01-01/studies.csv line 2", "study_id", "study_has_publication",
         "study 'made_up_2020' has no publication. Add its publication, or remove the study."),
    ],
    "study_left_out": [
        ("2021-01-01/publications.csv line 2", "study_id", "study_known",
         "study_id 'made_up_2020' is not in studies.csv. Did you mean 'made_up_2018'? Correct "
         "the study_id, or add it to studies.csv."),
    ],
    "publication_left_out": [
        ("2021-01-01/screening.csv line 2", "publication_id", "record_has_publication",
         "the included record's publication 'made_up_2020_a' is not in publications.csv of this"
         " search. Did you mean 'made_up_2018_a'? Correct the publication_id, or add it there."),
        ("2021-01-01/studies.csv line 2", "study_id", "study_has_publication",
         "study 'made_up_2020' has no publication. Add its publication, or remove the study."),
    ],
    "study_without_publication": [
        ("2020-01-01/studies.csv line 3", "study_id", "study_has_publication",
         "study 'made_up_review_2019' has no publication. Add its publication, or remove the "
         "study."),
    ],
    "coding_in_the_folder_of_an_earlier_search": [
        ("2020-01-01/codings.csv line 12", "publication_id", "publication_known",
         "publication_id 'made_up_2020_a' is found only by a later search. Put the row into the"
         " folder of that later search."),
        ("2020-01-01/codings.csv line 12", "study_id", "study_known",
         "study_id 'made_up_2020' is found only by a later search. Put the row into the folder "
         "of that later search."),
    ],
    "synthesised_in_unknown": [
        ("2020-01-01/studies.csv line 2", "synthesised_in", "synthesised_in_known",
         "synthesised_in 'made_up_review_2091' is no other secondary study of studies.csv. Did "
         "you mean 'made_up_review_2019'? Name the included review that contains the study, or "
         "empty the cell."),
    ],
    "synthesised_in_a_primary_study": [
        ("2021-01-01/studies.csv line 2", "synthesised_in", "synthesised_in_known",
         "synthesised_in 'made_up_2018' is no other secondary study of studies.csv. Did you "
         "mean 'made_up_review_2019'? Name the included review that contains the study, or "
         "empty the cell."),
    ],
    "synthesised_in_itself": [
        ("2020-01-01/studies.csv line 3", "synthesised_in", "synthesised_in_known",
         "synthesised_in 'made_up_review_2019' is no other secondary study of studies.csv. Name"
         " the included review that contains the study, or empty the cell."),
    ],
    "finding_of_unknown_factor": [
        ("published_findings.csv line 3", "factor_id", "factor_known",
         "factor_id 'fundings' is not in codebook.csv. Did you mean 'funding'? Correct the "
         "factor_id, or add it to codebook.csv."),
    ],
    "subdomain_in_two_domains": [
        ("codebook.csv line 6", "subdomain", "one_domain",
         "sub-domain 'made-up money' stands in the domains 'organisation' and 'organization'. "
         "Give each sub-domain one domain."),
    ],
    # Screening.
    "included_without_publication_id": [
        ("2020-01-01/screening.csv line 3", "publication_id", "decision",
         "the decision is include but publication_id is empty. Fill in the publication_id, or "
         "correct the decision."),
    ],
    "included_with_unknown_publication": [
        ("2020-01-01/publications.csv line 3", "publication_id", "publication_is_included",
         "publication 'made_up_2018_b' is no included record of screening.csv of this search. "
         "Give its record there this publication_id and the decision include, or remove the "
         "publication and its codings."),
        ("2020-01-01/screening.csv line 3", "publication_id", "record_has_publication",
         "the included record's publication 'made_up_2018_bb' is not in publications.csv of "
         "this search. Did you mean 'made_up_2018_b'? Correct the publication_id, or add it "
         "there."),
    ],
    "included_with_reason": [
        ("2020-01-01/screening.csv line 3", "reason", "decision",
         "the decision is include but reason is filled in. Empty the reason, or correct the "
         "decision."),
    ],
    "included_twice": [
        ("2020-01-01/screening.csv line 6", "publication_id", "record_has_publication",
         "another included record is publication 'made_up_2018_a' too. Mark one of the two as a"
         " duplicate of the other."),
    ],
    "excluded_without_reason": [
        ("2020-01-01/screening.csv line 5", "reason", "decision",
         "the decision is exclude but reason is empty. Fill in the reason, or correct the "
         "decision."),
    ],
    "coding_of_an_excluded_publication": [
        ("2020-01-01/codings.csv line 5", "publication_id", "coding_of_excluded",
         "publication 'made_up_2018_b' was not included at screening (not_research). Remove the"
         " coding, or include the record."),
        ("2020-01-01/codings.csv line 6", "publication_id", "coding_of_excluded",
         "publication 'made_up_2018_b' was not included at screening (not_research). Remove the"
         " coding, or include the record."),
        ("2020-01-01/screening.csv line 3", "publication_id", "decision",
         "the decision is exclude but publication_id is filled in. Empty the publication_id, or"
         " correct the decision."),
    ],
    "record_excluded_and_publication_left": [
        ("2020-01-01/publications.csv line 3", "publication_id", "publication_is_included",
         "publication 'made_up_2018_b' is no included record of screening.csv of this search. "
         "Give its record there this publication_id and the decision include, or remove the "
         "publication and its codings."),
    ],
    "duplicate_without_original": [
        ("2020-01-01/screening.csv line 6", "duplicate_of", "decision",
         "the decision is duplicate but duplicate_of is empty. Fill in the duplicate_of, or "
         "correct the decision."),
    ],
    "duplicate_of_unknown_record": [
        ("2020-01-01/screening.csv line 6", "duplicate_of", "record_known",
         "duplicate_of 'R2019-7777' is not in screening.csv. Correct the duplicate_of, or add "
         "it to screening.csv."),
    ],
    "duplicate_of_a_duplicate": [
        ("2020-01-01/screening.csv line 5", "duplicate_of", "duplicate_of_duplicate",
         "record 'R2020-0005' is itself a duplicate. Name the record that was kept."),
    ],
    "duplicate_of_a_later_record": [
        ("2020-01-01/screening.csv line 7", "duplicate_of", "record_known",
         "duplicate_of 'R2021-0001' is found only by a later search. Put the row into the "
         "folder of that later search."),
    ],
    "source_without_queries": [
        ("2020-01-01/screening.csv line 5", "source", "source_known",
         "source 'X' is not in searches.csv of this search. Correct the source, or add its "
         "queries there."),
    ],
    "source_of_queries_in_lower_case": [
        ("2020-01-01/searches.csv line 2", "source", "pattern",
         "source 'e' is not one capital letter. Correct it."),
    ],
    # Coders.
    "coding_made_twice": [
        ("2020-01-01/codings.csv line 4", "coder", "coded_once",
         "coder A codes funding enabler in made_up_2018_a a second time. Delete one of the two "
         "codings, or correct it."),
    ],
    "consensus_of_one_coder": [
        ("2021-01-01/codings.csv line 2", "coder", "two_independent_coders",
         "a consensus needs two independent coders, and study 'made_up_2020' has 1. Add the "
         "codings of both; where there are none, say in the config how studies were coded (coding: "
         "consensus_only, or single)."),
    ],
    "consensus_without_reason": [
        ("2020-01-01/codings.csv line 7", "reason", "consensus_reason",
         "the consensus on leadership barrier in 'made_up_2018' gives no reason, though fewer "
         "than two independent coders made that coding (1). Say in reason why it was agreed, or"
         " remove the consensus coding."),
    ],
    "consensus_of_no_coder_without_reason": [
        ("2020-01-01/codings.csv line 2", "reason", "consensus_reason",
         "the consensus on funding enabler in 'made_up_2018' gives no reason, though fewer than"
         " two independent coders made that coding (0). Say in reason why it was agreed, or "
         "remove the consensus coding."),
    ],
    # Published findings.
    "count_without_expected": [
        ("published_findings.csv line 2", "expected", "kind",
         "the kind is count but expected is empty. Fill in the expected, or correct the kind."),
    ],
    "count_with_factor": [
        ("published_findings.csv line 2", "factor_id", "kind",
         "the kind is count but factor_id is filled in. Empty the factor_id, or correct the "
         "kind."),
    ],
    "factor_finding_without_factor": [
        ("published_findings.csv line 3", "factor_id", "kind",
         "the kind is factor but factor_id is empty. Fill in the factor_id, or correct the "
         "kind."),
    ],
    "statement_with_direction": [
        ("published_findings.csv line 4", "direction", "kind",
         "the kind is statement but direction is filled in. Empty the direction, or correct the"
         " kind."),
    ],
    # Corrections.
    "correction_old_does_not_match": [
        ("corrections.csv line 2", "old", "correction",
         "certainty in 2020-01-01/codings.csv line 3 is 'clear', not 'doubtful'. Mend 'old', or"
         " delete the correction if the table is right now."),
    ],
    "correction_of_nothing": [
        ("corrections.csv line 2", "new", "correction",
         "old and new are the same. Delete the correction, or mend its 'new'."),
    ],
    "correction_of_unknown_file": [
        ("corrections.csv line 2", "file", "correction",
         "there is no table 'codings.csv' among the searches of the config. Did you mean "
         "'2021-01-01/codings.csv'?"),
    ],
    "correction_of_another_search": [
        ("corrections.csv line 2", "file", "correction",
         "there is no table '2019-01-01/codings.csv' among the searches of the config. Did you "
         "mean '2021-01-01/codings.csv'?"),
    ],
    "correction_of_unknown_row": [
        ("corrections.csv line 2", "id", "correction",
         "2020-01-01/codings.csv has no row with the id 'C2020-0099'. Did you mean "
         "'C2020-0009'?"),
    ],
    "correction_of_unknown_column": [
        ("corrections.csv line 2", "column", "correction",
         "2020-01-01/codings.csv has no column 'certanty'. Did you mean 'certainty'?"),
    ],
    "correction_of_corrections": [
        ("corrections.csv line 3", "file", "correction",
         "corrections.csv does not correct itself. Edit the row in place."),
    ],
    "two_corrections_of_one_cell": [
        ("corrections.csv line 3", "column", "unique",
         "file, id, column '2020-01-01/codings.csv, C2020-0002, locator' stand on line 2 "
         "already. Keep one of the rows."),
    ],
    "correction_to_a_wrong_value": [
        ("2020-01-01/codings.csv line 3", "certainty", "allowed",
         "certainty 'certain' is not allowed (the cell as corrected by "
         "data/raw/corrections.csv). It is one of clear, interpretive."),
    ],
    "correction_without_reason": [
        ("corrections.csv line 2", "reason", "required",
         "reason is empty. Fill in text of at most 5,000 characters with no space around it."),
    ],
    "corrections_with_misspelt_column": [
        ("corrections.csv line 1", "was", "column_unknown",
         "the column 'was' is not one of this table. Call it x_was, if it is a column of your "
         "own, or remove it. The header is: "
         "file,id,column,old,new,reason,date"),
    ],
    "correction_of_an_unreadable_table": [
        ("2020-01-01/codings.csv", "", "encoding",
         f"the file is UTF-16 ('Unicode text'), not UTF-8. {SAVE_WITH_COMMAS}"),
    ],
    "correction_of_a_table_with_misspelt_column": [
        ("2020-01-01/codings.csv line 1", "certanty", "column_unknown",
         "the column 'certanty' is not one of this table. Rename it to 'certainty', if that is "
         "meant."),
    ],
    # Judgements of confidence.
    "judgement_in_other_words": [
        ("cerqual.csv line 2", "adequacy", "allowed",
         "adequacy 'moderate' is not allowed. Did you mean 'moderate concerns'? It is one of no or "
         "very minor concerns, minor concerns, moderate concerns, serious concerns."),
        ("cerqual.csv line 2", "coherence", "allowed",
         "coherence 'none' is not allowed. It is one of no or very minor concerns, minor concerns, "
         "moderate concerns, serious concerns."),
        ("cerqual.csv line 2", "overall", "allowed",
         "overall 'quite high' is not allowed. It is one of high, moderate, low, very low."),
        ("cerqual.csv line 3", "explanation", "required",
         "explanation is empty. Fill in text of at most 5,000 characters with no space around it."),
        ("cerqual.csv line 3", "who", "required",
         "who is empty. Fill in text of at most 5,000 characters with no space around it."),
    ],
    "judgement_of_nothing_known": [
        ("cerqual.csv line 2", "factor_id", "factor_known",
         "factor_id 'fundings' is not in codebook.csv. Did you mean 'funding'? Correct the "
         "factor_id, or add it to codebook.csv."),
        ("cerqual.csv line 3", "direction", "allowed",
         "direction 'mixed' is not allowed. It is one of enabler, barrier."),
        ("cerqual.csv line 4", "cut", "cut_known",
         "cut '2020-01-02' is no search. Did you mean '2020-01-01'? Write the date of the search "
         "up to which the evidence was judged."),
        ("cerqual.csv line 6", "cut", "unique",
         "factor_id, direction, cut 'leadership, enabler, 2020-01-01' stand on line 5 already. "
         "Keep one of the rows."),
    ],
}  # fmt: skip
