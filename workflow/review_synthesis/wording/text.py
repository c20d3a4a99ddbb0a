"""A text is a list of runs: words, numbers bound to their source, and words that are marked.

It is built once and shown as HTML, as Markdown, as plain words, or as the JSON that a sheet of
Typst takes, and never read back from any of them. It is a ``str`` as well, that of its plain
words, so that where nothing but words can stand (a figure, a terminal) it needs no conversion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from string import Formatter
from typing import NamedTuple

from markupsafe import Markup, escape

START_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
"""What stands around a text that keeps its own direction, where there are no elements for that."""
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
Printed = dict[str, str | bool]
"""A run for Typst: ``text``, with ``strong``, ``href`` or ``lang`` where they hold."""


class Number(NamedTuple):
    """A number, how it is shown, and where it comes from: "findings.json#/evidence_base/studies".

    ``source`` is a file and a JSON pointer (RFC 6901) in it.
    """

    value: int | float
    shown: str
    source: str

    def __html__(self) -> str:
        """The number as an element that holds its value and its source."""
        return Markup('<data value="{}" data-from="{}">{}</data>').format(
            self.value, self.source, self.shown
        )

    def __str__(self) -> str:
        """The number as it is shown."""
        return self.shown

    def decimals(self, places: int) -> Number:
        """The number with decimal places."""
        return self._replace(shown=f"{self.value:z.{places}f}")

    def percent(self, places: int = 0) -> Number:
        """The number, a share, in per cent."""
        return self._replace(shown=f"{100 * self.value:z.{places}f}%")

    def exact_percent(self) -> Number:
        """A share in per cent with as many decimals as it has: a threshold is never rounded."""
        return self._replace(shown=f"{100 * self.value:.10g}%")


ISOLATED = "bdi"


class Wrapped(NamedTuple):
    """A text that is marked: as strong, a link, a date, a work, data, or in another language.

    Or as one that keeps its own direction: ``bdi``.

    ``tag`` is its element in HTML and ``marks`` are its attributes there; one without a value
    holds the empty text.
    """

    tag: str
    text: Text
    marks: tuple[tuple[str, str], ...]

    def __html__(self) -> str:
        """The text in its element."""
        marks = (
            f' {name}="{escape(value)}"' if value else f" {name}" for name, value in self.marks
        )
        return f"<{self.tag}{''.join(marks)}>{self.text.__html__()}</{self.tag}>"

    def __str__(self) -> str:
        """The text without its mark; one that is isolated stays so."""
        return self.in_isolates(str(self.text))

    def in_isolates(self, words: str) -> str:
        """The words as they stand where there are no elements."""
        return f"{START_ISOLATE}{words}{POP_ISOLATE}" if self.tag == ISOLATED else words


Run = str | Number | Wrapped


class Text(str):
    """An immutable text: its ``runs``, none of them empty, and as a ``str`` its plain words.

    It is made of texts, runs, and anything else that has words. Adding and joining keep the runs;
    any other method of ``str`` gives plain words.
    """

    __slots__ = ("runs",)
    runs: tuple[Run, ...]

    def __new__(cls, *pieces: object) -> Text:
        """The text of the pieces, one after the other."""
        runs: list[Run] = []
        for run in (run for piece in pieces for run in _runs_of(piece)):
            last = runs[-1] if runs else None
            if isinstance(run, str) and isinstance(last, str):
                runs[-1] = last + run
            elif run != "":
                runs.append(run)
        made = super().__new__(cls, "".join(map(str, runs)))
        made.runs = tuple(runs)
        return made

    def __html__(self) -> str:
        """The text as HTML, its words escaped."""
        return "".join(map(escape, self.runs))

    def __add__(self, other: str) -> Text:
        """The text and another after it."""
        return Text(self, other)

    def __radd__(self, other: str) -> Text:
        """Another text and this one after it."""
        return Text(other, self)

    def join(self, texts: Iterable[object], /) -> Text:
        """The texts one after the other with this one between them."""
        first, *others = [*texts] or [""]
        return Text(first, *(piece for each in others for piece in (self, each)))

    def with_words(self, change: Callable[[str], str]) -> Text:
        """The text with each run of words changed, also inside of marks; numbers stay."""
        places = [*range(len(self.runs))]
        return self._with_run(places, lambda text: text.with_words(change), change)

    def with_start(self, change: Callable[[str], str]) -> Text:
        """The text with the words that it starts with changed; a number there stays."""
        places = [place for place, run in enumerate(self.runs) if str(run)]
        return self._with_run(places[:1], lambda text: text.with_start(change), change)

    def with_end(self, change: Callable[[str], str]) -> Text:
        """The text with the words that it ends with changed; a number there stays."""
        places = [place for place, run in enumerate(self.runs) if str(run)]
        return self._with_run(places[-1:], lambda text: text.with_end(change), change)

    def _with_run(
        self, places: list[int], inside: Callable[[Text], Text], change: Callable[[str], str]
    ) -> Text:
        runs = enumerate(self.runs)
        return Text(*(_changed(run, inside, change) if n in places else run for n, run in runs))

    def markdown(self) -> str:
        """The text as Markdown, each white space once and its signs as signs; see ``markdown``.

        Of all marks, that of strong is kept.
        """
        return _as_no_list(plain("".join(map(_markdown, self.runs))))

    def printed(self, look: Mapping[str, str | bool] | None = None) -> list[Printed]:
        """The text for Typst, cut where its look changes; ``look`` holds around all of it."""
        cut: list[Printed] = []
        for each in (each for run in self.runs for each in _printed(run, look or {})):
            if cut and {**cut[-1], "text": ""} == {**each, "text": ""}:
                each = {**each, "text": f"{cut.pop()['text']}{each['text']}"}
            cut.append(each)
        return cut


def _runs_of(piece: object) -> tuple[Run, ...]:
    if isinstance(piece, Text):
        return piece.runs
    return (piece,) if isinstance(piece, Number | Wrapped) else (str(piece),)


def _changed(run: Run, inside: Callable[[Text], Text], change: Callable[[str], str]) -> Run:
    """A run changed: what is marked by what is done ``inside``, words by a ``change``."""
    if isinstance(run, Number):
        return run
    return run._replace(text=inside(run.text)) if isinstance(run, Wrapped) else change(run)


def _markdown(run: Run) -> str:
    if not isinstance(run, Wrapped):
        return _as_signs(str(run))
    mark = "**" if run.tag == "strong" else ""
    return f"{mark}{run.in_isolates(''.join(map(_markdown, run.text.runs)))}{mark}"


def _printed(run: Run, look: Mapping[str, str | bool]) -> list[Printed]:
    if not isinstance(run, Wrapped):
        return [{**look, "text": re.sub(r"[ \t\r\n]+", " ", str(run))}]
    marks: Printed = {name: value for name, value in run.marks if name in ("href", "lang")}
    text = run.text
    if run.tag == ISOLATED:
        text = Text(START_ISOLATE, text, POP_ISOLATE)
    return text.printed({**look, **marks, **({"strong": True} if run.tag == "strong" else {})})


def filled(pattern: str, values: Mapping[str, object]) -> Text:
    """A pattern with each ``{name}`` in it filled in, as ``str.format`` does with words alone.

    What is filled in keeps its own direction; see ``isolated``. Where it ends a sentence, no second
    full stop follows: "Day n.d.", not "Day n.d..".
    """
    pieces: list[object] = []
    for words, name, form, _conversion in Formatter().parse(pattern):
        ended = pieces and str(pieces[-1]).rstrip(POP_ISOLATE).endswith((".", "?", "!"))
        pieces.append(words[1:] if ended and words[:1] == "." != words[1:2] else words)
        if name is not None:
            pieces.append(isolated(format(values[name], form) if form else values[name]))
    return Text(*pieces)


def wrapped(tag: str, *inside: object, **marks: str) -> Text:
    """A text that is marked; see ``Wrapped``. A ``_`` in the name of a mark is a hyphen."""
    named = tuple((name.replace("_", "-"), value) for name, value in marks.items())
    return Text(Wrapped(tag, Text(*inside), named))


def isolated(text: object) -> Text:
    """A text that keeps its own direction beside others, if any of it runs from right to left.

    Without that, a number beside an Arabic name would be read before it (Unicode, annex 9).
    """
    made = Text(text)
    if made.isascii() or not RIGHT_TO_LEFT.search(made) or _is_isolated(made):
        return made
    return wrapped(ISOLATED, made)


def _is_isolated(text: Text) -> bool:
    first, *others = text.runs
    if others or not isinstance(first, Wrapped):
        return False
    return first.tag == ISOLATED or _is_isolated(first.text)


def strong(text: object) -> Text:
    """A text that stands out."""
    return wrapped("strong", text)


def verbatim(text: object) -> Text:
    """A text as the data have it: its figures are no number of ours."""
    return wrapped("span", isolated(text), data_text="")


def english(text: object) -> Text:
    """A text as the data have it, in the language of the data."""
    return wrapped("span", isolated(text), data_text="", lang="en")


def plain(text: str) -> str:
    """The words of a text, each white space once, for where neither marks nor numbers can stand."""
    return " ".join(str.split(text))


def markdown(text: str) -> str:
    """A text such that Markdown, and HTML within it, takes each of its signs as a sign."""
    return _as_no_list(_as_signs(text))


def _as_signs(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|~&#$])", r"\\\1", text)


def _as_no_list(text: str) -> str:
    """What begins a list, or is a line under a heading, as a text."""
    return re.sub(r"^(\d+(?=[.)])|(?=[-+=]))", r"\1\\", text)


def one_line(text: str) -> str:
    """A text of the data in one line, without characters that no document can hold."""
    kept = "".join(
        each for each in text if each.isspace() or unicodedata.category(each) not in ("Cc", "Cs")
    )
    return re.sub(r"\s+", " ", kept.replace("\ufffe", "").replace("\uffff", "")).strip()


def one_stop(text: str) -> str:
    """Words with one full stop where a name that ends with one ends a sentence."""
    return re.sub(r"(?<![.])[.][.](?![.])", ".", text)


def sentences(*said: str) -> Text:
    """Sentences one after the other, without those that are empty."""
    return Text(" ").join(each for each in said if each)


def full_stop(text: Text) -> Text:
    """A sentence with one full stop: a study without a year is called "Day n.d." already."""
    return text if text.endswith(".") else text + "."


def without_full_stop(text: Text) -> Text:
    """A sentence as it stands inside another one."""
    return text.with_end(lambda words: words.rstrip("."))
