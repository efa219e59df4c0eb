"""Landmarks that rest are steadied, those that move keep their movement and their moment."""

import numpy as np
import pytest
from tests.stick_figure import times

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.steadying import steadied

UNIT = 100.0
TREMBLE = 0.3


def trembling(frames: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(0.0, TREMBLE, (frames, 3, 2))


def swinging(time_s: FloatArray, hertz: float, reach: float = 50.0) -> FloatArray:
    across = reach * np.sin(2.0 * np.pi * hertz * time_s)
    return np.repeat(np.stack([across, np.zeros_like(across)], axis=1)[:, None], 3, axis=1)


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0])
def test_a_mark_at_rest_trembles_half_as_much(rate_hz: float) -> None:
    time_s = times(6.0, rate_hz)
    calm = steadied(trembling(len(time_s)), time_s, UNIT)
    assert calm.std() < 0.5 * TREMBLE


@pytest.mark.parametrize("hertz", [0.5, 1.5, 3.0, 4.5])
@pytest.mark.parametrize("rate_hz", [30.0, 60.0])
def test_a_movement_keeps_its_reach_and_its_moment(hertz: float, rate_hz: float) -> None:
    time_s = times(4.0, rate_hz)
    true = swinging(time_s, hertz)
    assert np.abs(steadied(true, time_s, UNIT) - true).max() < 0.03 * 50.0


def test_a_small_quick_step_keeps_its_height() -> None:
    time_s = times(4.0, 30.0)
    low = swinging(time_s, 2.6, reach=6.0)
    assert np.ptp(steadied(low, time_s, UNIT)) > 0.9 * np.ptp(low)


def test_a_clip_that_is_played_backwards_is_steadied_backwards() -> None:
    time_s = times(3.0, 30.0)
    points = swinging(time_s, 1.0, reach=8.0) + trembling(len(time_s))
    backwards = steadied(points[::-1].copy(), time_s, UNIT)[::-1]
    np.testing.assert_allclose(steadied(points, time_s, UNIT), backwards, atol=1e-2)


def test_a_mark_that_stops_is_still_at_once_and_not_dragged_along() -> None:
    time_s = times(4.0, 30.0)
    points = np.zeros((len(time_s), 3, 2))
    points[..., 0] = 60.0 * np.clip(time_s - 1.0, 0.0, 1.0)[:, None]
    calm = steadied(points, time_s, UNIT)
    assert np.abs(calm - points).max() < 1.5
    np.testing.assert_allclose(calm[time_s > 2.5], points[time_s > 2.5], atol=0.2)


def test_what_is_unknown_stays_unknown_and_does_not_touch_the_rest() -> None:
    time_s = times(4.0, 30.0)
    points = trembling(len(time_s))
    points[40:44] = np.nan
    calm = steadied(points, time_s, UNIT)
    assert np.isnan(calm[40:44]).all()
    np.testing.assert_allclose(calm[:40], steadied(points[:40], time_s[:40], UNIT), atol=1e-9)


def test_a_moment_is_left_as_it_is() -> None:
    points = trembling(8)
    np.testing.assert_array_equal(steadied(points, times(1.0, 8.0), UNIT), points)


def test_many_marks_are_steadied_like_one() -> None:
    time_s = times(2.0, 30.0)
    points = np.concatenate([trembling(len(time_s), seed) for seed in range(11)], axis=1)
    alone = steadied(points[:, 20:21], time_s, UNIT)
    np.testing.assert_allclose(steadied(points, time_s, UNIT)[:, 20:21], alone)
