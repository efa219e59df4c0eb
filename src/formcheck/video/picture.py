"""Decoded frames as upright pictures in square pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Colorspace, VideoReformatter

Picture = npt.NDArray[np.uint8]
"""(height, width, 3) red, green, blue; C-contiguous."""

LONGEST_SIDE_PX = 3840
"""Larger frames (8K) are scaled down to this: no model sees more, and memory is spared."""

HD_HEIGHT_PX = 577
"""Players take files that do not name their colour matrix for BT.709 from this height on, for BT.601 below."""

STRANGEST_PIXEL = 8
"""Pixels wider or higher than this many times are a damaged header."""

UNSPECIFIED = 2


@dataclass(frozen=True)
class Orientation:
    """How a stored picture is turned and mirrored to stand upright: first transposed, then flipped."""

    transposed: bool = False
    flipped_across: bool = False
    flipped_down: bool = False

    @staticmethod
    def of(frame: av.VideoFrame) -> Orientation:
        """Read the display matrix of a frame, rounded to quarter turns; upright where there is none."""
        stored: Any = frame.side_data.get("DISPLAYMATRIX")
        if stored is None:
            return Orientation()
        # The matrix takes stored (x, y) to shown (a x + c y, b x + d y), y down.
        (a, b, _), (c, d, _), _ = np.frombuffer(bytes(stored), dtype=np.int32)[:9].reshape(3, 3).tolist()
        if abs(b) + abs(c) > abs(a) + abs(d):
            return Orientation(transposed=True, flipped_across=c < 0, flipped_down=b < 0)
        return Orientation(flipped_across=a < 0, flipped_down=d < 0)

    @property
    def rotation_degrees(self) -> int:
        """Clockwise turn in {0, 90, 180, 270}; a mirrored picture counts as mirrored left to right after the turn."""
        if self.transposed:
            return 270 if self.flipped_down else 90
        return 180 if self.flipped_down else 0

    def apply(self, picture: Picture) -> Picture:
        """Return the picture upright; a view where possible, not always contiguous."""
        shown = picture.swapaxes(0, 1) if self.transposed else picture
        if self.flipped_down:
            shown = shown[::-1]
        return shown[:, ::-1] if self.flipped_across else shown


class UprightConverter:
    """Makes upright RGB pictures, all of one size, out of a stream's frames.

    The first frame decides the size. A frame of another size (a stream whose resolution changes) is scaled to fit,
    with black bars where the shape differs, so that bodies are never stretched.
    """

    def __init__(self, pixel_aspect: Fraction | None) -> None:
        self._aspect = float(pixel_aspect or 1)
        if not 1 / STRANGEST_PIXEL <= self._aspect <= STRANGEST_PIXEL:
            self._aspect = 1.0
        self._reformatter = VideoReformatter()
        self.size: tuple[int, int] | None = None
        """Width and height of every picture, None before the first."""
        self.rotation_degrees = 0
        self._orientations: dict[int, Orientation] = {}

    def picture(self, frame: av.VideoFrame) -> Picture:
        """Return one frame upright, in square pixels."""
        orientation = self._orientation(frame)
        size = self._square_size(frame, orientation)
        if self.size is None:
            self.size, self.rotation_degrees = size, orientation.rotation_degrees
        if size == self.size:
            return self._upright(frame, orientation, size)
        return self._fitted(frame, orientation, size, self.size)

    def _orientation(self, frame: av.VideoFrame) -> Orientation:
        # Looking at a frame's side data ties frame and data in a cycle that keeps the picture in memory until the
        # garbage collector comes by, so it is done once for each rotation and not for each frame.
        rotation = frame.rotation
        if rotation not in self._orientations:
            self._orientations[rotation] = Orientation.of(frame)
        return self._orientations[rotation]

    def _square_size(self, frame: av.VideoFrame, orientation: Orientation) -> tuple[int, int]:
        width, height = frame.width * max(self._aspect, 1.0), frame.height * max(1.0 / self._aspect, 1.0)
        scale = min(1.0, LONGEST_SIDE_PX / max(width, height))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        return size[::-1] if orientation.transposed else size

    def _upright(self, frame: av.VideoFrame, orientation: Orientation, size: tuple[int, int]) -> Picture:
        width, height = size[::-1] if orientation.transposed else size
        matrix = None
        if frame.colorspace == UNSPECIFIED:
            matrix = Colorspace.ITU709 if frame.height >= HD_HEIGHT_PX else Colorspace.ITU601
        rgb = self._reformatter.reformat(frame, width, height, "rgb24", src_colorspace=matrix, threads=1)
        return np.ascontiguousarray(orientation.apply(_view(rgb)))

    def _fitted(
        self, frame: av.VideoFrame, orientation: Orientation, size: tuple[int, int], into: tuple[int, int]
    ) -> Picture:
        scale = min(into[0] / size[0], into[1] / size[1])
        width, height = (max(1, math.floor(side * scale + 1e-9)) for side in size)
        left, top = (into[0] - width) // 2, (into[1] - height) // 2
        canvas = np.zeros((into[1], into[0], 3), dtype=np.uint8)
        canvas[top : top + height, left : left + width] = self._upright(frame, orientation, (width, height))
        return canvas


def _view(rgb: av.VideoFrame) -> Picture:
    """Return a frame's own memory as a picture: a copy of each 4K frame would cost 25 MB and its time."""
    plane = rgb.planes[0]
    # A plane lends its memory, which the type stubs do not say.
    rows: Picture = np.frombuffer(cast("bytes", plane), dtype=np.uint8).reshape(rgb.height, plane.line_size)
    return rows[:, : 3 * rgb.width].reshape(rgb.height, rgb.width, 3)
