"""One weight in training: each walk keeps the rule that its panel names, and what is written there is true of it."""

import numpy as np
import pytest

from figures import given, training_zeros


def test_panels_show_their_walks(drawn, tidy):
    drawing = drawn("training_zeros")
    tidy(drawing.canvas)
    for name in training_zeros.PANELS:
        walk = np.array(drawing.data[name])
        assert drawing.artist(f"walk_{name}", name).get_ydata() == pytest.approx(walk)
        assert len(walk) == given.TRAINING_STEPS + 1 and walk[0] == given.TRAINING_W0
        late = walk[drawing.facts["half"] + 1 :]
        share = np.mean(late == 0)
        assert drawing.facts[f"{name}_zero_share"] == share
        assert drawing.facts[f"{name}_size"] == pytest.approx(np.sqrt(np.mean(late**2)))
        assert any(("exactly 0" if share else "never 0") in text for text in drawing.texts(name))
    average = drawing.artist("average", "noisy").get_ydata()
    assert average[-1] == pytest.approx(np.mean(drawing.data["noisy"])) == pytest.approx(drawing.facts["average"])


def test_each_walk_keeps_its_rule(drawn):
    data = drawn("training_zeros").data
    noise = given.TRAINING_NOISE * np.random.default_rng(given.TRAINING_SEED).standard_normal(given.TRAINING_STEPS)
    lam, eta = given.TRAINING_LAM, given.TRAINING_ETA
    for name, errors in (("subgradient", 0 * noise), ("noisy", noise), ("shrinking", noise)):
        w = np.array(data[name])
        steps = eta / np.sqrt(np.arange(1, len(w))) if name == "shrinking" else eta
        slope = 2 * (w[:-1] - given.TRAINING_Y) + errors + lam * np.sign(w[:-1])
        assert w[1:] == pytest.approx(w[:-1] - steps * slope, abs=1e-12)
    for name, errors in (("whole", 0 * noise), ("proximal", noise)):
        w = np.array(data[name])
        # What the proximal step asks for: the rest of the way is a slope of L1 at the new weight.
        left = (w[:-1] - w[1:]) / eta - (2 * (w[:-1] - given.TRAINING_Y) + errors)
        assert np.all(np.abs(left) <= lam + 1e-9) and left[w[1:] != 0] == pytest.approx(
            lam * np.sign(w[1:][w[1:] != 0])
        )
    w = np.array(data["dual"])
    k = np.arange(1, len(w))
    mean = np.cumsum(2 * (w[:-1] - given.TRAINING_Y) + noise) / k
    soft = np.sign(mean) * np.maximum(np.abs(mean) - lam, 0)
    assert w[1:] == pytest.approx(-np.sqrt(k) / given.TRAINING_GAMMA * soft, abs=1e-12)
