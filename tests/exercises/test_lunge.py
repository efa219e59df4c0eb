"""Lunges on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest
from tests.athlete import Arm, Camera, Film, between, filmed
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
from tests.movements import BENT_ARM, HAND_ON_HIP, HANGING_ARM, Lunge, lunge

from formcheck.analysis import Options
from formcheck.criteria.model import Problem
from formcheck.exercises.lunge import front_side
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.dips import find_dips
from formcheck.vocabulary import Part, Side, Status

SHORT = {"shin": 22.0, "knee": 85.0, "rear_foot": 60.0}
LONG = {"shin": -10.0, "knee": 105.0, "rear_foot": 60.0}
SQUARE = "front_knee_right_angle"
IN_LINE = "knee_over_second_toe"
FROM_THE_SIDE = [
    *edges("step_length", "step", good=0.66, minor=(0.62, 0.60), reads=same, tolerance=0.03, **SHORT),
    *edges("step_length", "step", good=1.38, minor=(1.45,), reads=same, tolerance=0.03, **LONG),
    *edges("rear_knee_low", "knee", good=97.0, minor=(92.0, 86.0), major=81.0, step=1.25),
    *edges(SQUARE, "knee", good=75.0, minor=(72.5, 62.5), major=59.5, reads=same, step=0.75, shin=8.0),
    *edges(SQUARE, "knee", good=105.0, minor=(107.5, 117.5), major=121.0, reads=same),
    *edges("front_hip_right_angle", "lean", good=-7.5, minor=(-10.0, -19.5), major=-22.0, knee=85.0, shin=5.0),
    *edges("front_hip_right_angle", "lean", good=27.5, minor=(30.0, 39.5), major=42.5, knee=85.0, shin=5.0),
    *edges("knee_past_ankle", "shin", good=15.0, minor=(17.0, 31.0), major=33.5, reads=same, step=0.8),
    *edges("hands_on_hips", "arm", good=HAND_ON_HIP, minor=(BENT_ARM, Arm(upper=80.0))),
    *edges("hands_on_hips", "arm", good=HANGING_ARM),
    *edges("hands_on_hips", "arm", good=Arm(elbow=48.0), minor=(Arm(elbow=56.0),)),
    *edges("trunk_upright", "lean", good=15.0, minor=(16.2, 25.0), major=26.5, reads=same),
    *edges("trunk_upright", "lean", good=-7.8, minor=(-9.2, -15.0), major=-16.5, reads=same),
    *edges("front_heel_down", "heel", good=9.5, minor=(14.0, 30.0), reads=negative),
]
FROM_THE_FRONT = [
    *edges(IN_LINE, "knee_in", good=0.028, minor=(0.045, 0.068), major=0.085, reads=same, tolerance=0.015),
    *edges(IN_LINE, "knee_in", good=-0.075, minor=(-0.095, -0.13), reads=same, tolerance=0.015),
    *edges("hands_on_hips", "arm", good=HAND_ON_HIP, minor=(Arm(upper=80.0),)),
]


def seen(film: Film = SLOW_SIDE, seconds: float | None = None, given: bool = False, **changes: Any) -> Trial:
    return Trial(lunge, Lunge(**changes), film, seconds, "lunge" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(zip(YAWS.values(), cycle(Side), strict=False)), ids=YAWS)
def test_lunges_are_recognised_and_every_repetition_counted(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side, repetitions=4))
    assert verdict.exercises == ["lunge"]
    assert (verdict.repetitions(), verdict.repetitions(side)) == (4, 4)


def test_alternating_legs_are_told_apart() -> None:
    verdict = verdict_on(seen(alternating=True, repetitions=5))
    assert (verdict.repetitions(Side.RIGHT), verdict.repetitions(Side.LEFT)) == (3, 2)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["lunge"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("case", FROM_THE_FRONT)
def test_a_fault_is_told_from_the_front_at_its_size(case: Case) -> None:
    finding = verdict_on(seen(SLOW_FRONT, **case.changes)).finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_a_very_short_step_is_a_major_fault_of_a_lunge() -> None:
    changes: dict[str, Any] = {"step": 0.44, **SHORT}
    finding = verdict_on(seen(given=True, **changes)).finding("step_length")
    assert finding.status is Status.MAJOR
    assert finding.value == pytest.approx(0.44, abs=0.03)


@pytest.mark.parametrize("film", [SLOW_SIDE, SLOW_FRONT], ids=["from the side", "from the front"])
def test_clean_lunges_have_no_fault(film: Film) -> None:
    assert verdict_on(seen(film)).only.pitfalls == ()


@pytest.mark.parametrize("repetitions", [2, 12])
def test_a_set_is_only_told(repetitions: int) -> None:
    finding = verdict_on(seen(repetitions=repetitions)).finding("repetitions")
    assert (finding.status, finding.value) == (Status.INFO, repetitions)


def test_a_clip_that_shows_no_whole_repetition_counts_none() -> None:
    motion = Lunge(repetitions=1)
    part = between(filmed(lunge(motion), motion.lasts, SLOW_SIDE), 1.6, motion.lasts)
    finding = judged(part, Options(exercise="lunge")).finding("repetitions")
    assert why_unjudged(finding) is Problem.TOO_FEW


@pytest.mark.parametrize(
    "key",
    [
        "step_length",
        "rear_knee_low",
        "front_knee_right_angle",
        "front_hip_right_angle",
        "knee_past_ankle",
        "trunk_upright",
        "front_heel_down",
    ],
)
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(SLOW_FRONT)).finding(key)) is Problem.WRONG_VIEW


def test_the_knee_over_the_foot_is_not_judged_from_the_side() -> None:
    assert why_unjudged(verdict_on(seen()).finding("knee_over_second_toe")) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    "key", ["front_knee_right_angle", "front_hip_right_angle", "knee_past_ankle", "front_heel_down"]
)
def test_a_front_leg_that_is_the_far_one_is_not_judged(key: str) -> None:
    assert why_unjudged(verdict_on(seen(side=Side.LEFT)).finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("hands_on_hips", hidden(Part.WRIST)),
        ("rear_knee_low", hidden(Part.KNEE)),
        ("trunk_upright", hidden(Part.SHOULDER)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Any]) -> None:
    verdict = verdict_on(seen(replace(SLOW_SIDE, hidden=parts)))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize(("frontal", "found"), [(True, Side.RIGHT), (False, None)], ids=["front", "side"])
def test_a_lunge_that_hardly_seems_to_sink_is_one_from_the_front_only(frontal: bool, found: Side | None) -> None:
    motion = Lunge(side=Side.RIGHT)
    (dip, *_) = find_dips(Motion(filmed(lunge(motion), motion.lasts, SLOW_FRONT)))
    assert front_side(replace(dip, depth=0.045, frontal=frontal)) is found
