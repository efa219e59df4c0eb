import pytest
from benchmarks.counts import cadences, counts, holds, track_counts
from benchmarks.recognition import ClipResult
from benchmarks.results import Results
from tests.benchmarks.outcomes import CATALOGUE, answer, clip, outcome, track


def results_with(*clips: ClipResult) -> Results:
    return Results(clips=clips, cameras=(), tracks=(), catalogue=CATALOGUE, drills=frozenset({"high_knees"}))


def test_one_step_more_or_less_is_nothing_and_one_repetition_is() -> None:
    drill = clip("a", exercise="high_knees"), outcome(answer("high_knees", repetitions=14), repetitions=13)
    squat = clip("b"), outcome(answer(repetitions=4), repetitions=3)
    assert [(count.off, count.is_exact) for count in counts(results_with(drill, squat))] == [(1, True), (1, False)]


def test_nothing_found_counts_as_no_repetition() -> None:
    (count,) = counts(results_with((clip(), outcome(repetitions=3))))
    assert (count.counted, count.is_exact) == (0, False)


def test_the_longest_hold_is_compared() -> None:
    plank = clip(exercise="front_plank"), outcome(answer("front_plank", holds=(1.0, 6.1)), repetitions=None, hold_s=6.2)
    (reading,) = holds(results_with(plank))
    assert reading.error == pytest.approx(-0.1)


def test_a_cadence_that_is_not_told_has_no_error() -> None:
    told = clip("a", exercise="high_knees"), outcome(answer("high_knees", cadence=153.0), cadence=150.0)
    untold = clip("b", exercise="high_knees"), outcome(answer("high_knees"), cadence=150.0)
    assert [reading.percent for reading in cadences(results_with(told, untold))] == [pytest.approx(2.0), None]


def test_tracks_are_counted_only_where_the_answer_is_right() -> None:
    right = track("lunge", repetitions=5), outcome(answer(repetitions=4))
    wrong = track("none", repetitions=5), outcome(answer(repetitions=5))
    found = track_counts(
        Results(clips=(), cameras=(), tracks=(right, wrong), catalogue=CATALOGUE, drills=frozenset({"high_knees"}))
    )
    assert [(count.counted, count.is_right) for count in found] == [(4, True)]
