"""Fast feet for the stick figure, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator
from tests.athlete import LEG, SHANK, STANDING_ANKLE, Arm, Body, Leg, Movement
from tests.movements.limbs import BENT_ARM, eased, reach, upright_at

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

STANCE_SAMPLES, SWING_SAMPLES = 8, 9


@dataclass(frozen=True, kw_only=True)
class FastFeet:
    """Quick low steps on the spot.

    ``height`` is how high a flat foot comes, in shank lengths, ``duty`` the share of a stride that it is down,
    ``kept`` the last third's step rate over the first third's. ``standing`` seconds of quiet standing come first.
    """

    cadence: float = 280.0
    height: float = 0.15
    duty: float = 0.46
    kept: float = 1.0
    standing: float = 0.0
    stance_knee: float = 24.0
    lean: float = 6.0
    arm: Arm = BENT_ARM
    arm_swing: float = 18.0
    drill_seconds: float = 5.0

    @property
    def lasts(self) -> float:
        """Seconds of standing and stepping together."""
        return self.standing + self.drill_seconds

    @property
    def hips(self) -> float:
        """Metres of the hip joints over the ankles of standing feet."""
        return LEG * float(np.cos(np.radians(0.5 * self.stance_knee)))

    @property
    def contact(self) -> float:
        """Seconds that a foot is down."""
        return self.duty * 120.0 / self.cadence


def fast_feet(drill: FastFeet | None = None) -> Movement:
    """Return quick low steps, after some standing where that is wanted."""
    wanted = drill or FastFeet()
    table = _stride_table(wanted)

    def body(time_s: FloatArray) -> Body:
        begun = eased((time_s - wanted.standing) / 0.3) if wanted.standing else np.ones_like(time_s)
        phase = _strides(wanted, time_s)
        hips = STANDING_ANKLE + 0.9999 * LEG + (wanted.hips - 0.9999 * LEG) * begun
        legs = {}
        for side, offset in ((Side.LEFT, 0.0), (Side.RIGHT, 0.5)):
            ahead, up = table((phase + offset) % 1.0).T * begun
            thigh, knee = reach(ahead, hips - STANDING_ANKLE - up)
            legs[side] = Leg(thigh=thigh, knee=knee, foot=0.0)
        pelvis = upright_at(len(time_s), 0.0)
        pelvis[:, 2] = hips
        swing = wanted.arm_swing * begun * np.sin(2 * np.pi * phase)
        arms = {
            side: replace(wanted.arm, upper=wanted.arm.upper + sign * swing)
            for side, sign in ((Side.LEFT, -1.0), (Side.RIGHT, 1.0))
        }
        return Body(pelvis=pelvis, legs=legs, arms=arms, trunk_lean=wanted.lean * begun)

    return body


def _strides(drill: FastFeet, time_s: FloatArray) -> FloatArray:
    """Return how many strides have passed; the rate falls evenly so that the thirds differ by ``kept``."""
    slower = (drill.kept - 1.0) / (5.0 / 6.0 - drill.kept / 6.0)
    time = np.maximum(time_s - drill.standing, 0.0)
    return np.asarray(drill.cadence / 120.0 * (time + slower * time**2 / (2.0 * drill.drill_seconds)))


def _stride_table(drill: FastFeet) -> PchipInterpolator:
    """Return (ahead, up) of the ankle in metres over one stride, stance first: a foot that circles a little."""
    down, swing = np.linspace(0.0, 1.0, STANCE_SAMPLES), np.linspace(0.0, 1.0, SWING_SAMPLES + 2)[1:-1]
    reach_ahead = 0.05 * LEG
    ahead = np.concatenate([reach_ahead * (1.0 - 2.0 * down), -reach_ahead * np.cos(np.pi * swing)])
    up = np.concatenate([np.zeros_like(down), drill.height * SHANK * np.sin(np.pi * swing)])
    at = np.concatenate([down * drill.duty, drill.duty + swing * (1.0 - drill.duty)])
    rows = np.stack([ahead, up], axis=1)
    return PchipInterpolator(np.concatenate([at - 1.0, at, at + 1.0]), np.tile(rows, (3, 1)))
