"""Puts the landmarks of single frames together into a sequence, one row for every frame of the clip."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.pose.detector import Landmarks
from formcheck.pose.sequence import LANDMARKS, FloatArray, PoseSequence

LONGEST_BRIDGE_SECONDS = 0.1
"""Frames are skipped above 60 Hz, so looked-at neighbours further apart than this belong to a pause in the clip."""

UNKNOWN = np.full(4, np.nan)
COLUMNS = 8
"""Of a row: x, y, z, visibility, presence, and three world coordinates."""


class Assembly:
    """Collects rows in time order; frames that nobody looked at are filled from their neighbours at the end."""

    def __init__(self) -> None:
        self._times_s: list[float] = []
        self._looked_at: list[int] = []
        self._found: list[FloatArray] = []
        self._background: list[FloatArray] = []

    def add_skipped(self, time_s: float) -> None:
        """Add a frame that no detector saw."""
        self._times_s.append(time_s)

    def add(self, time_s: float, landmarks: Landmarks | None, background: FloatArray = UNKNOWN) -> None:
        """Add a frame that a detector saw, and how (4,) the background had moved; None where nobody was found."""
        self._looked_at.append(len(self._times_s))
        self._times_s.append(time_s)
        self._found.append(_row(landmarks))
        self._background.append(background)

    def sequence(self, *, width: int, height: int) -> PoseSequence:
        """Return all rows; skipped frames are interpolated where both neighbours found somebody, NaN elsewhere."""
        times_s = np.array(self._times_s, dtype=np.float64)
        rows = np.full((len(times_s), LANDMARKS, COLUMNS), np.nan)
        looked_at = np.array(self._looked_at, dtype=np.intp)
        if len(looked_at):
            rows[looked_at] = np.stack(self._found)
            _bridge(rows, times_s, looked_at)
        background = np.full((len(times_s), len(UNKNOWN)), np.nan)
        background[looked_at] = np.stack(self._background) if self._background else UNKNOWN
        return PoseSequence(
            time_s=times_s,
            xy_px=rows[:, :, 0:2],
            z_px=rows[:, :, 2],
            visibility=rows[:, :, 3],
            presence=rows[:, :, 4],
            world_m=rows[:, :, 5:8],
            width=width,
            height=height,
            background=background if np.isfinite(background).any() else None,
        )


def _row(landmarks: Landmarks | None) -> FloatArray:
    """Return (33, 8), NaN for nobody."""
    if landmarks is None:
        return np.full((LANDMARKS, COLUMNS), np.nan)
    scores = np.stack([landmarks.z_px, landmarks.visibility, landmarks.presence], axis=1)
    return np.concatenate([landmarks.xy_px, scores, landmarks.world_m], axis=1)


def _bridge(rows: FloatArray, times_s: FloatArray, looked_at: npt.NDArray[np.intp]) -> None:
    """Fill the skipped frames of ``rows`` in place by straight lines between the looked-at ones around them."""
    skipped = np.setdiff1d(np.arange(len(times_s)), looked_at)
    after = np.searchsorted(looked_at, skipped)
    between = (after > 0) & (after < len(looked_at))
    skipped, after = skipped[between], after[between]
    before_s, after_s = times_s[looked_at[after - 1]], times_s[looked_at[after]]
    near = after_s - before_s <= LONGEST_BRIDGE_SECONDS
    skipped, after, before_s, after_s = skipped[near], after[near], before_s[near], after_s[near]
    share = ((times_s[skipped] - before_s) / (after_s - before_s))[:, np.newaxis, np.newaxis]
    rows[skipped] = (1 - share) * rows[looked_at[after - 1]] + share * rows[looked_at[after]]
