"""The camera's roll, read from somebody who stands still, and the picture set level again."""

import numpy as np
import pytest
from tests.stick_figure import TRUNK, facing, filmed, joined, lying, standing, stepping, times

from formcheck.kinematics import geometry
from formcheck.kinematics.level import STANDING_LEAN, camera_roll, level_motion, levelled
from formcheck.kinematics.motion import Motion
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark


def quiet_stander(yaw: float, *, seconds: float = 2.0) -> PoseSequence:
    """Return somebody who stands as people do: leaning forward a little from the ankles, not sideways."""
    time_s = times(seconds, 30.0)
    lean = np.radians(STANDING_LEAN)
    body = standing(len(time_s))
    body[..., 2] += np.tan(lean) * body[..., 1]
    return filmed(body, time_s, facing(yaw))


def bobbing_drill() -> PoseSequence:
    time_s = times(4.0, 30.0)
    poses = filmed(stepping(time_s, 150.0), time_s, facing(90.0))
    poses.xy_px[..., 1] -= 15.0 * np.cos(2.0 * np.pi * 2.5 * time_s)[:, None]
    return poses


def rolled(poses: PoseSequence, degrees: float) -> PoseSequence:
    """Return what a camera sees whose picture leans verticals to the right."""
    return levelled(poses, -degrees)


@pytest.mark.parametrize("yaw", [90.0, -90.0, 0.0, 180.0])
@pytest.mark.parametrize("degrees", [-6.0, -3.0, 3.0, 6.0])
def test_a_roll_is_read_from_somebody_who_stands(yaw: float, degrees: float) -> None:
    assert camera_roll(Motion(rolled(quiet_stander(yaw), degrees))) == pytest.approx(degrees, abs=0.3)


def test_turning_a_picture_back_restores_it() -> None:
    poses = quiet_stander(90.0)
    back = levelled(rolled(poses, 5.0), 5.0)
    np.testing.assert_allclose(back.xy_px, poses.xy_px, atol=1e-9)
    np.testing.assert_allclose(back.world_m, poses.world_m, atol=1e-12)


def test_a_rolled_drill_reads_as_upright_as_it_is_once_somebody_stood_before_it() -> None:
    time_s = times(4.0, 30.0)
    clip = joined(quiet_stander(90.0), filmed(stepping(time_s, 150.0), time_s, facing(90.0)))
    motions = Motion(clip), Motion(rolled(clip, 5.0)), level_motion(rolled(clip, 5.0))
    true, askew, mended = (float(np.median(motion.posture.trunk_lean()[70:])) for motion in motions)
    assert askew - true == pytest.approx(-5.0, abs=0.2)
    assert mended == pytest.approx(true, abs=0.5)


def test_what_was_detected_and_is_seen_in_the_picture_stays_rolled() -> None:
    clip = rolled(quiet_stander(90.0), 5.0)
    motion = level_motion(clip)
    np.testing.assert_array_equal(motion.detected.xy_px, clip.xy_px)
    in_picture = motion.in_picture.xy_px[30, [Landmark.LEFT_ANKLE, Landmark.LEFT_SHOULDER]]
    level = motion.clean.xy_px[30, [Landmark.LEFT_ANKLE, Landmark.LEFT_SHOULDER]]
    turned = geometry.lean(in_picture[0], in_picture[1], 1.0) - geometry.lean(level[0], level[1], 1.0)
    assert turned == pytest.approx(5.0, abs=0.2)


def test_labels_before_the_repair_are_as_level_as_after_it() -> None:
    motion = level_motion(rolled(quiet_stander(90.0), 5.0))
    np.testing.assert_allclose(motion.unrepaired.xy_px, motion.clean.xy_px, atol=0.5)


def test_a_roll_within_what_standers_lean_is_told_but_left_alone() -> None:
    clip = rolled(quiet_stander(90.0), 1.5)
    motion = level_motion(clip)
    assert motion.camera_roll == pytest.approx(1.5, abs=0.3)
    np.testing.assert_allclose(motion.clean.xy_px, clip.xy_px, atol=0.5)


@pytest.mark.parametrize(
    "poses",
    [
        pytest.param(rolled(quiet_stander(90.0), 20.0), id="too far askew for a phone"),
        pytest.param(rolled(quiet_stander(45.0), 5.0), id="seen at an angle"),
        pytest.param(rolled(quiet_stander(90.0, seconds=0.2), 5.0), id="a moment"),
        pytest.param(bobbing_drill(), id="a drill"),
        pytest.param(filmed(standing(60), times(2.0, 30.0), lying((0, 0, -1), (-1, 0, 0))), id="lying"),
        pytest.param(filmed(np.full((60, 33, 3), np.nan), times(2.0, 30.0), facing(90.0)), id="nobody"),
    ],
)
def test_where_nobody_stands_quietly_the_roll_is_unknown_and_nothing_is_turned(poses: PoseSequence) -> None:
    motion = level_motion(poses)
    assert motion.camera_roll is None
    assert motion.clean is motion.in_picture


def test_levelling_keeps_every_length() -> None:
    motion = level_motion(rolled(quiet_stander(90.0), 6.0))
    assert motion.trunk == pytest.approx(TRUNK * 300.0 / np.cos(np.radians(STANDING_LEAN)), rel=0.01)
