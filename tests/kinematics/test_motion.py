"""A whole motion: its series, what counts as seen, and which columns of the angle table a view leaves empty."""

import numpy as np
import pytest
from tests.stick_figure import HEIGHT, facing, filmed, standing, stepping, times

from formcheck.kinematics.motion import Motion
from formcheck.kinematics.recording import ANGLE_COLUMNS
from formcheck.vocabulary import Landmark, Part, Side

FRONTAL = {"left_knee_valgus", "right_knee_valgus", "trunk_side_lean", "pelvic_obliquity"}
ANY_VIEW = {"left_thigh_elevation", "right_thigh_elevation"}


def high_knees(yaw: float, seconds: float = 4.0) -> Motion:
    time_s = times(seconds, 60.0)
    return Motion(filmed(stepping(time_s, 120.0, thigh_deg=90.0), time_s, facing(yaw)))


def still(yaw: float = 90.0) -> Motion:
    return Motion(filmed(standing(60), times(2.0, 30.0), facing(yaw)))


def filled(motion: Motion) -> set[str]:
    return {name for name, column in motion.angle_table().items() if np.isfinite(column).any()}


class TestAngleTable:
    def test_it_has_every_column_in_order_and_one_row_a_frame(self) -> None:
        motion = high_knees(90.0)
        table = motion.angle_table()
        assert tuple(table) == ANGLE_COLUMNS
        assert {len(column) for column in table.values()} == {len(motion)}

    def test_from_the_side_it_tells_all_but_the_frontal_angles(self) -> None:
        assert filled(high_knees(90.0)) == set(ANGLE_COLUMNS) - FRONTAL

    @pytest.mark.parametrize("yaw", [0.0, 180.0], ids=["front", "back"])
    def test_from_front_and_back_it_tells_the_frontal_angles_and_the_thighs(self, yaw: float) -> None:
        assert filled(high_knees(yaw)) == FRONTAL | ANY_VIEW

    def test_from_an_angle_it_tells_the_thighs_alone(self) -> None:
        assert filled(high_knees(45.0)) == ANY_VIEW

    def test_somebody_who_turns_from_the_side_to_the_front_fills_each_column_in_its_time(self) -> None:
        body = standing(180)
        seen = filmed(body, times(6.0, 30.0), facing(90.0))
        turned = filmed(body, times(6.0, 30.0), facing(0.0))
        for values, other in ((seen.xy_px, turned.xy_px), (seen.world_m, turned.world_m), (seen.z_px, turned.z_px)):
            values[90:] = other[90:]
        table = Motion(seen).angle_table()
        assert np.isfinite(table["left_knee_flexion"][:80]).all()
        assert np.isnan(table["left_knee_flexion"][100:]).all()
        assert np.isnan(table["pelvic_obliquity"][:80]).all()
        assert np.isfinite(table["pelvic_obliquity"][100:]).all()

    @pytest.mark.parametrize("yaw", [90.0, -90.0, 0.0, 180.0, 45.0])
    def test_a_thigh_at_level_reads_90_from_anywhere(self, yaw: float) -> None:
        motion = high_knees(yaw)
        middle = (motion.time_s > 0.5) & (motion.time_s < 3.5)
        thigh = motion.angle_table()["left_thigh_elevation"][middle]
        assert np.nanmax(thigh) == pytest.approx(90.0, abs=6.0)

    def test_an_absent_athlete_has_an_empty_table(self) -> None:
        motion = Motion(filmed(np.full((30, 33, 3), np.nan), times(1.0, 30.0), facing(0.0)))
        assert filled(motion) == set()


class TestSeen:
    def test_a_landmark_must_be_visible_enough_and_a_foot_more_so(self) -> None:
        motion = still()
        motion.clean.visibility[:, [Landmark.LEFT_KNEE, Landmark.LEFT_HEEL]] = 0.6
        assert motion.seen(Part.KNEE, Side.LEFT).all()
        assert not motion.seen(Part.HEEL, Side.LEFT).any()

    def test_a_landmark_at_the_edge_or_outside_is_not_seen(self) -> None:
        motion = still()
        motion.clean.xy_px[:20, Landmark.LEFT_HEEL, 1] = HEIGHT - 1.0
        motion.clean.xy_px[20:40, Landmark.LEFT_HEEL, 0] = -30.0
        assert motion.seen(Part.HEEL, Side.LEFT).tolist() == [False] * 40 + [True] * 20

    def test_a_frame_without_anybody_shows_nothing(self) -> None:
        motion = still()
        motion.clean.xy_px[5] = np.nan
        motion.clean.visibility[5] = np.nan
        assert motion.seen(Part.HIP, Side.RIGHT).tolist() == [index != 5 for index in range(60)]


class TestSeries:
    @pytest.mark.parametrize("yaw", [90.0, -90.0, 45.0, 0.0])
    def test_the_higher_foot_is_the_lifted_one_from_any_view(self, yaw: float) -> None:
        motion = high_knees(yaw)
        lifted = motion.height_over_other_foot(Side.LEFT)
        np.testing.assert_allclose(lifted, -motion.height_over_other_foot(Side.RIGHT))
        assert lifted[15] > 0.3
        assert lifted[45] < -0.3

    @pytest.mark.parametrize("yaw", [90.0, -90.0, 45.0, 0.0, 180.0])
    def test_world_angles_do_not_depend_on_the_view(self, yaw: float) -> None:
        motion = high_knees(yaw)
        thigh, knee = motion.thigh_elevation_3d(Side.LEFT), motion.knee_flexion_3d(Side.LEFT)
        assert thigh[100:400].max() == pytest.approx(90.0, abs=3.0)
        assert thigh[100:200].min() == pytest.approx(0.0, abs=3.0)
        assert knee[100:200].max() == pytest.approx(108.0, abs=3.0)

    @pytest.mark.parametrize("yaw", [90.0, -90.0, 30.0, 180.0])
    def test_a_foot_in_front_is_a_positive_stride_from_any_view(self, yaw: float) -> None:
        body = standing(60)
        body[:, Landmark.LEFT_ANKLE, 2] += 0.41
        stride = Motion(filmed(body, times(2.0, 30.0), facing(yaw))).stride_3d(Side.LEFT)
        assert 0.4 < np.median(stride) < 0.52

    def test_the_left_of_the_athlete_is_right_in_the_picture_from_the_front_only(self) -> None:
        assert set(still(0.0).left_of_picture) == {1.0}
        assert set(still(180.0).left_of_picture) == {-1.0}

    def test_somebody_who_stays_in_place_is_as_near_all_the_time(self) -> None:
        np.testing.assert_array_equal(high_knees(60.0).nearness, np.ones(240))

    def test_somebody_who_comes_to_the_camera_grows(self) -> None:
        poses = filmed(standing(120), times(4.0, 30.0), facing(0.0))
        grows = np.linspace(0.4, 1.0, 120)
        poses.xy_px[:] = 640.0 + (poses.xy_px - 640.0) * grows[:, None, None]
        nearness = Motion(poses).nearness
        assert nearness[20] < 0.6
        assert nearness[110] == pytest.approx(1.0, abs=0.1)

    def test_a_split_is_the_distance_of_the_ankles_in_legs(self) -> None:
        body = standing(60)
        body[:, Landmark.LEFT_ANKLE, 2] += 0.9
        motion = Motion(filmed(body, times(2.0, 30.0), facing(90.0)))
        assert np.median(motion.split()) == pytest.approx(0.9 * 300 / motion.leg, rel=1e-4)
