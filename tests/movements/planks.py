"""Planks for the stick figure: from a rest into the hold and back, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from tests.athlete import (
    HIP_WIDTH,
    SHANK,
    SHOULDER_WIDTH,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Arm,
    Body,
    Leg,
    Movement,
)
from tests.movements.limbs import ankle_on_toes, eased

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

ELBOW_HEIGHT = 0.03
SIDE_ANKLE_HEIGHT = 0.05
RAISED_HEEL = 72.0
KNEELING = 60.0
"""Knee flexion that puts the knees of somebody on forearms and toes on the floor."""
SITTING = -0.17
"""The hips' offset that puts the lower one on the floor."""
ROUNDS = 12


@dataclass(frozen=True, kw_only=True)
class Plank:
    """What both planks share.

    ``hips`` is how far the hips are over the line from shoulders to ankles, in its lengths, and ``fading`` how much
    they sink during the hold. ``rest``, ``way`` and ``hold`` are seconds; without a rest the clip shows the hold only.
    """

    hips: float = 0.0
    fading: float = 0.0
    knee: float = 4.0
    arm: float = 0.0
    rest: float = 1.0
    way: float = 0.6
    hold: float = 6.0

    @property
    def lasts(self) -> float:
        return 2 * (self.rest + self.way) + self.hold if self.rest else self.hold

    def share(self, time_s: FloatArray) -> FloatArray:
        """Return how far the athlete is in the posture, (n,) in [0, 1]."""
        if not self.rest:
            return np.ones_like(time_s)
        begun = time_s - self.rest
        return eased(begun / self.way) * eased((2 * self.way + self.hold - begun) / self.way)

    def offset(self, time_s: FloatArray) -> FloatArray:
        """Return the hips' offset in the posture, (n,): it fades all through the hold."""
        done = (time_s - (self.rest + self.way if self.rest else 0.0)) / self.hold
        return self.hips - self.fading * np.clip(done, 0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class FrontPlank(Plank):
    """``arm`` is how far the elbows are in front of the shoulders, ``head`` how far the head hangs, in degrees."""

    head: float = 0.0


@dataclass(frozen=True, kw_only=True)
class SidePlank(Plank):
    """``side`` carries; ``arm`` is how far its elbow is away from below the shoulder, in degrees towards the feet."""

    side: Side = Side.LEFT
    free_arm: float = 70.0


def front_plank(plank: FrontPlank | None = None) -> Movement:
    """Return a plank on forearms and toes, between two rests on the knees."""
    plank = plank or FrontPlank()

    def body(time_s: FloatArray) -> Body:
        knee = KNEELING + (plank.knee - KNEELING) * plank.share(time_s)
        leg, at_hip = _bent_leg(knee)
        _, ankle = ankle_on_toes(np.full_like(time_s, RAISED_HEEL))
        shoulder = ELBOW_HEIGHT + UPPER_ARM * np.cos(np.radians(plank.arm))
        below, above, rise = _bends(plank.offset(time_s), leg, shoulder - ankle)
        legs, trunk = rise + below, rise - above
        pelvis = np.stack(
            [leg * np.cos(legs), np.zeros_like(leg), ankle + leg * np.sin(legs)],
            axis=1,
        )
        thigh = -90.0 + np.degrees(legs) + at_hip
        one = Leg(thigh=thigh, knee=knee, foot=-RAISED_HEEL)
        arm = Arm(upper=plank.arm, elbow=90.0 - plank.arm, out=0.0)
        return Body(
            pelvis=pelvis,
            legs={Side.LEFT: one, Side.RIGHT: one},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=90.0 - np.degrees(trunk),
            head_drop=plank.head,
        )

    return body


def side_plank(plank: SidePlank | None = None) -> Movement:
    """Return a plank on one forearm, chest forwards, between two rests on the hip."""
    plank = plank or SidePlank()
    sign = 1.0 if plank.side is Side.LEFT else -1.0

    def body(time_s: FloatArray) -> Body:
        knee = np.full_like(time_s, plank.knee)
        leg, at_hip = _bent_leg(knee)
        offset = SITTING + (plank.offset(time_s) - SITTING) * plank.share(time_s)
        trunk = np.full_like(time_s, 0.3)
        for _ in range(ROUNDS):
            upright = np.cos(trunk)
            shoulder = ELBOW_HEIGHT + UPPER_ARM * np.cos(np.radians(plank.arm)) + 0.5 * SHOULDER_WIDTH * upright
            below, above, rise = _bends(offset, leg, shoulder - SIDE_ANKLE_HEIGHT - 0.5 * HIP_WIDTH * upright)
            legs, trunk = rise + below, rise - above
        height = shoulder - TRUNK * np.sin(trunk)
        out = 90.0 - np.degrees(legs)
        lean = 90.0 - np.degrees(trunk)
        carried = Leg(thigh=at_hip, knee=knee, out=-out)
        return Body(
            pelvis=np.stack([np.zeros_like(height), np.zeros_like(height), height], axis=1),
            legs={plank.side: carried, plank.side.other: replace(carried, out=out)},
            arms={
                plank.side: Arm(elbow=90.0, out=-plank.arm, fore_out=0.0),
                plank.side.other: Arm(elbow=5.0, out=plank.free_arm),
            },
            side_lean=sign * lean,
            obliquity=-sign * lean,
        )

    return body


def _bent_leg(knee: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return metres from hip to ankle and degrees from that line to the thigh."""
    bent = np.radians(knee)
    far = np.sqrt(THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * np.cos(bent))
    return far, np.degrees(np.arcsin(SHANK * np.sin(bent) / far))


def _bends(offset: FloatArray, leg: FloatArray, rise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return how far legs and trunk are bent off the line from ankles to shoulders and that line's slope, radians."""
    line = leg + TRUNK
    for _ in range(ROUNDS):
        below, above = np.arcsin(offset * line / leg), np.arcsin(offset * line / TRUNK)
        line = leg * np.cos(below) + TRUNK * np.cos(above)
    return below, above, np.arcsin(rise / line)
