"""A camera held in the hand, known by the background: landmarks as a camera that rests would see them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.movements import EXAMPLES
from tests.stick_figure import TRUNK, facing, filmed, standing, times

from formcheck.analysis import Options, analyse
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.level import level_motion
from formcheck.kinematics.moving_camera import camera_movement
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import save_track

TRUNK_PX = 300.0 * TRUNK


def hand(time_s: FloatArray, *, sway: float = 0.1, degrees: float = 1.0, zoom: float = 0.03) -> FloatArray:
    """Return (n, 4) a, b, x, y of a hand that sways by shares of the trunk, turns, and goes nearer and away."""
    wave = [np.sin(2.0 * np.pi * rate * time_s + 0.7 * rate) for rate in (0.3, 0.35, 0.4, 0.15, 1.7)]
    turn = (1.0 + zoom * wave[3]) * np.exp(1j * np.radians(degrees * (wave[2] + 0.3 * wave[4])))
    shift = sway * TRUNK_PX * (wave[0] + 1j * wave[1])
    turn, shift = turn / turn[0], shift - turn / turn[0] * shift[0]
    return np.stack([turn.real, turn.imag, shift.real, shift.imag], axis=1)


def held_in(background: FloatArray, poses: PoseSequence) -> PoseSequence:
    """Return a sequence as it is filmed from the hand."""
    turn, shift = background[:, 0] + 1j * background[:, 1], background[:, 2] + 1j * background[:, 3]
    z = (poses.xy_px[..., 0] + 1j * poses.xy_px[..., 1]) * turn[:, None] + shift[:, None]
    world = (poses.world_m[..., 0] + 1j * poses.world_m[..., 1]) * (turn / np.abs(turn))[:, None]
    return replace(
        poses,
        xy_px=np.stack([z.real, z.imag], axis=-1),
        world_m=np.stack([world.real, world.imag, poses.world_m[..., 2]], axis=-1),
        background=background,
    )


def quiet(seconds: float = 5.0) -> PoseSequence:
    time_s = times(seconds, 30.0)
    body = standing(len(time_s)) + np.random.default_rng(2).normal(0.0, 0.002, (len(time_s), 33, 3))
    return filmed(body, time_s, facing(90.0))


def test_what_a_hand_does_is_undone() -> None:
    still = quiet()
    swayed = held_in(hand(still.time_s), still)
    camera = camera_movement(swayed)
    assert camera is not None
    assert not camera.rough
    steady = camera.undone(swayed).xy_px
    usual = np.median(still.xy_px, axis=0)
    assert np.ptp(swayed.xy_px[:, 24, 0]) > 0.15 * TRUNK_PX
    assert (steady.std(axis=0) <= 1.1 * still.xy_px.std(axis=0) + 0.5).all()
    assert np.abs(np.median(steady, axis=0) - usual).max() < 0.25 * TRUNK_PX  # as the hand usually has it


def test_what_the_background_is_too_far_away_to_tell_the_athlete_does() -> None:
    still = quiet(8.0)
    turning = hand(still.time_s, sway=0.0)
    swaying = 0.25 * TRUNK_PX * np.sin(2.0 * np.pi * still.time_s / 4.0)
    swayed = replace(still, xy_px=still.xy_px + np.stack([swaying, 0.0 * swaying], axis=1)[:, None])
    camera = camera_movement(held_in(turning, swayed))
    assert camera is not None
    assert camera.rough
    assert np.ptp(camera.undone(held_in(turning, swayed)).xy_px[:, 24, 0]) < 0.1 * TRUNK_PX


def test_undone_and_done_again_changes_nothing() -> None:
    swayed = held_in(hand(quiet().time_s), quiet())
    camera = camera_movement(swayed)
    assert camera is not None
    again = camera.done(camera.undone(swayed))
    np.testing.assert_allclose(again.xy_px, swayed.xy_px, atol=1e-6)
    np.testing.assert_allclose(again.world_m, swayed.world_m, atol=1e-9)


def test_a_camera_whose_background_rests_rests() -> None:
    still = quiet()
    almost = np.tile([1.0, 0.0, 0.0, 0.0], (len(still), 1))
    almost[:, 2:] += np.random.default_rng(1).normal(0.0, 0.2, (len(still), 2))
    motion = level_motion(replace(still, background=almost))
    assert motion.in_picture is motion.clean


def test_what_moves_behind_somebody_who_rests_is_no_background() -> None:
    still = quiet()
    assert camera_movement(replace(still, background=hand(still.time_s))) is None


@pytest.mark.parametrize("missing", [slice(0, 40), slice(60, 70), slice(110, 150)])
def test_short_gaps_are_bridged(missing: slice) -> None:
    still = quiet()
    background = hand(still.time_s)
    swayed = held_in(background, still)
    background[missing] = np.nan
    camera = camera_movement(replace(swayed, background=background))
    assert camera is not None
    assert np.ptp(np.angle(camera.turn)) > np.radians(1.5)


def test_a_long_gap_leaves_the_background_unknown() -> None:
    still = quiet()
    background = hand(still.time_s)
    swayed = held_in(background, still)
    background[60:90] = np.nan
    camera = camera_movement(replace(swayed, background=background))
    assert camera is None or camera.rough


@pytest.mark.parametrize("broken", [0.0, 1e5, np.nan])
def test_a_background_that_cannot_be_is_not_believed(broken: float) -> None:
    still = quiet()
    assert camera_movement(replace(still, background=np.full((len(still), 4), broken))) is None


def test_what_is_seen_in_the_picture_keeps_moving() -> None:
    swayed = held_in(hand(quiet().time_s), quiet())
    motion = level_motion(swayed)
    assert not motion.camera_sways
    np.testing.assert_array_equal(motion.detected.xy_px, swayed.xy_px)
    off = motion.in_picture.xy_px[10:-10, 24] - swayed.xy_px[10:-10, 24]
    assert np.abs(off).max() < 0.03 * TRUNK_PX


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_hand_changes_neither_exercise_nor_count_nor_verdict(name: str, tmp_path: Path) -> None:
    clip = EXAMPLES[name].filmed()
    answers = []
    for poses in (clip, held_in(hand(clip.time_s), clip)):
        save_track(poses, tmp_path / "clip.npz")
        answers.append(analyse([tmp_path / "clip.npz"], Options()).assessment.assessments)
    still, swayed = answers
    assert [one.exercise.id for one in swayed] == [one.exercise.id for one in still]
    for one, other in zip(still, swayed, strict=True):
        assert len(other.repetitions) == len(one.repetitions)
        assert [hold.seconds for hold in other.holds] == pytest.approx([hold.seconds for hold in one.holds], abs=0.3)
        for before, after in zip(one.criteria, other.criteria, strict=True):
            assert (after.criterion.key, after.status) == (before.criterion.key, before.status)
