"""High knees on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.athlete import Arm, Camera, Film
from tests.exercises.trials import (
    FRONT,
    SIDE,
    YAWS,
    Case,
    Trial,
    edges,
    hidden,
    same,
    verdict_on,
    why_unjudged,
)
from tests.movements import HAND_ON_HIP, HighKnees, high_knees

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side, Status

STRIDING = {"duty": 0.28, "ahead": 0.2, "stance_knee": 25.0}
DEEPER = {"stance_knee": 22.0}
BENT, OPENING, OPEN, HANGING = (Arm(elbow=flexion) for flexion in (67.0, 54.0, 44.0, 10.0))
CASES = [
    *edges("cadence", "cadence", good=142.0, minor=(138.0, 117.0), major=113.0, reads=same),
    *edges("cadence", "cadence", good=218.0, minor=(222.5, 247.5), major=253.0, reads=same),
    *edges("forward_travel", "step", good=0.77, minor=(0.88, 1.17), major=1.32, reads=same, tolerance=0.08, **STRIDING),
    *edges("thigh_horizontal", "thigh", good=82.5, minor=(81.0, 71.0), major=69.0, reads=same),
    *edges("thigh_horizontal", "thigh", good=115.0, major=55.0, reads=same),
    *edges("stand_tall", "lean", good=12.0, minor=(13.0, 17.8), major=19.0, reads=same),
    *edges("trunk_still", "rock", good=3.9, minor=(4.6,), reads=same, tolerance=0.3),
    *edges("trunk_still", "rock", minor=(12.0,)),
    *edges("leaning_back", "lean", good=-5.0, minor=(-7.0, -10.5), major=-12.0, reads=same, tolerance=1.3),
    *edges("dropped_hands", "arm", good=BENT, minor=(OPENING, OPEN), major=HANGING),
    *edges("dropped_hands", "arm", good=HAND_ON_HIP, arm_swing=0.0),
    *edges("tight_calves", "toes", good=-14.0, minor=(-19.0, -45.0), reads=same, tolerance=1.8),
    *edges("reaching_feet", "ahead", good=0.14, minor=(0.18, 0.25), major=0.29, reads=same, tolerance=0.02, **DEEPER),
]


def seen(film: Film = SIDE, seconds: float | None = None, **changes: Any) -> Trial:
    return Trial(high_knees, HighKnees(**changes), film, seconds)


@pytest.mark.parametrize("yaw", YAWS.values(), ids=YAWS)
def test_high_knees_are_recognised_and_every_whole_step_counted(yaw: float) -> None:
    verdict = verdict_on(seen(Film(camera=Camera(yaw=yaw)), seconds=4.1, cadence=180.0))
    assert verdict.exercises == ["high_knees"]
    assert (verdict.repetitions(), verdict.repetitions(Side.LEFT)) == (11, 6)
    assert verdict.only.cadence_steps_per_minute == pytest.approx(180.0, abs=2.0)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["high_knees"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_clean_high_knees_have_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100.0


def test_a_slow_clip_is_read_at_thirty_frames_a_second_too() -> None:
    verdict = verdict_on(seen(Film(fps=30.0), thigh=60.0))
    assert verdict.only.pitfalls == ("thigh_horizontal",)


def test_the_thigh_is_judged_from_the_front_on_both_sides() -> None:
    verdict = verdict_on(seen(FRONT, thigh=76.0))
    assert {finding.side for finding in verdict.all_of("thigh_horizontal")} == set(Side)
    assert {finding.status for finding in verdict.all_of("thigh_horizontal")} == {Status.MINOR}


def test_dropped_hands_are_told_from_the_front() -> None:
    verdict = verdict_on(seen(FRONT, arm=Arm(elbow=10.0)))
    assert verdict.finding("dropped_hands").status is Status.MAJOR


@pytest.mark.parametrize(
    "key", ["forward_travel", "stand_tall", "trunk_still", "leaning_back", "tight_calves", "reaching_feet"]
)
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(FRONT)).finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("thigh_horizontal", hidden(Part.KNEE)),
        ("dropped_hands", hidden(Part.WRIST)),
        ("stand_tall", hidden(Part.SHOULDER)),
        ("tight_calves", hidden(Part.HEEL)),
        ("reaching_feet", hidden(Part.ANKLE)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Any]) -> None:
    verdict = verdict_on(seen(replace(SIDE, hidden=parts)))
    assert verdict.exercises == ["high_knees"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_a_cadence_is_not_named_where_a_step_spans_too_few_frames() -> None:
    verdict = verdict_on(seen(Film(fps=13.0), cadence=200.0))
    assert why_unjudged(verdict.finding("cadence")) is Problem.TOO_FEW


def test_feet_are_not_judged_on_a_small_athlete() -> None:
    small = Film(camera=Camera(pixels_per_metre=170.0))
    assert why_unjudged(verdict_on(seen(small)).finding("tight_calves")) is Problem.TOO_SMALL
