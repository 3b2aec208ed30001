"""Compiled templates are kept, and never instead of what stands in the template."""

import jinja2
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from figpress.mkdocs_plugin.templates import CompiledTemplates


@pytest.fixture
def room(tmp_path):
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/page.html").write_text(
        "{% extends 'base.html' %}{% block body %}{{ 'x'|upper }} {{ n + 1 }}{% endblock %}"
    )
    (tmp_path / "theme/base.html").write_text("<b>{% block body %}{% endblock %}</b>")
    return tmp_path


def rendered(room, filters=()):
    """What a new build's environment makes of the page, and how many templates it had to compile."""
    compiled = []

    class Environment(jinja2.Environment):
        def compile(self, source, name=None, filename=None, **options):
            compiled.append(name)
            return super().compile(source, name, filename, **options)

    environment = Environment(loader=jinja2.FileSystemLoader(room / "theme"), auto_reload=False)
    environment.filters.update(filters)
    templates = CompiledTemplates(room / "cache")
    templates.use_in(environment)
    text = environment.get_template("page.html").render(n=1)
    templates.save()
    return text, compiled


def test_a_second_build_compiles_nothing_and_says_the_same(room):
    assert rendered(room) == ("<b>X 2</b>", ["page.html", "base.html"])
    assert rendered(room) == ("<b>X 2</b>", [])


def test_an_edited_template_is_compiled_anew_and_the_others_are_not(room):
    rendered(room)
    (room / "theme/base.html").write_text("<i>{% block body %}{% endblock %}</i>")
    assert rendered(room) == ("<i>X 2</i>", ["base.html"])
    assert rendered(room) == ("<i>X 2</i>", [])


def test_a_filter_of_the_project_is_asked_each_time(room):
    assert rendered(room, {"upper": lambda text: text + "!"})[0] == "<b>x! 2</b>"
    assert rendered(room, {"upper": lambda text: text + "?"})[0] == "<b>x? 2</b>"


def test_what_is_damaged_is_compiled_anew(room):
    rendered(room)
    [entry] = (room / "cache").rglob("*.entry")
    content = bytearray(entry.read_bytes())
    content[-20] ^= 1
    entry.write_bytes(content)
    assert rendered(room) == ("<b>X 2</b>", ["page.html", "base.html"])
    entry.write_bytes(entry.read_bytes()[:-30])
    assert rendered(room) == ("<b>X 2</b>", ["page.html", "base.html"])
    assert rendered(room) == ("<b>X 2</b>", [])


def test_what_another_version_compiled_is_left_alone(room, monkeypatch):
    rendered(room)
    monkeypatch.setattr("figpress.mkdocs_plugin.templates.version", lambda name: "another")
    assert rendered(room) == ("<b>X 2</b>", ["page.html", "base.html"])
    assert rendered(room) == ("<b>X 2</b>", [])


def test_a_themes_files_are_the_same_without_looking_through_hidden_folders(tmp_path):
    (tmp_path / "theme/partials").mkdir(parents=True)
    (tmp_path / "theme/.hidden").mkdir()
    (tmp_path / "docs").mkdir()
    for name in ("mine.css", ".hidden/not.css", "partials/mine.js"):
        (tmp_path / "theme" / name).write_text("")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, custom_dir: theme}\n")
    config, listed = load_config(str(tmp_path / "mkdocs.yml")), []
    for _ in range(2):
        files, environment = Files([]), config.theme.get_env()
        files.add_files_from_theme(environment, config)
        listed.append([file.abs_src_path for file in files])
        looked_at = environment.list_templates()
        CompiledTemplates(tmp_path / "cache").use_for(config.theme)
    assert listed[0] == listed[1] and str(tmp_path / "theme/partials/mine.js") in listed[0]
    assert not any(name.startswith(".") for name in looked_at) and len(looked_at) > 100


def test_a_filter_that_comes_later_is_asked_as_well(room):
    rendered(room)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(room / "theme"))
    templates = CompiledTemplates(room / "cache")
    templates.use_in(environment)
    environment.filters["upper"] = lambda text: text + "!"
    templates.use_in(environment)
    assert environment.get_template("page.html").render(n=1) == "<b>x! 2</b>"
