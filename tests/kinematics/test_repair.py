"""Undoing the detector's mistakes: exchanged legs above all, and leaving alone what is right."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from tests.athlete import Camera, Film
from tests.athlete import filmed as athlete_filmed
from tests.movements.lunges import Lunge, lunge
from tests.stick_figure import PIXELS_PER_METRE, TRUNK, facing, filmed, standing, stepping, times, with_leg

from formcheck.kinematics import repair
from formcheck.kinematics.geometry import FloatArray
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

RATES = pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0])


def high_knees(rate_hz: float, seconds: float = 4.0) -> PoseSequence:
    time_s = times(seconds, rate_hz)
    return filmed(stepping(time_s, 150.0), time_s, facing(80.0))


def exchanged(poses: PoseSequence, frames: npt.NDArray[np.bool_]) -> PoseSequence:
    """Return what a detector gives that takes one leg for the other in some frames."""
    return replace(
        poses,
        xy_px=with_exchange(poses.xy_px, frames),
        z_px=with_exchange(poses.z_px, frames),
        visibility=with_exchange(poses.visibility, frames),
        presence=with_exchange(poses.presence, frames),
        world_m=with_exchange(poses.world_m, frames),
    )


def with_exchange(values: FloatArray, frames: npt.NDArray[np.bool_]) -> FloatArray:
    changed = values.copy()
    for left, right in zip(repair.LEFT_LEG, repair.RIGHT_LEG, strict=True):
        changed[frames, left], changed[frames, right] = values[frames, right], values[frames, left]
    return changed


def between(poses: PoseSequence, *spans: tuple[float, float]) -> npt.NDArray[np.bool_]:
    return np.asarray(np.any([(poses.time_s >= start) & (poses.time_s < end) for start, end in spans], axis=0))


class TestExchangedLegs:
    @RATES
    @pytest.mark.parametrize(
        "spans",
        [[(0.9, 1.1)], [(0.96, 1.45)], [(0.5, 0.7), (1.3, 1.5), (2.5, 2.7)]],
        ids=["a moment", "from swing to swing", "three times"],
    )
    def test_exchanged_legs_of_a_stride_are_put_right(self, rate_hz: float, spans: list[tuple[float, float]]) -> None:
        poses = high_knees(rate_hz)
        wrong = between(poses, *spans)
        mended = repair.with_legs_put_right(exchanged(poses, wrong))
        apart = np.linalg.norm(poses.xy_px[:, repair.LEFT_LEG] - poses.xy_px[:, repair.RIGHT_LEG], axis=2).max(axis=1)
        told_apart = apart > 0.3 * TRUNK * PIXELS_PER_METRE
        np.testing.assert_allclose(mended.xy_px[told_apart], poses.xy_px[told_apart])

    @RATES
    @pytest.mark.parametrize("start_s", [0.15, 0.3], ids=["half way up", "near the top"])
    def test_an_exchange_in_a_slow_swing_is_put_right_where_it_is_and_not_before_it(
        self, rate_hz: float, start_s: float
    ) -> None:
        time_s = times(6.0, rate_hz)
        poses = filmed(stepping(time_s, 60.0), time_s, facing(80.0))
        wrong = between(poses, (2.0 + start_s, 2.0 + start_s + 0.5))
        mended = repair.with_legs_put_right(exchanged(poses, wrong))
        apart = np.linalg.norm(poses.xy_px[:, repair.LEFT_LEG] - poses.xy_px[:, repair.RIGHT_LEG], axis=2).max(axis=1)
        told_apart = apart > 0.3 * TRUNK * PIXELS_PER_METRE
        np.testing.assert_allclose(mended.xy_px[told_apart], poses.xy_px[told_apart])

    @RATES
    def test_legs_that_are_right_are_left_alone(self, rate_hz: float) -> None:
        poses = high_knees(rate_hz)
        assert repair.with_legs_put_right(poses) is poses

    @RATES
    def test_fast_legs_with_jitter_are_left_alone(self, rate_hz: float) -> None:
        time_s = times(4.0, rate_hz)
        poses = filmed(stepping(time_s, 220.0, thigh_deg=95.0), time_s, facing(80.0))
        noise = np.random.default_rng(1).normal(0.0, 2.0, poses.xy_px.shape)
        shaky = replace(poses, xy_px=poses.xy_px + noise)
        assert repair.with_legs_put_right(shaky) is shaky

    @RATES
    @pytest.mark.parametrize("glitch_s", [0.0, 0.09], ids=["at once", "with some frames of something between"])
    def test_legs_that_change_places_at_the_bottom_of_a_lunge_are_put_right(
        self, rate_hz: float, glitch_s: float
    ) -> None:
        wanted = Lunge(repetitions=2, seconds=4.0)
        poses = athlete_filmed(lunge(wanted), wanted.lasts, Film(fps=rate_hz, camera=Camera(yaw=80.0)))
        bottom = wanted.pause + 0.5 * wanted.seconds
        wrong = between(poses, (bottom - 0.4, bottom + 0.3))
        glitch = between(poses, (bottom - 0.4 - glitch_s, bottom - 0.4))
        seen = exchanged(poses, wrong)
        legs = np.concatenate([repair.LEFT_LEG, repair.RIGHT_LEG])
        seen.xy_px[np.ix_(np.flatnonzero(glitch), legs)] = seen.xy_px[:, legs].mean(axis=1, keepdims=True)[glitch]
        mended = repair.repaired(seen)
        np.testing.assert_allclose(mended.xy_px, repair.repaired(poses).xy_px, atol=0.05 * TRUNK * PIXELS_PER_METRE)

    def test_a_change_in_each_of_two_lunges_does_not_exchange_the_standing_between(self) -> None:
        wanted = Lunge(repetitions=2, seconds=4.0)
        poses = athlete_filmed(lunge(wanted), wanted.lasts, Film(fps=30.0, camera=Camera(yaw=80.0)))
        first = wanted.pause + 0.5 * wanted.seconds
        second = first + wanted.seconds + wanted.pause
        slowly = np.interp(poses.time_s, [first - 0.4, first - 0.39, first, first + 0.4], [0.0, 1.0, 1.0, 0.0])
        again = np.interp(poses.time_s, [second - 0.4, second, second + 0.39, second + 0.4], [0.0, 1.0, 1.0, 0.0])
        share, seen = (slowly + again)[:, None, None], replace(poses, xy_px=poses.xy_px.copy())
        for leg, other in ((repair.LEFT_LEG, repair.RIGHT_LEG), (repair.RIGHT_LEG, repair.LEFT_LEG)):
            seen.xy_px[:, leg] = (1.0 - share) * poses.xy_px[:, leg] + share * poses.xy_px[:, other]
        untouched = between(poses, (first + 0.5, second - 0.5))
        mended = repair.with_legs_put_right(seen)
        np.testing.assert_array_equal(mended.xy_px[untouched], poses.xy_px[untouched])

    @RATES
    @pytest.mark.parametrize("blur_s", [0.02, 0.06], ids=["a frame or so", "two frames or so"])
    def test_a_glitch_beside_crossing_legs_does_not_exchange_the_swing_between(
        self, rate_hz: float, blur_s: float
    ) -> None:
        poses = high_knees(rate_hz)
        legs = np.stack([poses.xy_px[:, repair.LEFT_LEG], poses.xy_px[:, repair.RIGHT_LEG]])
        peak = float(poses.time_s[20 + np.abs(legs[0] - legs[1]).sum(axis=(1, 2))[20:].argmax()])
        mixed = between(poses, (peak - 0.5 * blur_s, peak + 0.5 * blur_s + 1e-6))
        run_together = replace(poses, xy_px=poses.xy_px.copy())
        for rows, share in ((repair.LEFT_LEG, 0.45), (repair.RIGHT_LEG, 0.55)):
            run_together.xy_px[:, rows] = np.where(
                mixed[:, None, None], share * legs[0] + (1.0 - share) * legs[1], poses.xy_px[:, rows]
            )
        mended = repair.with_legs_put_right(run_together)
        np.testing.assert_allclose(mended.xy_px[~mixed], poses.xy_px[~mixed])

    def test_somebody_who_stands_is_left_alone(self) -> None:
        poses = filmed(standing(60), times(2.0, 30.0), facing(80.0))
        assert repair.with_legs_put_right(poses) is poses

    def test_depth_visibility_and_world_go_with_the_leg(self) -> None:
        poses = high_knees(30.0)
        poses.visibility[:, repair.RIGHT_LEG] = 0.6
        wrong = between(poses, (0.9, 1.1))
        mended = repair.with_legs_put_right(exchanged(poses, wrong))
        changed = (mended.visibility[wrong][:, repair.RIGHT_LEG] == 0.6).all(axis=1)
        assert changed.sum() >= 4
        np.testing.assert_allclose(mended.world_m[wrong][changed], poses.world_m[wrong][changed])
        np.testing.assert_allclose(mended.z_px[wrong][changed], poses.z_px[wrong][changed])

    def test_frames_without_anybody_stay_empty(self) -> None:
        poses = high_knees(30.0)
        gone = between(poses, (2.0, 2.5))
        for values in (poses.xy_px, poses.world_m):
            values[gone] = np.nan
        wrong = between(poses, (0.9, 1.1))
        mended = repair.with_legs_put_right(exchanged(poses, wrong))
        assert np.isnan(mended.xy_px[gone]).all()
        assert np.isfinite(mended.xy_px[~gone]).all()

    @pytest.mark.parametrize("seen", [0, 1, 2, 4, 7])
    def test_legs_that_are_seen_in_a_few_frames_only_are_left_alone(self, seen: int) -> None:
        poses = high_knees(30.0)
        poses.xy_px[seen:] = np.nan
        assert repair.with_legs_put_right(poses) is poses

    def test_a_clip_of_a_few_frames_is_left_alone(self) -> None:
        poses = high_knees(30.0, seconds=0.1)
        assert repair.with_legs_put_right(poses) is poses


class TestRepaired:
    def test_a_landmark_that_jumps_for_one_frame_comes_back(self) -> None:
        poses = filmed(standing(60), times(2.0, 30.0), facing(80.0))
        jumped = replace(poses, xy_px=poses.xy_px.copy())
        jumped.xy_px[30, Landmark.LEFT_KNEE] += 200.0
        np.testing.assert_allclose(repair.repaired(jumped).xy_px, poses.xy_px)

    def test_a_short_loss_is_bridged_and_a_long_one_is_not(self) -> None:
        poses = filmed(standing(90), times(3.0, 30.0), facing(80.0))
        for values in (poses.xy_px, poses.z_px, poses.visibility, poses.presence, poses.world_m):
            values[20:23] = np.nan
            values[50:70] = np.nan
        mended = repair.repaired(poses)
        for values in (mended.xy_px, mended.z_px, mended.visibility, mended.presence, mended.world_m):
            assert np.isfinite(values[:50]).all()
            assert np.isnan(values[50:70]).all()

    def test_a_clip_without_anybody_stays_as_it_is(self) -> None:
        nobody = filmed(np.full((30, 33, 3), np.nan), times(1.0, 30.0), facing(80.0))
        assert repair.repaired(nobody) is nobody

    def test_smoothing_keeps_the_high_knees_and_loses_the_jitter(self) -> None:
        poses = high_knees(60.0)
        noise = np.random.default_rng(1).normal(0.0, 3.0, poses.xy_px.shape)
        smooth = repair.smoothed(replace(poses, xy_px=poses.xy_px + noise))
        middle = between(poses, (0.3, 3.7))
        assert np.abs(smooth.xy_px - poses.xy_px)[middle].mean() < 0.6 * np.abs(noise).mean()
        knee = smooth.xy_px[middle, Part.KNEE.on(Side.LEFT), 1]
        assert knee.min() == pytest.approx(poses.xy_px[middle, Part.KNEE.on(Side.LEFT), 1].min(), abs=5.0)


class TestTrunkLength:
    def test_it_is_the_longest_that_is_seen_for_a_while(self) -> None:
        poses = filmed(standing(100), times(5.0, 20.0), facing(90.0))
        poses.xy_px[:60, :, 1] *= 0.5
        assert repair.trunk_length(poses.xy_px) == pytest.approx(TRUNK * PIXELS_PER_METRE)

    def test_one_wild_frame_does_not_stretch_it(self) -> None:
        poses = filmed(standing(100), times(5.0, 20.0), facing(90.0))
        poses.xy_px[50, Landmark.LEFT_SHOULDER] = -5000.0
        assert repair.trunk_length(poses.xy_px) == pytest.approx(TRUNK * PIXELS_PER_METRE)

    def test_nobody_has_none(self) -> None:
        assert np.isnan(repair.trunk_length(np.full((10, 33, 2), np.nan)))


@pytest.mark.parametrize(("rate_hz", "frames"), [(12.0, 1), (24.0, 1), (29.97, 2), (60.0, 2)])
def test_a_jump_is_away_for_a_tenth_of_a_second_at_most(rate_hz: float, frames: int) -> None:
    assert repair.longest_jump(times(4.0, rate_hz)) == frames


@pytest.mark.parametrize("rate_hz", [20.0, 24.0, 30.0])
def test_a_foot_that_is_up_for_two_frames_has_moved_and_one_that_is_up_for_one_has_not(rate_hz: float) -> None:
    still = filmed(standing(60), times(60 / rate_hz, rate_hz), facing(90.0))
    for frames, stays in ((slice(30, 31), False), (slice(30, 32), rate_hz < 27.0)):
        lifted = replace(still, xy_px=still.xy_px.copy())
        lifted.xy_px[frames, repair.LEFT_LEG, 1] -= 0.3 * TRUNK * PIXELS_PER_METRE
        moved = (
            repair.repaired(lifted).xy_px[frames, Part.TOE.on(Side.LEFT), 1] - still.xy_px[0, Part.TOE.on(Side.LEFT), 1]
        )
        assert bool(np.abs(moved).max() > 1.0) is stays


def test_feet_of_a_drill_that_are_up_for_two_frames_have_moved() -> None:
    time_s, body = times(6.0, 30.0), standing(180)
    for side, first in ((Side.LEFT, 0), (Side.RIGHT, 5)):
        frame = (np.arange(180) - first) % 10
        lifted = np.select([frame < 2, (frame == 2) | (frame == 9)], [1.0, 0.35], 0.0)
        body = with_leg(body, side, thigh_deg=50.0 * lifted, knee_deg=100.0 * lifted)
    quick = filmed(body, time_s, facing(90.0))
    mended = repair.repaired(quick)
    for side in Side:
        heights = [np.ptp(poses.xy_px[60:120, Part.TOE.on(side), 1]) for poses in (mended, quick)]
        assert heights[0] > 0.9 * heights[1]
