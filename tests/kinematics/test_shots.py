"""Where a clip is cut."""

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, joined, standing, stepping, times

from formcheck.kinematics.shots import shots
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark


def scene(seconds: float, *, place: tuple[float, float] = (640.0, 400.0), rate_hz: float = 30.0) -> PoseSequence:
    time_s = times(seconds, rate_hz)
    return filmed(stepping(time_s, 160.0), time_s, facing(80.0), hips_px=place)


def test_one_scene_is_one_shot() -> None:
    assert shots(scene(4.0)) == [slice(0, 120)]


def test_a_cut_to_another_place_makes_two() -> None:
    assert shots(joined(scene(3.0), scene(2.0, place=(250.0, 500.0)))) == [slice(0, 90), slice(90, 150)]


@pytest.mark.parametrize("rate_hz", [10.0, 24.0, 60.0])
def test_running_through_the_picture_is_no_cut(rate_hz: float) -> None:
    poses = scene(3.0, rate_hz=rate_hz)
    poses.xy_px[..., 0] += 700.0 * poses.time_s[:, None]
    assert shots(poses) == [slice(0, len(poses))]


def test_one_landmark_that_jumps_is_no_cut() -> None:
    poses = scene(4.0)
    poses.xy_px[60, Landmark.LEFT_KNEE] += 500.0
    assert shots(poses) == [slice(0, 120)]


def test_a_moment_too_short_to_judge_is_left_out() -> None:
    clip = joined(scene(2.0), scene(0.3, place=(200.0, 500.0)), scene(2.0, place=(900.0, 450.0)))
    assert shots(clip) == [slice(0, 60), slice(69, 129)]


def test_a_clip_of_nothing_longer_is_kept_whole() -> None:
    assert shots(joined(scene(0.4), scene(0.4, place=(200.0, 500.0)))) == [slice(0, 24)]


def test_somebody_who_comes_back_to_the_same_place_after_a_gap_is_in_one_shot() -> None:
    poses = scene(4.0)
    poses.xy_px[40:60] = np.nan
    assert shots(poses) == [slice(0, 120)]


def test_nobody_is_one_shot() -> None:
    nobody = filmed(np.full((30, 33, 3), np.nan), times(1.0, 30.0), facing(0.0))
    assert shots(nobody) == [slice(0, 30)]


def test_a_part_keeps_the_times_of_the_whole_clip() -> None:
    poses = filmed(standing(60), times(2.0, 30.0), facing(80.0))
    late = poses.part(slice(30, 60))
    assert len(late) == 30
    assert late.time_s[0] == pytest.approx(1.0)
    np.testing.assert_array_equal(late.xy_px, poses.xy_px[30:])
