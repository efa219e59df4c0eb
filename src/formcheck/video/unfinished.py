"""Files that appear only when they are whole, and the remains of those that a killed process never finished.

Whoever writes holds a lock on what it writes until that is done. The system drops the locks of a process that ends,
however it ends, so that what nobody holds is nobody's any more, whatever the clock says.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = re.compile(r"\.formcheck-[0-9a-f]{16}(\..{0,15})?")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; it becomes ``target`` if the block ends well, and goes if not."""
    temporary, descriptor = _begun(target)
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
        os.close(descriptor)


def _begun(target: Path) -> tuple[Path, int]:
    """Return an empty file beside ``target`` and a descriptor that holds it."""
    while True:
        temporary = target.with_name(f".formcheck-{secrets.token_hex(8)}{target.suffix[:16]}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with suppress(OSError):  # a file system without locks: nobody can hold anything there, or take it away
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if temporary.exists():  # else somebody who clears up was between the two calls
            return temporary, descriptor
        os.close(descriptor)


def clear_unfinished(folder: Path) -> None:
    """Remove the files in ``folder`` that killed processes left half written; nothing else is touched."""
    with suppress(OSError):
        for path in [path for path in folder.iterdir() if UNFINISHED.fullmatch(path.name)]:
            _clear(path)


def _clear(path: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(descriptor)
