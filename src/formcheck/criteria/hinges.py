"""What the hamstring stretch and its variation with a turning foot share: the posture and the straight front leg."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from formcheck.criteria.model import Band, Bands, Measurement, Problem, Reason, of_each_side
from formcheck.criteria.readings import why_not
from formcheck.criteria.stretches import held_angle
from formcheck.kinematics.geometry import FloatArray, distance, lean, wrapped
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Performance
from formcheck.segmentation.postures import Posture
from formcheck.vocabulary import Part, Side, View

FRONT_KNEE = Bands(Band(None, 22.0), (Band(22.0, 32.0),))
"""Rendered straight knees of people who bend forward read 13 to 20 degrees, ones bent by 36 read 40."""
STRAIGHT_BASIS = (
    "Our judgement: 10 degrees from straight, and 12 more because a straight leg that somebody bends over is read as "
    "bent. Rendered straight knees read 13 to 20, knees bent by 36 read 40."
)
LEAST_STRIDE = 0.08
"""Leg lengths: the feet of somebody who only rests on the knees are side by side."""
FOOT_LENGTHS = (0.25, 0.48)
"""Trunk lengths between which the marks of heel and toe can be a foot's (measured ratio 0.28 to 0.46)."""
NOISE_OF_DOUBT = 5.0
"""Degrees by which a knee is read more loosely where the detector takes one ankle for the other."""
STANDING_SECONDS = 0.3


def hinge_side(posture: Posture) -> Side | None:
    """Return the front leg of somebody who bends forward with a hand on a knee, None for any other posture.

    The hips are high, both feet down and near one another. How straight the front knee is, how far the trunk leans and
    where its toes point are form, and no part of this.
    """
    bent = 10.0 <= posture.lean <= 88.0 and posture.upright > 0.0 and posture.sideways <= 0.45
    legs = max(posture.knee.values()) <= 75.0 and abs(posture.stride) <= 0.6
    high_hips = min(posture.height[Part.HIP, side] for side in Side) >= 0.75
    low_feet = max(posture.height[Part.ANKLE, side] for side in Side) <= 0.40
    high_hands = min(posture.height[Part.WRIST, side] for side in Side) >= 0.35
    if not (bent and legs and high_hips and low_feet and high_hands and _hands_on_knee(posture)):
        return None
    return front_leg(posture)


def _hands_on_knee(posture: Posture) -> bool:
    """Return whether the hands are where they are in this stretch: at one knee, one foot before the other."""
    if posture.frontal:
        at_one = min(max(posture.gap[Part.WRIST, hand, Part.KNEE, knee] for hand in Side) for knee in Side)
        return at_one <= 0.50
    return posture.hand_to(Part.KNEE) <= 0.65 and abs(posture.stride) >= LEAST_STRIDE


def front_leg(posture: Posture) -> Side:
    """Return the leg in front, or the straighter one where neither is clearly in front."""
    if abs(posture.stride) >= LEAST_STRIDE and not posture.frontal:
        return posture.front
    return min(Side, key=lambda side: posture.knee[side])


@of_each_side
def front_knee(performance: Performance, side: Side) -> Measurement:
    """Measure the flexion of the front knee over each hold, degrees; loosely where the feet cannot be told apart."""
    found = knee_angle(performance, side)
    doubtful = found.samples and foot_doubt(performance, side) is not None
    return replace(found, noise=math.hypot(found.noise, NOISE_OF_DOUBT)) if doubtful else found


knee_angle = held_angle(lambda p, s: p.motion.posture.knee_flexion(s), (Part.HIP, Part.KNEE, Part.ANKLE), "knee")


def foot_doubt(performance: Performance, side: Side) -> Reason | None:
    """Return why a foot seen from the side cannot be read, or None where it can.

    Where the feet are close to each other, the detector may take the heel of one foot for the other's: the marks are
    then farther apart than a foot is long.
    """
    parts = [(part, side) for part in (Part.HEEL, Part.TOE, Part.ANKLE)]
    if (reason := why_not(performance, parts, near_only=side)) is not None:
        return reason
    motion, frames = performance.motion, performance.frames
    length = distance(motion.at(Part.HEEL, side), motion.at(Part.TOE, side))[frames] / motion.trunk
    known = length[np.isfinite(length)]
    if known.size and FOOT_LENGTHS[0] <= float(np.median(known)) <= FOOT_LENGTHS[1]:
        return None
    return Reason(code=Problem.NOT_VISIBLE, message=f"The {side} foot could not be told from the other one.")


def upright_from_the_side(motion: Motion) -> npt.NDArray[np.bool_] | None:
    """Return the frames, (n,) True, in which the athlete is upright seen from the side; None for hardly any.

    Walking in counts too, unlike in ``standing.resting_stance``: the trunk keeps its length and the head its place.
    """
    upright = np.abs(motion.posture.trunk_lean()) < 12.0
    bent = np.fmax(motion.knee_flexion_3d(Side.LEFT), motion.knee_flexion_3d(Side.RIGHT))
    standing = upright & (bent < 30.0) & (motion.view_by_frame == View.SIDE)
    return standing if standing.sum() >= STANDING_SECONDS * motion.rate_hz else None


def head_drop(motion: Motion) -> FloatArray:
    """Return how far the line from shoulders to ears dips below the line of the trunk, (n,) degrees."""
    posture = motion.posture
    ears = 0.5 * (posture.at(Part.EAR, Side.LEFT) + posture.at(Part.EAR, Side.RIGHT))
    drop = lean(posture.mid_shoulder, ears, motion.orientation.forward) - posture.trunk_lean()
    return wrapped(drop)
