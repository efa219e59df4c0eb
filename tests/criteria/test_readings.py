"""Which repetitions may be read, where in them, and why something cannot be measured at all."""

from dataclasses import replace

import numpy as np
import pytest
from tests.criteria.rules import performance, swings

from formcheck.criteria.model import Measurement, Problem, of_each_side
from formcheck.criteria.readings import (
    judged_reps,
    largest,
    length_noise,
    noise,
    per_rep,
    said,
    smallest,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Held, Performance, Rep
from formcheck.vocabulary import Part, Side

NAN = float("nan")
KNEE, TOE = [(Part.KNEE, Side.LEFT)], [(Part.TOE, Side.LEFT)]


def problem(
    on: Performance, parts: list[tuple[Part, Side]], *, near_only: Side | None = None, of: Side | None = None
) -> Problem | None:
    reason = why_not(on, parts, near_only=near_only, of=of)
    return None if reason is None else reason.code


def smaller(on: Performance, scale: float) -> Performance:
    """Return the same seen from farther away."""
    poses = on.motion.detected
    return replace(on, motion=Motion(replace(poses, xy_px=480.0 + scale * (poses.xy_px - 480.0))))


def hidden(on: Performance, part: Part, side: Side, frames: slice = slice(None)) -> Performance:
    poses = on.motion.detected
    visibility = poses.visibility.copy()
    visibility[frames, part.on(side)] = 0.1
    return replace(on, motion=Motion(replace(poses, visibility=visibility)))


class TestWhyNot:
    def test_what_is_well_seen_can_be_measured(self) -> None:
        assert why_not(performance(), KNEE + TOE) is None

    def test_too_few_frames_a_second_are_told_with_both_numbers(self) -> None:
        reason = why_not(performance(rate_hz=12.0), KNEE, least_rate_hz=20.0)
        assert reason is not None
        assert reason.code is Problem.FRAME_RATE
        assert "12 frames a second" in reason.message
        assert "20 are needed" in reason.message

    def test_slow_exercises_need_five_frames_a_second(self) -> None:
        assert problem(performance(rate_hz=6.0), KNEE) is None
        assert problem(performance(rate_hz=4.0), KNEE) is Problem.FRAME_RATE

    def test_a_small_athlete_cannot_be_measured_and_feet_need_more(self) -> None:
        on = performance()
        assert problem(smaller(on, 0.4), KNEE) is Problem.TOO_SMALL
        assert problem(smaller(on, 0.55), KNEE) is None
        assert problem(smaller(on, 0.55), TOE) is Problem.TOO_SMALL

    def test_feet_that_are_only_places_need_no_more_pixels_than_a_knee(self) -> None:
        assert why_not(smaller(performance(), 0.55), TOE, feet_as_places=True) is None
        assert why_not(smaller(performance(), 0.4), TOE, feet_as_places=True) is not None

    def test_a_far_leg_is_refused_from_the_side_only(self) -> None:
        far = [(Part.KNEE, Side.RIGHT)]
        assert problem(performance(yaw=90.0), far, near_only=Side.RIGHT) is Problem.NOT_VISIBLE
        assert problem(performance(yaw=-90.0), far, near_only=Side.RIGHT) is None
        assert problem(performance(yaw=0.0), far, near_only=Side.RIGHT) is None

    def test_a_part_hidden_in_a_fifth_of_a_drill_is_refused_by_name(self) -> None:
        on = performance(swings(20))
        assert why_not(hidden(on, Part.KNEE, Side.LEFT, slice(0, 60)), KNEE) is None
        reason = why_not(hidden(on, Part.KNEE, Side.LEFT, slice(0, 120)), KNEE)
        assert reason is not None
        assert reason.code is Problem.NOT_VISIBLE
        assert "left knee" in reason.message

    def test_of_slow_repetitions_only_the_bottoms_need_to_be_seen(self) -> None:
        slow = performance([Rep(Side.LEFT, 30, 60, 90), Rep(Side.LEFT, 150, 180, 210), Rep(Side.LEFT, 270, 300, 330)])
        assert problem(hidden(slow, Part.KNEE, Side.LEFT, slice(70, 170)), KNEE) is None
        assert problem(hidden(slow, Part.KNEE, Side.LEFT, slice(50, 170)), KNEE) is Problem.NOT_VISIBLE

    def test_of_alternating_repetitions_the_other_sides_do_not_matter(self) -> None:
        slow = performance([Rep(Side.LEFT, 30, 60, 90), Rep(Side.RIGHT, 150, 180, 210)])
        seen_in_its_own = hidden(slow, Part.KNEE, Side.LEFT, slice(160, 200))
        assert problem(seen_in_its_own, KNEE, of=Side.LEFT) is None
        assert problem(seen_in_its_own, KNEE) is Problem.NOT_VISIBLE


class TestJudgedRepetitions:
    def test_the_first_and_last_two_steps_of_a_long_drill_are_left_out(self) -> None:
        steps = swings(14)
        on = performance(steps)
        assert judged_reps(on, None) == tuple(steps[2:-2])
        assert judged_reps(on, Side.LEFT) == tuple(step for step in steps[2:-2] if step.side is Side.LEFT)

    def test_of_a_short_drill_every_step_counts(self) -> None:
        steps = swings(9)
        assert judged_reps(performance(steps), None) == tuple(steps)

    def test_slow_repetitions_all_count(self) -> None:
        squats = [Rep(Side.LEFT, peak - 10, peak, peak + 10) for peak in range(20, 1000, 60)]
        assert len(judged_reps(performance(squats, seconds=40.0), None)) == len(squats)

    def test_each_gives_one_sample_at_its_own_moment(self) -> None:
        steps = swings(4)
        measured = per_rep(
            performance(steps), Side.LEFT, lambda rep: float(rep.peak), noise=2.0, at=lambda rep: rep.end
        )
        assert [(sample.value, round(30 * sample.time_s)) for sample in measured.samples] == [(10.0, 15), (34.0, 39)]
        assert measured.noise == 2.0

    def test_a_hold_is_not_a_drill(self) -> None:
        on = performance(swings(14), holds=(Held(None, 0, 100),))
        assert len(judged_reps(on, None)) == 14


class TestNoise:
    def test_a_small_picture_is_noisier(self) -> None:
        on = performance()
        assert noise(smaller(on, 0.4), "knee") > 1.5 * noise(on, "knee")
        assert length_noise(smaller(on, 0.4)) > 1.5 * length_noise(on)

    def test_a_knee_is_noisier_than_a_trunk_and_a_foot_more_so(self) -> None:
        on = performance()
        assert noise(on, "trunk") < noise(on, "knee") < noise(on, "foot")


class TestReadingASeries:
    series = np.array([1.0, NAN, 3.0, 9.0, 8.0, 2.0])

    def test_the_typical_value_is_the_median_of_what_is_known(self) -> None:
        assert value_at(self.series, slice(0, 4)) == 3.0
        assert np.isnan(value_at(self.series, slice(1, 2)))
        assert np.isnan(value_at(self.series, slice(3, 3)))

    def test_the_largest_is_backed_by_its_neighbours(self) -> None:
        assert largest(self.series, slice(None)) == 8.0
        assert smallest(self.series, slice(2, 6)) == 5.0

    def test_one_wild_frame_is_not_a_peak(self) -> None:
        assert largest(np.array([1.0, 1.0, 50.0, 1.0, 1.0]), slice(None)) == 1.0

    def test_an_unknown_series_has_no_peak(self) -> None:
        unknown = np.full(5, NAN)
        assert np.isnan(largest(unknown, slice(None)))
        assert np.isnan(smallest(unknown, slice(None)))

    def test_a_reason_alone_is_a_measurement_without_samples(self) -> None:
        reason = why_not(performance(rate_hz=4.0), KNEE)
        assert reason is not None
        assert unmeasurable(reason).problem is reason
        assert unmeasurable(reason).samples == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [(7.4, "leans by +7 degrees"), (-7.4, "leans by −7 degrees"), (-0.2, "leans by +0 degrees"), (float("nan"), "")],
)
def test_a_value_is_said_with_a_true_minus_and_no_sign_before_a_zero(value: float, words: str) -> None:
    assert said("leans by {:+.0f} degrees", value) == words


def test_a_measure_of_one_side_says_so_when_it_is_asked_of_the_whole_body() -> None:
    @of_each_side
    def reach(_: Performance, side: Side) -> Measurement:
        return Measurement(value=1.0 if side is Side.LEFT else 2.0)

    somebody = performance()
    assert (reach(somebody, Side.LEFT).value, reach(somebody, Side.RIGHT).value) == (1.0, 2.0)
    with pytest.raises(ValueError, match="reach measures one side"):
        reach(somebody, None)
