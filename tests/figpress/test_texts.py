"""A drawing in other words: all of its texts, with the numbers that are computed."""

import json
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from figpress.drawing.script import main
from figpress.drawing.texts import Texts, load_texts, template
from figpress.figure.computing import figure_module
from figures import absolute_value, house_style, walk


@pytest.mark.parametrize(
    ("text", "key", "numbers"),
    [
        ("After 4 steps", "After {1} steps", ["4"]),
        ("from −1.5 to -2e-3, not 0", "from {1} to {2}, not {3}", ["−1.5", "-2e-3", "0"]),
        ("3.6 − 0.5 × 1 = 3.1", "{1} − {2} × {3} = {4}", ["3.6", "0.5", "1", "3.1"]),
        ("1,234.5, then 1.2 · 10²⁰", "{1}, then {2}", ["1,234.5", "1.2 · 10²⁰"]),
        ("half squared L2, w₁ and w2", "half squared L2, w₁ and w2", []),
        ("$w_{1}$ is 2w", "$w_{{1}}$ is {2}w", ["1", "2"]),
    ],
)
def test_a_template_has_places_for_numbers_and_keeps_names(text, key, numbers):
    assert template(text) == (key, numbers)


@given(st.text("aL1 2.,−{}$e5"))
def test_where_nothing_is_said_instead_a_text_stays(text):
    assert Texts().of(text) == text


def test_places_may_change_their_order_and_numbers_their_decimal_mark():
    texts = Texts({"{1} of {2} weights": "von {2} Gewichten {1}"}, decimal=",")
    assert texts.of("0.5 of 1,234.5 weights") == "von 1\u202f234,5 Gewichten 0,5"
    assert texts.of("2.5") == "2,5"


def test_all_that_a_figure_says_is_said_in_other_words():
    """Ticks, labels, a legend, a title, a note, and a name on a part of the figure."""
    with house_style():
        canvas = Figure()
        left, right = canvas.subfigures(1, 2)
        axes, other = left.subplots(), right.subplots()
        axes.plot([0, 1], [0, 1], label="a line")
        axes.legend(title="lines")
        axes.set(xlabel="step", ylabel="weight", title="one 3.5", yticks=[0, 0.5, 1])
        axes.annotate("a note", (0, 0))
        other.secondary_yaxis("right").set_yticks([0, 1], ["none", "all of it"])
        left.suptitle("above")
        words = ["a line", "lines", "step", "weight", "one {1}", "a note", "none", "all of it", "above"]
        texts = Texts({word: f"[{word}]" for word in words}, ",")
        texts.put_on(canvas)
        canvas.draw_without_rendering()
        shown = {text.get_text() for text in canvas.findobj(Text) if text.get_visible()}
    assert {f"[{word}]" for word in words} - {"[one {1}]"} | {"[one 3,5]"} <= shown
    assert not shown & set(words) and "0,5" in shown and "0.5" not in shown
    assert set(texts.seen) == set(words)


@pytest.fixture
def table(tmp_path):
    """Writes a table of texts, and gives its file."""

    def write(texts, decimal="."):
        lines = (f"{json.dumps(key)} = {json.dumps(text)}\n" for key, text in texts.items())
        file = tmp_path / "texts.toml"
        file.write_text(f'decimal = "{decimal}"\n[texts]\n{"".join(lines)}', encoding="utf-8")
        return file

    return write


WALK = {
    "After {1} steps": "Nach {1} Schritten, größer",
    "After {1} step": "Nach {1} Schritt",
    "half squared L2": "½ L2-Quadrat",
    "L1, subgradient": "L1, Subgradient",
    "L1, proximal": "L1, proximal",
    "step": "Schritt",
    "weight w": "Gewicht w",
}


def test_a_figure_is_drawn_in_german_with_its_own_numbers(table, tmp_path, capsys):
    output = tmp_path / "walk.svg"
    given = ["--w0=5.1", "--editable-text", "-o", str(output), "--texts", str(table(WALK, ","))]
    main(figure_module(walk), given)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", output.read_text(encoding="utf-8"))
    assert {"Nach 4 Schritten, größer", "Gewicht w", "Schritt", "3,6 − 0,5 × 1 = 3,1"} <= set(texts)
    # Nothing is left to be said, so nobody is told; and a text for another step is no mistake.
    assert not [text for text in texts if "step" in text or "." in text] and capsys.readouterr().err == ""


def test_each_format_says_it(table, tmp_path):
    for ending in ("pdf", "gif"):
        moves = ["--sweep", "g=0.95:1"] if ending == "gif" else []
        for language in ([], ["--texts", str(table({"weight w": "Gewicht w"}))]):
            output = tmp_path / f"{len(language)}.{ending}"
            main(figure_module(absolute_value), ["-o", str(output), "--size", "2x2", "--dpi", "50", *moves, *language])
        assert (tmp_path / f"0.{ending}").read_bytes() != (tmp_path / f"2.{ending}").read_bytes()


def test_a_description_is_translated_by_sentences_and_what_is_left_is_told(table, tmp_path, capsys):
    file = table({"At step {1} they stand at {2}, {3} and {4}.": "Stand {1}: {2}, {3}, {4}."}, ",")
    main(figure_module(walk), ["-o", str(tmp_path / "walk.json"), "--texts", str(file)])
    described = json.loads((tmp_path / "walk.json").read_text(encoding="utf-8"))["description"]
    assert described.endswith("and never arrives. Stand 4: 3, 3, 0,3125.")
    assert "'Under half squared L2 the walk halves for ever and never arrives.'" in capsys.readouterr().err


def test_a_table_to_be_filled_in_has_all_that_a_figure_says(tmp_path, capsys):
    file = tmp_path / "all.toml"
    main(figure_module(absolute_value), ["--write-texts", str(file)])
    texts = tomllib.loads(file.read_text(encoding="utf-8"))["texts"]
    assert texts and all(key == text and re.search(r"[^\W\d_]{2}", key) for key, text in texts.items())
    before, after = tmp_path / "before.svg", tmp_path / "after.svg"
    main(figure_module(absolute_value), ["-o", str(before)])
    main(figure_module(absolute_value), ["-o", str(after), "--texts", str(file)])
    assert before.read_bytes() == after.read_bytes()
    # What somebody has translated is not written over.
    with pytest.raises(SystemExit):
        main(figure_module(absolute_value), ["--write-texts", str(file)])
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"weigth w": "Gewicht w"}, "absolute_value does not say 'weigth w'; it says 'weight w'"),
        ({"slope {1}": "Steigung"}, r"must have the places of 'slope \{1\}' \(\{1\}\), and has none"),
        ({"weight w": "Gewicht {1}"}, r"and has \{1\}"),
        ({"weight w": "Gewicht 4"}, "has the number 4 typed into it"),
        ({"weight w": "步"}, "Glyph .* missing from font"),
    ],
)
def test_a_table_that_cannot_be_is_refused_and_nothing_is_written(table, tmp_path, capsys, texts, said):
    output = tmp_path / "drawing.png"
    with pytest.raises(SystemExit) as refused:
        main(figure_module(absolute_value), ["-o", str(output), "--texts", str(table(texts))])
    assert refused.value.code == 2 and not output.exists()
    assert re.search(said, capsys.readouterr().err)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("texts = [", "cannot be read as TOML"),
        ("text = {}", "there is no 'text', only decimal and the table"),
        ('decimal = ";"', 'decimal must be "." or ","'),
        ("texts = 1", "must be a table of texts"),
        ("[texts]\nstep = 1", "must be a table of texts"),
    ],
)
def test_a_file_that_is_no_table_of_texts_is_refused(tmp_path, content, said):
    file = tmp_path / "texts.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_texts(file)
