"""The few figures of the README come from the stored results as they are."""

import pytest
from benchmarks.headline import Share, answered_tracks, counted_tracks, headline, held, recognised
from tests.benchmarks.stored import accuracy_run


def test_a_share_is_told_with_the_interval_of_the_true_one() -> None:
    low, high = Share(50, 50).interval
    assert (round(low, 3), high) == (0.929, 1.0)
    low, high = Share(8, 10).interval
    assert (low, high) == pytest.approx((0.490, 0.943), abs=0.001)
    assert str(Share(8, 10)) == "8 of 10 (49% to 94%)"
    assert str(Share(0, 0)) == "nothing measured"


def test_counts_are_added_up_over_exercises_and_tracks() -> None:
    run = accuracy_run()
    assert (recognised(run), answered_tracks(run), counted_tracks(run)) == (Share(8, 9), Share(1, 2), Share(1, 1))


def test_a_hold_that_is_told_too_short_is_as_wrong_as_one_too_long() -> None:
    assert held(accuracy_run()) == Share(1, 2)


def test_the_short_table_tells_every_figure_with_its_unit() -> None:
    told = {what: result for what, result in headline(accuracy_run()).rows}  # noqa: C416 - rows are not typed as pairs
    assert told["cadence, largest error"] == "0.30 %"
    assert told["hold time, median error"] == "0.50 s"
    assert told["knee, near side from the side: mean absolute error"] == "4.0 degrees"
    assert told["steps of drills exact"] == "nothing measured"
