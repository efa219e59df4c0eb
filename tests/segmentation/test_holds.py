"""Held postures: from fully reached to first left, whatever the posture and however steady."""

from itertools import pairwise

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, standing, stepping, times, with_leg

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation import holds
from formcheck.segmentation.holds import find_holds
from formcheck.segmentation.stillness import far_from
from formcheck.vocabulary import Part, Side

MOVE_SECONDS = 0.8
UPPER = [part.on(side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP) for side in Side]


def eased(time_s: FloatArray, start_s: float, end_s: float) -> FloatArray:
    """Return (n,) 0 before, 1 after and an even start and stop in between."""
    share = np.clip((time_s - start_s) / (end_s - start_s), 0.0, 1.0)
    return np.asarray(share**2 * (3.0 - 2.0 * share))


def lifted(time_s: FloatArray, *spans: tuple[float, float]) -> FloatArray:
    """Return (n,) 1 while a leg is held up in these seconds, from fully reached to first left."""
    up = np.zeros(len(time_s))
    for reached, left in spans:
        up += eased(time_s, reached - MOVE_SECONDS, reached) - eased(time_s, left, left + MOVE_SECONDS)
    return up


def balance(
    *spans: tuple[float, float],
    seconds: float = 16.0,
    rate_hz: float = 30.0,
    yaw: float = 90.0,
    bounce_deg: float = 0.0,
) -> Motion:
    """Return somebody who stands and holds the left thigh level in these seconds."""
    time_s = times(seconds, rate_hz)
    up, bounce = lifted(time_s, *spans), bounce_deg * np.sin(4.0 * np.pi * time_s)
    body = with_leg(standing(len(time_s)), Side.LEFT, thigh_deg=(85.0 + bounce) * up, knee_deg=90.0 * up)
    jitter = np.random.default_rng(5).normal(0.0, 0.002, body.shape)
    return Motion(filmed(body + jitter, time_s, facing(yaw)))


def assert_about(start: float, end: float, *, of: tuple[float, float], within: float) -> None:
    assert [start, end] == pytest.approx(list(of), abs=within)


def seconds_of(motion: Motion) -> list[tuple[float, float]]:
    return [(float(motion.time_s[held.start]), float(motion.time_s[held.end])) for held in find_holds(motion)]


@pytest.mark.parametrize("rate_hz", [10.0, 24.0, 30.0, 60.0])
@pytest.mark.parametrize("yaw", [90.0, -90.0, 45.0])
def test_a_hold_runs_from_the_posture_reached_to_first_leaving_it(rate_hz: float, yaw: float) -> None:
    before, hold, after = seconds_of(balance((4.0, 9.0), rate_hz=rate_hz, yaw=yaw))
    assert_about(*hold, of=(4.0, 9.0), within=0.2)
    assert_about(*before, of=(0.0, 3.2), within=0.2)
    assert after[0] == pytest.approx(9.8, abs=0.2)


@pytest.mark.parametrize("length", [1.8, 3.0, 5.0, 9.0])
def test_its_seconds_are_right_however_long_it_is(length: float) -> None:
    (_, hold, _) = seconds_of(balance((3.0, 3.0 + length)))
    assert hold[1] - hold[0] == pytest.approx(length, abs=0.3)


def test_two_repeats_are_two_holds() -> None:
    held = seconds_of(balance((3.0, 6.0), (9.5, 12.0)))
    assert len(held) == 5
    assert_about(*held[1], of=(3.0, 6.0), within=0.25)
    assert_about(*held[3], of=(9.5, 12.0), within=0.25)


def test_ends_that_the_clip_does_not_show_are_told() -> None:
    motion = balance((-5.0, 5.0), seconds=9.0)
    first, second = find_holds(motion)
    assert (first.start_seen, first.end_seen) == (False, True)
    assert (second.start_seen, second.end_seen) == (True, False)


def test_bouncing_in_a_stretch_does_not_end_it() -> None:
    _, (start, end), _ = seconds_of(balance((3.0, 9.0), bounce_deg=5.0))
    assert_about(start, end, of=(3.0, 9.0), within=0.5)


def test_standing_still_is_one_hold_of_the_whole_clip() -> None:
    (held,) = find_holds(balance(seconds=6.0))
    assert (held.start, held.end, held.start_seen, held.end_seen) == (0, 179, False, False)


def test_a_pause_of_a_second_is_none() -> None:
    assert len(seconds_of(balance((4.0, 4.5)))) == 2


def test_drills_and_walking_through_the_picture_have_none() -> None:
    time_s = times(6.0, 30.0)
    assert find_holds(Motion(filmed(stepping(time_s, 160.0), time_s, facing(90.0)))) == []
    walking = filmed(stepping(time_s, 110.0, thigh_deg=35.0), time_s, facing(90.0))
    walking.xy_px[..., 0] += 150.0 * time_s[:, None]
    assert find_holds(Motion(walking)) == []


def test_they_come_in_order_and_apart() -> None:
    holds = find_holds(balance((3.0, 6.0), (9.5, 12.0)))
    for before, after in pairwise(holds):
        assert before.end < after.start


@pytest.mark.parametrize("rate_hz", [15.0, 24.0, 30.0])
def test_moments_in_which_the_detector_loses_a_hardly_lifted_body_change_no_hold(rate_hz: float) -> None:
    time_s = times(12.0, rate_hz)
    up = lifted(time_s, (2.0, 9.0))
    lost = (np.abs(time_s[:, None] - np.array([2.9, 4.3, 5.2, 6.8, 8.1])) < 0.09).any(axis=1)
    body = standing(len(time_s))
    body[:, UPPER, 1] += (0.06 * up + 0.06 * lost)[:, None]
    jitter = np.random.default_rng(7).normal(0.0, 0.002, body.shape)
    motion = Motion(filmed(body + jitter, time_s, facing(90.0)))
    (hold,) = [(start, end) for start, end in seconds_of(motion) if start <= 5.0 <= end]
    assert_about(*hold, of=(2.0, 9.0), within=0.4)


def test_a_season_of_holds_in_one_clip_is_searched_no_slower_hold_by_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(place: FloatArray, points: FloatArray) -> float:
        asked.append(len(points))
        return far_from(place, points)

    monkeypatch.setattr(holds, "far_from", counted)
    spans = [(4.0 * number, 4.0 * number + 1.7) for number in range(1, 26)]

    found = find_holds(balance(*spans, seconds=108.0))

    assert len(found) > len(spans)
    assert len(asked) < 4 * len(found)
