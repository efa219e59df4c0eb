"""Text files that are written whole or not at all, and the sentence for what cannot be written."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.report.wording import quoted
from formcheck.video.unfinished import clear_unfinished, whole_file

_CAUSES = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "your share of the disk is full; free some space",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOENT: "the folder is gone",
    errno.ENOTDIR: "a part of that path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


def write_text(text: str, target: Path) -> None:
    """Write ``text`` as UTF-8, as a whole; a pipe or a device is written to as it stands.

    What a killed run left half written beside ``target`` is cleared away.

    Raises
    ------
    UsageError
        Where ``target`` cannot be written.
    """
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8", newline="\n")
            return
        real = target.resolve()
        real.parent.mkdir(parents=True, exist_ok=True)
        clear_unfinished(real.parent)
        with whole_file(real) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise cannot_write(target, error) from error


def cannot_write(target: Path, error: OSError) -> UsageError:
    """Return the sentence that says why ``target`` cannot be written and what to do."""
    cause = _CAUSES.get(error.errno or 0, (error.strerror or type(error).__name__).lower())
    return UsageError(f"Cannot write {quoted(target)}: {cause}, or choose another place.")


def check_place(folder: Path) -> None:
    """Make sure that files can be written below ``folder``, which may not exist yet; leave nothing behind.

    Raises
    ------
    UsageError
        Where they cannot.
    """
    existing = next((place for place in (folder, *folder.absolute().parents) if os.path.lexists(place)), folder)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise cannot_write(folder, error) from error
