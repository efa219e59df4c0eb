"""When each frame is shown: a file's time stamps made into strictly increasing seconds, and what they reveal."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

JOIN_SECONDS = 1.0
"""A stamp that falls back further than this begins another recording joined to the first; less is a stray stamp."""

STRAYS_IN_A_ROW = 5
"""So many frames in a row without a later stamp mean that the stamps are worthless and frames must be counted."""

ROUNDING_SECONDS = 0.0011
"""Containers that store whole milliseconds move a frame by up to one; the rest is for the float."""

VARIATION = 0.1
"""An interval this share away from the median is no longer the same frame rate."""

VARIED_SHARE = 0.01
"""A recording may drop a frame in a hundred and still count as constant."""


class Timeline:
    """Turns a stream's stamps into seconds since its first frame, strictly increasing.

    Stamps are trusted as they are. The repairs are: a frame without a stamp follows its predecessor by the nominal
    interval; a frame whose stamp is not later than its predecessor's is dropped, as players do; where the stamps fall
    back by more than a second, or five in a row are not later, the time goes on from there by the nominal interval.
    """

    def __init__(self, *, tick: Fraction, nominal_interval_s: float) -> None:
        self._tick = tick
        self._nominal_s = nominal_interval_s
        self._first_stamp: int | None = None
        self._shift_s = 0.0
        self._last_s: float | None = None
        self._strays = 0
        self.dropped = 0
        """Frames left out because their stamp was not later than the one before."""

    @property
    def origin_s(self) -> float:
        """The first frame's own time in the file, in seconds; other streams of the file count from the same zero."""
        return 0.0 if self._first_stamp is None else float(self._first_stamp * self._tick) - self._shift_s

    def place(self, stamp: int | None) -> float | None:
        """Return the seconds at which a frame is shown, None where the frame is to be dropped."""
        time_s = self._seconds(stamp)
        if self._last_s is not None and time_s <= self._last_s:
            self._strays += 1
            if self._last_s - time_s <= JOIN_SECONDS and self._strays < STRAYS_IN_A_ROW:
                self.dropped += 1
                return None
            self._shift_s += self._last_s + self._nominal_s - time_s
            time_s = self._last_s + self._nominal_s
            self._strays = STRAYS_IN_A_ROW
        else:
            self._strays = 0
        self._last_s = time_s
        return time_s

    def _seconds(self, stamp: int | None) -> float:
        following_s = 0.0 if self._last_s is None else self._last_s + self._nominal_s
        if stamp is None:
            return following_s
        if self._first_stamp is None:
            self._first_stamp, self._shift_s = stamp, following_s
        return float((stamp - self._first_stamp) * self._tick) + self._shift_s


class Sampler:
    """Chooses the frames that are looked at, so that there are at most ``rate_hz`` of them in a second.

    With a constant rate of n times ``rate_hz`` that is every n-th frame. A fifth of an interval of jitter is allowed,
    so that unsteady stamps do not cost frames.
    """

    def __init__(self, rate_hz: float) -> None:
        self._period_s = 1.0 / rate_hz
        self._due_s = 0.0

    def takes(self, time_s: float) -> bool:
        if time_s < self._due_s - 0.2 * self._period_s:
            return False
        is_late = time_s > self._due_s + 0.5 * self._period_s
        self._due_s = (time_s if is_late else self._due_s) + self._period_s
        return True


def median_interval(times_s: FloatArray) -> float:
    """Return the middle of the times between frames, in seconds; NaN for fewer than two frames."""
    return float(np.median(np.diff(times_s))) if len(times_s) > 1 else float("nan")


def frame_rate(times_s: FloatArray) -> float:
    """Return frames per second from first to last frame; 0 for fewer than two frames."""
    return float((len(times_s) - 1) / (times_s[-1] - times_s[0])) if len(times_s) > 1 else 0.0


def has_variable_rate(times_s: FloatArray, *, tick_s: float) -> bool:
    """Tell whether the intervals between frames differ by more than rounding to ``tick_s`` seconds explains."""
    if len(times_s) < 3:
        return False
    intervals = np.diff(times_s)
    typical = float(np.median(intervals))
    tolerance = max(1.01 * min(tick_s, 0.5 * typical), ROUNDING_SECONDS, VARIATION * typical)
    return bool(np.mean(np.abs(intervals - typical) > tolerance) > VARIED_SHARE)
