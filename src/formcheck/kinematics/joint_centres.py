"""From pose landmarks to joint centres, as the sagittal angles need them.

MediaPipe puts its marks on the visible shape, not on the joints' axes. Measured on the near leg of rendered people
whose joint centres are known exactly (78 side-view clips of 18 exercises, medians over clips, in trunk lengths):

- the **knee** mark lies in front of the joint's axis, on the kneecap, by 0.007;
- the **knee** mark creeps up the thigh as the knee closes, by 0.065 at a right angle and 0.10 in a full kick, because
  calf and thigh meet behind it; unmended, they read 4 and 13 degrees too straight, the same under-reading that is
  published for real people (5 degrees for squats, more at the peaks of running);
- the **hip** mark lies in front of the thigh's axis by 0.01, by 0.04 as the hip closes to a right angle and by 0.10 as
  it closes fully, where the fold of the shorts is; unmended, a level thigh reads 3 degrees low;
- the **heel** mark creeps up the back of the shoe as the shin leans over the foot: flat feet read 2 degrees heel-up at
  10 degrees of dorsiflexion, 8 at 35 and 13 at 47, so that only four fifths of the dorsiflexion are seen; a heel
  that is lifted by 15 degrees or more stands clear, creeps by 1 degree up to 30 of dorsiflexion and 6 beyond.

The ankle mark lies up the shank by 0.05 and the shoulder mark up the trunk by 0.08: along their segments, so no angle
here feels them. ``benchmarks/accuracy.py`` measures what the mending is worth.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics import geometry
from formcheck.kinematics.angles import Posture
from formcheck.kinematics.geometry import FloatArray
from formcheck.vocabulary import Part, Side

KNEE_IN_FRONT, KNEE_WHEN_CLOSED, KNEE_CLOSING = 0.007, 0.10, (15.0, 130.0)
HIP_IN_FRONT, HIP_WHEN_CLOSED, HIP_CLOSING = 0.012, 0.09, (70.0, 140.0)
HEEL_CREEP, MOST_DORSIFLEXION = 0.28, 60.0
"""Degrees by which a foot seems to tip for each degree of dorsiflexion that is seen, and the most that is believed."""
HEEL_FREE, HEEL_LIFTED = 23.0, (7.0, 20.0)
"""Degrees of dorsiflexion up to which a lifted heel does not creep, and degrees that a foot must still tip after
mending to be one: from where a flat foot is rare to where it is certainly lifted."""


def with_joint_centres(xy_px: FloatArray, forward: FloatArray, sideways: FloatArray, trunk: float) -> FloatArray:
    """Return (n, 33, 2) pixels with hips and knees moved onto their joints and heels under them.

    ``forward`` is (n,) +1 or -1, ``sideways`` (n,) in [0, 1] how much of the sagittal plane the picture shows,
    ``trunk`` the trunk length in pixels.
    """
    mended = xy_px.copy()
    shoulders = geometry.midpoint(xy_px[:, Part.SHOULDER.on(Side.LEFT)], xy_px[:, Part.SHOULDER.on(Side.RIGHT)])
    scale = (trunk * sideways)[:, None]
    for side in Side:
        hip, knee, ankle = (xy_px[:, part.on(side)] for part in (Part.HIP, Part.KNEE, Part.ANKLE))
        thigh = (knee - hip) / np.maximum(geometry.distance(hip, knee), 1e-6)[:, None]
        front = np.stack([forward * thigh[:, 1], -forward * thigh[:, 0]], axis=1)
        knee_closed = 180.0 - geometry.interior_angle(hip, knee, ankle)
        hip_closed = 180.0 - geometry.interior_angle(shoulders, hip, knee)
        up_thigh = KNEE_WHEN_CLOSED * _ramp(knee_closed, KNEE_CLOSING)
        in_front = HIP_IN_FRONT + HIP_WHEN_CLOSED * _ramp(hip_closed, HIP_CLOSING)
        mended[:, Part.KNEE.on(side)] = knee + scale * (up_thigh[:, None] * thigh - KNEE_IN_FRONT * front)
        mended[:, Part.HIP.on(side)] = hip - scale * in_front[:, None] * front
        mended[:, Part.HEEL.on(side)] = _heel(mended, side, forward, sideways)
    return mended


def _heel(xy_px: FloatArray, side: Side, forward: FloatArray, sideways: FloatArray) -> FloatArray:
    """Return the heel, (n, 2) pixels, turned about the toe by what it has crept up; knees must be mended before."""
    seen = Posture(xy_px, forward)
    dorsiflexion = np.clip(np.nan_to_num(seen.ankle_dorsiflexion(side)), 0.0, MOST_DORSIFLEXION)
    flat = HEEL_CREEP * dorsiflexion
    tipped = np.minimum(flat, np.maximum(dorsiflexion - HEEL_FREE, 0.0))
    lifted = _ramp(-np.nan_to_num(seen.foot_pitch(side)) - flat, HEEL_LIFTED)
    crept = flat + lifted * (tipped - flat)
    turn, toe = np.radians(crept * sideways * forward), seen.at(Part.TOE, side)
    away = seen.at(Part.HEEL, side) - toe
    cos, sin = np.cos(turn), np.sin(turn)
    back = np.stack([cos * away[:, 0] + sin * away[:, 1], cos * away[:, 1] - sin * away[:, 0]], axis=1)
    return np.asarray(toe + back)


def _ramp(degrees: FloatArray, between: tuple[float, float]) -> FloatArray:
    """Return 0 below the interval, 1 above it and a straight line inside."""
    low, high = between
    return np.asarray(np.clip((degrees - low) / (high - low), 0.0, 1.0))
