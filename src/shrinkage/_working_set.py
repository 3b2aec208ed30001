"""The search behind lasso and elastic net, on centred data: |C v - target|^2 + sum_j l1_j |v_j| + sum_j l2_j v_j^2."""

import contextlib

import numpy as np

from .penalties import soft_threshold

# Thousands of times with numbers that need no check.
_soft_threshold = soft_threshold.__wrapped__
EPS = np.finfo(float).eps


class Problem:
    """One such problem: the columns C, the target, and for each weight its strengths l1 and l2."""

    def __init__(self, C, target, l1, l2):
        self.C, self.target, self.l1, self.l2 = C, target, l1, l2
        self.lengths = np.sqrt(np.einsum("ij,ij->j", C, C) + l2)
        self.target_length = np.sqrt(target @ target)

    def restricted(self, to):
        """The problem of some weights, where all others are 0."""
        return Problem(self.C[:, to], self.target, self.l1[to], self.l2[to])

    def pull(self, v):
        """How hard error and squared L2 together pull at each weight: minus their slope."""
        return 2 * (self.C.T @ (self.target - self.C @ v)) - 2 * self.l2 * v

    def objective(self, v):
        """What v is to make small."""
        residual = self.target - self.C @ v
        return residual @ residual + self.l1 @ np.abs(v) + self.l2 @ (v * v)

    def rounding(self, v):
        """What rounding may add to a pull, or take from it."""
        return 16 * EPS * (self.target_length + self.lengths @ np.abs(v)) * self.lengths

    # Proofs of how good weights are

    def gap(self, v, pull):
        """(gap, what rounding may add): the objective at v minus a lower bound of its minimum.

        With C extended by rows diag(sqrt(l2)) and the target by zeros, residuals theta are feasible where
        |2 c_j . theta| <= l1_j for all j, and their bound is 2 theta . target - |theta|^2. Those of v, times the share,
        are; written as below, nothing cancels.
        """
        residual = self.target - self.C @ v
        error = residual @ residual + self.l2 @ (v * v)
        share = self._share(pull)
        return self._gap_at(v, share * pull, (1 - share) ** 2 * error)

    def gap_for_signs(self, v, pull, among):
        """(gap, what rounding may add, pulls) as gap, from the residuals that pull with l1 exactly at some weights.

        Better where pulls are not balanced to the last digit, be it that v is large or l1 next to nothing: then a small
        imbalance makes the share small. The change that brings the pulls to l1 is as small as can be.
        """
        signs = np.where(v != 0, np.sign(v), np.sign(pull))[among]
        A, target = augmented(self.C[:, among], self.target, self.l2[among])
        lengths = self.lengths[among]
        theta, n_samples = target - A @ v[among], len(self.target)
        change = 0.0
        # The second time for what the first was rounded by.
        for _ in range(2):
            surplus = (pull[among] - self.l1[among] * signs) / lengths
            change += np.linalg.lstsq((A / lengths).T, surplus / 2)[0]
            at = theta - change
            pull = 2 * (self.C.T @ at[:n_samples])
            pull[among] += 2 * np.sqrt(self.l2[among]) * at[n_samples:] if self.l2.any() else 0.0
        share = self._share(pull)
        off = change + (1 - share) * at
        return *self._gap_at(v, share * pull, off @ off), pull

    def _share(self, pull):
        """The largest factor up to 1 that makes residuals with these pulls feasible, but for rounding."""
        held = self.l1 + self.rounding(0.0 * self.l1)
        over = np.abs(pull) > held
        return np.min(held[over] / np.abs(pull[over]), initial=1.0)

    def _gap_at(self, v, pull, squared_distance):
        gap = squared_distance + np.sum(self.l1 * np.abs(v) - pull * v)
        return float(gap), float(np.maximum(np.abs(pull) - self.l1, 0.0) @ np.abs(v))

    # The way to good weights

    def descend(self, v, max_sweeps):
        """(v, number of sweeps): sweeps, each followed by exact steps, until no pull is stronger than L1.

        Rounding can keep a pull just above l1; so they also end where the objective no longer falls.
        """
        gram = self.C.T @ self.C
        gram[np.diag_indices_from(gram)] += self.l2
        n_sweeps, value = 0, self.objective(v)
        while n_sweeps < max_sweeps:
            found = self._best_for_signs(self._sweep(v, gram), gram)
            before, value = value, self.objective(found)
            n_sweeps += 1
            if value > (1 + 4 * EPS) * before:
                break
            v = found
            at_rest = (v != 0) | (np.abs(self.pull(v)) <= self.l1 + self.rounding(v))
            if at_rest.all() or value > (1 - 1e-12) * before:
                break
        return v, n_sweeps

    def _sweep(self, v, gram):
        """Coordinate descent: each weight that is not at rest is in turn put to its minimiser, the others kept."""
        v, pull, squares = v.copy(), self.pull(v), gram.diagonal()
        half_pull, thresholds = pull / 2, self.l1 / 2
        surplus = np.where(v != 0, np.abs(pull - self.l1 * np.sign(v)), np.abs(pull) - self.l1)
        for j in np.flatnonzero(surplus > self.rounding(v)):
            alone = float(half_pull[j] + squares[j] * v[j])
            change = _soft_threshold(alone, float(thresholds[j])) / squares[j] - v[j]
            v[j] += change
            half_pull -= change * gram[j]
        return v

    def _best_for_signs(self, v, gram):
        """The point where steps to the minimiser for given signs end; its objective is not higher than at v.

        Where features are much alike, coordinate descent creeps; these steps end the creeping. With the signs of v
        fixed and its zeros left out, the objective is a parabola. On the straight way to its lowest point only that
        point and those where a weight meets 0 can be best; then it is the turn of the signs found there. The bound on
        the number of turns is for rounding: in real numbers the objective falls each time, and signs are finitely many.
        """
        before, careful = np.inf, False
        for _ in range(10 * len(v)):
            active = np.flatnonzero(v)
            pull = self.pull(v)
            surplus = pull[active] - self.l1[active] * np.sign(v[active])
            unbalanced = np.max(np.abs(surplus) / self.l1[active], initial=0.0)
            # At rest, or as near as the last step could come, and a careful one.
            if unbalanced < 1e-11 or unbalanced > before / 2 and careful:
                return v
            careful |= unbalanced > before / 2
            start = v[active]
            for step in self._steps_for_signs(v, active, surplus, gram, careful):
                crossing = start * (start + step) < 0
                if not crossing.any():
                    v[active] += step
                    before = unbalanced
                    break
                shares = np.append(start[crossing] / -step[crossing], 1.0)
                # Along the step, what the objective exceeds its value at v by: a parabola, and twice l1 beyond 0.
                moved = self.C[:, active] @ step
                bend = moved @ moved + self.l2[active] @ (step * step)
                beyond = np.maximum(-np.sign(start) * (start + shares[:, np.newaxis] * step), 0.0)
                excess = shares**2 * bend - shares * (surplus @ step) + 2 * beyond @ self.l1[active]
                best = np.argmin(excess)
                if excess[best] < 0:
                    v[active] += shares[best] * step
                    if best < len(shares) - 1:
                        v[active[crossing][best]] = 0.0
                    before = np.inf
                    break
            else:
                return v
        return v

    def _steps_for_signs(self, v, active, surplus, gram, careful):
        """From v to the lowest point for its signs, (C^T C + l2) step = surplus / 2: the quick way, then the careful ones."""
        if not careful:
            with contextlib.suppress(np.linalg.LinAlgError):
                step = np.linalg.solve(gram[np.ix_(active, active)], surplus / 2)
                after = v.copy()
                after[active] += step
                left = np.abs(self.pull(after)[active] - self.l1[active] * np.sign(v[active]))
                # C^T C has half the digits of C. Where they do not suffice, the step does not do what it is for.
                if np.all(left <= 1e-6 * np.max(np.abs(surplus)) + self.rounding(v)[active]):
                    yield step
        A, target = augmented(self.C[:, active], self.target, self.l2[active])
        lengths = self.lengths[active]
        v, force = v[active] * lengths, self.l1[active] * np.sign(v[active]) / lengths
        U, sizes, V = np.linalg.svd(A / lengths, full_matrices=False)
        kept = sizes > max(A.shape) * EPS * sizes[0]
        U, sizes, V = U[:, kept], sizes[kept], V[kept]
        flat = force - (V @ force) @ V
        shrinking = flat * v > 0
        if len(sizes) < len(active) and np.any(shrinking) and np.max(np.abs(flat)) > 1e-13 * np.max(np.abs(force)):
            # Against `flat` C v stays, and the penalty falls at least until a weight is 0: on beyond all that shrink.
            yield -flat * 2 * np.max(v[shrinking] / flat[shrinking]) / lengths
        yield (((target @ U - (V @ force) / sizes / 2) / sizes) @ V - v) / lengths


def augmented(A, target, l2):
    """Squared L2 as further samples: |A v - target|^2 + l2 . v^2 is the squared error of A over diag(sqrt(l2))."""
    if not l2.any():
        return A, target
    return np.vstack([A, np.diag(np.sqrt(l2))]), np.concatenate([target, np.zeros(len(l2))])
