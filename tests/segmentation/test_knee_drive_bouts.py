"""Knee drives that belong together, also where a detector takes one leg for the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from tests.athlete import Camera, Film, filmed
from tests.movements.knee_drives import WoodChop, wood_chop

from formcheck.kinematics.motion import Motion
from formcheck.kinematics.repair import LEFT_LEG, RIGHT_LEG
from formcheck.pose.sequence import PoseSequence
from formcheck.segmentation.knee_drive_bouts import drive_bouts, every_drive
from formcheck.segmentation.knee_drives import Drive, find_drives, paused
from formcheck.vocabulary import Side

CHOP = WoodChop(drives=5, first=Side.RIGHT)
TURNS = [Side.RIGHT, Side.LEFT] * 2 + [Side.RIGHT]


def seen(chop: WoodChop = CHOP) -> PoseSequence:
    return filmed(wood_chop(chop), chop.lasts, Film(fps=30.0, camera=Camera(yaw=-90.0)))


def during(motion: Motion, drive: int) -> npt.NDArray[np.bool_]:
    start = drive * CHOP.period
    return np.asarray((motion.time_s >= start) & (motion.time_s < start + CHOP.period))


def exchange(motion: Motion, frames: npt.NDArray[np.bool_]) -> None:
    """Take each leg for the other in some frames, as nothing that looks at single frames could put right."""
    places, wrong = motion.clean.xy_px, frames[:, None, None]
    left, right = places[:, LEFT_LEG].copy(), places[:, RIGHT_LEG].copy()
    places[:, LEFT_LEG], places[:, RIGHT_LEG] = np.where(wrong, right, left), np.where(wrong, left, right)


def one_knee_high(drive: Drive) -> bool:
    return drive.foot_up >= 0.12 and drive.thigh >= 50.0


def test_the_legs_of_a_bout_take_turns() -> None:
    (bout,) = drive_bouts(Motion(seen()), one_knee_high, paused)
    assert [rep.side for rep in bout.reps] == TURNS
    assert bout.confidence == 1.0


@pytest.mark.parametrize("drive", [0, 2, 4], ids=["first", "middle", "last"])
def test_a_drive_whose_legs_are_exchanged_all_the_way_keeps_its_turn(drive: int) -> None:
    motion = Motion(seen())
    exchange(motion, during(motion, drive))
    assert find_drives(motion)[drive].rep.side is TURNS[drive].other
    (bout,) = drive_bouts(motion, one_knee_high, paused)
    assert [rep.side for rep in bout.reps] == TURNS


@pytest.mark.parametrize("drive", [0, 2, 4], ids=["first", "middle", "last"])
def test_a_drive_in_which_the_legs_change_places_counts_in_its_turn(drive: int) -> None:
    motion = Motion(seen())
    exchange(motion, during(motion, drive) & (motion.time_s < (drive + 0.5) * CHOP.period))
    assert not one_knee_high(find_drives(motion)[drive])
    (bout,) = drive_bouts(motion, one_knee_high, paused)
    assert [rep.side for rep in bout.reps] == TURNS


def test_a_longer_rise_of_both_knees_beside_knee_drives_is_none_of_them() -> None:
    fewer = replace(CHOP, drives=4)
    poses = filmed(wood_chop(fewer), fewer.lasts + CHOP.period, Film(fps=30.0, camera=Camera(yaw=-90.0)))
    motion = Motion(poses)
    since = motion.time_s - (fewer.lasts + 0.1 * CHOP.period)
    rise = 0.4 * motion.leg * np.clip(np.minimum(since, CHOP.period - since) / 0.15, 0.0, 1.0)
    motion.clean.xy_px[:, [*LEFT_LEG, *RIGHT_LEG], 1] -= rise[:, None]
    assert len(find_drives(motion)) == 5
    (bout,) = drive_bouts(motion, one_knee_high, paused)
    assert len(bout.reps) == 4


def test_one_leg_alone_makes_no_bout_of_alternating_drives() -> None:
    motion = Motion(seen(WoodChop(both=False)))
    assert drive_bouts(motion, lambda _: True, paused) == ()
    assert len(every_drive(motion)[0].reps) == 5


def test_nobody_raises_no_knee() -> None:
    motion = Motion(seen())
    motion.clean.xy_px[:] = np.nan
    assert every_drive(motion) == ()
