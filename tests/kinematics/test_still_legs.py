"""Telling a still body's legs apart: exchanges are found, and legs that move are left alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from tests.stick_figure import facing, filmed, standing, stepping, times, with_leg

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.repair import LEFT_LEG, RIGHT_LEG, trunk_length
from formcheck.kinematics.still_legs import exchanged_while_still, quiet_frames, shortened_while_still, still_stretches
from formcheck.vocabulary import Side

SECONDS = 4.0
Flags = npt.NDArray[np.bool_]


def one_leg_up(time_s: FloatArray, tremble_m: float = 0.002) -> FloatArray:
    """Return (n, 33, 2) pixels of somebody who holds the left heel up behind, the arms and the trunk quite still."""
    still = np.zeros(len(time_s))
    body = with_leg(standing(len(time_s)), Side.LEFT, thigh_deg=still, knee_deg=still + 110.0)
    jitter = np.random.default_rng(3).normal(0.0, tremble_m, body.shape)
    return filmed(body + jitter, time_s, facing(90.0)).xy_px


def exchanged(xy_px: FloatArray, time_s: FloatArray, unit: float) -> tuple[Flags, Flags]:
    return exchanged_while_still(xy_px, still_stretches(xy_px, time_s, unit), unit)


def shortened(xy_px: FloatArray, time_s: FloatArray, unit: float) -> Flags:
    return shortened_while_still(xy_px, still_stretches(xy_px, time_s, unit), unit)


def exchange(xy_px: FloatArray, frames: Flags) -> FloatArray:
    wrong = xy_px.copy()
    picked = np.flatnonzero(frames)[:, None]
    wrong[picked, LEFT_LEG], wrong[picked, RIGHT_LEG] = xy_px[picked, RIGHT_LEG], xy_px[picked, LEFT_LEG]
    return wrong


@pytest.mark.parametrize("rate_hz", [15.0, 30.0, 60.0])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.4])
def test_exchanged_frames_are_found_however_often_they_come(rate_hz: float, share: float) -> None:
    time_s = times(SECONDS, rate_hz)
    xy = one_leg_up(time_s)
    wrong = np.random.default_rng(1).random(len(time_s)) < share
    found, told = exchanged(exchange(xy, wrong), time_s, trunk_length(xy))
    assert told.all()
    np.testing.assert_array_equal(found, wrong)


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0])
def test_marks_that_tremble_as_on_a_photograph_are_quiet(rate_hz: float) -> None:
    time_s = times(SECONDS, rate_hz)
    xy = one_leg_up(time_s, tremble_m=0.007)
    wrong = np.random.default_rng(1).random(len(time_s)) < 0.2
    found, told = exchanged(exchange(xy, wrong), time_s, trunk_length(xy))
    assert told.mean() > 0.95
    np.testing.assert_array_equal(found[told], wrong[told])


def test_most_frames_decide_which_leg_is_which() -> None:
    time_s = times(SECONDS, 30.0)
    xy = one_leg_up(time_s)
    wrong = np.arange(len(time_s)) % 10 < 7
    found, _ = exchanged(exchange(xy, wrong), time_s, trunk_length(xy))
    np.testing.assert_array_equal(found, ~wrong)


def test_marks_that_have_run_together_tell_nothing() -> None:
    time_s = times(SECONDS, 30.0)
    xy = one_leg_up(time_s)
    middle = 0.5 * (xy[40:44, LEFT_LEG] + xy[40:44, RIGHT_LEG])
    xy[40:44, LEFT_LEG] = xy[40:44, RIGHT_LEG] = middle
    found, told = exchanged(xy, time_s, trunk_length(xy))
    assert not told[40:44].any()
    assert not found.any()


@pytest.mark.parametrize("cadence", [100.0, 170.0, 300.0])
def test_legs_that_swing_under_a_still_trunk_are_left_alone(cadence: float) -> None:
    time_s = times(SECONDS, 60.0)
    xy = filmed(stepping(time_s, cadence), time_s, facing(90.0)).xy_px
    found, told = exchanged(xy, time_s, trunk_length(xy))
    assert not found.any()
    assert not told.any()


def test_feet_side_by_side_are_not_told_apart() -> None:
    time_s = times(SECONDS, 30.0)
    xy = filmed(standing(len(time_s)), time_s, facing(90.0)).xy_px
    _, told = exchanged(xy, time_s, trunk_length(xy))
    assert not told.any()


def test_a_moving_trunk_or_a_clip_of_one_frame_tells_nothing() -> None:
    time_s = times(SECONDS, 30.0)
    xy = one_leg_up(time_s)
    unit = trunk_length(xy)
    swaying = xy + (0.1 * unit * np.sin(4.0 * time_s))[:, None, None]
    assert not exchanged(swaying, time_s, unit)[1].any()
    assert not exchanged(xy[:1], time_s[:1], unit)[1].any()


def test_unseen_marks_are_not_quiet() -> None:
    upper = np.zeros((60, 8, 2))
    assert quiet_frames(upper, 30.0).all()
    upper[30:, :3] = np.nan
    quiet = quiet_frames(upper, 30.0)
    assert quiet[:15].all()
    assert not quiet[25:35].any()


def half_way(xy_px: FloatArray, frames: Flags) -> FloatArray:
    """Return marks in which a detector has drawn both legs half-way towards each other in some frames."""
    wrong, picked = xy_px.copy(), np.flatnonzero(frames)[:, None]
    left, right = xy_px[picked, LEFT_LEG], xy_px[picked, RIGHT_LEG]
    wrong[picked, LEFT_LEG], wrong[picked, RIGHT_LEG] = 0.6 * left + 0.4 * right, 0.4 * left + 0.6 * right
    return wrong


def in_a_stride(time_s: FloatArray, yaw: float = 90.0) -> FloatArray:
    """Return (n, 33, 2) pixels of somebody who stays in a long stride, legs apart."""
    still = np.zeros(len(time_s))
    body = with_leg(standing(len(time_s)), Side.LEFT, thigh_deg=still + 60.0, knee_deg=still + 60.0)
    body = with_leg(body, Side.RIGHT, thigh_deg=still - 40.0, knee_deg=still)
    return filmed(body, time_s, facing(yaw)).xy_px


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6])
def test_frames_in_which_still_legs_are_drawn_half_way_to_each_other_are_found(share: float) -> None:
    time_s = times(SECONDS, 30.0)
    xy = in_a_stride(time_s)
    wrong = np.random.default_rng(4).random(len(time_s)) < share
    found = shortened(half_way(xy, wrong), time_s, trunk_length(xy))
    np.testing.assert_array_equal(found, wrong)


def test_a_leg_lifted_towards_the_camera_is_no_shortened_one() -> None:
    time_s = times(SECONDS, 30.0)
    lifted = np.where((time_s > 1.0) & (time_s < 2.0), 80.0, 0.0)
    body = with_leg(standing(len(time_s)), Side.LEFT, thigh_deg=lifted, knee_deg=lifted)
    xy = filmed(body, time_s, facing(0.0)).xy_px
    assert not shortened(xy, time_s, trunk_length(xy)).any()
