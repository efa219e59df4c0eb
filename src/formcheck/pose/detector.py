"""What the rest of formcheck asks of a pose model: one frame in, one person's landmarks out."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from formcheck.pose.sequence import FloatArray


@dataclass(frozen=True, kw_only=True)
class Landmarks:
    """One person in one frame.

    Parameters
    ----------
    xy_px : (33, 2) pixels of the upright picture, y down
    z_px : (33,) pixels, depth relative to the hips, smaller is nearer
    visibility, presence : (33,) in [0, 1]
    world_m : (33, 3) metres around the hips' mid-point
    """

    xy_px: FloatArray
    z_px: FloatArray
    visibility: FloatArray
    presence: FloatArray
    world_m: FloatArray


class PoseDetector(Protocol):
    """Follows one person through one clip; made anew for each clip, used in a ``with`` block."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def detect(self, rgb: npt.NDArray[np.uint8], time_s: float) -> Landmarks | None:
        """Return the landmarks in one frame, None where nobody is found.

        Parameters
        ----------
        rgb : (height, width, 3) upright picture
        time_s : seconds, later than in the call before
        """
        ...
