"""What is done already: one small file for each finished clip, so that a run can be broken off at any moment."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import formcheck
from formcheck.batch.task import Outcome, Task
from formcheck.errors import UsageError
from formcheck.report.folder_lock import clear_remains
from formcheck.report.folder_names import OWN_FILES, RESULT
from formcheck.report.whole_file import cannot_write
from formcheck.report.wording import quoted
from formcheck.video.content import content_sha256
from formcheck.video.unfinished import whole_file

FOLDER = ".formcheck-batch"
CLIPS = "clips"
BEGUN = "begun"
ANOTHER_TRY_MAY_HELP = frozenset({"crashed", "timeout", "failed", "out_of_memory", "cannot_write"})
"""Failures that are not remembered: the next run tries these clips again."""


class Ledger:
    """The finished clips of one output folder.

    An entry is named after the clip's content and place, the options and formcheck's version: whatever of these
    changes, the clip is assessed again. Entries are written whole or not at all; a broken one counts as none.
    """

    def __init__(self, output: Path) -> None:
        self.folder = output / FOLDER
        self._hashes: dict[str, list[Any]] = _read(self.folder / "contents.json")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other batches out of the output folder while the block runs; a killed run holds nothing.

        Raises
        ------
        UsageError
            Where another batch is writing there, or nothing can be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("wb")
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        with lock:
            self._lock(lock.fileno())
            for folder in (self.folder.parent, self.folder, self.folder / CLIPS, self.folder / BEGUN):
                clear_remains(folder)
            self._clear_what_was_begun()
            yield

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"Another formcheck batch is writing to {quoted(self.folder.parent)}: wait for it, or name another "
                "folder with --output."
            ) from error
        except OSError:
            return  # a file system without locks; two batches at once are then the user's own care

    def content_sha256(self, path: Path) -> str:
        """Return the hash of a clip's content; a file of unchanged size and time is not read again."""
        status = path.stat()
        state = [status.st_size, status.st_mtime_ns]
        known = self._hashes.get(os.path.realpath(path))
        if known is not None and known[:2] == state:
            return str(known[2])
        sha256 = content_sha256(path)
        self._hashes[os.path.realpath(path)] = [*state, sha256]
        return sha256

    def keep_hashes(self) -> None:
        """Write down the hashes of all clips seen, where that is possible."""
        with suppress(OSError):
            _write(self.folder / "contents.json", self._hashes)

    def done(self, task: Task) -> Outcome | None:
        """Return what became of a clip in an earlier run, None where it must be assessed."""
        stored = _read(self._place(task)) if task.sha256 is not None else {}
        try:
            if not _unchanged(task.folder, stored["files"], stored.pop("result_sha256")):
                return None
            return Outcome(**{**stored, "rows": tuple(stored["rows"]), "files": tuple(stored["files"])})
        except (LookupError, TypeError):
            return None

    def remember(self, task: Task, outcome: Outcome) -> None:
        """Write down what became of a clip, unless another try may end differently.

        Raises
        ------
        UsageError
            Where the folder cannot be written: disk full, read-only, gone.
        """
        if task.sha256 is None or outcome.code in ANOTHER_TRY_MAY_HELP:
            return
        try:
            _write(self._place(task), {**asdict(outcome), "result_sha256": _result_sha256(task.folder, outcome.files)})
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    def begin(self, task: Task) -> None:
        """Write down that a clip's folder is about to be written, so that a killed run's half of it can be cleared.

        Raises
        ------
        UsageError
            Where the ledger cannot be written.
        """
        try:
            _write(self._place(task, BEGUN), {"folder": os.fsencode(task.folder).hex()})
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    def ended(self, task: Task) -> None:
        """Forget that a clip was begun."""
        with suppress(OSError):
            self._place(task, BEGUN).unlink(missing_ok=True)

    def _clear_what_was_begun(self) -> None:
        """Remove what a killed run left in result folders: staging, and files of a result that was never completed."""
        for note in sorted((self.folder / BEGUN).glob("*.json")):
            folder = Path(os.fsdecode(bytes.fromhex(str(_read(note).get("folder", "")))))
            if folder.name and folder.parent == self.folder.parent.absolute():
                clear_remains(folder)
                if not (folder / RESULT).exists():
                    _remove_files(folder, OWN_FILES)
            note.unlink(missing_ok=True)

    def _place(self, task: Task, kind: str = CLIPS) -> Path:
        key = [task.sha256, formcheck.__version__, task.settings(), str(task.path), str(task.folder)]
        name = hashlib.sha256(json.dumps(key, sort_keys=True, default=str).encode()).hexdigest()
        return self.folder / kind / f"{name[:32]}.json"


def _remove_files(folder: Path, names: Iterable[str]) -> None:
    """Remove files, and the folder where nothing is left in it."""
    with suppress(OSError):
        for name in names:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _unchanged(folder: Path, files: list[str], result_sha256: str | None) -> bool:
    """Return whether every file of a result is there and its verdict is the one that was written."""
    return all((folder / name).is_file() for name in files) and _result_sha256(folder, files) == result_sha256


def _result_sha256(folder: Path, files: tuple[str, ...] | list[str]) -> str | None:
    if not files:
        return None
    try:
        return hashlib.sha256((folder / RESULT).read_bytes()).hexdigest()
    except OSError:
        return None


def _read(place: Path) -> dict[str, Any]:
    """Return what was written into a file, nothing where it is not exactly that any more."""
    try:
        digest, _, text = place.read_text(encoding="utf-8").partition("\n")
        stored = json.loads(text) if digest == _digest(text) else {}
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(place: Path, content: dict[str, Any]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=True)
    with whole_file(place) as temporary:
        temporary.write_text(f"{_digest(text)}\n{text}", encoding="utf-8")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
