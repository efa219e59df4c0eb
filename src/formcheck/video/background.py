"""How the background moves through the picture: what a hand that holds the camera does to everything in it.

Corners of the background are looked for again in every picture, from where they were expected, beginning with the
picture in which they were found: so errors do not add up from picture to picture. Most of them agree on one shift, turn
and scale; people, leaves and mirrors that go other ways are outvoted. Where too few agree nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.video.picture import Picture
from formcheck.video.timeline import FloatArray

Points = npt.NDArray[np.float32]

WORKING_SIDE_PX = 480
"""The picture's longer side while corners are followed: sways of a tenth of a pixel are seen in it still."""
SMALLEST_SIDE_PX = 64
HIGHEST_RATE_HZ, RATE_AT_REST_HZ = 35.0, 11.0
"""A hand trembles at 10 Hz at most; more pictures tell no more. A camera that rests is only looked after."""
RESTING_PX, RESTING_PICTURES = 0.25, 10
"""What corners of the working picture may seem to move from one look to the next, and for how many looks, at rest."""
MOST_CORNERS, FAINTEST, APART_PX = 120, 0.01, 12
WINDOW, LEVELS = (21, 21), 2
"""The neighbourhood of a corner that is looked for, and how often the picture is halved to find it farther away."""
TOLERANCE_PX = 1.0
LEAST_CORNERS, LEAST_AGREEING = 12, 0.4
LEAST_SPREAD = 0.1
"""Shares of the longer side: corners closer together do not tell how the picture turns."""
LEAST_KEPT = 0.5
"""Share of the corners that must still be found, or new ones are looked for."""
LOST_AFTER_SECONDS = 0.7
"""Without a word, after which everything begins anew: longer than anybody bridges who reads this, or a new beginning
would seem a leap of the camera."""
ROOM = 0.15
"""Of the body's height and width are left out around its landmarks."""
AT_REST = np.array([1.0, 0.0, 0.0, 0.0])
UNKNOWN = np.full(4, np.nan)


@dataclass(frozen=True)
class _Start:
    """A working picture from which corners are followed, where it hides them, and how the background had moved."""

    picture: Picture
    hidden: FloatArray | None
    moved: FloatArray

    @cached_property
    def corners(self) -> Points:
        """(k, 2) pixels of the picture."""
        return _corners(self.picture, self.hidden)


class Background:
    """Follows the background through the pictures of one clip, which all have one size."""

    def __init__(self) -> None:
        self._start: _Start | None = None
        self._latest: _Start | None = None
        self._since_start = AT_REST
        self._told_s = 0.0
        self._last_s = -np.inf
        self._resting = 0

    def moved(self, rgb: Picture, time_s: float, body: FloatArray | None) -> FloatArray:
        """Return how the background has moved since the first picture, (4,): a, b, x, y.

        What lay at (p, q) lies at (a p - b q + x, b p + a q + y) now, in pixels. NaN where it cannot be told, and
        where pictures follow each other too quickly to be worth a look.

        Parameters
        ----------
        rgb : (height, width, 3)
        body : (33, 2) pixels, where the athlete was just before; None where nobody was seen
        """
        rate_hz = RATE_AT_REST_HZ if self._resting >= RESTING_PICTURES else HIGHEST_RATE_HZ
        if time_s - self._last_s < 1.0 / rate_hz or min(rgb.shape[:2]) < SMALLEST_SIDE_PX:
            return UNKNOWN
        self._last_s = time_s
        small, scale = _reduced(rgb)
        hidden = None if body is None else _around(body / scale)
        if self._start is None:
            self._told_s = time_s
            return AT_REST if self._begins(_Start(small, hidden, AT_REST)) else UNKNOWN
        found, agreeing = _found(self._start, self._since_start, small, hidden)
        if found is None and self._latest is not None:
            found, agreeing = _found(self._latest, AT_REST, small, hidden)
            if found is not None:
                self._begins(self._latest)
        if found is None:
            if time_s - self._told_s >= LOST_AFTER_SECONDS:
                self._start = self._latest = None
            self._resting = 0
            return UNKNOWN
        moved = _one_after_the_other(self._start.moved, found)
        self._resting = self._resting + 1 if _reach(found - self._since_start, small) < RESTING_PX else 0
        self._told_s, self._since_start, self._latest = time_s, found, _Start(small, hidden, moved)
        if agreeing < LEAST_KEPT:
            self._begins(self._latest)
        return moved * (1.0, 1.0, scale, scale)

    def _begins(self, start: _Start) -> bool:
        """Follow the corners of another picture from now on; return whether it has enough of them."""
        enough = len(start.corners) >= LEAST_CORNERS
        if enough:
            self._start, self._since_start = start, AT_REST
        return enough


def _found(
    start: _Start, so_far: FloatArray, small: Picture, hidden: FloatArray | None
) -> tuple[FloatArray | None, float]:
    """Return how the corners have moved since they were found, and the share of them that say so."""
    if len(start.corners) < LEAST_CORNERS:
        return None, 0.0
    expected = _moved_points(start.corners, so_far)
    tracked, status, _ = cv2.calcOpticalFlowPyrLK(
        start.picture, small, start.corners, expected, winSize=WINDOW, maxLevel=LEVELS,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
    )  # fmt: skip
    now = np.asarray(tracked, dtype=np.float32)
    seen = status.ravel().astype(bool) & ~_inside(now, hidden)
    if seen.sum() < LEAST_CORNERS:
        return None, 0.0
    fitted: Any = cv2.estimateAffinePartial2D(
        start.corners[seen], now[seen], method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE_PX
    )
    matrix, agreeing = fitted
    if matrix is None:
        return None, 0.0
    chosen = start.corners[seen][agreeing.ravel().astype(bool)]
    told = len(chosen) >= max(LEAST_CORNERS, LEAST_AGREEING * seen.sum())
    if not told or chosen.std(axis=0).max() < LEAST_SPREAD * max(small.shape):
        return None, 0.0
    return np.array([matrix[0, 0], matrix[1, 0], matrix[0, 2], matrix[1, 2]]), len(chosen) / len(start.corners)


def _reach(change: FloatArray, small: Picture) -> float:
    """Return how far a change of the movement moves the farthest corner of the picture, in pixels."""
    height, width = small.shape
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float32)
    return float(np.linalg.norm(_moved_points(corners, change), axis=1).max())


def _reduced(rgb: Picture) -> tuple[Picture, float]:
    """Return the picture in grey at the working size, and how many of its pixels are one of that."""
    height, width = rgb.shape[:2]
    scale = max(1.0, max(height, width) / WORKING_SIDE_PX)
    size = max(1, round(width / scale)), max(1, round(height / scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if scale > 1.0 else rgb
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8), scale


def _around(body: FloatArray) -> FloatArray | None:
    """Return the (4,) box around a body with some room: left, top, right, bottom."""
    known = body[np.isfinite(body).all(axis=1)]
    if not len(known):
        return None
    low, high = known.min(axis=0), known.max(axis=0)
    room = ROOM * (high - low)
    return np.concatenate([low - room, high + room])


def _inside(points: Points, box: FloatArray | None) -> npt.NDArray[np.bool_]:
    if box is None:
        return np.zeros(len(points), dtype=bool)
    return np.asarray(((points >= box[:2]) & (points <= box[2:])).all(axis=1))


def _corners(small: Picture, hidden: FloatArray | None) -> Points:
    """Return the (k, 2) corners of the background."""
    mask = np.full(small.shape, 255, dtype=np.uint8)
    if hidden is not None:
        left, top, right, bottom = np.clip(np.round(hidden), 0, max(small.shape)).astype(int)
        mask[top:bottom, left:right] = 0
    found: Any = cv2.goodFeaturesToTrack(small, MOST_CORNERS, FAINTEST, APART_PX, mask=mask)
    return np.asarray([] if found is None else found, dtype=np.float32).reshape(-1, 2)


def _moved_points(points: Points, moved: FloatArray) -> Points:
    a, b, x, y = moved
    p, q = points.T
    return np.stack([a * p - b * q + x, b * p + a * q + y], axis=1).astype(np.float32)


def _one_after_the_other(first: FloatArray, then: FloatArray) -> FloatArray:
    """Return two movements as one."""
    turn, shift = complex(then[0], then[1]), complex(then[2], then[3])
    both, way = turn * complex(first[0], first[1]), turn * complex(first[2], first[3]) + shift
    return np.array([both.real, both.imag, way.real, way.imag])
