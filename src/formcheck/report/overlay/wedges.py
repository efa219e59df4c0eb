"""A reading on the body: where it is zero, the limb, and the wedge or the distance between them."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.pose.sequence import FloatArray
from formcheck.report.angle_marks import AngleMark
from formcheck.report.overlay.skeleton import SHIFT, draw_dot, draw_line
from formcheck.report.palette import INK, Colour
from formcheck.video.picture import Picture

_REACH = 1.45
"""How far the two legs of an angle reach beyond its arc, in radii."""
_STEP_DEGREES = 4.0
_DASHES, _DASHES_OF_A_LINE = 4, 16


def draw_fill(layer: Picture, mark: AngleMark, corner: FloatArray, radius: float, colour: Colour) -> None:
    """Fill the wedge of an angle on a layer that begins at the picture's ``corner`` and is then blended in."""
    sector = np.concatenate([np.array([mark.vertex]), _arc(mark, radius)]) - corner
    cv2.fillPoly(layer, [_fixed(sector)], colour, cv2.LINE_AA, SHIFT)


def draw_outline(picture: Picture, mark: AngleMark, radius: float, width: int, colour: Colour) -> None:
    """Draw the arc of an angle, its limb and a dashed line where it reads zero; ``width`` in pixels."""
    vertex, zero = np.array(mark.vertex), np.array(mark.zero)
    limb = np.array(mark.end) - vertex
    length = float(np.hypot(*limb))
    limb = limb / length * min(length, radius * _REACH) if length > 0 else limb
    _dashes(picture, vertex, vertex + zero * radius * _REACH, width, colour)
    for tint, wide in ((INK, width + 2), (colour, width)):
        cv2.polylines(picture, [_fixed(_arc(mark, radius))], False, tint, wide, cv2.LINE_AA, SHIFT)
        draw_line(picture, vertex, vertex + limb, wide, tint)
    draw_dot(picture, vertex, width * 1.3, colour)


def draw_height(picture: Picture, mark: AngleMark, radius: float, width: int, colour: Colour) -> None:
    """Draw how far a limb's end is below the level of its upper end: it shows elevation where a wedge cannot."""
    hip, knee = np.array(mark.vertex), np.array(mark.end)
    level = np.array([knee[0], hip[1]])
    reach = np.array([radius, 0.0])
    _dashes(picture, level - reach, level + reach, width, colour)
    for tint, wide in ((INK, width + 2), (colour, width)):
        draw_line(picture, level, knee, wide, tint)
    draw_dot(picture, knee, width * 1.3, colour)


def draw_offset(picture: Picture, mark: AngleMark, width: int, colour: Colour) -> None:
    """Draw the line that a joint is off, dashed, and how far it is off."""
    if mark.along is None:
        return
    first, last = (np.array(end) for end in mark.along)
    on_line, joint = np.array(mark.vertex), np.array(mark.end)
    _dashes(picture, first, last, width, colour, dashes=_DASHES_OF_A_LINE)
    for tint, wide in ((INK, width + 2), (colour, width)):
        draw_line(picture, on_line, joint, wide, tint)
    draw_dot(picture, joint, width * 1.3, colour)


def _arc(mark: AngleMark, radius: float) -> FloatArray:
    """Return (k, 2) points of the arc from zero to the limb, the short way round."""
    limb = np.array(mark.end) - np.array(mark.vertex)
    first = math.atan2(mark.zero[1], mark.zero[0])
    turn = math.remainder(math.atan2(limb[1], limb[0]) - first, 2 * math.pi)
    count = 2 + int(abs(math.degrees(turn)) / _STEP_DEGREES)
    along = first + np.linspace(0.0, turn, count)
    return np.array(mark.vertex) + radius * np.stack([np.cos(along), np.sin(along)], axis=1)


def _dashes(
    picture: Picture, start: FloatArray, end: FloatArray, width: int, colour: Colour, dashes: int = _DASHES
) -> None:
    shares = (np.arange(dashes)[:, None] + np.array([0.25, 0.8])) / dashes
    for first, last in start + (end - start) * shares[..., None]:
        draw_line(picture, first, last, width + 1, INK)
        draw_line(picture, first, last, max(1, round(width * 0.9)), colour)


def _fixed(points: FloatArray) -> npt.NDArray[np.int32]:
    return np.asarray(np.round(points * 2**SHIFT), dtype=np.int32)
