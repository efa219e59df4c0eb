"""A performance: which repetitions and sides it has, what its camera sees, and moments around a frame."""

from dataclasses import replace

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, standing, times

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Held, Performance, Rep, reduced, share
from formcheck.vocabulary import Facing, Side, View

LEFT_1, RIGHT_1 = Rep(Side.LEFT, 0, 5, 10), Rep(Side.RIGHT, 10, 15, 20)
LEFT_CUT, NO_SIDE = Rep(Side.LEFT, 20, 25, 29, whole=False), Rep(None, 30, 35, 40)


def performed(*reps: Rep, holds: tuple[Held, ...] = (), side: Side | None = None, yaw: float = 90.0) -> Performance:
    motion = Motion(filmed(standing(60), times(2.0, 30.0), facing(yaw)))
    return Performance(motion, Bout(start=0, end=59, confidence=1.0, reps=reps, holds=holds), side=side)


class TestRepetitions:
    def test_whole_ones_count_and_cut_ones_do_not(self) -> None:
        performance = performed(LEFT_1, RIGHT_1, LEFT_CUT)
        assert performance.reps() == (LEFT_1, RIGHT_1)
        assert performance.reps(Side.LEFT) == (LEFT_1,)

    def test_cut_ones_serve_where_there_is_no_other(self) -> None:
        assert performed(LEFT_CUT).reps() == (LEFT_CUT,)

    def test_the_wanted_side_alone_is_given(self) -> None:
        performance = performed(LEFT_1, RIGHT_1, NO_SIDE, side=Side.RIGHT)
        assert performance.reps() == (RIGHT_1, NO_SIDE)
        assert performance.reps(Side.LEFT) == ()

    def test_sides_that_worked_come_left_first(self) -> None:
        assert performed(RIGHT_1, LEFT_1).working_sides == (Side.LEFT, Side.RIGHT)
        assert performed(RIGHT_1, LEFT_1, side=Side.RIGHT).working_sides == (Side.RIGHT,)
        assert performed(holds=(Held(Side.RIGHT, 5, 50),)).working_sides == (Side.RIGHT,)
        assert performed(NO_SIDE).working_sides == ()

    def test_frames_include_both_ends(self) -> None:
        for event in (LEFT_1, Held(Side.LEFT, 0, 10), Bout(start=0, end=10, confidence=1.0)):
            assert event.frames == slice(0, 11)


class TestCamera:
    @pytest.mark.parametrize(
        ("yaw", "view", "where", "near", "off"),
        [
            (90.0, View.SIDE, Facing.LEFT, Side.LEFT, 0.0),
            (-80.0, View.SIDE, Facing.RIGHT, Side.RIGHT, 10.0),
            (45.0, View.OBLIQUE, Facing.LEFT, Side.LEFT, 45.0),
            (5.0, View.FRONT, Facing.CAMERA, Side.LEFT, 85.0),
            (180.0, View.BACK, Facing.AWAY, None, 90.0),
        ],
    )
    def test_view_facing_and_near_side_are_those_of_the_bout(
        self, yaw: float, view: View, where: Facing, near: Side | None, off: float
    ) -> None:
        performance = performed(LEFT_1, yaw=yaw)
        assert performance.view is view
        assert performance.facing is where
        assert performance.off_side_degrees == pytest.approx(off, abs=1e-6)
        assert performance.frontal == (view in (View.FRONT, View.BACK))
        assert near in (None, performance.near)

    def test_the_view_is_that_of_its_own_stretch_of_the_clip(self) -> None:
        both = filmed(standing(180), times(6.0, 30.0), facing(90.0))
        both.world_m[90:] = standing(90) @ facing(0.0)
        motion = Motion(both)
        first, second = Bout(start=0, end=70, confidence=1.0), Bout(start=110, end=179, confidence=1.0)
        assert Performance(motion, first).view is View.SIDE
        assert Performance(motion, second).view is View.FRONT


class TestMoments:
    def test_around_a_frame_are_those_within_the_seconds_on_both_sides(self) -> None:
        assert performed().around(30, 0.1) == slice(27, 34)

    def test_around_the_clips_ends_there_are_fewer(self) -> None:
        performance = performed()
        assert performance.around(0, 0.1) == slice(0, 4)
        assert performance.around(59, 0.1) == slice(56, 60)

    def test_no_time_around_is_the_frame_itself(self) -> None:
        assert performed().around(30, 0.0) == slice(30, 31)

    def test_uneven_times_count_by_the_second(self) -> None:
        performance = performed()
        time_s = np.concatenate([np.arange(30) / 30.0, 2.0 + np.arange(30) / 30.0])
        poses = replace(performance.motion.detected, time_s=time_s)
        assert Performance(Motion(poses), performance.bout).around(29, 0.5) == slice(14, 30)


def test_the_median_is_that_of_known_values() -> None:
    assert reduced([1.0, float("nan"), 3.0, 8.0]) == 3.0
    assert np.isnan(reduced([float("nan")]))
    assert np.isnan(reduced([]))


def test_a_share_of_nothing_is_none() -> None:
    assert share(np.array([True, False, True, True])) == 0.75
    assert share(np.zeros(0, dtype=bool)) == 0.0
