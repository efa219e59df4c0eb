"""Pistol squats on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import Any

import numpy as np
import pytest
from tests.athlete import LEG, Camera, Film, between, filmed
from tests.exercises.trials import (
    SLOW_FRONT,
    SLOW_SIDE,
    YAWS,
    Case,
    Trial,
    edges,
    hidden,
    negative,
    same,
    verdict_on,
    why_unjudged,
)
from tests.judged import judged
from tests.movements import PistolSquat, pistol_squat

from formcheck.analysis import Options
from formcheck.criteria.model import Problem
from formcheck.exercises.pistol_squat import find
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side, Status

STILL_SIDE = replace(SLOW_SIDE, camera=replace(SLOW_SIDE.camera, follows=False))
HEELS = list(edges("heel_down", "heel", good=7.5, minor=(10.5, 12.5), major=15.5, reads=negative))
FROM_THE_SIDE = [
    *edges("knee_over_ankle", "shin", good=27.0, minor=(29.0, 39.0), major=41.0, reads=same),
    *edges("knee_over_ankle", "shin", good=31.0, minor=(33.5, 43.0), major=45.5, reads=same, knee=95.0),
    *edges("hips_back", "shin", good=23.3, minor=(25.0, 27.2), major=30.0, knee=62.0),
]
FROM_THE_FRONT = [
    *edges("knee_over_second_toe", "valgus", good=9.5, minor=(13.0, 17.5), major=22.0, reads=same),
    *edges("wobble", "wobble", good=0.012, minor=(0.021, 0.030), major=0.040),
    *edges("foot_turned_out", "turn_out", good=11.5, minor=(15.0, 40.0), reads=same, tolerance=3.5),
    *edges("hip_sink", "drop", good=5.0, minor=(6.3, 9.0), major=10.5, reads=same),
    *edges("hip_sink", "shift", good=0.05, minor=(0.075, 0.09), major=0.115),
    *edges("trunk_side_lean", "side_lean", good=8.0, minor=(9.7, 15.0), major=17.0, reads=same),
    *edges("trunk_side_lean", "side_lean", minor=(-11.0,), major=-20.0, reads=abs),
]


def seen(film: Film = SLOW_SIDE, seconds: float | None = None, given: bool = False, **changes: Any) -> Trial:
    return Trial(pistol_squat, PistolSquat(**changes), film, seconds, "pistol_squat" if given else None)


def side_squat(**changes: Any) -> PoseSequence:
    squat = PistolSquat(**changes)
    return filmed(pistol_squat(squat), squat.lasts, STILL_SIDE)


def foot_px(poses: PoseSequence) -> float:
    heel, toe = (poses.xy_px[0, part.on(Side.RIGHT)] for part in (Part.HEEL, Part.TOE))
    return float(np.linalg.norm(heel - toe))


def share_of_depth(poses: PoseSequence) -> FloatArray:
    """Return how far down the hips are, (n,) from 0 standing to 1 at the bottom."""
    height = poses.xy_px[:, Part.HIP.on(Side.RIGHT), 1]
    return np.asarray((height - height.min()) / np.ptp(height))


@pytest.mark.parametrize(("yaw", "side"), list(zip(YAWS.values(), cycle(Side), strict=False)), ids=YAWS)
def test_pistol_squats_are_recognised_and_every_repetition_counted(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side, repetitions=4))
    assert verdict.exercises == ["pistol_squat"]
    assert (verdict.repetitions(), verdict.repetitions(side)) == (4, 4)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    finding = verdict_on(seen(**case.changes)).finding(case.key, Side.RIGHT)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("film", [STILL_SIDE, SLOW_SIDE], ids=["still camera", "camera that follows"])
@pytest.mark.parametrize("case", HEELS)
def test_a_heel_that_lifts_is_told_at_its_size(case: Case, film: Film) -> None:
    finding = verdict_on(seen(film, **case.changes)).finding(case.key, Side.RIGHT)
    assert case.agrees_with(finding), (finding.status, finding.value)


def test_a_foot_whose_toes_point_up_is_the_free_one_and_not_judged() -> None:
    poses = side_squat()
    low = share_of_depth(poses) > 0.5
    heel, toe = (part.on(Side.RIGHT) for part in (Part.HEEL, Part.TOE))
    xy = poses.xy_px.copy()
    xy[low, toe] = xy[low, heel] + foot_px(poses) * np.array([0.6, -0.8])
    finding = judged(replace(poses, xy_px=xy), Options(exercise="pistol_squat")).finding("heel_down", Side.RIGHT)
    assert why_unjudged(finding) is Problem.NOT_VISIBLE


@pytest.mark.parametrize("case", FROM_THE_FRONT)
def test_a_fault_is_told_from_the_front_at_its_size(case: Case) -> None:
    finding = verdict_on(seen(SLOW_FRONT, **case.changes)).finding(case.key, Side.RIGHT)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("film", [SLOW_SIDE, SLOW_FRONT], ids=["from the side", "from the front"])
def test_clean_pistol_squats_have_no_fault(film: Film) -> None:
    assert verdict_on(seen(film)).only.pitfalls == ()


def test_a_toe_whose_mark_wanders_under_a_deep_squat_lifts_no_heel() -> None:
    poses = side_squat()
    poses.xy_px[:, Part.TOE.on(Side.RIGHT), 1] += 0.2 * foot_px(poses) * share_of_depth(poses)
    finding = judged(poses, Options()).finding("heel_down", Side.RIGHT)
    assert finding.status is Status.GOOD, (finding.status, finding.value)


@pytest.mark.parametrize(("heel", "status"), [(0.0, Status.GOOD), (20.0, Status.MAJOR)])
def test_the_heel_of_a_foot_that_is_put_elsewhere_is_read_over_its_toe(heel: float, status: Status) -> None:
    poses = side_squat(heel=heel)
    foot = [part.on(Side.RIGHT) for part in (Part.ANKLE, Part.HEEL, Part.TOE)]
    poses.xy_px[:, foot] += foot_px(poses) * share_of_depth(poses)[:, None, None] * np.array([0.5, -0.25])
    finding = judged(poses, Options(exercise="pistol_squat")).finding("heel_down", Side.RIGHT)
    assert finding.status is status, (finding.status, finding.value)


def test_the_way_back_of_the_hips_is_measured() -> None:
    squat = PistolSquat()
    body = pistol_squat(squat)(np.linspace(0.0, squat.lasts, 200))
    moved = (body.pelvis[:, 0].max() - body.pelvis[:, 0].min()) / LEG
    assert verdict_on(seen()).finding("hips_back").value == pytest.approx(moved, abs=0.02)


def test_a_knee_that_bows_outwards_is_a_minor_fault() -> None:
    finding = verdict_on(seen(SLOW_FRONT, valgus=-16.0)).finding("knee_over_second_toe")
    assert finding.status is Status.MINOR
    assert finding.value == pytest.approx(-16.0, abs=1.0)


@pytest.mark.parametrize(("knee", "status"), [(85.0, Status.INFO), (37.5, Status.INFO), (32.5, Status.MINOR)])
def test_depth_is_progress_and_a_very_shallow_squat_a_minor_matter(knee: float, status: Status) -> None:
    finding = verdict_on(seen(given=True, knee=knee, shin=6.0)).finding("depth")
    assert finding.status is status
    assert finding.value == pytest.approx(knee, abs=1.0)


@pytest.mark.parametrize("repetitions", [2, 12])
def test_a_set_is_only_told(repetitions: int) -> None:
    finding = verdict_on(seen(repetitions=repetitions)).finding("repetitions")
    assert (finding.status, finding.value) == (Status.INFO, repetitions)


@pytest.mark.parametrize(
    ("touches", "status"), [(1, Status.GOOD), (2, Status.MINOR), (3, Status.MINOR), (4, Status.MAJOR)]
)
def test_touches_of_the_free_foot_are_counted(touches: int, status: Status) -> None:
    finding = verdict_on(seen(side=Side.LEFT, repetitions=5, touches=touches)).finding("free_foot_touches")
    assert (finding.status, finding.value) == (status, touches)


@pytest.mark.parametrize("key", ["heel_down", "knee_over_ankle", "hips_back", "depth", "free_foot_touches"])
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(SLOW_FRONT)).finding(key)) is Problem.WRONG_VIEW


def test_touches_of_a_far_free_foot_are_not_judged() -> None:
    finding = verdict_on(seen(side=Side.RIGHT, repetitions=5, touches=4)).finding("free_foot_touches")
    assert why_unjudged(finding) is Problem.NOT_VISIBLE


@pytest.mark.parametrize("key", ["knee_over_second_toe", "wobble", "foot_turned_out", "hip_sink", "trunk_side_lean"])
def test_what_needs_the_front_view_is_not_judged_from_the_side(key: str) -> None:
    assert why_unjudged(verdict_on(seen()).finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize("key", ["heel_down", "knee_over_ankle", "hips_back", "depth"])
def test_a_standing_leg_that_is_the_far_one_is_not_judged(key: str) -> None:
    assert why_unjudged(verdict_on(seen(side=Side.LEFT)).finding(key)) is Problem.NOT_VISIBLE


def test_a_clip_that_shows_no_whole_repetition_counts_none() -> None:
    squat = PistolSquat(repetitions=1)
    part = between(filmed(pistol_squat(squat), squat.lasts, SLOW_SIDE), 1.3, squat.lasts)
    finding = judged(part, Options(exercise="pistol_squat")).finding("repetitions")
    assert why_unjudged(finding) is Problem.TOO_FEW


def test_a_hidden_foot_is_not_judged() -> None:
    film = replace(SLOW_FRONT, hidden=hidden(Part.HEEL))
    assert why_unjudged(verdict_on(seen(film)).finding("foot_turned_out")) is Problem.NOT_VISIBLE


def test_two_half_bent_legs_under_hips_that_stay_up_are_no_pistol_squat() -> None:
    squat = PistolSquat()
    poses = filmed(pistol_squat(squat), squat.lasts, SLOW_SIDE)
    hips = poses.xy_px[:, [Part.HIP.on(side) for side in Side]].mean(axis=1, keepdims=True)
    stays = replace(poses, xy_px=poses.xy_px - hips + hips[0])
    assert find(Motion(poses))
    assert not find(Motion(stays))


def test_a_free_foot_that_depth_does_not_show_is_told_from_the_front_by_its_height() -> None:
    squat = PistolSquat()
    poses = filmed(pistol_squat(squat), squat.lasts, SLOW_FRONT)
    for part in (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE):
        both = [part.on(side) for side in Side]
        poses.world_m[:, both, 1:] = poses.world_m[:, both, 1:].mean(axis=1, keepdims=True)
    (bout,) = find(Motion(poses))
    assert len(bout.reps) == squat.repetitions
