"""How long a leg's segments look and how quietly their ends lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.stick_figure import SHANK, facing, filmed, standing, times

from formcheck.kinematics.motion import Motion
from formcheck.kinematics.segments import Segment
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side


def stander(rate_hz: float = 30.0) -> PoseSequence:
    time_s = times(4.0, rate_hz)
    return filmed(standing(len(time_s)), time_s, facing(90.0))


def with_marks_moved(poses: PoseSequence, row: int, by_px: np.ndarray, frames: slice = slice(None)) -> PoseSequence:
    xy = poses.xy_px.copy()
    xy[frames, row] += by_px
    return replace(poses, xy_px=xy)


@pytest.mark.parametrize("segment", Segment)
def test_a_segment_in_the_pictures_plane_is_as_long_as_it_is(segment: Segment) -> None:
    np.testing.assert_allclose(segment.shown(Motion(stander()), Side.LEFT), 1.0, atol=0.02)


def test_a_knee_drawn_up_its_thigh_leaves_a_short_thigh() -> None:
    poses = stander()
    knee, hip = Part.KNEE.on(Side.LEFT), Part.HIP.on(Side.LEFT)
    thigh = poses.xy_px[60:, hip] - poses.xy_px[60:, knee]
    shown = Segment.THIGH.shown(Motion(with_marks_moved(poses, knee, 0.4 * thigh, slice(60, None))), Side.LEFT)
    assert np.median(shown[:50]) == pytest.approx(1.0, abs=0.02)
    assert np.median(shown[80:]) == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize("tremble_px", [1.0, 4.0])
@pytest.mark.parametrize("rate_hz", [24.0, 60.0])
def test_trembling_is_told_in_degrees_at_any_frame_rate(tremble_px: float, rate_hz: float) -> None:
    poses = stander(rate_hz)
    ankle = Part.ANKLE.on(Side.RIGHT)
    noise = np.random.default_rng(2).normal(0.0, tremble_px, (len(poses), 2))
    motion = Motion(with_marks_moved(poses, ankle, noise))
    expected = np.degrees(tremble_px / Segment.SHIN.own_length(motion, Side.RIGHT))
    found = Segment.SHIN.trembling(motion, Side.RIGHT, slice(0, len(motion)))
    assert found == pytest.approx(expected, rel=0.25)
    assert Segment.SHIN.own_length(motion, Side.RIGHT) > 0.5 * SHANK


def test_two_frames_tell_nothing_of_trembling() -> None:
    assert np.isnan(Segment.FOOT.trembling(Motion(stander()), Side.LEFT, slice(0, 2)))
