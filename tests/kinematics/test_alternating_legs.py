"""Legs that take turns, told apart by their rhythm."""

import numpy as np
import numpy.typing as npt
import pytest
from tests.stick_figure import facing, filmed, squatting, standing, stepping, times, with_leg

from formcheck.kinematics import alternating_legs
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.repair import LEFT_LEG, RIGHT_LEG, trunk_length
from formcheck.vocabulary import Part, Side

Flags = npt.NDArray[np.bool_]
SIDEWAYS = facing(90.0)


def seen(body: FloatArray, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the legs and the hips of a body filmed from the side, in trunk lengths."""
    xy = filmed(body, time_s, SIDEWAYS).xy_px
    unit = trunk_length(xy)
    hips = xy[:, [Part.HIP.on(side) for side in Side]].mean(axis=1)
    return np.stack([xy[:, LEFT_LEG], xy[:, RIGHT_LEG]], axis=1) / unit, hips / unit


def exchanged_in_spells(frames: int, share: float, seed: int) -> Flags:
    """Return spells of two to seven frames, at least so many frames in all."""
    random, flags = np.random.default_rng(seed), np.zeros(frames, dtype=bool)
    while flags.mean() < share:
        first = random.integers(0, frames)
        flags[first : first + random.integers(2, 8)] = True
    return flags


def exchanged_against_rhythm(legs: FloatArray, hips: FloatArray, time_s: FloatArray) -> Flags:
    return alternating_legs.exchanged_against_rhythm(legs, hips, time_s)[0]


def with_exchanges(legs: FloatArray, flags: Flags) -> FloatArray:
    return np.where(flags[:, None, None, None], legs[:, ::-1], legs)


def wrong(legs: FloatArray, true: FloatArray) -> int:
    """Return in how many frames the legs are nearer to the other leg's true place, and clearly so."""
    own, other = (np.linalg.norm(legs - way, axis=3).mean(axis=(1, 2)) for way in (true, true[:, ::-1]))
    return int(np.count_nonzero(own > other + 0.15))


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0])
@pytest.mark.parametrize("cadence", [110.0, 150.0, 210.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_fifth_of_frames_exchanged_in_a_drill_is_put_right(cadence: float, rate_hz: float, seed: int) -> None:
    time_s = times(6.0, rate_hz)
    true, hips = seen(stepping(time_s, cadence), time_s)
    labelled = with_exchanges(true, exchanged_in_spells(len(time_s), 0.2, seed))
    found = exchanged_against_rhythm(labelled, hips, time_s)
    assert wrong(labelled, true) > 15
    assert wrong(with_exchanges(labelled, found), true) <= wrong(labelled, true) / 6


def test_a_drill_whose_pace_changes_is_put_right() -> None:
    time_s = times(8.0, 30.0)
    true, hips = seen(stepping(time_s * (1.0 + 0.012 * time_s), 140.0), time_s)
    labelled = with_exchanges(true, exchanged_in_spells(len(time_s), 0.2, 5))
    assert wrong(labelled, true) > 30
    assert wrong(with_exchanges(labelled, exchanged_against_rhythm(labelled, hips, time_s)), true) <= 2


def test_standing_before_and_after_a_drill_is_left_alone() -> None:
    time_s = times(10.0, 30.0)
    drill = stepping(np.clip(time_s - 2.0, 0.0, 6.0), 150.0)
    true, hips = seen(drill, time_s)
    labelled = with_exchanges(true, (time_s > 4.0) & (time_s < 4.2))
    found = exchanged_against_rhythm(labelled, hips, time_s)
    assert not found[(time_s < 1.0) | (time_s > 9.0)].any()
    assert wrong(with_exchanges(labelled, found), true) == 0


def test_legs_that_stand_apart_before_a_drill_keep_their_labels() -> None:
    time_s = times(8.0, 30.0)
    body = stepping(np.maximum(time_s - 2.5, 0.0), 150.0)
    for part in LEFT_LEG[1:]:
        body[time_s < 2.5, part, 2] += 0.4
    legs, hips = seen(body, time_s)
    labelled = with_exchanges(legs, exchanged_in_spells(len(time_s), 0.15, 4) & (time_s > 3.0))
    assert not exchanged_against_rhythm(labelled, hips, time_s)[time_s < 2.4].any()


@pytest.mark.parametrize("cadence", [90.0, 150.0, 210.0])
def test_labels_that_are_right_stay(cadence: float) -> None:
    time_s = times(6.0, 30.0)
    legs, hips = seen(stepping(time_s, cadence), time_s)
    assert not exchanged_against_rhythm(legs, hips, time_s).any()


@pytest.mark.parametrize("rate_hz", [30.0, 60.0])
@pytest.mark.parametrize("cadence", [150.0, 220.0, 310.0])
def test_legs_that_lift_unequally_keep_their_labels(cadence: float, rate_hz: float) -> None:
    time_s = times(6.0, rate_hz)
    stride, body = time_s * cadence / 120.0, standing(len(time_s))
    for side, later, lift in ((Side.LEFT, 0.0, 60.0), (Side.RIGHT, 0.5, 25.0)):
        lifted = lift * np.maximum(np.sin(2.0 * np.pi * (stride - later)), 0.0)
        body = with_leg(body, side, thigh_deg=lifted, knee_deg=1.5 * lifted)
    legs, hips = seen(body, time_s)
    assert not exchanged_against_rhythm(legs, hips, time_s).any()


def one_leg_kicking(time_s: FloatArray, a_minute: float) -> FloatArray:
    lifted = 40.0 * (1.0 - np.cos(2.0 * np.pi * time_s * a_minute / 60.0))
    return with_leg(standing(len(time_s)), Side.LEFT, thigh_deg=lifted, knee_deg=1.2 * lifted)


OTHER_MOVEMENTS = {
    "standing": standing(180),
    "squats on both legs": squatting(times(6.0, 30.0), [1.0, 3.0, 5.0]),
    "quick squats": squatting(times(6.0, 30.0), [0.5, 1.1, 1.7, 2.3, 2.9, 3.5, 4.1, 4.7, 5.3], seconds=0.6),
    "one leg that kicks slowly": one_leg_kicking(times(6.0, 30.0), 40.0),
    "one leg that kicks quickly": one_leg_kicking(times(6.0, 30.0), 110.0),
    "steps as slow as a walk": stepping(times(6.0, 30.0), 60.0),
}


@pytest.mark.parametrize("body", OTHER_MOVEMENTS.values(), ids=OTHER_MOVEMENTS)
def test_legs_that_do_something_else_keep_their_labels(body: FloatArray) -> None:
    time_s = times(6.0, 30.0)
    legs, hips = seen(body, time_s)
    assert not exchanged_against_rhythm(legs, hips, time_s).any()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("movement", ["standing", "squats on both legs", "one leg that kicks slowly"])
def test_slow_movement_that_trembles_is_no_stepping(movement: str, seed: int) -> None:
    time_s = times(6.0, 30.0)
    legs, hips = seen(OTHER_MOVEMENTS[movement], time_s)
    trembling = legs + np.random.default_rng(seed).normal(0.0, 0.02, legs.shape)
    assert not alternating_legs.exchanged_against_rhythm(trembling, hips, time_s)[1].any()


def test_a_drill_is_told_from_standing_before_and_after_it() -> None:
    time_s = times(10.0, 30.0)
    legs, hips = seen(stepping(np.clip(time_s - 2.0, 0.0, 6.0), 150.0), time_s)
    _, steps = alternating_legs.exchanged_against_rhythm(legs, hips, time_s)
    assert steps[(time_s > 2.5) & (time_s < 7.5)].all()
    assert not steps[(time_s < 1.5) | (time_s > 8.5)].any()


def test_left_and_right_are_told_apart_alike() -> None:
    time_s = times(6.0, 30.0)
    true, hips = seen(stepping(time_s, 150.0), time_s)
    labelled = with_exchanges(true, exchanged_in_spells(len(time_s), 0.25, 1))
    found = exchanged_against_rhythm(labelled, hips, time_s)
    np.testing.assert_array_equal(exchanged_against_rhythm(labelled[:, ::-1], hips, time_s), found)


@pytest.mark.parametrize("frames", [0, 1, 2, 12, 40])
def test_a_moment_tells_no_rhythm(frames: int) -> None:
    time_s = times(6.0, 30.0)
    legs, hips = seen(stepping(time_s, 150.0), time_s)
    assert not exchanged_against_rhythm(legs[:frames, ::-1], hips[:frames], time_s[:frames]).any()


def test_a_long_drill_is_put_right_piece_by_piece() -> None:
    time_s = times(60.0, 30.0)
    true, hips = seen(stepping(time_s, 150.0), time_s)
    labelled = with_exchanges(true, exchanged_in_spells(len(time_s), 0.12, 2))
    assert wrong(with_exchanges(labelled, exchanged_against_rhythm(labelled, hips, time_s)), true) == 0
