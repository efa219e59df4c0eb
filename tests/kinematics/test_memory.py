"""Results that a motion keeps."""

import gc
import weakref
from dataclasses import dataclass

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, standing, times

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion


@dataclass(frozen=True)
class Series:
    heights: FloatArray


def stander() -> Motion:
    return Motion(filmed(standing(30), times(1.0, 30.0), facing(90.0)))


def test_a_result_is_worked_out_once_for_each_motion_and_each_choice() -> None:
    asked: list[tuple[Motion, float]] = []

    @once_per_motion
    def twice(motion: Motion, number: float, *, more: float = 0.0) -> float:
        asked.append((motion, number))
        return 2.0 * number + more

    one, other = stander(), stander()
    assert [twice(one, 1.0), twice(one, 1.0), twice(one, 2.0), twice(other, 1.0)] == [2.0, 2.0, 4.0, 2.0]
    assert asked == [(one, 1.0), (one, 2.0), (other, 1.0)]
    assert twice(one, 1.0, more=1.0) == 3.0


def test_a_result_that_is_none_is_remembered_too() -> None:
    asked = []

    @once_per_motion
    def nothing(motion: Motion) -> None:
        asked.append(motion)

    motion = stander()
    assert nothing(motion) is nothing(motion) is None
    assert len(asked) == 1


def test_nobody_changes_what_others_get() -> None:
    @once_per_motion
    def heights(motion: Motion) -> FloatArray:
        return np.zeros(len(motion))

    @once_per_motion
    def events(motion: Motion) -> list[int]:
        return [1, 2]

    @once_per_motion
    def series(motion: Motion) -> tuple[Series, ...]:
        return (Series(np.zeros(len(motion))),)

    motion = stander()
    with pytest.raises(ValueError, match="read-only"):
        heights(motion)[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        series(motion)[0].heights[0] = 1.0
    events(motion).append(3)
    assert events(motion) == [1, 2]


def test_results_go_with_their_motion_even_where_they_name_it() -> None:
    @once_per_motion
    def itself(motion: Motion) -> Motion:
        return motion

    motion = stander()
    itself(motion)
    gone = weakref.ref(motion)
    del motion
    gc.collect()
    assert gone() is None
