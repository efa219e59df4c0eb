"""One clip after repair: who the file is, the clean landmarks and the angle table. What renderers draw from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.video.clip import ClipInfo

ANGLES_OF_A_SIDE = (
    "knee_flexion",
    "hip_flexion",
    "thigh_elevation",
    "shank_inclination",
    "foot_pitch",
    "ankle_dorsiflexion",
    "elbow_flexion",
    "knee_valgus",
)
ANGLES_OF_THE_BODY = ("trunk_lean", "trunk_side_lean", "pelvic_obliquity")
ANGLE_COLUMNS = (
    *(f"{side}_{angle}" for angle in ANGLES_OF_A_SIDE for side in ("left", "right")),
    *ANGLES_OF_THE_BODY,
)
"""The columns of ``angles.csv`` after ``time_s``, in order."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A clip that has been followed.

    ``source`` is the clip's path (a video or a landmark track). ``poses`` are as detected; ``clean`` is the same
    after left/right repair, gap filling and smoothing, what every angle is computed from. ``angles`` maps each of
    ``ANGLE_COLUMNS`` to (n,) degrees, NaN where the view or the landmarks cannot tell.
    """

    clip: ClipInfo
    source: Path
    is_track: bool
    poses: PoseSequence
    clean: PoseSequence
    angles: Mapping[str, FloatArray]
