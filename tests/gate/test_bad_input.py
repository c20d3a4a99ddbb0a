"""What the gate says of bad input: a small ugly file for each defect, and the words that a person
reads about it. All evidence here is made up.

A file of ``tests/data/bad/<defect>/`` stands in the place of the same file of ``tests/data/good/``,
which is sound. Each entry of the tables below is what the gate then tells and all that it tells:
where (file and line), the column, the name of the rule, and the message with the mend.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner, Result
from gated import evidence_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from review_synthesis.cli import main
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.gate import read as ingest
from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.gate.read import raw_files, read_raw_table
from review_synthesis.gate.spreadsheets import SAVE_WITH_COMMAS
from review_synthesis.gate.validate_searches import check_searches

SEARCHES = ["2020-01-01", "2021-01-01"]
ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "data" / "bad"
CODINGS = Path("data/raw/2020-01-01/codings.csv")
CODINGS_HEADER = (
    "coding_id,study_id,publication_id,factor_id,direction,coder,summary,basis,locator,certainty,"
    "reason"
)
Told = tuple[str, str, str, str]
Gate = Callable[..., list[Problem]]

REFUSED: dict[str, list[Told]] = {
    # The file as a whole.
    "not_utf8": [
        ("2020-01-01/codings.csv line 7", "", "encoding",
         "byte 0xE9 is not UTF-8 (Windows would read it as 'é'). Save the file as 'CSV UTF-8 "
         "(comma delimited)' and try again."),
    ],
    "not_utf8_and_unseen": [
        ("2020-01-01/studies.csv line 2", "", "encoding",
         "byte 0xA0 is not UTF-8 (Windows would read it as '<U+00A0>'). Save the file as 'CSV "
         "UTF-8 (comma delimited)' and try again."),
    ],
    "utf16": [
        ("2020-01-01/codings.csv", "", "encoding",
         "the file is UTF-16 ('Unicode text'), not UTF-8. Save the file as 'CSV UTF-8 (comma "
         "delimited)' and try again."),
    ],
    "excel_workbook": [
        ("2020-01-01/codings.csv", "", "encoding",
         "the file is a workbook of an office program, or a ZIP archive, not CSV. Save the file as "
         "'CSV UTF-8 (comma delimited)' and try again."),
    ],
    "semicolons": [
        ("2020-01-01/codings.csv", "", "separator",
         f"the columns are separated by semicolons, not by commas. {SAVE_WITH_COMMAS}"),
    ],
    "tabs": [
        ("2020-01-01/codings.csv", "", "separator",
         f"the columns are separated by tabs, not by commas. {SAVE_WITH_COMMAS}"),
    ],
    "empty_file": [
        ("2020-01-01/codings.csv", "", "empty_file",
         "the file is empty. Put at least its header line there."),
    ],
    "whitespace_only": [
        ("2020-01-01/codings.csv", "", "empty_file",
         "the file is empty. Put at least its header line there."),
    ],
    "empty_first_line": [
        ("2020-01-01/codings.csv line 1", "", "header",
         "the first line is empty. Delete what stands above the header."),
    ],
    "header_only_codebook": [
        ("codebook.csv", "", "no_rows",
         "the table has a header and no rows. Add its rows."),
    ],
    "header_only_searches": [
        ("2020-01-01/searches.csv", "", "no_rows",
         "the table has a header and no rows. Add its rows."),
    ],
    "header_only_screening": [
        ("2020-01-01/screening.csv", "", "no_rows",
         "the table has a header and no rows. Add its rows."),
    ],
    "header_only_studies": [
        ("2021-01-01/publications.csv line 2", "study_id", "study_known",
         "study_id 'made_up_2020' is not in studies.csv. Did you mean 'made_up_2018'? Correct "
         "the study_id, or add it to studies.csv."),
    ],
    "header_only_publications": [
        ("2021-01-01/screening.csv line 2", "publication_id", "record_has_publication",
         "the included record's publication 'made_up_2020_a' is not in publications.csv of this"
         " search. Did you mean 'made_up_2018_a'? Correct the publication_id, or add it there."),
        ("2021-01-01/screening.csv line 3", "publication_id", "record_has_publication",
         "the included record's publication 'made_up_2018_c' is not in publications.csv of this"
         " search. Did you mean 'made_up_2018_b'? Correct the publication_id, or add it there."),
        ("2021-01-01/studies.csv line 2", "study_id", "study_has_publication",
         "study 'made_up_2020' has no publication. Add its publication, or remove the study."),
    ],
    "no_codings_at_all": [
        ("2020-01-01/studies.csv line 2", "study_id", "study_coded",
         "neither study 'made_up_2018' nor any other has a consensus coding. Add the agreed "
         "codings to codings.csv: without them there is nothing to count."),
    ],
    # Columns.
    "column_missing": [
        ("2020-01-01/codings.csv line 1", "basis", "column_missing",
         f"the column 'basis' is missing. Add it. The header is: {CODINGS_HEADER}"),
    ],
    "column_extra": [
        ("2020-01-01/codings.csv line 1", "notes", "column_unknown",
         "the column 'notes' is not one of this table. Remove it. The header is: "
         f"{CODINGS_HEADER}"),
    ],
    "column_misspelt": [
        ("2020-01-01/codings.csv line 1", "direction", "column_missing",
         "the column 'direction' is missing, and 'directon' is not a column of this table. "
         "Rename 'directon' to 'direction'."),
    ],
    "columns_in_another_order": [
        ("2020-01-01/codings.csv line 1", "publication_id", "column_order",
         f"the columns are in another order. The header is: {CODINGS_HEADER}"),
    ],
    "column_named_twice": [
        ("2020-01-01/codings.csv line 1", "", "header",
         "the header names a column twice: basis. Rename or remove one of them."),
    ],
    "column_without_name": [
        ("2020-01-01/codings.csv line 1", "", "header",
         "column 12 has no name. Delete the column, the whole of it and not only its cells, or "
         "name it."),
    ],
    # Rows.
    "row_with_too_many_cells": [
        ("2020-01-01/codings.csv line 4", "", "cells",
         "the row has 12 cells, the header 11. Put each cell that holds a comma in quotation "
         "marks, or delete the empty cells at its end."),
    ],
    "row_with_too_few_cells": [
        ("2020-01-01/codings.csv line 4", "", "cells",
         "the row has 10 cells, the header 11. Add what is missing; an empty cell keeps its "
         "comma."),
    ],
    "row_with_empty_cells_at_end": [
        ("2020-01-01/codings.csv line 8", "", "cells",
         "the row has 13 cells, the header 11. Put each cell that holds a comma in quotation "
         "marks, or delete the empty cells at its end."),
    ],
    "study_row_with_too_many_cells": [
        ("2020-01-01/studies.csv line 2", "", "cells",
         "the row has 11 cells, the header 10. Put each cell that holds a comma in quotation "
         "marks."),
    ],
    "record_row_with_too_many_cells": [
        ("2020-01-01/screening.csv line 2", "", "cells",
         "the row has 11 cells, the header 10. Put each cell that holds a comma in quotation "
         "marks, or delete the empty cells at its end."),
    ],
    "empty_line_in_the_middle": [
        ("2020-01-01/codings.csv line 5", "", "cells",
         "the row is empty. Delete the row, the whole of it and not only what is in its cells."),
    ],
    "empty_row_in_the_middle": [
        ("2020-01-01/codings.csv line 5", "", "cells",
         "the row is empty. Delete the row, the whole of it and not only what is in its cells."),
    ],
    "quotation_never_closed": [
        ("2020-01-01/codings.csv line 5", "", "quotes",
         "a quotation mark is opened in this row and never closed. Write a quotation mark "
         'inside a cell twice (""), and end each quoted cell with one.'),
    ],
    "quotation_never_closed_in_last_column": [
        ("2020-01-01/codings.csv line 7", "", "quotes",
         "a quotation mark is opened in this row and never closed. Write a quotation mark "
         'inside a cell twice (""), and end each quoted cell with one.'),
    ],
    "quotation_not_closed_before_another": [
        ("2020-01-01/codings.csv line 2", "", "quotes",
         "a quotation mark is opened here and not closed by line 6. Write a quotation mark "
         'inside a cell twice (""), and end each quoted cell with one.'),
    ],
    "quotation_inside_quotation": [
        ("2020-01-01/codings.csv line 2", "", "quotes",
         "a single quotation mark stands inside a quoted cell. Write a quotation mark inside a "
         'cell twice (""), and end each quoted cell with one.'),
    ],
    "error_behind_line_breaks": [
        ("2020-01-01/codings.csv line 13", "summary", "spaces",
         "summary begins or ends with a space or line break. Remove it."),
    ],
    # Cells.
    "direction_misspelt": [
        ("2020-01-01/codings.csv line 4", "direction", "allowed",
         "direction 'enabeler' is not allowed. Did you mean 'enabler'? It is one of enabler, "
         "barrier, mixed, no_effect."),
    ],
    "direction_of_consensus_misspelt": [
        ("2020-01-01/codings.csv line 7", "direction", "allowed",
         "direction 'barier' is not allowed. Did you mean 'barrier'? It is one of enabler, "
         "barrier, mixed, no_effect."),
    ],
    "cells_under_the_wrong_header": [
        ("2020-01-01/codings.csv line 5", "coder", "pattern",
         "coder 'enabler' is not one capital letter, or consensus. Correct it."),
        ("2020-01-01/codings.csv line 5", "direction", "allowed",
         "direction 'consensus' is not allowed. It is one of enabler, barrier, mixed, "
         "no_effect."),
    ],
    "cell_empty": [
        ("2020-01-01/codings.csv line 3", "factor_id", "required",
         "factor_id is empty. Fill in a factor_id of codebook.csv."),
    ],
    "coder_by_name": [
        ("2020-01-01/codings.csv line 4", "coder", "pattern",
         "coder 'Bea' is not one capital letter, or consensus. Correct it."),
    ],
    "decision_misspelt": [
        ("2020-01-01/screening.csv line 3", "decision", "allowed",
         "decision 'inclde' is not allowed. Did you mean 'include'? It is one of include, "
         "exclude, duplicate, or leave the cell empty."),
    ],
    "design_class_misspelt": [
        ("2020-01-01/studies.csv line 3", "design_class", "allowed",
         "design_class 'secundary' is not allowed. Did you mean 'secondary'? It is one of "
         "primary, secondary."),
    ],
    "kind_misspelt": [
        ("published_findings.csv line 3", "kind", "allowed",
         "kind 'facter' is not allowed. Did you mean 'factor'? It is one of count, factor, "
         "statement."),
    ],
    "year_in_words": [
        ("2020-01-01/studies.csv line 2", "year", "pattern",
         "year 'about 2018' is not a year in four digits, such as 2021. Correct it, or leave "
         "the cell empty."),
    ],
    "year_as_decimal": [
        ("2020-01-01/studies.csv line 2", "year", "pattern",
         "year '2018.0' is not a year in four digits, such as 2021. Correct it, or leave the "
         "cell empty."),
    ],
    "year_in_arabic_digits": [
        ("2020-01-01/studies.csv line 2", "year", "pattern",
         "year '٢٠١٨' is not a year in four digits, such as 2021. '٢' is arabic-indic digit "
         "two: type plain letters and digits, or leave the cell empty."),
    ],
    "date_of_a_spreadsheet": [
        ("2020-01-01/searches.csv line 2", "date_run", "pattern",
         "date_run '02/01/2020' is not a date such as 2026-11-22. Correct it."),
    ],
    "count_below_zero": [
        ("2020-01-01/searches.csv line 2", "new_records", "pattern",
         "new_records '-4' is not a whole number. Correct it."),
    ],
    "cell_begins_with_equals": [
        ("2020-01-01/studies.csv line 2", "label", "formula",
         "label begins with '=', which a spreadsheet would run as a formula. Put it in words, "
         "or begin with another character."),
    ],
    "cell_begins_with_plus": [
        ("2020-01-01/studies.csv line 2", "label", "formula",
         "label begins with '+', which a spreadsheet would run as a formula. Put it in words, "
         "or begin with another character."),
    ],
    "cell_begins_with_minus": [
        ("2020-01-01/studies.csv line 2", "label", "formula",
         "label begins with '-', which a spreadsheet would run as a formula. Put it in words, "
         "or begin with another character."),
    ],
    "cell_begins_with_at": [
        ("2020-01-01/studies.csv line 2", "label", "formula",
         "label begins with '@', which a spreadsheet would run as a formula. Put it in words, "
         "or begin with another character."),
    ],
    "text_as_formula_with_quotes": [
        ("2020-01-01/codings.csv line 4", "summary", "formula",
         "summary begins with '=', which a spreadsheet would run as a formula. Put it in words,"
         " or begin with another character."),
    ],
    "space_after_text": [
        ("2020-01-01/studies.csv line 2", "label", "spaces",
         "label begins or ends with a space or line break. Remove it."),
    ],
    "space_after_direction": [
        ("2020-01-01/codings.csv line 4", "direction", "spaces",
         "direction begins or ends with a space or line break. Remove it."),
    ],
    "space_before_identifier": [
        ("2020-01-01/studies.csv line 2", "study_id", "spaces",
         "study_id begins or ends with a space or line break. Remove it."),
    ],
    "no_break_space": [
        ("2020-01-01/studies.csv line 2", "country", "spaces",
         "country begins or ends with a space or line break. Remove it."),
    ],
    "no_break_space_in_identifier": [
        ("2020-01-01/codings.csv line 4", "study_id", "pattern",
         "study_id 'made<U+00A0>up_2018' is not a study_id. '<U+00A0>' is no-break space: type "
         "plain letters and digits."),
    ],
    "cyrillic_letter_in_identifier": [
        ("2020-01-01/codings.csv line 4", "factor_id", "pattern",
         "factor_id 'fundіng' is not a factor_id of codebook.csv. 'і' is cyrillic small letter "
         "byelorussian-ukrainian i: type plain letters and digits."),
    ],
    # Identifiers.
    "identifier_empty": [
        ("2020-01-01/studies.csv line 2", "study_id", "required",
         "study_id is empty. Fill in a lower-case identifier such as sebba_2017."),
    ],
    "identifier_in_capitals": [
        ("2020-01-01/studies.csv line 2", "study_id", "pattern",
         "study_id 'Made_Up_2018' is not a lower-case identifier such as sebba_2017. Correct "
         "it."),
    ],
    "identifier_twice_in_a_table": [
        ("2020-01-01/codings.csv line 4", "coding_id", "unique",
         "coding_id 'C2020-0002' stands on line 3 already. Give each row its own identifier, or"
         " delete the repeated row."),
    ],
    "study_twice_in_a_table": [
        ("2020-01-01/studies.csv line 4", "study_id", "unique",
         "study_id 'made_up_2018' stands on line 2 already. Give each row its own identifier, "
         "or delete the repeated row."),
    ],
    "identifier_twice_across_searches": [
        ("2021-01-01/codings.csv line 2", "coding_id", "unique_across_searches",
         "coding_id 'C2020-0001' stands in data/raw/2020-01-01/codings.csv line 2 already. Give"
         " the row an identifier that is not yet used."),
    ],
    "study_in_two_searches": [
        ("2021-01-01/studies.csv line 3", "study_id", "study_in_two_searches",
         "study_id 'made_up_2018' stands in data/raw/2020-01-01/studies.csv line 2 already. "
         "Keep the study there; here, add only its new publications and codings."),
    ],
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
         "codings of two independent coders."),
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
        ("corrections.csv line 1", "old", "column_missing",
         "the column 'old' is missing. Add it. The header is: "
         "file,id,column,old,new,reason,date"),
        ("corrections.csv line 1", "was", "column_unknown",
         "the column 'was' is not one of this table. Remove it. The header is: "
         "file,id,column,old,new,reason,date"),
    ],
    "correction_of_an_unreadable_table": [
        ("2020-01-01/codings.csv", "", "encoding",
         "the file is UTF-16 ('Unicode text'), not UTF-8. Save the file as 'CSV UTF-8 (comma "
         "delimited)' and try again."),
    ],
    "correction_of_a_table_with_misspelt_column": [
        ("2020-01-01/codings.csv line 1", "certainty", "column_missing",
         "the column 'certainty' is missing, and 'certanty' is not a column of this table. "
         "Rename 'certanty' to 'certainty'."),
    ],
}  # fmt: skip

NOTICED: dict[str, list[Told]] = {
    "byte_order_mark": [
        ("2020-01-01/codings.csv", "", "byte_order_mark",
         "the file begins with a byte-order mark. The table is read as meant; nothing to do."),
    ],
    "windows_line_ends": [
        ("2020-01-01/codings.csv", "", "line_ends",
         "the lines end as on Windows (CRLF). The table is read as meant; nothing to do."),
    ],
    "mac_line_ends": [
        ("2020-01-01/codings.csv", "", "line_ends",
         "the lines end as on old Macs (CR). The table is read as meant; nothing to do."),
    ],
    "header_only_codings": [
        ("2021-01-01/studies.csv line 2", "study_id", "study_coded",
         "study 'made_up_2020' has no consensus coding. It counts among all studies and "
         "supports no finding; code it if it can be."),
    ],
    "study_without_consensus": [
        ("2021-01-01/studies.csv line 2", "study_id", "study_coded",
         "study 'made_up_2020' has no consensus coding. It counts among all studies and "
         "supports no finding; code it if it can be."),
    ],
}  # fmt: skip

SOUND = [
    "no_line_end_at_end",
    "empty_lines_at_end",
    "header_only_published_findings",
    "line_breaks_and_quotes_in_cells",
    "correction",
    "correction_mends",
]

# What shows only beside the second search. To look at the others the first one does, and takes
# half the time.
BETWEEN_SEARCHES = {
    *("header_only_studies", "header_only_publications", "header_only_codings"),
    *("identifier_twice_across_searches", "study_in_two_searches", "unknown_publication"),
    *("publication_of_an_unknown_study", "study_left_out", "publication_left_out"),
    *("coding_in_the_folder_of_an_earlier_search", "synthesised_in_a_primary_study"),
    *("duplicate_of_a_later_record", "consensus_of_one_coder", "study_without_consensus"),
    *("consensus_of_no_coder_without_reason", "correction_of_unknown_file"),
    "correction_of_another_search",
}


def searches_of(defect: str) -> list[str]:
    return SEARCHES if defect in BETWEEN_SEARCHES else SEARCHES[:1]


def told(problems: list[Problem]) -> list[Told]:
    """The problems as the tables above put them, in the order of files and lines."""
    ordered = sorted(problems, key=lambda each: (each.file, each.line, each.column))
    return [
        (
            each.where.removeprefix("data/raw/"),
            each.column,
            each.rule,
            f"{each.message}. {each.hint}",
        )
        for each in ordered
    ]


# One defect at a time


def test_the_sound_tables_pass_without_a_word(problems_with: Gate) -> None:
    assert problems_with() == []


@pytest.mark.parametrize("defect", REFUSED)
def test_a_defect_is_refused_in_these_words_and_no_others(defect: str, problems_with: Gate) -> None:
    found = problems_with(defect, searches=searches_of(defect))
    assert told(found) == REFUSED[defect]
    assert errors_of(found) == found


@pytest.mark.parametrize("defect", NOTICED)
def test_what_can_be_read_as_meant_is_only_noticed(defect: str, problems_with: Gate) -> None:
    found = problems_with(defect, searches=searches_of(defect))
    assert told(found) == NOTICED[defect]
    assert errors_of(found) == []


@pytest.mark.parametrize("oddity", SOUND)
def test_what_is_odd_but_right_passes_without_a_word(oddity: str, problems_with: Gate) -> None:
    assert problems_with(oddity, searches=searches_of(oddity)) == []


def test_every_ugly_file_is_in_one_of_the_tables() -> None:
    assert sorted([*REFUSED, *NOTICED, *SOUND]) == sorted(path.name for path in BAD.iterdir())


@pytest.mark.parametrize(
    ("defect", "begins", "holds", "lacks"),
    [
        ("not_utf8", b"coding_id,", b"caf\xe9", b"\xc3"),
        ("utf16", b"\xff\xfec\x00", b"\n\x00", b"coding"),
        ("byte_order_mark", b"\xef\xbb\xbfcoding_id,", b"\n", b"\r"),
        ("windows_line_ends", b"coding_id,", b",reason\r\nC2020-0001", b"\n\n"),
        ("mac_line_ends", b"coding_id,", b",reason\rC2020-0001", b"\n"),
    ],
)
def test_the_bytes_of_an_ugly_file_have_come_through_git(
    defect: str, begins: bytes, holds: bytes, lacks: bytes
) -> None:
    data = (BAD / defect / "2020-01-01" / "codings.csv").read_bytes()
    assert data.startswith(begins)
    assert holds in data
    assert lacks not in data


# Files that are not there


@pytest.mark.parametrize("file", raw_files(SEARCHES))
def test_a_missing_table_is_told_once_and_not_held_against_the_others(
    file: str, raw: Path, problems_with: Gate
) -> None:
    (raw / file).unlink()
    must_have_rows = Path(file).stem in ("codebook", "searches", "screening")
    hint = "." if must_have_rows else ", its header line alone if it has no rows."
    says = f"the file is missing. Put the table there{hint}"
    assert told(problems_with()) == [(file, "", "file_missing", says)]


def test_a_table_under_another_name_is_found(raw: Path, problems_with: Gate) -> None:
    (raw / "2020-01-01" / "codings.csv").rename(raw / "2020-01-01" / "codings (1).csv")
    says = "the file is missing. There is a file 'codings (1).csv': rename it if it is the one."
    assert told(problems_with()) == [("2020-01-01/codings.csv", "", "file_missing", says)]


def test_a_search_without_a_folder_is_told_file_by_file(raw: Path) -> None:
    found = check_searches(raw, [*SEARCHES, "2022-01-01"]).problems
    missing = [each.file for each in found if each.rule == "file_missing"]
    assert missing == [f"data/raw/{file}" for file in raw_files(["2022-01-01"])[3:]]
    assert len(found) == len(missing)


# Large things


def test_a_cell_of_ten_megabytes_is_read_and_refused(problems_with: Gate) -> None:
    summary, words = "Made up: long money helped.", "Made up. " * 1_200_000
    CODINGS.write_text(CODINGS.read_text("utf-8").replace(summary, words.strip()), "utf-8")
    (problem,) = problems_with()
    assert problem.sentence == (
        "data/raw/2020-01-01/codings.csv line 4: summary holds 10,799,999 characters. "
        "Shorten it to 5,000 characters at most."
    )
    assert len(problem.value) < 100


@pytest.mark.usefixtures("raw")
def test_of_thousands_of_errors_the_first_is_shown_and_all_are_logged() -> None:
    row = "made_up_2018,made_up_2018_a,funding,enabler_{0},C,Made up.,abstract,abstract,clear,\n"
    with CODINGS.open("a", encoding="utf-8") as codings:
        codings.writelines(f"C2020-{n},{row.format(n)}" for n in range(1000, 5000))
    result = validate_by_command()
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith(f"error {CODINGS.as_posix()} line 12 (C2020-1000): direction")
    assert lines[2:] == [
        "      … and 3,999 more of this kind (allowed of direction): "
        f"{CODINGS.as_posix()} line 13, {CODINGS.as_posix()} line 14, "
        f"{CODINGS.as_posix()} line 15, …",
        "4,000 errors: all of them, a row each, are in results/logs/problems.csv",
    ]
    assert len(logged()) == 4_000


def test_thousands_of_unknown_names_do_not_keep_a_person_waiting(raw: Path) -> None:
    finding = "factor,,no_such_factor_{0},enabler,,Made up.,made up\n"
    factor = "factor_{0},Made up {0},made up,made up,Made up.,Made up.,Made up.,added\n"
    for file, row in (("published_findings.csv", "P{0}," + finding), ("codebook.csv", factor)):
        with (raw / file).open("a", encoding="utf-8") as table:
            table.writelines(row.format(number) for number in range(1000, 5000))
    found = check_searches(raw, SEARCHES).problems
    assert len(found) == 4_000
    # Sixteen million comparisons would take minutes: no nearest name is looked for.
    assert {(each.rule, each.hint) for each in found} == {
        ("factor_known", "Correct the factor_id, or add it to codebook.csv.")
    }


# Several defects, and what the command does


ONE_DEFECT_A_FILE = [
    "unknown_factor",
    "identifier_twice_across_searches",
    "record_row_with_too_many_cells",
    "year_in_words",
    "date_of_a_spreadsheet",
    "subdomain_in_two_domains",
    "count_without_expected",
    "correction_of_unknown_column",
    "publication_of_an_unknown_study",
]


def test_the_defects_of_all_files_are_told_at_once(problems_with: Gate) -> None:
    alone = [line for defect in ONE_DEFECT_A_FILE for line in REFUSED[defect]]
    assert sorted(told(problems_with(*ONE_DEFECT_A_FILE))) == sorted(alone)


def test_two_defects_of_one_row_are_both_told(problems_with: Gate) -> None:
    spoilt = CODINGS.read_text("utf-8").replace(
        "made_up_2018_a,funding,enabler,B", "made_up_2018_a,fundings,enabeler,B"
    )
    CODINGS.write_text(spoilt, "utf-8")
    found = [(each.line, each.value) for each in problems_with()]
    assert found == [(4, "enabeler"), (4, "fundings")]


GIVEN = '{"allow_undecided": false, "review": {"domains": ["adopters", "organisation"]}}'
CHOICES = ["--config", GIVEN, "--searches", ",".join(SEARCHES)]


def validate_by_command() -> Result:
    return CliRunner().invoke(main, ["validate-searches", *CHOICES])


def logged() -> pd.DataFrame:
    return pd.read_csv("results/logs/problems.csv", dtype=str, keep_default_na=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_refused_run_writes_the_log_and_touches_nothing_else(problems_with: Gate) -> None:
    found = problems_with(*ONE_DEFECT_A_FILE)
    validation = Path("results/validation.csv")
    validation.parent.mkdir()
    validation.write_text("made up: of the last good run\n")
    before = contents(Path())
    result = validate_by_command()
    after = contents(Path())
    assert result.exit_code == 1
    log = after.pop("results/logs/problems.csv").decode()
    assert after == before
    assert list(logged().columns) == list(Problem._fields)
    assert len(logged()) == len(found)
    assert log.count("\n") == len(found) + 1


def test_the_command_shows_file_line_row_message_and_mend(problems_with: Gate) -> None:
    problems_with("unknown_factor")
    assert validate_by_command().stderr == (
        "error data/raw/2020-01-01/codings.csv line 4 (C2020-0003): factor_id 'fundings' is not "
        "in codebook.csv.\n"
        "      Did you mean 'funding'? Correct the factor_id, or add it to codebook.csv.\n"
        "1 error: all of them, a row each, are in results/logs/problems.csv\n"
    )


def test_a_notice_does_not_stop_the_run(problems_with: Gate) -> None:
    problems_with("windows_line_ends")
    result = validate_by_command()
    validation = pd.read_csv("results/validation.csv")
    assert result.exit_code == 0
    assert result.stderr.endswith(
        "1 notice: all of them, a row each, are in results/logs/problems.csv\n"
    )
    assert validation.set_index("file").loc[CODINGS.as_posix(), "notices"] == 1


def test_check_says_the_same_without_a_run(problems_with: Gate) -> None:
    problems_with("unknown_factor")
    protocol = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
    Path("config").mkdir()
    Path("config/config.yaml").write_text(yaml.safe_dump(protocol | {"searches": SEARCHES}))
    before = contents(Path())
    result = CliRunner().invoke(main, ["check"])
    after = contents(Path())
    assert result.exit_code == 1
    assert "factor_id 'fundings' is not in codebook.csv" in result.stderr
    assert after.keys() - before.keys() == {"results/logs/problems.csv"}
    assert before.items() <= after.items()


@pytest.mark.usefixtures("raw")
def test_a_sound_folder_is_summed_up_table_by_table() -> None:
    result = validate_by_command()
    validation = pd.read_csv("results/validation.csv")
    assert (result.exit_code, result.output) == (0, "")
    assert sorted(validation["file"]) == sorted(f"data/raw/{file}" for file in raw_files(SEARCHES))
    assert validation["rows"].sum() == 41
    assert len(logged()) == 0


def test_no_value_of_the_log_runs_as_a_formula_or_hides_a_character(
    raw: Path, problems_with: Gate
) -> None:
    problems_with("text_as_formula_with_quotes", "no_break_space")
    studies = raw / "2020-01-01" / "studies.csv"
    studies.write_text(studies.read_text("utf-8").replace(",low\n", ",\x1b[31mlow\n"), "utf-8")
    result = validate_by_command()
    values = "".join(logged()["value"])
    assert result.exit_code == 1
    assert not logged()["value"].str.startswith(("=", "+", "-", "@")).any()
    assert "England<U+00A0>" in values
    assert "<U+001B>[31mlow" in values
    assert (result.stderr + values).replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PANDERA_VALIDATION_ENABLED", "False"), ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY")],
)
def test_nothing_passes_where_pandera_is_told_not_to_look(
    variable: str, value: str, problems_with: Gate
) -> None:
    problems_with("direction_misspelt")
    command = [sys.executable, "-m", "review_synthesis", "validate-searches", *CHOICES]
    environment = os.environ | {variable: value}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 1
    assert run.stderr == (
        f"Error: pandera's validation is switched off or reduced by {variable}; unset it: no "
        "result is made from tables that were not checked\n"
    )
    assert sorted(path.name for path in Path().iterdir()) == ["data"]


# What comes out behind the gate


def test_two_publications_of_one_study_count_the_study_once(raw: Path) -> None:
    evidence = evidence_of(raw, SEARCHES)
    tally = tally_factors(evidence["agreed"], evidence["studies"], evidence["codebook"], [])
    cells = tally["factor_tally"].set_index(["factor_id", "direction"])
    funding = cells.loc[("funding", "enabler")]
    assert (funding["studies"], funding["publications"]) == (1, 2)
    assert funding["study_ids"] == "made_up_2018"


@pytest.mark.parametrize(
    ("defect", "coding", "column", "corrected"),
    [
        ("correction", "C2020-0002", "certainty", "interpretive"),
        ("correction_mends", "C2020-0003", "direction", "enabler"),
    ],
)
def test_a_correction_reaches_the_evidence_and_not_the_raw_file(
    defect: str, coding: str, column: str, corrected: str, raw: Path, problems_with: Gate
) -> None:
    problems_with(defect)
    before = contents(raw)
    codings = evidence_of(raw, SEARCHES)["codings"].set_index("coding_id")
    assert codings.loc[coding, column] == corrected
    assert contents(raw) == before


# Properties of reading


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=6)
awkward = st.text('",\n =;a', max_size=5)
rows_of_three = st.lists(
    st.tuples(*[st.one_of(cells, awkward, st.just("made up"))] * 3), max_size=8
)


@pytest.fixture(scope="module", params=["row by row", "at once"])
def read(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each way of reading: row by row, and at once as large tables are."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "at once":
            patch.setattr(ingest, "LARGE", 0)
        yield request.param


@pytest.mark.usefixtures("read")
@settings(max_examples=150, deadline=None)
@given(rows=rows_of_three)
def test_a_table_is_read_as_it_was_written(
    rows: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.csv"
    text, expected, empty, line = "a,b,c\n", [], [], 2
    for row in rows:
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerow(row)
        if "".join(row).strip():
            expected.append((line, *row))
        else:
            empty.append(line)
        text += written.getvalue()
        line += written.getvalue().count("\n")
    path.write_bytes(text.encode("utf-8"))
    table, problems = read_raw_table(path)
    assert table is not None
    assert list(table.itertuples(name=None)) == expected
    assert [(each.line, each.message) for each in problems] == [
        (line, "the row is empty") for line in empty
    ]


@pytest.mark.usefixtures("read")
@settings(max_examples=150, deadline=None)
@given(text=st.text('",\n\r;a =é', max_size=40))
@example(text='a,"a"a')
@example(text='a,"a')
@example(text='a,a"\na,"a\n')
@example(text='a,"a ""a"" a"\n')
@example(text=" , \n")
def test_any_text_is_read_as_the_csv_standard_has_it_or_refused(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"a,b\n" + text.encode("utf-8"))
    table, problems = read_raw_table(path)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(plain, newline=""), strict=True))
    except csv.Error:
        assert table is None
        assert [each.rule for each in problems] == ["quotes"]
        return
    assert table is not None
    fitting = [tuple(row) for row in rows if len(row) == 2 and "".join(row).strip()]
    misfits = {each.line for each in problems if each.rule == "cells"}
    read = [row for line, *row in table.itertuples(name=None) if line not in misfits]
    assert list(map(tuple, read)) == fitting


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_whatever_a_file_holds_the_gate_answers(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = tmp_path_factory.getbasetemp() / "any"
    shutil.copytree(BAD.parent / "good", raw, dirs_exist_ok=True)
    path = raw / data.draw(st.sampled_from(raw_files(SEARCHES)))
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(start + 80, len(content))))
    junk = data.draw(st.one_of(st.binary(max_size=6), awkward.map(str.encode)))
    path.write_bytes(content[:start] + junk + content[end:])
    checked = check_searches(raw, SEARCHES)
    assert len(checked.summary) <= len(raw_files(SEARCHES))
    assert all(
        each.message and each.hint and each.sentence.isprintable() for each in checked.problems
    )
