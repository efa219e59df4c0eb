"""One stretch of a motion in which one exercise is done, with its events and its camera view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.orientation import facing_of
from formcheck.vocabulary import Context, Facing, Side, View


@dataclass(frozen=True)
class Rep:
    """One repetition, step or swing, as frame indices; ``side`` is the working leg.

    ``whole`` tells whether the clip shows all of it, ``valid`` whether it goes far enough to count in a set,
    ``moment_s`` the second of the peak where that is known better than to the frame.
    """

    side: Side | None
    start: int
    peak: int
    end: int
    whole: bool = True
    valid: bool = True
    moment_s: float | None = None

    @property
    def frames(self) -> slice:
        return slice(self.start, self.end + 1)


@dataclass(frozen=True)
class Held:
    """One held posture, as frame indices; ``start_seen`` and ``end_seen`` tell whether the clip shows its ends."""

    side: Side | None
    start: int
    end: int
    start_seen: bool = True
    end_seen: bool = True

    @property
    def frames(self) -> slice:
        return slice(self.start, self.end + 1)


@dataclass(frozen=True, kw_only=True)
class Bout:
    """Where in a motion an exercise was found: first and last frame, confidence in [0, 1], and its events."""

    start: int
    end: int
    confidence: float
    reps: tuple[Rep, ...] = ()
    holds: tuple[Held, ...] = ()

    @property
    def frames(self) -> slice:
        return slice(self.start, self.end + 1)


@dataclass(frozen=True)
class Performance:
    """What criteria measure: a motion, the bout in it, and where the camera stood during the bout.

    ``side`` is the one the caller asked for, ``clip`` the clip's number and ``first_frame`` the motion's place in it.
    """

    motion: Motion
    bout: Bout
    context: Context | None = None
    side: Side | None = None
    clip: int = 0
    first_frame: int = 0

    @property
    def frames(self) -> slice:
        return self.bout.frames

    @property
    def rate_hz(self) -> float:
        return self.motion.rate_hz

    @cached_property
    def _view(self) -> tuple[View, float]:
        return self.motion.orientation.view_at(self.frames)

    @property
    def view(self) -> View:
        return self._view[0]

    @property
    def off_side_degrees(self) -> float:
        """Degrees between the camera and the athlete's side plane, [0, 90]."""
        return self._view[1]

    @property
    def frontal(self) -> bool:
        return self.view in (View.FRONT, View.BACK)

    @cached_property
    def facing(self) -> Facing:
        return facing_of(self.view, self.motion.orientation.forward[self.frames])

    @cached_property
    def near(self) -> Side:
        """The side nearer to the camera."""
        return self.motion.orientation.near_side(self.frames)

    @property
    def forward(self) -> FloatArray:
        """(n,) +1 where forward is to the picture's right, -1 to the left."""
        return self.motion.orientation.forward

    @property
    def time_s(self) -> FloatArray:
        return self.motion.time_s

    @property
    def working_sides(self) -> tuple[Side, ...]:
        """The sides that did repetitions or holds, left first; the wanted one alone where the caller named one."""
        found = {rep.side for rep in self.bout.reps} | {hold.side for hold in self.bout.holds}
        return tuple(side for side in Side if side in found and self.side in (None, side))

    def reps(self, side: Side | None = None) -> tuple[Rep, ...]:
        """Return the whole repetitions, of one side or all; those of the wanted side where the caller named one.

        Where none is whole (a clip of one cut repetition) the cut ones serve.
        """
        fitting = [
            r for r in self.bout.reps if side in (None, r.side) and (self.side is None or r.side in (None, self.side))
        ]
        whole = [r for r in fitting if r.whole]
        return tuple(whole or fitting)

    def around(self, frame: int, seconds: float) -> slice:
        """Return the frames within ``seconds`` of a frame, at least that frame itself."""
        near = np.flatnonzero(np.abs(self.time_s - self.time_s[frame]) <= seconds + 1e-9)
        return slice(int(near[0]), int(near[-1]) + 1)


def reduced(values: Sequence[float] | FloatArray) -> float:
    """Return the median of the known values, NaN where none is known."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(np.median(known)) if known.size else float("nan")


def share(flags: npt.NDArray[np.bool_]) -> float:
    """Return the share of True, 0 for nothing."""
    return float(np.mean(flags)) if flags.size else 0.0
