"""What several test modules draw from or demand."""

import numpy as np
from hypothesis import strategies as st

# Moderate sizes: a law that holds in real numbers is then met to about 1e-12, and a wrong factor stands out.
NUMBERS = st.floats(-100, 100).filter(lambda value: value == 0 or abs(value) > 1e-6)
STRENGTHS = st.one_of(st.just(0.0), st.floats(1e-3, 50))
STEPS = st.floats(1e-3, 10)


def vectors(size):
    """Lists of `size` numbers as arrays."""
    return st.lists(NUMBERS, min_size=size, max_size=size).map(np.array)


def same_bits(first, second):
    """Equal to the last bit, the sign of zero included."""
    return np.asarray(first, dtype=float).tobytes() == np.asarray(second, dtype=float).tobytes()
