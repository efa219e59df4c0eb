"""The bent-kneed calf stretch on synthetic motion: recognised, timed, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.athlete import Camera, Film
from tests.exercises.trials import SLOW_FRONT, SLOW_SIDE, Case, Trial, edges, same, verdict_on, why_unjudged
from tests.movements.calf_stances import BENT, CalfStance, calf_stretch

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Side, Status

FROM_THE_SIDE = [
    *edges("step_closer", "step", good=0.55, minor=(0.65, 0.70), major=0.86, reads=same, tolerance=0.08),
    *edges("rear_knee_bent", "knee", good=23.0, minor=(17.5, 14.0), major=6.0, reads=same),
    *edges("stretch_position", "shin", good=25.0, minor=(18.0, 8.0), reads=same),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.25),
]


def seen(film: Film = SLOW_SIDE, given: bool = True, **changes: Any) -> Trial:
    return Trial(calf_stretch, replace(BENT, **changes), film, exercise="soleus_stretch" if given else None)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("yaw", [-90.0, 90.0, -72.0, 106.0, 45.0])
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), given=False, side=side))
    assert verdict.exercises == ["soleus_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.4)


def test_a_straight_rear_knee_makes_it_the_other_calf_stretch() -> None:
    assert verdict_on(Trial(calf_stretch, CalfStance(), SLOW_SIDE)).exercises == ["gastrocnemius_stretch"]


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    finding = verdict_on(seen(**case.changes)).finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize(("pitch", "status"), [(0.0, Status.GOOD), (-30.0, Status.MAJOR)])
def test_a_rear_heel_that_lifts_is_told(pitch: float, status: Status) -> None:
    assert verdict_on(seen(heel=pitch, shin=20.0)).finding("rear_heel_down").status is status


def test_a_good_stretch_has_no_fault() -> None:
    assert verdict_on(seen()).only.pitfalls == ()


def test_the_front_view_refers_to_the_side() -> None:
    assert why_unjudged(verdict_on(seen(SLOW_FRONT)).finding("rear_knee_bent")) is Problem.WRONG_VIEW
