"""Steps of drills: every swing is counted once, whatever the cadence, the frame rate and the view."""

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, joined, standing, stepping, times

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.contacts import touchdowns
from formcheck.segmentation.performance import Performance
from formcheck.segmentation.steps import Step, drill_bouts, every_stepping, find_steps
from formcheck.vocabulary import Part, Side

RATES = pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0, 120.0])
CADENCES = pytest.mark.parametrize("steps_per_minute", [90.0, 140.0, 180.0, 230.0])


def drill(
    steps_per_minute: float,
    rate_hz: float = 60.0,
    *,
    steps: float = 14,
    yaw: float = 90.0,
    start_share: float = 0.0,
    thigh: float = 80.0,
) -> Motion:
    """Return so many steps of high knees, from level feet to level feet unless ``start_share`` cuts the first."""
    time_s = times(steps * 60.0 / steps_per_minute, rate_hz)
    body = stepping(time_s, steps_per_minute, thigh_deg=thigh, start_share=start_share)
    return Motion(filmed(body, time_s, facing(yaw)))


def framed(motion: Motion, seconds: float = 1.0) -> Motion:
    """Return the motion with somebody standing still before and after it."""
    frames = round(seconds * motion.rate_hz)
    still = filmed(standing(frames), times(seconds, motion.rate_hz), facing(90.0))
    return Motion(joined(still, motion.detected, still))


def lifted(step: Step) -> bool:
    return step.thigh_peak > 45.0


class TestCounting:
    @RATES
    @CADENCES
    def test_every_step_is_counted_once(self, steps_per_minute: float, rate_hz: float) -> None:
        steps = find_steps(framed(drill(steps_per_minute, rate_hz, steps=14)))
        assert [step.rep.side for step in steps] == [Side.LEFT, Side.RIGHT] * 7
        assert all(step.rep.whole for step in steps)

    @pytest.mark.parametrize("yaw", [-90.0, 60.0, 45.0, 0.0, 180.0])
    def test_every_step_is_counted_from_any_view(self, yaw: float) -> None:
        steps = find_steps(drill(160.0, steps=14.3, yaw=yaw, start_share=-0.05))
        assert [step.rep.side for step in steps if step.rep.whole] == [Side.LEFT, Side.RIGHT] * 7

    @RATES
    def test_peaks_are_timed_to_the_frame(self, rate_hz: float) -> None:
        steps = find_steps(framed(drill(150.0, rate_hz, steps=8)))
        expected = 1.0 + (np.arange(8) + 0.5) * 0.4
        assert np.abs(np.array([step.time_s for step in steps]) - expected).max() <= 1.5 / rate_hz

    def test_a_swing_is_described_by_what_the_leg_does(self) -> None:
        step = find_steps(framed(drill(120.0, thigh=80.0)))[4]
        assert step.thigh_peak == pytest.approx(80.0, abs=4.0)
        mended = 5.5  # a figure has its marks on the joints: what is mended for people is added to its 96 degrees
        assert step.knee_peak == pytest.approx(96.0 + mended, abs=3.0)
        assert step.other_thigh < 10.0
        assert step.upright == pytest.approx(1.0)
        assert 0.4 < step.lift < 0.7

    def test_swings_that_the_clip_cuts_are_not_whole(self) -> None:
        steps = find_steps(drill(150.0, steps=6.0, start_share=0.25))
        assert [step.rep.whole for step in steps] == [False, True, True, True, True, True, False]

    @RATES
    @pytest.mark.parametrize("missed", [0.0, 0.2, 0.5, 0.7])
    def test_a_clip_that_begins_as_the_foot_passes_the_other_has_missed_its_lift_however_the_frames_lie(
        self, rate_hz: float, missed: float
    ) -> None:
        share = -missed / rate_hz * 150.0 / 120.0
        steps = find_steps(drill(150.0, rate_hz, steps=6.0, start_share=share))
        assert [step.rep.whole for step in steps[:2]] == [False, True]

    def test_somebody_who_stands_takes_none(self) -> None:
        shaking = standing(180) + np.random.default_rng(2).normal(0.0, 0.002, (180, 33, 3))
        assert find_steps(Motion(filmed(shaking, times(6.0, 30.0), facing(90.0)))) == []

    def test_an_empty_clip_has_none(self) -> None:
        empty = Motion(filmed(np.full((60, 33, 3), np.nan), times(2.0, 30.0), facing(90.0)))
        assert find_steps(empty) == []

    @pytest.mark.parametrize("seconds", [2.0, 3.0, 6.0])
    def test_standing_before_and_after_adds_none(self, seconds: float) -> None:
        assert len(find_steps(framed(drill(150.0, steps=8), seconds))) == 8

    def test_a_loss_in_the_middle_costs_only_the_steps_it_hides(self) -> None:
        motion = framed(drill(150.0, steps=12))
        poses = motion.detected
        gone = (poses.time_s > 3.0) & (poses.time_s < 3.3)
        for values in (poses.xy_px, poses.world_m):
            values[gone] = np.nan
        whole = [step for step in find_steps(Motion(poses)) if step.rep.whole]
        assert 10 <= len(whole) <= 11


class TestBouts:
    def test_steps_that_fit_make_one_bout_from_the_first_to_the_last(self) -> None:
        motion = framed(drill(150.0, steps=12))
        (bout,) = drill_bouts(motion, lifted, steps_per_minute=(75.0, 270.0))
        assert len(bout.reps) == 12
        assert motion.time_s[bout.start] == pytest.approx(1.0, abs=0.1)
        assert motion.time_s[bout.end] == pytest.approx(1.0 + 12 * 0.4, abs=0.1)
        assert bout.confidence == pytest.approx(1.0)

    def test_a_pause_makes_two(self) -> None:
        first, again = framed(drill(150.0, steps=8)), framed(drill(150.0, steps=8), seconds=1.5)
        both = Motion(joined(first.detected, again.detected))
        assert [len(bout.reps) for bout in drill_bouts(both, lifted, steps_per_minute=(75.0, 270.0))] == [8, 8]

    def test_low_steps_are_not_that_drill_but_steps_all_the_same(self) -> None:
        motion = framed(drill(150.0, steps=12, thigh=30.0))
        assert drill_bouts(motion, lifted, steps_per_minute=(75.0, 270.0)) == ()
        assert [len(bout.reps) for bout in every_stepping(motion)] == [12]

    def test_a_march_is_too_slow_for_a_drill(self) -> None:
        motion = framed(drill(60.0, 30.0, steps=10))
        assert drill_bouts(motion, lifted, steps_per_minute=(75.0, 270.0)) == ()

    def test_one_leg_alone_is_no_alternation(self) -> None:
        motion = framed(drill(150.0, steps=14))
        left_only = [step for step in find_steps(motion) if step.rep.side is Side.LEFT]
        assert len(left_only) == 7
        assert drill_bouts(motion, lambda step: step.rep.side is Side.LEFT, steps_per_minute=(75.0, 270.0)) == ()

    def test_three_steps_are_too_few(self) -> None:
        assert every_stepping(framed(drill(150.0, steps=3))) == ()


class TestTouchdowns:
    @pytest.mark.parametrize("side", list(Side))
    def test_a_foot_comes_down_once_after_each_swing(self, side: Side) -> None:
        motion = framed(drill(150.0, steps=8))
        (bout,) = every_stepping(motion)
        performance = Performance(motion, bout)
        landings = touchdowns(performance, performance.reps(side), side)
        swings = np.arange(0 if side is Side.LEFT else 1, 8, 2)
        expected = 1.0 + (swings + 1) * 0.4
        assert len(landings) == 4
        assert np.abs(motion.time_s[landings] - expected).max() < 0.07

    def test_a_landing_that_the_clip_does_not_show_is_left_out(self) -> None:
        motion = drill(150.0, steps=7.6)
        (bout,) = every_stepping(motion)
        last = bout.reps[-1]
        assert last.side is Side.RIGHT
        assert touchdowns(Performance(motion, bout), [last], Side.RIGHT) == []


@pytest.mark.parametrize(
    "seconds",
    [(0.3, 1.0, 0.3, 0.3, 0.9, 0.4, 1.1, 0.4, 0.5, 1.0, 0.3, 0.9), (0.9, 0.4, 0.4, 0.7, 1.0, 0.3, 0.3, 0.8, 0.6, 1.1)],
)
def test_a_lifted_foot_that_the_detector_gives_to_either_leg_now_and_then_makes_no_drill(
    seconds: tuple[float, ...],
) -> None:
    time_s = times(8.0, 30.0)
    motion = Motion(filmed(standing(len(time_s)), time_s, facing(90.0)))
    left_up = np.searchsorted(np.cumsum(seconds), time_s) % 2 == 0
    for side, up in ((Side.LEFT, left_up), (Side.RIGHT, ~left_up)):
        for part in (Part.ANKLE, Part.HEEL, Part.TOE):
            motion.clean.xy_px[up, part.on(side), 1] -= 0.4 * motion.leg
    assert drill_bouts(motion, lambda _: True, steps_per_minute=(75.0, 270.0), least_regularity=-1.0)
    assert drill_bouts(motion, lambda _: True, steps_per_minute=(75.0, 270.0)) == ()
