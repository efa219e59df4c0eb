"""Squats on one leg for the stick figure, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tests.athlete import HIP_WIDTH, LEG, SHANK, STANDING_ANKLE, THIGH, Arm, Body, Leg, Movement
from tests.movements.limbs import dips, eased, over_foot, reach

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side


@dataclass(frozen=True, kw_only=True)
class PistolSquat:
    """A set of squats on one leg. What is said of the bottom grows smoothly from nothing on the way down.

    ``shin``, ``knee``, ``lean`` and the rest are values at the bottom. ``heel`` is how far the standing foot tips onto
    its toes, ``valgus`` the frontal angle of the knee, ``shift`` the pelvis's way outwards, ``drop`` how far the pelvis
    tilts, ``wobble`` the standard deviation of the knee's shake, ``touches`` the repetitions in which the free foot
    comes down to the floor.
    """

    side: Side = Side.RIGHT
    repetitions: int = 3
    seconds: float = 2.6
    pause: float = 0.8
    knee: float = 75.0
    shin: float = 18.0
    lean: float = 25.0
    heel: float = 0.0
    valgus: float = 2.0
    shift: float = 0.0
    drop: float = 1.0
    side_lean: float = 2.0
    wobble: float = 0.0
    wobble_hz: float = 1.8
    turn_out: float = 3.0
    touches: int = 0

    @property
    def lasts(self) -> float:
        """Seconds of the whole set, with standing before and after it."""
        return self.repetitions * (self.seconds + self.pause) + self.pause


def pistol_squat(squat: PistolSquat | None = None) -> Movement:
    """Return a set of squats on one leg, the free leg held in front."""
    squat = squat or PistolSquat()

    def body(time_s: FloatArray) -> Body:
        low, index = dips(time_s, squat.repetitions, squat.seconds, squat.pause)
        sign = 1.0 if squat.side is Side.LEFT else -1.0
        knee, shin, pitch = 4.0 + (squat.knee - 4.0) * low, 1.0 + (squat.shin - 1.0) * low, -squat.heel * low
        hip, drop = over_foot(knee, shin, pitch), squat.drop * low
        aside = squat.shift * LEG * low
        stance = Leg(
            thigh=knee - shin,
            knee=knee,
            foot=pitch,
            out=-np.degrees(np.arcsin(aside / (hip[:, 2] - STANDING_ANKLE))),
            turn_out=squat.turn_out,
            knee_in=_knee_inward(squat.valgus * low, knee, shin) + _shake(squat, time_s) * eased(low / 0.2),
        )
        half = 0.5 * HIP_WIDTH
        pelvis = hip - np.stack([0.0 * aside, sign * (half - aside), half * np.sin(np.radians(drop))], axis=1)
        free = _free_leg(pelvis[:, 2], low, index < squat.touches)
        arm = Arm(upper=70.0 * low + 5.0, elbow=10.0)
        return Body(
            pelvis=pelvis,
            legs={squat.side: stance, squat.side.other: free},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=squat.lean * low,
            side_lean=sign * squat.side_lean * low,
            obliquity=sign * drop,
        )

    return body


def _knee_inward(valgus: FloatArray, knee: FloatArray, shin: FloatArray) -> FloatArray:
    """Return metres that bend the leg by ``valgus`` as seen from the front."""
    above, below = THIGH * np.cos(np.radians(knee - shin)), SHANK * np.cos(np.radians(shin))
    tangent, total, product = np.tan(np.radians(valgus)), 1.0 / above + 1.0 / below, 1.0 / (above * below)
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = (np.sqrt(total**2 + 4.0 * product * tangent**2) - total) / (2.0 * product * tangent)
    return np.where(np.abs(tangent) < 1e-9, 0.0, exact)


def _shake(squat: PistolSquat, time_s: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(2.0) * squat.wobble * LEG * np.sin(2 * np.pi * squat.wobble_hz * time_s))


def _free_leg(hips: FloatArray, low: FloatArray, touching: npt.NDArray[np.bool_]) -> Leg:
    """Return the leg held in front; where it touches, the foot is set down in the deeper half of the repetition."""
    ahead, up = 0.25 + 0.28 * low, 0.12 + 0.10 * low
    up = np.where(touching, up * (1.0 - eased((low - 0.3) / 0.4)), up)
    thigh, knee = reach(ahead, np.maximum(hips - STANDING_ANKLE - up, 0.1))
    return Leg(thigh=thigh, knee=knee, foot=0.0)
