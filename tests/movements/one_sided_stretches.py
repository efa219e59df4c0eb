"""Stretches in which the two sides do different things: quad stretch, ITB stretch and the lying glute stretch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from benchmarks.perfect import as_marked
from tests.athlete import (
    HIP_WIDTH,
    LEG,
    SHANK,
    SHOULDER_WIDTH,
    STANDING_ANKLE,
    THIGH,
    TRUNK,
    Arm,
    Body,
    Film,
    Leg,
    Movement,
    joints,
    seen_by,
    with_noise,
)
from tests.movements.limbs import HAND_ON_HIP, HANGING_ARM, eased
from tests.movements.stretches import STANDING_LEG, UPRIGHT, Stretch, between, progress, reaching_arm, spread

from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.vocabulary import Side

UPRIGHT_ARM = spread(HANGING_ARM)


@dataclass(frozen=True, kw_only=True)
class Pose:
    """A held posture: the pelvis in metres (ahead, to the left, up), each leg and each arm, the trunk's lean."""

    pelvis: tuple[float, float, float]
    legs: Mapping[Side, Leg]
    arms: Mapping[Side, Arm]
    lean: float = 0.0
    side_lean: float = 0.0


STANDING = Pose(
    pelvis=(0.0, 0.0, UPRIGHT.pelvis[1]),
    legs=dict.fromkeys(Side, STANDING_LEG),
    arms=dict.fromkeys(Side, UPRIGHT_ARM),
)


def into(stretch: Stretch, pose: Pose, start: Pose = STANDING) -> Movement:
    """Return the way from one posture into another and back, as often as the stretch says."""

    def body(time_s: FloatArray) -> Body:
        begun, share = progress(stretch, time_s)
        bob = np.sqrt(2.0) * stretch.bounce * TRUNK * np.sin(2 * np.pi * 1.5 * begun)
        pelvis = np.array(start.pelvis) + share[:, None] * (np.array(pose.pelvis) - np.array(start.pelvis))
        pelvis[:, 2] += bob * eased(share)
        return Body(
            pelvis=pelvis,
            legs={side: between(start.legs[side], pose.legs[side], share) for side in Side},
            arms={side: between(start.arms[side], spread(pose.arms[side]), share) for side in Side},
            trunk_lean=start.lean + share * (pose.lean - start.lean),
            side_lean=start.side_lean + share * (pose.side_lean - start.side_lean),
        )

    return body


# Quad stretch --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class QuadStretch(Stretch):
    """The quad stretch of the ``side`` leg: its ``knee``, its ``thigh`` (- behind), how far it is spread (``out``).

    ``hand`` holds the foot, nobody's where it is None; ``lean`` is the trunk's.
    """

    knee: float = 138.0
    thigh: float = -2.0
    out: float = 0.0
    lean: float = 0.0
    hand: str | None = "own"


def quad_stretch(stretch: QuadStretch | None = None) -> Movement:
    """Return somebody on one leg who holds the other foot behind."""
    stretch = stretch or QuadStretch()
    shank = stretch.thigh - stretch.knee
    lifted = Leg(thigh=stretch.thigh, knee=stretch.knee, foot=shank - 90.0, out=stretch.out)
    hip_to_ankle = THIGH * _hanging(stretch.thigh) + SHANK * _hanging(shank)
    shoulder = TRUNK * np.array([np.sin(np.radians(stretch.lean)), np.cos(np.radians(stretch.lean))])
    ahead, up = hip_to_ankle - shoulder
    arms = dict.fromkeys(Side, UPRIGHT_ARM)
    if stretch.hand is not None:
        holding = stretch.side if stretch.hand == "own" else stretch.side.other
        inward = 4.0 if stretch.hand == "own" else 28.0
        arms[holding] = reaching_arm(float(ahead), float(-up), out=-inward)
    legs = {stretch.side: lifted, stretch.side.other: STANDING_LEG}
    return into(stretch, Pose(pelvis=STANDING.pelvis, legs=legs, arms=arms, lean=stretch.lean))


def _hanging(elevation: float) -> FloatArray:
    """Return where a segment of that elevation points, (ahead, up)."""
    return np.array([np.sin(np.radians(elevation)), -np.cos(np.radians(elevation))])


# ITB stretch ---------------------------------------------------------------------------------------------------------

REACHING_OUT = Arm(upper=20.0, elbow=15.0, out=65.0)


@dataclass(frozen=True, kw_only=True)
class ItbStretch(Stretch):
    """The ITB stretch of the ``side``: the trunk's ``bend`` away from it, the hips' ``shift`` towards it (leg lengths).

    ``crossed`` is how far the ankles are past each other in hip widths, ``raised`` the raised arm's elevation, ``lean``
    the trunk's forward one; ``free`` is the other arm.
    """

    bend: float = 24.0
    shift: float = 0.11
    crossed: float = 0.4
    raised: float = 168.0
    lean: float = 2.0
    free: Arm = HAND_ON_HIP


def itb_stretch(stretch: ItbStretch | None = None) -> Movement:
    """Return somebody on crossed feet who bends sideways under one raised arm."""
    stretch = stretch or ItbStretch()
    left = 1.0 if stretch.side is Side.LEFT else -1.0
    inward = np.degrees(np.arcsin(0.5 * (1.0 + stretch.crossed) * HIP_WIDTH / LEG))
    slid = np.degrees(np.arcsin(stretch.shift))
    legs = {
        stretch.side: Leg(thigh=3.0, knee=5.0, out=float(-inward - slid)),
        stretch.side.other: Leg(thigh=-3.0, knee=3.0, out=float(-inward + slid)),
    }
    height = STANDING_ANKLE + LEG * float(np.cos(np.radians(inward)))
    return into(
        stretch,
        Pose(
            pelvis=(0.0, left * stretch.shift * LEG, height),
            legs=legs,
            arms={stretch.side: Arm(upper=stretch.raised, elbow=8.0, out=15.0), stretch.side.other: stretch.free},
            lean=stretch.lean,
            side_lean=-left * stretch.bend,
        ),
    )


# Glute stretch -------------------------------------------------------------------------------------------------------

LONG_LEG = Leg(thigh=0.0, knee=0.0)
CROOK_LEG = Leg(thigh=48.0, knee=95.0, foot=-42.0)
LYING = replace(STANDING, pelvis=(-0.12, 0.0, 0.0), legs=dict.fromkeys(Side, CROOK_LEG))
"""On the back with both feet on the floor, before it is laid down: the floor is behind the trunk."""


@dataclass(frozen=True, kw_only=True)
class GluteStretch(Stretch):
    """The lying glute stretch: the ``side`` leg's ``hip`` flexion, the trunk ``raised`` off the floor.

    ``hold_on`` tells whether the hands hold the leg or stay on the floor, ``chin`` how far in metres the nose is over
    the ears, ``long_leg`` whether the other leg lies along the floor instead of with its foot on it.
    """

    hip: float = 112.0
    raised: float = 3.0
    hold_on: bool = True
    chin: float = 0.07
    long_leg: bool = False


def glute_stretch(stretch: GluteStretch | None = None) -> Movement:
    """Return somebody who draws a leg in, still upright: to be laid down by ``filmed_lying``."""
    stretch = stretch or GluteStretch()
    thigh = stretch.hip - stretch.raised
    drawn = Leg(thigh=thigh, knee=112.0, foot=0.0)
    ahead, up = THIGH * _hanging(thigh) - TRUNK * np.array([np.sin(np.radians(stretch.raised)), 1.0])
    arms = dict.fromkeys(Side, UPRIGHT_ARM)
    if stretch.hold_on:
        arms = dict.fromkeys(
            Side, reaching_arm(float(ahead), float(-up), out=-0.5 * np.degrees(SHOULDER_WIDTH - HIP_WIDTH))
        )
    legs = {stretch.side: drawn, stretch.side.other: LONG_LEG if stretch.long_leg else CROOK_LEG}
    return into(stretch, Pose(pelvis=LYING.pelvis, legs=legs, arms=arms, lean=stretch.raised), LYING)


def filmed_lying(movement: Movement, seconds: float, film: Film, chin: float = 0.07) -> PoseSequence:
    """Return what a camera sees of a body laid on its back, its head away from where it faced."""
    time_s = np.arange(round(seconds * film.fps)) / film.fps
    body = movement(time_s)
    places = _laid_down(joints(body))
    places[:, 0, 2] = places[:, 7:9, 2].mean(axis=1) + chin
    poses = as_marked(seen_by(film.camera, places, _laid_down(body.pelvis), time_s))
    poses = with_noise(poses, film)
    poses.visibility[:, sorted(film.hidden)] = 0.1
    return poses.rounded()


def _laid_down(places: FloatArray) -> FloatArray:
    """Return places turned backwards by a right angle: up points away from the feet, ahead points up."""
    turned = np.stack([-places[..., 2], places[..., 1], places[..., 0]], axis=-1)
    return np.asarray(turned + np.array([0.9, 0.0, 0.25]))
