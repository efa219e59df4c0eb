"""Knee drives: found once each, given to the right leg, paused or not."""

from __future__ import annotations

import numpy as np
import pytest
from tests.athlete import Camera, Film, filmed
from tests.movements import HighKnees, high_knees
from tests.movements.knee_drives import WoodChop, wood_chop
from tests.movements.others import two_legged_squats

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.knee_drives import (
    clear_frames,
    find_drives,
    frames_up,
    held_up,
    knees_raised,
    paused,
)
from formcheck.vocabulary import Side


def driven(chop: WoodChop | None = None, yaw: float = -90.0, fps: float = 30.0) -> Motion:
    wanted = chop or WoodChop()
    return Motion(filmed(wood_chop(wanted), wanted.lasts, Film(fps=fps, camera=Camera(yaw=yaw))))


@pytest.mark.parametrize("fps", [24.0, 30.0, 60.0])
@pytest.mark.parametrize("yaw", [-90.0, 90.0, 0.0, 180.0, 45.0])
def test_every_drive_is_found_once_with_its_leg_and_moment(yaw: float, fps: float) -> None:
    chop = WoodChop(drives=4, first=Side.RIGHT)
    drives = find_drives(driven(chop, yaw, fps))
    assert [drive.rep.side for drive in drives] == [Side.RIGHT, Side.LEFT] * 2
    assert [drive.time_s for drive in drives] == pytest.approx((np.arange(4) + 0.5) * chop.period, abs=0.05)
    assert all(drive.rep.whole for drive in drives)


def test_a_drive_says_what_it_looks_like() -> None:
    drive = find_drives(driven(WoodChop(thigh=90.0, hold=0.8)))[1]
    assert drive.thigh == pytest.approx(90.0, abs=4.0)
    assert drive.other_thigh < 15.0
    assert drive.up_s == pytest.approx(0.95, abs=0.15)
    assert drive.foot_up > 0.3
    assert drive.knee_up > 0.3
    assert abs(drive.sink) < 0.05


def test_a_drive_that_the_clip_cuts_is_not_whole() -> None:
    chop = WoodChop(drives=3)
    motion = Motion(filmed(wood_chop(chop), 2.5 * chop.period, Film(fps=30.0)))
    assert [drive.rep.whole for drive in find_drives(motion)] == [True, True, False]


def test_slow_drives_are_paused_and_high_knees_are_not() -> None:
    assert paused(find_drives(driven()))
    running = Motion(filmed(high_knees(HighKnees(cadence=105.0)), 5.0, Film()))
    assert not paused(find_drives(running))
    assert not held_up(running, slice(0, len(running)))


def test_drives_without_a_hold_are_slow_where_both_feet_rest_in_between() -> None:
    assert paused(find_drives(driven(WoodChop(hold=0.0, cadence=40.0))))


def test_squats_raise_both_knees_and_neither_foot() -> None:
    motion = Motion(filmed(two_legged_squats(), 8.0, Film(fps=30.0)))
    drives = find_drives(motion)
    assert drives
    assert max(drive.foot_up for drive in drives) < 0.05
    assert min(drive.sink for drive in drives) > 0.3


def test_the_frames_of_the_top_are_those_with_the_knee_up() -> None:
    motion, chop = driven(), WoodChop()
    rep = find_drives(motion)[0].rep
    up = frames_up(knees_raised(motion), rep.frames)
    assert np.abs(motion.time_s[up] - 0.5 * chop.period).max() < 0.55
    assert set(clear_frames(motion, up)) <= set(up)


def test_nobody_raises_no_knee() -> None:
    motion = driven()
    motion.clean.xy_px[:] = np.nan
    assert find_drives(motion) == []


def test_two_drives_are_told_to_be_held_up_by_those_around_them() -> None:
    motion = driven(WoodChop(drives=5))
    last_two = slice(find_drives(motion)[3].rep.start, len(motion))
    assert held_up(motion, last_two)
