"""Slow knee drives for the stick figure, with a parameter for every fault."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tests.athlete import LEG, STANDING_ANKLE, Arm, Body, Leg, Movement
from tests.movements.limbs import eased, over_foot

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

STANDING_KNEE = 4.0


@dataclass(frozen=True, kw_only=True)
class WoodChop:
    """Knee drives of alternating legs: ``rise`` seconds up, ``hold`` seconds at the top, ``fall`` seconds down.

    ``lean``, ``side_lean`` and ``stance_knee`` are values at the top. ``sway`` is the standard deviation of the hips'
    way from side to side over the standing foot, in leg lengths. The first ``early`` drives come down at once, in the
    first ``hops`` the standing foot jumps aside. ``both`` False drives the same knee every time.
    """

    cadence: float = 27.0
    drives: int = 5
    first: Side = Side.LEFT
    both: bool = True
    rise: float = 0.4
    hold: float = 0.7
    fall: float = 0.4
    thigh: float = 95.0
    knee: float = 100.0
    stance_knee: float = 14.0
    lean: float = 12.0
    side_lean: float = 0.0
    sway: float = 0.0
    early: int = 0
    hops: int = 0
    hop: float = 0.35

    @property
    def period(self) -> float:
        """Seconds from one drive to the next."""
        return 60.0 / self.cadence

    @property
    def lasts(self) -> float:
        """Seconds of all drives."""
        return self.drives * self.period


def wood_chop(chop: WoodChop | None = None) -> Movement:
    """Return slow knee drives with both feet down in between."""
    wanted = chop or WoodChop()

    def body(time_s: FloatArray) -> Body:
        index = np.clip(np.floor(time_s / wanted.period), 0, wanted.drives - 1)
        up = _raised(wanted, time_s - index * wanted.period, index < wanted.early)
        knee = STANDING_KNEE + (wanted.stance_knee - STANDING_KNEE) * up
        pelvis = over_foot(knee, 0.5 * knee, np.zeros_like(knee))
        aside = np.sqrt(2.0) * wanted.sway * LEG * up * np.sin(2 * np.pi * 1.5 * time_s)
        pelvis[:, 1] = aside + _hopped(wanted, time_s)
        pelvis[:, 0] -= pelvis[0, 0]
        out = np.degrees(np.arcsin(aside / (pelvis[:, 2] - STANDING_ANKLE)))
        free = (0.5 * STANDING_KNEE, STANDING_KNEE, wanted.thigh, wanted.knee)
        legs = {}
        for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
            turn = index % 2 == 0 if wanted.both else np.ones(len(up), dtype=bool)
            drives = turn if side is wanted.first else ~turn
            moving = up * drives
            thigh = np.where(drives, free[0] + (free[2] - free[0]) * moving, 0.5 * knee)
            bent = np.where(drives, free[1] + (free[3] - free[1]) * moving, knee)
            legs[side] = Leg(thigh=thigh, knee=bent, foot=0.0, out=-sign * out)
        arm = Arm(upper=130.0 - 100.0 * up, elbow=30.0 + 20.0 * up)
        return Body(
            pelvis=pelvis,
            legs=legs,
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=wanted.lean * up,
            side_lean=wanted.side_lean * up,
        )

    return body


def _raised(chop: WoodChop, since: FloatArray, early: npt.NDArray[np.bool_]) -> FloatArray:
    """Return how far the knee is up, (n,) in [0, 1], so many seconds after a drive's period began."""
    begins = 0.5 * (chop.period - chop.rise - chop.hold - chop.fall)
    hold, fall = np.where(early, 0.0, chop.hold), np.where(early, 0.2, chop.fall)
    return eased((since - begins) / chop.rise) * eased((begins + chop.rise + hold + fall - since) / fall)


def _hopped(chop: WoodChop, time_s: FloatArray) -> FloatArray:
    """Return how many metres to the left the athlete has hopped: there in one drive and back in the next."""
    way = np.zeros_like(time_s)
    for number in range(chop.hops):
        middle = (number + 0.5) * chop.period
        way += (-1.0) ** number * chop.hop * LEG * eased((time_s - middle + 0.1) / 0.2)
    return way
