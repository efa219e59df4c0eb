import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.video.timeline import Sampler, Timeline, frame_rate, has_variable_rate, median_interval


def placed(stamps: list[int | None]) -> list[float | None]:
    timeline = Timeline(tick=Fraction(1, 100), nominal_interval_s=0.04)
    return [timeline.place(stamp) for stamp in stamps]


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        pytest.param([0, 4, 8], [0.0, 0.04, 0.08], id="stamps are trusted"),
        pytest.param([700, 704, 711], [0.0, 0.04, 0.11], id="the first frame is second zero"),
        pytest.param([-8, -4, 0], [0.0, 0.04, 0.08], id="stamps below zero are stamps too"),
        pytest.param([None, None, None], [0.0, 0.04, 0.08], id="without stamps frames follow at the nominal rate"),
        pytest.param([0, None, 8, None], [0.0, 0.04, 0.08, 0.12], id="a missing stamp is filled in"),
        pytest.param([None, 50, 54], [0.0, 0.04, 0.08], id="stamps that begin late go on from there"),
        pytest.param([0, 4, 4, 8], [0.0, 0.04, None, 0.08], id="a duplicate is dropped"),
        pytest.param([0, 4, 2, 8], [0.0, 0.04, None, 0.08], id="a step back is dropped"),
        pytest.param([500, 504, 0, 4], [0.0, 0.04, 0.08, 0.12], id="a second recording is joined on"),
        pytest.param([0, 4, 8000], [0.0, 0.04, 80.0], id="a pause is kept"),
    ],
)
def test_stamps_become_increasing_seconds(stamps: list[int | None], expected: list[float | None]) -> None:
    assert placed(stamps) == pytest.approx(expected)


def test_stamps_that_never_move_are_replaced_by_counting() -> None:
    seconds = [time_s for time_s in placed([0] * 50) if time_s is not None]

    assert len(seconds) >= 45
    assert np.diff(seconds) == pytest.approx(0.04)


@given(st.lists(st.none() | st.integers(-(10**9), 10**9), max_size=60))
def test_whatever_the_stamps_time_increases(stamps: list[int | None]) -> None:
    timeline = Timeline(tick=Fraction(1, 90_000), nominal_interval_s=1 / 30)

    seconds = [time_s for stamp in stamps if (time_s := timeline.place(stamp)) is not None]

    assert all(later > earlier for earlier, later in itertools.pairwise(seconds))
    assert len(seconds) + timeline.dropped == len(stamps)


def test_the_origin_is_the_first_frames_own_time() -> None:
    timeline = Timeline(tick=Fraction(1, 100), nominal_interval_s=0.04)
    timeline.place(250)

    assert timeline.origin_s == pytest.approx(2.5)


def taken(times_s: list[float], rate_hz: float = 60.0) -> list[int]:
    sampler = Sampler(rate_hz)
    return [index for index, time_s in enumerate(times_s) if sampler.takes(time_s)]


def test_sixty_frames_a_second_are_all_looked_at_in_spite_of_jitter() -> None:
    jitter = np.random.default_rng(7).uniform(-0.0015, 0.0015, 600)

    assert len(taken((np.arange(600) / 60 + jitter).tolist())) == 600


def test_odd_rates_are_thinned_to_the_limit() -> None:
    assert len(taken((np.arange(900) / 90).tolist())) == pytest.approx(600, abs=2)


def test_after_a_pause_looking_goes_on_at_once_and_not_faster() -> None:
    times_s = [0.0, 1 / 60, *(10 + k / 240 for k in range(13))]

    assert taken(times_s) == [0, 1, 2, 6, 10, 14]


@pytest.mark.parametrize(
    ("intervals_s", "tick_s", "variable"),
    [
        pytest.param([1 / 30] * 50, 1 / 15360, False, id="constant"),
        pytest.param([0.033, 0.033, 0.034] * 20, 0.001, False, id="constant rounded to milliseconds"),
        pytest.param([20 / 600, 19 / 600, 21 / 600] * 20, 1 / 600, False, id="constant rounded to QuickTime's clock"),
        pytest.param([1 / 30] * 200 + [2 / 30], 1 / 15360, False, id="one dropped frame"),
        pytest.param([1 / 30, 1 / 24] * 25, 1 / 15360, True, id="two rates"),
        pytest.param([1 / 30] * 25 + [1 / 60] * 25, 1 / 15360, True, id="half at each rate"),
        pytest.param([0.04], 0.001, False, id="two frames"),
    ],
)
def test_a_variable_rate_is_more_than_rounding(intervals_s: list[float], tick_s: float, variable: bool) -> None:
    times_s = np.concatenate([[0.0], np.cumsum(intervals_s)])

    assert has_variable_rate(times_s, tick_s=tick_s) is variable


def test_rate_and_interval_of_a_recording() -> None:
    times_s = np.array([0.0, 0.1, 0.2, 0.4])

    assert frame_rate(times_s) == pytest.approx(7.5)
    assert median_interval(times_s) == pytest.approx(0.1)
    assert frame_rate(times_s[:1]) == 0.0
    assert np.isnan(median_interval(times_s[:1]))
