"""Both calf stretches for the stick figure: hands on a wall in a stride, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.athlete import LEG, SHANK, STANDING_ANKLE, THIGH, Arm, Leg, Movement
from tests.movements.limbs import reach
from tests.movements.stretches import Place, Stretch, stretching


@dataclass(frozen=True, kw_only=True)
class CalfStance(Stretch):
    """A calf stretch of the ``side`` leg, which is behind.

    ``knee`` and ``shin`` are the rear leg's flexion and inclination, ``heel`` its foot's pitch (- heel up), ``step``
    the ankles' distance in leg lengths, ``turn_out`` that of the rear foot; ``lean`` is the trunk's.
    """

    knee: float = 3.0
    shin: float = 32.0
    heel: float = 0.0
    step: float = 0.7
    turn_out: float = 0.0
    lean: float = 14.0


BENT = CalfStance(knee=35.0, shin=32.0, step=0.45, lean=8.0)
"""The stretch with a bent rear knee and a shorter stance."""


def calf_stretch(stretch: CalfStance) -> Movement:
    """Return somebody leaning on a wall with straight arms, the ``side`` leg behind."""
    thigh = stretch.knee - stretch.shin
    shin, above = np.radians(stretch.shin), np.radians(-thigh)
    hip_ahead = SHANK * np.sin(shin) + THIGH * np.sin(above)
    height = SHANK * np.cos(shin) + THIGH * np.cos(above)
    front_thigh, front_knee = reach(stretch.step * LEG - hip_ahead, height)
    place = Place(
        pelvis=(0.0, STANDING_ANKLE + float(height)),
        front=Leg(thigh=float(front_thigh), knee=float(front_knee)),
        rear=Leg(thigh=thigh, knee=stretch.knee, foot=stretch.heel, turn_out=stretch.turn_out),
        arm=Arm(upper=88.0 - stretch.lean, elbow=5.0, out=4.0, fore_out=4.0),
        lean=stretch.lean,
    )
    return stretching(stretch, place, stretch.side.other)
