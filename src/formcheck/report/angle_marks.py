"""How each angle of the table is drawn on a body: its vertex, the limb that moves and where zero points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from formcheck.criteria.model import Finding
from formcheck.kinematics.recording import ANGLE_COLUMNS, ANGLES_OF_A_SIDE, Recording
from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Landmark, Part, Side, Unit

Point = tuple[float, float]


class Zero(Enum):
    """The direction in which an angle reads 0, when it is not the continuation of a limb."""

    UP = auto()
    DOWN = auto()
    LEVEL = auto()
    ALONG_TRUNK = auto()
    SQUARE_TO_FOOT = auto()


@dataclass(frozen=True)
class _Joint:
    vertex: Part
    end: Part
    zero: Zero | Part
    """A part stands for the continuation of the limb that comes from it."""


_OF_A_SIDE = {
    "knee_flexion": _Joint(Part.KNEE, Part.ANKLE, Part.HIP),
    "knee_valgus": _Joint(Part.KNEE, Part.ANKLE, Part.HIP),
    "hip_flexion": _Joint(Part.HIP, Part.KNEE, Zero.ALONG_TRUNK),
    "elbow_flexion": _Joint(Part.ELBOW, Part.WRIST, Part.SHOULDER),
    "thigh_elevation": _Joint(Part.HIP, Part.KNEE, Zero.DOWN),
    "shank_inclination": _Joint(Part.ANKLE, Part.KNEE, Zero.UP),
    "foot_pitch": _Joint(Part.HEEL, Part.TOE, Zero.LEVEL),
    "ankle_dorsiflexion": _Joint(Part.ANKLE, Part.KNEE, Zero.SQUARE_TO_FOOT),
}
_HINTS = {
    "knee_flexion": "0° is a straight leg",
    "hip_flexion": "0° is a straight hip",
    "thigh_elevation": "0° hangs down, 90° is level",
    "shank_inclination": "0° is upright, plus is knee ahead of ankle",
    "foot_pitch": "0° is flat, plus is toes up",
    "ankle_dorsiflexion": "0° is a right angle, plus is toes towards the shin",
    "elbow_flexion": "0° is a straight arm",
    "knee_valgus": "0° is straight, plus is knee inwards",
    "trunk_lean": "0° is upright, plus is forwards",
    "trunk_side_lean": "0° is upright, plus is to the athlete's left",
    "pelvic_obliquity": "0° is level, plus is left hip higher",
}
_WORDS = {
    "knee_flexion": ("knee", "leg", "heel"),
    "hip_flexion": ("hip",),
    "thigh_elevation": ("thigh", "knee"),
    "shank_inclination": ("shin", "shank", "knee"),
    "foot_pitch": ("foot", "feet", "heel", "toe"),
    "ankle_dorsiflexion": ("ankle", "calf", "calves", "foot", "feet"),
    "elbow_flexion": ("elbow", "arm"),
    "knee_valgus": ("knee",),
    "trunk_lean": ("trunk", "lean", "back", "tall"),
    "trunk_side_lean": ("trunk", "lean", "side"),
    "pelvic_obliquity": ("pelvi", "hip"),
}
_SAME = 0.02
_SAME_BUT_FOR_SMOOTHING = 8.0


@dataclass(frozen=True, kw_only=True)
class AngleMark:
    """An angle on the body, in the coordinates of the points it was made from, y down."""

    vertex: Point
    end: Point
    zero: Point
    """Unit vector from the vertex towards 0 degrees."""


def title_of(angle: str) -> str:
    """Return an angle's name for a heading: ``Knee flexion``."""
    return angle.replace("_", " ").capitalize()


def hint_of(angle: str) -> str:
    """Return what zero and plus mean for an angle (its base name, without side)."""
    return _HINTS[angle]


def base_name(column: str) -> str:
    """Return an angle column's name without its side."""
    side, _, rest = column.partition("_")
    return rest if side in (Side.LEFT, Side.RIGHT) and rest in ANGLES_OF_A_SIDE else column


def judged_column(finding: Finding, recordings: tuple[Recording, ...], shown: tuple[str, ...]) -> str | None:
    """Return the angle column that the finding was read from, None where no column fits.

    That is the column which reads the finding's very values at its moments; or else, as a value may be read from
    less smoothed landmarks, the nearest of the ``shown`` angles (base names) that the criterion's words speak of.
    """
    moments = [e for e in finding.evidence if e.clip < len(recordings)]
    if finding.criterion.unit is not Unit.DEGREES or not moments:
        return None
    sided = [c for c in ANGLE_COLUMNS if finding.side is None or not c.startswith(f"{finding.side.other}_")]
    columns = sorted(sided, key=lambda c: base_name(c) not in shown)
    off = {c: max(abs(_reading(recordings[e.clip], c, e.time_s) - e.value) for e in moments) for c in columns}
    same = [column for column in columns if off[column] <= _SAME]
    named = [
        c for c in columns if base_name(c) in shown and _speaks_of(finding, c) and off[c] <= _SAME_BUT_FOR_SMOOTHING
    ]
    return next(iter((*same, *sorted(named, key=lambda c: off[c]))), None)


def mark_of(column: str, points: FloatArray) -> AngleMark | None:
    """Return where to draw an angle; ``points`` is (33, 2) pixels, None where one of the points it needs is NaN."""
    vertex, end, zero = _lines(column, points)
    length = float(np.hypot(*zero))
    if not (np.isfinite(vertex).all() and np.isfinite(end).all() and length > 0):
        return None
    return AngleMark(vertex=_point(vertex), end=_point(end), zero=_point(zero / length))


def nearest_row(recording: Recording, time_s: float) -> int:
    """Return the row of the recording that is nearest to ``time_s``."""
    return int(np.argmin(np.abs(recording.clean.time_s - time_s)))


def _speaks_of(finding: Finding, column: str) -> bool:
    told = f"{finding.criterion.key} {finding.criterion.title}".lower()
    return any(word in told for word in _WORDS[base_name(column)])


def _reading(recording: Recording, column: str, time_s: float) -> float:
    series = recording.angles.get(column)
    return float("nan") if series is None else float(series[nearest_row(recording, time_s)])


def _lines(column: str, points: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    base = base_name(column)
    if base not in _OF_A_SIDE:
        return _lines_of_the_body(base, points)
    side = Side.LEFT if column.startswith(f"{Side.LEFT}_") else Side.RIGHT
    joint = _OF_A_SIDE[base]
    vertex, end = points[joint.vertex.on(side)], points[joint.end.on(side)]
    if isinstance(joint.zero, Part):
        return vertex, end, vertex - points[joint.zero.on(side)]
    if joint.zero is Zero.ALONG_TRUNK:
        return vertex, end, _middle(points, Part.HIP) - _middle(points, Part.SHOULDER)
    if joint.zero is Zero.SQUARE_TO_FOOT:
        return vertex, end, _square_to(points[Part.TOE.on(side)] - points[Part.HEEL.on(side)])
    return vertex, end, _direction(joint.zero, end - vertex)


def _lines_of_the_body(base: str, points: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    if base == "pelvic_obliquity":
        vertex, end = points[Landmark.RIGHT_HIP], points[Landmark.LEFT_HIP]
        return vertex, end, _direction(Zero.LEVEL, end - vertex)
    hips, shoulders = (_middle(points, part) for part in (Part.HIP, Part.SHOULDER))
    return hips, shoulders, _direction(Zero.UP, shoulders - hips)


def _direction(zero: Zero, limb: FloatArray) -> FloatArray:
    if zero is Zero.LEVEL:
        return np.array([1.0 if limb[0] >= 0 else -1.0, 0.0])
    return np.array([0.0, -1.0 if zero is Zero.UP else 1.0])


def _square_to(foot: FloatArray) -> FloatArray:
    across = np.array([foot[1], -foot[0]])
    return across if across[1] <= 0 else -across


def _middle(points: FloatArray, part: Part) -> FloatArray:
    return np.asarray((points[part.on(Side.LEFT)] + points[part.on(Side.RIGHT)]) / 2)


def _point(values: FloatArray) -> Point:
    return float(values[0]), float(values[1])
