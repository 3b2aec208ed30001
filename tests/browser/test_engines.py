"""Live figures in the engines that the other tests do not use: what they say is Python's, bit for bit."""

import importlib

import pytest

from figpress.figure import computing
from figpress.figure.facts import look_up, shown
from figpress.figure.parameters import Text
from tests.browser.conftest import live_names
from tests.browser.test_compiled import difference, parameter_sets
from tests.browser.test_pages import _SAID
from tests.conftest import serving
from tests.engines import ENGINES, NOTING

_ALIVE = """async id => {
  while (!document.querySelector(`#${id}.fp-moving`)) await new Promise(done => setTimeout(done, 20));
}"""
_SET = """async (name, values) => {
  const root = document.getElementById(`fig-${name}`);
  for (const [control, value] of Object.entries(values)) {
    const input = root.querySelector(`input[type=text][name=${control}], select[name=${control}]`);
    input.value = value;
    input.dispatchEvent(new Event('input', {bubbles: true}));
    input.dispatchEvent(new Event('change', {bubbles: true}));
  }
}"""


@pytest.fixture(scope="module", params=ENGINES)
def other(request, site):
    """A running engine, and the address of the site with every live figure."""
    with serving(site, NOTING) as address, ENGINES[request.param]() as running:
        running.resize(1200, 1400)
        yield running, address


@pytest.mark.nightly
@pytest.mark.parametrize("name", live_names())
def test_what_is_said_is_what_python_says(other, results, name):
    engine, address = other
    live = importlib.import_module(f"figures.{name}").LIVE
    figure = computing.figure_module(importlib.import_module(f"figures.{name}"))
    controls = [p.name for p in figure.parameters if p.name in live.controls and not isinstance(p.domain, Text)]
    engine.open(f"{address}/{name}.html")
    engine.evaluate(_ALIVE, f"fig-{name}")
    states = []
    for one in parameter_sets(figure, 6):
        engine.evaluate(_SET, name, {control: str(one[control]) for control in controls})
        said = engine.evaluate(f"name => ({_SAID})(document.getElementById(`fig-${{name}}`))", name)
        states.append(said["state"])
        computed = computing.compute(figure, said["state"])
        assert said["description"] == computed.description
        if live.verdict:
            assert said["verdict"] == computed.facts[live.verdict]
        everything = {name: {**computed.parameters, **computed.facts}}
        numbers = 0
        for path, form, text, raw in said["quotes"]:
            value = look_up(everything, path)
            if isinstance(value, int | float):
                assert text == shown(value, form), path
                # Powers and their like, each library rounds in its own way.
                assert difference(float(value), float(raw), results[name].live.exact, path) is None
                numbers += 1
        assert numbers
    # Something was moved.
    assert any(state != states[0] for state in states)
    assert engine.problems() == []
