"""The ground truth of a rendered clip: points, angles and events, as ``CLIP.truth.json.gz`` tells them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.kinematics.angles import Posture
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.repair import trunk_length
from formcheck.pose.sequence import LANDMARKS
from formcheck.vocabulary import Landmark, Part, Side

UPRIGHT_DEGREES = 45.0
"""A trunk nearer to vertical than this stands: forward is then where the chest points, else where the head would be
after a fall forwards."""
SIDEWAYS_DEGREES = 20.0
"""Degrees that the camera must stand off the body's front before one side is nearer than the other."""
FACE_UP = 0.03
"""Trunk lengths of the nose over the eyes from which somebody who lies is on the back: their feet are forward then."""
AHEAD = np.array([0.5, 0.0, 0.0])
"""Metres in the world: the rendered athlete stands facing its +x."""
HIPS_STACKED = 0.25
"""Trunk lengths: hips this far one above the other belong to somebody who lies on a side, both sides equally near."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The fault that was put into a clip, and its size."""

    name: str
    magnitude: float
    unit: str


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What happened in a clip.

    ``xy_px`` is (n, 33, 2) pixels of the joint centres, NaN for landmarks that the truth does not name.
    ``image_angles`` and ``angles`` map each name to (n,) degrees, unsigned as a perfect detector would see them and
    exact in space. ``fault`` is None for a clean clip, ``repetitions`` for a hold, ``hold_s`` for anything else.
    ``forward`` is +1 where the athlete's forward is to the picture's right, -1 to the left; ``near`` is the side nearer
    to the camera, None where neither is.
    """

    time_s: FloatArray
    xy_px: FloatArray
    image_angles: Mapping[str, FloatArray]
    angles: Mapping[str, FloatArray]
    fault: Fault | None
    repetitions: int | None
    cadence_per_minute: float | None
    hold_s: float | None
    forward: float
    near: Side | None

    @property
    def trunk_px(self) -> float:
        return trunk_length(self.xy_px)

    @property
    def posture(self) -> Posture:
        """The angles of the true points, by the formulas that formcheck applies to the landmarks it found."""
        return Posture(self.xy_px, np.full(len(self.time_s), self.forward))

    def at(self, time_s: FloatArray) -> Truth:
        """Return the truth at other moments, by straight lines between its own; nothing is known outside of them."""

        def moved(values: FloatArray) -> FloatArray:
            return np.interp(time_s, self.time_s, values, left=np.nan, right=np.nan)

        flat = self.xy_px.reshape(len(self.time_s), -1)
        points = np.stack([moved(column) for column in flat.T], axis=1).reshape(len(time_s), LANDMARKS, 2)
        return replace(
            self,
            time_s=time_s,
            xy_px=points,
            image_angles={name: moved(values) for name, values in self.image_angles.items()},
            angles={name: moved(values) for name, values in self.angles.items()},
        )


def read_truth(path: Path) -> Truth:
    """Read a truth file, compressed or not."""
    raw = path.read_bytes()
    content: dict[str, Any] = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    frames = content["per_frame"]
    points = _points(frames)
    image_angles = _series(frames, "image_angles")
    hold = content["hold"]
    return Truth(
        time_s=np.array([frame["t"] for frame in frames], dtype=np.float64),
        xy_px=points,
        image_angles=image_angles,
        angles=_series(frames, "angles"),
        fault=_fault(content["faults"]),
        repetitions=None if hold else int(content["rep_count"]),
        cadence_per_minute=content["cadence_per_min"],
        hold_s=float(hold["seconds"]) if hold else None,
        forward=_forward(points, image_angles["trunk_from_vertical"], content["camera"]),
        near=_near(points, float(content["camera"]["azimuth_deg"])),
    )


def _fault(faults: dict[str, Any]) -> Fault | None:
    """Return the one fault of a clip; no clip has several."""
    for name, fault in faults.items():
        return Fault(name=name, magnitude=float(fault["magnitude"]), unit=str(fault["unit"]))
    return None


def _points(frames: list[dict[str, Any]]) -> FloatArray:
    points = np.full((len(frames), LANDMARKS, 2), np.nan)
    for row, frame in enumerate(frames):
        for name, (x, y, _visible) in frame["landmarks"].items():
            points[row, Landmark[name.upper()]] = x, y
    return points


def _series(frames: list[dict[str, Any]], kind: str) -> dict[str, FloatArray]:
    return {name: np.array([frame[kind][name] for frame in frames], dtype=np.float64) for name in frames[0][kind]}


def _forward(points: FloatArray, trunk_from_vertical: FloatArray, camera: dict[str, Any]) -> float:
    """Return the picture's direction of forward."""
    if float(np.median(np.abs(trunk_from_vertical))) < UPRIGHT_DEGREES:
        target = np.array(camera["target"], dtype=np.float64)
        ahead = _across(camera, target + AHEAD) - _across(camera, target)
    else:
        shoulders, hips = (_middle(points, part) for part in (Part.SHOULDER, Part.HIP))
        eyes = points[:, [Landmark.LEFT_EYE, Landmark.RIGHT_EYE]].mean(axis=1)
        face_up = float(np.median(eyes[:, 1] - points[:, Landmark.NOSE, 1])) > FACE_UP * trunk_length(points)
        ahead = float(np.median(shoulders[:, 0] - hips[:, 0])) * (-1.0 if face_up else 1.0)
    return 1.0 if ahead >= 0 else -1.0


def _across(camera: dict[str, Any], point: FloatArray) -> float:
    """Return where in the picture a point of the world lies, from left to right."""
    x, _, _, depth = np.array(camera["view_projection"]) @ np.append(point, 1.0)
    return float(x / depth)


def _near(points: FloatArray, azimuth_degrees: float) -> Side | None:
    """Return the nearer side; a camera at azimuth +90 stands at the athlete's left."""
    apart = np.abs(points[:, Part.HIP.on(Side.LEFT), 1] - points[:, Part.HIP.on(Side.RIGHT), 1])
    if float(np.median(apart)) > HIPS_STACKED * trunk_length(points):
        return None
    if abs(np.sin(np.radians(azimuth_degrees))) < np.sin(np.radians(SIDEWAYS_DEGREES)):
        return None
    return Side.LEFT if azimuth_degrees > 0 else Side.RIGHT


def _middle(points: FloatArray, part: Part) -> FloatArray:
    return np.asarray(points[:, [part.on(side) for side in Side]].mean(axis=1))
