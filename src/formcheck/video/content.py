"""A clip as a file on disk: that it is there at all, and the checksum that names its content."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from formcheck.errors import UnreadableClip


def require_file(path: Path) -> None:
    """Raise UnreadableClip unless ``path`` is a file with something in it that may be read."""
    try:
        if path.is_dir():
            raise UnreadableClip(f"{path} is a folder, and a clip was needed: give its files, or use formcheck batch.")
        if not path.exists():
            raise UnreadableClip(f"There is no file {path}: check the name and the folder.")
        if not path.is_file():
            raise UnreadableClip(f"{path} is not an ordinary file: save the clip as a file and give that.")
        if path.stat().st_size == 0:
            raise UnreadableClip(f"{path} is empty (0 bytes): copy or record the clip again.")
    except (OSError, ValueError) as error:
        raise UnreadableClip(
            f"{path} cannot be opened ({_cause(error)}): check the name and the permissions."
        ) from error
    if not os.access(path, os.R_OK):
        raise UnreadableClip(f"{path} may not be read: give yourself permission to read it.")


def content_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal, read in pieces and once per state of the file.

    Raises
    ------
    UnreadableClip
        Where there is no such file or it cannot be read.
    """
    require_file(path)
    try:
        state = path.stat()
        return _sha256(str(path.absolute()), state.st_size, state.st_mtime_ns)
    except OSError as error:
        raise UnreadableClip(f"{path} cannot be read ({_cause(error)}): copy or record the clip again.") from error


@lru_cache(maxsize=64)
def _sha256(path: str, size: int, modified_ns: int) -> str:  # noqa: ARG001
    """Hash the file; ``size`` and ``modified_ns`` only tell one state of it from the next."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _cause(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
