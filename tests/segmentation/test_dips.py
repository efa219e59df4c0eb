"""Slow repetitions in which the hips go down and come up again."""

from dataclasses import replace

import numpy as np
import pytest
from tests.stick_figure import SHANK, THIGH, facing, filmed, squatting, standing, times, with_leg

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.dips import Dip, dip_bouts, find_dips, hip_drop
from formcheck.vocabulary import Part, Side


def squats(
    bottoms_s: list[float], *, seconds: float = 12.0, rate_hz: float = 30.0, yaw: float = 90.0, knee: float = 80.0
) -> Motion:
    time_s = times(seconds, rate_hz)
    return Motion(filmed(squatting(time_s, bottoms_s, knee_deg=knee), time_s, facing(yaw)))


@pytest.mark.parametrize("rate_hz", [10.0, 24.0, 30.0, 60.0])
@pytest.mark.parametrize("yaw", [90.0, -90.0, 0.0, 45.0])
def test_every_dip_is_found_once_and_timed(rate_hz: float, yaw: float) -> None:
    motion = squats([2.0, 5.0, 8.0], rate_hz=rate_hz, yaw=yaw)
    dips = find_dips(motion)
    assert [motion.time_s[dip.cycle.peak] for dip in dips] == pytest.approx([2.0, 5.0, 8.0], abs=1.0 / rate_hz + 1e-9)
    assert all(dip.cycle.whole for dip in dips)


def test_a_dip_is_described_at_its_bottom() -> None:
    (dip,) = find_dips(squats([3.0], knee=80.0))
    deepest = (THIGH + SHANK) * (1 - np.cos(np.radians(40.0))) / (THIGH + SHANK)
    assert dip.depth == pytest.approx(deepest, abs=0.02)
    assert dip.knee[Side.LEFT] == pytest.approx(dip.knee[Side.RIGHT], abs=1e-6)
    assert 72.0 < dip.knee[Side.LEFT] <= 81.0
    assert dip.uneven == pytest.approx(0.0, abs=1e-6)
    assert dip.stride == pytest.approx(0.0, abs=1e-6)
    assert dip.lift == pytest.approx(0.0, abs=1e-6)
    assert dip.upright == pytest.approx(1.0)
    assert 0.3 < dip.dwell < dip.seconds <= 2.0


def test_a_mark_that_slips_while_the_hips_stay_down_makes_no_quick_dip() -> None:
    time_s = times(12.0, 30.0)
    knee = 60.0 * np.clip(np.minimum(time_s - 2.0, 10.0 - time_s), 0.0, 1.0) + 40.0 * np.exp(
        -(((time_s - 6.0) / 0.1) ** 2)
    )
    body = standing(len(time_s))
    for side in Side:
        body = with_leg(body, side, thigh_deg=0.5 * knee, knee_deg=knee)
    (dip,) = find_dips(Motion(filmed(body, time_s, facing(90.0))))
    assert dip.dwell > 5.0


def test_hips_that_come_down_over_planted_feet_are_told_from_feet_that_come_up_under_hips_that_stay() -> None:
    hanging = squats([3.0], knee=80.0).detected
    feet = hanging.xy_px[:, [Part.ANKLE.on(side) for side in Side]].mean(axis=1, keepdims=True)
    planted = replace(hanging, xy_px=hanging.xy_px - feet + feet[0])
    for poses, sunk in ((hanging, 0.0), (planted, 1.0)):
        (dip,) = find_dips(Motion(poses))
        assert dip.sunk == pytest.approx(sunk, abs=0.02)


def test_a_dip_that_the_clips_end_cuts_is_not_whole() -> None:
    dips = find_dips(squats([3.0, 12.0]))
    assert [dip.cycle.whole for dip in dips] == [True, False]


def test_much_shallower_dips_are_not_repetitions() -> None:
    time_s = times(12.0, 30.0)
    body = squatting(time_s, [3.0], knee_deg=80.0)
    shallow = squatting(time_s, [8.0], knee_deg=30.0)
    body[time_s > 5.5] = shallow[time_s > 5.5]
    assert len(find_dips(Motion(filmed(body, time_s, facing(90.0))))) == 1


def test_swaying_is_no_dip() -> None:
    assert find_dips(squats([3.0, 6.0], knee=20.0)) == []


def test_somebody_who_stands_or_is_not_there_has_none() -> None:
    assert find_dips(Motion(filmed(standing(90), times(3.0, 30.0), facing(90.0)))) == []
    assert find_dips(Motion(filmed(np.full((90, 33, 3), np.nan), times(3.0, 30.0), facing(90.0)))) == []


def test_standing_is_no_drop_and_a_walk_through_the_picture_none_either() -> None:
    time_s = times(6.0, 30.0)
    poses = filmed(squatting(time_s, [3.0]), time_s, facing(90.0))
    poses.xy_px[:] += np.stack([100.0 * time_s, -20.0 * time_s], axis=1)[:, None]
    drop = hip_drop(Motion(poses))
    assert np.abs(drop[time_s < 1.5]).max() < 0.01
    assert drop.max() == pytest.approx(1 - np.cos(np.radians(40.0)), abs=0.02)


class TestBouts:
    def test_dips_of_one_kind_make_one_bout(self) -> None:
        motion = squats([2.0, 5.0, 8.0])
        (bout,) = dip_bouts(motion, lambda dip: Side.RIGHT, valid_knee=60.0)
        assert [rep.side for rep in bout.reps] == [Side.RIGHT] * 3
        assert bout.confidence == 1.0
        assert (bout.start, bout.end) == (bout.reps[0].start, bout.reps[-1].end)

    def test_a_repetition_counts_where_the_knee_bends_far_enough(self) -> None:
        motion = squats([2.0, 5.0])
        (deep,) = dip_bouts(motion, lambda dip: Side.LEFT, valid_knee=60.0)
        (shallow,) = dip_bouts(motion, lambda dip: Side.LEFT, valid_knee=100.0)
        assert [rep.valid for rep in deep.reps] == [True, True]
        assert [rep.valid for rep in shallow.reps] == [False, False]

    def test_standing_for_long_makes_two(self) -> None:
        motion = squats([2.0, 5.0, 17.0], seconds=20.0)
        assert [len(bout.reps) for bout in dip_bouts(motion, lambda dip: Side.LEFT, valid_knee=60.0)] == [2, 1]

    def test_another_movement_at_the_ends_is_cut_off_and_in_between_left_out(self) -> None:
        motion = squats([2.0, 4.5, 7.0, 9.5, 12.0], seconds=14.0)
        wanted = [None, Side.LEFT, None, Side.LEFT, Side.LEFT]
        fits = iter(wanted)
        (bout,) = dip_bouts(motion, lambda dip: next(fits), valid_knee=60.0)
        assert len(bout.reps) == 3
        assert bout.confidence == pytest.approx(3 / 4)

    def test_mostly_other_movements_make_none(self) -> None:
        motion = squats([2.0, 4.5, 7.0, 9.5, 12.0], seconds=14.0)
        fits = iter([Side.LEFT, None, None, None, Side.LEFT])
        assert dip_bouts(motion, lambda dip: next(fits), valid_knee=60.0) == ()

    def test_nothing_that_fits_makes_none(self) -> None:
        def never(dip: Dip) -> Side | None:
            return None

        assert dip_bouts(squats([2.0, 5.0]), never, valid_knee=60.0) == ()
