"""Pure geometry on arrays of image points.

Pixels have x to the right and y DOWN; this is the one module that turns "down" into "up". Angles are degrees. Every
function works on any leading shape and lets NaN through: an unseen point gives an unknown angle.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def distance(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the distance between points, (..., 2) and (..., 2) pixels to (...) pixels."""
    return np.asarray(np.linalg.norm(b - a, axis=-1))


def midpoint(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the points half-way between ``a`` and ``b``, (..., 2) pixels."""
    return (a + b) / 2.0


def interior_angle(a: FloatArray, vertex: FloatArray, b: FloatArray) -> FloatArray:
    """Return the angle at ``vertex`` between the rays to ``a`` and ``b``, (...) degrees in [0, 180].

    NaN where a ray has no length.

    Examples
    --------
    >>> hip, knee, ankle = np.array([0.0, 0.0]), np.array([0.0, 10.0]), np.array([10.0, 10.0])
    >>> float(interior_angle(hip, knee, ankle))
    90.0
    """
    first, second = a - vertex, b - vertex
    cross = first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]
    dot = (first * second).sum(axis=-1)
    return _unless_pointless(np.degrees(np.arctan2(np.abs(cross), dot)), first, second)


def lean(base: FloatArray, top: FloatArray, towards: FloatArray | float) -> FloatArray:
    """Return how far the line from ``base`` up to ``top`` leans from vertical, degrees in [-180, 180].

    ``towards`` is the sign of the picture's x axis that counts as positive: +1 right, -1 left (a number or (...)).
    0 is upright, 90 lies level towards that side.
    """
    line = top - base
    return _unless_pointless(np.degrees(np.arctan2(towards * line[..., 0], -line[..., 1])), line)


def elevation(upper: FloatArray, lower: FloatArray, towards: FloatArray | float) -> FloatArray:
    """Return how far a hanging segment is raised towards one side, degrees in [-180, 180].

    0 hangs straight down, 90 is level towards ``towards``, negative is raised to the other side.

    Examples
    --------
    >>> hip, knee_in_front = np.array([0.0, 0.0]), np.array([10.0, 0.0])
    >>> float(elevation(hip, knee_in_front, 1.0))
    90.0
    """
    line = lower - upper
    return _unless_pointless(np.degrees(np.arctan2(towards * line[..., 0], line[..., 1])), line)


def slope(rear: FloatArray, front: FloatArray, towards: FloatArray | float) -> FloatArray:
    """Return how far the line from ``rear`` to ``front`` rises above level, degrees in [-180, 180]; + front end up."""
    line = front - rear
    return _unless_pointless(np.degrees(np.arctan2(-line[..., 1], towards * line[..., 0])), line)


def elevation_any_view(upper: FloatArray, lower: FloatArray, length: FloatArray | float) -> FloatArray:
    """Return a segment's elevation from its height loss alone, degrees in [0, 180]: 0 hangs, 90 level, 180 up.

    ``length`` is the segment's true length in pixels. The form needs no view, only a camera near hip height, and is
    best where the segment is level. Drops beyond the length read as hanging straight.
    """
    drop = (lower[..., 1] - upper[..., 1]) / length
    return np.asarray(np.degrees(np.arccos(np.clip(drop, -1.0, 1.0))))


def offset_from_line(point: FloatArray, start: FloatArray, end: FloatArray) -> FloatArray:
    """Return how far ``point`` lies above the line from ``start`` to ``end``, in lengths of that line.

    Positive is towards the picture's top, whatever the line's direction. NaN where the line has no length.
    """
    line = end - start
    length = np.linalg.norm(line, axis=-1)
    away = point - start
    cross = line[..., 0] * away[..., 1] - line[..., 1] * away[..., 0]
    upward = np.where(line[..., 0] >= 0, -1.0, 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(length > 0, upward * cross / length**2, np.nan))


def rotated(points: FloatArray, degrees: float) -> FloatArray:
    """Return points turned about the origin, (..., 2); positive is clockwise as seen on the screen."""
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(points @ matrix.T)


def _unless_pointless(degrees: FloatArray, *lines: FloatArray) -> FloatArray:
    pointless = np.zeros(degrees.shape, dtype=bool)
    for line in lines:
        pointless |= (line == 0).all(axis=-1)
    return np.where(pointless, np.nan, degrees)


def wrapped(degrees: FloatArray) -> FloatArray:
    """Return directions, or differences of them, in [-180, 180): 350 degrees one way are 10 the other."""
    return np.asarray((degrees + 180.0) % 360.0 - 180.0)
