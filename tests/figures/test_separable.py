"""Separable classes: the curves are the losses, the walks the descents, and those with a penalty come to rest."""

import numpy as np
import pytest

from figures import given, separable


def losses(across, lam_l1, lam_l2):
    x = np.array(given.SEPARABLE_X)
    margins = np.outer(across, np.abs(x))
    return np.log1p(np.exp(-margins)).sum(axis=1) + lam_l1 * np.abs(across) + lam_l2 * across**2


def test_curves_and_walks(drawn, tidy):
    drawing = drawn("separable")
    tidy(drawing.canvas)
    lam, eta = given.SEPARABLE_LAM, given.SEPARABLE_ETA
    for name, parts in (("none", (0, 0)), ("l1", (lam, 0)), ("l2", (0, lam))):
        across, loss = drawing.artist(name, "loss").get_xydata().T
        assert loss == pytest.approx(losses(across, *parts))
        steps, walk = drawing.artist(f"walk_{name}", "walk").get_xydata().T
        assert steps.tolist() == list(range(1, given.SEPARABLE_STEPS + 1))
        assert (
            drawing.facts[f"{name}_end"] == walk[-1]
            and drawing.facts[f"{name}_early"] == walk[drawing.facts["tenth"] - 1]
        )
        # One step is the slope, by a difference of the loss, times eta.
        w, new = walk[5], walk[6]
        slope = (losses(np.array([w + 1e-6]), *parts) - losses(np.array([w - 1e-6]), *parts))[0] / 2e-6
        assert new - w == pytest.approx(-eta * slope, abs=1e-6)
        if name != "none":
            assert drawing.artist(f"low_{name}").get_ydata()[0] == pytest.approx(min(loss))
            assert walk[-1] == pytest.approx(across[np.argmin(loss)], abs=0.06)
    assert np.all(np.diff(drawing.data["none"]) < 0) and np.all(np.diff(drawing.data["walk_none"]) > 0)
    assert len({str(look["linestyle"]) for look in separable.LOOKS.values()}) == 3
