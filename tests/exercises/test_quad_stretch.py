"""The quad stretch on synthetic motion: recognised from everywhere, timed, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
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
from tests.movements import ButtKicks, butt_kicks
from tests.movements.heel_raises import HeelRaise, heel_raise
from tests.movements.one_sided_stretches import QuadStretch, quad_stretch

from formcheck.criteria.model import Problem
from formcheck.exercises.quad_stretch import find, higher_foot, lifted_leg
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.repair import LEFT_LEG, RIGHT_LEG
from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.segmentation.postures import find_postures
from formcheck.vocabulary import Part, Side, Status

FROM_THE_SIDE = [
    *edges("heel_to_buttock", "knee", good=128.0, minor=(121.0, 108.0), major=100.0, reads=same),
    *edges("hips_forward", "lean", good=10.0, minor=(16.0, 19.0), major=26.5, reads=lambda lean: lean - 2.0),
    *edges("knees_together", "thigh", good=11.0, minor=(17.0, 30.0), reads=lambda thigh: thigh - 1.0),
    *edges("knees_together", "thigh", good=-13.0, minor=(-18.0, -30.0), reads=lambda thigh: thigh - 1.0),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.25),
]
FROM_THE_FRONT = [*edges("knees_together", "out", good=4.5, minor=(9.0, 25.0), reads=same)]


def seen(film: Film = SLOW_SIDE, given: bool = False, **changes: Any) -> Trial:
    return Trial(quad_stretch, QuadStretch(**changes), film, exercise="quad_stretch" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(zip(YAWS.values(), cycle(Side), strict=False)), ids=YAWS)
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["quad_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["quad_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("case", FROM_THE_FRONT)
def test_knees_that_drift_apart_are_told_from_the_front(case: Case) -> None:
    finding = verdict_on(seen(SLOW_FRONT, **case.changes)).finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_a_good_stretch_has_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100


def test_the_seconds_in_good_form_stand_beside_the_seconds_held() -> None:
    (good,), (bad,) = verdict_on(seen()).only.holds, verdict_on(seen(knee=97.0)).only.holds
    assert good.good_seconds == pytest.approx(good.seconds, abs=0.4)
    assert bad.good_seconds == pytest.approx(0.0, abs=0.5)
    assert verdict_on(seen(SLOW_FRONT)).only.holds[0].good_seconds is None


def test_a_knee_in_front_under_a_tall_trunk_is_not_held_against_the_hips() -> None:
    verdict = verdict_on(seen(thigh=24.0))
    assert verdict.finding("hips_forward").status is Status.GOOD
    assert verdict.finding("knees_together").status is Status.MINOR


def test_a_hand_that_does_not_hold_the_foot_is_told() -> None:
    finding = verdict_on(seen(hand=None, thigh=-12.0, knee=120.0)).finding("ankle_grip")
    assert finding.status is Status.MINOR
    assert finding.value is not None
    assert finding.value > 0.55


def test_the_other_hand_at_the_foot_is_told_and_no_fault() -> None:
    finding = verdict_on(seen(hand="other", thigh=-20.0, knee=125.0)).finding("ankle_grip")
    assert finding.status is Status.INFO
    assert "other hand" in finding.detail


def test_a_foot_out_of_reach_says_nothing_about_the_hand() -> None:
    verdict = verdict_on(seen(knee=98.0, hand=None))
    assert why_unjudged(verdict.finding("ankle_grip")) is Problem.NOT_SHOWN
    assert verdict.finding("heel_to_buttock").status is Status.MAJOR


def test_a_side_that_the_clip_does_not_show_is_named() -> None:
    verdict = verdict_on(seen(repeats=2, hold=3.6))
    assert [hold.side for hold in verdict.only.holds] == [Side.RIGHT, Side.RIGHT]
    assert "the other side is not in this clip" in verdict.finding("both_sides").detail


def test_bouncing_is_told() -> None:
    assert verdict_on(seen()).finding("steadiness").status is Status.GOOD
    assert verdict_on(seen(bounce=0.035)).finding("steadiness").status is Status.MINOR
    assert verdict_on(seen(bounce=0.075)).finding("steadiness").status is Status.MAJOR


def test_the_front_view_refers_to_the_side() -> None:
    verdict = verdict_on(seen(SLOW_FRONT))
    for key in ("ankle_grip", "heel_to_buttock", "hips_forward"):
        assert why_unjudged(verdict.finding(key)) is Problem.WRONG_VIEW
    assert verdict.finding("knees_together").status is Status.GOOD


def test_an_oblique_view_shows_no_angle_between_the_thighs() -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=45.0)), given=True))
    assert why_unjudged(verdict.finding("knees_together")) is Problem.WRONG_VIEW


def test_the_far_leg_is_not_judged() -> None:
    verdict = verdict_on(seen(side=Side.LEFT))
    assert verdict.exercises == ["quad_stretch"]
    for key in ("ankle_grip", "heel_to_buttock", "hips_forward"):
        assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("ankle_grip", Part.WRIST),
        ("knees_together", Part.KNEE),
        ("heel_to_buttock", Part.ANKLE),
        ("hips_forward", Part.SHOULDER),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, hidden=hidden(part)), given=True))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize("side", Side)
def test_legs_that_the_detector_exchanges_again_and_again_are_told_apart(side: Side) -> None:
    stretch = QuadStretch(side=side)
    verdict = judged(with_legs_exchanged(filmed(quad_stretch(stretch), stretch.lasts, SLOW_SIDE)))
    assert verdict.exercises == ["quad_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.5)
    if side is Side.RIGHT:
        assert verdict.finding("heel_to_buttock").value == pytest.approx(138.0, abs=3.0)


def with_legs_exchanged(poses: PoseSequence) -> PoseSequence:
    """Return a clip in which about a third of the frames show the legs exchanged, and some run together."""
    random = np.random.default_rng(5)
    states = random.choice([0.0, 1.0, 0.5], p=[0.6, 0.3, 0.1], size=len(poses.time_s))
    states = np.repeat(states[::2], 2)[: len(states)]

    def exchanged(points: FloatArray) -> FloatArray:
        share = states.reshape((-1,) + (1,) * (points.ndim - 1))
        mixed = points.copy()
        mixed[:, LEFT_LEG] = points[:, LEFT_LEG] * (1.0 - share) + points[:, RIGHT_LEG] * share
        mixed[:, RIGHT_LEG] = points[:, RIGHT_LEG] * (1.0 - share) + points[:, LEFT_LEG] * share
        return mixed

    return replace(poses, xy_px=exchanged(poses.xy_px), world_m=exchanged(poses.world_m))


@pytest.mark.parametrize(
    "trial",
    [
        pytest.param(Trial(butt_kicks, ButtKicks(), SLOW_SIDE), id="butt kicks"),
        pytest.param(Trial(heel_raise, HeelRaise(), SLOW_SIDE), id="calf raises on one leg"),
    ],
)
def test_other_movements_with_a_foot_behind_are_none(trial: Trial) -> None:
    assert "quad_stretch" not in verdict_on(trial).exercises


def test_a_rest_on_a_bent_leg_with_the_other_foot_behind_and_no_hand_at_it_is_no_quad_stretch() -> None:
    raises = HeelRaise(knee=36.0, free=0.42, pause=2.5)
    motion = Motion(filmed(heel_raise(raises), raises.lasts, SLOW_SIDE))
    assert any(higher_foot(posture) is Side.LEFT for posture in find_postures(motion))
    assert not find(motion)


@pytest.mark.parametrize(("film", "found"), [(SLOW_FRONT, Side.LEFT), (SLOW_SIDE, None)], ids=["front", "side"])
def test_a_shin_behind_its_thigh_may_be_read_as_half_open_from_the_front_only(film: Film, found: Side | None) -> None:
    stretch = QuadStretch(side=Side.LEFT)
    postures = find_postures(Motion(filmed(quad_stretch(stretch), stretch.lasts, film)))
    held = next(posture for posture in postures if lifted_leg(posture) is Side.LEFT)
    out_of_hand = dict.fromkeys(held.gap, 1.0)
    half_open = replace(held, knee={Side.LEFT: 76.0, Side.RIGHT: 20.0}, gap=out_of_hand)
    assert lifted_leg(half_open) is found
