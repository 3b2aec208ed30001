"""Which distribution provides a module, as the library for it says, and sooner."""

import importlib.metadata
import sys

import pytest

from figpress.freshness import versions


def test_providers_of_modules_are_those_that_python_names():
    named = {module: set(names) for module, names in importlib.metadata.packages_distributions().items()}
    assert "pytest" in named["pytest"]
    found = versions._providers()
    # Later versions of Python name folders of data as well, earlier ones nothing that is compiled.
    assert all(names <= found[module] for module, names in named.items() if module in found)
    assert {"pytest", "mkdocs", "yaml", "numpy", "math_core"} <= found.keys()
    assert sys.version_info >= (3, 12) or named.keys() - {".."} <= found.keys()


@pytest.mark.parametrize(
    ("files", "modules"),
    [
        (
            {
                "RECORD": "one/__init__.py,sha256=x,1\none/in.py,,\nalone.py,,\nmade.cpython-311-x86_64-linux-gnu.so,,\n../../bin/it.py,,\none.dist-info/RECORD,,\nnote.txt,,\n"
            },
            {"one", "alone", "made"},
        ),
        ({"RECORD": "one.py,,\n", "top_level.txt": "two\nthree\n"}, {"two", "three"}),
    ],
    ids=["listed", "declared"],
)
def test_a_distribution_provides_what_it_declares_or_else_lists(tmp_path, files, modules):
    (folder := tmp_path / "one-1.dist-info").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    assert versions._modules_of(importlib.metadata.PathDistribution(folder)) == modules
