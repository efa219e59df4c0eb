"""The lying glute stretch on synthetic motion: recognised from both sides, timed, and every fault told at its size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from tests.athlete import Camera, Film
from tests.exercises.trials import Case, edges, hidden, same, why_unjudged
from tests.judged import Judged, judged
from tests.movements.one_sided_stretches import GluteStretch, filmed_lying, glute_stretch

from formcheck.analysis import Options
from formcheck.criteria.model import Problem
from formcheck.vocabulary import Context, Part, Side, Status

FAULTS = [
    *edges("knee_to_opposite_shoulder", "hip", good=80.0, minor=(70.0, 62.0), reads=same, tolerance=2.0),
    *edges("knee_to_opposite_shoulder", "hip", major=45.0, reads=same, tolerance=2.0, long_leg=True),
    *edges("lying_flat", "raised", good=15.0, minor=(26.0,), reads=same),
    *edges("lying_flat", "chin", good=0.05, minor=(-0.03,)),
    *edges("hold_time", "hold", good=5.0, minor=(4.0,), major=2.2, reads=same, tolerance=0.3),
]
NOTHING_HIDDEN: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Lying:
    """One stretch on film, from the right unless ``yaw`` says otherwise."""

    stretch: GluteStretch
    yaw: float = -90.0
    given: bool = False
    hidden: frozenset[Any] = NOTHING_HIDDEN
    context: Context | None = None


@cache
def verdict_on(lying: Lying) -> Judged:
    film = Film(fps=30.0, camera=Camera(yaw=lying.yaw, aim=0.35), hidden=lying.hidden)
    stretch = lying.stretch
    poses = filmed_lying(glute_stretch(stretch), stretch.lasts, film, stretch.chin)
    return judged(poses, Options(exercise="glute_stretch" if lying.given else None, context=lying.context))


@pytest.mark.parametrize("yaw", [-90.0, 90.0, -70.0, 108.0])
@pytest.mark.parametrize("side", Side)
def test_it_is_recognised_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(Lying(GluteStretch(side=side), yaw))
    assert verdict.exercises == ["glute_stretch"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.35)


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(Lying(GluteStretch(**case.changes), given=case.status is Status.MAJOR))
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


@pytest.mark.parametrize("hip", [62.0, 90.0, 125.0])
def test_a_knee_that_stays_far_away_is_still_this_stretch(hip: float) -> None:
    assert verdict_on(Lying(GluteStretch(hip=hip))).exercises == ["glute_stretch"]


def test_the_other_leg_may_lie_along_the_floor() -> None:
    assert verdict_on(Lying(GluteStretch(long_leg=True))).exercises == ["glute_stretch"]


def test_a_good_stretch_has_no_fault() -> None:
    verdict = verdict_on(Lying(GluteStretch()))
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100


def test_a_lifted_head_is_told_as_such() -> None:
    assert "head" in verdict_on(Lying(GluteStretch(chin=-0.03))).finding("lying_flat").detail


def test_hands_beside_the_body_do_not_hold_the_leg() -> None:
    finding = verdict_on(Lying(GluteStretch(hold_on=False), given=True)).finding("hand_placement")
    assert finding.status is Status.MINOR
    held = verdict_on(Lying(GluteStretch())).finding("hand_placement")
    assert held.status is Status.GOOD
    assert "only the right hand was seen" in held.detail


def test_the_dose_after_a_session_is_half_a_minute() -> None:
    verdict = verdict_on(Lying(GluteStretch(), context=Context.AFTER))
    assert verdict.finding("hold_time").status is Status.MAJOR


def test_from_the_feet_the_hold_is_told_and_nothing_judged() -> None:
    verdict = verdict_on(Lying(GluteStretch(), 0.0, given=True))
    for key in ("lying_flat", "hand_placement", "knee_to_opposite_shoulder"):
        assert why_unjudged(verdict.finding(key)) is Problem.WRONG_VIEW
    finding = verdict.finding("hold_time")
    assert finding.status in (Status.GOOD, Status.INFO)
    assert "along the body" in finding.detail


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("lying_flat", Part.SHOULDER),
        ("hand_placement", Part.WRIST),
        ("hand_placement", Part.KNEE),
        ("knee_to_opposite_shoulder", Part.KNEE),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, part: Part) -> None:
    verdict = verdict_on(Lying(GluteStretch(), given=True, hidden=hidden(part)))
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_lying_with_both_feet_on_the_floor_is_none() -> None:
    assert verdict_on(Lying(GluteStretch(hip=48.0, hold_on=False))).exercises == []
