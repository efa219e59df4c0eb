"""The sprinter stretch on synthetic motion: recognised from everywhere, timed, and every fault told at its size."""

from __future__ import annotations

from itertools import cycle
from typing import Any

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
from tests.movements import NEGATIVES
from tests.movements.stretches import Sprinter, sprinter_stretch

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side, Status

FROM_THE_SIDE = [
    *edges("hands_beside_foot", "hands", good=0.22, minor=(0.29,), major=0.39, lean=58.0),
    *edges("hands_beside_foot", "hands_ahead", minor=(0.42,)),
    *edges("rear_leg_back", "stride", good=1.0, minor=(0.94, 0.82), major=0.75, reads=same, tolerance=0.06),
    *edges("hips_sink", "heel", good=5.0, minor=(30.0,)),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.25),
]


def seen(film: Film = SLOW_SIDE, given: bool = False, **changes: Any) -> Trial:
    return Trial(sprinter_stretch, Sprinter(**changes), film, exercise="sprinter_stretch" if given else None)


@pytest.mark.parametrize(("yaw", "side"), list(zip(YAWS.values(), cycle(Side), strict=False)), ids=YAWS)
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), side=side))
    assert verdict.exercises == ["sprinter_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("case", FROM_THE_SIDE)
def test_a_fault_is_told_from_the_side_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["sprinter_stretch"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_the_seconds_in_good_form_stand_beside_the_seconds_held() -> None:
    (good,), (bad,) = verdict_on(seen()).only.holds, verdict_on(seen(stride=0.7)).only.holds
    assert good.good_seconds == pytest.approx(good.seconds)
    assert bad.good_seconds == pytest.approx(0.0, abs=0.5)
    assert verdict_on(seen(SLOW_FRONT)).only.holds[0].good_seconds is None


def test_a_good_stretch_has_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100


def test_high_hips_are_told_where_the_stretch_is_named() -> None:
    verdict = verdict_on(seen(knee=42.0, shin=2.0, lean=45.0, given=True))
    assert verdict.finding("hips_sink").status is Status.MINOR


def test_a_short_stance_with_an_open_rear_hip_is_softened() -> None:
    verdict = verdict_on(seen(knee=60.0, shin=20.0, stride=0.9, lean=30.0, given=True))
    assert verdict.finding("rear_leg_back").status is Status.GOOD


def test_the_front_view_refers_to_the_side() -> None:
    verdict = verdict_on(seen(SLOW_FRONT))
    for key in ("hands_beside_foot", "rear_leg_back", "hips_sink"):
        assert why_unjudged(verdict.finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "part"),
    [("hands_beside_foot", Part.WRIST), ("rear_leg_back", Part.ANKLE), ("hips_sink", Part.KNEE)],
)
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, hidden=hidden(part)), given=True))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_push_ups_are_no_sprinter_stretch() -> None:
    assert "sprinter_stretch" not in judged(filmed(NEGATIVES["push-ups"], 6.0, SLOW_SIDE)).exercises
