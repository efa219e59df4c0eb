"""From pose landmarks to joint centres, as the sagittal angles need them.

MediaPipe puts its marks on the visible shape, not on the joints' axes. Measured on the near leg of rendered people
whose joint centres are known exactly (78 side-view clips of 18 exercises, medians over clips, in trunk lengths):

- the **knee** mark lies up the thigh by 0.02, and by up to 0.09 as the knee closes beyond 60 degrees, because calf and
  thigh meet behind it; unmended, a right angle reads 4 degrees and a full kick 13 degrees too straight, the same
  under-reading that is published for real people (5 degrees for squats, more at the peaks of running);
- the **hip** mark lies in front of the thigh's axis by 0.015, and by up to 0.055 as the hip closes beyond 60 degrees,
  where the fold of the shorts is; unmended, a level thigh reads 3 degrees low.

The ankle mark lies up the shank by 0.05 and the shoulder mark up the trunk by 0.08: along their segments, so no angle
here feels them. ``benchmarks/accuracy.py`` measures what the mending is worth.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray
from formcheck.vocabulary import Part, Side

KNEE_UP_THIGH, KNEE_WHEN_CLOSED, KNEE_CLOSING = 0.02, 0.07, (60.0, 130.0)
HIP_IN_FRONT, HIP_WHEN_CLOSED, HIP_CLOSING = 0.015, 0.040, (60.0, 110.0)


def with_joint_centres(xy_px: FloatArray, forward: FloatArray, sideways: FloatArray, trunk: float) -> FloatArray:
    """Return (n, 33, 2) pixels with hips and knees moved onto their joints.

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
        up_thigh = KNEE_UP_THIGH + KNEE_WHEN_CLOSED * _ramp(knee_closed, KNEE_CLOSING)
        in_front = HIP_IN_FRONT + HIP_WHEN_CLOSED * _ramp(hip_closed, HIP_CLOSING)
        mended[:, Part.KNEE.on(side)] = knee + scale * up_thigh[:, None] * thigh
        mended[:, Part.HIP.on(side)] = hip - scale * in_front[:, None] * front
    return mended


def _ramp(degrees: FloatArray, between: tuple[float, float]) -> FloatArray:
    """Return 0 below the interval, 1 above it and a straight line inside."""
    low, high = between
    return np.asarray(np.clip((degrees - low) / (high - low), 0.0, 1.0))
