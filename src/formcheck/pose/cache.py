"""Remembers what was found in a clip, so that the same clip is never followed twice with the same model."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from formcheck.errors import UnreadableClip
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import DAMAGE, load_track, track_arrays, write_arrays
from formcheck.video.clip import ClipInfo
from formcheck.video.unfinished import clear_unfinished

POSE_VERSION = 5
"""Raise it whenever the same clip and model would give other landmarks, times or facts than before."""

FOLDER_VARIABLE = "FORMCHECK_CACHE_DIR"
ENDING = ".npz"
MOST_BYTES = 500_000_000
"""About nine hours of landmarks at 30 frames a second."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What a run over a clip gave; ``poses`` are rounded as a track stores them."""

    clip: ClipInfo
    poses: PoseSequence
    warnings: tuple[str, ...]


def cache_folder() -> Path | None:
    """Return where results are kept: ``FORMCHECK_CACHE_DIR``, or the user's cache folder; None for a user without one.

    Services and containers run as users who have no home.
    """
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen) / "poses"
    try:
        folder = platformdirs.user_cache_path("formcheck")
    except RuntimeError:
        return None
    return folder / "poses" if folder.is_absolute() else None


@dataclass(frozen=True, kw_only=True)
class PoseCache:
    """Results by clip content and model. Nothing that goes wrong here ever stops an analysis.

    Without a folder nothing is known and nothing is kept. An entry is a landmark track with the clip's facts beside the
    arrays. The entries unused for longest are removed when all of them together grow beyond ``most_bytes``.
    """

    folder: Path | None
    most_bytes: int = MOST_BYTES

    def recall(self, path: Path, *, clip_sha256: str, model_sha256: str) -> Remembered | None:
        """Return the result for the clip at ``path``; None where there is none, or its entry is damaged."""
        if self.folder is None:
            return None
        entry = _entry(self.folder, clip_sha256, model_sha256)
        try:
            with entry.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                facts = json.loads(str(stored["facts"]))
            clip = _clip({**facts["clip"], "name": path.name, "path": str(path)})
            remembered = Remembered(
                clip=clip, poses=load_track(entry), warnings=tuple(str(warning) for warning in facts["warnings"])
            )
        except (*DAMAGE, UnreadableClip):
            return None
        if (clip.sha256, clip.frames) != (clip_sha256, len(remembered.poses)):
            return None
        with suppress(OSError):
            os.utime(entry)
        return remembered

    def remember(self, result: Remembered, *, model_sha256: str) -> None:
        """Keep a result, where the folder lets itself be written."""
        if self.folder is None:
            return
        facts = json.dumps({"clip": asdict(result.clip), "warnings": result.warnings})
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            clear_unfinished(self.folder)
            entry = _entry(self.folder, result.clip.sha256, model_sha256)
            write_arrays(entry, {**track_arrays(result.poses), "facts": np.array(facts)})
            self._forget_the_oldest(self.folder, keep=entry)

    def _forget_the_oldest(self, folder: Path, *, keep: Path) -> None:
        states = [(entry, entry.stat()) for entry in folder.glob(f"[!.]*{ENDING}")]
        total = sum(state.st_size for _, state in states)
        for entry, state in sorted(states, key=lambda known: known[1].st_mtime_ns):
            if total <= self.most_bytes:
                break
            if entry != keep:
                entry.unlink(missing_ok=True)
                total -= state.st_size


def _entry(folder: Path, clip_sha256: str, model_sha256: str) -> Path:
    return folder / f"{clip_sha256}-{model_sha256[:16]}-v{POSE_VERSION}{ENDING}"


def _clip(facts: dict[str, Any]) -> ClipInfo:
    """Return stored facts as those of a clip. Raises TypeError where they are of another kind or another version."""
    clip = ClipInfo(**facts)
    numbers = (clip.duration_s, clip.fps, clip.frames, clip.width, clip.height, clip.rotation_degrees)
    texts = (clip.sha256, clip.recorded_at or "")
    if not all(isinstance(number, int | float) for number in numbers) or not all(isinstance(t, str) for t in texts):
        raise TypeError
    return clip
