"""The standing leg is read right where the detector takes the free foot for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.athlete import Film, filmed
from tests.movements.heel_raises import HeelRaise, heel_raise

from formcheck.kinematics.motion import Motion
from formcheck.kinematics.planted_leg import planted_foot, planted_posture
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side

RAISES = HeelRaise(side=Side.RIGHT)


def clip() -> PoseSequence:
    return filmed(heel_raise(RAISES), RAISES.lasts, Film(fps=30.0))


def exchanged(poses: PoseSequence, frames: np.ndarray) -> PoseSequence:
    """Return landmarks whose feet have each other's labels in some frames."""
    xy = poses.xy_px.copy()
    for part in (Part.ANKLE, Part.HEEL, Part.TOE):
        left, right = part.on(Side.LEFT), part.on(Side.RIGHT)
        xy[frames, left], xy[frames, right] = poses.xy_px[frames, right], poses.xy_px[frames, left]
    return replace(poses, xy_px=xy)


def test_the_lower_foot_is_the_one_that_stands() -> None:
    foot = planted_foot(Motion(clip()))
    assert foot.sure.mean() > 0.98
    assert foot.side_over(np.arange(len(foot.label))) == (Side.RIGHT, 1.0)


def test_a_foot_is_found_under_the_other_one_s_label() -> None:
    poses = clip()
    frames = np.flatnonzero(np.arange(len(poses)) % 3 == 0)
    foot = planted_foot(Motion(exchanged(poses, frames)))
    assert set(foot.label[frames]) == {0}
    assert foot.sure.mean() > 0.95


def test_angles_are_those_of_the_leg_that_stands() -> None:
    poses = clip()
    true = Motion(poses).posture.knee_flexion(Side.RIGHT)
    motion = Motion(exchanged(poses, np.flatnonzero(np.arange(len(poses)) % 3 == 0)))
    mended = planted_posture(motion, planted_foot(motion), Side.RIGHT).knee_flexion(Side.RIGHT)
    assert np.abs(mended - true)[5:-5].max() < 3.0


def test_a_foot_between_both_places_is_not_believed() -> None:
    poses = clip()
    xy = poses.xy_px.copy()
    middle = slice(200, 206)
    left, right = (Part.TOE.on(side) for side in Side)
    xy[middle, right] = 0.5 * (xy[middle, right] + xy[middle, left])
    xy[middle, left] = xy[middle, right]
    foot = planted_foot(Motion(replace(poses, xy_px=xy)))
    assert not foot.sure[middle].any()
    assert foot.sure[:195].all()


@pytest.mark.parametrize("frames", [np.arange(0, 0), np.arange(3)])
def test_no_frames_or_few_of_them_tell_a_side_with_its_share(frames: np.ndarray) -> None:
    foot = planted_foot(Motion(clip()))
    side, share = foot.side_over(frames)
    assert (side, share) == ((Side.RIGHT, 1.0) if frames.size else (Side.LEFT, 0.0))
