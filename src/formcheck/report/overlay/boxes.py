"""Rectangles in the picture: where the athlete is, and where there is room beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.ndimage import maximum_filter1d, minimum_filter1d, uniform_filter1d

from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.report.bones import ACROSS, LIMBS
from formcheck.vocabulary import Landmark, Part, Side

_HEAD_IN_TRUNKS = 0.34
"""From the middle of the face to the crown, with hair."""
_FLESH_IN_TRUNKS = 0.1
"""From a landmark inside a limb to its skin."""
FLESH_OF_A_LIMB_IN_TRUNKS = 0.22
"""From the line between two landmarks to the skin, generously: to a strong back, or beyond a hand or a foot."""
_POINTS_OF_A_LIMB = 7
_FACE = tuple(range(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1))
_UPPER = tuple(range(Landmark.LEFT_SHOULDER, Landmark.RIGHT_HIP + 1))
_LOWER = tuple(range(Landmark.LEFT_HIP, Landmark.RIGHT_FOOT_INDEX + 1))


LEAST_VISIBILITY = 0.3
"""Below it a landmark is a guess, and nothing is drawn from it."""


class Box(NamedTuple):
    """A rectangle in pixels, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Spot:
    """A place for a panel: which of the offered sizes, where, and the largest share of the athlete under it."""

    choice: int
    box: Box
    covered: float


def seen_points(poses: PoseSequence) -> FloatArray:
    """Return (n, 33, 2) pixels, NaN where a landmark is unknown or hardly visible."""
    return np.where((poses.visibility < LEAST_VISIBILITY)[..., None], np.nan, poses.xy_px)


def body_boxes(points: FloatArray, trunk: float) -> FloatArray:
    """Return (n, 4, 4) boxes in pixels (left, top, right, bottom): the whole body, its head, arms with trunk, legs.

    ``points`` are (n, 33, 2) pixels, ``trunk`` the length of the trunk in pixels. Head and skin are included. NaN where
    a part is unseen.
    """
    flesh = _FLESH_IN_TRUNKS * trunk
    head = _around(_mean(points[:, _FACE]), _HEAD_IN_TRUNKS * trunk)
    parts = [head, _around(points[:, _UPPER], flesh), _around(points[:, _LOWER], flesh)]
    corners = np.stack(parts, axis=1).reshape(len(points), -1, 2)
    return np.stack([_around(corners, 0.0), *parts], axis=1)


def limb_points(points: FloatArray) -> FloatArray:
    """Return (n, k, 2) points all over the body but the head, from its (n, 33, 2) landmarks; NaN where unseen."""
    limbs = [(upper.on(side), lower.on(side)) for side in Side for upper, lower in LIMBS]
    across = [(part.on(Side.LEFT), part.on(Side.RIGHT)) for part in ACROSS]
    trunk = [(Part.SHOULDER.on(side), Part.HIP.on(side.other)) for side in Side]
    starts, ends = (points[:, [line[end] for line in (*limbs, *across, *trunk)]] for end in (0, 1))
    shares = np.linspace(0.0, 1.0, _POINTS_OF_A_LIMB)[:, None, None, None]
    along = starts + shares * (ends - starts)
    return np.asarray(np.moveaxis(along, 0, 1).reshape(len(points), -1, 2))


def trunk_px(poses: PoseSequence) -> float:
    """Return the length of the trunk in pixels, the 90th percentile over the clip; a fifth of the height if unseen."""
    shoulders, hips = (
        (poses.xy_px[:, part.on(Side.LEFT)] + poses.xy_px[:, part.on(Side.RIGHT)]) / 2
        for part in (Part.SHOULDER, Part.HIP)
    )
    lengths = np.linalg.norm(shoulders - hips, axis=1)
    known = lengths[np.isfinite(lengths)]
    return float(np.percentile(known, 90)) if known.size else poses.height / 5


def calm(boxes: FloatArray, rows: int) -> FloatArray:
    """Return boxes (n, ..., 4) that move slowly and hold every box within ``rows`` before and after, gaps filled."""
    held = filled(boxes)
    size = 2 * rows + 1
    low = uniform_filter1d(minimum_filter1d(held[..., :2], size, axis=0), size, axis=0, mode="nearest")
    high = uniform_filter1d(maximum_filter1d(held[..., 2:], size, axis=0), size, axis=0, mode="nearest")
    return np.concatenate([low, high], axis=-1)


def filled(values: FloatArray) -> FloatArray:
    """Return (n, ...) values with gaps bridged in straight lines along n; what is NaN throughout stays NaN."""
    rows = np.arange(len(values))
    columns = []
    for column in values.reshape(len(values), -1).T:
        known = np.isfinite(column)
        columns.append(np.interp(rows, rows[known], column[known]) if known.any() else column)
    return np.stack(columns, axis=1).reshape(values.shape)


def overlap(boxes: FloatArray, others: FloatArray | Box) -> FloatArray:
    """Return the area in square pixels that boxes (..., 4) share with others (..., 4); 0 where one is NaN."""
    other = np.asarray(others, dtype=np.float64)
    low = np.maximum(boxes[..., :2], other[..., :2])
    high = np.minimum(boxes[..., 2:], other[..., 2:])
    return np.asarray(np.nan_to_num(np.prod(np.clip(high - low, 0.0, None), axis=-1)))


def roomiest(
    sizes: Sequence[tuple[int, int]],
    corners: Sequence[tuple[float, float]],
    inside: Box,
    bodies: FloatArray,
    taken: Sequence[Box],
) -> Spot | None:
    """Return the place for a panel that covers the athlete least, the earlier size and corner where equal.

    ``corners`` are places in [0, 1] across and down; ``bodies`` (n, 4, 4) are the athlete's boxes over the clip,
    ``taken`` boxes that must stay free. None where no size fits.
    """
    found: list[tuple[tuple[float, ...], Spot]] = []
    whole_areas = np.prod(bodies[:, 0, 2:] - bodies[:, 0, :2], axis=-1)
    for choice, (width, height) in enumerate(sizes):
        if width > inside.width or height > inside.height:
            continue
        for place, (across, down) in enumerate(corners):
            left = inside.left + across * (inside.width - width)
            top = inside.top + down * (inside.height - height)
            box = Box(left, top, left + width, top + height)
            shared = overlap(bodies, box)
            whole, parts = (np.nan_to_num(area / whole_areas) for area in (shared[:, 0], shared[:, 1:].sum(axis=1)))
            busy = sum(float(overlap(np.array(box), other)) for other in taken)
            worst = round(float(parts.max(initial=0.0)), 2)
            price = (busy, worst, round(_average(parts), 2), round(_average(whole), 2), choice, place)
            found.append((price, Spot(choice, box, worst)))
    return min(found, key=lambda entry: entry[0])[1] if found else None


def _average(values: FloatArray) -> float:
    return float(values.mean()) if values.size else 0.0


def _around(points: FloatArray, margin: float) -> FloatArray:
    """Return (n, 4) boxes around the known of (n, k, 2) points, NaN where none is known."""
    low = np.where(np.isnan(points), np.inf, points).min(axis=1) - margin
    high = np.where(np.isnan(points), -np.inf, points).max(axis=1) + margin
    boxes = np.concatenate([low, high], axis=1)
    return np.where(np.isfinite(boxes), boxes, np.nan)


def _mean(points: FloatArray) -> FloatArray:
    """Return the mean (n, 1, 2) of the known among (n, k, 2) points, NaN where none is."""
    known = np.isfinite(points).all(axis=2, keepdims=True)
    count = known.sum(axis=1, keepdims=True)
    total = np.where(known, points, 0.0).sum(axis=1, keepdims=True)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
