"""What a page shows around a live figure: the question, the controls, the answer."""

import html
import math
from collections.abc import Mapping

from figpress.figure.parameters import slider_position
from figpress.live.bundle import RUNTIME, runtime, script_address, script_of_page, version_of_script


def _words(parameter: Mapping[str, object]) -> str:
    symbol = f'<span class="fp-symbol">{html.escape(parameter["symbol"])}</span> ' if parameter["symbol"] else ""
    return symbol + html.escape(parameter["label"] or (parameter["name"] if not symbol else ""))


def _spoken(value: float, unit: str, words: Mapping[str, str]) -> str:
    """A number as it is said: a minus sign alone is often passed over. The page's script says the same as it changes."""
    size = words["infinity"] if math.isinf(value) else f"{abs(value):.12g}"
    return f"{words['minus'].format(size=size) if value < 0 else size}{unit and ' '}{unit}"


def _control(figure_id: str, parameter: Mapping[str, object], words: Mapping[str, str]) -> str:
    name, default, identity = parameter["name"], parameter["default"], f"{figure_id}-set-{parameter['name']}"
    label_html = f'<label for="{identity}">{_words(parameter)}</label>'
    if "options" in parameter:
        options = "".join(
            f"<option{' selected' if option == default else ''}>{html.escape(option)}</option>"
            for option in parameter["options"]
        )
        select = f'<select id="{identity}" name="{name}" autocomplete="off">{options}</select>'
        return f'<div class="fp-control">{label_html}{select}</div>'
    if "lines" in parameter:
        # A line break right after the tag is none of the text.
        text = f'rows="{parameter["lines"]}" wrap="off" spellcheck="false" autocomplete="off">\n{html.escape(default)}'
        return f'<div class="fp-control">{label_html}<textarea id="{identity}" name="{name}" {text}</textarea></div>'
    scale, value = parameter["scale"], "∞" if default == math.inf else f"{default:.12g}"
    low, high, at = (slider_position(parameter[key], scale) for key in ("low", "high", "default"))
    # A value that is not admitted cannot be the lowest of a slider.
    low += parameter["step"] if parameter["open_low"] else 0
    numbers = {"min": low, "max": high, "step": parameter["step"], "value": at}
    bounds = " ".join(f'{key}="{number:.12g}"' for key, number in numbers.items())
    heard = html.escape(_spoken(default, parameter["unit"], words), quote=True)
    spoken = html.escape(words["as_number"].format(parameter=parameter["label"] or parameter["symbol"] or name))
    unit = f'<span class="fp-unit">{html.escape(parameter["unit"])}</span>' if parameter["unit"] else ""
    # A text, since a field of numbers takes no decimal comma in some languages, and has no infinity. The keys of numbers alone
    # have no minus on some phones.
    keys = "decimal" if 0 <= parameter["low"] and parameter["high"] < math.inf else "text"
    return (
        f'<div class="fp-control">{label_html}'
        f'<input type="range" id="{identity}" name="{name}" {bounds} aria-valuetext="{heard}" autocomplete="off">'
        f'<span class="fp-value"><input type="text" name="{name}" value="{value}" inputmode="{keys}" autocomplete="off" '
        f'aria-label="{spoken}">{unit}</span></div>'
    )


def _elsewhere(figure, words: Mapping[str, str]) -> str:
    """A parameter as it is called elsewhere: where, and the value there."""
    name, calls = figure.live.elsewhere
    [parameter] = [parameter for parameter in figure.parameters if parameter["name"] == name]
    identity = f"fig-{figure.name}-elsewhere"
    options = "".join(f'<option value="{call["factor"]:.12g}">{html.escape(call["name"])}</option>' for call in calls)
    spoken = html.escape(words["elsewhere_as_number"].format(parameter=parameter["label"] or name))
    return (
        f'<div class="fp-control fp-elsewhere" data-of="{name}"><label for="{identity}">{html.escape(words["elsewhere"])}</label>'
        f'<select id="{identity}" autocomplete="off">{options}</select>'
        f'<input type="text" inputmode="decimal" autocomplete="off" aria-label="{spoken}" '
        f'value="{parameter["default"] / calls[0]["factor"]:.4g}"></div>'
    )


def markup_above(figure) -> str:
    """What stands above the drawing of a live figure: the question."""
    live = getattr(figure, "live", None)
    return f'<p class="fp-ask">{html.escape(live.ask)}</p>' if live and live.ask else ""


def markup_below(site, figure) -> str:
    """What stands below the drawing of a live figure: the controls and the answer."""
    live = getattr(figure, "live", None)
    if not live:
        return ""
    figure_id, words = f"fig-{figure.name}", site.labels
    parameters = {parameter["name"]: parameter for parameter in figure.parameters}
    controls = "".join(
        _control(figure_id, parameters[name], words) + (_elsewhere(figure, words) if name in live.elsewhere[:1] else "")
        for name in live.controls
    )
    reset = _button("reset", words["reset"])
    if live.play:
        # Right below the drawing, so that both are seen at once.
        play = _button("play", words["play"], "aria-pressed=false")
        steps = f"{play}{_button('step', words['step'])}{_button('back', words['back'])}{reset}"
        controls = f'<div class="fp-buttons">{steps}</div>{controls}'
    else:
        controls = f'{controls}<div class="fp-buttons">{reset}</div>'
    answer = ""
    if live.verdict:
        verdict = html.escape(str(figure.facts[live.verdict]))
        # Below the controls, which a longer answer would push away from under the pointer.
        request = _button("answer", words["show_answer"]) if live.ask else ""
        answer = (
            f'<div class="fp-answer">{request}'
            f'<output class="fp-verdict" aria-live="off" tabindex="-1">{verdict}</output></div>'
        )
    return (
        '<div class="fp-live"><form class="fp-controls" novalidate><fieldset disabled>'
        f'<legend class="fp-unseen">{html.escape(words["parameters"])}</legend>{controls}</fieldset></form>'
        f'<p class="fp-status" role="status"></p><p class="fp-said fp-unseen" role="status"></p></div>{answer}'
    )


def markup_beside(site, figure) -> str:
    """What stands in the quiet line under a live figure."""
    live = getattr(figure, "live", None)
    if live and any("lines" in parameter for parameter in figure.parameters):
        # A reader's own text is in no link.
        return ""
    return f'<span class="fp-aside">{_button("copy", site.labels["copy_link"])}</span>' if live else ""


def markup_folded(site, figure) -> str:
    """What is folded under a live figure: the command that draws what is seen, and the drawing to take away."""
    if not getattr(figure, "live", None):
        return ""
    return (
        f'<p class="fp-aside"><code class="fp-command">python {html.escape(figure.script)}</code> '
        f"{_button('download', site.labels['download'])}</p>"
    )


def _button(does: str, words: str, state: str = "") -> str:
    return f'<button type="button" data-do="{does}"{state and " " + state}>{html.escape(words)}</button>'


def scripts(site, page: str) -> str:
    """What loads, on the page now built, the scripts of a page's live figures; empty where none of its figures is live."""
    script = script_of_page(site, page)
    if not script:
        return ""
    still = "document.querySelectorAll('[data-live]').forEach(function (one) { one.classList.add('fp-still'); })"
    return "".join(
        f'<script defer src="{html.escape(site.url(address))}?{version_of_script(content)}" onerror="{still}"></script>'
        for address, content in ((RUNTIME, runtime(site.labels)), (script_address(page), script))
    )
