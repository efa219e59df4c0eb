"""How well a clip shows the athlete, and when it shows too little to say anything."""

from dataclasses import replace

import numpy as np
import pytest
from tests.stick_figure import HEIGHT, PIXELS_PER_METRE, facing, filmed, standing, times

from formcheck.assessment import NoVerdict, ReasonCode
from formcheck.kinematics.level import level_motion
from formcheck.kinematics.motion import Motion
from formcheck.pose.sequence import PoseSequence
from formcheck.quality import quality_of, share_in_picture, why_unusable
from formcheck.segmentation.performance import Bout, Performance
from formcheck.vocabulary import Part, Side


def clip(*, seconds: float = 4.0, rate_hz: float = 30.0, yaw: float = 90.0) -> PoseSequence:
    time_s = times(seconds, rate_hz)
    return filmed(standing(len(time_s)), time_s, facing(yaw))


def without_anybody(poses: PoseSequence, frames: slice) -> PoseSequence:
    changed = {name: getattr(poses, name).copy() for name in ("xy_px", "z_px", "visibility", "presence", "world_m")}
    for values in changed.values():
        values[frames] = np.nan
    return replace(poses, **changed)


def moved_down(poses: PoseSequence, pixels: float, frames: slice = slice(None)) -> PoseSequence:
    xy = poses.xy_px.copy()
    xy[frames, :, 1] += pixels
    return replace(poses, xy_px=xy)


def refusal(poses: PoseSequence) -> NoVerdict:
    reason = why_unusable(Motion(poses))
    assert reason is not None
    return reason


def performed(poses: PoseSequence) -> Performance:
    return Performance(Motion(poses), Bout(start=0, end=len(poses) - 1, confidence=1.0))


class TestUnusable:
    def test_a_whole_body_in_the_picture_will_do(self) -> None:
        assert why_unusable(Motion(clip())) is None

    def test_an_empty_clip_shows_nobody_and_says_what_to_film(self) -> None:
        reason = refusal(without_anybody(clip(), slice(None)))
        assert reason.code is ReasonCode.NOBODY_IN_VIEW
        assert "0%" in reason.message
        assert "whole body" in reason.remedy

    def test_half_a_second_of_somebody_is_too_little(self) -> None:
        assert refusal(without_anybody(clip(), slice(14, None))).code is ReasonCode.NOBODY_IN_VIEW
        assert why_unusable(Motion(without_anybody(clip(), slice(16, None)))) is None

    def test_a_clip_of_a_few_frames_is_too_short_and_does_not_hide_anybody(self) -> None:
        """Twelve frames with somebody in each were told as nobody, seen in 100 % of the frames."""
        reason = refusal(clip(seconds=0.4))
        assert reason.code is ReasonCode.TOO_SHORT
        assert "for 0.40 s" in reason.message

    def test_a_tenth_of_a_long_clip_is_the_least(self) -> None:
        long = clip(seconds=20.0)
        assert refusal(without_anybody(long, slice(55, None))).code is ReasonCode.NOBODY_IN_VIEW
        assert why_unusable(Motion(without_anybody(long, slice(65, None)))) is None

    def test_a_single_frame_is_nobody(self) -> None:
        assert refusal(clip(seconds=1 / 30.0)).code is ReasonCode.NOBODY_IN_VIEW

    def test_legs_below_the_picture_are_named_and_the_camera_sent_back(self) -> None:
        knees_outside = HEIGHT - 400.0 - 0.2 * PIXELS_PER_METRE
        reason = refusal(moved_down(clip(), knees_outside))
        assert reason.code is ReasonCode.BODY_NOT_IN_VIEW
        assert "knees" in reason.message
        assert "tep back" in reason.remedy

    def test_legs_outside_for_less_than_half_of_the_time_will_do(self) -> None:
        assert why_unusable(Motion(moved_down(clip(), 600.0, slice(0, 50)))) is None


class TestShareInPicture:
    def test_it_counts_frames_with_somebody_only(self) -> None:
        poses = without_anybody(moved_down(clip(), 600.0, slice(0, 30)), slice(60, None))
        assert share_in_picture(Motion(poses), Part.KNEE) == pytest.approx(0.5)

    def test_one_side_is_enough(self) -> None:
        poses = clip()
        poses.xy_px[:, Part.KNEE.on(Side.LEFT)] = -50.0
        assert share_in_picture(Motion(poses), Part.KNEE) == 1.0

    def test_nobody_has_none(self) -> None:
        assert share_in_picture(Motion(without_anybody(clip(), slice(None))), Part.KNEE) == 0.0


class TestQuality:
    def test_a_good_clip_has_good_figures_and_no_warnings(self) -> None:
        quality = quality_of(performed(clip()), ())
        assert quality.person_share == 1.0
        assert quality.median_visibility == 1.0
        assert quality.person_height_px == pytest.approx(1.53 * PIXELS_PER_METRE, abs=3.0)
        assert quality.near_side is Side.LEFT
        assert quality.warnings == ()

    def test_the_share_of_frames_with_somebody_is_told(self) -> None:
        assert quality_of(performed(without_anybody(clip(), slice(60, 90))), ()).person_share == pytest.approx(0.75)

    @pytest.mark.parametrize("yaw", [0.0, 180.0])
    def test_from_front_and_back_no_side_is_nearer(self, yaw: float) -> None:
        assert quality_of(performed(clip(yaw=yaw)), ()).near_side is None

    def test_warnings_of_the_reader_come_first(self) -> None:
        assert quality_of(performed(clip(yaw=45.0)), ("The clip ends early.",)).warnings[0] == "The clip ends early."

    @pytest.mark.parametrize(
        ("poses", "said"),
        [
            pytest.param(clip(rate_hz=12.0), "12 frames a second", id="few frames"),
            pytest.param(clip(yaw=45.0), "at an angle", id="oblique"),
            pytest.param(replace(clip(), xy_px=0.4 * clip().xy_px), "small in the picture", id="far away"),
        ],
    )
    def test_what_makes_a_clip_hard_to_judge_is_said(self, poses: PoseSequence, said: str) -> None:
        (warning,) = quality_of(performed(poses), ()).warnings
        assert said in warning

    def test_a_camera_that_moves_is_told(self) -> None:
        poses = clip()
        sway = 40.0 * np.sin(1.7 * poses.time_s)[:, None, None] * np.array([1.0, 0.0])
        motion = level_motion(replace(poses, xy_px=poses.xy_px + sway))
        (warning,) = quality_of(Performance(motion, Bout(start=0, end=len(poses) - 1, confidence=1.0)), ()).warnings
        assert "camera moves" in warning

    def test_a_stretch_without_anybody_has_figures_all_the_same(self) -> None:
        gone = performed(without_anybody(clip(), slice(30, None)))
        quality = quality_of(replace(gone, bout=Bout(start=60, end=100, confidence=0.0)), ())
        assert (quality.person_share, quality.person_height_px, quality.median_visibility) == (0.0, 0.0, 0.0)
