"""How a figure is cited."""

import datetime

import pytest

from figpress.labels import DEFAULTS
from figpress.pages.citation import bibtex, citation


def test_an_entry_has_what_is_known_and_no_sign_that_means_something_to_tex():
    cited = {
        "title": "Ours & theirs",
        "version": "1.0",
        "date-released": datetime.date(2026, 1, 2),
        "authors": [{"family-names": "Ng", "given-names": "A. Y."}, {"name": "The R_team"}],
    }
    assert bibtex(cited, "walk", "50% of w_1^2", "Mine", "https://x.example/a_b.html#fig-walk", DEFAULTS) == (
        "@misc{mine-walk,\n"
        "  author = {Ng, A. Y. and {The R\\_team}},\n"
        "  title = {{50\\% of w\\_1\\textasciicircum{}2}},\n"
        "  howpublished = {Figure in {Ours \\& theirs}, version 1.0},\n"
        "  year = {2026},\n"
        "  url = {https://x.example/a_b.html#fig-walk},\n"
        "}\n"
    )
    bare = bibtex({}, "walk", "A walk", "My site", "", DEFAULTS)
    assert bare == "@misc{my-site-walk,\n  title = {{A walk}},\n  howpublished = {Figure in {My site}},\n}\n"


def test_a_citation_file_that_cannot_be_read_is_named(tmp_path):
    assert citation(tmp_path) == {}
    for text, said in (
        ("a: [", "cannot be read as YAML"),
        ("- 1", "must be a table"),
        ("authors: Me", "each of authors has a name, .*'Me'"),
        ("authors: [Me]", "each of authors has a name"),
        ("authors: [{given-names: A.}]", "each of authors has a name"),
        ("date-released: soon", "date-released must begin with a year, .*'soon'"),
        ("title: 7", "title must be a text, got 7"),
    ):
        (tmp_path / "CITATION.cff").write_text(text)
        with pytest.raises(ValueError, match=f"CITATION.cff: {said}"):
            citation(tmp_path)
