"""Landmark sequences that are well formed and otherwise anything: what a detector might give, and what none would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from tests.movements import EXAMPLES

from formcheck.kinematics.geometry import FloatArray
from formcheck.pose.sequence import LANDMARKS, PoseSequence
from formcheck.vocabulary import Part, Side

WIDTH, HEIGHT = 1280, 720
MOST_FRAMES = 240


class Motion(StrEnum):
    """What moves where no exercise is done."""

    STILL = "still"
    ONE_POINT = "one point"
    WALK = "walk"
    NOISE = "noise"
    TELEPORTS = "teleports"


class Clock(StrEnum):
    """How the frames lie in time."""

    EVEN = "even"
    JITTERED = "jittered"
    PAIRS = "pairs"
    PAUSE = "pause"
    SLOWING = "slowing"


class Hole(StrEnum):
    """What is missing in a stretch of frames."""

    NOBODY = "nobody"
    LEGS = "legs"
    TRUNK = "trunk"
    ONE_LEG = "one leg"
    WORLD = "world"
    EVERY_SECOND = "every second frame"


class Sight(StrEnum):
    """How well the landmarks are seen."""

    CLEAR = "clear"
    HIDDEN = "hidden"
    FLICKERING = "flickering"


HIDDEN_PARTS: dict[Hole, list[int]] = {
    Hole.LEGS: [part.on(side) for part in (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE) for side in Side],
    Hole.TRUNK: [part.on(side) for part in (Part.SHOULDER, Part.HIP) for side in Side],
    Hole.ONE_LEG: [part.on(Side.LEFT) for part in (Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)],
}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A hole from one share of the clip to another."""

    what: Hole
    start: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Scene:
    """How a sequence is made; ``motion`` is one of ``Motion`` or an example of the catalogue."""

    motion: str
    frames: int
    rate_hz: float
    clock: Clock
    pause_s: float
    gaps: tuple[Gap, ...]
    sight: Sight
    scale: float
    exchanges: int
    noise_px: float
    flat: bool
    seed: int

    def poses(self) -> PoseSequence:
        """Return the sequence, rounded as a track stores it."""
        random = np.random.default_rng(self.seed)
        xy, world = self._marks(random)
        middle = np.array([WIDTH / 2, HEIGHT / 2])
        xy = middle + self.scale * (xy - middle) + random.normal(0.0, self.noise_px, xy.shape)
        if self.flat:
            world = np.zeros_like(world)
        for frame in random.integers(0, self.frames, self.exchanges):
            xy[frame:] = _mirrored(xy[frame:])
        poses = PoseSequence(
            time_s=self._times(random),
            xy_px=xy,
            z_px=world[..., 2] * 280.0,
            visibility=self._visibility(random),
            presence=np.full(xy.shape[:2], 0.99),
            world_m=world,
            width=WIDTH,
            height=HEIGHT,
        )
        for gap in self.gaps:
            poses = _with_gap(poses, gap)
        return poses.rounded()

    def _marks(self, random: np.random.Generator) -> tuple[FloatArray, FloatArray]:
        """Return (n, 33, 2) pixels and (n, 33, 3) metres."""
        if self.motion in EXAMPLES:
            film = _example(self.motion)
            first = int(random.integers(0, max(1, len(film) - self.frames)))
            rows = np.minimum(np.arange(first, first + self.frames), len(film) - 1)
            return film.xy_px[rows].copy(), film.world_m[rows].copy()
        person = _example("high knees")
        xy, world = (np.repeat(marks[:1], self.frames, axis=0) for marks in (person.xy_px, person.world_m))
        if self.motion == Motion.ONE_POINT:
            return np.full_like(xy, 400.0), np.zeros_like(world)
        if self.motion == Motion.WALK:
            xy += random.normal(0.0, 4.0, xy.shape).cumsum(axis=0)
            world += random.normal(0.0, 0.02, world.shape).cumsum(axis=0)
        if self.motion == Motion.NOISE:
            xy = random.uniform(0.0, [WIDTH, HEIGHT], xy.shape)
            world = random.normal(0.0, 0.5, world.shape)
        if self.motion == Motion.TELEPORTS:
            xy += random.integers(0, 3, (self.frames, 1, 1)) * np.array([300.0, 0.0])
        return xy, world

    def _times(self, random: np.random.Generator) -> FloatArray:
        """Return (n,) seconds, strictly increasing from 0."""
        steps = np.full(self.frames, 1.0 / self.rate_hz)
        if self.clock is Clock.JITTERED:
            steps *= random.uniform(0.05, 1.95, self.frames)
        if self.clock is Clock.PAIRS:
            steps[::2] = 1e-5
        if self.clock is Clock.PAUSE:
            steps[self.frames // 2] = self.pause_s
        if self.clock is Clock.SLOWING:
            steps *= np.linspace(1.0, 20.0, self.frames)
        return np.asarray(np.concatenate([[0.0], steps[:-1].cumsum()]))

    def _visibility(self, random: np.random.Generator) -> FloatArray:
        shape = (self.frames, LANDMARKS)
        if self.sight is Sight.FLICKERING:
            return random.uniform(0.0, 1.0, shape)
        return np.full(shape, 0.99 if self.sight is Sight.CLEAR else 0.05)


@cache
def _example(name: str) -> PoseSequence:
    return EXAMPLES[name].filmed()


def _mirrored(xy: FloatArray) -> FloatArray:
    return np.asarray(xy * [-1.0, 1.0] + [WIDTH, 0.0])


def _with_gap(poses: PoseSequence, gap: Gap) -> PoseSequence:
    frames = np.arange(int(gap.start * len(poses)), int(np.ceil(gap.end * len(poses))))
    frames = frames[::2] if gap.what is Hole.EVERY_SECOND else frames
    xy, world, z, seen, there = (
        values.copy() for values in (poses.xy_px, poses.world_m, poses.z_px, poses.visibility, poses.presence)
    )
    if gap.what in {Hole.NOBODY, Hole.EVERY_SECOND}:
        for values in (xy, world, z, seen, there):
            values[frames] = np.nan
    elif gap.what is Hole.WORLD:
        world[frames] = np.nan
    else:
        rows = np.ix_(frames, np.array(HIDDEN_PARTS[gap.what]))
        for values in (xy, world, z, seen):
            values[rows] = np.nan
    return replace(poses, xy_px=xy, world_m=world, z_px=z, visibility=seen, presence=there)


SHARES = st.floats(0.0, 1.0)
GAPS = st.builds(
    lambda what, a, b: Gap(what=what, start=min(a, b), end=max(a, b)), st.sampled_from(Hole), SHARES, SHARES
)


def _mostly(usual: object, *others: object) -> st.SearchStrategy[Any]:
    """Return the usual value three times of four, so that one thing at a time is odd and much is judged."""
    return st.integers(0, 3).flatmap(lambda draw: st.sampled_from(others) if draw == 3 else st.just(usual))


SCENES = st.builds(
    Scene,
    motion=st.sampled_from([*EXAMPLES, *EXAMPLES, *(motion.value for motion in Motion)]),
    frames=_mostly(MOST_FRAMES, 1, 2, 3, 10, 40) | st.integers(1, MOST_FRAMES),
    rate_hz=_mostly(30.0, 1.0, 5.0, 24.0, 59.94, 240.0),
    clock=_mostly(Clock.EVEN, *Clock),
    pause_s=st.sampled_from([0.3, 2.0, 60.0, 4e5]),
    gaps=_mostly((), None).flatmap(lambda none: st.just(()) if none == () else st.lists(GAPS, max_size=3).map(tuple)),
    sight=_mostly(Sight.CLEAR, *Sight),
    scale=_mostly(1.0, 1e-4, 0.05, 40.0, -1.0),
    exchanges=_mostly(0, 1, 2, 3),
    noise_px=_mostly(0.0, 1.0, 10.0, 60.0),
    flat=_mostly(False, True),
    seed=st.integers(0, 2**32 - 1),
)
