"""Steps at a clip's ends are whole where their rhythm leaves the clip room for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.segmentation.clip_ends import with_ends_cut
from formcheck.segmentation.performance import Rep
from formcheck.vocabulary import Side

STEP, FPS = 0.4, 30.0
TIME_S = np.arange(0.0, 6.0, 1.0 / FPS)


def steps(first_s: float, count: int, step_s: float = STEP) -> list[Rep]:
    """Return steps of alternating legs, the middle of the first at ``first_s``."""
    middles = first_s + step_s * np.arange(count)
    return [
        Rep((Side.LEFT, Side.RIGHT)[index % 2], 0, round(middle * FPS), 0, whole=True, moment_s=float(middle))
        for index, middle in enumerate(middles)
    ]


def whole(reps: list[Rep], *, may_lack: float = 0.0) -> list[bool]:
    return [rep.whole for rep in with_ends_cut(reps, TIME_S, may_lack=may_lack)]


@pytest.mark.parametrize(("first_s", "is_whole"), [(0.21, True), (0.19, False)])
def test_a_first_step_is_whole_from_half_a_step_after_the_clips_beginning(first_s: float, is_whole: bool) -> None:
    assert whole(steps(first_s, 10)) == [is_whole] + 9 * [True]


@pytest.mark.parametrize(("last_s", "is_whole"), [(5.79, True), (5.81, False)])
def test_a_last_step_is_whole_up_to_half_a_step_before_the_last_frame_is_over(last_s: float, is_whole: bool) -> None:
    assert whole(steps(last_s - 9 * STEP, 10)) == 9 * [True] + [is_whole]


def test_a_step_may_lack_a_share_of_it() -> None:
    assert whole(steps(0.16, 10), may_lack=0.125)[0]
    assert not whole(steps(0.14, 10), may_lack=0.125)[0]


def test_nothing_is_whole_that_was_not_and_an_unknown_middle_says_nothing() -> None:
    reps = steps(1.0, 10)
    reps[3], reps[5] = replace(reps[3], whole=False), replace(reps[5], moment_s=None)
    assert whole(reps) == [index != 3 for index in range(10)]


def test_too_few_steps_have_no_rhythm() -> None:
    assert whole(steps(0.05, 4)) == 4 * [True]
    assert whole([]) == []


@given(st.floats(0.15, 0.6), st.floats(0.0, 1.0))
def test_a_clip_played_backwards_has_as_many_whole_steps(step_s: float, first_s: float) -> None:
    reps = steps(first_s, 8, step_s)
    over_s = TIME_S[-1] + 1.0 / FPS
    backwards = [replace(rep, moment_s=over_s - (rep.moment_s or 0.0)) for rep in reversed(reps)]
    assert sum(whole(reps)) == sum(whole(backwards))
