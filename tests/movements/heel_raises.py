"""Raises of the heel on one leg for the stick figure, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.athlete import HIP_WIDTH, LEG, STANDING_ANKLE, Arm, Body, Leg, Movement
from tests.movements.limbs import HAND_ON_HIP, eased, over_foot, reach

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

SHIN_SHARE = 0.5
"""Share of the knee's flexion that leans the shin forward."""


@dataclass(frozen=True, kw_only=True)
class HeelRaise:
    """A set of raises. ``up``, ``top``, ``down`` and ``pause`` are seconds of each.

    ``heel`` is how far the foot tips onto its toes and ``left_up`` how much of that it keeps between repetitions, in
    degrees. ``opens`` is how far the knee opens on the way up. ``jerk`` is the share of the rise that is lost again
    half-way up. ``free`` is how high the free foot is, ``touching`` the share of each repetition in which it is down;
    with ``both`` the other foot does the same.
    """

    side: Side = Side.RIGHT
    repetitions: int = 4
    up: float = 1.0
    top: float = 0.4
    down: float = 1.0
    pause: float = 0.8
    heel: float = 32.0
    left_up: float = 0.0
    knee: float = 30.0
    opens: float = 0.0
    jerk: float = 0.0
    lean: float = 3.0
    free: float = 0.25
    touching: float = 0.0
    both: bool = False

    @property
    def seconds(self) -> float:
        return self.up + self.top + self.down

    @property
    def lasts(self) -> float:
        return self.repetitions * (self.seconds + self.pause) + self.pause

    def raised(self, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return how far the heel is up, (n,) in [0, 1], and the share of the repetition's time that has passed."""
        index = np.clip(np.floor((time_s - self.pause) / (self.seconds + self.pause)), 0, self.repetitions - 1)
        inside = time_s - self.pause - index * (self.seconds + self.pause)
        rising = eased(inside / self.up)
        if self.jerk:
            rising -= self.jerk * np.exp(-(((inside / self.up - 0.55) / 0.08) ** 2)) * (inside > 0)
        kept = self.left_up / self.heel
        first, last = index == 0, index == self.repetitions - 1
        floor_before, floor_after = np.where(first, 0.0, kept), np.where(last, 0.0, kept)
        way = floor_before + (1.0 - floor_before) * rising
        falling = eased((self.seconds - inside) / self.down)
        up = np.where(inside < self.up, way, floor_after + (1.0 - floor_after) * falling)
        return up, inside / self.seconds


def heel_raise(raises: HeelRaise | None = None) -> Movement:
    """Return a set of raises of one heel, the free foot held behind."""
    raises = raises or HeelRaise()

    def body(time_s: FloatArray) -> Body:
        up, passed = raises.raised(time_s)
        knee = raises.knee - raises.opens * up
        shin, pitch = SHIN_SHARE * knee, -raises.heel * up
        stance = Leg(thigh=knee - shin, knee=knee, foot=pitch)
        hip = over_foot(knee, shin, pitch)
        sign = 1.0 if raises.side is Side.LEFT else -1.0
        pelvis = hip - np.array([0.0, 0.5 * sign * HIP_WIDTH, 0.0])
        down = (passed > 0.0) & (passed < raises.touching)
        free = stance if raises.both else _free_leg(pelvis[:, 2], raises.free * LEG * np.where(down, 0.0, 1.0))
        arm = Arm(upper=10.0, elbow=20.0)
        return Body(
            pelvis=pelvis,
            legs={raises.side: stance, raises.side.other: free},
            arms={raises.side: arm, raises.side.other: HAND_ON_HIP},
            trunk_lean=raises.lean,
        )

    return body


def _free_leg(hips: FloatArray, up: FloatArray) -> Leg:
    """Return a leg whose ankle is a little behind the hip and so high over a standing one."""
    thigh, knee = reach(np.full_like(hips, -0.12), hips - STANDING_ANKLE - up)
    return Leg(thigh=thigh, knee=knee, foot=-20.0)
