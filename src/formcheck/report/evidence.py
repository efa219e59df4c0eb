"""Pictures of the moments that show a verdict: the frame around the athlete with skeleton and angle as vector lines.

Where the frame cannot be had (a landmark track, a clip that has gone), the same lines make a stick figure.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from formcheck.errors import FormcheckError
from formcheck.kinematics.recording import Recording
from formcheck.pose.sequence import FloatArray
from formcheck.report.angle_marks import AngleMark, Point, base_name, mark_of, nearest_row
from formcheck.report.bones import ACROSS, LIMBS
from formcheck.vocabulary import Landmark, Side

Rgb = npt.NDArray[np.uint8]

_OUT_OF_PLANE = ("thigh_elevation",)
"""Angles that are also read off the plane they lie in, where an arc in the picture would show another number."""
_MARGIN = 0.14
_CROWN = 0.08
"""How far the head reaches above its highest landmark, as a share of the athlete's longer side."""
_NARROWEST, _UPRIGHT, _WIDEST = 0.72, 0.85, 1.5
"""Width to height of a picture: all but lying athletes get an upright one."""
_LONGEST_SIDE_PX = 640
_LONGEST_SIDE_OF_A_FIGURE = 400
_HEAD_IN_TRUNKS = 0.24
_ROOMY = math.radians(40)
_MOST_BYTES = 80_000
_QUALITIES = (84, 76, 68, 58, 45)


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle in whole pixels of the upright picture; it may reach outside."""

    left: int
    top: int
    width: int
    height: int

    def cut(self, rgb: Rgb) -> Rgb:
        """Return a copy of what lies inside the box, so that the whole frame need not be kept."""
        return rgb[self.top : self.top + self.height, self.left : self.left + self.width].copy()


@dataclass(frozen=True, kw_only=True)
class DrawnAngle:
    """The lines of one angle, as SVG path data, and where its value is written."""

    limb: str
    zero: str
    arc: str
    label: Point


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One evidence picture; path data in a view box of ``width`` x ``height``. ``photo`` is a data URI or None."""

    width: int
    height: int
    photo: str | None
    near: str
    far: str
    across: str
    head: tuple[float, float, float] | None
    angle: DrawnAngle | None

    @property
    def is_wide(self) -> bool:
        return self.width > 1.2 * self.height

    @property
    def unit(self) -> float:
        """A hundredth of the longer side: what line widths and letters are measured in."""
        return max(self.width, self.height) / 100


def frames_at(recording: Recording, times_s: Iterable[float]) -> dict[float, Rgb]:
    """Return the part around the athlete of the frame nearest to each moment; empty where there are no frames."""
    wanted = {time_s: _box(recording, time_s, bounded=True) for time_s in times_s}
    if recording.is_track or not wanted:
        return {}
    try:
        return _nearest_frames(recording.source, wanted)
    except (FormcheckError, OSError):
        return {}


def picture_of(
    recording: Recording, time_s: float, *, near: Side | None, column: str | None, in_plane: bool, frame: Rgb | None
) -> Picture:
    """Return the picture of one moment, the angle ``column`` drawn in where there is one.

    ``near`` is the side of the body that is drawn stronger, ``in_plane`` tells whether the camera stands square to
    the plane in which legs swing, ``frame`` is what ``frames_at`` found or None.
    """
    box = _box(recording, time_s, bounded=frame is not None)
    longest = max(box.width, box.height)
    wanted = min(_LONGEST_SIDE_PX, longest) if frame is not None else _LONGEST_SIDE_OF_A_FIGURE
    points = (_points(recording, time_s) - (box.left, box.top)) * (wanted / longest)
    width, height = (max(1, round(side * wanted / longest)) for side in (box.width, box.height))
    mark = mark_of(column, points) if column else None
    draw = drawn if in_plane or column is None or base_name(column) not in _OUT_OF_PLANE else drawn_height
    if mark is not None and mark.along is not None:
        draw = drawn_offset
    strong = near or Side.LEFT
    return Picture(
        width=width,
        height=height,
        photo=None if frame is None else _photo(frame, (width, height)),
        near=_path(_limbs(points, strong)),
        far=_path(_limbs(points, strong.other)),
        across=_path([(points[p.on(Side.LEFT)], points[p.on(Side.RIGHT)]) for p in ACROSS]),
        head=None if frame is not None else _head(points),
        angle=None if mark is None else draw(mark, width, height),
    )


def crop_around(points: FloatArray, width: int, height: int, *, bounded: bool) -> Box:
    """Return a box around an athlete's (33, 2) points with some air and a pleasant shape.

    ``bounded`` keeps it inside the picture. The whole picture where nobody was found.
    """
    seen = points[np.isfinite(points).all(axis=1)]
    if len(seen) == 0:
        return Box(left=0, top=0, width=width, height=height)
    low, high = seen.min(axis=0), seen.max(axis=0)
    low = low - (0.0, _CROWN * float((high - low).max()))
    across, down = (high - low) + 2 * _MARGIN * float((high - low).max())
    widest = _UPRIGHT if across < 1.2 * down else _WIDEST
    across, down = max(across, down * _NARROWEST), max(down, across / widest)
    middle = (low + high) / 2
    left, span = _inside(middle[0] - across / 2, across, width if bounded else None)
    top, rise = _inside(middle[1] - down / 2, down, height if bounded else None)
    return Box(left=left, top=top, width=span, height=rise)


def drawn(mark: AngleMark, width: int, height: int) -> DrawnAngle:
    """Return an angle's limb, zero line and arc as path data, the label beside the arc and inside the picture."""
    vertex, limb = np.array(mark.vertex), np.array(mark.end) - np.array(mark.vertex)
    length = max(1.0, float(np.hypot(*limb)))
    radius = min(0.55 * length, 0.16 * max(width, height))
    start = math.atan2(mark.zero[1], mark.zero[0])
    turn = math.remainder(math.atan2(limb[1], limb[0]) - start, 2 * math.pi)
    # Between the lines where there is room; else beside the zero line, away from the body.
    towards = start + turn / 2 if abs(turn) > _ROOMY else start - math.copysign(_ROOMY / 2, turn)
    label = vertex + (radius + 0.075 * max(width, height)) * np.array(_unit(towards))
    return DrawnAngle(
        limb=_path([(vertex, np.array(mark.end))]),
        zero=_path([(vertex, vertex + max(length, 1.3 * radius) * np.array(mark.zero))]),
        arc=_arc(vertex, radius, start, turn),
        label=_kept_inside(label, width, height),
    )


def drawn_height(mark: AngleMark, width: int, height: int) -> DrawnAngle:
    """Return how far a limb's end is from the level of its upper end: what shows an elevation from any view."""
    (hip_x, hip_y), (knee_x, knee_y) = mark.vertex, mark.end
    reach = 0.1 * max(width, height)
    away = math.copysign(reach, knee_x - hip_x)
    level, aside = np.array([knee_x, hip_y]), np.array([reach, 0.0])
    return DrawnAngle(
        limb=_path([(level, np.array(mark.end))]),
        zero=_path([(level - aside, level + aside)]),
        arc="",
        label=_kept_inside(np.array([knee_x + away, (hip_y + knee_y) / 2]), width, height),
    )


def drawn_offset(mark: AngleMark, width: int, height: int) -> DrawnAngle:
    """Return the line that a joint is off and how far it is off, the label beyond the joint."""
    on_line, joint = np.array(mark.vertex), np.array(mark.end)
    off = joint - on_line
    length = float(np.hypot(*off))
    beyond = off / length if length > 1.0 else np.array([0.0, 1.0])
    first, last = (np.array(end) for end in mark.along or ())
    return DrawnAngle(
        limb=_path([(on_line, joint)]),
        zero=_path([(first, last)]),
        arc="",
        label=_kept_inside(joint + 0.1 * max(width, height) * beyond, width, height),
    )


def _points(recording: Recording, time_s: float) -> FloatArray:
    points: FloatArray = recording.clean.xy_px[nearest_row(recording, time_s)]
    return points


def _box(recording: Recording, time_s: float, *, bounded: bool) -> Box:
    points = _points(recording, time_s)
    return crop_around(points, recording.clean.width, recording.clean.height, bounded=bounded)


def _nearest_frames(source: Path, wanted: Mapping[float, Box]) -> dict[float, Rgb]:
    from formcheck.video.reader import open_clip

    waiting = sorted(wanted, reverse=True)
    best: dict[float, Rgb] = {}
    before_s, before = -math.inf, None
    with open_clip(source) as clip:
        for frame in clip.frames():
            if frame.rgb is None:
                continue
            while waiting and waiting[-1] <= frame.time_s:
                time_s = waiting.pop()
                is_nearer = frame.time_s - time_s < time_s - before_s
                best[time_s] = wanted[time_s].cut(frame.rgb if before is None or is_nearer else before)
            if not waiting:
                break
            before_s, before = frame.time_s, frame.rgb
    if before is not None:
        best.update({time_s: wanted[time_s].cut(before) for time_s in waiting})
    return best


def _photo(frame: Rgb, size: tuple[int, int]) -> str:
    from PIL import Image

    picture = Image.fromarray(frame).resize(size, Image.Resampling.LANCZOS)
    for quality in _QUALITIES:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= _MOST_BYTES:
            break
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _limbs(points: FloatArray, side: Side) -> list[tuple[FloatArray, FloatArray]]:
    return [(points[a.on(side)], points[b.on(side)]) for a, b in LIMBS]


def _path(lines: Iterable[tuple[FloatArray, FloatArray]]) -> str:
    known = [(a, b) for a, b in lines if np.isfinite(a).all() and np.isfinite(b).all()]
    return "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in known)


def _arc(vertex: FloatArray, radius: float, start: float, turn: float) -> str:
    (x0, y0), (x1, y1) = (vertex + radius * np.array(_unit(angle)) for angle in (start, start + turn))
    return f"M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 0 {int(turn > 0)} {x1:.1f} {y1:.1f}"


def _head(points: FloatArray) -> tuple[float, float, float] | None:
    ears = (points[Landmark.LEFT_EAR] + points[Landmark.RIGHT_EAR]) / 2
    shoulders = (points[Landmark.LEFT_SHOULDER] + points[Landmark.RIGHT_SHOULDER]) / 2
    hips = (points[Landmark.LEFT_HIP] + points[Landmark.RIGHT_HIP]) / 2
    radius = _HEAD_IN_TRUNKS * float(np.hypot(*(shoulders - hips)))
    return (float(ears[0]), float(ears[1]), radius) if np.isfinite([*ears, radius]).all() else None


def _inside(start: float, length: float, limit: int | None) -> tuple[int, int]:
    whole = max(1, round(length)) if limit is None else max(1, min(round(length), limit))
    return round(start if limit is None else _between(start, 0, limit - whole)), whole


def _kept_inside(label: FloatArray, width: int, height: int) -> Point:
    return _between(label[0], 0.08 * width, 0.92 * width), _between(label[1], 0.07 * height, 0.95 * height)


def _unit(angle: float) -> Point:
    return math.cos(angle), math.sin(angle)


def _between(value: float, low: float, high: float) -> float:
    return float(min(max(value, low), high))
