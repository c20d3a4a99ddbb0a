"""Texts: what they are made of, the numbers they bind, and each form that they are shown in."""

from __future__ import annotations

import pytest
from review_synthesis.wording import welsh
from review_synthesis.wording.language import _, n_, p_, speaking
from review_synthesis.wording.numbers import Numbers, pointer
from review_synthesis.wording.page import cited, link_to, link_to_study
from review_synthesis.wording.phrases import (
    day_in_time,
    directed,
    factors_of,
    finding_named,
    listed,
    mid_sentence,
    of_studies,
    publications_of,
    sentence_case,
    studies_of,
)
from review_synthesis.wording.text import (
    Number,
    Text,
    english,
    filled,
    full_stop,
    plain,
    sentences,
    strong,
    verbatim,
    wrapped,
)

HOSTILE = "<b>&'\""
ESCAPED = "&lt;b&gt;&amp;&#39;&#34;"


def number(value: int, place: str = "/n") -> Number:
    return Number(value, f"{value:,}", f"findings.json#{place}")


def data(value: int, place: str = "/n") -> str:
    """The element of a number in HTML."""
    return f'<data value="{value}" data-from="findings.json#{place}">{value:,}</data>'


# Numbers


def test_a_bound_number_says_its_value_and_its_source() -> None:
    numbers = Numbers({"findings.json": {"a/b": {"n": 1234, "share": 0.256}, "list": [1, 2]}})
    assert numbers.count("a/b", "n").__html__() == (
        '<data value="1234" data-from="findings.json#/a~1b/n">1,234</data>'
    )
    assert numbers.decimal("a/b", "share").percent() == Number(
        0.256, "26%", "findings.json#/a~1b/share"
    )
    assert numbers.decimal("a/b", "share") == Number(0.256, "0.26", "findings.json#/a~1b/share")
    assert numbers.count("list") == Number(2, "2", "findings.json#/list")
    assert pointer("a~b", 0) == "/a~0b/0"


def test_a_threshold_is_never_rounded() -> None:
    numbers = Numbers({"findings.json": {"min_share": 0.125, "max_mixed": 0.25}})
    assert numbers.exact_percent("min_share").shown == "12.5%"
    assert numbers.exact_percent("max_mixed").shown == "25%"


def test_a_number_that_is_not_there_is_refused_by_its_place() -> None:
    with pytest.raises(LookupError, match=r"findings.json has nothing at /a/b"):
        Numbers({"findings.json": {"a": {}}}).count("a", "b")


# Runs


def test_a_text_is_the_same_runs_however_it_is_put_together() -> None:
    whole = Text("a ", number(2), " b")
    assert whole.runs == ("a ", number(2), " b")
    assert (Text("a ") + Text(number(2)) + " b").runs == whole.runs
    assert ("a " + Text("", number(2), "", " ", "b")).runs == whole.runs
    assert Text(" ").join(["a", number(2), Text("b")]).runs == whole.runs
    assert filled("a {x} b", {"x": number(2), "y": "unused"}).runs == whole.runs
    assert whole == "a 2 b"


def test_nothing_is_a_text_without_runs() -> None:
    assert Text().runs == Text("", Text()).runs == ()
    assert Text(", ").join([]).runs == ()
    assert Text().__html__() == Text().markdown() == ""
    assert Text().printed() == []
    assert Text().with_start(str.upper).with_end(str.upper).with_words(str.upper).runs == ()
    assert not Text()


def test_sentences_stand_one_after_the_other_without_those_that_say_nothing() -> None:
    said = sentences(Text("One."), Text(), Text(number(2), "."))
    assert said.runs == ("One. ", number(2), ".")
    assert sentences().runs == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (Text("ab"), "Ab", "aB"),
        (Text(strong("ab"), "c"), "Abc", "abC"),
        (Text("a", strong(verbatim("bc"))), "Abc", "abC"),
        (Text(number(1), "ab", number(2)), "1ab2", "1ab2"),
        (Text(verbatim(""), "ab"), "Ab", "aB"),
    ],
)
def test_the_start_or_the_end_of_a_text_is_changed_inside_of_its_marks(
    text: Text, first: str, last: str
) -> None:
    assert text.with_start(str.capitalize) == first
    assert text.with_end(lambda words: words[:-1] + words[-1].upper()) == last
    kinds = [type(run) for run in text.runs]
    assert [type(run) for run in text.with_start(str.capitalize).runs] == kinds


def test_words_are_changed_everywhere_and_numbers_are_not() -> None:
    text = Text("a", number(1), strong(Text("b", verbatim("c"))), "d")
    assert text.with_words(lambda words: words * 2).__html__() == (
        f"aa{data(1)}<strong>bb<span data-text>cc</span></strong>dd"
    )


# Forms


def test_in_html_words_and_attributes_are_escaped_and_numbers_bound() -> None:
    text = Text(HOSTILE, number(3), wrapped("a", HOSTILE, href=HOSTILE, data_text=""))
    assert text.__html__() == (f'{ESCAPED}{data(3)}<a href="{ESCAPED}" data-text>{ESCAPED}</a>')


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (strong("x"), "<strong>x</strong>"),
        (verbatim("x"), "<span data-text>x</span>"),
        (english("x"), '<span data-text lang="en">x</span>'),
        (day_in_time("2022-11-17"), '<time datetime="2022-11-17">17 November 2022</time>'),
        (link_to("a.csv"), '<a href="a.csv"><code>a.csv</code></a>'),
        (link_to_study("s1"), '<a href="#study-s1"><code>s1</code></a>'),
        (cited("A & B 2001"), '<cite lang="en">A &amp; B 2001</cite>'),
        (
            cited("A 2001. doi:10.1234/x.1. B doi:10.9999/y<z"),
            '<cite lang="en">A 2001. <a href="https://doi.org/10.1234/x.1" rel="noreferrer">'
            'doi:10.1234/x.1</a>. B <a href="https://doi.org/10.9999/y%3Cz" rel="noreferrer">'
            "doi:10.9999/y&lt;z</a></cite>",
        ),
    ],
)
def test_each_kind_of_mark_has_its_element(text: Text, html: str) -> None:
    assert text.__html__() == html


def test_a_link_to_a_file_of_the_cut_leads_up_from_another_language() -> None:
    with speaking("cy"):
        assert link_to("a.csv").__html__() == '<a href="../a.csv"><code>a.csv</code></a>'
        assert link_to("brief.pdf").__html__() == '<a href="brief.pdf"><code>brief.pdf</code></a>'


def test_markdown_keeps_what_is_strong_and_plain_words_nothing() -> None:
    text = Text(strong(Text("a  ", verbatim("<b>"))), "\n", number(1234))
    assert text.markdown() == r"**a \<b\>** 1,234"
    assert plain(text) == "a <b> 1,234"


def test_for_the_sheet_a_text_is_cut_where_its_look_changes() -> None:
    text = Text(
        "a \n b ",
        number(2),
        verbatim(" c "),
        strong(Text("d", wrapped("a", "e", href="f.csv", rel="noreferrer"))),
        day_in_time("2022-11-17"),
        cited("G"),
    )
    assert text.printed() == [
        {"text": "a b 2 c "},
        {"text": "d", "strong": True},
        {"text": "e", "strong": True, "href": "f.csv"},
        {"text": "17 November 2022"},
        {"text": "G", "lang": "en"},
    ]


# Sentences


def test_a_sentence_keeps_what_is_filled_in_and_escapes_it_once() -> None:
    said = n_("{n} study of {what}", "{n} studies of {what}", number(3), what=HOSTILE)
    assert said.__html__() == f"{data(3)} studies of {ESCAPED}"
    assert said == f"3 studies of {HOSTILE}"


@pytest.mark.parametrize(
    ("value", "in_english", "in_welsh"),
    [
        (0, "no study in no publication", "dim un astudiaeth mewn dim un cyhoeddiad"),
        (1, f"{data(1)} study", f"{data(1)} astudiaeth"),
        (2, f"{data(2)} studies", f"{data(2)} astudiaeth"),
        (1046, f"{data(1046)} studies", f"{data(1046)} o astudiaethau"),
    ],
)
def test_a_bound_number_has_the_form_that_the_language_gives_it(
    value: int, in_english: str, in_welsh: str
) -> None:
    for code, html in (("en", in_english), ("cy", in_welsh)):
        with speaking(code):
            said = studies_of(number(value))
            assert html.startswith(said.__html__())
            assert studies_of(value) == said
            assert publications_of(number(value)) == publications_of(value)


@pytest.mark.parametrize(
    ("value", "factors", "enablers", "barriers"),
    [
        (0, "no factor", "no enabler", "no barrier"),
        (1, "1 factor", "1 enabler", "1 barrier"),
        (2, "2 factors", "2 enablers", "2 barriers"),
        (1026, "1,026 factors", "1,026 enablers", "1,026 barriers"),
    ],
)
def test_factors_are_counted_and_those_of_a_direction_by_its_name(
    value: int, factors: str, enablers: str, barriers: str
) -> None:
    assert factors_of(number(value)) == factors_of(value) == factors
    assert directed(number(value), "enabler") == directed(value, "enabler") == enablers
    assert directed(number(value), "barrier") == directed(value, "barrier") == barriers


@pytest.mark.parametrize(
    ("part", "whole", "said", "in_welsh"),
    [
        (0, 1, "0 of 1 study", "0 o'r 1 astudiaeth"),
        (3, 46, "3 of 46 studies", "3 o'r 46 astudiaeth"),
    ],
)
def test_a_part_of_the_studies_is_told_of_them_all(
    part: int, whole: int, said: str, in_welsh: str
) -> None:
    bound = of_studies(number(part, "/part"), number(whole, "/whole"))
    assert bound == of_studies(part, whole) == said
    assert bound.runs[0] == number(part, "/part")
    assert bound.runs[2] == number(whole, "/whole")
    with speaking("cy"):
        assert of_studies(part, whole) == in_welsh


def test_a_sentence_without_a_translation_is_marked_as_english() -> None:
    message = "A sentence that no catalogue holds <1> of {what}"
    with speaking("cy"):
        assert _(message, what=number(2)).__html__() == (
            f'<span lang="en">A sentence that no catalogue holds &lt;1&gt; of {data(2)}</span>'
        )
        assert p_("place", "Nowhere").__html__() == '<span lang="en">Nowhere</span>'
    assert _(message, what=1).__html__() == "A sentence that no catalogue holds &lt;1&gt; of 1"


@pytest.mark.parametrize(
    ("direction", "said", "in_welsh"),
    [
        ("enabler", "Fit as an enabler", "Fit fel galluogwr"),
        ("barrier", "Fit as a barrier", "Fit fel rhwystr"),
        ("mixed", "Fit, mixed", "Fit, cymysg"),
        ("no_effect", "Fit, no effect", "Fit, dim effaith"),
    ],
)
def test_a_finding_is_named_by_its_factor_and_what_it_is(
    direction: str, said: str, in_welsh: str
) -> None:
    assert finding_named("Fit", direction) == said
    with speaking("cy"):
        assert finding_named("Fit", direction) == in_welsh


@pytest.mark.parametrize(
    ("text", "alone", "inside"),
    [
        ("funding", "Funding", "funding"),
        ("Funding", "Funding", "funding"),
        ("IT systems", "IT systems", "IT systems"),
        ("", "", ""),
    ],
)
def test_a_label_has_its_capital_alone_and_not_in_a_sentence(
    text: str, alone: str, inside: str
) -> None:
    assert sentence_case(text) == alone
    assert mid_sentence(text) == inside
    for case, said in ((sentence_case, alone), (mid_sentence, inside)):
        marked = verbatim(english(text))
        html = marked.__html__().replace(f">{text}<", f">{said}<")
        assert case(marked).__html__() == html


def test_a_sentence_ends_with_one_full_stop() -> None:
    assert full_stop(Text("Through ", verbatim("Day n.d."))) == "Through Day n.d."
    assert full_stop(Text(number(2))).__html__() == f"{data(2)}."


# Lists


@pytest.mark.parametrize(
    ("items", "in_english", "in_welsh"),
    [
        ([], "", ""),
        ([number(8)], data(8), data(8)),
        (["a", number(8)], f"a and {data(8)}", f"a ac {data(8)}"),
        (
            [verbatim("<time>"), "{0}", number(2)],
            f"<span data-text>&lt;time&gt;</span>, {{0}} and {data(2)}",
            f"<span data-text>&lt;time&gt;</span>, {{0}} a {data(2)}",
        ),
    ],
)
def test_a_list_keeps_the_order_of_its_items_and_what_they_are(
    items: list[object], in_english: str, in_welsh: str
) -> None:
    assert listed(items).__html__() == in_english
    with speaking("cy"):
        assert listed(items).__html__() == in_welsh


@pytest.mark.parametrize(
    ("item", "html"),
    [
        (Text(number(8)), f"ac {data(8)}"),
        (Text(number(10)), f"a {data(10)}"),
        (strong("cyllid"), "a <strong>chyllid</strong>"),
        (strong(verbatim("y galw")), "a&#39;r <strong><span data-text>galw</span></strong>"),
        (verbatim("amser"), "ac <span data-text>amser</span>"),
        (english("commissioning"), 'a <span data-text lang="en">commissioning</span>'),
        (strong(english("project")), 'a <strong><span data-text lang="en">project</span></strong>'),
    ],
)
def test_and_before_a_marked_word_of_welsh_is_said_as_its_grammar_asks(
    item: Text, html: str
) -> None:
    assert welsh.with_and(item).__html__() == html
