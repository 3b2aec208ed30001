"""Ends of walks on paper: against walks in exact fractions, for every setting of the live walk's sliders and typed decimals."""

import os
import random
from fractions import Fraction

import numpy as np
import pytest

from figures._paper import PLACES, decimal, l1_end, l1_prox_end, l2_factor

# The sliders of the live walk: tenths, twentieths, tenths.
STARTS, SIZES, STRENGTHS = range(-60, 61), range(1, 51), range(41)
EVERY = 1 if os.environ.get("ALL_SETTINGS") else 61
"""Which part of the 248,050 settings is asked; ``ALL_SETTINGS=1`` asks them all, in half a minute."""


@pytest.fixture(scope="module")
def walked():
    """Of the settings asked, the walks on paper, taken step by step in whole two-hundredths: arrivals and last two weights."""
    w0, eta, lam = (part.ravel()[::EVERY] for part in np.meshgrid(STARTS, SIZES, STRENGTHS, indexing="ij"))
    start, step = 20 * w0, eta * lam
    walk, prox, before = start.copy(), start.copy(), start.copy()
    arrival, prox_arrival = np.where(start == 0, 0, -1), np.where(start == 0, 0, -1)
    # The longest walk is 6 / 0.005 steps long; two more see its cycle.
    for k in range(1, 1203):
        before, walk = walk, walk - step * np.sign(walk)
        prox = np.sign(prox) * np.maximum(np.abs(prox) - step, 0)
        arrival[(arrival < 0) & (walk == 0)] = k
        prox_arrival[(prox_arrival < 0) & (prox == 0)] = k
    near = np.where(np.sign(walk) == np.sign(start), walk, before)
    return w0, eta, lam, arrival, prox_arrival, near, walk + before - near


def test_every_setting_ends_as_the_walk_in_whole_numbers(walked):
    kinds = {"arrives": 0, "cycles": 0, "stays": 0}
    for w0, eta, lam, arrival, prox_arrival, near, far in zip(*(part.tolist() for part in walked), strict=True):
        setting = (w0 / 10, lam / 10, eta / 20)
        end = l1_end(*setting)
        if arrival >= 0:
            assert end == {"arrival": arrival, "cycle": []}, setting
            kinds["arrives"] += 1
        elif lam == 0:
            assert end == {"arrival": None, "cycle": []}, setting
            kinds["stays"] += 1
        else:
            assert end == {"arrival": None, "cycle": [near / 200, far / 200]}, setting
            kinds["cycles"] += 1
        assert l1_prox_end(*setting) == {"arrival": prox_arrival if prox_arrival >= 0 else None, "cycle": []}, setting
    assert min(kinds.values()) > 50


def test_the_count_that_an_eye_would_check(walked):
    arrivals = walked[3]
    # Settings with lam > 0 and a start that is not 0 which arrive within the sheet's 20 steps.
    assert EVERY * np.sum((arrivals > 0) & (arrivals <= 20)) > 5000


def fractions(w0, lam, eta, n_steps):
    """Both walks under L1 in exact arithmetic."""
    walk, prox = [w0], [w0]
    step = eta * lam
    for _ in range(n_steps):
        w, v = walk[-1], prox[-1]
        walk.append(w - step if w > 0 else w + step if w < 0 else w)
        prox.append(max(v - step, 0) if v > 0 else min(v + step, 0))
    return walk, prox


@pytest.mark.parametrize("seed", range(20))
def test_typed_decimals_are_read_as_they_are_written(seed):
    source = random.Random(seed)
    for _ in range(20):
        texts = [
            f"{source.uniform(-6, 6):.{source.randrange(PLACES + 1)}f}",
            f"{source.uniform(0.1, 4):.{source.randrange(1, 4)}f}",
            f"{source.uniform(0.05, 2.5):.{source.randrange(2, 4)}f}",
        ]
        w0, lam, eta = map(Fraction, texts)
        walk, prox = fractions(w0, lam, eta, int(abs(w0) / (eta * lam)) + 3)
        end, prox_end = l1_end(*map(float, texts)), l1_prox_end(*map(float, texts))
        assert prox_end["arrival"] == prox.index(0)
        assert end["arrival"] == (walk.index(0) if 0 in walk else None)
        assert sorted(end["cycle"]) == ([] if 0 in walk else sorted(map(float, walk[-2:])))
        assert l2_factor(*map(float, texts[1:])) == float(1 - eta * lam)


def test_what_is_no_short_decimal_is_not_read():
    assert decimal(0.1) == [1, 1] and decimal(-5.13) == [-513, 2] and decimal(0.0) == [0, 0]
    for value in (1 / 3, 0.1 + 0.2, 2**-20, 1e-7):
        assert decimal(value) is None
    assert l1_end(1 / 3, 1.0, 0.5) is None and l1_prox_end(1.0, 1 / 3, 0.5) is None
    assert l2_factor(1.0, 1 / 3) == 1 - 1 / 3


def test_whole_numbers_stay_below_the_gaps_of_the_page():
    # Ten is the largest number that a figure takes, with all its places.
    largest = round(10 * 10**PLACES)
    assert largest * 10**PLACES < 2**53 and largest**2 < 2**53
