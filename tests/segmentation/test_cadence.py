"""Cadence, held against clips whose cadence is known."""

from dataclasses import replace

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, standing, stepping, times

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.cadence import step_times, steps_per_minute
from formcheck.segmentation.performance import Bout, Performance, Rep
from formcheck.segmentation.steps import every_stepping
from formcheck.vocabulary import Side


def performed(
    cadence: float, rate_hz: float, *, seconds: float = 6.0, start_share: float = 0.1, yaw: float = 80.0
) -> Performance:
    time_s = times(seconds, rate_hz)
    motion = Motion(filmed(stepping(time_s, cadence, start_share=start_share), time_s, facing(yaw)))
    (bout,) = every_stepping(motion)
    return Performance(motion, bout)


def with_peaks(left: list[float], right: list[float], rate_hz: float = 60.0) -> Performance:
    """Return a performance whose swings peak at these seconds."""
    motion = Motion(filmed(standing(600), times(10.0, rate_hz), facing(90.0)))
    peaks = sorted([(t, Side.LEFT) for t in left] + [(t, Side.RIGHT) for t in right])
    frames = [(round(t * rate_hz), side) for t, side in peaks]
    reps = tuple(Rep(side, frame - 5, frame, frame + 5) for frame, side in frames)
    return Performance(motion, Bout(start=0, end=599, confidence=1.0, reps=reps))


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0, 120.0])
@pytest.mark.parametrize("cadence", [90.0, 151.0, 180.0, 214.0, 250.0])
def test_cadence_is_right_to_one_percent(cadence: float, rate_hz: float) -> None:
    found, error, scatter = steps_per_minute(performed(cadence, rate_hz))
    assert found == pytest.approx(cadence, rel=0.01)
    assert 0.0 < error < 0.05 * cadence
    assert scatter < 0.12


@pytest.mark.parametrize("start_share", [0.0, 0.1, 0.2, 0.3, 0.4, 0.55, 0.8])
def test_where_the_clip_begins_in_the_stride_does_not_matter(start_share: float) -> None:
    assert steps_per_minute(performed(170.0, 30.0, start_share=start_share))[0] == pytest.approx(170.0, rel=0.01)


@pytest.mark.parametrize("yaw", [0.0, 45.0, -90.0, 180.0])
def test_the_view_does_not_matter(yaw: float) -> None:
    assert steps_per_minute(performed(170.0, 30.0, yaw=yaw))[0] == pytest.approx(170.0, rel=0.01)


def test_a_limp_is_a_rhythm_of_strides_all_the_same() -> None:
    """The right leg follows at a third of the stride instead of half."""
    limping = with_peaks(left=[1.0, 1.6, 2.2, 2.8, 3.4], right=[1.2, 1.8, 2.4, 3.0, 3.6])
    cadence, _, scatter = steps_per_minute(limping)
    assert cadence == pytest.approx(200.0, rel=1e-6)
    assert scatter == pytest.approx(0.0, abs=1e-9)


def test_a_missed_step_costs_nothing() -> None:
    missing = with_peaks(left=[1.0, 1.6, 2.8, 3.4], right=[1.3, 1.9, 2.5, 3.1])
    assert steps_per_minute(missing)[0] == pytest.approx(200.0, rel=1e-6)


def test_uneven_strides_scatter_and_widen_the_error() -> None:
    even = with_peaks(left=[1.0, 1.6, 2.2, 2.8], right=[1.3, 1.9, 2.5, 3.1])
    uneven = with_peaks(left=[1.0, 1.5, 2.25, 2.8], right=[1.3, 1.95, 2.45, 3.1])
    assert steps_per_minute(uneven)[2] > 0.1 > steps_per_minute(even)[2]
    assert steps_per_minute(uneven)[1] > steps_per_minute(even)[1]


def test_two_steps_have_no_cadence() -> None:
    assert np.isnan(steps_per_minute(with_peaks(left=[1.0], right=[1.3]))).all()
    assert np.isnan(steps_per_minute(with_peaks(left=[], right=[]))).all()


def test_steps_of_less_than_four_frames_have_no_cadence() -> None:
    slow = with_peaks(left=[1.0, 1.6, 2.2, 2.8], right=[1.3, 1.9, 2.5, 3.1])
    coarse = replace(slow, motion=Motion(filmed(standing(600), times(60.0, 10.0), facing(90.0))))
    assert coarse.rate_hz == pytest.approx(10.0)
    squeezed = replace(
        coarse,
        bout=replace(
            slow.bout,
            reps=tuple(replace(r, start=r.peak // 6, peak=r.peak // 6, end=r.peak // 6) for r in slow.bout.reps),
        ),
    )
    assert np.isnan(steps_per_minute(squeezed)).all()


def test_step_times_are_those_of_whole_steps_in_order() -> None:
    performance = with_peaks(left=[1.0, 2.0], right=[1.5])
    cut = replace(performance.bout.reps[2], whole=False)
    bout = replace(performance.bout, reps=(performance.bout.reps[1], performance.bout.reps[0], cut))
    assert step_times(replace(performance, bout=bout)) == pytest.approx([1.0, 1.5])


def test_steps_hidden_by_a_pause_of_the_camera_do_not_slow_the_cadence() -> None:
    """Without this, two seconds that a phone did not film made a quick athlete slow, a major fault."""
    time_s = times(10.0, 60.0)
    time_s[300:] += 2.0
    motion = Motion(filmed(standing(600), time_s, facing(90.0)))
    peaks = {Side.LEFT: (60, 108, 156, 204, 252, 298, 342, 390), Side.RIGHT: (84, 132, 180, 228, 276, 318, 366)}
    moments = {298: 6.1}  # between the last frame before the pause and the first one after it
    reps = [
        Rep(side, frame - 5, frame, frame + 5, moment_s=moments.get(frame, float(time_s[frame])))
        for side, frames in peaks.items()
        for frame in frames
    ]
    bout = Bout(start=0, end=599, confidence=1.0, reps=tuple(sorted(reps, key=lambda rep: rep.peak)))
    assert steps_per_minute(Performance(motion, bout))[0] == pytest.approx(150.0, rel=1e-6)
