"""What people also do in front of a camera; no exercise of the catalogue."""

from __future__ import annotations

import numpy as np
from tests.athlete import FOREARM, LEG, STANDING_ANKLE, TRUNK, UPPER_ARM, Arm, Body, Leg, Movement
from tests.movements.drills import Drill, running_like
from tests.movements.limbs import HANGING_ARM, ankle_on_toes, dips, over_foot, upright_at

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

BOTH_ARMS = {Side.LEFT: HANGING_ARM, Side.RIGHT: HANGING_ARM}


def standing(time_s: FloatArray) -> Body:
    """Return somebody who waits, swaying a little."""
    pelvis = upright_at(len(time_s), STANDING_ANKLE + LEG)
    pelvis[:, 0] += 0.01 * np.sin(0.9 * time_s)
    leg = Leg(thigh=-0.7 * np.sin(0.9 * time_s))
    return Body(pelvis=pelvis, legs={Side.LEFT: leg, Side.RIGHT: leg}, arms=BOTH_ARMS)


def walking(cadence: float = 112.0, step: float = 0.75) -> Movement:
    """Return an ordinary walk."""
    swing = ((0.30, 2.0, 62.0, -10.0), (0.55, 26.0, 50.0, 0.0), (0.75, 28.0, 22.0, 0.0))
    gait = Drill(cadence=cadence, step=step, ahead=0.40, duty=0.60, hip_height=0.90 * LEG, arm=HANGING_ARM, lean=2.0)
    return running_like(gait, swing)


def running(cadence: float = 168.0, step: float = 1.45) -> Movement:
    """Return a run: the thigh trails far behind the body before it comes forward."""
    swing = (
        (0.10, -32.0, 45.0, -25.0),
        (0.30, -8.0, 100.0, -15.0),
        (0.50, 28.0, 105.0, 0.0),
        (0.66, 42.0, 78.0, 0.0),
    )
    gait = Drill(cadence=cadence, step=step, ahead=0.28, duty=0.30, hip_height=0.86 * LEG, lean=7.0)
    return running_like(gait, swing)


def two_legged_squats(knee: float = 95.0, seconds: float = 2.6) -> Movement:
    """Return squats on both legs."""

    def body(time_s: FloatArray) -> Body:
        low, _ = dips(time_s, 100, seconds, 0.8)
        bent, shin = 4.0 + (knee - 4.0) * low, 1.0 + 24.0 * low
        leg = Leg(thigh=bent - shin, knee=bent, out=4.0, turn_out=12.0)
        arm = Arm(upper=75.0 * low, elbow=10.0)
        pelvis = over_foot(bent, shin, np.zeros_like(bent))
        return Body(
            pelvis=pelvis,
            legs={Side.LEFT: leg, Side.RIGHT: leg},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=35.0 * low,
        )

    return body


def jumping_jacks(rate: float = 55.0) -> Movement:
    """Return jumping jacks, so many a minute."""

    def body(time_s: FloatArray) -> Body:
        turn = 2 * np.pi * rate / 60.0 * time_s
        open_ = 0.5 - 0.5 * np.cos(turn)
        leg = Leg(thigh=6.0, knee=12.0, out=26.0 * open_)
        arm = Arm(out=10.0 + 150.0 * open_, elbow=8.0)
        pelvis = upright_at(len(time_s), STANDING_ANKLE + 0.985 * LEG)
        pelvis[:, 2] += 0.07 * np.abs(np.sin(turn)) - LEG * (1.0 - np.cos(np.radians(26.0 * open_)))
        return Body(pelvis=pelvis, legs={Side.LEFT: leg, Side.RIGHT: leg}, arms={Side.LEFT: arm, Side.RIGHT: arm})

    return body


def push_ups(seconds: float = 2.2) -> Movement:
    """Return push-ups on straight legs, the hands on the floor."""

    def body(time_s: FloatArray) -> Body:
        low = 0.5 - 0.5 * np.cos(2 * np.pi * time_s / seconds)
        slope = 75.0 + 8.0 * low
        flat, steep = np.sin(np.radians(slope)), np.cos(np.radians(slope))
        _, ankle = ankle_on_toes(slope)
        shoulder = ankle + (LEG + TRUNK) * steep
        upper = -np.degrees(np.arccos(np.clip((shoulder - FOREARM) / UPPER_ARM, -1.0, 1.0)))
        pelvis = np.stack([LEG * flat, np.zeros_like(flat), ankle + LEG * steep], axis=1)
        leg, arm = Leg(thigh=-slope, knee=0.0, foot=-slope), Arm(upper=upper, elbow=-upper)
        return Body(
            pelvis=pelvis,
            legs={Side.LEFT: leg, Side.RIGHT: leg},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=slope,
        )

    return body


NEGATIVES: dict[str, Movement] = {
    "standing": standing,
    "walking": walking(),
    "brisk walking": walking(cadence=132.0, step=0.85),
    "running": running(),
    "running slowly": running(cadence=158.0, step=1.2),
    "squats on both legs": two_legged_squats(),
    "shallow squats on both legs": two_legged_squats(knee=60.0),
    "jumping jacks": jumping_jacks(),
    "push-ups": push_ups(),
}
"""What people also do in front of a camera; no exercise of the catalogue."""
