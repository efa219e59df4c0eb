"""The stretch with a turning foot on synthetic motion: told from the hamstring stretch by two still positions."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from tests.athlete import Camera, Film
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
from tests.movements.stretches import Hinge, Turning, hamstring_stretch, peroneal_stretch

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side, Status

SQUARE = {name: yaw for name, yaw in YAWS.items() if yaw != 45.0}
FROM_THE_FRONT = [
    *edges("foot_positions", "turn", good=26.0, minor=(16.0,), reads=same, tolerance=3.0),
    *edges("knee_locked", "knee_swing", good=0.03, minor=(0.07,), major=0.13),
]
FROM_THE_SIDE = [
    *edges("knee_locked", "knee", good=21.0, minor=(26.0,), major=36.0, reads=same, support=62.0, tip=24.0),
    *edges("hold_time", "hold", good=12.0, minor=(8.0,), major=5.0, tip=24.0),
]


def seen(film: Film = SLOW_FRONT, given: bool = False, **changes: Any) -> Trial:
    return Trial(peroneal_stretch, Turning(**changes), film, exercise="peroneal_stretch" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(zip(SQUARE.values(), cycle(Side), strict=False)), ids=SQUARE)
def test_both_positions_of_the_foot_are_found_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["peroneal_stretch"]
    inward, outward = verdict.only.holds
    assert inward.side is outward.side is side
    assert (inward.seconds, outward.seconds) == pytest.approx((5.0, 5.0), abs=0.5)


def test_where_the_foot_cannot_be_seen_turning_it_is_a_hamstring_stretch() -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=45.0))))
    assert verdict.exercises == ["hamstring_stretch"]


@pytest.mark.parametrize("yaw", [0.0, -90.0])
def test_a_hamstring_stretch_is_never_taken_for_it(yaw: float) -> None:
    for seed in (1, 2):
        noisy = Film(fps=30.0, camera=Camera(yaw=yaw), noise_px=1.5, seed=seed)
        assert verdict_on(Trial(hamstring_stretch, Hinge(hold=8.0), noisy)).exercises == ["hamstring_stretch"]


@pytest.mark.parametrize("turn", [0.0, 9.0])
def test_a_foot_that_hardly_turns_makes_no_variation(turn: float) -> None:
    assert verdict_on(seen(turn=turn)).exercises == ["hamstring_stretch"]


def test_a_foot_that_does_not_turn_is_told_where_the_exercise_is_named() -> None:
    finding = verdict_on(seen(turn=0.0, given=True)).finding("foot_positions")
    assert finding.status is Status.MINOR
    assert finding.value == pytest.approx(0.0, abs=3.0)


@pytest.mark.parametrize("case", FROM_THE_FRONT)
def test_a_fault_is_told_from_the_front_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["peroneal_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(SLOW_SIDE, **case.changes))
    assert verdict.exercises == ["peroneal_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_the_side_view_refers_to_the_front_for_the_foot() -> None:
    assert why_unjudged(verdict_on(seen(SLOW_SIDE)).finding("foot_positions")) is Problem.WRONG_VIEW


def test_the_knee_is_not_judged_from_an_angle() -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=45.0)), given=True))
    assert why_unjudged(verdict.finding("knee_locked")) is Problem.WRONG_VIEW


@pytest.mark.parametrize(("key", "part"), [("foot_positions", Part.TOE), ("knee_locked", Part.KNEE)])
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=0.0), hidden=hidden(part)), given=True))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE
