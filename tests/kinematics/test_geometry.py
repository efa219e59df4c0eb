"""Angles and distances of image points: pictures first, then what must hold for any points."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray

Measure = Callable[[FloatArray, FloatArray, float], FloatArray]

LEFT, RIGHT = -1.0, 1.0
ORIGIN = np.zeros(2)
pixels = st.floats(-2000.0, 2000.0, allow_nan=False).map(lambda value: round(value, 3))
points = hnp.arrays(np.float64, 2, elements=pixels)
shapes = hnp.arrays(np.float64, (3, 2), elements=pixels)
turns = st.floats(-360.0, 360.0)
sizes = st.floats(0.05, 20.0)


def at(x: float, y: float) -> FloatArray:
    """Return a point x to the right and y DOWN from the origin."""
    return np.array([x, y], dtype=np.float64)


def apart(*corners: FloatArray) -> None:
    """Let the property only speak of points that a picture can tell apart."""
    for index, corner in enumerate(corners):
        for other in corners[index + 1 :]:
            assume(float(np.linalg.norm(corner - other)) > 1.0)


def mirrored(values: FloatArray) -> FloatArray:
    """Return points as a mirror shows them."""
    return values * at(-1.0, 1.0)


class TestPictures:
    """What a coach would say on seeing two or three points."""

    def test_a_knee_in_front_of_the_hip_reads_90(self) -> None:
        assert geometry.elevation(ORIGIN, at(10, 0), RIGHT) == pytest.approx(90.0)

    def test_facing_the_other_way_a_knee_in_front_reads_90_too(self) -> None:
        assert geometry.elevation(ORIGIN, at(-10, 0), LEFT) == pytest.approx(90.0)

    def test_a_knee_behind_the_hip_reads_minus_90(self) -> None:
        assert geometry.elevation(ORIGIN, at(-10, 0), RIGHT) == pytest.approx(-90.0)

    def test_a_hanging_thigh_reads_0(self) -> None:
        assert geometry.elevation(ORIGIN, at(0, 10), RIGHT) == pytest.approx(0.0)

    def test_a_thigh_above_level_reads_more_than_90(self) -> None:
        assert geometry.elevation(ORIGIN, at(10, -10), RIGHT) == pytest.approx(135.0)

    def test_an_upright_trunk_leans_by_0(self) -> None:
        assert geometry.lean(ORIGIN, at(0, -10), RIGHT) == pytest.approx(0.0)

    @pytest.mark.parametrize(("facing", "shoulder_x"), [(RIGHT, 10), (LEFT, -10)], ids=["facing right", "facing left"])
    def test_shoulders_in_front_of_the_hips_lean_forward(self, facing: float, shoulder_x: float) -> None:
        assert geometry.lean(ORIGIN, at(shoulder_x, -10), facing) == pytest.approx(45.0)

    @pytest.mark.parametrize(("facing", "toe_x"), [(RIGHT, 10), (LEFT, -10)], ids=["facing right", "facing left"])
    def test_toes_above_the_heel_slope_up(self, facing: float, toe_x: float) -> None:
        assert geometry.slope(ORIGIN, at(toe_x, -10), facing) == pytest.approx(45.0)

    def test_a_heel_above_the_toes_slopes_down(self) -> None:
        assert geometry.slope(ORIGIN, at(10, 5), RIGHT) < 0.0

    def test_a_straight_leg_has_180_at_the_knee(self) -> None:
        assert geometry.interior_angle(at(0, 0), at(0, 10), at(0, 20)) == pytest.approx(180.0)

    def test_a_folded_leg_has_0_at_the_knee(self) -> None:
        assert geometry.interior_angle(at(0, 0), at(0, 10), at(0, 0)) == pytest.approx(0.0)

    @pytest.mark.parametrize(
        ("head", "foot"), [(at(0, 0), at(20, 0)), (at(20, 0), at(0, 0))], ids=["head left", "head right"]
    )
    def test_hips_above_the_line_from_head_to_foot_are_positive(self, head: FloatArray, foot: FloatArray) -> None:
        assert geometry.offset_from_line(at(10, -5), head, foot) == pytest.approx(0.25)
        assert geometry.offset_from_line(at(10, 5), head, foot) == pytest.approx(-0.25)

    def test_turning_by_90_moves_what_was_right_to_below(self) -> None:
        np.testing.assert_allclose(geometry.rotated(at(10, 0), 90.0), at(0, 10), atol=1e-12)

    @pytest.mark.parametrize(
        ("knee", "degrees"),
        [(at(0, 10), 0.0), (at(10, 0), 90.0), (at(0, -10), 180.0)],
        ids=["hanging", "level", "straight up"],
    )
    def test_height_alone_tells_how_far_a_thigh_is_raised(self, knee: FloatArray, degrees: float) -> None:
        assert geometry.elevation_any_view(ORIGIN, knee, 10.0) == pytest.approx(degrees)

    def test_a_thigh_that_looks_longer_than_it_is_hangs_straight(self) -> None:
        assert geometry.elevation_any_view(ORIGIN, at(0, 13), 10.0) == 0.0


class TestEverywhere:
    """Properties that hold for any points."""

    @given(shapes, points, turns, sizes)
    def test_a_joint_angle_does_not_change_when_the_picture_is_moved_turned_or_scaled(
        self, joint: FloatArray, shift: FloatArray, turn: float, size: float
    ) -> None:
        apart(*joint)
        before = geometry.interior_angle(*joint)
        after = geometry.interior_angle(*(size * geometry.rotated(joint, turn) + shift))
        assert after == pytest.approx(float(before), abs=1e-4)

    @given(shapes)
    def test_a_joint_angle_is_the_same_in_a_mirror_and_from_either_end(self, joint: FloatArray) -> None:
        apart(*joint)
        angle = float(geometry.interior_angle(*joint))
        assert 0.0 <= angle <= 180.0
        assert geometry.interior_angle(*mirrored(joint)) == pytest.approx(angle, abs=1e-9)
        assert geometry.interior_angle(*joint[::-1]) == pytest.approx(angle, abs=1e-9)

    @pytest.mark.parametrize("measure", [geometry.lean, geometry.elevation, geometry.slope])
    @given(points, points, points, sizes)
    def test_a_segments_angle_does_not_change_when_the_picture_is_moved_or_scaled(
        self, measure: Measure, start: FloatArray, end: FloatArray, shift: FloatArray, size: float
    ) -> None:
        apart(start, end)
        before, after = measure(start, end, RIGHT), measure(size * start + shift, size * end + shift, RIGHT)
        assert _turned_between(before, after) < 1e-4

    @pytest.mark.parametrize("measure", [geometry.lean, geometry.elevation, geometry.slope])
    @given(points, points)
    def test_a_mirrored_athlete_who_faces_the_other_way_has_the_same_angle(
        self, measure: Measure, start: FloatArray, end: FloatArray
    ) -> None:
        apart(start, end)
        seen, in_mirror = measure(start, end, RIGHT), measure(mirrored(start), mirrored(end), LEFT)
        assert _turned_between(seen, in_mirror) < 1e-9

    @given(points, points, st.floats(-80.0, 80.0))
    def test_turning_the_picture_clockwise_leans_everything_to_the_right_by_as_much(
        self, base: FloatArray, top: FloatArray, turn: float
    ) -> None:
        apart(base, top)
        before = geometry.lean(base, top, RIGHT)
        after = geometry.lean(geometry.rotated(base, turn), geometry.rotated(top, turn), RIGHT)
        assert _turned_between(before + turn, after) < 1e-6

    @given(points, points)
    def test_lean_and_slope_of_one_line_make_a_right_angle(self, base: FloatArray, top: FloatArray) -> None:
        apart(base, top)
        assert _turned_between(geometry.slope(base, top, RIGHT), 90.0 - geometry.lean(base, top, RIGHT)) < 1e-9

    @given(points, points)
    def test_in_the_pictures_plane_height_alone_tells_the_same_as_the_angle(
        self, hip: FloatArray, knee: FloatArray
    ) -> None:
        apart(hip, knee)
        length = float(geometry.distance(hip, knee))
        angle = abs(float(geometry.elevation(hip, knee, RIGHT)))
        assert geometry.elevation_any_view(hip, knee, length) == pytest.approx(angle, abs=1e-4)

    @given(points, points, points, points, sizes)
    def test_an_offset_is_in_lengths_of_the_line_wherever_it_lies_and_whichever_end_comes_first(
        self, point: FloatArray, start: FloatArray, end: FloatArray, shift: FloatArray, size: float
    ) -> None:
        apart(start, end)
        assume(abs(float(end[0] - start[0])) > 1.0)
        offset = float(geometry.offset_from_line(point, start, end))
        moved = geometry.offset_from_line(*(size * corner + shift for corner in (point, start, end)))
        assert moved == pytest.approx(offset, rel=1e-5, abs=1e-5)
        assert geometry.offset_from_line(point, end, start) == pytest.approx(offset, rel=1e-9, abs=1e-9)
        flipped = (corner * at(1, -1) for corner in (point, start, end))
        assert geometry.offset_from_line(*flipped) == pytest.approx(-offset, rel=1e-9, abs=1e-9)

    @given(shapes, turns)
    def test_turning_keeps_distances_and_turning_back_restores(self, corners: FloatArray, turn: float) -> None:
        turned = geometry.rotated(corners, turn)
        assert geometry.distance(turned[0], turned[1]) == pytest.approx(
            float(geometry.distance(corners[0], corners[1])), abs=1e-8
        )
        np.testing.assert_allclose(geometry.rotated(turned, -turn), corners, atol=1e-8)

    @given(points, points)
    def test_the_middle_is_as_far_from_both(self, a: FloatArray, b: FloatArray) -> None:
        middle = geometry.midpoint(a, b)
        assert geometry.distance(a, middle) == pytest.approx(float(geometry.distance(b, middle)), abs=1e-9)


class TestUnknown:
    """An unseen point gives an unknown angle, and no other frame suffers."""

    @pytest.mark.parametrize("hidden", range(3))
    def test_a_joint_angle_with_a_hidden_point_is_unknown_in_that_frame_only(self, hidden: int) -> None:
        joint = np.tile(np.array([[0.0, 0.0], [0.0, 10.0], [10.0, 10.0]])[:, None], (1, 3, 1))
        joint[hidden, 1] = np.nan
        np.testing.assert_allclose(geometry.interior_angle(*joint), [90.0, np.nan, 90.0])

    @pytest.mark.parametrize("measure", [geometry.lean, geometry.elevation, geometry.slope])
    def test_a_segment_with_a_hidden_end_has_no_angle(self, measure: Measure) -> None:
        hidden = np.array([np.nan, np.nan])
        assert np.isnan(measure(hidden, ORIGIN, RIGHT))
        assert np.isnan(measure(ORIGIN, hidden, RIGHT))

    @pytest.mark.parametrize("measure", [geometry.lean, geometry.elevation, geometry.slope])
    def test_a_segment_without_length_has_no_angle(self, measure: Measure) -> None:
        assert np.isnan(measure(ORIGIN, ORIGIN, RIGHT))

    def test_a_joint_whose_ray_has_no_length_has_no_angle(self) -> None:
        assert np.isnan(geometry.interior_angle(ORIGIN, ORIGIN, at(1, 1)))

    def test_a_line_without_length_has_no_above(self) -> None:
        assert np.isnan(geometry.offset_from_line(at(1, 1), ORIGIN, ORIGIN))

    def test_a_hidden_knee_has_no_height(self) -> None:
        assert np.isnan(geometry.elevation_any_view(ORIGIN, np.full(2, np.nan), 10.0))


def _turned_between(first: FloatArray | float, second: FloatArray | float) -> float:
    """Return the turn between two directions, so that -180 and 180 are the same."""
    return abs((float(first) - float(second) + 180.0) % 360.0 - 180.0)
