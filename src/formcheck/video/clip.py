"""What is known about a clip as a file, before anybody looks at the athlete."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ClipInfo:
    """Facts about one clip or landmark track.

    ``width`` and ``height`` are those of the upright picture in square pixels. ``duration_s`` runs from the first
    frame's start to the last frame's end. ``rotation_degrees`` is what the file asks players to turn the picture by
    (0, 90, 180, 270). ``recorded_at`` is ISO 8601 or None. For a landmark track ``rotation_degrees`` is 0.
    """

    name: str
    path: str
    sha256: str
    duration_s: float
    frames: int
    fps: float
    width: int
    height: int
    rotation_degrees: int = 0
    variable_frame_rate: bool = False
    recorded_at: str | None = None
