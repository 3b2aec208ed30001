"""Histograms of a network's weights: every weight is in one bar, zeros apart, and looks differ by more than colour."""

import numpy as np
import pytest

from figures import network_weights


def test_every_weight_is_counted_once(drawn, tidy):
    drawing = drawn("network_weights")
    tidy(drawing.canvas)
    for name in network_weights.NAMES:
        sizes = drawing.data[name]
        axes = drawing.axes(name)
        bars = [patch for patch in axes.patches if patch.get_height() > 0]
        assert sum(bar.get_height() for bar in bars) == len(sizes) == drawing.facts["n_weights"]
        at_zero = [bar for bar in axes.patches if bar.get_x() < network_weights.LOW - 0.1]
        assert [bar.get_height() for bar in at_zero] == [np.sum(sizes == 0)] == [drawing.facts[f"{name}_zeros"]]
        for bar in bars:
            if bar not in at_zero:
                low, high = bar.get_x(), bar.get_x() + bar.get_width()
                inside = np.sum((np.log10(sizes[sizes > 0]) >= low - 1e-9) & (np.log10(sizes[sizes > 0]) < high - 1e-9))
                if low > network_weights.LOW + 0.01:
                    assert bar.get_height() == inside
    assert len(set(network_weights.HATCHES.values())) == 3


def test_errors_are_of_these_networks(drawn):
    data = drawn("network_weights").data
    X, y = network_weights.samples()
    for name in network_weights.NAMES:
        W, c, v, d = network_weights.train(name, X, y)
        assert np.mean((np.tanh(X @ W + c) @ v + d - y) ** 2) == pytest.approx(data[f"{name}_error"])
        assert np.abs(np.concatenate([W.ravel(), v])) == pytest.approx(data[name])
