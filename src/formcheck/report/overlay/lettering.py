"""Letters for frames: OpenCV's own scalable typeface, each distinct text made once and then pasted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np

from formcheck.report.overlay.sprites import Sprite, paste, tinted
from formcheck.report.palette import WHITE, Colour
from formcheck.video.picture import Picture

REGULAR, SEMIBOLD = 400, 600
LINE = 1.25
"""Height of a line of text, in sizes."""
_CAPITALS = 0.73
"""Height of a capital letter, in sizes."""


@dataclass(frozen=True)
class Style:
    """How a text looks: ``size`` in pixels from the top of the tallest letter to the bottom of the lowest."""

    size: int
    weight: int = REGULAR
    colour: Colour = WHITE

    @property
    def line_height(self) -> int:
        return round(self.size * LINE)


@lru_cache(maxsize=1024)
def width_of(text: str, style: Style) -> int:
    """Return how wide a text is, in pixels."""
    left, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), _typeface(), style.size, style.weight)
    return int(left + width)


def write(picture: Picture, text: str, left: int, middle: float, style: Style) -> None:
    """Write one line in place, its capitals centred at the height ``middle``."""
    if text:
        baseline = round(middle + style.size * _CAPITALS / 2)
        paste(picture, _letters(text, style), left, baseline - style.size)


def wrapped(text: str, style: Style, width: int) -> tuple[str, ...]:
    """Return the text in lines of at most ``width`` pixels; a single longer word keeps its own line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@cache
def _typeface() -> cv2.FontFace:
    return cv2.FontFace("sans")


@lru_cache(maxsize=256)
def _letters(text: str, style: Style) -> Sprite:
    mask = np.zeros((style.line_height, width_of(text, style) + style.size // 4), dtype=np.uint8)
    cv2.putText(mask, text, (0, style.size), (255,), _typeface(), style.size, style.weight)
    return tinted(mask, style.colour)
