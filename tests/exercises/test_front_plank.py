"""Front planks on synthetic motion: told from other ways of lying, timed, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.athlete import Camera, Film, between, filmed
from tests.exercises.trials import Case, Trial, edges, hidden, negative, same, verdict_on, why_unjudged
from tests.judged import judged
from tests.movements.planks import FrontPlank, front_plank

from formcheck.criteria.model import Problem
from formcheck.vocabulary import Landmark, Part, Side, Status

LOW = Camera(aim=0.3)
FILM = Film(fps=30.0, camera=LOW)
HIDDEN = pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("sagging_hips", hidden(Part.ANKLE)),
        ("piked_hips", hidden(Part.HIP)),
        ("fading_hips", hidden(Part.SHOULDER)),
        ("elbows_under_shoulders", hidden(Part.ELBOW)),
        ("knees_straight", hidden(Part.KNEE)),
        ("head_in_line", hidden(Part.EAR)),
    ],
)
SIDE_KEYS = (
    "sagging_hips",
    "piked_hips",
    "fading_hips",
    "elbows_under_shoulders",
    "knees_straight",
    "head_in_line",
)
CASES = [
    *edges("sagging_hips", "hips", good=-0.025, minor=(-0.047, -0.055), major=-0.078, reads=same, tolerance=0.012),
    *edges("piked_hips", "hips", good=0.05, minor=(0.072, 0.10), major=0.128, reads=same, tolerance=0.012),
    *edges("fading_hips", "fading", good=0.035, minor=(0.055, 0.07), major=0.11),
    *edges("elbows_under_shoulders", "arm", good=24.0, minor=(29.0, 34.0), major=41.5, reads=same),
    *edges("elbows_under_shoulders", "arm", good=-14.0, minor=(-19.0, -24.0), major=-31.5, reads=same),
    *edges("knees_straight", "knee", good=14.5, minor=(17.5, 24.5), major=28.0, reads=same, tolerance=1.5),
    *edges("head_in_line", "head", good=24.0, minor=(30.0, 50.0), reads=negative, tolerance=2.0),
    *edges("head_in_line", "head", good=-24.0, minor=(-30.0,), reads=negative, tolerance=2.0),
]


def seen(film: Film = FILM, **changes: Any) -> Trial:
    return Trial(front_plank, FrontPlank(**changes), film)


@pytest.mark.parametrize("yaw", [-90.0, 90.0, -72.0, 106.0, -45.0, 140.0])
def test_a_front_plank_is_recognised_and_timed(yaw: float) -> None:
    verdict = verdict_on(seen(replace(FILM, camera=replace(LOW, yaw=yaw))))
    assert verdict.exercises == ["front_plank"]
    (hold,) = verdict.only.holds
    assert hold.side is None
    assert hold.seconds == pytest.approx(6.0, abs=0.5)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["front_plank"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.standard_error)


def test_a_clean_front_plank_has_no_fault() -> None:
    verdict = verdict_on(seen())
    assert verdict.only.pitfalls == ()
    assert verdict.only.score == 100.0


@pytest.mark.parametrize("seconds", [6.0, 41.0, 61.0])
def test_the_seconds_are_only_told(seconds: float) -> None:
    finding = verdict_on(seen(replace(FILM, fps=10.0), hold=seconds)).finding("hold_time")
    assert finding.status is Status.INFO
    assert finding.value == pytest.approx(seconds, abs=0.5)


def test_the_seconds_in_good_form_are_told_beside_those_held() -> None:
    (hold,) = verdict_on(seen(hips=0.0, fading=0.12, hold=10.0)).only.holds
    assert hold.good_seconds == pytest.approx(0.5 * hold.seconds, abs=1.0)
    (clean,) = verdict_on(seen()).only.holds
    assert clean.good_seconds == pytest.approx(clean.seconds, abs=0.1)


def test_the_seconds_in_good_form_are_unknown_where_the_view_does_not_show_them() -> None:
    (hold,) = verdict_on(seen(replace(FILM, camera=replace(LOW, yaw=-45.0)))).only.holds
    assert hold.good_seconds is None


def test_a_rest_on_the_knees_is_no_part_of_the_hold() -> None:
    (hold,) = verdict_on(seen(rest=4.0, hold=5.0)).only.holds
    assert hold.start_s == pytest.approx(4.6, abs=0.3)
    assert hold.seconds == pytest.approx(5.0, abs=0.5)


def test_a_hold_that_the_clip_cuts_off_says_so() -> None:
    plank = FrontPlank(rest=0.0)
    finding = judged(filmed(front_plank(plank), plank.lasts, FILM)).finding("hold_time")
    assert finding.detail.endswith("the clip does not show both ends of the hold")


def test_two_holds_with_a_rest_between_them_are_two() -> None:
    plank = FrontPlank(hold=4.0, rest=2.0)
    twice = filmed(lambda time_s: front_plank(plank)(time_s % plank.lasts), 2 * plank.lasts, FILM)
    verdict = judged(twice)
    assert verdict.exercises == ["front_plank"]
    assert [hold.seconds for hold in verdict.only.holds] == pytest.approx([4.0, 4.0], abs=0.5)


def test_resting_on_knees_and_forearms_is_no_plank() -> None:
    plank = FrontPlank(rest=20.0)
    assert judged(between(filmed(front_plank(plank), 8.0, FILM), 0.0, 8.0)).exercises == []


def test_a_short_hold_does_not_show_fading() -> None:
    assert why_unjudged(verdict_on(seen(hold=3.5)).finding("fading_hips")) is Problem.NOT_SHOWN


@pytest.mark.parametrize("key", SIDE_KEYS)
def test_form_is_not_judged_obliquely(key: str) -> None:
    finding = verdict_on(seen(replace(FILM, camera=replace(LOW, yaw=-45.0)))).finding(key)
    assert why_unjudged(finding) is Problem.WRONG_VIEW


@HIDDEN
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Landmark]) -> None:
    verdict = verdict_on(seen(replace(FILM, hidden=parts)))
    assert verdict.exercises == ["front_plank"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_the_near_side_is_read() -> None:
    far = frozenset(part.on(Side.LEFT) for part in Part)
    assert verdict_on(seen(replace(FILM, hidden=far), hips=-0.05)).only.pitfalls == ("sagging_hips",)


def test_seconds_that_are_all_of_a_hold_or_none_of_it_are_not_told_twice() -> None:
    told = [verdict_on(seen(hips=hips)).finding("hold_time").detail for hips in (0.0, -0.1)]
    assert told == ["all of it with the hips in line", "none of it with the hips in line"]
