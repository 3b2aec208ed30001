"""Numbers that pages quote and that belong to no figure, computed from the mathematics."""

import numpy as np

from figures import given
from figures._steps import N_STEPS, N_STEPS_UNEVEN
from shrinkage import (
    contraction_factor,
    equal_pull_weight_half_squared_l2,
    equal_pull_weight_squared_l2,
    joint_step_matrix,
    least_squares,
    linear_model,
    mean_squared_error,
    minimiser_l1,
    p_norm,
    spectral_radius,
    squared_l2_step_factor,
    steps_to_zero,
    to_sklearn_lasso,
    to_sklearn_ridge,
    two_cycle,
    walk_half_squared_l2,
    walk_half_squared_l2_factor,
    walk_l1,
    walk_l1_prox,
)

# A step size that divides its start on paper, but not in floating point.
TENTHS_W0 = 1.0
TENTHS_ETA = 0.1
TENTHS_LAM = 1.0

# One data point for which the step size one suits the weight alone perfectly, and the weight with its bias not at all.
JOINT_X = 0.5
JOINT_LAM = 0.25

# Slopes that two training sets suggest, and the slope that held-out data suggest (x = 1, b = 0).
TRAINING_SLOPES = (2.0, 1.5)
HELD_OUT_SLOPE = 1.0

# Two targets for one and the same strength (x = 1, b = 0).
BOUND_TARGETS = (2.0, 3.0)
BOUND_LAM = 1.0

# Pure noise, fitted with more features than samples.
NOISE_VARIANCE = 1.0
NOISE_SAMPLES = 10
NOISE_FEATURES = 20
NOISE_SEED = 0

# A size of sample at which strengths are translated.
CONVENTION_SAMPLES = 100


def facts() -> dict:
    """All numbers by name."""
    return pulls() | walks() | step_sizes() | data_and_strength() | norms() | noise() | conventions()


def pulls() -> dict:
    """The weights at which L1 and the two squared L2 penalties pull equally hard."""
    return {
        "equal_pull_squared_l2": equal_pull_weight_squared_l2(),
        "equal_pull_half_squared_l2": equal_pull_weight_half_squared_l2(),
    }


def walks() -> dict:
    """Where the walks of one weight end, on paper and in floating point."""
    uneven = (given.W0_UNEVEN, given.LAM, given.ETA, 4 * N_STEPS_UNEVEN)
    until_rest = (given.W0, given.LAM, given.ETA, 1200)
    n_tenths = round(TENTHS_W0 / TENTHS_ETA)
    return {
        "arrival": steps_to_zero(walk_l1(given.W0, given.LAM, given.ETA, N_STEPS)),
        "uneven_cycle": sorted(two_cycle(walk_l1(*uneven)), reverse=True),
        "uneven_prox_arrival": steps_to_zero(walk_l1_prox(*uneven)),
        "tenths_steps": n_tenths,
        "tenths_left": walk_l1(TENTHS_W0, TENTHS_LAM, TENTHS_ETA, n_tenths)[-1],
        "halvings_to_zero": steps_to_zero(walk_half_squared_l2_factor(*until_rest)),
        "smallest_subnormal": walk_half_squared_l2(*until_rest)[-1],
    }


def step_sizes() -> dict:
    """What one step of half squared L2 multiplies the weight by, and how the step size one fares on a data point."""
    return {
        "l2_factors": [contraction_factor(given.LAM, eta) for eta in given.L2_STEP_SIZES],
        "joint_factor_b_fixed": squared_l2_step_factor(JOINT_X, JOINT_LAM, given.ETA_ONE),
        "joint_factor_b_trained": spectral_radius(joint_step_matrix(JOINT_X, JOINT_LAM, given.ETA_ONE)),
    }


def data_and_strength() -> dict:
    """Strengths that held-out data choose, bounds that one strength stands for, and a coefficient in another unit."""
    return {
        # The strength at which the squared-L2 minimiser slope / (1 + lam) is the held-out slope.
        "best_lams": [slope / HELD_OUT_SLOPE - 1 for slope in TRAINING_SLOPES],
        "bounds": [abs(minimiser_l1(1.0, y, 0.0, BOUND_LAM)) for y in BOUND_TARGETS],
        "in_larger_unit": given.SPREAD * given.SIX_WEIGHTS[3],
    }


def norms() -> dict:
    """The triangle inequality tried on (1, 0) and (0, 1) with p below one."""
    first, second = np.eye(2)
    return {
        "quasi_norm_of_sum": p_norm(first + second, given.BALL_P),
        "sum_of_quasi_norms": p_norm(first, given.BALL_P) + p_norm(second, given.BALL_P),
    }


def noise() -> dict:
    """Least squares on pure noise: its error on the training samples, and what fresh samples expect, here and on average."""
    draw = np.random.default_rng(NOISE_SEED)
    X = draw.standard_normal((NOISE_SAMPLES, NOISE_FEATURES))
    y = np.sqrt(NOISE_VARIANCE) * draw.standard_normal(NOISE_SAMPLES)
    fit = least_squares(X, y)
    return {
        "noise_training_error": mean_squared_error(y, linear_model(X, fit.w, fit.b)),
        # Fresh features are independent of mean 0 and variance 1, so every squared coefficient adds up.
        "noise_fresh_error": NOISE_VARIANCE + float(fit.w @ fit.w) + fit.b**2,
        # On average over training samples |w|^2 is the trace of an inverted Wishart matrix, (n - 1) / (p - n), and the bias adds 1/n.
        "noise_expected_error": NOISE_VARIANCE
        * (1 + 1 / NOISE_SAMPLES)
        * (1 + (NOISE_SAMPLES - 1) / (NOISE_FEATURES - NOISE_SAMPLES)),
    }


def conventions() -> dict:
    """What the walkthrough's strength is called by scikit-learn."""
    return {
        "convention_lasso": to_sklearn_lasso(given.LAM, CONVENTION_SAMPLES),
        "convention_ridge": to_sklearn_ridge(given.LAM),
    }
