"""The straight-kneed calf stretch on synthetic motion: recognised, timed, and every fault told at its size."""

from __future__ import annotations

from typing import Any

import pytest
from tests.athlete import Camera, Film
from tests.exercises.trials import SLOW_FRONT, SLOW_SIDE, Case, Trial, edges, same, verdict_on, why_unjudged
from tests.movements.calf_stances import BENT, CalfStance, calf_stretch

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Context, Side, Status

FROM_THE_SIDE = [
    *edges("step_back", "step", good=0.53, minor=(0.47, 0.40), major=0.30, reads=same, tolerance=0.06),
    *edges("stretch_position", "shin", good=17.0, minor=(13.0, 10.0), major=4.0, reads=same),
    *edges("rear_knee_straight", "knee", good=9.0, minor=(13.0, 17.0), reads=same),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.25),
    *edges("steadiness", "bounce", good=0.008, minor=(0.035,), reads=same, tolerance=0.02),
]


def seen(film: Film = SLOW_SIDE, given: bool = True, **changes: Any) -> Trial:
    exercise = "gastrocnemius_stretch" if given else None
    return Trial(calf_stretch, CalfStance(**changes), film, exercise=exercise)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("yaw", [-90.0, 90.0, -72.0, 106.0])
def test_it_is_recognised_and_timed_from_the_side(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), given=False, side=side))
    assert verdict.exercises == ["gastrocnemius_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.4)


def test_a_bent_rear_knee_makes_it_the_other_calf_stretch() -> None:
    assert verdict_on(Trial(calf_stretch, BENT, SLOW_SIDE)).exercises == ["soleus_stretch"]


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    finding = verdict_on(seen(**case.changes)).finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_a_rear_knee_that_is_clearly_bent_is_a_major_fault() -> None:
    assert verdict_on(seen(knee=32.0)).finding("rear_knee_straight").status is Status.MAJOR


@pytest.mark.parametrize(("pitch", "status"), [(0.0, Status.GOOD), (-30.0, Status.MAJOR)])
def test_a_rear_heel_that_lifts_is_told(pitch: float, status: Status) -> None:
    assert verdict_on(seen(heel=pitch, shin=20.0)).finding("rear_heel_down").status is status


def test_a_trunk_that_hangs_forward_leaves_the_hips_behind() -> None:
    assert verdict_on(seen(lean=12.0)).finding("body_line").status is Status.GOOD
    assert verdict_on(seen(lean=62.0, shin=20.0)).finding("body_line").status is Status.MINOR


@pytest.mark.parametrize(("turn_out", "status"), [(2.0, Status.GOOD), (35.0, Status.MINOR)])
def test_a_turned_out_rear_foot_is_told_from_the_front(turn_out: float, status: Status) -> None:
    assert verdict_on(seen(SLOW_FRONT, turn_out=turn_out)).finding("rear_foot_straight").status is status


def test_the_front_view_refers_to_the_side() -> None:
    reason = why_unjudged(verdict_on(seen(SLOW_FRONT)).finding("rear_knee_straight"))
    assert reason is Problem.WRONG_VIEW


def test_one_side_is_told_and_not_held_against_anybody() -> None:
    finding = verdict_on(seen()).finding("both_sides")
    assert finding.status is Status.INFO
    assert "the other side is not in this clip" in finding.detail


def test_the_long_dose_is_asked_after_a_session_only() -> None:
    from tests.athlete import filmed
    from tests.judged import judged

    from formcheck.analysis import Options

    poses = filmed(calf_stretch(CalfStance(hold=6.0)), CalfStance(hold=6.0).lasts, SLOW_SIDE)
    assert judged(poses, Options()).finding("hold_time").status is Status.GOOD
    assert judged(poses, Options(context=Context.AFTER)).finding("hold_time").status is Status.MAJOR
