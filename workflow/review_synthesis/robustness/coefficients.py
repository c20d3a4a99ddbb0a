"""Coefficients of agreement, shares and their intervals: for coders and for checks alike.

Closed forms of our own, because the packages that have them are unmaintained, GPL or tied to old
libraries: Cohen 1960; PABAK, Byrt 1993 (doi 10.1016/0895-4356(93)90018-V); AC1, Gwet 2008
(doi 10.1348/000711006X126600); α nominal, Krippendorff 2004; κ for several coders, Fleiss 1971
(doi 10.1037/h0031619). Intervals of coefficients are percentiles of a bootstrap with a fixed seed;
that of a share is Wilson's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

RESAMPLES, AT_A_TIME = 2_000, 100
SEED = 20221117
INTERVAL = (2.5, 97.5)
FEWEST = 4
"""The fewest rows (studies) of which an interval is given. Of three, one resample in 27 has one
study alone: more than 2.5 in 100, so that both ends are the values of single studies."""


class Coefficients(NamedTuple):
    """Coefficients of agreement of two coders; each an array of one value per table of counts."""

    prevalence: np.ndarray
    agreement: np.ndarray
    kappa: np.ndarray
    pabak: np.ndarray
    ac1: np.ndarray
    alpha: np.ndarray


MEASURED = Coefficients._fields[1:]
"""The coefficients that have an interval."""


def coefficients(counts: np.ndarray) -> Coefficients:
    """The coefficients of two coders from counts of units.

    ``counts`` has in its last axis the units coded by both, by the first alone, by the second
    alone and by neither; or, of more than two categories, each of the first coder's with each of
    the second's, all pairs with the first's first. PABAK is Brennan and Prediger's coefficient
    then, and the prevalence that of the first category. A coefficient that is not defined (no
    variation at all) is NaN.
    """
    flat = np.asarray(counts, dtype=float)
    several = round(flat.shape[-1] ** 0.5)
    table = flat.reshape(*flat.shape[:-1], several, several)
    units = table.sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        agreement = np.trace(table, axis1=-2, axis2=-1) / units
        p, q = (table.sum(axis=axis) / units[..., None] for axis in (-1, -2))
        mean = (p + q) / 2
        by_chance = (p * q).sum(axis=-1)
        gwet = (mean * (1 - mean)).sum(axis=-1) / (several - 1)
        expected = 4 * units**2 * (1 - (mean**2).sum(axis=-1))
        alpha = 1 - (2 * units - 1) * 2 * units * (1 - agreement) / expected
        return Coefficients(
            mean[..., 0],
            agreement,
            _defined((agreement - by_chance) / (1 - by_chance)),
            (several * agreement - 1) / (several - 1),
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

    All have the same columns. How often a study is drawn hangs on the number of studies alone, so
    that all groups of as many studies are summed at once, with the same draws. Whole numbers as
    floats are multiplied exactly, and much quicker.
    """
    width = counted[0].shape[1] if counted else 0
    made = [np.empty((0, width))] * len(counted)
    for size in {len(counts) for counts in counted} - {0}:
        places = [place for place, counts in enumerate(counted) if len(counts) == size]
        together = np.concatenate([counted[place] for place in places], axis=1).astype(float)
        sums = np.concatenate([drawn @ together for drawn in _draws(size)])
        for number, place in enumerate(places):
            made[place] = sums[:, width * number : width * (number + 1)]
    return made


def _draws(size: int) -> Iterator[np.ndarray]:
    """How often each of ``size`` studies is drawn, in all resamples, a part of them at a time."""
    rng = np.random.default_rng(SEED)
    for _part in range(RESAMPLES // AT_A_TIME):
        yield rng.multinomial(size, np.full(size, 1 / size), AT_A_TIME).astype(float)


def with_intervals(counts: np.ndarray, again: np.ndarray) -> dict[str, float]:
    """The coefficients of the sums of ``counts``, and from where to where those ``again`` go.

    Of fewer rows than ``FEWEST`` there is no interval.
    """
    values, resamples = coefficients(counts.sum(axis=0)), coefficients(again)
    found = {"prevalence": float(values.prevalence)}
    for name in MEASURED:
        each = getattr(resamples, name)
        defined = each[~np.isnan(each)]
        low, high = (
            np.percentile(defined, INTERVAL)
            if len(defined) and len(counts) >= FEWEST
            else (np.nan, np.nan)
        )
        found |= {name: float(getattr(values, name))}
        found |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return found


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share ``part`` ÷ ``whole``; NaN where the whole is 0.

    Wilson 1927 (doi 10.1080/01621459.1927.10502953), without correction for continuity; the
    third method of Newcombe 1998 (Statistics in Medicine 17: 857-872).
    """
    if not whole:
        return float("nan"), float("nan")
    z = NormalDist().inv_cdf(INTERVAL[1] / 100)
    share, spread = part / whole, z**2 / whole
    middle = share + spread / 2
    half = z * (share * (1 - share) / whole + spread / (4 * whole)) ** 0.5
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))
