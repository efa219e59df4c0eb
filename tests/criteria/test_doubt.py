"""What is said of marks that do not fit the body: nothing where they cannot be true, less surely where they may not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.athlete import filmed
from tests.exercises.trials import SLOW_FRONT, SLOW_SIDE, why_unjudged
from tests.judged import Judged, judged
from tests.movements import Lunge, lunge
from tests.movements.stretches import HalfKneeling, hip_flexor_stretch

from formcheck.analysis import Options
from formcheck.criteria.model import Problem
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side, Status

KNEELING, FRONT = HalfKneeling(), HalfKneeling().side.other
HIP, KNEE, ANKLE, HEEL, TOE = (part.on(FRONT) for part in (Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE))


def kneeling() -> PoseSequence:
    return filmed(hip_flexor_stretch(KNEELING), KNEELING.lasts, SLOW_SIDE)


def held_frames(poses: PoseSequence) -> slice:
    """Return the middle of the clip, in which the stretch is held."""
    return slice(len(poses) // 4, 3 * len(poses) // 4)


def with_knee_towards_hip(poses: PoseSequence, share: float, frames: slice) -> PoseSequence:
    xy = poses.xy_px.copy()
    xy[frames, KNEE] += share * (xy[frames, HIP] - xy[frames, KNEE])
    return replace(poses, xy_px=xy)


def verdict(poses: PoseSequence, exercise: str = "hip_flexor_stretch") -> Judged:
    return judged(poses, Options(exercise=exercise))


@pytest.mark.parametrize("key", ["front_knee_right_angle", "front_hip_right_angle"])
def test_a_thigh_that_looks_far_too_short_is_not_judged(key: str) -> None:
    poses = kneeling()
    assert verdict(poses).finding(key).status is Status.GOOD
    finding = verdict(with_knee_towards_hip(poses, 0.45, held_frames(poses))).finding(key)
    assert why_unjudged(finding) is Problem.NOT_VISIBLE
    assert finding.reason is not None
    assert "thigh looks too short in" in finding.reason.message


def test_a_thigh_that_looks_a_little_short_is_read_more_loosely() -> None:
    poses = kneeling()
    usual = verdict(poses).finding("front_knee_right_angle").standard_error
    short = verdict(with_knee_towards_hip(poses, 0.1, held_frames(poses))).finding("front_knee_right_angle")
    assert usual is not None
    assert short.standard_error is not None
    assert usual + 0.5 < short.standard_error < 8.0


def test_marks_of_a_still_leg_that_tremble_are_read_more_loosely() -> None:
    poses = kneeling()
    xy = poses.xy_px.copy()
    xy[:, [KNEE, ANKLE]] += np.random.default_rng(1).normal(0.0, 6.0, (len(xy), 2, 2))
    usual, trembling = (
        verdict(each).finding("front_ankle_right_angle").standard_error for each in (poses, replace(poses, xy_px=xy))
    )
    assert usual is not None
    assert trembling is not None
    assert trembling > usual + 1.5


def test_a_foot_that_looks_far_too_short_is_not_judged() -> None:
    squats = Lunge()
    poses = filmed(lunge(squats), squats.lasts, SLOW_SIDE)
    xy = poses.xy_px.copy()
    low = poses.xy_px[:, Part.HIP.on(Side.RIGHT), 1] > np.percentile(poses.xy_px[:, Part.HIP.on(Side.RIGHT), 1], 55)
    heel, toe = Part.HEEL.on(Side.RIGHT), Part.TOE.on(Side.RIGHT)
    xy[low, toe] = xy[low, heel] + 0.5 * (xy[low, toe] - xy[low, heel])
    assert verdict(poses, "lunge").finding("front_heel_down", Side.RIGHT).status is Status.GOOD
    worse = verdict(replace(poses, xy_px=xy), "lunge").finding("front_heel_down")
    assert why_unjudged(worse) is Problem.NOT_VISIBLE


def test_a_thigh_that_points_at_the_camera_is_no_error_from_the_front() -> None:
    poses = filmed(lunge(Lunge()), Lunge().lasts, SLOW_FRONT)
    assert verdict(poses, "lunge").finding("knee_over_second_toe").status is not Status.NOT_ASSESSABLE
