"""The same fit under other people's conventions: what our lam is called there.

    ours            sum of squared errors       + lam |w|_1, or + lam |w|^2, or + lam_l1 |w|_1 + lam_l2 |w|^2
    the Q&A's       squared L2 with a half      + lam/2 |w|^2
    textbooks       half the squared errors     + the penalty as ours
    deep learning   squared errors / n          + the penalty as ours, or + decay/2 |w|^2 by its slope decay w
    a prior         the most probable weights, with noise and weights drawn from given distributions
    scikit-learn    Ridge: ours, with `alpha` for lam
                    Lasso: squared errors / (2 n) + `alpha` |w|_1
                    ElasticNet: squared errors / (2 n) + `alpha` (`l1_ratio` |w|_1 + (1 - `l1_ratio`) / 2 |w|^2)

`strength` stands for the parameter that scikit-learn calls `alpha`.
"""

from ._checks import checked, fraction, integer, nonnegative, nonnegative_number, positive


@checked(lam=nonnegative)
def to_half_squared_l2(lam):
    """2 lam: lam w^2 = (2 lam)/2 w^2.

    Args:
        lam: our strength of squared L2, >= 0.

    Returns:
        The strength of half squared L2.

    Raises:
        ValueError: lam not finite and >= 0.

    Source:
        Derived here from Karim, section 2.3, and Cross Validated, answer 159379.
    """
    return 2 * lam


@checked(lam_half=nonnegative)
def from_half_squared_l2(lam_half):
    """lam_half / 2, the inverse of to_half_squared_l2.

    Args:
        lam_half: strength of half squared L2, >= 0.

    Returns:
        Our strength of squared L2.

    Raises:
        ValueError: lam_half not finite and >= 0.

    Source:
        Derived here from Karim, section 2.3, and Cross Validated, answer 159379.
    """
    return lam_half / 2


@checked(lam=nonnegative)
def to_half_squared_error(lam):
    """lam / 2: the strength that goes with 1/2 the squared errors, for any penalty (all of the objective is halved).

    Args:
        lam: our strength >= 0.

    Returns:
        The strength in the convention with half the squared errors.

    Raises:
        ValueError: lam not finite and >= 0.

    Source:
        Hastie, Tibshirani and Wainwright (2015), Statistical Learning with Sparsity, section 2.2 (which names
        1/(2N), 1/2 and 1).
    """
    return lam / 2


@checked(lam_half_error=nonnegative)
def from_half_squared_error(lam_half_error):
    """2 lam_half_error, the inverse of to_half_squared_error.

    Args:
        lam_half_error: strength that goes with 1/2 the squared errors, >= 0.

    Returns:
        Our strength.

    Raises:
        ValueError: lam_half_error not finite and >= 0.

    Source:
        Hastie, Tibshirani and Wainwright (2015), Statistical Learning with Sparsity, section 2.2 (which names
        1/(2N), 1/2 and 1).
    """
    return 2 * lam_half_error


@checked(lam=nonnegative, n_samples=integer(1))
def to_mean_squared_error(lam, n_samples):
    """lam / n_samples: the strength that goes with the mean of the squared errors, for any penalty.

    Args:
        lam: our strength >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        The strength in the convention with the mean.

    Raises:
        ValueError: lam not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        Keras API, losses.MeanSquaredError and regularizers.L1L2, which together make this convention.
    """
    return lam / n_samples


@checked(lam_mean_error=nonnegative, n_samples=integer(1))
def from_mean_squared_error(lam_mean_error, n_samples):
    """n_samples * lam_mean_error, the inverse of to_mean_squared_error.

    Args:
        lam_mean_error: strength that goes with the mean of the squared errors, >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        Our strength.

    Raises:
        ValueError: lam_mean_error not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        Keras API, losses.MeanSquaredError and regularizers.L1L2, which together make this convention.
    """
    return n_samples * lam_mean_error


@checked(lam=nonnegative, n_samples=integer(1))
def to_weight_decay(lam, n_samples):
    """2 lam / n_samples: what times w is added to the slope of the mean squared error (PyTorch's `weight_decay`).

    Args:
        lam: our strength of squared L2, >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        The decay, for plain gradient descent; it must be kept from the bias.

    Raises:
        ValueError: lam not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        PyTorch documentation, torch.optim.SGD, whose `weight_decay` this is beside torch.nn.MSELoss.
    """
    return 2 * lam / n_samples


@checked(decay=nonnegative, n_samples=integer(1))
def from_weight_decay(decay, n_samples):
    """n_samples * decay / 2, the inverse of to_weight_decay.

    Args:
        decay: what times w is added to the slope, >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        Our strength of squared L2.

    Raises:
        ValueError: decay not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        PyTorch documentation, torch.optim.SGD, whose `weight_decay` this is beside torch.nn.MSELoss.
    """
    return n_samples * decay / 2


@checked(lam=positive, noise_variance=positive)
def to_gaussian_prior(lam, noise_variance):
    """noise_variance / lam: the variance of Gaussian weights whose most probable values are those of ridge.

    With Gaussian noise, minus the logarithm of the density of (weights, targets) is, but for a constant,
    sum_i (x_i . w + b - y_i)^2 / (2 noise_variance) + |w|^2 / (2 weight_variance): our objective / (2 noise_variance).

    Args:
        lam: our strength of squared L2, > 0.
        noise_variance: of the targets, > 0.

    Returns:
        The variance of every weight; their mean is 0, and all values of the bias are alike.

    Raises:
        ValueError: an argument is not finite and > 0.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 3.4.1.
    """
    return noise_variance / lam


@checked(weight_variance=positive, noise_variance=positive)
def from_gaussian_prior(weight_variance, noise_variance):
    """noise_variance / weight_variance, the inverse of to_gaussian_prior.

    Args:
        weight_variance: of every weight, > 0.
        noise_variance: of the targets, > 0.

    Returns:
        Our strength of squared L2.

    Raises:
        ValueError: an argument is not finite and > 0.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 3.4.1.
    """
    return noise_variance / weight_variance


@checked(lam=positive, noise_variance=positive)
def to_laplace_prior(lam, noise_variance):
    """2 noise_variance / lam: the scale c of weights with density exp(-|w| / c) / (2 c), most probably those of the lasso.

    With Gaussian noise, minus the logarithm of the density of (weights, targets) is, but for a constant,
    sum_i (x_i . w + b - y_i)^2 / (2 noise_variance) + |w|_1 / c: our objective / (2 noise_variance).

    Args:
        lam: our strength of L1, > 0.
        noise_variance: of the targets, > 0.

    Returns:
        The scale c of every weight; all values of the bias are alike.

    Raises:
        ValueError: an argument is not finite and > 0.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso, in our convention.
    """
    return 2 * noise_variance / lam


@checked(scale=positive, noise_variance=positive)
def from_laplace_prior(scale, noise_variance):
    """2 noise_variance / scale, the inverse of to_laplace_prior.

    Args:
        scale: c in the density exp(-|w| / c) / (2 c) of every weight, > 0.
        noise_variance: of the targets, > 0.

    Returns:
        Our strength of L1.

    Raises:
        ValueError: an argument is not finite and > 0.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso, in our convention.
    """
    return 2 * noise_variance / scale


@checked(lam=nonnegative)
def to_sklearn_ridge(lam):
    """lam: scikit-learn's Ridge minimises our objective.

    Args:
        lam: our strength of squared L2, >= 0.

    Returns:
        The strength for Ridge.

    Raises:
        ValueError: lam not finite and >= 0.

    Source:
        scikit-learn user guide, section 1.1.2.
    """
    return lam


@checked(strength=nonnegative)
def from_sklearn_ridge(strength):
    """strength, the inverse of to_sklearn_ridge.

    Args:
        strength: of Ridge, >= 0.

    Returns:
        Our strength of squared L2.

    Raises:
        ValueError: strength not finite and >= 0.

    Source:
        scikit-learn user guide, section 1.1.2.
    """
    return strength


@checked(lam=nonnegative, n_samples=integer(1))
def to_sklearn_lasso(lam, n_samples):
    """lam / (2 n_samples): scikit-learn's Lasso divides the squared errors by 2 n.

    Args:
        lam: our strength of L1, >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        The strength for Lasso.

    Raises:
        ValueError: lam not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        scikit-learn user guide, section 1.1.3.
    """
    return lam / (2 * n_samples)


@checked(strength=nonnegative, n_samples=integer(1))
def from_sklearn_lasso(strength, n_samples):
    """2 n_samples strength, the inverse of to_sklearn_lasso.

    Args:
        strength: of Lasso, >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        Our strength of L1.

    Raises:
        ValueError: strength not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        scikit-learn user guide, section 1.1.3.
    """
    return 2 * n_samples * strength


@checked(lam_l1=nonnegative_number, lam_l2=nonnegative_number, n_samples=integer(1))
def to_sklearn_elastic_net(lam_l1, lam_l2, n_samples):
    """((lam_l1 + 2 lam_l2) / (2 n_samples), lam_l1 / (lam_l1 + 2 lam_l2)) for scikit-learn's ElasticNet.

    Without any penalty the ratio is free; 1 is returned.

    Args:
        lam_l1: our strength of L1, >= 0.
        lam_l2: our strength of squared L2, >= 0.
        n_samples: number of samples, >= 1.

    Returns:
        (strength, l1_ratio) for ElasticNet.

    Raises:
        ValueError: a strength not finite and >= 0, or n_samples not an integer >= 1.

    Source:
        scikit-learn user guide, section 1.1.5.
    """
    total = lam_l1 + 2 * lam_l2
    return total / (2 * n_samples), lam_l1 / total if total > 0 else 1.0


@checked(strength=nonnegative_number, l1_ratio=fraction, n_samples=integer(1))
def from_sklearn_elastic_net(strength, l1_ratio, n_samples):
    """(2 n_samples strength l1_ratio, n_samples strength (1 - l1_ratio)), the inverse of to_sklearn_elastic_net.

    Args:
        strength: of ElasticNet, >= 0.
        l1_ratio: from 0 (squared L2 alone) to 1 (L1 alone).
        n_samples: number of samples, >= 1.

    Returns:
        (lam_l1, lam_l2), our strengths.

    Raises:
        ValueError: strength not finite and >= 0, l1_ratio not from 0 to 1, or n_samples not an integer >= 1.

    Source:
        scikit-learn user guide, section 1.1.5.
    """
    return 2 * n_samples * strength * l1_ratio, n_samples * strength * (1 - l1_ratio)
