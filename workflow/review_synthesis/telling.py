from __future__ import annotations

from review_synthesis.export.documents import documents_at, documents_of_cuts
from review_synthesis.seal.code_digest import library_versions
from review_synthesis.wording.numbers import Numbers


def write_report(cut, cuts, cut_before, config, before, figures, **tables):
    from review_synthesis.report import write_flow as f
    from review_synthesis.report import write_report as r
    from review_synthesis.tables.places import as_document

    documents = documents_at(cut, cuts, config, tables, cut_before, before)
    numbers = Numbers(
        {
            **documents,
            "tables/agreement.csv": as_document(
                tables["agreement"], "agreement", ["level", "group", "coders"]
            ),
            "tables/flow_sources.csv": as_document(
                tables["flow_sources"], "flow_sources", ["search", "source"]
            ),
        }
    )
    languages, review = config["languages"], config["review"]
    yield (
        "report.html",
        r.write_report(
            tables, numbers, figures, review, library_versions(), cut_before or None, languages
        ),
    )
    yield "flow.html", f.write_flow(tables, numbers, figures["flow"][0], review, languages)


def write_index(cuts, config, each_cut, figures):
    from review_synthesis.report import write_index as w

    numbers = Numbers(documents_of_cuts(cuts, config, each_cut))
    page = w.write_index(numbers, cuts, figures, config["review"], config["languages"])
    return {"index.html": page}


def write_brief(cut, cuts, cut_before, config, before, **tables):
    from review_synthesis.brief import write_brief as w

    documents = documents_at(cut, cuts, config, tables, cut_before, before)
    here = {name: each for name, each in documents.items() if not name.startswith("..")}
    return w.write_brief(Numbers(here), config["review"], config["languages"])
