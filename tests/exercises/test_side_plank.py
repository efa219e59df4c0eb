"""Side planks on synthetic motion: recognised on either side, timed, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.athlete import Camera, Film, filmed
from tests.exercises.trials import Case, Trial, edges, hidden, negative, same, verdict_on, why_unjudged
from tests.judged import judged
from tests.movements.planks import SidePlank, side_plank

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Landmark, Part, Side, Status

FRONT = Camera(yaw=0.0, aim=0.3)
FILM = Film(fps=30.0, camera=FRONT)
OBLIQUELY = replace(FILM, camera=replace(FRONT, yaw=45.0))
FORM_KEYS = ("dropped_hips", "raised_hips", "elbow_under_shoulder", "shoulders_stacked", "legs_straight")
CASES = [
    *edges("dropped_hips", "hips", good=-0.035, minor=(-0.05, -0.078), major=-0.10, reads=same, tolerance=0.008),
    *edges("raised_hips", "hips", good=0.06, minor=(0.075, 0.115), major=0.14, reads=same, tolerance=0.008),
    *edges("elbow_under_shoulder", "arm", good=14.5, minor=(19.0, 24.5), major=31.0, reads=same),
    *edges("elbow_under_shoulder", "arm", good=-14.5, minor=(-19.0,), major=-31.0, reads=negative),
    *edges("legs_straight", "knee", good=23.0, minor=(28.0, 34.0), major=42.0),
]


def seen(film: Film = FILM, **changes: Any) -> Trial:
    return Trial(side_plank, SidePlank(**changes), film)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("yaw", [0.0, 180.0, 20.0, -160.0, 45.0])
def test_a_side_plank_is_recognised_on_its_side_and_timed(yaw: float, side: Side) -> None:
    verdict = verdict_on(seen(replace(FILM, camera=replace(FRONT, yaw=yaw)), side=side))
    assert verdict.exercises == ["side_plank"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(6.0, abs=0.5)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["side_plank"]
    finding = verdict.finding(case.key, Side.LEFT)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.standard_error)


@pytest.mark.parametrize("side", Side)
def test_a_clean_side_plank_has_no_fault(side: Side) -> None:
    verdict = verdict_on(seen(side=side))
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100.0


def test_a_rolled_chest_is_a_minor_matter() -> None:
    poses = filmed(side_plank(), SidePlank().lasts, FILM)
    marks = [Part.SHOULDER.on(side) for side in Side]
    narrow = poses.xy_px.copy()
    middle = narrow[:, marks].mean(axis=1, keepdims=True)
    narrow[:, marks] = middle + 0.6 * (narrow[:, marks] - middle)
    finding = judged(replace(poses, xy_px=narrow)).finding("shoulders_stacked")
    assert finding.status is Status.MINOR
    assert finding.value == pytest.approx(0.6 * 0.68, abs=0.03)


@pytest.mark.parametrize("seconds", [6.0, 31.0, 44.0])
def test_the_seconds_are_only_told(seconds: float) -> None:
    finding = verdict_on(seen(replace(FILM, fps=10.0), hold=seconds)).finding("hold_time")
    assert finding.status is Status.INFO
    assert finding.value == pytest.approx(seconds, abs=0.5)


def test_the_seconds_in_good_form_are_told_beside_those_held() -> None:
    (hold,) = verdict_on(seen(fading=0.12, hold=10.0)).only.holds
    assert hold.good_seconds == pytest.approx(0.67 * hold.seconds, abs=1.0)


def test_sitting_on_the_hip_before_and_after_is_no_part_of_the_hold() -> None:
    verdict = verdict_on(seen(rest=4.0, hold=5.0))
    (hold,) = verdict.only.holds
    assert hold.start_s == pytest.approx(4.6, abs=0.3)
    assert hold.seconds == pytest.approx(5.0, abs=0.5)


def test_both_sides_in_one_clip_are_held_apart() -> None:
    first, second = (SidePlank(side=side, hold=hold) for side, hold in ((Side.LEFT, 5.0), (Side.RIGHT, 4.0)))
    films = [filmed(side_plank(plank), plank.lasts, FILM) for plank in (first, second)]
    names = ("xy_px", "z_px", "visibility", "presence", "world_m")
    arrays: dict[str, Any] = {name: np.concatenate([getattr(film, name) for film in films]) for name in names}
    joined = replace(films[0], time_s=np.concatenate([films[0].time_s, films[1].time_s + first.lasts]), **arrays)
    holds = [hold for found in judged(joined).assessment.assessments for hold in found.holds]
    assert [hold.side for hold in holds] == [Side.LEFT, Side.RIGHT]
    assert [hold.seconds for hold in holds] == pytest.approx([5.0, 4.0], abs=0.5)


@pytest.mark.parametrize("key", FORM_KEYS)
def test_form_is_not_judged_obliquely(key: str) -> None:
    assert why_unjudged(verdict_on(seen(OBLIQUELY)).finding(key)) is Problem.WRONG_VIEW


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("dropped_hips", hidden(Part.ANKLE)),
        ("raised_hips", hidden(Part.HIP)),
        ("elbow_under_shoulder", hidden(Part.ELBOW)),
        ("shoulders_stacked", hidden(Part.SHOULDER)),
        ("legs_straight", hidden(Part.KNEE)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Landmark]) -> None:
    verdict = verdict_on(seen(replace(FILM, hidden=parts)))
    assert verdict.exercises == ["side_plank"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE
