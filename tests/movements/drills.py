"""Running drills for the stick figure, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator
from tests.athlete import LEG, SHANK, STANDING_ANKLE, THIGH, Arm, Body, Leg, Movement
from tests.movements.limbs import BENT_ARM, reach, upright_at

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

STANCE_SAMPLES = 12


@dataclass(frozen=True, kw_only=True)
class Drill:
    """What high knees and butt kicks share.

    ``ahead`` is where the foot lands before the hips and ``duty`` the share of a stride that it stays down. Unless
    ``step`` says otherwise, steps are so long that the foot leaves as far behind as it landed ahead. ``uneven`` makes
    every second stride longer and the next one shorter by that share.
    """

    cadence: float = 170.0
    ahead: float = 0.05
    duty: float = 0.38
    step: float | None = None
    stance_knee: float = 16.0
    lean: float = 3.0
    rock: float = 1.0
    arm: Arm = BENT_ARM
    arm_swing: float = 25.0
    uneven: float = 0.0
    hip_height: float | None = None

    @property
    def step_metres(self) -> float:
        """Ground covered in half a stride."""
        return LEG * (self.ahead / self.duty if self.step is None else self.step)

    @property
    def hips(self) -> float:
        """Metres of the hip joints over the floor."""
        bent = np.sqrt(THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * np.cos(np.radians(self.stance_knee)))
        return STANDING_ANKLE + (float(bent) if self.hip_height is None else self.hip_height)


@dataclass(frozen=True, kw_only=True)
class HighKnees(Drill):
    """``thigh`` is the peak elevation, ``toes`` the ankle's dorsiflexion at the peak."""

    thigh: float = 95.0
    knee: float = 100.0
    toes: float = 5.0
    lean: float = 2.0


@dataclass(frozen=True, kw_only=True)
class ButtKicks(Drill):
    """``knee`` is the peak flexion, ``hang`` how far the kicking foot hangs below a right angle to the shin."""

    thigh: float = 8.0
    knee: float = 135.0
    hang: float = 22.0


def high_knees(drill: HighKnees | None = None) -> Movement:
    """Return quick steps with each thigh lifted in front."""
    drill = drill or HighKnees()
    swing = (
        (0.22, 0.45 * drill.thigh, min(95.0, drill.knee), -25.0),
        (0.42, drill.thigh - 1.0, drill.knee, drill.toes),
        (0.50, drill.thigh, drill.knee, drill.toes),
        (0.58, drill.thigh - 1.0, drill.knee, drill.toes),
    )
    return running_like(drill, swing)


def butt_kicks(drill: ButtKicks | None = None) -> Movement:
    """Return quick steps with each heel flicked up behind."""
    drill = drill or ButtKicks()
    swing = (
        (0.22, drill.thigh - 6.0, 0.62 * drill.knee, -drill.hang),
        (0.42, drill.thigh, drill.knee - 1.0, -drill.hang),
        (0.48, drill.thigh, drill.knee, -drill.hang),
        (0.54, drill.thigh, drill.knee - 1.0, -drill.hang),
        (0.70, drill.thigh + 4.0, 0.7 * drill.knee, -drill.hang),
    )
    return running_like(drill, swing)


def running_like(drill: Drill, swing: tuple[tuple[float, float, float, float], ...]) -> Movement:
    """Return alternating steps; ``swing`` is (share of the swing, thigh, knee, dorsiflexion) at some moments."""
    table = _stride_table(drill, swing)

    def body(time_s: FloatArray) -> Body:
        phase = _phase(drill, time_s)
        legs = {side: _leg_at(table, phase + offset) for side, offset in ((Side.LEFT, 0.0), (Side.RIGHT, 0.5))}
        turn = np.sin(2 * np.pi * (phase - 0.5 * drill.duty + 0.25))
        arms = {
            side: replace(drill.arm, upper=drill.arm.upper + sign * drill.arm_swing * turn)
            for side, sign in ((Side.LEFT, -1.0), (Side.RIGHT, 1.0))
        }
        pelvis = upright_at(len(time_s), drill.hips)
        pelvis[:, 0] = 2.0 * drill.step_metres * phase
        lean = drill.lean + drill.rock * np.sqrt(2.0) * np.sin(4 * np.pi * phase)
        return Body(pelvis=pelvis, legs=legs, arms=arms, trunk_lean=lean)

    return body


def _phase(drill: Drill, time_s: FloatArray) -> FloatArray:
    """Return how many strides have passed; every second one takes longer where the drill is uneven."""
    strides = time_s * drill.cadence / 120.0
    return strides + 0.5 * drill.uneven / np.pi * np.sin(np.pi * strides)


def _stride_table(drill: Drill, swing: tuple[tuple[float, float, float, float], ...]) -> PchipInterpolator:
    """Return thigh, knee and foot pitch over one stride, stance first, as a periodic curve through their moments."""
    rows = [_on_floor(drill, share * drill.duty) for share in np.linspace(0.0, 1.0, STANCE_SAMPLES)]
    for share, thigh, knee, bend in swing:
        rows.append((drill.duty + share * (1.0 - drill.duty), thigh, knee, bend - (knee - thigh)))
    for share, height in ((0.86, 0.07), (0.94, 0.02)):
        bent = reach(drill.ahead * LEG, drill.hips - STANDING_ANKLE - height)
        rows.append((drill.duty + share * (1.0 - drill.duty), float(bent[0]), float(bent[1]), 0.0))
    stride = np.array(rows)
    both = np.concatenate([stride + np.array([k, 0.0, 0.0, 0.0]) for k in (-1.0, 0.0, 1.0)])
    return PchipInterpolator(both[:, 0], both[:, 1:])


def _on_floor(drill: Drill, phase: float) -> tuple[float, float, float, float]:
    ahead = drill.ahead * LEG - 2.0 * drill.step_metres * phase
    thigh, knee = reach(ahead, drill.hips - STANDING_ANKLE)
    return phase, float(thigh), float(knee), 0.0


def _leg_at(table: PchipInterpolator, phase: FloatArray) -> Leg:
    thigh, knee, foot = table(phase % 1.0).T
    return Leg(thigh=thigh, knee=knee, foot=foot)
