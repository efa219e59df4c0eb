"""A camera that sways in the hand, read from the athlete alone, and the picture held still again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.movements import EXAMPLES
from tests.stick_figure import TRUNK, facing, filmed, squatting, standing, stepping, times, with_leg

from formcheck.analysis import Options, analyse
from formcheck.kinematics.camera_path import camera_path
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.level import level_motion
from formcheck.kinematics.motion import Motion
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import save_track
from formcheck.segmentation.holds import find_holds
from formcheck.vocabulary import Side

TRUNK_PX = 300.0 * TRUNK


def swaying(time_s: FloatArray, *, share: float = 0.25, seconds: tuple[float, float] = (5.0, 3.7)) -> FloatArray:
    """Return (n, 2) pixels by which a hand moves the picture to and fro, up to a share of the trunk's length."""
    phases = [np.sin(2.0 * np.pi * time_s / period) for period in seconds]
    return share * TRUNK_PX * np.stack(phases, axis=1)


def moved(poses: PoseSequence, path: FloatArray) -> PoseSequence:
    return replace(poses, xy_px=poses.xy_px + path[:, None])


def quiet(seconds: float = 5.0) -> PoseSequence:
    time_s = times(seconds, 30.0)
    body = standing(len(time_s)) + np.random.default_rng(2).normal(0.0, 0.002, (len(time_s), 33, 3))
    return filmed(body, time_s, facing(90.0))


def squats() -> PoseSequence:
    """Return somebody who squats with both feet planted."""
    time_s = times(9.0, 30.0)
    poses = filmed(squatting(time_s, [3.0, 6.0]), time_s, facing(90.0))
    feet = poses.xy_px[:, 27:31].mean(axis=1, keepdims=True)
    return replace(poses, xy_px=poses.xy_px - feet + feet[0])


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_camera_that_rests_shows_no_path(name: str) -> None:
    assert camera_path(EXAMPLES[name].filmed()) is None


def test_a_motion_from_a_camera_that_rests_is_left_exactly_as_it_is() -> None:
    poses = quiet()
    motion = level_motion(poses)
    assert motion.detected is poses
    assert motion.in_picture is motion.clean
    np.testing.assert_array_equal(motion.unrepaired.xy_px, Motion(poses).unrepaired.xy_px)
    assert not motion.camera_sways


@pytest.mark.parametrize("clip", [quiet(8.0), squats()], ids=["standing", "squatting"])
def test_the_path_of_a_swaying_camera_is_found_to_a_tenth_of_the_trunk(clip: PoseSequence) -> None:
    true = swaying(clip.time_s)
    found = camera_path(moved(clip, true))
    assert found is not None
    off = found - true
    assert np.abs(off - np.median(off, axis=0)).max() < 0.1 * TRUNK_PX


def test_somebody_who_walks_through_the_picture_is_no_swaying_camera() -> None:
    time_s = times(6.0, 30.0)
    walk = filmed(stepping(time_s, 110.0, thigh_deg=35.0), time_s, facing(90.0))
    across = np.stack([0.8 * TRUNK_PX * time_s, 0.0 * time_s], axis=1)
    assert camera_path(moved(walk, across)) is None


def test_somebody_who_jumps_is_no_swaying_camera() -> None:
    poses = quiet(6.0)
    leap = np.maximum(np.sin(2.0 * np.pi * poses.time_s), 0.0) * TRUNK_PX
    assert camera_path(moved(poses, np.stack([0.0 * leap, -leap], axis=1))) is None


def test_an_empty_picture_shows_no_path() -> None:
    poses = quiet(2.0)
    assert camera_path(replace(poses, xy_px=np.full_like(poses.xy_px, np.nan))) is None


def test_a_hold_lasts_as_long_from_a_swaying_camera() -> None:
    time_s = times(12.0, 30.0)
    up = np.clip(np.minimum(time_s - 3.0, 9.0 - time_s), 0.0, 1.0)
    body = with_leg(standing(len(time_s)), Side.LEFT, thigh_deg=85.0 * up, knee_deg=90.0 * up)
    clip = filmed(body + np.random.default_rng(3).normal(0.0, 0.002, body.shape), time_s, facing(90.0))
    still, swayed = (find_holds(level_motion(poses)) for poses in (clip, moved(clip, swaying(clip.time_s))))
    assert len(swayed) == len(still) == 3
    assert [held.start for held in swayed] == pytest.approx([held.start for held in still], abs=6)
    assert [held.end for held in swayed] == pytest.approx([held.end for held in still], abs=6)


def test_what_was_detected_and_is_seen_in_the_picture_keeps_swaying() -> None:
    clip = moved(quiet(), swaying(quiet().time_s))
    motion = level_motion(clip)
    assert motion.camera_sways
    np.testing.assert_array_equal(motion.detected.xy_px, clip.xy_px)
    assert np.ptp(motion.clean.xy_px[:, 24, 0]) < 0.06 * TRUNK_PX
    off = motion.in_picture.xy_px[10:-10, 24] - clip.xy_px[10:-10, 24]
    assert np.abs(off).max() < 0.03 * TRUNK_PX


@pytest.mark.parametrize("name", ["front plank", "quad stretch", "calf raises", "pistol squats", "lunges"])
def test_a_swaying_camera_changes_neither_exercise_nor_count_nor_verdict(name: str, tmp_path: Path) -> None:
    clip = EXAMPLES[name].filmed()
    answers = []
    for poses in (clip, moved(clip, swaying(clip.time_s))):
        save_track(poses, tmp_path / "clip.npz")
        answers.append(analyse([tmp_path / "clip.npz"], Options()).assessment.assessments)
    ((still,), (swayed,)) = answers
    assert swayed.exercise.id == still.exercise.id
    assert len(swayed.repetitions) == len(still.repetitions)
    assert [hold.seconds for hold in swayed.holds] == pytest.approx([hold.seconds for hold in still.holds], abs=0.5)
    for before, after in zip(still.criteria, swayed.criteria, strict=True):
        assert (after.criterion.key, after.status) == (before.criterion.key, before.status)


@pytest.mark.parametrize("rate_hz", [30.0, 240.0, 1000.0])
def test_somebody_who_is_hardly_seen_shows_no_path(rate_hz: float) -> None:
    time_s = times(2.0, rate_hz)
    clip = moved(filmed(standing(len(time_s)), time_s, facing(90.0)), swaying(time_s))
    hidden = replace(clip, visibility=np.full_like(clip.visibility, 0.05))
    assert camera_path(hidden) is None
