"""What the tests of claims draw from: ranges of weights, strengths and data, and one small data set."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from shrinkage import ridge_directions

weights = st.floats(0.001, 100) | st.floats(-100, -0.001)
strengths = st.floats(0.01, 100)
values = st.floats(-10, 10)
features = st.floats(0.1, 10) | st.floats(-10, -0.1)
step_sizes = st.floats(0.001, 10)
# Multiples of 1/64: sums, differences and products by powers of two are exact, as in real numbers.
sixty_fourths = st.integers(1, 200).map(lambda n: n / 64)


def data(n_samples=20, n_features=4, seed=3):
    """Features and targets of a linear model with noise; the last features have no influence."""
    draw = np.random.default_rng(seed)
    X = draw.standard_normal((n_samples, n_features))
    w = np.zeros(n_features)
    w[:2] = 2.0, -1.0
    return X, X @ w + 3 + 0.5 * draw.standard_normal(n_samples)


def gaussian(values, variance):
    """The logarithm of the density of independent Gaussian values with mean 0."""
    return -np.sum(np.square(values)) / (2 * variance) - np.size(values) * np.log(2 * np.pi * variance) / 2


def laplace(values, c):
    """The logarithm of the density of independent values, each of density exp(-|value| / c) / (2 c)."""
    return -np.sum(np.abs(values)) / c - np.size(values) * np.log(2 * c)


def ridge_zeros(X, y, j):
    """The strengths > 0 at which ridge's weight j is 0: roots of sum_i d_i prod_{k != i} (s_k + lam), all of them."""
    squares, directions = ridge_directions(X, y)
    scale = squares.max()
    numerator = sum(
        (np.poly1d(-np.delete(squares, i) / scale, r=True) * directions[i][j] for i in range(len(squares))),
        np.poly1d([0.0]),
    )
    # A polynomial that is not 0 throughout has finitely many roots.
    assert np.any(numerator.coeffs != 0)
    return [root.real * scale for root in numerator.roots if root.real > 0 and abs(root.imag) < 1e-9 * abs(root)]


def sign_patterns(n, sigma):
    """All vectors of n entries -sigma or sigma: averaging over them is exact for noise of mean 0 and variance sigma^2."""
    return sigma * np.array(list(product((-1.0, 1.0), repeat=n)))


@st.composite
def hard_data(draw, most_samples=12, most_features=6):
    """Features and targets as they come: few samples or many, independent or much alike, far from mean 0, in several units."""
    n_samples, n_features = draw(st.integers(3, most_samples)), draw(st.integers(1, most_features))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    alike = draw(st.sampled_from((0.0, 0.5, 0.9, -0.9)))
    X = numbers.standard_normal((n_samples, n_features))
    # All but the first share a part of the first; with a negative part they oppose it.
    X[:, 1:] = alike * X[:, :1] + (1 - abs(alike)) * X[:, 1:]
    X = X * draw(st.sampled_from((0.1, 1.0, 10.0))) + draw(st.sampled_from((0.0, 3.0, -2.0)))
    w = numbers.standard_normal(n_features) * (numbers.random(n_features) < 0.6)
    return X, X @ w + draw(st.sampled_from((0.0, 4.0, -7.0))) + numbers.standard_normal(n_samples)
