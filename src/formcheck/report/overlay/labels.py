"""Where the labels of angles stand: beside the body, near their joint, and quiet while the athlete moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.ndimage import maximum_filter1d

from formcheck.pose.sequence import FloatArray
from formcheck.report.overlay.blocks import blocks
from formcheck.report.overlay.boxes import Box, limb_points, overlap

_COVERING, _COLLIDING, _ENCROACHING, _FAR, _TOO_FAR, _MOVING = 2000.0, 1500.0, 2.0, 6.0, 60.0, 2.0
"""Prices of a label on the athlete, on another panel and merely in the athlete's box (per share of it and second), of
its distance from the joint and of what that is beyond an easy one (per picture diagonal and second), and of a jump to
another place."""
_CROSSING = 30.0
"""Price of a line from a label to its joint that runs over the body, per share of the body's points and second."""
_TOUCHING = 0.5
"""Price of reaching into the athlete's box at all, per second: a place clear of it is taken where there is one."""
_EASY_DISTANCE = 0.15
"""Picture diagonals over which the line from a label to its joint is followed without looking for it."""
_BESIDE, _HEAD = (0, 3), 1
"""The boxes beside which labels may stand, the whole body's and the legs', and the one that is all athlete."""
_NEAR_JOINT = (1.5, 4.0)
"""Gaps between a joint and a label that stands right beside it, where a bent body leaves room."""
_STEPS_BESIDE = (0.0, -1.15, 1.15, -2.3, 2.3)
_STEPS_ALONG = (0.0, -1.1, 1.1)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What labels have to keep clear of: the athlete's calm boxes (n, 4, 4), panels and the picture's edges.

    ``points`` are the (n, 33, 2) landmarks and ``flesh`` how far the body reaches around the lines between them, in
    pixels; a label must be clear of it ``reach`` frames before and after, too. ``panels`` never move.
    """

    time_s: FloatArray
    bodies: FloatArray
    points: FloatArray
    flesh: float
    reach: int
    inside: Box
    gap: float
    panels: tuple[Box, ...] = ()

    @cached_property
    def limbs(self) -> FloatArray:
        """(n, k, 2) points all over the body."""
        return limb_points(self.points)

    def part(self, rows: slice) -> Surroundings:
        """Return what is around in some of the frames."""
        return replace(self, time_s=self.time_s[rows], bodies=self.bodies[rows], points=self.points[rows])


def label_boxes(
    around: Surroundings, anchors: Sequence[FloatArray], sizes: Sequence[tuple[int, int]], shown: Sequence[Flags]
) -> list[FloatArray]:
    """Return for each label its (n, 4) boxes in pixels.

    ``anchors`` are the calm (n, 2) points that the labels belong to, ``shown`` the (n,) frames in which each is drawn.
    Earlier labels choose first; a label jumps to another place only where staying would cost more than the jump.
    """
    placed: list[FloatArray] = []
    for anchor, size, drawn in zip(anchors, sizes, shown, strict=True):
        rows = list(blocks(len(anchor)))
        price = np.concatenate([_prices_in(part, around, anchor, placed, size) for part in rows])
        chosen = _cheapest_path(price * drawn[:, None] * _durations(around.time_s)[:, None])
        boxes = [_chosen(_places(around.part(part), anchor[part], size), chosen[part]) for part in rows]
        placed.append(np.where(drawn[:, None], np.concatenate(boxes), np.nan))
    return placed


def _chosen(places: FloatArray, chosen: npt.NDArray[np.intp]) -> FloatArray:
    return np.asarray(places[np.arange(len(places)), chosen])


def _prices_in(
    rows: slice, around: Surroundings, anchor: FloatArray, placed: Sequence[FloatArray], size: tuple[int, int]
) -> FloatArray:
    """Return the (k, places) prices in some frames, in whose neighbours a label must be clear of the body, too."""
    first = max(0, rows.start - around.reach)
    wide = slice(first, rows.stop + around.reach)
    part, near = around.part(wide), anchor[wide]
    prices = _prices(part, _places(part, near, size), near, [other[wide] for other in placed], size)
    return prices[rows.start - first : rows.stop - first]


def _places(around: Surroundings, anchor: FloatArray, size: tuple[int, int]) -> FloatArray:
    """Return (n, places, 4) boxes to choose from: left and right of the body or its legs, above and below it."""
    (width, height), gap = size, around.gap
    left, top, right, bottom = np.moveaxis(around.bodies, 2, 0)
    beside = [anchor[:, 1] - height / 2 + step * height for step in _STEPS_BESIDE]
    along = [anchor[:, 0] - width / 2 + step * width for step in _STEPS_ALONG]
    across = [edge for part in _BESIDE for edge in (left[:, part] - gap - width, right[:, part] + gap)]
    across += [anchor[:, 0] + way for near in _NEAR_JOINT for way in (-near * gap - width, near * gap)]
    corners = [(x, y) for x in across for y in beside]
    corners += [(x, y) for y in (top[:, 0] - gap - height, bottom[:, 0] + gap) for x in along]
    inside = around.inside
    x = np.clip(np.stack([x for x, _ in corners], axis=1), inside.left, max(inside.left, inside.right - width))
    y = np.clip(np.stack([y for _, y in corners], axis=1), inside.top, max(inside.top, inside.bottom - height))
    return np.asarray(np.nan_to_num(np.stack([x, y, x + width, y + height], axis=2)))


def _prices(
    around: Surroundings, places: FloatArray, anchor: FloatArray, placed: Sequence[FloatArray], size: tuple[int, int]
) -> FloatArray:
    area = size[0] * size[1]
    low = places[..., :2] - anchor[:, None]
    high = anchor[:, None] - places[..., 2:]
    distance = np.linalg.norm(np.maximum(np.maximum(low, high), 0.0), axis=2)
    distance /= np.hypot(around.inside.width, around.inside.height)
    price = _FAR * distance + _TOO_FAR * np.maximum(distance - _EASY_DISTANCE, 0.0)
    encroached = overlap(places, around.bodies[:, None, 0]) / area
    price += _ENCROACHING * encroached + _TOUCHING * (encroached > 0.0)
    price += _COVERING * (overlap(places, around.bodies[:, None, _HEAD]) / area + _covered(around, places))
    price += _CROSSING * _crossed(around, places, anchor)
    for panel in around.panels:
        price += _COLLIDING * overlap(places, panel.grown(around.gap / 3)) / area
    margin = np.array([-1.0, -1.0, 1.0, 1.0]) * around.gap / 4
    for other in placed:
        price += _COLLIDING * overlap(places, (other + margin)[:, None]) / area
    return np.asarray(price)


def _covered(around: Surroundings, places: FloatArray) -> FloatArray:
    """Return the largest share of the body's points under (n, places, 4) boxes within reach of each frame."""
    x, y = np.moveaxis(around.limbs, 2, 0)
    left, top, right, bottom = np.moveaxis(places + around.flesh * np.array([-1.0, -1.0, 1.0, 1.0]), 2, 0)
    shares = np.empty(places.shape[:2])
    for place in range(places.shape[1]):
        across = (x > left[:, place, None]) & (x < right[:, place, None])
        down = (y > top[:, place, None]) & (y < bottom[:, place, None])
        shares[:, place] = (across & down).mean(axis=1)
    return np.asarray(maximum_filter1d(shares, 2 * around.reach + 1, axis=0))


def _crossed(around: Surroundings, places: FloatArray, anchor: FloatArray) -> FloatArray:
    """Return the share of the body's points under the lines from (n, places, 4) boxes to the joint, but those at it."""
    x, y = np.moveaxis(around.limbs - anchor[:, None], 2, 0)
    beyond = x**2 + y**2 > (2 * around.flesh) ** 2
    ends = np.clip(anchor[:, None], places[..., :2], places[..., 2:]) - anchor[:, None]
    shares = np.empty(places.shape[:2])
    for place in range(places.shape[1]):
        end_x, end_y = (end[:, None] for end in ends[:, place].T)
        along = np.clip((x * end_x + y * end_y) / np.maximum(end_x**2 + end_y**2, 1.0), 0.0, 1.0)
        off = (x - along * end_x) ** 2 + (y - along * end_y) ** 2
        shares[:, place] = (beyond & (off < (around.flesh / 2) ** 2)).mean(axis=1)
    return shares


def _durations(time_s: FloatArray) -> FloatArray:
    return np.gradient(time_s) if len(time_s) > 1 else np.ones(len(time_s))


def _cheapest_path(price: FloatArray) -> npt.NDArray[np.intp]:
    """Return the (n,) choices whose prices and jumps add up to least; ``price`` is (n, choices)."""
    rows, choices = price.shape
    total = np.zeros(choices)
    came_from = np.zeros((rows, choices), dtype=np.intp)
    for row in range(rows):
        best = int(total.argmin())
        stays = total <= total[best] + _MOVING
        came_from[row] = np.where(stays, np.arange(choices), best)
        total = np.where(stays, total, total[best] + _MOVING) + price[row]
    path = np.zeros(rows, dtype=np.intp)
    choice = int(total.argmin()) if rows else 0
    for row in range(rows - 1, -1, -1):
        path[row] = choice
        choice = int(came_from[row, choice])
    return path
