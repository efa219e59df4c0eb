"""Legs of a wide stance keep their labels for as long as it lasts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.kinematics.apart_legs import (
    GLITCH_SECONDS,
    WIDE,
    alike_in_each_stance,
    exchanged_while_apart,
    wide_stances,
)

FPS, FRAMES = 30.0, 90
TIME_S = np.arange(FRAMES) / FPS
AHEAD = np.array([[0.9, -1.0], [0.9, 0.0], [0.8, 0.1], [1.1, 0.1]])
BEHIND = np.array([[-0.2, -0.4], [-0.8, -0.1], [-0.9, 0.0], [-0.7, 0.1]])
Legs = npt.NDArray[np.float64]


def stance(*, left_ahead: bool = True) -> Legs:
    """Return (n, 2, 4, 2) legs of somebody at the bottom of a lunge, trembling by a hundredth of the trunk."""
    legs = np.stack([AHEAD, BEHIND] if left_ahead else [BEHIND, AHEAD])
    return legs + np.random.default_rng(3).normal(0.0, 0.01, (FRAMES, 2, 4, 2))


def found_in(legs: Legs) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    return exchanged_while_apart(legs, wide_stances(legs, TIME_S[: len(legs)]))


def exchanged_in(legs: Legs, *frames: int | slice) -> Legs:
    changed = legs.copy()
    for part in frames:
        changed[part] = legs[part][..., ::-1, :, :]
    return changed


def test_a_stance_with_steady_labels_is_left_alone() -> None:
    exchanged, lost = found_in(stance())
    assert not exchanged.any()
    assert not lost.any()


@given(st.lists(st.integers(5, FRAMES - 6), max_size=40), st.booleans())
def test_whatever_frames_are_exchanged_within_a_stance_are_found(frames: list[int], left_ahead: bool) -> None:
    exchanged, lost = found_in(exchanged_in(stance(left_ahead=left_ahead), *sorted(set(frames))))
    assert np.flatnonzero(exchanged).tolist() == sorted(set(frames))
    assert not lost.any()


def test_frames_in_which_the_legs_are_drawn_together_are_lost() -> None:
    legs = exchanged_in(stance(), slice(40, 60))
    legs[[39, 60, 61]] = np.stack([AHEAD, AHEAD])
    exchanged, lost = found_in(legs)
    assert np.flatnonzero(exchanged).tolist() == list(range(40, 60))
    assert np.flatnonzero(lost).tolist() == [39, 60, 61]


def test_an_exchange_that_lasts_to_the_end_of_a_stance_is_left_alone() -> None:
    exchanged, lost = found_in(exchanged_in(stance(), slice(40, None)))
    assert not exchanged.any()
    assert not lost.any()


def test_legs_that_really_change_places_keep_their_labels() -> None:
    legs = stance()
    share = np.linspace(0.0, 1.0, 12)[:, None, None]
    left, right = legs[30, :1].copy(), legs[30, 1:].copy()
    legs[30:42] = np.concatenate(
        [left + share[:, None] * (right - left), right + share[:, None] * (left - right)], axis=1
    )
    legs[42:] = exchanged_in(stance(), slice(None))[42:]
    exchanged, lost = found_in(legs)
    assert not exchanged.any()
    assert not lost.any()


def test_a_stance_that_is_hidden_for_long_is_two_stances() -> None:
    hidden = round(2.0 * GLITCH_SECONDS * FPS)
    legs = exchanged_in(stance(), slice(40 + hidden, None))
    legs[40 : 40 + hidden] = np.stack([AHEAD, AHEAD])
    exchanged, lost = found_in(legs)
    assert not exchanged.any()
    assert not lost.any()


def test_a_runners_legs_are_in_no_stance_though_they_are_wide_apart_in_every_step() -> None:
    swing = 1.2 * np.sin(2.0 * np.pi * 1.4 * TIME_S)[:, None]
    legs = np.zeros((FRAMES, 2, 4, 2))
    legs[:, 0, :, 0], legs[:, 1, :, 0] = swing, -swing
    legs[..., 1] = [-0.4, 0.0, 0.1, 0.1]
    assert wide_stances(legs, TIME_S) == []


@pytest.mark.parametrize("frames", [0, 1, 6])
def test_a_few_frames_tell_nothing(frames: int) -> None:
    exchanged, lost = found_in(exchanged_in(stance(), slice(2, 4))[:frames])
    assert exchanged.shape == lost.shape == (frames,)
    assert not exchanged.any()


def test_a_stance_of_ordinary_width_tells_nothing() -> None:
    legs = exchanged_in(stance(), slice(40, 60)) * [0.5 * WIDE, 1.0]
    exchanged, lost = found_in(legs)
    assert not exchanged.any()
    assert not lost.any()


def test_labels_told_otherwise_hold_for_a_whole_stance_or_not_at_all() -> None:
    stances = wide_stances(stance(), TIME_S)
    partly, ends, none = (np.zeros(FRAMES, dtype=bool) for _ in range(3))
    partly[30:60] = True
    ends[:40] = ends[50:] = True
    assert not alike_in_each_stance(partly, stances).any()
    assert alike_in_each_stance(ends, stances).all()
    assert not alike_in_each_stance(none, stances).any()


def test_where_the_ends_of_a_stance_are_told_differently_nothing_is_changed() -> None:
    told = np.arange(FRAMES) < 40
    assert np.array_equal(alike_in_each_stance(told, wide_stances(stance(), TIME_S)), told)
