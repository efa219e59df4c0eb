"""Rises of the hips over a planted foot: found whole or cut, however far down the athlete comes between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.athlete import Camera, Film, between, filmed
from tests.movements.heel_raises import HeelRaise, heel_raise
from tests.movements.others import standing as waiting

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.rises import _up_and_down, every_rise, find_rises, rise_bouts
from formcheck.segmentation.standing_leg import phases, standing
from formcheck.vocabulary import Part, Side

SIDE = Film(fps=30.0)


def moving(raises: HeelRaise, film: Film = SIDE) -> Motion:
    return Motion(filmed(heel_raise(raises), raises.lasts, film))


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("left_up", [0.0, 8.0, 16.0])
def test_every_rise_is_found_with_its_leg(side: Side, left_up: float) -> None:
    rises = find_rises(moving(HeelRaise(side=side, left_up=left_up)))
    assert [(rise.side, rise.cycle.whole) for rise in rises] == [(side, True)] * 4


def test_a_rise_peaks_while_the_heel_is_up() -> None:
    raises = HeelRaise()
    motion = moving(raises)
    for index, rise in enumerate(find_rises(motion)):
        up = raises.pause + index * (raises.seconds + raises.pause) + raises.up
        assert up - 0.2 <= motion.time_s[rise.cycle.peak] <= up + raises.top + 0.2


def test_a_rise_is_measured_in_leg_lengths_and_degrees() -> None:
    rise = find_rises(moving(HeelRaise(knee=36.0, opens=24.0)))[1]
    assert rise.knee == pytest.approx(-24.0, abs=2.0)
    assert rise.height > rise.ankle + 0.03
    assert rise.free == pytest.approx(0.25, abs=0.05)
    assert rise.other_heel == pytest.approx(0.0, abs=0.02)


def test_the_ankle_rises_alike_whether_the_knee_opens_or_not() -> None:
    frozen, opening = (find_rises(moving(HeelRaise(knee=36.0, opens=opens)))[1].ankle for opens in (0.0, 24.0))
    assert opening == pytest.approx(frozen, abs=0.012)


def test_a_rise_cut_off_by_the_clip_is_not_whole() -> None:
    raises = HeelRaise()
    part = between(filmed(heel_raise(raises), raises.lasts, SIDE), 1.3, raises.lasts)
    assert [rise.cycle.whole for rise in find_rises(Motion(part))] == [False, True, True, True]


@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0, 180.0])
def test_rises_are_found_from_anywhere(yaw: float) -> None:
    assert len(find_rises(moving(HeelRaise(), replace(SIDE, camera=Camera(yaw=yaw))))) == 4


def test_somebody_who_waits_does_not_rise() -> None:
    assert find_rises(Motion(filmed(waiting, 8.0, SIDE))) == []
    assert every_rise(Motion(filmed(waiting, 8.0, SIDE)), valid_rise=0.03) == ()


def test_the_top_of_a_rise_is_higher_than_its_rest() -> None:
    stance = standing(moving(HeelRaise()))
    rise = find_rises(stance.motion)[0]
    phase = phases(stance.height, rise.cycle)
    assert np.min(stance.height[phase.top]) > np.max(stance.height[phase.rest]) + 0.5 * phase.rise


def bumps(*heights: float, rest: float = 1.0, sway: float = 0.0) -> FloatArray:
    """Return the hips' height over rises of these heights, with ``sway`` above rest at the very beginning and end."""
    up = np.sin(np.linspace(0.0, np.pi, 30))
    still = np.full(15, rest)
    edge = rest + sway * np.linspace(1.0, 0.0, 5)
    return np.concatenate(
        [edge, *(np.concatenate([still, rest + height * up]) for height in heights), still, edge[::-1]]
    )


@pytest.mark.parametrize("heights", [(0.07, 0.1, 0.1), (0.1, 0.1, 0.07)], ids=["the first", "the last"])
def test_a_rise_that_is_lower_than_the_others_is_whole_all_the_same(heights: tuple[float, ...]) -> None:
    height = bumps(*heights)
    assert [cycle.whole for cycle in _up_and_down(height, 0.1)] == [True] * 3


def test_a_sway_before_the_first_and_after_the_last_rise_cuts_none_off() -> None:
    height = bumps(0.1, 0.1, sway=0.03)
    assert [cycle.whole for cycle in _up_and_down(height, 0.1)] == [True] * 2


def test_a_rise_in_which_the_detector_mixes_the_feet_has_the_leg_of_those_beside_it() -> None:
    first, _, third, _ = (rise.cycle for rise in find_rises(moving(HeelRaise(side=Side.LEFT))))
    motion = moving(HeelRaise(side=Side.LEFT))
    marks = motion.unrepaired.xy_px
    left, right = (Part.TOE.on(side) for side in Side)
    frames = np.arange(first.end, third.start)
    mixed = frames[frames % 5 < 3]
    marks[mixed, left], marks[mixed, right] = marks[mixed, right].copy(), marks[mixed, left].copy()
    assert [rise.side for rise in find_rises(motion)] == [Side.LEFT] * 4


@pytest.mark.parametrize(("repetitions", "surely"), [(2, 2.0 / 3.0), (3, 1.0), (4, 1.0)])
def test_two_raises_are_found_less_surely_than_a_set(repetitions: int, surely: float) -> None:
    motion = moving(HeelRaise(repetitions=repetitions))
    (bout,) = rise_bouts(motion, lambda rise: rise.side, valid_rise=0.033)
    assert bout.confidence == pytest.approx(surely)
