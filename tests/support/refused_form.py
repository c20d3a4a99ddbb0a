"""What the gate says of bad files, columns, rows, cells and identifiers: see bad_input."""

from __future__ import annotations

from review_synthesis.gate.spreadsheets import SAVE_WITH_COMMAS

CODINGS_HEADER = (
    "coding_id,study_id,publication_id,factor_id,direction,coder,summary,quote,page,basis,"
    "locator,certainty,reason"
)
Told = tuple[str, str, str, str]

REFUSED_FORM: dict[str, list[Told]] = {
    # The file as a whole.
    "not_utf8": [
        ("2020-01-01/codings.csv line 7", "", "encoding",
         "byte 0xE9 is not UTF-8 (Windows would read it as 'é'). "
         f"{SAVE_WITH_COMMAS}"),
    ],
    "not_utf8_and_unseen": [
        ("2020-01-01/studies.csv line 2", "", "encoding",
         "byte 0xA0 is not UTF-8 (Windows would read it as '<U+00A0>'). "
         f"{SAVE_WITH_COMMAS}"),
    ],
    "utf16": [
        ("2020-01-01/codings.csv", "", "encoding",
         f"the file is UTF-16 ('Unicode text'), not UTF-8. {SAVE_WITH_COMMAS}"),
    ],
    "excel_workbook": [
        ("2020-01-01/codings.csv", "", "encoding",
         "the file is a workbook of an office program, or a ZIP archive, not CSV. "
         f"{SAVE_WITH_COMMAS}"),
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
         "the table has a header and no rows. Add its rows, by hand or from a file (add-search, "
         "import-codings, import-workbook)."),
    ],
    "header_only_searches": [
        ("2020-01-01/searches.csv", "", "no_rows",
         "the table has a header and no rows. Add its rows, by hand or from a file (add-search, "
         "import-codings, import-workbook)."),
    ],
    "header_only_screening": [
        ("2020-01-01/screening.csv", "", "no_rows",
         "the table has a header and no rows. Add its rows, by hand or from a file (add-search, "
         "import-codings, import-workbook)."),
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
        ("2020-01-01/codings.csv line 1", "direction", "column_missing",
         f"the column 'direction' is missing. Add it. The header is: {CODINGS_HEADER}"),
    ],
    "column_extra": [
        ("2020-01-01/codings.csv line 1", "notes", "column_unknown",
         "the column 'notes' is not one of this table. Call it x_notes, if it is a column of your "
         "own, or remove it. The header is: "
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
         "share, comparison, statement."),
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
}  # fmt: skip
