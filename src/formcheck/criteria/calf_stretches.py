"""What the two calf stretches share: the stance, how they are found, and measures of the rear leg."""

from __future__ import annotations

from formcheck.criteria.model import Band, Bands, Measurement, of_each_side
from formcheck.criteria.readings import unmeasurable, value_at, why_not
from formcheck.criteria.stretches import held_noise, per_hold
from formcheck.segmentation.performance import Performance
from formcheck.segmentation.postures import Posture
from formcheck.vocabulary import Part, Side

HEEL_DOWN = Bands(Band(-9.0, None), (Band(-20.0, -9.0),))
"""Rendered flat feet under inclined shins read -9 to 0 degrees, heels lifted by 17 and 19 degrees -17 and -14."""
HIGH_HIPS, LOW_FEET = 0.55, 0.50
"""Leg lengths over the lowest mark: hips of rendered and real calf stretches, badly filmed ones too, are 0.65 and more
up, and ankles up to 0.34, a far one in coarse pictures 0.41."""
PARTED_AT = 18.0
"""Degrees of rear knee flexion that part the straight-kneed stretch from the bent-kneed one."""


def calf_stance(posture: Posture) -> Side | None:
    """Return the rear leg of somebody leaning on a support in a stride, None for any other posture.

    The hands reach out in front between hip and head height, both feet are down, the hips are high. Heels and the
    depth of the bend are form, and no part of this.
    """
    rear = posture.front.other
    upright = posture.upright >= 0.8 and -10.0 <= posture.lean <= 40.0
    stride = 0.2 <= abs(posture.stride) <= 1.2
    hands = posture.reach >= 0.8 and _hand_height(posture) <= posture.nose_height + 0.25
    legs = posture.knee[rear] <= 70.0 and posture.knee[posture.front] <= 135.0
    high_hips = min(posture.height[Part.HIP, side] for side in Side) >= HIGH_HIPS
    low_feet = max(posture.height[Part.ANKLE, side] for side in Side) <= LOW_FEET
    return rear if upright and stride and hands and legs and high_hips and low_feet else None


def _hand_height(posture: Posture) -> float:
    return max(posture.height[Part.WRIST, side] for side in Side)


@of_each_side
def rear_foot_pitch(performance: Performance, side: Side) -> Measurement:
    """Measure how far the rear foot tips onto its toes, degrees; - heel up."""
    parts = [(Part.HEEL, side), (Part.TOE, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, near_only=side)) is not None:
        return unmeasurable(reason)
    pitch = performance.motion.posture.foot_pitch(side)
    noise = held_noise(performance, "foot", side)
    return per_hold(performance, side, lambda frames: value_at(pitch, frames), noise=noise)
