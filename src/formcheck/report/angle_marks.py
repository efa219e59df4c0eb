"""How each reading is drawn on a body: an angle with its vertex, the limb that moves and where zero points, or how far
the hips are off the line from shoulder to ankle, in percent of it and + towards the ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from formcheck.criteria.model import BODY_LINE, Finding, ShownAngle
from formcheck.kinematics import geometry
from formcheck.kinematics.recording import ANGLES_OF_A_SIDE, Recording
from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Landmark, Part, Side

Point = tuple[float, float]

_PERCENT = 100.0


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
    BODY_LINE: "0 % is straight, plus is hips high; of the line from shoulder to ankle",
}


@dataclass(frozen=True, kw_only=True)
class AngleMark:
    """A reading on the body, in the coordinates of the points it was made from, y down.

    ``along`` are the ends of the line that an offset is read from; then ``vertex`` is the nearest point of that line
    and ``end`` what is off it. None for an angle.
    """

    vertex: Point
    end: Point
    zero: Point
    """Unit vector from the vertex towards 0 degrees, or along the line."""
    along: tuple[Point, Point] | None = None


def title_of(angle: str) -> str:
    """Return an angle's name for a heading: ``Knee flexion``."""
    return angle.replace("_", " ").capitalize()


def hint_of(angle: str) -> str:
    """Return what zero and plus mean for an angle (its base name, without side)."""
    return _HINTS[angle]


def base_name(column: str) -> str:
    """Return an angle column's name without its side."""
    side, _, rest = column.partition("_")
    return rest if side in (Side.LEFT, Side.RIGHT) and rest in (*ANGLES_OF_A_SIDE, BODY_LINE) else column


def column_of(angle: str, side: Side | None) -> str:
    """Return the column of an angle (its base name) of one side, or of the whole body."""
    return angle if side is None else f"{side}_{angle}"


def side_of(column: str) -> Side | None:
    """Return the side whose joint a column reads, None where it is one of the whole body."""
    return None if base_name(column) == column else Side(column.partition("_")[0])


_LINE_COLUMNS = tuple(column_of(BODY_LINE, side) for side in (*Side, None))
"""The hips' offset of each side, and that of the middles of both."""


def unit_of(angle: str) -> str:
    """Return what follows a value of this angle (its base name): ``°`` or `` %``."""
    return " %" if angle == BODY_LINE else "°"


def series_of(recording: Recording, column: str) -> FloatArray:
    """Return (n,) degrees, or percent for the body line; NaN where unknown."""
    if base_name(column) == BODY_LINE:
        shoulder, hip, ankle = _line(recording.clean.xy_px, side_of(column))
        return np.asarray(_PERCENT * geometry.offset_from_line(hip, shoulder, ankle))
    return recording.angles.get(column, np.full(len(recording.clean), np.nan))


def in_unit_of(angle: str, value: float) -> float:
    """Return a criterion's value in the unit in which the angle (its base name) is shown: shares become percent."""
    return _PERCENT * value if angle == BODY_LINE else value


def judged_column(finding: Finding, recordings: tuple[Recording, ...]) -> str | None:
    """Return the angle column that shows what the finding was read from, None where none does or none is known there.

    Of a reading of the whole body it is the column, of either side or of the body, that is nearest to its values.
    """
    shown = finding.criterion.angle
    moments = [e for e in finding.evidence if e.clip < len(recordings)]
    if shown is None or not moments:
        return None
    off = {}
    for column in _columns_of(shown, finding.side):
        away = [abs(_reading(recordings[e.clip], column, e.time_s) - in_unit_of(shown.name, e.value)) for e in moments]
        if np.isfinite(away).all():
            off[column] = max(away)
    return min(off, key=lambda column: off[column], default=None)


def _columns_of(shown: ShownAngle, judged: Side | None) -> tuple[str, ...]:
    """Return the columns that may show a reading of one side, or of the whole body."""
    if shown.name == BODY_LINE:
        return _LINE_COLUMNS
    if shown.name not in ANGLES_OF_A_SIDE:
        return (shown.name,)
    side = judged.other if judged is not None and shown.of_other_side else judged
    return tuple(column_of(shown.name, each) for each in Side if side in (None, each))


def mark_of(column: str, points: FloatArray) -> AngleMark | None:
    """Return where to draw a reading; ``points`` is (33, 2) pixels, None where one of the points it needs is NaN."""
    if base_name(column) == BODY_LINE:
        return _line_mark(points, side_of(column))
    vertex, end, zero = _lines(column, points)
    length = float(np.hypot(*zero))
    if not (np.isfinite(vertex).all() and np.isfinite(end).all() and length > 0):
        return None
    return AngleMark(vertex=_point(vertex), end=_point(end), zero=_point(zero / length))


def nearest_row(recording: Recording, time_s: float) -> int:
    """Return the row of the recording that is nearest to ``time_s``."""
    return int(np.argmin(np.abs(recording.clean.time_s - time_s)))


def _reading(recording: Recording, column: str, time_s: float) -> float:
    return float(series_of(recording, column)[nearest_row(recording, time_s)])


def _line(xy_px: FloatArray, side: Side | None) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return shoulder, hip and ankle of one side, or the middles of both, (..., 2) each."""
    if side is None:
        left, right = _line(xy_px, Side.LEFT), _line(xy_px, Side.RIGHT)
        shoulder, hip, ankle = (geometry.midpoint(a, b) for a, b in zip(left, right, strict=True))
    else:
        shoulder, hip, ankle = (xy_px[..., part.on(side), :] for part in (Part.SHOULDER, Part.HIP, Part.ANKLE))
    return shoulder, hip, ankle


def _line_mark(points: FloatArray, side: Side | None) -> AngleMark | None:
    shoulder, hip, ankle = _line(points, side)
    length = float(np.hypot(*(ankle - shoulder)))
    if not (np.isfinite([shoulder, hip, ankle]).all() and length > 0):
        return None
    way = (ankle - shoulder) / length
    nearest = shoulder + way * float((hip - shoulder) @ way)
    ends = (_point(shoulder), _point(ankle))
    return AngleMark(vertex=_point(nearest), end=_point(hip), zero=_point(way), along=ends)


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
