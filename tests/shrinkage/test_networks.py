"""The network and its gradients: by hand, and against differences of the error."""

import numpy as np
import pytest

import shrinkage as s


def parts(seed, n_features=3, n_hidden=4, n_samples=6):
    draw = np.random.default_rng(seed)
    return (
        draw.normal(size=(n_features, n_hidden)),
        draw.normal(size=n_hidden),
        draw.normal(size=n_hidden),
        draw.normal(),
        draw.normal(size=(n_samples, n_features)),
        draw.normal(size=n_samples),
    )


def error(W, c, v, d, X, y):
    return np.sum((s.network(W, c, v, d, X) - y) ** 2)


def test_predictions_by_hand():
    found = s.network([[1.0, 0.0], [0.0, 2.0]], [0.0, 1.0], [3.0, -1.0], 0.5, [[0.5, 0.0], [0.0, -0.5]])
    assert found == pytest.approx([3 * np.tanh(0.5) - np.tanh(1) + 0.5, 0.5])


@pytest.mark.parametrize("seed", range(5))
def test_gradients_are_differences_of_the_error(seed):
    *parameters, X, y = parts(seed)
    for k, gradient in enumerate(s.network_gradients(*parameters, X, y)):
        assert np.shape(gradient) == np.shape(parameters[k])
        for index in np.ndindex(np.shape(parameters[k])):
            ends = []
            for h in (1e-5, -1e-5):
                moved = [np.array(parameter, dtype=float) for parameter in parameters]
                moved[k][index] += h
                moved[3] = float(moved[3])
                ends.append(error(*moved, X, y))
            # A central difference is off by h^2, and by rounding over h.
            assert np.array(gradient)[index] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6, abs=1e-6)


def test_with_one_unit_in_its_linear_part_it_is_the_linear_model():
    X, y = parts(0)[4:]
    small = 1e-4
    W = small * np.array([[1.0], [-2.0], [0.5]])
    assert s.network(W, [0.0], [1 / small], 0.25, X) == pytest.approx(s.linear_model(X, [1, -2, 0.5], 0.25), abs=1e-6)
    gradients = s.network_gradients(W, [0.0], [1 / small], 0.25, X, y)
    w_slope, b_slope = s.sum_squared_errors_gradient([1, -2, 0.5], 0.25, X, y)
    assert gradients[0][:, 0] * small == pytest.approx(w_slope, abs=1e-5) and gradients[3] == pytest.approx(
        b_slope, abs=1e-5
    )
