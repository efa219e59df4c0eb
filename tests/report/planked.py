"""A body that lies straight in the picture, head to the right, but for hips that sag by a known share of its line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.report import filmed, verdicts

from formcheck.assessment import ExerciseAssessment, Hold
from formcheck.criteria.model import BODY_LINE, Band, Bands, Finding, ShownAngle
from formcheck.kinematics.recording import Recording
from formcheck.vocabulary import Part, Side, Status, Unit

SHOULDER, HIP, ANKLE = (460.0, 200.0), (320.0, 200.0), (180.0, 200.0)
HIPS = verdicts.criterion(
    "sagging",
    title="Hips not sagging",
    fault="The hips sag.",
    unit=Unit.RATIO,
    bands=Bands(Band(-0.03), (Band(-0.06, -0.03),)),
    angle=ShownAngle(BODY_LINE),
)


def recording(sag: float = 0.05) -> Recording:
    """Return a plank; the right hip is ``sag`` lengths of the line below it, the left one on it."""
    poses = filmed.poses()
    xy = np.full_like(poses.xy_px, 250.0)
    for side in Side:
        for part, (x, y) in ((Part.SHOULDER, SHOULDER), (Part.HIP, HIP), (Part.ANKLE, ANKLE)):
            xy[:, part.on(side)] = x, y
        xy[:, Part.KNEE.on(side)] = 250.0, 200.0
    xy[:, Part.HIP.on(Side.RIGHT), 1] += sag * (SHOULDER[0] - ANKLE[0])
    return filmed.recording(replace(poses, xy_px=xy))


def sagging(value: float = -0.05, status: Status = Status.MINOR) -> Finding:
    return verdicts.finding(
        HIPS, None, status, value=value, bands=HIPS.bands, evidence=verdicts.evidence(2.0, value=value)
    )


def held(*findings: Finding) -> ExerciseAssessment:
    """Return the verdict on a plank of four seconds, the right side towards the camera."""
    stretch = filmed.squats(*findings, repetitions=(), holds=(Hold(side=None, start_s=0.2, end_s=3.8),))
    return replace(stretch, quality=replace(stretch.quality, near_side=Side.RIGHT))
