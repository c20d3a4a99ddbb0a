"""The choices for the flow reach the flow and the pages that tell of it; templates reach pages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from workdir import Workdir

pytestmark = pytest.mark.slow

CUTS = ("2020-01-01", "2021-01-01")
CONFIG = "config/config.yaml"
# What is told in words, from templates and catalogues, and the seal.
TOLD = Counter(
    plot_figures=2, plot_changes=1, compare_cuts=1, write_report=2, write_index=1,
    write_brief=2, write_paper=2, write_manifest=1,
)  # fmt: skip


def test_an_edit_of_a_template_makes_anew_what_is_told(finished: Workdir, project_copy: Path):
    edited = Workdir(finished.path, project_copy)
    assert not edited.plan(), "where the project stands makes no difference"
    template = (
        project_copy / "workflow" / "review_synthesis" / "report" / "templates" / "flow.html.j2"
    )
    template.write_text(template.read_text("utf-8") + "{# More. #}\n", "utf-8")
    assert edited.plan() == TOLD


def test_a_translation_makes_anew_what_is_told(finished: Workdir, project_copy: Path):
    edited = Workdir(finished.path, project_copy)
    catalogue = project_copy / "workflow" / "review_synthesis" / "wording" / "locale" / "cy.po"
    text = catalogue.read_text("utf-8")
    assert "ni ellir ei brofi" in text
    catalogue.write_text(text.replace("ni ellir ei brofi", "ni ellid ei brofi"), "utf-8")
    assert edited.plan() == TOLD


def test_the_choice_of_hidden_boxes_makes_figures_and_the_pages_that_show_them_anew(
    finished: Workdir,
):
    finished.replace(CONFIG, "hide_empty_boxes: true", "hide_empty_boxes: false")
    assert finished.plan() == Counter(plot_figures=2, write_report=2, write_manifest=1)


# What the config says of two reasons of exclusion, with the stage of each.
STAGES = """not_uk: {{label: not UK, stage: {}}}
    not_research: {{label: not research, stage: screening}}
    out_of_date_range: {{label: out of date range, stage: screening}}
    no_factor_in_accessible_text: {{label: no factor in accessible text, stage: {}}}"""


def test_a_reason_given_at_full_text_moves_its_records_there(finished: Workdir):
    before = {cut: excluded_at(finished, cut) for cut in CUTS}
    finished.replace(CONFIG, STAGES.format("screening", "full_text"),
                     STAGES.format("full_text", "screening"))  # fmt: skip
    assert finished.run("--until", "count_evidence") == Counter(
        validate_searches=1, count_evidence=2
    )
    assert before == {CUTS[0]: Counter(screening=1), CUTS[1]: Counter(screening=2)}
    after = {cut: excluded_at(finished, cut) for cut in CUTS}
    assert after == {CUTS[0]: Counter(report=1), CUTS[1]: Counter(report=1, screening=1)}


def excluded_at(workdir: Workdir, cut: str) -> Counter[str]:
    return Counter(row["stage"] for row in workdir.rows(f"results/{cut}/tables/excluded.csv"))
