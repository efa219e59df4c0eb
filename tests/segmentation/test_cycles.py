"""Excursions of a signal and runs of flags."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from formcheck.kinematics.runs import runs
from formcheck.segmentation.cycles import Cycle, excursions

NAN = float("nan")


def found(*signal: float, enter: float = 0.5, leave: float = 0.2) -> list[Cycle]:
    return excursions(np.array(signal, dtype=np.float64), enter=enter, leave=leave)


class TestExcursions:
    def test_one_reaches_from_leaving_the_low_level_to_coming_back(self) -> None:
        assert found(0, 0.3, 0.6, 1.0, 0.4, 0.1, 0) == [Cycle(1, 3, 5)]

    def test_what_never_rises_high_enough_is_none(self) -> None:
        assert found(0, 0.3, 0.5, 0.3, 0) == []

    def test_trembling_on_the_way_does_not_make_two(self) -> None:
        assert found(0, 0.6, 0.4, 0.7, 0.3, 0.9, 0) == [Cycle(1, 5, 6)]

    def test_a_return_below_the_low_level_makes_two(self) -> None:
        assert found(0, 0.6, 0.1, 0.9, 0) == [Cycle(1, 1, 2), Cycle(3, 3, 4)]

    def test_one_that_the_clips_start_cuts_is_not_whole(self) -> None:
        assert found(0.9, 0.6, 0, 0) == [Cycle(0, 0, 2, whole=False)]

    def test_one_that_the_clips_end_cuts_is_not_whole(self) -> None:
        assert found(0, 0.6, 0.9) == [Cycle(1, 2, 2, whole=False)]

    @pytest.mark.parametrize(
        "signal", [(0, 0.6, NAN, 0, 0), (0, NAN, 0.6, 0.3, 0)], ids=["lost at its end", "lost at its start"]
    )
    def test_one_that_a_gap_cuts_is_not_whole(self, signal: tuple[float, ...]) -> None:
        assert [cycle.whole for cycle in found(*signal)] == [False]

    def test_a_gap_in_the_middle_makes_two_that_are_not_whole(self) -> None:
        assert [(cycle.peak, cycle.whole) for cycle in found(0, 0.6, 0.9, NAN, 0.8, 0.6, 0)] == [(2, False), (4, False)]

    def test_a_gap_elsewhere_does_no_harm(self) -> None:
        assert found(NAN, 0, 0.9, 0, NAN) == [Cycle(2, 2, 3)]

    def test_nothing_known_has_none(self) -> None:
        assert found(NAN, NAN, NAN) == []
        assert found() == []

    def test_its_frames_include_both_ends(self) -> None:
        assert np.arange(10)[Cycle(2, 4, 6).frames].tolist() == [2, 3, 4, 5, 6]

    @given(st.integers(1, 12), st.integers(8, 60), st.floats(0.1, 50.0))
    def test_as_many_are_found_as_there_are_waves(self, waves: int, frames_each: int, height: float) -> None:
        angle = 2 * np.pi * np.arange(waves * frames_each + 1) / frames_each
        signal = height * (1 - np.cos(angle)) / 2
        cycles = excursions(signal, enter=0.5 * height, leave=0.2 * height)
        assert len(cycles) == waves
        assert all(cycle.whole for cycle in cycles)

    @given(hnp.arrays(np.float64, st.integers(0, 60), elements=st.one_of(st.just(NAN), st.floats(-2.0, 2.0))))
    def test_they_come_in_order_apart_and_with_their_peak_inside(self, signal: np.ndarray) -> None:
        cycles = excursions(signal, enter=0.5, leave=0.2)
        for cycle in cycles:
            assert cycle.start <= cycle.peak <= cycle.end < len(signal)
            assert signal[cycle.peak] > 0.5
        for before, after in pairwise(cycles):
            assert before.end <= after.start


class TestRuns:
    def test_each_unbroken_stretch_is_one_slice(self) -> None:
        assert runs(np.array([True, True, False, True])) == [slice(0, 2), slice(3, 4)]

    def test_nothing_true_has_none(self) -> None:
        assert runs(np.zeros(4, dtype=bool)) == []
        assert runs(np.zeros(0, dtype=bool)) == []

    @given(hnp.arrays(np.bool_, st.integers(0, 60)))
    def test_together_they_are_exactly_what_was_true(self, flags: np.ndarray) -> None:
        rebuilt = np.zeros(len(flags), dtype=bool)
        for stretch in runs(flags):
            rebuilt[stretch] = True
        assert rebuilt.tolist() == flags.tolist()
