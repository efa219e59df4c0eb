"""The filters, measured as filters: which frequencies pass, what is late, what counts as an outlier or a gap."""

from collections.abc import Callable

import numpy as np
import pytest

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray

Clip = Callable[[float], FloatArray]
RATES = pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0, 240.0])
NAN = float("nan")


def even(rate_hz: float, seconds: float = 8.0) -> FloatArray:
    return np.arange(round(seconds * rate_hz)) / rate_hz


def uneven(rate_hz: float, seconds: float = 8.0) -> FloatArray:
    """Return frame times that wander by up to 30 % of a frame, as phones write them."""
    ticks = np.random.default_rng(3).uniform(-0.3, 0.3, round(seconds * rate_hz)) / rate_hz
    time_s = even(rate_hz, seconds) + ticks
    return np.asarray(time_s - time_s[0])


def passed(time_s: FloatArray, cut_hz: float, frequency_hz: float) -> tuple[float, float]:
    """Return the gain of a sine through the low-pass and its delay in degrees, away from the clip's ends."""
    turning = 2 * np.pi * frequency_hz * time_s
    smooth = smoothing.low_passed(np.sin(turning), time_s, cut_hz)
    middle = (time_s > 2.0) & (time_s < 6.0)
    basis = np.stack([np.sin(turning), np.cos(turning)], axis=1)[middle]
    in_step, late = np.linalg.lstsq(basis, smooth[middle], rcond=None)[0]
    return float(np.hypot(in_step, late)), float(-np.degrees(np.arctan2(late, in_step)))


class TestLowPass:
    @pytest.mark.parametrize(
        ("rate_hz", "cut_hz"),
        [(12.0, 3.0), (24.0, 6.0), (25.0, 6.25), (30.0, 7.0), (50.0, 8.0), (60.0, 8.0), (240.0, 8.0)],
    )
    def test_the_cut_off_follows_the_frame_rate(self, rate_hz: float, cut_hz: float) -> None:
        assert smoothing.cut_off_hz(rate_hz) == pytest.approx(cut_hz)

    @RATES
    @pytest.mark.parametrize("clip", [even, uneven])
    def test_movement_passes_whole_and_on_time(self, rate_hz: float, clip: Clip) -> None:
        time_s, cut = clip(rate_hz), smoothing.cut_off_hz(rate_hz)
        for frequency in (0.5, 1.0, 2.0):
            gain, delay = passed(time_s, cut, frequency)
            assert 0.96 < gain < 1.02
            assert abs(delay) < 1.0

    @RATES
    @pytest.mark.parametrize("clip", [even, uneven])
    def test_half_is_left_at_the_cut_off(self, rate_hz: float, clip: Clip) -> None:
        """Twice a filter that leaves 71 % there; curves between uneven frames take a little more."""
        cut = smoothing.cut_off_hz(rate_hz)
        gain, delay = passed(clip(rate_hz), cut, cut)
        assert gain == pytest.approx(0.5, abs=0.03 if clip is even else 0.11)
        assert abs(delay) < 3.0

    @pytest.mark.parametrize("rate_hz", [60.0, 240.0])
    def test_jitter_is_taken_out(self, rate_hz: float) -> None:
        gain, _ = passed(even(rate_hz), smoothing.cut_off_hz(rate_hz), 25.0)
        assert gain < 0.02

    @RATES
    def test_a_place_that_is_kept_is_kept_to_its_ends(self, rate_hz: float) -> None:
        time_s = even(rate_hz, 2.0)
        still = np.full((len(time_s), 33, 2), 417.0)
        np.testing.assert_allclose(smoothing.low_passed(still, time_s, 6.0), still)

    def test_each_stretch_between_gaps_is_smoothed_by_itself(self) -> None:
        time_s = even(30.0, 4.0)
        series = np.where(time_s < 2.0, 0.0, 100.0)
        series[58:62] = NAN
        smooth = smoothing.low_passed(series, time_s, 7.0)
        assert np.isnan(smooth).tolist() == np.isnan(series).tolist()
        np.testing.assert_allclose(smooth[:58], 0.0, atol=1e-9)
        np.testing.assert_allclose(smooth[62:], 100.0)

    def test_landmarks_that_are_hidden_at_different_times_do_not_disturb_each_other(self) -> None:
        time_s = even(30.0, 3.0)
        wave = np.sin(2 * np.pi * time_s)
        points = np.stack([wave, wave, wave], axis=1)
        points[20:40, 1] = NAN
        smooth = smoothing.low_passed(points, time_s, 7.0)
        np.testing.assert_allclose(smooth[:, 0], smooth[:, 2])
        np.testing.assert_allclose(smooth[:, 0], smoothing.low_passed(wave, time_s, 7.0))

    def test_a_few_frames_are_left_as_they_are(self) -> None:
        few = np.array([1.0, 5.0, 2.0, 8.0])
        np.testing.assert_array_equal(smoothing.low_passed(few, even(30.0)[:4], 7.0), few)

    def test_a_single_frame_has_no_rate_and_stays(self) -> None:
        assert np.isnan(smoothing.frame_rate(np.array([0.0])))
        np.testing.assert_array_equal(smoothing.low_passed(np.array([3.0]), np.array([0.0]), 7.0), [3.0])

    def test_dropped_frames_count_for_the_frame_rate(self) -> None:
        kept = np.arange(150) % 5 != 2
        assert smoothing.frame_rate(even(30.0, 5.0)[kept]) == pytest.approx(24.0, rel=0.01)

    def test_the_frame_rate_is_the_typical_one_despite_a_pause(self) -> None:
        assert smoothing.frame_rate(np.array([0.0, 0.1, 0.2, 1.5, 1.6])) == pytest.approx(10.0)


class TestOutliers:
    def test_a_jump_of_one_frame_is_put_back(self) -> None:
        points = np.full((40, 2), 300.0)
        points[17] = 900.0, 20.0
        np.testing.assert_array_equal(smoothing.without_outliers(points, floor=5.0), np.full((40, 2), 300.0))

    def test_a_jump_of_two_frames_is_put_back(self) -> None:
        points = np.full(40, 300.0)
        points[17:19] = 900.0
        np.testing.assert_array_equal(smoothing.without_outliers(points, floor=5.0), np.full(40, 300.0))

    def test_jitter_below_the_floor_is_left_alone(self) -> None:
        points = np.full(40, 300.0)
        points[17] = 304.0
        np.testing.assert_array_equal(smoothing.without_outliers(points, floor=5.0), points)

    @pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0])
    def test_real_movement_stays(self, rate_hz: float) -> None:
        """An ankle of butt kicks at 200 steps a minute: half a metre up and down, trunk 150 pixels."""
        time_s = even(rate_hz, 4.0)
        ankle = 120.0 * np.maximum(np.sin(2 * np.pi * 200 / 120 * time_s), 0.0)
        kept = smoothing.without_outliers(ankle, floor=0.06 * 150)
        assert np.abs(kept - ankle).max() <= 0.06 * 120.0

    def test_a_step_to_another_place_stays(self) -> None:
        points = np.where(np.arange(40) < 20, 100.0, 500.0)
        np.testing.assert_array_equal(smoothing.without_outliers(points, floor=5.0), points)

    @pytest.mark.parametrize("seen", [1, 2, 3])
    def test_a_short_sight_of_somebody_between_gaps_stays(self, seen: int) -> None:
        points = np.full((30, 2), NAN)
        points[12 : 12 + seen] = 640.0, 480.0
        np.testing.assert_array_equal(smoothing.without_outliers(points, floor=5.0), points)

    def test_the_frames_beside_a_gap_stay(self) -> None:
        points = 400.0 + np.arange(40.0)
        points[10:13] = NAN
        points[15:30] = NAN
        np.testing.assert_array_equal(smoothing.without_outliers(points, floor=5.0), points)

    def test_nothing_seen_stays_nothing(self) -> None:
        assert np.isnan(smoothing.without_outliers(np.full((20, 2), NAN), floor=5.0)).all()


class TestGaps:
    @pytest.mark.parametrize(
        ("rate_hz", "missing", "bridged"),
        [
            (30.0, 1, True),
            (30.0, 3, True),
            (30.0, 5, False),
            (60.0, 8, True),
            (60.0, 10, False),
            (10.0, 1, False),
            (240.0, 35, True),
        ],
    )
    def test_a_gap_is_bridged_up_to_0_15_seconds(self, rate_hz: float, missing: int, bridged: bool) -> None:
        series = np.arange(100.0)
        series[40 : 40 + missing] = NAN
        whole = smoothing.without_gaps(series, np.arange(100) / rate_hz)
        assert np.isfinite(whole).all() == bridged
        np.testing.assert_allclose(whole[np.isfinite(whole)], np.arange(100.0)[np.isfinite(whole)])

    def test_a_bridge_follows_the_frames_own_times(self) -> None:
        whole = smoothing.without_gaps(np.array([0.0, NAN, 10.0]), np.array([0.0, 0.08, 0.10]))
        np.testing.assert_allclose(whole, [0.0, 8.0, 10.0])

    def test_the_ends_of_a_clip_are_not_guessed(self) -> None:
        series = np.array([NAN, 1.0, 2.0, NAN])
        np.testing.assert_array_equal(smoothing.without_gaps(series, np.arange(4) / 30.0), series)

    def test_each_landmark_is_bridged_by_itself(self) -> None:
        points = np.zeros((5, 2, 2))
        points[2, 1] = NAN
        assert np.isfinite(smoothing.without_gaps(points, np.arange(5) / 30.0)).all()

    def test_what_is_given_is_not_changed(self) -> None:
        series = np.array([0.0, NAN, 2.0])
        smoothing.without_gaps(series, np.arange(3) / 30.0)
        assert np.isnan(series[1])


class TestFramesThatLieOddlyInTime:
    def test_a_pause_of_days_is_not_filled_with_frames(self) -> None:
        time_s = even(30.0)
        points = np.sin(2 * np.pi * time_s)[:, None]
        time_s[120:] += 4e5
        both = smoothing.low_passed(points, time_s, 7.0)
        for half in (slice(0, 120), slice(120, 240)):
            alone = smoothing.low_passed(points[half], time_s[half], 7.0)
            np.testing.assert_allclose(both[half], alone, atol=1e-6)

    def test_stamps_that_nearly_coincide_are_not_a_rate(self) -> None:
        time_s = even(30.0)
        time_s[1::2] = time_s[::2] + 1e-6
        assert smoothing.frame_rate(time_s) == 1000.0
        points = np.sin(2 * np.pi * time_s)[:, None]
        assert np.isfinite(smoothing.low_passed(points, time_s, 7.0)).all()


class TestRunningMedian:
    def test_a_short_turn_of_the_head_is_ignored(self) -> None:
        series = np.zeros(90)
        series[40:48] = 1.0
        np.testing.assert_array_equal(smoothing.running_median(series, even(30.0, 3.0), 1.0), np.zeros(90))

    def test_turning_round_is_followed_at_its_own_time(self) -> None:
        series = np.where(np.arange(120) < 60, -1.0, 1.0)
        np.testing.assert_array_equal(smoothing.running_median(series, even(30.0, 4.0), 1.0), series)

    def test_unknown_frames_stay_unknown_and_do_not_pull(self) -> None:
        series = np.full(60, 5.0)
        series[20:30] = NAN
        result = smoothing.running_median(series, even(30.0, 2.0), 0.5)
        np.testing.assert_array_equal(result, series)

    def test_nothing_known_stays_nothing(self) -> None:
        assert np.isnan(smoothing.running_median(np.full(10, NAN), even(30.0)[:10], 1.0)).all()

    def test_many_marks_are_voted_each_for_itself(self) -> None:
        time_s = even(30.0, 2.0)
        marks = np.random.default_rng(0).normal(size=(len(time_s), 3, 2))
        marks[20:25, 1] = NAN
        marks[:, 2, 1] = NAN
        voted = smoothing.running_median(marks, time_s, 0.5)
        for mark, axis in np.ndindex(3, 2):
            np.testing.assert_array_equal(
                voted[:, mark, axis], smoothing.running_median(marks[:, mark, axis], time_s, 0.5)
            )
