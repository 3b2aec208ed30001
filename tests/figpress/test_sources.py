"""Source text by name: listings without their docstrings, tests of claims, and the tests that use a function."""

import dataclasses
import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from figpress.pages import sources
from figpress.pages.source_pages import listings
from figpress.project import find_project, parsed


@pytest.fixture
def project(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.figpress]\nsources = ["src/waves"]\n')
    for folder in ("src/waves", "figures", "tests/claims"):
        (tmp_path / folder).mkdir(parents=True)
    for package in ("src/waves", "tests"):
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "src/waves/high.py").write_text(
        '@cache\ndef rise(x):\n    """Doc.\n\n    More.\n    """\n    # why\n    return x\n\n\nclass Wave:\n    def rise(self):\n        return 1\n'
    )
    (tmp_path / "tests/test_high.py").write_text(
        "from waves.high import rise\n\nTABLE = [rise]\n\ndef helper():\n    return TABLE\n\n"
        "def test_all():\n    assert helper()\n\ndef test_none():\n    pass\n"
    )
    (tmp_path / "tests/claims/test_page.py").write_text("def test_it_rises():\n    pass\n")
    return find_project(tmp_path)


def test_a_listing_has_neither_decorator_nor_docstring(project):
    definition = sources.index(project)["waves.high.rise"]
    assert definition.bare == "def rise(x):\n    # why\n    return x" and (definition.path, definition.line) == (
        "src/waves/high.py",
        2,
    )


@pytest.mark.parametrize(
    "content",
    [
        # A mark of the encoding, an encoding of its own, lines as Windows ends them, and what ends none for Python.
        b"\xef\xbb\xbfSIGN = 'b'\ndef low(x):\n    return x\n",
        b"# -*- coding: latin-1 -*-\nSIGN = '\xe9'\n\n\ndef low(x):\n    return x\n",
        b"SIGN = 'b'\r\ndef low(x):\r\n    return x\r\n",
        b"SIGN = 'a\x0cb\xe2\x80\xa8c'\n\x0c\ndef low(x):\n    return x\n",
    ],
)
def test_a_listing_has_the_lines_that_python_reads(project, content):
    (project.root / "src/waves/low.py").write_bytes(content)
    assert sources.index(project)["waves.low.low"].bare == "def low(x):\n    return x"
    assert "\ufeff" not in listings(project, sources.contents(project))["src/waves/low.py"].decode()


def test_a_file_in_another_encoding_than_it_says_is_named(project):
    (project.root / "src/waves/low.py").write_bytes(b"SIGN = '\xe9'\n")
    with pytest.raises(ValueError, match="src/waves/low.py: cannot be read as Python, save it in UTF-8"):
        sources.index(project)


def test_a_folder_that_is_no_package_is_no_part_of_a_name(project):
    (project.root / "src/low.py").write_text("def fall(x):\n    return -x\n")
    whole = dataclasses.replace(project, sources=(project.root / "src",))
    assert {"low.fall", "waves.high.rise"} <= set(sources.index(whole))
    # Unless it becomes one.
    (project.root / "src/__init__.py").touch()
    assert {"src.low.fall", "src.waves.high.rise"} <= set(sources.index(whole))


def test_a_file_in_none_of_the_folders_is_refused_with_what_to_do(project):
    with pytest.raises(ValueError, match=r"is in none of the folders in \[tool.figpress\]: add its folder to sources"):
        sources.module_name(project, project.root / "elsewhere.py")


def test_names_are_found_whole_or_short_where_one_fits(project):
    definitions = sources.index(project)
    assert sources.resolve(definitions, "waves.high.rise").line == 2
    assert sources.resolve(definitions, "waves.high.Wave.rise").line == 12
    # A method of the same name is asked for by its class.
    assert sources.resolve(definitions, "waves.rise").name == "waves.high.rise"
    (project.root / "src/waves/low.py").write_text("def rise(x):\n    return -x\n")
    with pytest.raises(KeyError, match="ambiguous"):
        sources.resolve(sources.index(project), "waves.rise")
    with pytest.raises(KeyError, match="fall"):
        sources.resolve(definitions, "waves.fall")


def test_claims_have_one_test_each(project):
    assert set(sources.claim_tests(project, sources.index(project))) == {"it-rises"}
    (project.tests / "claims/test_other.py").write_text("def test_it_rises():\n    pass\n")
    with pytest.raises(ValueError, match="test_it_rises"):
        sources.claim_tests(project, sources.index(project))
    (project.tests / "claims/test_other.py").unlink()
    (project.tests / "__init__.py").unlink()
    with pytest.raises(ValueError, match=r"^tests/__init__.py is missing: an empty file"):
        sources.claim_tests(project, sources.index(project))


def test_tests_are_found_through_tables_and_helpers(project):
    found = sources.tests_by_name(sources.index(project).values())
    assert [test.name for test in found["rise"]] == ["tests.test_high.test_all"]


def test_tests_of_a_function_import_its_package(project):
    (project.tests / "test_low.py").write_text(
        "from winds import Wind\n\n\ndef test_wind():\n    assert Wind().rise()\n"
    )
    found = sources.tests_by_name(sources.index(project).values())
    assert {test.name for test in found["rise"]} == {"tests.test_high.test_all", "tests.test_low.test_wind"}
    assert [test.name for test in sources.tests_of("winds.Wind.rise", found)] == ["tests.test_low.test_wind"]
    assert sources.tests_of("waves.high.Wave.rise", found) == []


@pytest.mark.parametrize(
    "around",
    [
        "try:\n    pass\nexcept OSError:\n    {}",
        "try:\n    pass\nfinally:\n    {}",
        "if 1:\n    pass\nelse:\n    {}",
        "with x:\n    {}",
        "class Group:\n    def set_up(self):\n        {}",
        "match 1:\n    case 1:\n        {}",
        "for x in y:\n    {}",
    ],
)
@pytest.mark.parametrize("statement", ["import winds.north as n", "from winds.north import n"])
def test_a_package_counts_as_imported_wherever_in_a_module(project, around, statement):
    (project.tests / "test_low.py").write_text(
        f"{around.format(statement)}\n\n\ndef test_wind():\n    assert n.blow()\n"
    )
    found = sources.tests_by_name(sources.index(project).values())
    assert [test.name for test in sources.tests_of("winds.north.blow", found)] == ["tests.test_low.test_wind"]


def test_an_attribute_that_is_not_called_is_no_use_of_a_method(project):
    text = "from waves.high import Wave\n\n\ndef test_read():\n    assert Wave.rise\n\n\ndef test_called():\n    assert Wave().rise() == 1\n"
    (project.tests / "test_wave.py").write_text(text)
    found = sources.tests_by_name(sources.index(project).values())
    assert [test.name for test in sources.tests_of("waves.high.Wave.rise", found)] == ["tests.test_wave.test_called"]


def test_a_variable_of_a_test_is_no_use_of_a_function_of_its_name(project):
    text = "def test_own():\n    rise = 1\n    assert rise\n\n\ndef test_given(rise):\n    assert rise\n"
    (project.tests / "test_own.py").write_text(text)
    found = sources.tests_by_name(sources.index(project).values())
    assert [test.name for test in found["rise"]] == ["tests.test_high.test_all"]


def test_a_source_page_has_an_anchor_on_every_line_and_is_kept_until_the_file_changes(project, monkeypatch):
    pages = listings(project, sources.contents(project))
    html = pages["src/waves/high.py"].decode()
    assert all(f'name="line-{n}"' in html or f'id="line-{n}"' in html for n in range(1, 13))
    (project.figures / "new.py").write_text("x = 1\n")
    made = []
    monkeypatch.setattr("figpress.pages.source_pages.listing", lambda text: made.append(text) or "a listing")
    again = listings(project, sources.contents(project))
    assert made == ["x = 1\n"] and {name: again[name] for name in pages} == pages


def test_many_source_pages_are_made_in_a_process_of_their_own_and_are_the_same(project, monkeypatch):
    here = dict(listings(project, sources.contents(project)))
    monkeypatch.setattr("figpress.pages.source_pages._MANY", 0)
    monkeypatch.setattr("figpress.pages.source_pages.listing", None)
    elsewhere = listings(dataclasses.replace(project, cache=project.root / "another"), sources.contents(project))
    assert dict(elsewhere) == here


def test_what_another_version_kept_is_made_anew(project, monkeypatch):
    before = listings(project, sources.contents(project))
    monkeypatch.setattr("figpress.pages.source_pages.listing", lambda text: "a listing")
    monkeypatch.setattr("figpress.pages.source_pages.version_of_source", lambda *files: "another")
    assert set(listings(project, sources.contents(project)).values()) == {b"a listing"} != set(before.values())


def test_a_damaged_cache_is_made_anew(project):
    before = sources.index(project)
    [entry] = (project.cache / "index").rglob("*.entry")
    entry.write_bytes(entry.read_bytes()[:-3] + b"xyz")
    assert sources.index(project) == before


def test_threads_may_read_sources_at_the_same_time():
    # Python 3.11 counts how deep a tree is for all threads together; it shows where the collector runs meanwhile.
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sources.__file__).parent.glob("*.py"))]
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()

    def work(*_):
        return sum(range(200))

    gc.callbacks.append(work)
    gc.set_threshold(50)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as threads:
            trees = list(threads.map(parsed, 4 * texts))
    finally:
        gc.callbacks.remove(work)
        gc.set_threshold(*threshold)
        sys.setswitchinterval(interval)
    assert all(tree.body for tree in trees)
