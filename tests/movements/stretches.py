"""Stretches for the stick figure: from standing into a posture, held, and back, with a parameter for every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from tests.athlete import (
    ANKLE_UP,
    FOREARM,
    HEEL_BEHIND,
    LEG,
    SHANK,
    SOLE,
    STANDING_ANKLE,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Arm,
    Body,
    Leg,
    Movement,
)
from tests.movements.limbs import HAND_ON_HIP, HANGING_ARM, eased, reach

from formcheck.pose.sequence import FloatArray
from formcheck.vocabulary import Side

STANDING_LEG = Leg(thigh=1.0, knee=3.0)
KNEELING_KNEE = 0.06
"""How high the joint of a knee on the floor lies."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """What every stretch shares: the working side, the seconds held, those on the way and those standing around it.

    ``repeats`` is how often it is done, ``bounce`` how far the shoulders bob, the standard deviation in trunk lengths.
    """

    side: Side = Side.RIGHT
    hold: float = 5.0
    way: float = 1.0
    standing: float = 0.9
    repeats: int = 1
    bounce: float = 0.0

    @property
    def lasts(self) -> float:
        return self.standing + self.repeats * (2 * self.way + self.hold + self.standing)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A posture: where the pelvis is (ahead, height) in metres, the leg in front and the other, the arms, the trunk."""

    pelvis: tuple[float, float]
    front: Leg
    rear: Leg
    arm: Arm
    lean: float = 0.0
    head_drop: float = 0.0
    trunk: float = TRUNK


UPRIGHT = Place(
    pelvis=(0.0, STANDING_ANKLE + 0.999 * LEG),
    front=STANDING_LEG,
    rear=STANDING_LEG,
    arm=replace(HANGING_ARM, fore_out=HANGING_ARM.out),
)


FootMoves = Callable[[FloatArray], Leg]
"""Takes the seconds since the hold began, (n,), and gives what is added to the front leg."""


def stretching(stretch: Stretch, place: Place, front: Side, foot: FootMoves | None = None) -> Movement:
    """Return the way from standing into a place and back, ``repeats`` times; ``foot`` moves that foot meanwhile."""

    def body(time_s: FloatArray) -> Body:
        begun, share = progress(stretch, time_s)
        arm = between(UPRIGHT.arm, spread(place.arm), share)
        front_leg, rear_leg = (between(STANDING_LEG, leg, share) for leg in (place.front, place.rear))
        if foot is not None:
            front_leg = _added(front_leg, foot(begun), share)
        bob = np.sqrt(2.0) * stretch.bounce * TRUNK * np.sin(2 * np.pi * 1.5 * begun)
        lean = share * place.lean + np.degrees(bob / TRUNK) / max(np.sin(np.radians(place.lean)), 0.3)
        pelvis = np.zeros((len(time_s), 3))
        for axis, index in ((0, 0), (2, 1)):
            pelvis[:, axis] = UPRIGHT.pelvis[index] + share * (place.pelvis[index] - UPRIGHT.pelvis[index])
        return Body(
            pelvis=pelvis,
            legs={front: front_leg, front.other: rear_leg},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=lean,
            head_drop=share * place.head_drop,
            trunk=TRUNK + share * (place.trunk - TRUNK),
        )

    return body


def progress(stretch: Stretch, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the seconds since the hold began, (n,), and how far the athlete is in the posture, in [0, 1]."""
    cycle = 2 * stretch.way + stretch.hold + stretch.standing
    index = np.clip(np.floor((time_s - stretch.standing) / cycle), 0, stretch.repeats - 1)
    inside = time_s - stretch.standing - index * cycle
    share = eased(inside / stretch.way) * eased((2 * stretch.way + stretch.hold - inside) / stretch.way)
    return inside - stretch.way, share


def between(start: Any, end: Any, share: FloatArray) -> Any:
    """Return a leg or an arm on the way from one to another, field by field."""
    pairs = {f.name: (getattr(start, f.name), getattr(end, f.name)) for f in fields(start)}
    return type(start)(**{name: a + share * (b - a) for name, (a, b) in pairs.items()})


def _added(leg: Leg, more: Leg, share: FloatArray) -> Leg:
    return Leg(**{f.name: getattr(leg, f.name) + share * getattr(more, f.name) for f in fields(Leg)})


def spread(arm: Arm) -> Arm:
    return replace(arm, fore_out=arm.out if arm.fore_out is None else arm.fore_out)


def reaching_arm(ahead: float, below: float, out: float = 8.0) -> Arm:
    """Return the arm whose wrist is so many metres ahead of and below its shoulder, stretched where that is too far."""
    far = float(np.clip(np.hypot(ahead, below), 0.05, 0.9999 * (UPPER_ARM + FOREARM)))
    inside = np.degrees(np.arccos((UPPER_ARM**2 + FOREARM**2 - far**2) / (2 * UPPER_ARM * FOREARM)))
    to_line = np.degrees(np.arccos(np.clip((UPPER_ARM**2 + far**2 - FOREARM**2) / (2 * UPPER_ARM * far), -1.0, 1.0)))
    upper = float(np.degrees(np.arctan2(ahead, below)) - to_line)
    return Arm(upper=upper, elbow=float(180.0 - inside), out=out, fore_out=out)


def _shoulder(pelvis: tuple[float, float], lean: float, trunk: float = TRUNK) -> tuple[float, float]:
    return pelvis[0] + trunk * np.sin(np.radians(lean)), pelvis[1] + trunk * np.cos(np.radians(lean))


def _over_flat_foot(knee: float, shin: float) -> tuple[float, float]:
    """Return where the hip is (ahead, height) over a flat foot whose ankle is at 0."""
    thigh = np.radians(knee - shin)
    ahead = SHANK * np.sin(np.radians(shin)) - THIGH * np.sin(thigh)
    return float(ahead), float(STANDING_ANKLE + SHANK * np.cos(np.radians(shin)) + THIGH * np.cos(thigh))


# Hamstring stretch and its variation ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Hinge(Stretch):
    """The hamstring stretch; ``knee``, ``toes`` and ``out`` are the front leg's, ``support`` the other knee's flexion.

    ``trunk`` is the trunk's length as a share of the standing one, ``hands_ahead`` how far in metres the hands are in
    front of where they would rest, ``wide`` how far each hand is spread to its own side.
    """

    knee: float = 4.0
    toes: float = 23.0
    support: float = 48.0
    lean: float = 50.0
    head_drop: float = 0.0
    trunk: float = 1.0
    hands_ahead: float = 0.0
    wide: float = -15.0


def hamstring_stretch(stretch: Hinge | None = None) -> Movement:
    """Return the hamstring stretch, the ``side`` leg straight in front."""
    stretch = stretch or Hinge()
    return stretching(stretch, _hinged(stretch), stretch.side)


def _hinged(stretch: Hinge) -> Place:
    shin = 0.35 * stretch.support
    pelvis = _over_flat_foot(stretch.support, shin)
    trunk = stretch.trunk * TRUNK
    shoulder = _shoulder(pelvis, stretch.lean, trunk)
    hand = (SHANK * np.sin(np.radians(shin)) - 0.03 + stretch.hands_ahead, STANDING_ANKLE + SHANK + 0.05)
    return Place(
        pelvis=pelvis,
        front=_on_heel(pelvis[1], stretch.knee, stretch.toes),
        rear=Leg(thigh=stretch.support - shin, knee=stretch.support),
        arm=reaching_arm(hand[0] - shoulder[0], shoulder[1] - hand[1], stretch.wide),
        lean=stretch.lean,
        head_drop=stretch.head_drop,
        trunk=trunk,
    )


def _on_heel(hip: float, knee: float, toes: float) -> Leg:
    """Return the leg that a hip of some height puts on its heel in front, the toes raised."""
    tip = np.radians(toes)
    ankle = SOLE + HEEL_BEHIND * np.sin(tip) + ANKLE_UP * np.cos(tip)
    bend = np.radians(knee)
    length = np.sqrt(THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * np.cos(bend))
    thigh, _ = reach(np.sqrt(max(length**2 - (hip - ankle) ** 2, 0.0)), hip - ankle)
    return Leg(thigh=float(thigh), knee=knee, foot=toes)


@dataclass(frozen=True, kw_only=True)
class Turning(Hinge):
    """The variation with a turning foot: ``turn`` degrees from in and down to out and up, each held for half the time.

    ``knee_swing`` is how far in leg lengths the knee goes inwards while the foot is turned in.
    """

    hold: float = 10.0
    turn: float = 40.0
    tip: float = 20.0
    knee_swing: float = 0.0


def peroneal_stretch(stretch: Turning | None = None) -> Movement:
    """Return the hamstring stretch whose front foot is turned in and down, held, then out and up, and held."""
    stretch = stretch or Turning()

    def foot(begun: FloatArray) -> Leg:
        over = eased((begun - 0.5 * stretch.hold + 0.4) / 0.8)
        inward = stretch.knee_swing * LEG * (1.0 - over)
        return Leg(turn_out=stretch.turn * (over - 0.5), foot=stretch.tip * (over - 0.5), knee_in=inward)

    return stretching(stretch, _hinged(stretch), stretch.side, foot)


# Sprinter stretch ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sprinter(Stretch):
    """The sprinter stretch; ``knee``, ``shin`` and ``heel`` are the front leg's, ``stride`` is between the ankles.

    ``hands`` is the wrists' height and ``hands_ahead`` their place before the front ankle, in metres.
    """

    knee: float = 100.0
    shin: float = 12.0
    stride: float = 1.35
    lean: float = 75.0
    heel: float = 0.0
    hands: float = 0.14
    hands_ahead: float = 0.08


def sprinter_stretch(stretch: Sprinter | None = None) -> Movement:
    """Return the sprinter stretch, the ``side`` leg in front."""
    stretch = stretch or Sprinter()
    pelvis = _over_flat_foot(stretch.knee, stretch.shin)
    shoulder = _shoulder(pelvis, stretch.lean)
    thigh, knee = reach(-stretch.stride * LEG - pelvis[0], pelvis[1] - 0.20)
    place = Place(
        pelvis=pelvis,
        front=Leg(thigh=stretch.knee - stretch.shin, knee=stretch.knee, foot=-stretch.heel),
        rear=Leg(thigh=float(thigh), knee=float(knee), foot=-55.0),
        arm=reaching_arm(stretch.hands_ahead - shoulder[0], shoulder[1] - stretch.hands),
        lean=stretch.lean,
    )
    return stretching(stretch, place, stretch.side)


# Hip flexor stretch --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HalfKneeling(Stretch):
    """The hip flexor stretch on the ``side`` knee; ``knee`` and ``shin`` are the front leg's.

    ``thigh`` is the kneeling thigh's elevation, - behind the hip.
    """

    knee: float = 90.0
    shin: float = 0.0
    thigh: float = -4.0
    lean: float = 0.0
    arm: Arm = HAND_ON_HIP


def hip_flexor_stretch(stretch: HalfKneeling | None = None) -> Movement:
    """Return half kneeling with the ``side`` knee on the floor."""
    stretch = stretch or HalfKneeling()
    place = Place(
        pelvis=(0.0, KNEELING_KNEE + THIGH * float(np.cos(np.radians(stretch.thigh)))),
        front=Leg(thigh=stretch.knee - stretch.shin, knee=stretch.knee),
        rear=Leg(thigh=stretch.thigh, knee=stretch.thigh + 102.0, foot=-70.0),
        arm=stretch.arm,
        lean=stretch.lean,
    )
    return stretching(stretch, place, stretch.side.other)


def resting_on_the_knees(lean: float = 50.0) -> Movement:
    """Return somebody who gets the breath back, the feet side by side and a hand on each knee."""
    stretch = Hinge(lean=lean, support=30.0, wide=4.0)
    place = _hinged(stretch)
    return stretching(stretch, replace(place, front=place.rear), stretch.side)
