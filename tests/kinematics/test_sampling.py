"""Clips above 60 frames a second: the frames that a detector looked at, and those in between."""

from dataclasses import replace

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, standing, stepping, times

from formcheck.kinematics import repair
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.sampling import sampled, spread
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark

FIELDS = ("xy_px", "z_px", "visibility", "presence", "world_m")


def slow_motion(rate_hz: float, *, wrong: tuple[float, float] | None = None) -> tuple[PoseSequence, PoseSequence]:
    """Return high knees as they are and as a detector gives them that exchanges the legs in ``wrong`` seconds."""
    time_s = times(3.0, rate_hz)
    true = filmed(stepping(time_s, 150.0), time_s, facing(80.0))
    looked_at = sampled(time_s)
    few = true.part(looked_at)
    if wrong is not None:
        mistaken = (few.time_s >= wrong[0]) & (few.time_s < wrong[1])
        xy = few.xy_px.copy()
        for left, right in zip(repair.LEFT_LEG, repair.RIGHT_LEG, strict=True):
            xy[mistaken, left], xy[mistaken, right] = xy[mistaken, right], xy[mistaken, left]
        few = replace(few, xy_px=xy)
    return true, spread(few, true, looked_at)


@pytest.mark.parametrize(
    ("rate_hz", "every"), [(24.0, 1), (30.0, 1), (50.0, 1), (60000 / 1001, 1), (60.0, 1), (120.0, 2), (240.0, 4)]
)
def test_above_60_frames_a_second_every_nth_frame_is_looked_at(rate_hz: float, every: int) -> None:
    expected = np.arange(200) % every == 0
    assert sampled(np.arange(200) / rate_hz).tolist() == expected.tolist()


@pytest.mark.parametrize("rate_hz", [120.0, 240.0])
def test_frames_in_between_lie_on_straight_lines(rate_hz: float) -> None:
    true, seen = slow_motion(rate_hz)
    last = int(np.flatnonzero(sampled(true.time_s))[-1])
    error = np.abs(seen.xy_px - true.xy_px)[: last + 1]
    assert np.isfinite(error).all()
    assert error.max() < 3.0
    assert np.isnan(seen.xy_px[last + 1 :]).all()


def test_beside_a_frame_without_anybody_nothing_is_made_up() -> None:
    true, _ = slow_motion(120.0)
    few = true.part(sampled(true.time_s))
    few.xy_px[20] = np.nan
    assert np.flatnonzero(np.isnan(spread(few, true, sampled(true.time_s)).xy_px[:300, 0, 0])).tolist() == [39, 40, 41]


def test_over_a_pause_in_the_clip_nothing_is_made_up() -> None:
    true, _ = slow_motion(120.0)
    late = replace(true, time_s=np.where(true.time_s < 1.0, true.time_s, true.time_s + 0.5))
    looked_at = np.arange(len(late)) % 2 == 0
    looked_at[118:124] = [True, False, False, False, False, True]
    filled = spread(late.part(looked_at), late, looked_at)
    assert np.flatnonzero(np.isnan(filled.xy_px[:300, 0, 0])).tolist() == [119, 120, 121, 122]


@pytest.mark.parametrize("rate_hz", [120.0, 240.0])
def test_exchanged_legs_of_slow_motion_are_put_right(rate_hz: float) -> None:
    true, seen = slow_motion(rate_hz, wrong=(0.9, 1.1))
    middle = (true.time_s > 0.7) & (true.time_s < 1.3)
    assert np.abs(seen.xy_px - true.xy_px)[middle].max() > 100.0
    assert np.abs(repair.repaired(seen).xy_px - true.xy_px)[middle].max() < 20.0


@pytest.mark.parametrize("rate_hz", [120.0, 240.0])
def test_a_landmark_that_jumps_in_slow_motion_comes_back(rate_hz: float) -> None:
    time_s = times(2.0, rate_hz)
    still = filmed(standing(len(time_s)), time_s, facing(80.0))
    few = still.part(sampled(time_s))
    jumped = replace(few, xy_px=few.xy_px.copy())
    jumped.xy_px[60, Landmark.LEFT_KNEE] += 200.0
    mended = repair.repaired(spread(jumped, still, sampled(time_s)))
    known = np.isfinite(mended.xy_px).all(axis=(1, 2))
    assert known.sum() >= len(time_s) - 4
    np.testing.assert_allclose(mended.xy_px[known], still.xy_px[known])


def _values(poses: PoseSequence) -> list[FloatArray]:
    return [getattr(poses, name) for name in FIELDS]


def test_all_values_of_a_frame_are_filled_alike() -> None:
    true, seen = slow_motion(240.0)
    empty = [np.isnan(values).reshape(len(true), -1).all(axis=1).tolist() for values in _values(seen)]
    assert all(pattern == empty[0] for pattern in empty)
