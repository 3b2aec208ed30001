"""Firefox without a window, spoken to by WebDriver BiDi, which it understands by itself: no driver, and no other program."""

import contextlib
import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator

import pytest

_NOTED = """() => {
  window.problems = [];
  addEventListener('error', event => problems.push(String(event.message)));
  addEventListener('unhandledrejection', event => problems.push(String(event.reason)));
}"""


class Firefox:
    """One tab."""

    def __init__(self, socket):
        self._socket, self._sent = socket, 0
        self._ask("session.new", capabilities={})
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        self._ask("script.addPreloadScript", functionDeclaration=_NOTED)

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
        """What a JavaScript function (which may be async) gives for plain arguments, as JSON can say it."""
        call = f"Promise.resolve(({function})(...{json.dumps(arguments)})).then(value => JSON.stringify(value ?? null))"
        answer = self._ask("script.evaluate", expression=call, awaitPromise=True, target={"context": self._tab})
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def problems(self) -> list[str]:
        """Errors of scripts on the page that is open."""
        return self.evaluate("() => problems")


@contextlib.contextmanager
def firefox() -> Iterator[Firefox]:
    """A running Firefox; where there is none, or nothing to speak with it, the test is skipped with the reason."""
    path = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)
    if path is None:
        pytest.skip("Firefox is not installed")
    client = pytest.importorskip("websockets.sync.client", reason="websockets is not installed: pip install websockets")
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        command = [path, "--headless", "--profile", profile, "--remote-debugging-port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            try:
                # It says where it listens, and much else afterwards, which has to go somewhere.
                said = next(line for line in process.stderr if "WebDriver BiDi listening on" in line)
                threading.Thread(target=process.stderr.read, daemon=True).start()
                address = re.search(r"ws://\S+", said)[0]
                with client.connect(f"{address}/session", max_size=None) as socket:
                    yield Firefox(socket)
            finally:
                process.terminate()
