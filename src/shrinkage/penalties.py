"""Penalties of one weight: value, (sub)gradient, prox and pull. A vector's penalty is the sum over its weights.

The functions are elementwise and take the strength as an argument. All can be compiled for live figures: plain
arithmetic that serves floats and arrays alike, with the same result to the last bit. A `Penalty` holds its strength and
serves whoever takes any penalty, as `objective` does.

    L1                lam |w|         pulls towards 0 with lam
    squared L2        lam w^2         pulls towards 0 with 2 lam |w|      (the article's ridge penalty)
    half squared L2   lam/2 w^2       pulls towards 0 with lam |w|        (the Q&A's)
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from ._checks import checked, finite, nonnegative, nonnegative_number, positive


@checked(w=finite)
def sign(w):
    """1 where w > 0, -1 where w < 0, and 0 where w = 0.

    The value at 0 is the choice of one subgradient of |w| from [-1, 1]; w / |w| has no value there.

    Args:
        w: number or array.

    Returns:
        Same shape as w.

    Raises:
        ValueError: w not finite.

    Source:
        Rockafellar (1970), Convex Analysis, section 23.
    """
    return (w > 0) * 1.0 - (w < 0) * 1.0


@checked(v=finite, threshold=nonnegative)
def soft_threshold(v, threshold):
    """sign(v) max(|v| - threshold, 0): towards 0 by the threshold, and exactly 0 where |v| <= threshold.

    Args:
        v: number or array.
        threshold: at least 0, broadcasts with v.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: v not finite, or threshold not finite and >= 0.

    Source:
        Donoho and Johnstone (1994), Ideal spatial adaptation by wavelet shrinkage.
    """
    # Written so that nothing overflows and every zero is +0.
    return (v > threshold) * (abs(v) - threshold) - (v < -threshold) * (abs(v) - threshold)


@checked(w=finite, lam=nonnegative)
def l1(w, lam):
    """lam |w|.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso; Karim, section 2.2.
    """
    return lam * abs(w)


@checked(w=finite, lam=nonnegative)
def l1_subgradient(w, lam):
    """lam sign(w): the slope of lam |w| for w != 0, and the subgradient 0 at w = 0.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Rockafellar (1970), Convex Analysis, section 23; Cross Validated, answer 159379.
    """
    return lam * sign(w)


@checked(w=finite, lam=nonnegative)
def l1_subdifferential(w, lam):
    """The interval of all slopes of lam |w| at w: [-lam, lam] at 0, the single slope lam sign(w) elsewhere.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        (low, high), each of the broadcast shape; low = high where w != 0.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Rockafellar (1970), Convex Analysis, section 23.
    """
    low = (w > 0) * lam - (w <= 0) * lam
    high = (w >= 0) * lam - (w < 0) * lam
    return low, high


@checked(v=finite, lam=nonnegative, eta=positive)
def l1_prox(v, lam, eta):
    """argmin_w (w - v)^2 / (2 eta) + lam |w| = soft_threshold(v, eta lam).

    Args:
        v: number or array, the point to stay near.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: v not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Parikh and Boyd (2014), Proximal Algorithms, section 6.5.2.
    """
    return soft_threshold(v, eta * lam)


@checked(w=finite, lam=nonnegative)
def squared_l2(w, lam):
    """lam w^2, without a factor 1/2 (the article's convention).

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Hoerl and Kennard (1970), Ridge regression, section 2; Karim, section 2.3.
    """
    return lam * w * w


@checked(w=finite, lam=nonnegative)
def squared_l2_gradient(w, lam):
    """2 lam w, the slope of lam w^2.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Karim, section 3.
    """
    return 2 * lam * w


@checked(v=finite, lam=nonnegative, eta=positive)
def squared_l2_prox(v, lam, eta):
    """argmin_w (w - v)^2 / (2 eta) + lam w^2 = v / (1 + 2 eta lam).

    Args:
        v: number or array, the point to stay near.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: v not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Parikh and Boyd (2014), Proximal Algorithms, section 6.1.1.
    """
    return v / (1 + 2 * eta * lam)


@checked(w=finite, lam=nonnegative)
def half_squared_l2(w, lam):
    """lam/2 w^2, the convention of the Q&A.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Cross Validated, answer 159379.
    """
    return lam * w * w / 2


@checked(w=finite, lam=nonnegative)
def half_squared_l2_gradient(w, lam):
    """lam w, the slope of lam/2 w^2.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Cross Validated, answer 159379.
    """
    return lam * w


@checked(v=finite, lam=nonnegative, eta=positive)
def half_squared_l2_prox(v, lam, eta):
    """argmin_w (w - v)^2 / (2 eta) + lam/2 w^2 = v / (1 + eta lam).

    Args:
        v: number or array, the point to stay near.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The broadcast shape, elementwise.

    Raises:
        ValueError: v not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Parikh and Boyd (2014), Proximal Algorithms, section 6.1.1.
    """
    return v / (1 + eta * lam)


@checked(w=finite, lam=nonnegative)
def pull_l1(w, lam):
    """|lam sign(w)|: the size of the L1 pull towards 0, lam at every w != 0.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise, >= 0.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Karim, equations (1.1) and (1.2).
    """
    return abs(l1_subgradient(w, lam))


@checked(w=finite, lam=nonnegative)
def pull_squared_l2(w, lam):
    """2 lam |w|: the size of the squared-L2 pull towards 0.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise, >= 0.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Karim, equation (2).
    """
    return abs(squared_l2_gradient(w, lam))


@checked(w=finite, lam=nonnegative)
def pull_half_squared_l2(w, lam):
    """lam |w|: the size of the half-squared-L2 pull towards 0.

    Args:
        w: number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape, elementwise, >= 0.

    Raises:
        ValueError: w not finite, or lam not finite and >= 0.

    Source:
        Cross Validated, answer 159379.
    """
    return abs(half_squared_l2_gradient(w, lam))


@checked(lam=positive)
def equal_pull_weight_squared_l2(lam=1.0):
    """The |w| at which L1 and squared L2 pull alike: lam = 2 lam |w|, so lam / (2 lam) = 1/2 whatever lam.

    Below it L1 pulls harder, above it squared L2 does.

    Args:
        lam: common strength > 0; it cancels.

    Returns:
        A number, or the shape of lam.

    Raises:
        ValueError: lam not finite and > 0.

    Source:
        Derived here from Karim, equations (1.1) and (2).
    """
    return pull_l1(1.0, lam) / pull_squared_l2(1.0, lam)


@checked(lam=positive)
def equal_pull_weight_half_squared_l2(lam=1.0):
    """The |w| at which L1 and half squared L2 pull alike: lam = lam |w|, so lam / lam = 1 whatever lam.

    Below it L1 pulls harder, above it half squared L2 does.

    Args:
        lam: common strength > 0; it cancels.

    Returns:
        A number, or the shape of lam.

    Raises:
        ValueError: lam not finite and > 0.

    Source:
        Derived here from the gradients in Cross Validated, answer 159379.
    """
    return pull_l1(1.0, lam) / pull_half_squared_l2(1.0, lam)


class Penalty(ABC):
    """What weights cost: a sum over them, with the strength inside, and what descent needs to know of it."""

    def value(self, w):
        """sum_j term(w_j).

        Args:
            w: number or array of any shape.

        Returns:
            A float.

        Raises:
            ValueError: w not finite.

        Source:
            Karim, section 0.
        """
        return float(np.sum(self.term(w)))

    @abstractmethod
    def term(self, w):
        """What each weight costs.

        Args:
            w: number or array of any shape.

        Returns:
            The shape of w, elementwise, >= 0.

        Raises:
            ValueError: w not finite.

        Source:
            Karim, section 0.
        """

    @abstractmethod
    def subgradient(self, w):
        """A slope of the term at each weight: the only one but at a kink, where it is 0.

        Args:
            w: number or array of any shape.

        Returns:
            The shape of w, elementwise.

        Raises:
            ValueError: w not finite.

        Source:
            Rockafellar (1970), Convex Analysis, section 23.
        """

    @abstractmethod
    def prox(self, v, eta):
        """argmin_w (w - v)^2 / (2 eta) + term(w).

        Args:
            v: number or array, the point to stay near.
            eta: step size > 0.

        Returns:
            The broadcast shape, elementwise.

        Raises:
            ValueError: v not finite, or eta not finite and > 0.

        Source:
            Parikh and Boyd (2014), Proximal Algorithms, chapter 6.
        """

    def pull(self, w):
        """|subgradient(w)|: the size of the pull towards 0.

        Args:
            w: number or array of any shape.

        Returns:
            The shape of w, elementwise, >= 0.

        Raises:
            ValueError: w not finite.

        Source:
            Karim, equations (1.1), (1.2) and (2).
        """
        return abs(self.subgradient(w))


def _own(penalty, name):
    """Check a strength that a penalty was given, and keep it as a float."""
    object.__setattr__(penalty, name, nonnegative_number(name, getattr(penalty, name)))


@dataclass(frozen=True)
class L1(Penalty):
    """lam sum_j |w_j|: the lasso's penalty.

    Attributes:
        lam: strength >= 0.
    """

    lam: float

    def __post_init__(self):
        _own(self, "lam")

    def term(self, w):
        """lam |w|, elementwise."""
        return l1(w, self.lam)

    def subgradient(self, w):
        """lam sign(w), elementwise."""
        return l1_subgradient(w, self.lam)

    def prox(self, v, eta):
        """soft_threshold(v, eta lam), elementwise."""
        return l1_prox(v, self.lam, eta)


@dataclass(frozen=True)
class SquaredL2(Penalty):
    """lam sum_j w_j^2: the article's ridge penalty.

    Attributes:
        lam: strength >= 0.
    """

    lam: float

    def __post_init__(self):
        _own(self, "lam")

    def term(self, w):
        """lam w^2, elementwise."""
        return squared_l2(w, self.lam)

    def subgradient(self, w):
        """2 lam w, elementwise."""
        return squared_l2_gradient(w, self.lam)

    def prox(self, v, eta):
        """v / (1 + 2 eta lam), elementwise."""
        return squared_l2_prox(v, self.lam, eta)


@dataclass(frozen=True)
class HalfSquaredL2(Penalty):
    """lam/2 sum_j w_j^2: the Q&A's.

    Attributes:
        lam: strength >= 0.
    """

    lam: float

    def __post_init__(self):
        _own(self, "lam")

    def term(self, w):
        """lam/2 w^2, elementwise."""
        return half_squared_l2(w, self.lam)

    def subgradient(self, w):
        """lam w, elementwise."""
        return half_squared_l2_gradient(w, self.lam)

    def prox(self, v, eta):
        """v / (1 + eta lam), elementwise."""
        return half_squared_l2_prox(v, self.lam, eta)


@dataclass(frozen=True)
class ElasticNet(Penalty):
    """lam_l1 sum_j |w_j| + lam_l2 sum_j w_j^2: both at once (Zou and Hastie 2005, section 2.1).

    Attributes:
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.
    """

    lam_l1: float
    lam_l2: float

    def __post_init__(self):
        _own(self, "lam_l1")
        _own(self, "lam_l2")

    def term(self, w):
        """lam_l1 |w| + lam_l2 w^2, elementwise."""
        return l1(w, self.lam_l1) + squared_l2(w, self.lam_l2)

    def subgradient(self, w):
        """lam_l1 sign(w) + 2 lam_l2 w, elementwise."""
        return l1_subgradient(w, self.lam_l1) + squared_l2_gradient(w, self.lam_l2)

    def prox(self, v, eta):
        """soft_threshold(v, eta lam_l1) / (1 + 2 eta lam_l2), elementwise."""
        # The prox of a sum is not the proxes in turn, except here: first the threshold, then the factor.
        return squared_l2_prox(l1_prox(v, self.lam_l1, eta), self.lam_l2, eta)
