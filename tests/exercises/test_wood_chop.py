"""Wood chop on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.athlete import Camera, Film, filmed
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
from tests.movements import NEGATIVES, HighKnees, Lunge, high_knees, lunge
from tests.movements.knee_drives import WoodChop, wood_chop

from formcheck.criteria.model import Problem
from formcheck.exercises.wood_chop import EXERCISE
from formcheck.kinematics.motion import Motion
from formcheck.vocabulary import Landmark, Part, Side, Status

CASES = [
    *edges("stance_drive", "stance_knee", good=26.0),
    *edges("stance_drive", "stance_knee", minor=(40.0,), lean=18.0),
    *edges("stance_drive", "stance_knee", major=60.0, lean=19.0),
    *edges("knee_drive", "thigh", good=83.5, minor=(80.5, 71.5), major=68.0, reads=same, tolerance=1.5),
    *edges("knee_drive", "rise", good=0.8, minor=(1.15,), cadence=20.0),
    *edges("lumbar_collapse", "lean", good=19.0, minor=(22.0, 34.0), reads=same),
    *edges("balance", "hold", good=0.25, minor=(0.05,), major=0.0),
]
FRONTAL = [
    *edges("balance", "sway", good=0.015, minor=(0.027, 0.044), major=0.065, reads=same, tolerance=0.01),
    *edges("balance", "side_lean", good=5.0, minor=(7.0, 11.5), major=13.5),
    *edges("falling_over", "side_lean", good=18.0, major=23.0),
    *edges("falling_over", "hops", good=0, minor=(1,), major=3),
    *edges("knee_drive", "thigh", good=83.5, minor=(78.0,), major=66.0),
]


def seen(film: Film = SLOW_SIDE, exercise: str | None = None, **changes: Any) -> Trial:
    return Trial(wood_chop, WoodChop(**changes), film, exercise=exercise)


@pytest.mark.parametrize("yaw", YAWS.values(), ids=YAWS)
def test_wood_chop_is_recognised_and_every_drive_counted(yaw: float) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), drives=5))
    assert verdict.exercises == ["wood_chop"]
    assert (verdict.repetitions(), verdict.repetitions(Side.LEFT)) == (5, 3)
    assert verdict.only.cadence_steps_per_minute == pytest.approx(27.0, rel=0.01)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["wood_chop"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("case", FRONTAL)
def test_balance_is_told_from_the_front(case: Case) -> None:
    verdict = verdict_on(seen(SLOW_FRONT, **case.changes))
    assert verdict.exercises == ["wood_chop"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("film", [SLOW_SIDE, SLOW_FRONT], ids=["side", "front"])
def test_a_clean_wood_chop_has_no_fault(film: Film) -> None:
    verdict = verdict_on(seen(film))
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100.0


@pytest.mark.parametrize(
    ("cadence", "status"), [(95.0, Status.GOOD), (107.0, Status.MINOR), (125.0, Status.MINOR), (136.0, Status.MAJOR)]
)
@pytest.mark.parametrize("key", ["unhurried", "rushing"])
def test_quick_drives_without_a_pause_are_rushed(key: str, cadence: float, status: Status) -> None:
    verdict = verdict_on(seen(exercise="wood_chop", cadence=cadence, hold=0.0, drives=10, rise=0.2, fall=0.2))
    finding = verdict.finding(key)
    assert finding.status is status
    assert finding.value == pytest.approx(cadence, rel=0.02)


def test_a_pause_at_the_top_clears_quick_drives_of_rushing() -> None:
    verdict = verdict_on(seen(cadence=108.0, hold=0.26, rise=0.12, fall=0.12, drives=10))
    assert verdict.exercises == ["wood_chop"]
    assert verdict.finding("unhurried").status is Status.MINOR
    assert verdict.finding("rushing").status is Status.GOOD


@pytest.mark.parametrize(("early", "status"), [(1, Status.GOOD), (2, Status.MINOR), (4, Status.MAJOR)])
def test_feet_that_come_down_at_once_are_falls(early: int, status: Status) -> None:
    verdict = verdict_on(seen(early=early, drives=10, cadence=40.0, hold=0.4, rise=0.3, fall=0.3))
    finding = verdict.finding("falling_over")
    assert finding.status is status
    assert finding.value == pytest.approx(10.0 * early)
    assert finding.detail == f"{early} of 10 drives lose balance"


def test_a_folded_trunk_is_a_major_fault_where_it_shortens_and_a_minor_one_where_it_stays_long() -> None:
    assert verdict_on(seen(lean=50.0)).finding("lumbar_collapse").status is Status.MINOR
    chop = WoodChop(lean=50.0)
    poses = filmed(wood_chop(chop), chop.lasts, SLOW_SIDE)
    xy = poses.xy_px.copy()
    hips, shoulders = (xy[:, [part.on(side) for side in Side]].mean(axis=1) for part in (Part.HIP, Part.SHOULDER))
    away = shoulders - hips
    folded = np.clip(np.degrees(np.arctan2(np.abs(away[:, 0]), -away[:, 1])) / 50.0, 0.0, 1.0)
    for side in Side:
        xy[:, Part.SHOULDER.on(side)] -= 0.16 * folded[:, None] * away
    assert judged(replace(poses, xy_px=xy)).finding("lumbar_collapse").status is Status.MAJOR


def test_a_trunk_that_folds_does_not_bend_the_standing_leg() -> None:
    assert verdict_on(seen(lean=45.0)).finding("stance_drive").status is Status.GOOD


def test_mixed_legs_split_no_drive() -> None:
    """Half-way through each drive the detector draws both legs at the same height, as it does on rendered people."""
    chop = WoodChop(drives=5)
    poses = filmed(wood_chop(chop), chop.lasts, SLOW_SIDE)
    since = poses.time_s % chop.period
    mixed = np.flatnonzero(np.abs(since - 0.5 * chop.period) < 0.2)
    xy = poses.xy_px.copy()
    for part in (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE):
        pair = np.array([part.on(side) for side in Side])
        xy[np.ix_(mixed, pair)] = poses.xy_px[mixed][:, pair].mean(axis=1, keepdims=True)
    verdict = judged(replace(poses, xy_px=xy))
    assert verdict.exercises == ["wood_chop"]
    assert verdict.repetitions() == 5


@pytest.mark.parametrize("key", ["stance_drive", "lumbar_collapse"])
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(SLOW_FRONT)).finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("stance_drive", hidden(Part.KNEE)),
        ("balance", hidden(Part.HIP)),
        ("knee_drive", hidden(Part.KNEE)),
        ("lumbar_collapse", hidden(Part.SHOULDER)),
        ("falling_over", hidden(Part.ANKLE)),
        ("unhurried", hidden(Part.ANKLE)),
        ("rushing", hidden(Part.ANKLE)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Landmark]) -> None:
    verdict = verdict_on(seen(replace(SLOW_SIDE, hidden=parts)))
    assert verdict.exercises == ["wood_chop"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_balance_is_not_judged_at_ten_frames_a_second() -> None:
    verdict = verdict_on(seen(Film(fps=10.0), exercise="wood_chop"))
    assert why_unjudged(verdict.finding("balance")) is Problem.FRAME_RATE


@pytest.mark.parametrize("yaw", [-90.0, 0.0])
@pytest.mark.parametrize("movement", NEGATIVES.values(), ids=NEGATIVES)
def test_other_movements_are_no_wood_chop(movement: Any, yaw: float) -> None:
    motion = Motion(filmed(movement, 8.0, Film(fps=30.0, camera=Camera(yaw=yaw))))
    assert EXERCISE.find(motion) == ()


@pytest.mark.parametrize("yaw", [-90.0, 0.0, 45.0])
def test_lunges_are_no_wood_chop(yaw: float) -> None:
    lunges = Lunge(alternating=True, repetitions=4)
    assert verdict_on(Trial(lunge, lunges, Film(fps=30.0, camera=Camera(yaw=yaw)))).exercises == ["lunge"]


def test_one_knee_driven_again_and_again_is_no_wood_chop() -> None:
    assert "wood_chop" not in verdict_on(seen(both=False)).exercises


@pytest.mark.parametrize("cadence", [95.0, 140.0])
def test_knees_that_come_up_and_down_without_a_pause_are_high_knees(cadence: float) -> None:
    assert verdict_on(Trial(high_knees, HighKnees(cadence=cadence), seconds=6.0)).exercises == ["high_knees"]
