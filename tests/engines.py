"""Other engines than the one that all other tests use, each with the same few verbs; they need no driver of another's making.

Firefox understands WebDriver BiDi by itself. WebKit's own small browser, MiniBrowser, is driven by the WebDriver beside it.
"""

import base64
import contextlib
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

NOTING = """<script>
  window.problems = [];
  // A browser that is busy puts off what an observer of sizes is told, and says so: no fault.
  addEventListener('error', event => /^ResizeObserver loop/.test(event.message) ||
    problems.push(String(event.message || event.target.outerHTML)), true);
  addEventListener('unhandledrejection', event => problems.push(String(event.reason)));
</script>"""
"""What a page begins with, so that it knows of its errors: not every engine lets a driver ask for them."""

# Numbers that JSON has no form for.
_AS_JSON = "value => JSON.stringify(value ?? null, (key, one) => one - one === 0 || typeof one !== 'number' ? one : {'#': String(one)})"


def _read(text: str):
    return json.loads(text, object_hook=lambda found: float(found["#"]) if "#" in found else found)


class Engine:
    """One window."""

    def resize(self, width: int, height: int) -> None:
        """Give the page that room."""
        raise NotImplementedError

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        raise NotImplementedError

    def evaluate(self, function: str, *arguments):
        """What a JavaScript function (which may be async) gives for plain arguments: numbers, texts, lists and objects of these."""
        raise NotImplementedError

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        raise NotImplementedError

    def problems(self) -> list[str]:
        """What went wrong on the page that is open, which begins with ``NOTING``."""
        return self.evaluate("() => problems")


class Firefox(Engine):
    """One tab, by WebDriver BiDi."""

    def __init__(self, socket):
        self._socket, self._sent = socket, 0
        self._ask("session.new", capabilities={})
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method: str, **parameters) -> dict:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=120))
            if answer.get("id") == self._sent:
                assert answer["type"] == "success", f"{method}: {answer}"
                return answer["result"]

    def resize(self, width: int, height: int) -> None:
        self._ask("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, function: str, *arguments):
        call = f"Promise.resolve(({function})(...{json.dumps(arguments)})).then({_AS_JSON})"
        answer = self._ask("script.evaluate", expression=call, awaitPromise=True, target={"context": self._tab})
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return _read(answer["result"]["value"])

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("browsingContext.captureScreenshot", context=self._tab)["data"])

    def printed(self) -> bytes:
        """The page on paper, as PDF."""
        return base64.b64decode(self._ask("browsingContext.print", context=self._tab, background=False)["data"])


class WebKit(Engine):
    """One window without bars, which would keep it wider than a phone; by WebDriver."""

    def __init__(self, address: str, browser: str):
        options = {"binary": browser, "args": ["--automation", "--javascript-can-open-windows-automatically=true"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = f"{address}/session"
        self._session += f"/{self._ask('', capabilities=wanted)['sessionId']}"
        before = self._ask("/window/handles")
        self._ask(
            "/execute/sync",
            script="open('about:blank', 'plain', 'toolbar=no,menubar=no,width=800,height=600')",
            args=[],
        )
        (plain,) = set(self._ask("/window/handles")) - set(before)
        self._ask("/window", handle=plain)
        self._ask("/timeouts", script=120_000)

    def _ask(self, path: str, **body):
        """Send a command; without anything to say, ask."""
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self._session + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()}") from None

    def resize(self, width: int, height: int) -> None:
        self._ask("/window/rect", width=width, height=height)

    def open(self, address: str) -> None:
        self._ask("/url", url=address)

    def evaluate(self, function: str, *arguments):
        script = f"""const done = arguments[arguments.length - 1];
            Promise.resolve().then(() => ({function})(...{json.dumps(arguments)}))
              .then({_AS_JSON}).then(value => done({{value}}), error => done({{error: String(error)}}));"""
        answer = self._ask("/execute/async", script=script, args=[])
        assert "error" not in answer, answer
        return _read(answer["value"])

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("/screenshot"))

    def close(self) -> None:
        """End the browser, which its driver would leave behind."""
        urllib.request.urlopen(urllib.request.Request(self._session, method="DELETE"), timeout=60).close()


def _found(what: str, *names: str) -> str:
    path = next(filter(None, map(shutil.which, names)), None)
    return path or pytest.skip(f"{what} is not installed")


@contextlib.contextmanager
def _running(command: list[str], **options) -> Iterator[subprocess.Popen]:
    with subprocess.Popen(command, text=True, **options) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextlib.contextmanager
def firefox() -> Iterator[Firefox]:
    """A running Firefox; where there is none, or nothing to speak with it, the test is skipped with the reason."""
    path = _found("Firefox", "firefox", "firefox-esr")
    client = pytest.importorskip("websockets.sync.client", reason="websockets is not installed: pip install websockets")
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        command = [path, "--headless", "--profile", profile, "--remote-debugging-port", "0"]
        with _running(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            # It says where it listens, and much else afterwards, which has to go somewhere.
            said = next(line for line in process.stderr if "WebDriver BiDi listening on" in line)
            threading.Thread(target=process.stderr.read, daemon=True).start()
            address = re.search(r"ws://\S+", said)[0]
            with client.connect(f"{address}/session", max_size=None) as socket:
                yield Firefox(socket)


@contextlib.contextmanager
def webkit() -> Iterator[WebKit]:
    """A running MiniBrowser; where there is none, no driver or no screen to be had, the test is skipped with the reason."""
    driver, screen = _found("WebKitWebDriver", "WebKitWebDriver"), _found("Xvfb", "Xvfb")
    browsers = sorted(
        glob.glob("/usr/lib*/*/webkit2gtk-4.*/MiniBrowser") + glob.glob("/usr/libexec/webkit2gtk-4.*/MiniBrowser")
    )
    if not browsers:
        pytest.skip("MiniBrowser, WebKit's own, is not installed")
    # The screen chooses its own number and says which, once it is there.
    command = [screen, "-displayfd", "1", "-screen", "0", "1400x2000x24", "-nolisten", "tcp"]
    with _running(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as shown:
        display = f":{shown.stdout.readline().strip()}"
        port = _free_port()
        environment = os.environ | {"DISPLAY": display, "NO_AT_BRIDGE": "1"}
        with _running([driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL):
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/status")
            engine = WebKit(address, browsers[-1])
            try:
                yield engine
            finally:
                engine.close()


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(address: str) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


ENGINES = {"firefox": firefox, "webkit": webkit}
