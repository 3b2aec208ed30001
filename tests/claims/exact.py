"""Decorators for tests of claims that leave nothing to chance: `proved` for all real numbers, `exhaustive` in half precision.

Both run the functions of `shrinkage` as they stand, but without the checks of their arguments, which only let floats in:
on real terms of an SMT solver (z3), or on arrays of half-precision numbers. What a test imports from `shrinkage` is
exchanged for such a copy while it runs, also where a function beside the test calls it.

    @proved(wrong=("lam", "lam / 2"))
    def test_zero_is_best_where_the_pull_fits(x, y, b, lam):
        assume(x != 0, lam > 0)
        assert (minimiser_l1(x, y, b, lam) == 0) == (abs(data_pull(x, y, b)) <= lam)

The arguments stand for *any* real numbers. Wherever the test, or a function that it calls, branches, both ways are gone
as far as some real numbers lead there; `assert` is such a branch. So the test passes only if no real numbers at all make
it fail. `wrong` is a small change of the test's text that makes it false: the solver must find real numbers that refute
that, or else the proof says nothing.
"""

import ast
import inspect
import itertools
import textwrap
from collections.abc import Callable
from fractions import Fraction
from types import FunctionType

import numpy as np

EFFORT = 30_000_000
"""For each question to the solver, in its own unit: about 20 seconds. What is not decided by then is not proved, however busy the machine."""


def proved(*, wrong: tuple[str, str]) -> Callable:
    """The test holds for all real numbers as its arguments; with `wrong` (old text, new text) it does not."""

    def decorate(test: FunctionType) -> Callable:
        def run() -> None:
            found = _counterexample(_without_checks(test))
            assert found is None, f"{test.__name__} is wrong for {found}"
            assert _counterexample(_changed(test, *wrong)), f"{test.__name__} holds with {wrong[1]!r} as well"

        return _named(run, test)

    return decorate


def exhaustive(*, wrong: tuple[str, str], **grids) -> Callable:
    """The test holds for the array `w` of all finite half-precision numbers, and every combination of the other arguments.

    These are given as sequences, each number of which is rounded to half precision. With `wrong` it does not hold.
    """

    def decorate(test: FunctionType) -> Callable:
        def run() -> None:
            _try_all(_without_checks(test), grids)
            try:
                _try_all(_changed(test, *wrong), grids)
            except AssertionError:
                return
            raise AssertionError(f"{test.__name__} holds with {wrong[1]!r} as well")

        return _named(run, test)

    return decorate


def assume(*conditions) -> None:
    """In a proof: go on only with real numbers for which these hold."""
    for condition in conditions:
        if not condition:
            raise _Irrelevant


def cases(*conditions) -> None:
    """In a proof: go both ways of each condition. Two simple questions are often answered sooner than one hard question."""
    for condition in conditions:
        bool(condition)


def _named(run: Callable, test: FunctionType) -> Callable:
    # Not functools.wraps: pytest would take the arguments of the test for its own.
    run.__name__, run.__qualname__, run.__doc__, run.__module__ = (
        test.__name__,
        test.__qualname__,
        test.__doc__,
        test.__module__,
    )
    return run


def _changed(test: FunctionType, old: str, new: str) -> FunctionType:
    """The test with a change of its text."""
    source = textwrap.dedent(inspect.getsource(test))
    definition = ast.parse(source).body[0]
    body = "\n".join(source.splitlines()[definition.lineno - 1 :])
    if old not in body:
        raise ValueError(f"{old!r} does not stand in {test.__name__}")
    room = dict(test.__globals__)
    exec(compile(body.replace(old, new), inspect.getfile(test), "exec"), room)
    return _without_checks(room[test.__name__])


def _without_checks(function: FunctionType, rooms: dict | None = None) -> FunctionType:
    """A copy that calls copies without checks, all the way down; made of the functions as they are now."""
    rooms = {} if rooms is None else rooms
    bare = inspect.unwrap(function)
    if id(bare.__globals__) not in rooms:
        room = rooms[id(bare.__globals__)] = dict(bare.__globals__)
        for name, value in bare.__globals__.items():
            if isinstance(value, FunctionType) and (
                value.__module__.startswith("shrinkage.") or value.__module__ == bare.__module__
            ):
                room[name] = _without_checks(value, rooms)
    copy = FunctionType(bare.__code__, rooms[id(bare.__globals__)], bare.__name__, bare.__defaults__, bare.__closure__)
    copy.__kwdefaults__ = bare.__kwdefaults__
    return copy


# --- Real numbers


class _Irrelevant(Exception):
    """An assumption does not hold on this way."""


class _Ways:
    """All ways through a function whose conditions are terms: each is a sequence of answers that real numbers can give."""

    current: "_Ways"

    def __init__(self) -> None:
        import z3

        # In a room of its own. In a shared one a question's answer, and whether there is one, depends on what was asked before.
        z3.z3._main_ctx = None
        self.solver = z3.Solver()
        self.solver.set(rlimit=EFFORT)
        self.answers: list[bool] = []
        self.open: list[list[bool]] = [[]]
        self.roots = 0

    def possible(self, *conditions) -> bool:
        import z3

        verdict = self.solver.check(*conditions)
        if verdict == z3.unknown:
            raise AssertionError(f"not decided: {self.solver.reason_unknown()}")
        return verdict == z3.sat

    def decide(self, condition) -> bool:
        """The answer to one condition on this way; the other one, if real numbers can give it, is left for later."""
        import z3

        if len(self.answers) < len(self.way):
            answer = self.way[len(self.answers)]
        else:
            answer = self.possible(condition)
            if answer and self.possible(z3.Not(condition)):
                self.open.append([*self.answers, False])
        self.answers.append(answer)
        self.solver.add(condition if answer else z3.Not(condition))
        return answer

    def all(self, run: Callable[[], None]) -> dict | None:
        """Go all ways; the numbers of the first that fails."""
        _Ways.current = self
        relevant = 0
        while self.open:
            self.way, self.answers = self.open.pop(), []
            self.solver.push()
            try:
                run()
                relevant += 1
            except _Irrelevant:
                pass
            except (AssertionError, ArithmeticError) as error:
                if "not decided" in str(error):
                    raise
                self.possible()
                model = self.solver.model()
                return {str(name): str(model[name]) for name in model} or {"any": "numbers"}
            finally:
                self.solver.pop()
        assert relevant, "no real numbers satisfy the assumptions"
        return None


def _counterexample(test: FunctionType) -> dict | None:
    """Real numbers for which a test fails; None where there are none.

    Raises:
        AssertionError: the solver cannot tell.
    """
    import z3

    names = list(inspect.signature(test).parameters)
    return _Ways().all(lambda: test(*(Real(z3.Real(name)) for name in names)))


class Truth:
    """A condition on real numbers. As a number it is 1 or 0, as in Python."""

    def __init__(self, term):
        self.term = term

    def __bool__(self):
        return _Ways.current.decide(self.term)

    @property
    def number(self):
        import z3

        return Real(z3.If(self.term, z3.RealVal(1), z3.RealVal(0)))

    def __eq__(self, other):
        return Truth(self.term == other.term) if isinstance(other, Truth) else self.number == other

    def __ne__(self, other):
        return Truth(self.term != other.term) if isinstance(other, Truth) else self.number != other

    def __and__(self, other):
        import z3

        return Truth(z3.And(self.term, other.term))

    def __or__(self, other):
        import z3

        return Truth(z3.Or(self.term, other.term))

    __hash__ = None


class Real:
    """Any real number: a term of the solver that computes as floats do, but without rounding."""

    def __init__(self, term):
        self.term = term

    def __truediv__(self, other):
        other = _real(other)
        if other == 0:
            raise ZeroDivisionError(f"division of {self.term} by 0")
        return Real(self.term / other.term)

    def __pow__(self, exponent):
        if exponent == 0.5:
            return self.root()
        if isinstance(exponent, Real) or exponent != int(exponent) or exponent < 0:
            raise TypeError(f"a real number to the power of {exponent!r} is not read")
        power = _real(1)
        for _ in range(int(exponent)):
            power = power * self
        return power

    def root(self):
        """The number >= 0 whose square this is."""
        import z3

        if self < 0:
            raise ValueError("a number below 0 has no root")
        ways = _Ways.current
        ways.roots += 1
        root = z3.Real(f"root {ways.roots}")
        ways.solver.add(root >= 0, root * root == self.term)
        return Real(root)

    def __abs__(self):
        import z3

        return Real(z3.If(self.term >= 0, self.term, -self.term))

    def __neg__(self):
        return Real(-self.term)

    def __pos__(self):
        return self

    __hash__ = None


def _real(value) -> Real:
    import z3

    if isinstance(value, Truth):
        return value.number
    if isinstance(value, Real):
        return value
    exact = Fraction(value)
    return Real(z3.Q(exact.numerator, exact.denominator))


def _add_operators() -> None:
    def forwards(name):
        def operate(a, b):
            # An array does its own arithmetic, number by number.
            return NotImplemented if isinstance(b, np.ndarray) else Real(getattr(a.term, name)(_real(b).term))

        return operate

    def backwards(name):
        return lambda a, b: getattr(_real(b), name)(_real(a))

    def compared(name):
        return lambda a, b: Truth(getattr(_real(a).term, name)(_real(b).term))

    for name in ("add", "sub", "mul"):
        setattr(Real, f"__{name}__", forwards(f"__{name}__"))
    for name in ("add", "sub", "mul", "truediv"):
        setattr(Real, f"__r{name}__", backwards(f"__{name}__"))
        setattr(Truth, f"__{name}__", lambda a, b, name=name: getattr(a.number, f"__{name}__")(b))
        setattr(Truth, f"__r{name}__", backwards(f"__{name}__"))
    for name in ("lt", "le", "gt", "ge", "eq", "ne"):
        setattr(Real, f"__{name}__", compared(f"__{name}__"))


_add_operators()


# --- Half precision


class Half(np.ndarray):
    """An array of half-precision numbers; comparisons are numbers too, 1 or 0, so that nothing becomes more precise."""

    __hash__ = None


def _compared(name):
    def compare(self, other):
        return getattr(np.ndarray, name)(self, other).astype(np.float16).view(Half)

    return compare


def _joined(name):
    def join(self, other):
        true, also = np.asarray(self).astype(bool), np.asarray(other).astype(bool)
        return getattr(true, name)(also).astype(np.float16).view(Half)

    return join


for _name in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"):
    setattr(Half, _name, _compared(_name))
for _name in ("__and__", "__or__"):
    setattr(Half, _name, _joined(_name))


def all_halves() -> Half:
    """Every finite half-precision number, both zeros included."""
    numbers = np.arange(2**16, dtype=np.uint16).view(np.float16)
    return numbers[np.isfinite(numbers)].view(Half)


def _try_all(test: Callable, grids: dict) -> None:
    w = all_halves()
    for values in itertools.product(*grids.values()):
        with np.errstate(all="ignore"):
            test(w.copy(), **{name: np.float16(value) for name, value in zip(grids, values)})
