"""Which clips a call means: those named, those below folders, those a pattern or a list gives, each content once."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.errors import UnreadableClip, UsageError
from formcheck.report.folder_names import LANDMARKS, RESULT, VIDEO
from formcheck.report.wording import quoted
from formcheck.video.content import content_sha256

ENDINGS = frozenset(
    {".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mts", ".m2ts", ".ts", ".3gp", ".3g2", ".gif", ".mpg", ".mpeg"}
    | {".wmv", ".flv", ".ogv", ".npz"}
)
LIST_ENDINGS = frozenset({".txt", ".lst"})
OWN_NAMES = frozenset({VIDEO, LANDMARKS})
"""Files of earlier results, which are no uploads."""
MADE_BY_PROGRAMS = frozenset({".html", ".json", ".csv", ".parquet"})
"""Endings of lists and results, whose absence from the table surprises nobody."""

Hash = Callable[[Path], str]


@dataclass(frozen=True)
class Clip:
    """One clip to assess; ``sha256`` is of its content, None where it could not be read."""

    path: Path
    sha256: str | None


@dataclass
class Found:
    """The clips of a call in a steady order, and what was left out and why, a sentence each."""

    clips: list[Clip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    no_videos: list[Path] = field(default_factory=list)

    def told(self) -> list[str]:
        """Return every note, with all files that are no videos in one sentence."""
        if not self.no_videos:
            return self.notes
        endings = Counter(path.suffix.lower() or "no ending" for path in self.no_videos)
        kinds = ", ".join(f"{ending} {count}" for ending, count in endings.most_common(5))
        first = quoted(self.no_videos[0])
        if len(self.no_videos) == 1:
            return [*self.notes, f"{first} is no video by its ending: left out."]
        return [*self.notes, f"{len(self.no_videos)} files are no videos by their ending ({kinds}): left out."]


def find_clips(places: Sequence[str], *, leave_out: Path, sha256_of: Hash = content_sha256) -> Found:
    """Return the clips that ``places`` name.

    A place is a clip, a folder (searched with its folders, hidden ones left out, links followed once), a pattern with
    ``*``, ``?`` or ``[]``, or a text file that lists places line by line. ``leave_out`` is the output folder, whose
    own videos are no clips. Of several files with the same content the first one counts, the others are noted.

    Raises
    ------
    UsageError
        Where a folder does not exist, a pattern matches nothing, or there is no clip at all.
    """
    found = Found()
    first_of: dict[str, Path] = {}
    for path in _distinct(_paths(places, leave_out, found), found):
        sha256 = _sha256(path, sha256_of)
        if sha256 is not None and first_of.setdefault(sha256, path) is not path:
            found.notes.append(f"{quoted(path)} has the same content as {quoted(first_of[sha256])}: assessed once.")
        else:
            found.clips.append(Clip(path, sha256))
    if not found.clips:
        raise UsageError(f"There are no clips in {', '.join(map(quoted, places))}: name folders or files with videos.")
    return found


def _paths(places: Iterable[str], leave_out: Path, found: Found, *, listed: bool = False) -> Iterator[Path]:
    """Yield the files that places mean; a clip that is missing is yielded too, and fails for itself."""
    for place in places:
        path = Path(place)
        if path.is_dir():
            yield from _below(path, leave_out, found)
        elif path.suffix.lower() in LIST_ENDINGS and path.is_file() and not listed:
            yield from _paths(_lines(path), leave_out, found, listed=True)
        elif os.path.lexists(path):
            yield from _if_clip(path, found)
        elif glob.has_magic(place):
            yield from _matches(place, leave_out, found)
        elif listed or path.suffix.lower() in ENDINGS:
            yield path
        else:
            raise UsageError(f"There is no file or folder {quoted(path)}: check the name.")


def _lines(path: Path) -> list[str]:
    """Return the places in a list, relative ones as seen from it; blank lines and ``#`` lines are left out."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
    except OSError as error:
        raise UsageError(f"The list {quoted(path)} cannot be read: {error.strerror}.") from error
    return [str(path.parent / line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def _matches(pattern: str, leave_out: Path, found: Found) -> Iterator[Path]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - patterns may be absolute
    if not matches:
        raise UsageError(f"Nothing matches {quoted(pattern)}: check the pattern and the folder.")
    for path in map(Path, matches):
        if path.is_dir():
            yield from _below(path, leave_out, found)
        else:
            yield from _if_clip(path, found)


def _if_clip(path: Path, found: Found) -> Iterator[Path]:
    if path.suffix.lower() in ENDINGS or not path.suffix:
        yield path
    else:
        found.no_videos.append(path)


def _below(folder: Path, leave_out: Path, found: Found) -> Iterator[Path]:
    """Yield the clips below a folder, sorted; folders that links lead back to are visited once."""

    def note(error: OSError) -> None:
        found.notes.append(f"The folder {quoted(error.filename)} cannot be read ({error.strerror}): left out.")

    visited: set[tuple[int, int]] = set()
    for place, folders, files in os.walk(folder, followlinks=True, onerror=note):
        here = Path(place)
        if not _first_visit(here, visited) or _same(here, leave_out):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        own = OWN_NAMES if RESULT in files else frozenset()
        for name in sorted(files):
            ending = Path(name).suffix.lower()
            if name.startswith(".") or name in own:
                continue
            if ending in ENDINGS:
                yield here / name
            elif ending not in MADE_BY_PROGRAMS:
                found.no_videos.append(here / name)


def _first_visit(folder: Path, visited: set[tuple[int, int]]) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    identity = (status.st_dev, status.st_ino)
    first = identity not in visited
    visited.add(identity)
    return first


def _same(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return False


def _distinct(paths: Iterable[Path], found: Found) -> Iterator[Path]:
    """Yield every file once: under its own path where that is named too, else under its first link's."""
    named = {path: os.path.realpath(path) for path in paths}
    first_of: dict[str, Path] = {}
    for path in sorted(named, key=Path.is_symlink):
        first_of.setdefault(named[path], path)
    for path, real in named.items():
        if path is first_of[real]:
            yield path
        elif path.is_symlink():
            found.notes.append(f"{quoted(path)} is the same file as {quoted(first_of[real])}: assessed once.")


def _sha256(path: Path, sha256_of: Hash) -> str | None:
    try:
        return sha256_of(path)
    except (OSError, UnreadableClip):
        return None
