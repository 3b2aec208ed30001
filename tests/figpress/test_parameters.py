"""Parameters are read from one annotation, and refuse nonsense with the name, the value and the domain."""

import math
from typing import Annotated

import pytest

from figpress.figure.parameters import (
    SCALES,
    Choice,
    Range,
    Text,
    complete,
    parameters_of,
    slider_position,
    slider_value,
)


def data(
    eta: Annotated[float, Range(0, 2, open_low=True)] = 0.5,
    n: Annotated[int, Range(1, 9)] = 3,
    kind: Annotated[str, Choice(("l1", "l2"))] = "l1",
) -> dict:
    return {}


def test_reads_names_types_defaults_and_domains():
    found = parameters_of(data)
    assert [(p.name, p.type, p.default) for p in found] == [("eta", float, 0.5), ("n", int, 3), ("kind", str, "l1")]
    assert [str(p.domain) for p in found] == ["(0, 2]", "[1, 9]", "one of l1, l2"]


def test_missing_values_are_defaults_and_texts_are_converted():
    assert complete(parameters_of(data), {"eta": "0.25", "n": 4.0}) == {"eta": 0.25, "n": 4, "kind": "l1"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"eta": math.nan}, ["eta", "nan", "(0, 2]"]),
        ({"eta": "nan"}, ["eta", "nan"]),
        ({"eta": math.inf}, ["eta", "inf"]),
        ({"eta": 0.0}, ["eta", "(0, 2]", "0"]),
        ({"eta": "wide"}, ["eta", "a number", "'wide'"]),
        ({"eta": True}, ["eta", "True"]),
        ({"eta": None}, ["eta", "None"]),
        ({"n": 2.5}, ["n", "whole", "2.5"]),
        ({"n": "2.5"}, ["n", "whole number", "2.5"]),
        ({"n": math.inf}, ["n", "inf"]),
        ({"n": 0}, ["n", "[1, 9]", "0"]),
        ({"kind": "l3"}, ["kind", "l1, l2", "'l3'"]),
        ({"weight": 1}, ["weight", "eta, n, kind"]),
    ],
)
def test_nonsense_is_named(given, words):
    with pytest.raises(ValueError) as caught:
        complete(parameters_of(data), given)
    assert all(word in str(caught.value) for word in words)


def test_a_text_is_taken_as_it_is():
    def typed(rows: Annotated[str, Text(4, label="numbers")] = "1, 2\n3, 4") -> dict:
        return {}

    [parameter] = parameters_of(typed)
    assert (parameter.domain.lines, str(parameter.domain)) == (4, "a text")
    for text in ("", "<b>'\"\n\t", "5"):
        assert complete((parameter,), {"rows": text}) == {"rows": text}
    with pytest.raises(ValueError, match="rows must be a text, got True"):
        parameter.parse(True)


def without_default(eta: Annotated[float, Range(0, 1)]): ...
def without_domain(eta: float = 0.5): ...
def without_annotation(eta=0.5): ...
def of_another_type(eta: Annotated[bool, Choice(("yes", "no"))] = True): ...
def with_a_domain_of_numbers(eta: Annotated[str, Range(0, 1)] = "0"): ...
def with_a_domain_of_texts(eta: Annotated[float, Choice(("0", "1"))] = 0.0): ...
def with_bad_default(eta: Annotated[float, Range(0, 1)] = 2.0): ...


UNDECLARED = (without_default, without_domain, without_annotation)


@pytest.mark.parametrize("function", [*UNDECLARED, of_another_type, with_a_domain_of_numbers, with_a_domain_of_texts])
def test_an_undeclared_parameter_is_an_authors_error(function):
    with pytest.raises(TypeError, match="'eta' of .* needs a default and an annotation"):
        parameters_of(function)


@pytest.mark.parametrize(
    ("domain", "stops"),
    [
        (Range(0, 2, 0.1), {0: 0, 3: 0.3, 20: 2}),
        (Range(-2.1, 2.1, 0.3), {0: -2.1, 7: 0, 8: 0.3}),
        (Range(0.001, 100, 0.05, scale="log"), {0: 0.001, 20: 0.01, 64: 1.585, 100: 100}),
        (Range(0.5, math.inf, 0.01, scale="reciprocal"), {0: 0.5, 100: 1, 150: 2, 199: 100, 200: math.inf}),
    ],
)
def test_a_slider_stops_at_values_that_can_be_written(domain, stops):
    assert {k: domain.stop(k) for k in stops} == stops
    places = [slider_position(domain.stop(k), domain.scale) for k in range(max(stops) + 1)]
    assert places == pytest.approx([places[0] + k * domain.step for k in range(max(stops) + 1)], abs=domain.step / 20)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("value", [0.5, 1.0, 3.0, 12.34])
def test_a_value_is_where_it_stands(scale, value):
    assert slider_value(slider_position(value, scale), scale) == value


def test_infinity_stands_at_the_end_of_a_reciprocal_scale():
    assert slider_position(math.inf, "reciprocal") == 1 and slider_value(1.0, "reciprocal") == math.inf


@pytest.mark.parametrize("wrong", [{"scale": "even"}, {"scale": "log"}, {"scale": "reciprocal", "low": -1}])
def test_a_scale_needs_a_range_that_stands_on_it(wrong):
    with pytest.raises(ValueError, match="scale"):
        Range(**{"low": 0, "high": 1, **wrong})


@pytest.mark.parametrize("domain", [Range(1, 1000, 1, scale="log"), Range(0, 9, 0.5), Range(0.5, 9, 1)])
def test_the_slider_of_a_whole_number_stops_at_whole_numbers(domain):
    def of(n: Annotated[int, domain] = 3): ...

    with pytest.raises(ValueError, match="n is a whole number"):
        parameters_of(of)


def test_a_slider_moves():
    for step in (0, -1.0, math.nan):
        with pytest.raises(ValueError, match="step of a range must be above 0"):
            Range(0, 1, step)


def test_a_default_outside_its_domain_is_refused():
    with pytest.raises(ValueError, match="eta must be in"):
        parameters_of(with_bad_default)
