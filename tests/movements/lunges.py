"""Lunges for the stick figure, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from tests.athlete import LEG, STANDING_ANKLE, Arm, Body, Leg, Movement
from tests.movements.limbs import HAND_ON_HIP, ankle_on_toes, dips, eased, over_foot, reach

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side


@dataclass(frozen=True, kw_only=True)
class Lunge:
    """A set of lunges; ``knee``, ``shin`` and ``lean`` are the front leg's and the trunk's at the bottom.

    ``step`` is between the ankles, ``rear_foot`` how steeply the rear foot stands on its toes, ``heel`` how far the
    front foot does, ``knee_in`` how far the front knee is inside its ankle. ``alternating`` changes legs every time.
    """

    side: Side = Side.RIGHT
    alternating: bool = False
    repetitions: int = 3
    seconds: float = 3.0
    pause: float = 0.8
    step: float = 0.95
    knee: float = 90.0
    shin: float = 5.0
    lean: float = 3.0
    rear_foot: float = 55.0
    heel: float = 0.0
    knee_in: float = 0.0
    arm: Arm = HAND_ON_HIP

    @property
    def lasts(self) -> float:
        """Seconds of the whole set, with standing before and after it."""
        return self.repetitions * (self.seconds + self.pause) + self.pause


def lunge(lunge: Lunge | None = None) -> Movement:
    """Return a set of lunges: a step forward, down, and back to standing."""
    wanted = lunge or Lunge()

    def body(time_s: FloatArray) -> Body:
        start = (time_s - wanted.pause) % (wanted.seconds + wanted.pause) / wanted.seconds
        _, index = dips(time_s, wanted.repetitions, wanted.seconds, wanted.pause)
        start = np.where((time_s < wanted.pause) | (time_s > wanted.lasts - wanted.pause), 0.0, start)
        stepped = eased(start / 0.22) * eased((1.0 - start) / 0.22)
        low = eased((start - 0.10) / 0.32) * eased((0.90 - start) / 0.32)
        front, rear, pelvis = _lunging_legs(wanted, stepped, low)
        swapped = (index % 2 == 1) & wanted.alternating
        return Body(
            pelvis=pelvis,
            legs=_with_sides(wanted.side, front, rear, swapped),
            arms={Side.LEFT: wanted.arm, Side.RIGHT: wanted.arm},
            trunk_lean=wanted.lean * low,
        )

    return body


def _lunging_legs(wanted: Lunge, stepped: FloatArray, low: FloatArray) -> tuple[Leg, Leg, FloatArray]:
    """Return both legs and the pelvis; the rear toes stay where they stand, the front foot swings to its place."""
    bottom = over_foot(*(np.full(1, v) for v in (wanted.knee, wanted.shin, -wanted.heel)))[0]
    rear_x, _ = ankle_on_toes(np.full(1, wanted.rear_foot))
    front_x = wanted.step * LEG + rear_x[0] - ankle_on_toes(np.full(1, wanted.heel))[0][0]
    standing = LEG - 0.004 + STANDING_ANKLE
    pelvis = np.zeros((len(low), 3))
    pelvis[:, 0] = (front_x + bottom[0]) * (0.5 * stepped + 0.5 * low)
    pelvis[:, 2] = standing + (bottom[2] - standing) * low
    front_up, front_tip = 0.10 * np.sin(np.pi * stepped) ** 2 * (low < 0.99), wanted.heel * low
    tip_x, tip_z = ankle_on_toes(front_tip)
    front = _reaching(pelvis, front_x * stepped + tip_x, tip_z + front_up, -front_tip)
    raised = wanted.rear_foot * np.maximum(low, 0.4 * stepped)
    rear = _reaching(pelvis, *ankle_on_toes(raised), -raised)
    return replace(front, knee_in=wanted.knee_in * LEG * low), rear, pelvis


def _reaching(pelvis: FloatArray, ankle_x: FloatArray, ankle_z: FloatArray, pitch: FloatArray) -> Leg:
    thigh, knee = reach(ankle_x - pelvis[:, 0], pelvis[:, 2] - ankle_z)
    return Leg(thigh=thigh, knee=knee, foot=pitch)


def _with_sides(side: Side, front: Leg, rear: Leg, swapped: FloatArray) -> dict[Side, Leg]:
    """Return the legs by side; where ``swapped``, the other side is in front."""

    def chosen(first: Leg, second: Leg) -> Leg:
        pairs = {name: (getattr(first, name), getattr(second, name)) for name in first.__dataclass_fields__}
        return Leg(**{name: np.where(swapped, other, own) for name, (own, other) in pairs.items()})

    return {side: chosen(front, rear), side.other: chosen(rear, front)}
