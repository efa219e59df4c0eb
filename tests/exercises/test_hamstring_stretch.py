"""The hamstring stretch on synthetic motion: recognised from everywhere, timed, and every fault told at its size."""

from __future__ import annotations

from itertools import cycle
from typing import Any

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
from tests.movements.stretches import Hinge, hamstring_stretch, resting_on_the_knees

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Landmark, Part, Side, Status

FROM_THE_SIDE = [
    *edges("front_knee_straight", "knee", good=21.5, minor=(25.0, 32.0), major=37.0, reads=same, support=62.0),
    *edges("toes_up", "toes", good=6.0, minor=(-3.0, -8.0), major=-15.0, reads=same, tolerance=1.5),
    *edges("back_straight", "head_drop", good=0.5, minor=(8.0, 30.0), reads=same, tolerance=1.5, trunk=0.9),
    *edges("back_straight", "head_drop", good=25.0, trunk=1.0),
    *edges("hinge_from_hips", "lean", good=26.0, minor=(23.5, 14.0), reads=same),
    *edges("hinge_from_hips", "lean", good=79.0, minor=(83.0,), reads=same),
    *edges("hands_on_bent_knee", "hands_ahead", good=0.0, minor=(0.20,)),
    *edges("hands_on_bent_knee", "support", minor=(5.0,), lean=60.0),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.25),
    *edges("steadiness", "bounce", good=0.005, minor=(0.036,), major=0.075),
]


def seen(film: Film = SLOW_SIDE, given: bool = False, **changes: Any) -> Trial:
    return Trial(hamstring_stretch, Hinge(**changes), film, exercise="hamstring_stretch" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(zip(YAWS.values(), cycle(Side), strict=False)), ids=YAWS)
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["hamstring_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["hamstring_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_a_trunk_that_hardly_leans_is_a_major_fault_where_the_stretch_is_named() -> None:
    assert verdict_on(seen(given=True, lean=6.0)).finding("hinge_from_hips").status is Status.MAJOR


def test_hands_far_from_the_knee_are_a_major_fault() -> None:
    assert verdict_on(seen(given=True, hands_ahead=0.40)).finding("hands_on_bent_knee").status is Status.MAJOR


def test_the_seconds_in_good_form_stand_beside_the_seconds_held() -> None:
    (good,), (bad,) = verdict_on(seen()).only.holds, verdict_on(seen(knee=45.0, support=62.0)).only.holds
    assert good.good_seconds == pytest.approx(good.seconds)
    assert bad.good_seconds == pytest.approx(0.0, abs=0.5)
    assert verdict_on(seen(SLOW_FRONT)).only.holds[0].good_seconds is None


def test_a_good_stretch_has_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100


def test_three_holds_of_one_leg_make_one_assessment() -> None:
    verdict = verdict_on(seen(hold=5.0, repeats=3))
    assert [hold.side for hold in verdict.only.holds] == [Side.RIGHT] * 3
    assert verdict.finding("hold_time").repetitions_judged == 3


def test_the_front_view_refers_to_the_side() -> None:
    verdict = verdict_on(seen(SLOW_FRONT))
    for key in ("front_knee_straight", "toes_up", "back_straight", "hinge_from_hips", "hands_on_bent_knee"):
        assert why_unjudged(verdict.finding(key)) is Problem.WRONG_VIEW


def test_a_front_leg_behind_the_other_one_is_not_judged() -> None:
    far = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=90.0))))
    for key in ("front_knee_straight", "toes_up"):
        assert why_unjudged(far.finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("front_knee_straight", Part.KNEE),
        ("toes_up", Part.TOE),
        ("hinge_from_hips", Part.SHOULDER),
        ("hands_on_bent_knee", Part.WRIST),
        ("back_straight", Part.EAR),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, hidden=hidden(part)), given=True))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_a_round_back_needs_standing_to_compare_with() -> None:
    poses = between(filmed(hamstring_stretch(Hinge(head_drop=30.0, trunk=0.9)), Hinge().lasts, SLOW_SIDE), 2.4, 6.4)
    assert why_unjudged(judged(poses).finding("back_straight")) is Problem.NO_BASELINE


def test_a_foot_whose_heel_mark_sits_on_the_other_foot_is_not_judged() -> None:
    poses = filmed(hamstring_stretch(), Hinge().lasts, SLOW_SIDE)
    poses.xy_px[:, Landmark.RIGHT_HEEL, 0] -= 25.0
    verdict = judged(poses)
    assert why_unjudged(verdict.finding("toes_up")) is Problem.NOT_VISIBLE
    assert verdict.finding("front_knee_straight").status is Status.GOOD


@pytest.mark.parametrize("yaw", [-90.0, 0.0])
def test_getting_the_breath_back_is_no_stretch(yaw: float) -> None:
    poses = filmed(resting_on_the_knees(), Hinge().lasts, Film(fps=30.0, camera=Camera(yaw=yaw)))
    assert judged(poses).exercises == []
