"""Butt kicks on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.athlete import Arm, Camera, Film
from tests.exercises.trials import FRONT, SIDE, YAWS, Case, Trial, edges, hidden, same, verdict_on, why_unjudged
from tests.movements import ButtKicks, butt_kicks

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side, Status

STRIDING = {"duty": 0.26, "ahead": 0.27, "stance_knee": 30.0}
BENT, OPENING, OPEN, HANGING = (Arm(elbow=flexion) for flexion in (67.0, 54.0, 44.0, 10.0))
CASES = [
    *edges("heel_to_buttock", "knee", good=125.0, minor=(122.0, 110.5), major=107.0, reads=same),
    *edges("heel_to_buttock", "knee", good=150.0, major=90.0, reads=same),
    *edges("cadence", "cadence", good=142.0, minor=(138.0, 117.0), major=113.0, reads=same),
    *edges("cadence", "cadence", good=218.0, minor=(222.5, 247.5), major=253.0, reads=same),
    *edges("forward_travel", "step", good=0.77, minor=(0.88, 1.17), major=1.32, reads=same, tolerance=0.06, **STRIDING),
    *edges("stand_tall", "lean", good=12.0, minor=(13.0, 17.8), major=19.0, reads=same),
    *edges("leaning_forward", "lean", good=12.0, minor=(13.0, 17.8), major=19.0, reads=same),
    *edges("leaning_forward", "lean", good=-7.5, minor=(-9.0, -20.0), reads=same),
    *edges("dropped_hands", "arm", good=BENT, minor=(OPENING, OPEN), major=HANGING),
    *edges("rigid_feet", "hang", good=8.0, minor=(5.0, 0.0), reads=lambda hang: hang + 5.0, tolerance=1.5),
]


def seen(film: Film = SIDE, seconds: float | None = None, given: bool = False, **changes: Any) -> Trial:
    return Trial(butt_kicks, ButtKicks(**changes), film, seconds, "butt_kicks" if given else None)


@pytest.mark.parametrize("yaw", YAWS.values(), ids=YAWS)
def test_butt_kicks_are_recognised_and_every_whole_step_counted(yaw: float) -> None:
    verdict = verdict_on(seen(Film(camera=Camera(yaw=yaw)), seconds=4.1, cadence=180.0))
    assert verdict.exercises == ["butt_kicks"]
    assert (verdict.repetitions(), verdict.repetitions(Side.LEFT)) == (11, 6)
    assert verdict.only.cadence_steps_per_minute == pytest.approx(180.0, abs=2.0)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["butt_kicks"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_clean_butt_kicks_have_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100.0


def test_kicks_with_the_knees_coming_forward_are_butt_kicks_all_the_same() -> None:
    verdict = verdict_on(seen(thigh=35.0))
    assert verdict.exercises == ["butt_kicks"]
    assert verdict.finding("heel_to_buttock").status is Status.GOOD


def test_a_slow_clip_is_read_at_thirty_frames_a_second_too() -> None:
    verdict = verdict_on(seen(Film(fps=30.0), knee=95.0))
    assert verdict.only.pitfalls == ("heel_to_buttock",)


@pytest.mark.parametrize("key", ["heel_to_buttock", "forward_travel", "stand_tall", "leaning_forward", "rigid_feet"])
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(FRONT)).finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("heel_to_buttock", hidden(Part.KNEE)),
        ("dropped_hands", hidden(Part.ELBOW)),
        ("leaning_forward", hidden(Part.SHOULDER)),
        ("rigid_feet", hidden(Part.TOE)),
        ("forward_travel", hidden(Part.ANKLE)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Any]) -> None:
    verdict = verdict_on(seen(replace(SIDE, hidden=parts)))
    assert verdict.exercises == ["butt_kicks"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_a_cadence_is_not_named_where_a_step_spans_too_few_frames() -> None:
    verdict = verdict_on(seen(Film(fps=12.0), cadence=200.0, given=True))
    assert why_unjudged(verdict.finding("cadence")) is Problem.TOO_FEW
