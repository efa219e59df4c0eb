"""Drives a headless Chromium over the DevTools protocol through a pipe: no port, no driver, no extra package."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--mute-audio",
    "--remote-debugging-pipe",
)
PATIENCE_S = 20.0
# The browser reads commands from descriptor 3 and answers on 4, whatever the pipes' own numbers are.
LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for descriptor, end in zip((3, 4), ends):
    os.dup2(end, descriptor)
os.execv(sys.argv[3], sys.argv[3:])
"""

# What somebody could try who gets markup of their own into a page; the page's policy must stop each.
_INTRUSIONS = """(async () => {
  const inline = document.createElement("script");
  inline.textContent = "window.ran = 'script'";
  document.body.append(inline);
  const handled = document.createElement("div");
  handled.setAttribute("onclick", "window.handled = 'handler'");
  handled.setAttribute("style", "width: 7px");
  document.body.append(handled);
  handled.click();
  const styled = handled.style.width === "7px" ? "style" : undefined;
  const fetched = await fetch("data:,x").then(() => "fetch", () => undefined);
  inline.remove();
  handled.remove();
  return [window.ran, window.handled, styled, fetched].filter(Boolean);
})()"""

Json = dict[str, Any]


def executable() -> str | None:
    """Return the path of an installed Chromium, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def required() -> str:
    """Return the path of an installed Chromium; without one a test is skipped, in continuous integration it fails."""
    program = executable()
    if program is not None:
        return program
    missing = "There is no Chromium to open the pages in: install it (Debian: apt-get install chromium)."
    if os.environ.get("CI"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


class Browser:
    """One browser with one page. Events of the page are kept in ``events`` as they come."""

    def __init__(self, program: str, profile: Path) -> None:
        to_browser, self._write_end = os.pipe()
        self._read_end, from_browser = os.pipe()
        pipes = [str(to_browser), str(from_browser)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, *pipes, program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[Json] = []
        try:
            self._attach()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the browser, by its own command first."""
        with contextlib.suppress(BrokenPipeError, EOFError, TimeoutError):
            self.call("Browser.close")
        os.close(self._write_end)
        os.close(self._read_end)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(self, method: str, **parameters: Any) -> Json:
        """Send one command and return its result."""
        self._number += 1
        message: Json = {"id": self._number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Browser.", "Target.")):
            message["sessionId"] = self._session
        os.write(self._write_end, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + PATIENCE_S
        while True:
            answer = self._next(end)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: Json = answer["result"]
                return result
            self.events.append(answer)

    def open(self, address: str) -> None:
        """Open an address and wait until it has loaded."""
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:
        """Return the value of a script's expression, promises awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "script failed"))
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Wait until a script's expression is true."""
        end = time.monotonic() + PATIENCE_S
        while not self.run(condition):
            if time.monotonic() > end:
                raise TimeoutError(f"never came true: {condition}")
            time.sleep(0.05)

    def size(self, width: int, height: int, *, mobile: bool = False, scale: float = 1.0) -> None:
        """Set the size of the page in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=mobile
        )

    def prefer(self, scheme: str) -> None:
        """Set the colour scheme that the page is told: ``light`` or ``dark``."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media="", features=features)

    def mouse(self, kind: str, x: float, y: float) -> None:
        """Send one mouse event: ``mouseMoved``, ``mousePressed`` or ``mouseReleased``."""
        button = "none" if kind == "mouseMoved" else "left"
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=int(button == "left"))

    def press(self, key: str) -> None:
        """Press and release one key, by its DOM name."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def screenshot(self, target: Path, *, whole: bool = True) -> None:
        """Save the page as a PNG, all of it or what the window shows."""
        answer = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        target.write_bytes(base64.b64decode(answer["data"]))

    def print_to(self, target: Path) -> None:
        """Print the page into a PDF."""
        target.write_bytes(base64.b64decode(self.call("Page.printToPDF", printBackground=False)["data"]))

    def refuses_what_it_was_not_given(self) -> list[str]:
        """Try to run a script, an event handler and a style of one's own and to fetch; return what was not refused."""
        return list(self.run(_INTRUSIONS))

    def complaints(self) -> list[str]:
        """Return every console message, exception and log entry since the page was opened."""
        self.run("0")
        kinds = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [json.dumps(event["params"]) for event in self.events if event.get("method") in kinds]

    def requests(self) -> list[str]:
        """Return the address of every request since the page was opened, embedded data left out."""
        self.run("0")
        sent = [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return list(dict.fromkeys(address for address in sent if not address.startswith("data:")))

    def _attach(self) -> None:
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def _next(self, end: float) -> Json:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read_end], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise TimeoutError("the browser does not answer")
            part = os.read(self._read_end, 1 << 20)
            if not part:
                raise EOFError("the browser has gone")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer: Json = json.loads(message)
        return answer
