"""Standing: the moments in which an athlete's own resting values are read."""

from __future__ import annotations

import numpy as np
import pytest
from tests.athlete import Camera, Film, filmed
from tests.movements.fast_feet import FastFeet, fast_feet
from tests.movements.knee_drives import WoodChop, wood_chop

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.standing import own_standing_value, resting_stance

DRILL = FastFeet(standing=1.5)


def stepping(yaw: float = -90.0) -> Motion:
    return Motion(filmed(fast_feet(DRILL), DRILL.lasts, Film(fps=30.0, camera=Camera(yaw=yaw))))


@pytest.mark.parametrize("yaw", [-90.0, 0.0, 45.0])
def test_standing_before_a_drill_is_found_and_stepping_is_none(yaw: float) -> None:
    motion = stepping(yaw)
    stands = resting_stance(motion)
    assert stands[(motion.time_s > 0.2) & (motion.time_s < 1.2)].all()
    assert not stands[motion.time_s > 1.9].any()


def test_a_raised_knee_is_no_standing_however_still() -> None:
    chop = WoodChop(drives=3, hold=1.0)
    motion = Motion(filmed(wood_chop(chop), chop.lasts, Film(fps=30.0)))
    since = motion.time_s % chop.period
    held = np.abs(since - 0.5 * chop.period) < 0.5
    assert not resting_stance(motion)[held].any()
    assert resting_stance(motion).any()


def test_a_value_is_read_while_standing_only() -> None:
    motion = stepping()
    series = np.where(motion.time_s < 1.5, 2.0, 7.0)
    bout = Bout(start=60, end=len(motion) - 1, confidence=1.0)
    assert own_standing_value(Performance(motion, bout), series) == 2.0


def test_nobody_who_stands_gives_no_value() -> None:
    drill = FastFeet()
    motion = Motion(filmed(fast_feet(drill), drill.lasts, Film(fps=30.0)))
    bout = Bout(start=0, end=len(motion) - 1, confidence=1.0)
    assert np.isnan(own_standing_value(Performance(motion, bout), np.ones(len(motion))))


def test_standing_seen_from_elsewhere_does_not_count() -> None:
    turned, stepped = stepping(0.0), stepping(-90.0)
    poses, still = stepped.detected, turned.detected
    first = poses.time_s < 1.5
    poses.world_m[first], poses.xy_px[first] = still.world_m[first], still.xy_px[first]
    motion = Motion(poses)
    bout = Bout(start=60, end=len(motion) - 1, confidence=1.0)
    assert resting_stance(motion).any()
    assert np.isnan(own_standing_value(Performance(motion, bout), np.ones(len(motion))))
