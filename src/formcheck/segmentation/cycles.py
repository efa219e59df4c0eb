"""Excursions of a signal, found with hysteresis: swings of a leg, dips of the hips, rises of a heel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.runs import runs


@dataclass(frozen=True)
class Cycle:
    """One excursion, as frame indices: first frame out, the extreme, first frame back.

    ``whole`` is False where the clip or a gap cuts it off at either end.
    """

    start: int
    peak: int
    end: int
    whole: bool = True

    @property
    def frames(self) -> slice:
        return slice(self.start, self.end + 1)


def excursions(signal: FloatArray, *, enter: float, leave: float) -> list[Cycle]:
    """Return every stretch in which ``signal`` (n,) rises above ``enter``, widened to where it crosses ``leave``.

    ``enter`` must be above ``leave``. NaN ends an excursion and leaves it unwhole.
    """
    known = np.concatenate(([False], np.isfinite(signal), [False]))
    found = []
    for out in runs(np.nan_to_num(signal, nan=-np.inf) > leave):
        inside = signal[out]
        if inside.max() > enter:
            whole = bool(known[out.start] and known[out.stop + 1])
            found.append(Cycle(out.start, out.start + int(inside.argmax()), min(out.stop, len(signal) - 1), whole))
    return found
