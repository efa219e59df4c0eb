"""One process at a time writes into a result folder, and clears away what a killed one left there."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from formcheck.video.unfinished import UNFINISHED

STAGING = ".formcheck-"
_REMAINS = re.compile(rf"{re.escape(STAGING)}[a-z0-9_]{{8}}|{UNFINISHED.pattern}")
"""What a killed process leaves where it was writing: a staging folder or a file not yet whole."""


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Make ``folder`` where it does not exist and keep others from writing into it; wait for whoever does.

    Raises
    ------
    OSError
        Where the folder cannot be made or opened.
    """
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with suppress(OSError):  # a file system without locks; two runs at once are then the user's own care
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_still(folder, descriptor):
                yield
                return
        finally:
            os.close(descriptor)


def clear_remains(folder: Path) -> None:
    """Remove what a killed process left half written in a result folder; nothing else is touched, nothing in use."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            if _is_held(descriptor):
                return
            if remove_remains(folder):
                folder.rmdir()  # succeeds only where nothing else is in it
        finally:
            os.close(descriptor)


def remains(folder: Path) -> list[Path]:
    """Return what processes that write, or did not live to end it, have in a result folder."""
    try:
        return sorted(path for path in folder.iterdir() if _REMAINS.fullmatch(path.name))
    except OSError:
        return []


def remove_remains(folder: Path) -> bool:
    """Remove what is left half written and return whether anything was; for whoever holds the folder."""
    found = remains(folder)
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return bool(found)


def _is_still(folder: Path, descriptor: int) -> bool:
    """Tell whether the open folder is the one of that name: whoever held it may have removed it."""
    try:
        return os.path.samestat(folder.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _is_held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
