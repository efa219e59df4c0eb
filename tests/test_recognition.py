"""Which exercise is done where: overlapping answers, doubtful ones, and one that the user names."""

from __future__ import annotations

import pytest
from tests.stick_figure import facing, filmed, standing, times

from formcheck.criteria.exercise import Exercise
from formcheck.kinematics.motion import Motion
from formcheck.recognition import Candidate, as_given, recognise
from formcheck.segmentation.performance import Bout

RATE_HZ = 10.0


@pytest.fixture(scope="module")
def minute() -> Motion:
    """A clip of a minute; what is done in it is what the exercises say."""
    time_s = times(60.0, RATE_HZ)
    return Motion(filmed(standing(len(time_s)), time_s, facing(90.0)))


def bout(start_s: float, end_s: float, confidence: float) -> Bout:
    return Bout(start=round(start_s * RATE_HZ), end=round(end_s * RATE_HZ), confidence=confidence)


def exercise(name: str, *bouts: Bout, anyway: tuple[Bout, ...] = ()) -> Exercise:
    """Return an exercise that finds these bouts in any motion."""
    return Exercise(
        id=name,
        name=name.capitalize(),
        section="Activation drills",
        summary="Somebody moves.",
        film="from the side",
        shown_angles=(),
        criteria=(),
        find=lambda _motion: bouts,
        find_anyway=lambda _motion: anyway,
    )


def named(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.exercise.id for candidate in candidates]


class TestRecognise:
    def test_one_exercise_is_found_with_its_bout(self, minute: Motion) -> None:
        whole = bout(0, 50, 0.9)
        (candidate,) = recognise(minute, [exercise("skipping", whole), exercise("hopping")])
        assert (candidate.exercise.id, candidate.bout, candidate.alternatives) == ("skipping", whole, ())

    def test_a_session_gives_several_in_the_order_of_the_clip(self, minute: Motion) -> None:
        skipping = exercise("skipping", bout(30, 40, 0.9), bout(0, 10, 0.8))
        hopping = exercise("hopping", bout(15, 25, 0.9))
        assert named(recognise(minute, [skipping, hopping])) == ["skipping", "hopping", "skipping"]

    def test_the_surer_of_two_for_the_same_stretch_wins_and_the_other_is_named(self, minute: Motion) -> None:
        (candidate,) = recognise(
            minute, [exercise("skipping", bout(0, 20, 0.7)), exercise("hopping", bout(1, 20, 0.9))]
        )
        assert candidate.exercise.id == "hopping"
        assert candidate.alternatives == (("skipping", 0.7),)

    @pytest.mark.parametrize(("second", "found"), [(0.8, []), (0.76, []), (0.74, ["skipping"]), (0.5, ["skipping"])])
    def test_two_that_are_nearly_as_sure_are_neither(self, minute: Motion, second: float, found: list[str]) -> None:
        catalogue = [exercise("skipping", bout(0, 20, 0.9)), exercise("hopping", bout(0, 20, second))]
        assert named(recognise(minute, catalogue)) == found

    def test_doubt_about_one_stretch_does_not_touch_another(self, minute: Motion) -> None:
        skipping = exercise("skipping", bout(0, 20, 0.9), bout(30, 50, 0.9))
        assert [c.bout.start for c in recognise(minute, [skipping, exercise("hopping", bout(0, 20, 0.85))])] == [300]

    def test_a_sure_short_stretch_goes_before_a_doubtful_long_one_around_it(self, minute: Motion) -> None:
        catalogue = [exercise("skipping", bout(0, 50, 0.6)), exercise("hopping", bout(10, 25, 0.95))]
        assert named(recognise(minute, catalogue)) == ["hopping"]

    @pytest.mark.parametrize(("end_s", "found"), [(15.0, ["skipping"]), (40.0, [])], ids=["short", "long"])
    def test_a_piece_that_is_no_surer_must_be_long_to_contest_a_stretch(
        self, minute: Motion, end_s: float, found: list[str]
    ) -> None:
        catalogue = [exercise("skipping", bout(0, 50, 0.9)), exercise("hopping", bout(5, end_s, 0.9))]
        assert named(recognise(minute, catalogue)) == found

    def test_no_moment_belongs_to_two(self, minute: Motion) -> None:
        catalogue = [exercise("skipping", bout(0, 30, 0.95)), exercise("hopping", bout(25, 55, 0.95))]
        assert named(recognise(minute, catalogue)) == ["hopping"] or named(recognise(minute, catalogue)) == ["skipping"]

    @pytest.mark.parametrize(("confidence", "found"), [(0.5, ["skipping"]), (0.49, [])])
    def test_half_sure_is_the_least(self, minute: Motion, confidence: float, found: list[str]) -> None:
        assert named(recognise(minute, [exercise("skipping", bout(0, 20, confidence))])) == found

    def test_less_than_a_second_is_nothing(self, minute: Motion) -> None:
        assert recognise(minute, [exercise("skipping", bout(0, 0.8, 1.0))]) == ()

    def test_the_order_of_the_catalogue_does_not_matter(self, minute: Motion) -> None:
        catalogue = [exercise("skipping", bout(0, 20, 0.8), bout(25, 40, 0.8)), exercise("hopping", bout(20, 40, 0.99))]
        assert recognise(minute, catalogue) == recognise(minute, catalogue[::-1])

    def test_alternatives_come_likeliest_first(self, minute: Motion) -> None:
        rivals = [exercise("hopping", bout(0, 20, 0.5)), exercise("jumping", bout(0, 11, 0.7))]
        (candidate,) = recognise(minute, [exercise("skipping", bout(0, 20, 0.95)), *rivals])
        assert candidate.alternatives == (("jumping", 0.7), ("hopping", 0.5))

    def test_an_empty_catalogue_knows_nothing(self, minute: Motion) -> None:
        assert recognise(minute, []) == ()


class TestAsGiven:
    def test_it_is_taken_where_it_is_found(self, minute: Motion) -> None:
        skipping = exercise("skipping", bout(5, 20, 0.8), anyway=(bout(0, 60, 0.0),))
        (candidate,) = as_given(minute, skipping, [skipping])
        assert (candidate.bout.start, candidate.alternatives) == (50, ())

    def test_where_it_is_not_found_its_events_are_taken_anyway(self, minute: Motion) -> None:
        skipping = exercise("skipping", bout(5, 20, 0.3), anyway=(bout(2, 30, 0.0),))
        (candidate,) = as_given(minute, skipping, [skipping])
        assert (candidate.bout.start, candidate.bout.confidence) == (20, 0.0)

    def test_what_the_stretch_looks_like_instead_is_named(self, minute: Motion) -> None:
        skipping = exercise("skipping", anyway=(bout(0, 30, 0.0),))
        (candidate,) = as_given(minute, skipping, [skipping, exercise("hopping", bout(0, 30, 0.9))])
        assert candidate.exercise.id == "skipping"
        assert candidate.alternatives == (("hopping", 0.9),)

    def test_what_is_done_elsewhere_in_the_clip_is_no_contradiction(self, minute: Motion) -> None:
        skipping = exercise("skipping", bout(0, 20, 0.9))
        (candidate,) = as_given(minute, skipping, [skipping, exercise("hopping", bout(30, 50, 0.9))])
        assert candidate.alternatives == ()

    def test_the_user_wins_over_a_surer_rival(self, minute: Motion) -> None:
        skipping = exercise("skipping", bout(0, 20, 0.6))
        (candidate,) = as_given(minute, skipping, [skipping, exercise("hopping", bout(0, 20, 0.95))])
        assert (candidate.exercise.id, candidate.alternatives) == ("skipping", (("hopping", 0.95),))

    def test_several_resemblances_come_likeliest_first(self, minute: Motion) -> None:
        skipping = exercise("skipping", anyway=(bout(0, 50, 0.0),))
        rivals = [exercise("hopping", bout(0, 20, 0.6)), exercise("jumping", bout(25, 50, 0.9))]
        (candidate,) = as_given(minute, skipping, [skipping, *rivals])
        assert candidate.alternatives == (("jumping", 0.9), ("hopping", 0.6))

    def test_where_it_has_no_events_at_all_there_is_nothing(self, minute: Motion) -> None:
        skipping = exercise("skipping")
        assert as_given(minute, skipping, [skipping]) == ()
