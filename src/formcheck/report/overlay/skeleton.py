"""The athlete's limbs on a frame: the near side strong, the far side thin and faint."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import cv2

from formcheck.pose.sequence import FloatArray
from formcheck.report.bones import ACROSS, LIMBS
from formcheck.report.palette import INK, WHITE, Colour
from formcheck.video.picture import Picture
from formcheck.vocabulary import Landmark, Part, Side

SHIFT = 4
"""Fraction bits of OpenCV's coordinates: lines move by sixteenths of a pixel and do not jitter."""
_JOINTS = (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP, Part.KNEE, Part.ANKLE)
_FARTHEST_PX = 1e5

Bone = tuple[Landmark, Landmark]


def draw_faint(layer: Picture, points: FloatArray, near: Side | None, width: float) -> None:
    """Draw what is to shine through: the far side, the lines across the body, and a dark edge behind strong limbs.

    ``points`` are (33, 2) pixels, NaN where nothing is to be drawn; ``width`` is that of a strong limb in pixels.
    ``near`` is None where no side is nearer, and then both sides are strong.
    """
    thin = max(1, round(width * 0.45))
    _draw(layer, points, _weak(near), thin + 2, INK)
    _draw(layer, points, _weak(near), thin, WHITE)
    _draw(layer, points, _strong(near), round(width * 1.9), INK)


def draw_strong(picture: Picture, points: FloatArray, near: Side | None, width: float) -> None:
    """Draw the limbs and joints of the near side, or of both sides where ``near`` is None."""
    _draw(picture, points, _strong(near), max(1, round(width)), WHITE)
    for joint in _joints(near):
        draw_dot(picture, points[joint], width * 1.15, WHITE)


def draw_dot(picture: Picture, centre: FloatArray, radius: float, colour: Colour) -> None:
    """Draw a disc with a dark edge; nothing where its centre is NaN."""
    if not _in_reach(centre):
        return
    for size, tint in ((radius + max(1.0, radius * 0.35), INK), (radius, colour)):
        cv2.circle(picture, fixed(centre), round(size * 2**SHIFT), tint, -1, cv2.LINE_AA, SHIFT)


def draw_line(picture: Picture, start: FloatArray, end: FloatArray, width: int, colour: Colour) -> None:
    """Draw a smooth line; nothing where an end is NaN."""
    if _in_reach(start) and _in_reach(end):
        cv2.line(picture, fixed(start), fixed(end), colour, width, cv2.LINE_AA, SHIFT)


def fixed(point: FloatArray) -> tuple[int, int]:
    """Return a point in OpenCV's fixed-point pixels."""
    x, y = point.tolist()
    return round(x * 2**SHIFT), round(y * 2**SHIFT)


@cache
def _strong(near: Side | None) -> tuple[Bone, ...]:
    return tuple((upper.on(side), lower.on(side)) for side in _strong_sides(near) for upper, lower in LIMBS)


@cache
def _weak(near: Side | None) -> tuple[Bone, ...]:
    across = tuple((part.on(Side.LEFT), part.on(Side.RIGHT)) for part in ACROSS)
    return across if near is None else (*_strong(near.other), *across)


@cache
def _joints(near: Side | None) -> tuple[Landmark, ...]:
    return tuple(part.on(side) for side in _strong_sides(near) for part in _JOINTS)


def _strong_sides(near: Side | None) -> tuple[Side, ...]:
    return tuple(Side) if near is None else (near,)


def _draw(picture: Picture, points: FloatArray, bones: Iterable[Bone], width: int, colour: Colour) -> None:
    for start, end in bones:
        draw_line(picture, points[start], points[end], width, colour)


def _in_reach(point: FloatArray) -> bool:
    """Tell whether a point is known and within the numbers that fixed-point pixels can hold."""
    x, y = float(point[0]), float(point[1])
    return -_FARTHEST_PX < x < _FARTHEST_PX and -_FARTHEST_PX < y < _FARTHEST_PX
