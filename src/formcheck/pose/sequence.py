"""Landmarks of one athlete through a clip, as plain arrays. No model and no codec is known here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

LANDMARKS = 33


@dataclass(frozen=True, kw_only=True)
class PoseSequence:
    """Landmarks in every frame of a clip, rows in time order, NaN where nobody was found.

    Parameters
    ----------
    time_s : (n,) seconds, strictly increasing, first frame 0
    xy_px : (n, 33, 2) pixels of the upright picture, x to the right and y DOWN
    z_px : (n, 33) pixels, depth relative to the hips, smaller is nearer to the camera
    visibility, presence : (n, 33) in [0, 1]
    world_m : (n, 33, 3) metres around the hips' mid-point, axes as in the picture
    width, height : pixels
    background : (n, 4) a, b, x, y, or None where nobody looked at it
        How the background has moved since the first frame: what lay at (p, q) lies at (a p - b q + x, b p + a q + y)
        now, in pixels. NaN where that could not be told.
    """

    time_s: FloatArray
    xy_px: FloatArray
    z_px: FloatArray
    visibility: FloatArray
    presence: FloatArray
    world_m: FloatArray
    width: int
    height: int
    background: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """(n,) True where somebody was found."""
        return np.asarray(np.isfinite(self.xy_px[:, 0, 0]))

    def part(self, frames: slice | npt.NDArray[np.bool_]) -> PoseSequence:
        """Return some frames, a slice or (n,) True, with the times that they have in the whole sequence."""
        return replace(
            self,
            time_s=self.time_s[frames],
            xy_px=self.xy_px[frames],
            z_px=self.z_px[frames],
            visibility=self.visibility[frames],
            presence=self.presence[frames],
            world_m=self.world_m[frames],
            background=None if self.background is None else self.background[frames],
        )

    def rounded(self) -> PoseSequence:
        """Return the sequence with every value as a landmark track stores it.

        Positions pass through float32, visibility and presence through float16, so that a clip and the track written
        from it give the same verdict to the last bit.
        """
        return PoseSequence(
            time_s=np.asarray(self.time_s, dtype=np.float64),
            xy_px=_through(self.xy_px, np.float32),
            z_px=_through(self.z_px, np.float32),
            visibility=_through(self.visibility, np.float16),
            presence=_through(self.presence, np.float16),
            world_m=_through(self.world_m, np.float32),
            width=self.width,
            height=self.height,
            background=None if self.background is None else _through(self.background, np.float32),
        )


def _through(values: FloatArray, dtype: type[np.floating]) -> FloatArray:
    return np.asarray(values).astype(dtype).astype(np.float64)
