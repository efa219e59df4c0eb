"""What holds for every test."""

from __future__ import annotations

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def _interrupts_reach_children() -> None:
    """Let Ctrl-C reach the programs under test also where the tests run in the background, which ignores it.

    A child inherits that a signal is ignored, but not that it is handled.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
