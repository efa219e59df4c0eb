"""Bent knee calf raises on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.athlete import Camera, Film, between, filmed
from tests.exercises.trials import (
    SLOW_FRONT,
    SLOW_SIDE,
    YAWS,
    Case,
    Trial,
    edges,
    hidden,
    same,
    verdict_on,
    why_unjudged,
)
from tests.judged import judged
from tests.movements import PistolSquat, pistol_squat
from tests.movements.heel_raises import HeelRaise, heel_raise

from formcheck.analysis import Options
from formcheck.criteria.model import Problem
from formcheck.kinematics.repair import LEFT_LEG, RIGHT_LEG
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark, Part, Side, Status

FOOT_LEFT = LEFT_LEG[1:]
FOOT_RIGHT = RIGHT_LEG[1:]
SIDE_KEYS = ("knee_bend", "knee_locked", "full_rise", "full_return", "vertical_rise")
CASES = [
    *edges("knee_bend", "knee", good=43.5, minor=(46.5, 53.0), major=57.0, reads=same, tolerance=1.5),
    *edges("knee_bend", "knee", good=18.5, minor=(15.5, 10.5), major=6.5, reads=same, tolerance=1.5),
    *edges("knee_locked", "opens", good=14.5, minor=(18.0, 24.5), major=29.0, reads=same, tolerance=1.5, knee=36.0),
    *edges("full_rise", "heel", good=17.0, minor=(13.0, 11.0), major=7.5),
    *edges("full_return", "left_up", good=5.0, minor=(8.5,), major=13.0),
    *edges("vertical_rise", "lean", good=11.5, minor=(14.0, 30.0), reads=same),
    *edges("vertical_rise", "lean", good=-11.5, minor=(-14.0,), reads=same),
    *edges("smooth_control", "down", good=0.8, minor=(0.35,)),
    *edges("smooth_control", "jerk", good=0.05, minor=(0.3,)),
    *edges("smooth_control", "jerk", major=0.3, down=0.35),
    *edges("single_leg", "touching", good=0.0, minor=(0.35,), major=0.7),
]


def seen(film: Film = SLOW_SIDE, seconds: float | None = None, **changes: Any) -> Trial:
    return Trial(heel_raise, HeelRaise(**changes), film, seconds)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("yaw", YAWS.values(), ids=YAWS)
def test_calf_raises_are_recognised_and_every_repetition_counted(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["bent_knee_calf_raise"]
    assert (verdict.repetitions(), verdict.repetitions(side)) == (4, 4)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["bent_knee_calf_raise"]
    finding = verdict.finding(case.key, Side.RIGHT)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.standard_error, finding.detail)


def test_clean_calf_raises_have_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100.0


def test_repetitions_that_stop_half_way_down_are_counted_one_by_one() -> None:
    assert verdict_on(seen(left_up=15.0, repetitions=5)).repetitions() == 5


def test_bouncing_off_the_floor_is_told() -> None:
    finding = verdict_on(seen(pause=0.0, up=0.32, down=0.32, top=0.25, repetitions=8)).finding("smooth_control")
    assert finding.status in {Status.MINOR, Status.MAJOR}
    assert "bounced" in finding.detail


def test_raising_both_heels_is_told_as_helping_with_the_other_foot() -> None:
    verdict = verdict_on(seen(both=True))
    assert verdict.exercises == ["bent_knee_calf_raise"]
    assert verdict.finding("single_leg").status is Status.MAJOR


@pytest.mark.parametrize(("repetitions", "heel", "counted"), [(3, 30.0, 3), (12, 30.0, 12), (5, 12.0, 5)])
def test_a_set_is_only_told(repetitions: int, heel: float, counted: int) -> None:
    finding = verdict_on(seen(repetitions=repetitions, heel=heel)).finding("repetitions")
    assert (finding.status, finding.value) == (Status.INFO, counted)


def test_very_small_raises_are_listed_and_do_not_count_in_a_set() -> None:
    verdict = verdict_on(seen(heel=6.0))
    assert verdict.repetitions() == 4
    assert not any(repetition.valid for repetition in verdict.only.repetitions)
    assert why_unjudged(verdict.finding("repetitions")) is Problem.TOO_FEW


def test_one_raise_alone_may_be_anything() -> None:
    assert verdict_on(seen(repetitions=1)).exercises == []


def test_one_raise_alone_is_judged_where_the_user_names_it() -> None:
    raises = HeelRaise(repetitions=1)
    poses = filmed(heel_raise(raises), raises.lasts, SLOW_SIDE)
    assert judged(poses, Options(exercise="bent_knee_calf_raise")).repetitions() == 1


def test_a_raise_that_the_clip_cuts_off_is_not_counted() -> None:
    raises = HeelRaise()
    poses = filmed(heel_raise(raises), raises.lasts, SLOW_SIDE)
    assert judged(between(poses, 1.7, raises.lasts)).repetitions() == 3


@pytest.mark.parametrize("yaw", [-90.0, 0.0, 45.0])
def test_a_squat_on_one_leg_is_no_calf_raise(yaw: float) -> None:
    squat = PistolSquat(knee=40.0, repetitions=4)
    poses = filmed(pistol_squat(squat), squat.lasts, Film(fps=30.0, camera=Camera(yaw=yaw)))
    assert "bent_knee_calf_raise" not in judged(poses).exercises


def with_feet_mixed_up(poses: PoseSequence) -> PoseSequence:
    """Return landmarks whose feet are exchanged, or between both, in a third of the frames of every rise."""
    random = np.random.default_rng(3)
    hips = poses.xy_px[:, Landmark.LEFT_HIP, 1]
    high = hips < np.percentile(hips, 55)
    mixed = np.flatnonzero(high & (random.random(len(poses)) < 0.5))
    share = random.choice([1.0, 1.0, 0.5], size=(len(mixed), 1, 1))
    xy, left, right = poses.xy_px.copy(), poses.xy_px[mixed][:, FOOT_LEFT], poses.xy_px[mixed][:, FOOT_RIGHT]
    xy[mixed[:, None], FOOT_LEFT] = left + share * (right - left)
    xy[mixed[:, None], FOOT_RIGHT] = right + share * (left - right)
    return replace(poses, xy_px=xy)


@pytest.mark.parametrize(("opens", "status"), [(0.0, Status.GOOD), (24.0, Status.MINOR)])
def test_feet_that_the_detector_mixes_up_change_nothing(opens: float, status: Status) -> None:
    raises = HeelRaise(knee=36.0, opens=opens, repetitions=5)
    verdict = judged(with_feet_mixed_up(filmed(heel_raise(raises), raises.lasts, SLOW_SIDE)))
    assert verdict.exercises == ["bent_knee_calf_raise"]
    assert verdict.repetitions(Side.RIGHT) == 5
    locked = verdict.finding("knee_locked")
    assert locked.status is status
    assert locked.value == pytest.approx(opens, abs=4.0)
    assert verdict.finding("full_rise").status is Status.GOOD
    assert verdict.finding("single_leg").status is Status.GOOD


def with_heel_lifted(poses: PoseSequence, heel: Landmark, by_px: float, when: slice | None = None) -> PoseSequence:
    """Return landmarks with one heel's mark moved upwards while the hips are up, in some of the frames."""
    hips, xy = poses.xy_px[:, Landmark.LEFT_HIP, 1], poses.xy_px.copy()
    high = np.flatnonzero(hips < np.percentile(hips, 45))
    inside = high if when is None else high[(high >= when.start) & (high < when.stop)]
    xy[inside, heel, 1] -= by_px
    return replace(poses, xy_px=xy)


def test_a_hanging_foot_whose_heel_seems_to_rise_does_not_help() -> None:
    raises = HeelRaise(repetitions=5, free=0.4)
    poses = filmed(heel_raise(raises), raises.lasts, SLOW_SIDE)
    verdict = judged(with_heel_lifted(poses, Landmark.LEFT_HEEL, 25.0))
    assert verdict.repetitions(Side.RIGHT) == 5
    assert verdict.finding("single_leg").status is Status.GOOD


def test_one_raise_in_which_the_heels_mark_stays_down_counts_with_the_others() -> None:
    raises = HeelRaise(repetitions=5, heel=14.0)
    poses = filmed(heel_raise(raises), raises.lasts, SLOW_SIDE)
    last = slice(int(0.72 * len(poses)), len(poses))
    assert judged(with_heel_lifted(poses, Landmark.RIGHT_HEEL, -25.0, last)).repetitions(Side.RIGHT) == 5


@pytest.mark.parametrize("key", SIDE_KEYS)
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(SLOW_FRONT)).finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize("key", ["knee_bend", "knee_locked", "full_rise", "full_return"])
def test_a_standing_leg_that_is_the_far_one_is_not_judged(key: str) -> None:
    assert why_unjudged(verdict_on(seen(side=Side.LEFT)).finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("knee_bend", hidden(Part.KNEE)),
        ("knee_locked", hidden(Part.ANKLE)),
        ("full_rise", hidden(Part.HEEL)),
        ("full_return", hidden(Part.TOE)),
        ("vertical_rise", hidden(Part.SHOULDER)),
        ("smooth_control", hidden(Part.HIP)),
        ("single_leg", hidden(Part.KNEE)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Landmark]) -> None:
    verdict = verdict_on(seen(replace(SLOW_SIDE, hidden=parts)))
    assert verdict.exercises == ["bent_knee_calf_raise"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE
