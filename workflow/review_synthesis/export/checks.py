"""The checks of the evidence, and the profiles for GRADE-CERQual, as numbers with their places."""

from collections.abc import Mapping

import pandas as pd

from review_synthesis.tables.places import Json, Places, rows_of

Tables = Mapping[str, pd.DataFrame]


def checks_in_numbers(tables: Tables, places: Places) -> dict[str, Json]:
    """Screening by how it was drawn and search, codings and publications, methods, appraisals.

    What a review has not is empty.
    """
    return {
        "screening": _rows(tables, places, "screening_checks", "drawn", "search"),
        "rows": _rows(tables, places, "coding_checks", "checked", "drawn"),
        "methods": _rows(tables, places, "methods_levels", "level"),
        "methods_agreement": _rows(tables, places, "methods_agreement", "levels", "coders"),
        "appraisals": _rows(tables, places, "appraisals", "appraisal_tool", "appraisal"),
        "confidence": {
            "profiles": places.count("cerqual"),
            "judged": places.count("cerqual", judged="yes"),
        },
    }


def _rows(tables: Tables, places: Places, table: str, *keys: str) -> dict[str, Json]:
    """The rows of a table by their first key, and by the second, if any, within it."""
    found: dict[str, Json] = {}
    inside: dict[str, dict[str, Json]] = {}
    for row in rows_of(tables[table]):
        cells = places.cells(table, tables[table].columns, **{key: row[key] for key in keys})
        first, *second = (row[key] for key in keys)
        if second:
            found[first] = inside.setdefault(first, {})
            inside[first][second[0]] = cells
        else:
            found[first] = cells
    return found


def profiles_in_numbers(tables: Tables, places: Places) -> dict[str, Json]:
    """What a judgement of the confidence in a finding looks at, by "factor direction"."""
    return {
        f"{row['factor_id']} {row['direction']}": {
            **places.cells("cerqual", tables["cerqual"].columns, **_of(row)),
            **{
                f"{grouping}s": {
                    group["group"]: places.cell(
                        "cerqual_groups", "studies", **_of(group), group=group["group"]
                    )
                    for group in _most_first(places, row, grouping)
                }
                for grouping in ("place", "design")
            },
        }
        for row in rows_of(tables["cerqual"])
    }


def _of(row: Mapping[str, str]) -> dict[str, str]:
    names = ("factor_id", "direction", "grouping")
    return {name: row[name] for name in names if name in row}


def _most_first(places: Places, row: Mapping[str, str], grouping: str) -> list[dict[str, str]]:
    """The groups of the studies behind a finding, those of most studies first."""
    groups = places.rows_of("cerqual_groups", **_of(row), grouping=grouping)
    return sorted(groups, key=lambda each: (-int(each["studies"]), each["group"]))
