"""The hip flexor stretch on synthetic motion: recognised from everywhere, timed, and every fault told at its size."""

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
from tests.movements import Lunge, lunge
from tests.movements.stretches import HalfKneeling, hip_flexor_stretch

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side, Status

FROM_THE_SIDE = [
    *edges("knee_under_hip", "thigh", good=-11.5, minor=(-15.0, -21.5), major=-25.0, reads=same),
    *edges("knee_under_hip", "thigh", good=11.5, minor=(15.0, 21.5), major=25.0, reads=same),
    *edges("front_knee_right_angle", "knee", good=76.0, minor=(71.0, 66.0), major=58.0, reads=same),
    *edges("front_knee_right_angle", "knee", good=104.0, minor=(109.0, 114.0), major=122.0, reads=same),
    *edges("front_hip_right_angle", "lean", good=14.0, minor=(18.0, 24.0), major=29.0),
    *edges("front_hip_right_angle", "lean", good=-14.0, minor=(-18.0, -24.0), major=-29.0),
    *edges("front_ankle_right_angle", "shin", good=11.5, minor=(15.5, 21.5), major=26.5, reads=same),
    *edges("front_ankle_right_angle", "shin", good=-11.5, minor=(-15.5, -21.5), major=-26.5, reads=same),
    *edges("pelvis_tucked", "lean", good=12.5, minor=(15.0, 30.0), reads=same),
    *edges("pelvis_tucked", "lean", good=-11.5, minor=(-15.0,), reads=same),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.25),
]


def seen(film: Film = SLOW_SIDE, given: bool = False, **changes: Any) -> Trial:
    return Trial(hip_flexor_stretch, HalfKneeling(**changes), film, exercise="hip_flexor_stretch" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(zip(YAWS.values(), cycle(Side), strict=False)), ids=YAWS)
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["hip_flexor_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["hip_flexor_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_the_seconds_in_good_form_stand_beside_the_seconds_held() -> None:
    (good,), (bad,) = verdict_on(seen()).only.holds, verdict_on(seen(knee=60.0)).only.holds
    assert good.good_seconds == pytest.approx(good.seconds)
    assert bad.good_seconds == pytest.approx(0.0, abs=0.5)
    assert verdict_on(seen(SLOW_FRONT)).only.holds[0].good_seconds is None


def test_a_good_stretch_has_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100


def test_sliding_the_front_knee_forward_for_a_further_stretch_is_told_and_no_fault() -> None:
    verdict = verdict_on(seen(thigh=-28.0, shin=22.0, knee=122.0))
    for key in ("knee_under_hip", "front_knee_right_angle", "front_hip_right_angle", "front_ankle_right_angle"):
        finding = verdict.finding(key)
        assert finding.status in (Status.INFO, Status.GOOD)
        assert "further stretch" in finding.detail
    assert verdict.finding("front_knee_right_angle").status is Status.INFO
    assert verdict.only.pitfalls == ()


def test_a_shin_that_leans_over_an_upright_thigh_stays_a_fault() -> None:
    assert verdict_on(seen(thigh=0.0, shin=27.0, knee=117.0)).finding("front_ankle_right_angle").status is Status.MAJOR


def test_the_front_view_refers_to_the_side() -> None:
    verdict = verdict_on(seen(SLOW_FRONT))
    for criterion in verdict.only.criteria:
        if criterion.criterion.key not in ("hold_time", "steadiness", "both_sides"):
            assert why_unjudged(criterion) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("knee_under_hip", Part.KNEE),
        ("front_knee_right_angle", Part.ANKLE),
        ("front_hip_right_angle", Part.SHOULDER),
        ("front_ankle_right_angle", Part.ANKLE),
        ("pelvis_tucked", Part.HIP),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, hidden=hidden(part)), given=True))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


@pytest.mark.parametrize("seconds", [3.0, 9.0])
def test_lunges_however_slow_are_no_stretch(seconds: float) -> None:
    assert "hip_flexor_stretch" not in verdict_on(Trial(lunge, Lunge(seconds=seconds, knee=100.0), SLOW_SIDE)).exercises


@pytest.mark.parametrize(("hold", "found"), [(1.2, []), (2.2, ["hip_flexor_stretch"])])
def test_kneeling_down_three_times_is_a_stretch_where_it_is_held(hold: float, found: list[str]) -> None:
    verdict = verdict_on(seen(hold=hold, repeats=3))
    assert [name for name in verdict.exercises if name == "hip_flexor_stretch"] == found
