"""Whatever a file holds, it is read as the standard of CSV has it, or refused."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator

import pytest
from bad_input import BAD, SEARCHES
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from review_synthesis.gate import read as ingest
from review_synthesis.gate.read import optional_files, raw_files, read_raw_table
from review_synthesis.gate.validate_searches import check_searches
from words import CHOICES

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
@examples(150)
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
@examples(150)
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


@examples(4)
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
    checked = check_searches(raw, SEARCHES, CHOICES)
    assert len(checked.summary) <= len([*raw_files(SEARCHES), *optional_files(raw, SEARCHES)])
    assert all(
        each.message and each.hint and each.sentence.isprintable() for each in checked.problems
    )
