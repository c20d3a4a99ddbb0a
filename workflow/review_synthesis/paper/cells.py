"""What the tables of a paper share: their frames, cells and notes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from review_synthesis.paper.sentences import one_line
from review_synthesis.wording.numbers import Numbers, plain
from review_synthesis.wording.phrases import day_of

Tables = Mapping[str, pd.DataFrame]
NONE = "–"


def framed(rows: list[dict[str, str]], columns: Mapping[str, float]) -> pd.DataFrame:
    """The rows as a frame of text, also where there is none."""
    return pd.DataFrame(rows, columns=["group", *columns], dtype=str)


def noted(*sentences: str | Markup) -> str:
    """The note under a table: the sentences that say something."""
    return " ".join(plain(each) for each in sentences if each)


def day_of_cut(numbers: Numbers) -> str:
    """The date of the cut in words."""
    return day_of(numbers.at("cut"))


def shown(text: object) -> str:
    """A cell of text; a dash where there is none."""
    return one_line(str(text)) or NONE
