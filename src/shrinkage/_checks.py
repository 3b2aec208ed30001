"""Arguments are checked at the door, so that the body of every function is the bare formula."""

import contextlib
import functools
import inspect
import math
import numbers
import reprlib

import numpy as np


def checked(rule=None, **kinds):
    """Decorate a function so that each argument is validated and normalised by its kind.

    A kind is called as `kind(name, value)`; it returns the normalised value or raises `ValueError` naming the argument,
    the value and what was expected. Defaults are checked like given values. Arguments of elementwise kinds must
    broadcast together, and arrays declared with `array(...)` must agree on the sizes that bear the same name.

    Args:
        rule: called with the normalised arguments; raises `ValueError` where they do not fit one another.
        **kinds: one kind for every parameter of the function.
    """

    def decorate(function):
        signature = inspect.signature(function)
        if set(kinds) != set(signature.parameters):
            raise TypeError(f"{function.__name__}: kinds and parameters differ")

        @functools.cache
        def declared():
            # At the first call: to decorate is to look at names alone.
            ordered = [(name, kinds[name]) for name in signature.parameters]
            elementwise = [name for name, kind in ordered if kind in ELEMENTWISE]
            return ordered, elementwise, [(name, kind.sizes) for name, kind in ordered if hasattr(kind, "sizes")]

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            ordered, elementwise, sizes = declared()
            # Figures call some functions ten thousand times, nearly always with all arguments in their places.
            if kwargs or len(args) != len(ordered):
                bound = signature.bind(*args, **kwargs)
                bound.apply_defaults()
                args = bound.arguments.values()
            values = {name: kind(name, value) for (name, kind), value in zip(ordered, args)}
            _require_broadcast(elementwise, values)
            _require_sizes(sizes, values)
            if rule is not None:
                rule(**values)
            return function(**values)

        return wrapper

    return decorate


def _refuse(name, expected, shown):
    raise ValueError(f"{name} must be {expected}, got {shown}")


def _is_number(value, kind):
    return isinstance(value, kind) and not isinstance(value, bool)


def _floats(name, value, expected, kinds="iuf"):
    """A plain number as float, anything else as a non-empty float array."""
    if type(value) is float:
        return value
    if _is_number(value, numbers.Real):
        # An integer too large for a float goes on, and is refused as an object.
        with contextlib.suppress(OverflowError):
            return float(value)
    if np.ma.is_masked(value):
        _refuse(
            name, expected, f"a masked array with {np.ma.count_masked(value)} masked entries: fill or drop them first"
        )
    try:
        array = np.asarray(value)
    except ValueError:
        _refuse(name, expected, reprlib.repr(value))
    if array.dtype.kind not in kinds:
        _refuse(name, expected, reprlib.repr(value))
    if array.size == 0:
        _refuse(name, expected, f"an empty array of shape {array.shape}")
    return float(array) if array.ndim == 0 else array.astype(float, copy=False)


def _require_all(name, value, expected, allowed):
    if isinstance(value, float):
        if not allowed(value):
            _refuse(name, expected, repr(value))
        return
    good = allowed(value)
    if not good.all():
        index = tuple(int(i) for i in np.argwhere(~good)[0])
        _refuse(name, expected, f"{float(value[index])!r} at index {index}")


def _square(value):
    with np.errstate(over="ignore"):
        return value * value


def _elementwise(expected, allowed):
    """A kind for a number, or an array of numbers, for which `allowed` holds."""

    def kind(name, value):
        value = _floats(name, value, expected)
        _require_all(name, value, expected, allowed)
        return value

    return kind


def _scalar(expected, allowed):
    """A kind for one plain number for which `allowed` holds."""

    def kind(name, value):
        value = _floats(name, value, expected)
        if not isinstance(value, float):
            _refuse(name, expected, f"an array of shape {value.shape}")
        _require_all(name, value, expected, allowed)
        return value

    return kind


# Comparisons serve floats and arrays alike, and much faster than np.isfinite serves floats. NaN fails all of them.
finite = _elementwise("a finite number", lambda value: (value > -math.inf) & (value < math.inf))
nonnegative = _elementwise("a finite number >= 0", lambda value: (value >= 0) & (value < math.inf))
positive = _elementwise("a finite number > 0", lambda value: (value > 0) & (value < math.inf))
# Tested on the square, because it is the square that formulas divide by and it can underflow first.
nonzero = _elementwise(
    "a finite number whose square is not 0", lambda value: (_square(value) > 0) & (abs(value) < math.inf)
)
ELEMENTWISE = (finite, nonnegative, positive, nonzero)

number = _scalar("a finite number", math.isfinite)
nonnegative_number = _scalar("a finite number >= 0", lambda value: math.isfinite(value) and value >= 0)
positive_number = _scalar("a finite number > 0", lambda value: math.isfinite(value) and value > 0)
fraction = _scalar("a number from 0 to 1", lambda value: 0 <= value <= 1)
below_1 = _scalar("a number >= 0 and below 1", lambda value: 0 <= value < 1)
order = _scalar("a number > 0 (inf allowed)", lambda value: value > 0)
# Of two features that are not multiples of each other.
correlation = _scalar("a number between -1 and 1", lambda value: -1 < value < 1)


def array(*sizes, positive=False):
    """A kind for a finite array with one named size per axis, e.g. `array("n_samples", "n_features")`."""
    names = ", ".join(map(str, sizes)) + "," * (len(sizes) == 1)
    expected = f"an array of finite numbers{' > 0' if positive else ''} of shape ({names})"
    allowed = (lambda value: (value > 0) & (value < math.inf)) if positive else np.isfinite

    def kind(name, value):
        # Features may be truth values: they count as 0 and 1.
        value = _floats(name, value, expected, kinds="iufb" if len(sizes) == 2 else "iuf")
        if np.ndim(value) != len(sizes):
            _refuse(name, expected, f"shape {np.shape(value)}")
        _require_all(name, value, expected, allowed)
        return value

    kind.sizes = sizes
    return kind


def iterates(name, value):
    """The kind of a walk: one number after another, as a list of floats. NaN may occur: one of our walks ends in it."""
    expected = "a non-empty sequence of numbers"
    value = _floats(name, value, expected)
    if np.ndim(value) != 1:
        _refuse(name, expected, f"shape {np.shape(value)}")
    return value.tolist()


def integer(minimum):
    """A kind for an integer that is not smaller than `minimum`."""

    def kind(name, value):
        if not _is_number(value, numbers.Integral) or value < minimum:
            _refuse(name, f"an integer >= {minimum}", reprlib.repr(value))
        return int(value)

    return kind


def function(name, value):
    """The kind of something that can be called."""
    if not callable(value):
        _refuse(name, "a function", reprlib.repr(value))
    return value


def penalty_object(name, value):
    """The kind of a penalty with its strength: whatever offers `value(w)`, and not the class of such things."""
    if isinstance(value, type) or not callable(getattr(value, "value", None)):
        _refuse(name, "a penalty with its strength, such as L1(lam=0.5)", reprlib.repr(value))
    return value


def _require_broadcast(names, values):
    shapes = {name: values[name].shape for name in names if isinstance(values[name], np.ndarray)}
    if len(shapes) < 2:
        return
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError:
        shown = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(f"arguments must have shapes that broadcast together, got {shown}") from None


def _require_sizes(declared, values):
    known = {}
    for name, sizes in declared:
        shape = values[name].shape
        for size, length in zip(sizes, shape):
            owner, expected = known.setdefault(size, (name, length))
            if length != expected:
                raise ValueError(f"{name} must have {size} = {expected} as {owner} has, got shape {shape}")
