"""Coefficients of agreement, shares and their intervals: for coders and for checks alike.

Closed forms of our own, because the packages that have them are unmaintained, GPL or tied to old
libraries: Cohen 1960; PABAK, Byrt 1993 (doi 10.1016/0895-4356(93)90018-V); AC1, Gwet 2008
(doi 10.1348/000711006X126600); α nominal, Krippendorff 2004; κ for several coders, Fleiss 1971
(doi 10.1037/h0031619). Intervals of coefficients are percentiles of a bootstrap with a fixed seed;
that of a share is Wilson's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

RESAMPLES, AT_A_TIME = 2_000, 100
SEED = 20221117
INTERVAL = (2.5, 97.5)


class Coefficients(NamedTuple):
    """Coefficients of agreement of two coders; each an array of one value per table of counts."""

    prevalence: np.ndarray
    agreement: np.ndarray
    kappa: np.ndarray
    pabak: np.ndarray
    ac1: np.ndarray
    alpha: np.ndarray


def coefficients(counts: np.ndarray) -> Coefficients:
    """The coefficients of two coders from counts of units.

    ``counts`` has in its last axis the units coded by both, by the first alone, by the second
    alone and by neither. A coefficient that is not defined (no variation at all) is NaN.
    """
    both, first, second, neither = np.moveaxis(np.asarray(counts, dtype=float), -1, 0)
    units = both + first + second + neither
    with np.errstate(divide="ignore", invalid="ignore"):
        agreement = (both + neither) / units
        p, q = (both + first) / units, (both + second) / units
        prevalence = (p + q) / 2
        by_chance = p * q + (1 - p) * (1 - q)
        gwet = 2 * prevalence * (1 - prevalence)
        ones = 2 * both + first + second
        alpha = 1 - (2 * units - 1) * (first + second) / (ones * (2 * units - ones))
        return Coefficients(
            prevalence,
            agreement,
            _defined((agreement - by_chance) / (1 - by_chance)),
            2 * agreement - 1,
            (agreement - gwet) / (1 - gwet),
            _defined(alpha),
        )


def _defined(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.nan)


def fleiss_kappa(marks: np.ndarray) -> float:
    """Fleiss' κ of units × coders, each mark True, False or NaN; units with a NaN are left out."""
    marks = np.asarray(marks, dtype=float)
    complete = marks[~np.isnan(marks).any(axis=1)]
    units, coders = complete.shape
    if units == 0 or coders < 2:
        return float("nan")
    ones = complete.sum(axis=1)
    same = (ones**2 + (coders - ones) ** 2 - coders) / (coders * (coders - 1))
    share = ones.sum() / (units * coders)
    by_chance = share**2 + (1 - share) ** 2
    return float("nan") if by_chance == 1 else float((same.mean() - by_chance) / (1 - by_chance))


def krippendorff_alpha(marks: np.ndarray) -> float:
    """Krippendorff's α (nominal) of units × coders, each mark True, False or NaN (missing)."""
    marks = np.asarray(marks, dtype=float)
    made = (~np.isnan(marks)).sum(axis=1)
    ones = np.nansum(marks, axis=1)[made > 1]
    made = made[made > 1]
    zeros = made - ones
    expected = ones.sum() * zeros.sum()
    if expected == 0:
        return float("nan")
    observed = (ones * zeros / (made - 1)).sum()
    return float(1 - (made.sum() - 1) * observed / expected)


def resampled(counted: Sequence[np.ndarray]) -> list[np.ndarray]:
    """For each table of counts per study, its sums in each resample of the studies.

    How often a study is drawn hangs on the number of studies alone, so that all groups of as many
    studies are summed at once, with the same draws. Whole numbers as floats are multiplied
    exactly, and much quicker.
    """
    made = [np.empty((0, 4))] * len(counted)
    for size in {len(counts) for counts in counted} - {0}:
        places = [place for place, counts in enumerate(counted) if len(counts) == size]
        together = np.concatenate([counted[place] for place in places], axis=1).astype(float)
        sums = np.concatenate([drawn @ together for drawn in _draws(size)])
        for number, place in enumerate(places):
            made[place] = sums[:, 4 * number : 4 * number + 4]
    return made


def _draws(size: int) -> Iterator[np.ndarray]:
    """How often each of ``size`` studies is drawn, in all resamples, a part of them at a time."""
    rng = np.random.default_rng(SEED)
    for _part in range(RESAMPLES // AT_A_TIME):
        yield rng.multinomial(size, np.full(size, 1 / size), AT_A_TIME).astype(float)


def intervals_of(resampled: np.ndarray) -> tuple[dict[str, float], dict[str, float]]:
    """From where to where the coefficients of the resampled counts go, each by its name."""
    again = coefficients(resampled)._asdict()
    defined = {name: values[~np.isnan(values)] for name, values in again.items()}
    low, high = (
        {
            name: float(np.percentile(values, part)) if len(values) else float("nan")
            for name, values in defined.items()
        }
        for part in INTERVAL
    )
    return low, high
