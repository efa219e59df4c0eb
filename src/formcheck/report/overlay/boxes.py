"""Rectangles in the picture: where the athlete is, and where there is room beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.ndimage import maximum_filter1d, minimum_filter1d, uniform_filter1d

from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

_HEAD_IN_TRUNKS = 0.34
"""From the middle of the face to the crown, with hair."""
_FLESH_IN_TRUNKS = 0.1
"""From a landmark inside a limb to its skin."""
_FACE = tuple(range(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1))


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
    """A place for a panel: which of the offered sizes, where, and the largest share of it that the athlete is under."""

    choice: int
    box: Box
    covered: float


def seen_points(poses: PoseSequence) -> FloatArray:
    """Return (n, 33, 2) pixels, NaN where a landmark is unknown or hardly visible."""
    return np.where((poses.visibility < LEAST_VISIBILITY)[..., None], np.nan, poses.xy_px)


def body_boxes(points: FloatArray, trunk: float) -> FloatArray:
    """Return (n, 4) pixels (left, top, right, bottom) around the whole body with head and skin; NaN without a body.

    ``points`` are (n, 33, 2) pixels, ``trunk`` the length of the trunk in pixels.
    """
    face = _mean(points[:, _FACE])
    flesh, head = _FLESH_IN_TRUNKS * trunk, _HEAD_IN_TRUNKS * trunk
    points = np.concatenate([points - flesh, points + flesh, face - head, face + head], axis=1)
    unseen = np.isnan(points).all(axis=(1, 2))
    points[unseen] = 0.0
    boxes = np.concatenate([np.nanmin(points, axis=1), np.nanmax(points, axis=1)], axis=1)
    boxes[unseen] = np.nan
    return boxes


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
    """Return boxes that move slowly and still hold every box within ``rows`` before and after; gaps are filled."""
    held = filled(boxes)
    size = 2 * rows + 1
    low = uniform_filter1d(minimum_filter1d(held[:, :2], size, axis=0, mode="nearest"), size, axis=0, mode="nearest")
    high = uniform_filter1d(maximum_filter1d(held[:, 2:], size, axis=0, mode="nearest"), size, axis=0, mode="nearest")
    return np.concatenate([low, high], axis=1)


def filled(values: FloatArray) -> FloatArray:
    """Return (n, k) values with each column's gaps bridged in a straight line; 0 where a column is all NaN."""
    rows = np.arange(len(values))
    columns = []
    for column in values.T:
        known = np.isfinite(column)
        columns.append(np.interp(rows, rows[known], column[known]) if known.any() else np.zeros(len(rows)))
    return np.stack(columns, axis=1)


def overlap(boxes: FloatArray, others: FloatArray | Box) -> FloatArray:
    """Return the area in square pixels that boxes (..., 4) share with others (..., 4); 0 where one is NaN."""
    other = np.asarray(others, dtype=np.float64)
    low = np.maximum(boxes[..., :2], other[..., :2])
    high = np.minimum(boxes[..., 2:], other[..., 2:])
    return np.nan_to_num(np.prod(np.clip(high - low, 0.0, None), axis=-1))


def roomiest(
    sizes: Sequence[tuple[int, int]], corners: Sequence[tuple[float, float]], inside: Box, bodies: FloatArray, taken: Sequence[Box]
) -> Spot | None:
    """Return the place for a panel that the athlete is under least, the earlier size and corner where equal.

    ``corners`` are places in [0, 1] across and down; ``bodies`` (n, 4) are the athlete's boxes over the clip, ``taken``
    boxes that must stay free. None where no size fits.
    """
    found: list[tuple[tuple[float, ...], Spot]] = []
    for choice, (width, height) in enumerate(sizes):
        if width > inside.width or height > inside.height:
            continue
        for place, (across, down) in enumerate(corners):
            left = inside.left + across * (inside.width - width)
            top = inside.top + down * (inside.height - height)
            box = Box(left, top, left + width, top + height)
            under = overlap(bodies, box) / (width * height)
            worst, mean = float(under.max(initial=0.0)), float(under.mean()) if under.size else 0.0
            busy = sum(float(overlap(np.array(box), other)) for other in taken)
            found.append(((busy, round(worst, 2), round(mean, 3), choice, place), Spot(choice, box, worst)))
    return min(found, key=lambda entry: entry[0])[1] if found else None


def _mean(points: FloatArray) -> FloatArray:
    """Return the mean (n, 1, 2) of the known among (n, k, 2) points, NaN where none is."""
    known = np.isfinite(points).all(axis=2, keepdims=True)
    count = known.sum(axis=1, keepdims=True)
    total = np.where(known, points, 0.0).sum(axis=1, keepdims=True)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
