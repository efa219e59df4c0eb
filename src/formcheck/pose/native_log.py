"""Keeps native libraries from writing to the terminal: they use file descriptor 2, past Python and its settings."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STANDARD_ERROR = 2

_lock = threading.Lock()
_blocks = 0
_kept: int | None = None


@contextmanager
def silenced() -> Iterator[None]:
    """Send file descriptor 2 nowhere while the block runs, and put it back however the block ends.

    Blocks may be nested and may overlap in several threads: the first one in redirects, the last one out restores.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _blocks, _kept  # noqa: PLW0603  the descriptor is one for the whole process, and so is its state
    with _lock:
        _blocks += 1
        if _blocks > 1:
            return
        with suppress(OSError):  # without a descriptor 2 there is nothing to silence
            _kept = os.dup(STANDARD_ERROR)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, STANDARD_ERROR)
            os.close(nowhere)


def _leave() -> None:
    global _blocks, _kept  # noqa: PLW0603
    with _lock:
        _blocks -= 1
        if _blocks == 0 and _kept is not None:
            os.dup2(_kept, STANDARD_ERROR)
            os.close(_kept)
            _kept = None
