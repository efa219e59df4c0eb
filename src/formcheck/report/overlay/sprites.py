"""Small pictures with soft edges that are made once and pasted on many frames: plates, signs and letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.report.palette import INK, Colour, colour_of
from formcheck.video.picture import Picture
from formcheck.vocabulary import Status

Mask = npt.NDArray[np.uint8]
_FINE = 4
"""Signs are drawn this many times larger and then shrunk, for smooth edges."""


@dataclass(frozen=True, eq=False)
class Sprite:
    """(height, width, 3) pictures: colours times their opacity, and how much of the frame shines through (0..255)."""

    ink: Picture
    veil: Picture


def tinted(mask: Mask, colour: Colour) -> Sprite:
    """Return a sprite of one colour with the (height, width) opacity of ``mask``."""
    alpha = mask[..., None].astype(np.float32)
    return _sprite(alpha * (np.array(colour, dtype=np.float32) / 255.0), mask)


def paste(picture: Picture, sprite: Sprite, left: int, top: int) -> None:
    """Lay a sprite over the picture in place; what reaches beyond the picture is cut off."""
    height, width = sprite.ink.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + width, picture.shape[1]), min(top + height, picture.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    under = picture[y0:y1, x0:x1]
    cv2.multiply(under, sprite.veil[part], under, 1 / 255)
    cv2.add(under, sprite.ink[part], under)


@lru_cache(maxsize=64)
def plate(width: int, height: int, radius: int, opacity: float, colour: Colour = INK) -> Sprite:
    """Return a plate with round corners; ``opacity`` in [0, 1]."""
    across = _beyond(width, radius)[None, :]
    down = _beyond(height, radius)[:, None]
    inside = np.clip(radius + 0.5 - np.hypot(across, down), 0.0, 1.0)
    return tinted((inside * (255 * opacity)).astype(np.uint8), colour)


@lru_cache(maxsize=32)
def sign(status: Status | None, size: int) -> Sprite:
    """Return the sign of a status: a ticked disc, a warning triangle, a crossed octagon; a ring where not judged."""
    shape, glyph = (np.zeros((size * _FINE, size * _FINE), dtype=np.uint8) for _ in range(2))
    if status is None or status not in _SIGNS:
        _ring(shape, size * _FINE)
    else:
        _SIGNS[status](shape, glyph, size * _FINE)
    opacity, drawn = (_shrunk(mask, size) for mask in (shape, glyph))
    share = drawn[..., None].astype(np.float32) / 255.0
    colours = share * np.array(INK) + (1.0 - share) * np.array(colour_of(status))
    return _sprite(opacity[..., None].astype(np.float32) / 255.0 * colours, opacity)


def _shrunk(mask: Mask, size: int) -> Mask:
    return np.asarray(cv2.resize(mask, (size, size), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _sprite(ink: npt.NDArray[np.floating], mask: Mask) -> Sprite:
    veil = np.repeat((255 - mask)[..., None], 3, axis=2)
    return Sprite(ink=np.ascontiguousarray(ink.astype(np.uint8)), veil=np.ascontiguousarray(veil))


def _beyond(length: int, radius: int) -> npt.NDArray[np.float64]:
    """Return how far each pixel's centre lies outside the straight part of an edge."""
    centre = np.arange(length) + 0.5
    return np.asarray(np.maximum(np.maximum(radius - centre, centre - (length - radius)), 0.0))


def _disc(shape: Mask, glyph: Mask, size: int) -> None:
    cv2.circle(shape, (size // 2, size // 2), size // 2, (255,), -1)
    _strokes(glyph, size, [(0.27, 0.52), (0.44, 0.69), (0.75, 0.34)])


def _triangle(shape: Mask, glyph: Mask, size: int) -> None:
    corners = _pixels([(0.5, 0.1), (0.95, 0.9), (0.05, 0.9)], size)
    cv2.fillPoly(shape, [corners], (255,))
    cv2.polylines(shape, [corners], True, (255,), round(size * 0.1))
    _strokes(glyph, size, [(0.5, 0.38), (0.5, 0.62)])
    cv2.circle(glyph, (size // 2, round(size * 0.79)), round(size * 0.065), (255,), -1)


def _octagon(shape: Mask, glyph: Mask, size: int) -> None:
    cut = 0.29
    corners = [(cut, 0), (1 - cut, 0), (1, cut), (1, 1 - cut), (1 - cut, 1), (cut, 1), (0, 1 - cut), (0, cut)]
    cv2.fillPoly(shape, [_pixels(corners, size)], (255,))
    _strokes(glyph, size, [(0.31, 0.31), (0.69, 0.69)])
    _strokes(glyph, size, [(0.69, 0.31), (0.31, 0.69)])


def _ring(shape: Mask, size: int) -> None:
    cv2.circle(shape, (size // 2, size // 2), round(size * 0.26), (255,), round(size * 0.14))


_SIGNS = {Status.GOOD: _disc, Status.MINOR: _triangle, Status.MAJOR: _octagon}


def _strokes(mask: Mask, size: int, points: list[tuple[float, float]]) -> None:
    cv2.polylines(mask, [_pixels(points, size)], False, (255,), round(size * 0.12))


def _pixels(points: list[tuple[float, float]], size: int) -> npt.NDArray[np.int32]:
    return np.round(np.array(points) * (size - 1)).astype(np.int32)
