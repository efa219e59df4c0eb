"""The ITB stretch on synthetic motion: recognised from front and back, timed, and every fault told at its size."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from tests.athlete import Camera, Film, between, filmed
from tests.exercises.trials import SLOW_FRONT, SLOW_SIDE, Case, Trial, edges, hidden, same, verdict_on, why_unjudged
from tests.judged import judged
from tests.movements import HANGING_ARM
from tests.movements.one_sided_stretches import REACHING_OUT, ItbStretch, itb_stretch

from formcheck.analysis import Options
from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side, Status

FACES = {"the front": 0.0, "behind": 180.0, "the front, a little aside": 16.0}
FAULTS = [
    *edges("hips_slide_out", "bend", good=17.0, minor=(13.0, 9.5), major=5.0, reads=same),
    *edges("hips_slide_out", "shift", good=0.07, minor=(0.04,), major=0.0),
    *edges("legs_crossed", "crossed", good=0.1, minor=(-0.35, -0.5), reads=same, tolerance=0.1),
    *edges("flat_bend", "lean", good=15.0, minor=(40.0,)),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.3),
]


def seen(film: Film = SLOW_FRONT, given: bool = False, **changes: Any) -> Trial:
    return Trial(itb_stretch, ItbStretch(**changes), film, exercise="itb_stretch" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(product(FACES.values(), Side)))
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["itb_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["itb_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize(("raised", "status"), [(160.0, Status.GOOD), (94.0, Status.MINOR), (75.0, Status.MAJOR)])
def test_an_arm_that_does_not_reach_over_the_head_is_told(raised: float, status: Status) -> None:
    verdict = verdict_on(seen(raised=raised))
    assert verdict.exercises == ["itb_stretch"]
    finding = verdict.finding("arm_overhead")
    assert finding.status is status, finding.value


def test_a_good_stretch_has_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100


@pytest.mark.parametrize("roll", [-5.0, 5.0])
def test_a_camera_whose_roll_nobody_knows_does_not_take_the_hips_back_over_the_feet(roll: float) -> None:
    stretch = ItbStretch(hold=8.0)
    film = Film(fps=30.0, camera=Camera(yaw=0.0, roll=roll))
    poses = filmed(itb_stretch(stretch), stretch.lasts, film)
    held = between(poses, 0.5 * stretch.lasts - 3.0, 0.5 * stretch.lasts + 3.0)
    verdict = judged(held, Options(exercise="itb_stretch"))
    assert verdict.finding("hips_slide_out").status is Status.GOOD


def test_a_free_arm_that_hangs_is_told_and_one_that_reaches_out_is_not() -> None:
    assert verdict_on(seen()).finding("free_hand_support").status is Status.GOOD
    hanging = verdict_on(seen(free=HANGING_ARM, bend=12.0)).finding("free_hand_support")
    assert hanging.status is Status.MINOR
    reaching = verdict_on(seen(free=REACHING_OUT)).finding("free_hand_support")
    assert reaching.status is Status.INFO
    assert "reaches out" in reaching.detail


def test_a_trunk_that_folds_forward_is_told_as_such() -> None:
    assert "shortened" in verdict_on(seen(lean=40.0)).finding("flat_bend").detail


def test_the_side_view_shows_none_of_it() -> None:
    assert verdict_on(seen(SLOW_SIDE)).exercises == []
    verdict = verdict_on(seen(SLOW_SIDE, given=True))
    for key in ("free_hand_support", "legs_crossed", "arm_overhead", "hips_slide_out", "flat_bend"):
        assert why_unjudged(verdict.finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("free_hand_support", Part.ELBOW),
        ("legs_crossed", Part.ANKLE),
        ("arm_overhead", Part.WRIST),
        ("hips_slide_out", Part.ANKLE),
        ("flat_bend", Part.SHOULDER),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=0.0), hidden=hidden(part)), given=True))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_a_side_bend_on_parted_feet_is_none() -> None:
    assert verdict_on(seen(crossed=-1.0)).exercises == []


def test_standing_on_crossed_feet_with_hanging_arms_is_none() -> None:
    assert verdict_on(seen(raised=0.0, bend=0.0, shift=0.0, free=HANGING_ARM)).exercises == []
