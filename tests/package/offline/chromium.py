"""Chromium through its DevTools protocol over a pipe: no driver, no library, and every request is seen."""

from __future__ import annotations

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --mute-audio "
    "--remote-debugging-pipe"
).split()
PATIENCE = 60.0


def found() -> str | None:
    """Return where the browser is."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """Run a browser with one tab; its profile is a new folder."""
    path = found()
    assert path
    read_end, their_output = os.pipe()
    their_input, write_end = os.pipe()
    # The browser reads its orders from descriptor 3 and answers on 4.
    shell = f'exec 3<&{their_input} 4>&{their_output}; exec "$0" "$@"'
    process = subprocess.Popen(
        ["bash", "-c", shell, path, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
        pass_fds=(their_input, their_output),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(their_input)
    os.close(their_output)
    with open(read_end, "rb", buffering=0) as answers, open(write_end, "wb", buffering=0) as orders:
        try:
            yield Tab(answers, orders)
        finally:
            process.terminate()
            process.wait(PATIENCE)


class Refused(AssertionError):
    """The browser cannot do so, or not now."""


class Tab:
    """One page, and everything that was heard of it."""

    def __init__(self, answers: Any, orders: Any) -> None:
        self._answers, self._orders = answers, orders
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = next(one for one in self("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self._session = self("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self(f"{domain}.enable")
        self("Emulation.setFocusEmulationEnabled", enabled=True)

    def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its answer."""
        number = next(self._numbers)
        order = {"id": number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        self._orders.write(json.dumps(order).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == number:
                if "error" in message:
                    raise Refused(f"{method}: {message['error']}")
                answer: dict[str, Any] = message["result"]
                return answer
            self.events.append(message)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select.select([self._answers], [], [], PATIENCE)[0], "the browser does not answer"
            piece = os.read(self._answers.fileno(), 1 << 20)
            assert piece, "the browser is gone"
            self._rest += piece
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message

    def open(self, url: str) -> None:
        """Go to a page."""
        self("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def value(self, expression: str) -> Any:
        """Return what JavaScript evaluates to."""
        answer = self("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, expression: str) -> Any:
        """Return the first value that is true. A page that is loading has none."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(Refused):
                answer = self("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
                if answer["result"].get("value"):
                    return answer["result"]["value"]
            time.sleep(0.02)
        raise AssertionError(f"never true: {expression}")

    def look(self, width: int, height: int, *, dark: bool = False) -> None:
        """Emulate a screen of this size, in light or dark."""
        self("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self("Emulation.setEmulatedMedia", features=[scheme])

    def screenshot(self, *, whole: bool = False) -> bytes:
        """Return a PNG of what is visible, or of the whole page."""
        answer = self("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(answer["data"])

    def requested_urls(self) -> list[str]:
        """Return every URL that was requested."""
        self("Runtime.evaluate", expression="1")
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """Return errors of scripts, of the console, of the policy of the page."""
        self("Runtime.evaluate", expression="1")
        found = []
        for event in self.events:
            name, params = event.get("method"), event.get("params", {})
            if name == "Runtime.exceptionThrown":
                found.append(str(params["exceptionDetails"]))
            elif name == "Runtime.consoleAPICalled" and params["type"] in {"error", "warning", "assert"}:
                found.append(str(params["args"]))
            elif name == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
                found.append(str(params["entry"]))
        return found
