"""Where the camera stands and where the athlete faces, for bodies whose attitude is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stick_figure import facing, filmed, lying, standing, times

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.orientation import Orientation, facing_of, orientation, view_of
from formcheck.vocabulary import Facing, Side, View

RIGHT, UP, AWAY = (1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0)
LEFT, DOWN, NEAR = (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0)
ALL = slice(None)


def seen(axes: FloatArray, frames: int = 30) -> Orientation:
    return orientation(filmed(standing(frames), times(frames / 30.0, 30.0), axes).world_m, times(frames / 30.0, 30.0))


def faces(attitude: Orientation) -> Facing:
    view, _ = attitude.view_at(ALL)
    return facing_of(view, attitude.forward)


@given(st.floats(-179.0, 179.0))
def test_yaw_is_the_turn_that_the_body_was_given(yaw: float) -> None:
    turned = seen(facing(yaw), frames=3)
    np.testing.assert_allclose(turned.yaw, yaw, atol=1e-6)
    np.testing.assert_allclose(turned.upright, 1.0)
    np.testing.assert_allclose(turned.head_on, 0.0, atol=1e-9)


@pytest.mark.parametrize(
    ("yaw", "view", "where"),
    [
        (0, View.FRONT, Facing.CAMERA),
        (20, View.FRONT, Facing.CAMERA),
        (-20, View.FRONT, Facing.CAMERA),
        (45, View.OBLIQUE, Facing.LEFT),
        (-45, View.OBLIQUE, Facing.RIGHT),
        (70, View.SIDE, Facing.LEFT),
        (90, View.SIDE, Facing.LEFT),
        (110, View.SIDE, Facing.LEFT),
        (-90, View.SIDE, Facing.RIGHT),
        (135, View.OBLIQUE, Facing.LEFT),
        (180, View.BACK, Facing.AWAY),
        (-165, View.BACK, Facing.AWAY),
    ],
)
def test_a_standing_athlete_is_seen_from_where_the_camera_stands(yaw: float, view: View, where: Facing) -> None:
    attitude = seen(facing(yaw))
    assert attitude.view_at(ALL)[0] is view
    assert faces(attitude) is where


@pytest.mark.parametrize(("yaw", "degrees"), [(90, 0), (60, 30), (120, 30), (0, 90), (180, 90), (-45, 45)])
def test_degrees_off_the_side_plane_are_told(yaw: float, degrees: float) -> None:
    assert seen(facing(yaw)).view_at(ALL)[1] == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize(("yaw", "side"), [(90, Side.LEFT), (30, Side.LEFT), (-90, Side.RIGHT), (-150, Side.RIGHT)])
def test_the_near_side_is_the_one_that_is_shown(yaw: float, side: Side) -> None:
    assert seen(facing(yaw)).near_side(ALL) is side


@pytest.mark.parametrize(
    ("left", "head", "near", "where"),
    [
        pytest.param(NEAR, LEFT, Side.LEFT, Facing.LEFT, id="front plank, head to the left"),
        pytest.param(AWAY, RIGHT, Side.RIGHT, Facing.RIGHT, id="front plank, head to the right"),
        pytest.param(AWAY, LEFT, Side.RIGHT, Facing.RIGHT, id="on the back, head to the left"),
        pytest.param(NEAR, RIGHT, Side.LEFT, Facing.LEFT, id="on the back, head to the right"),
    ],
)
def test_a_lying_athlete_is_seen_from_the_side_with_the_head_in_front_of_a_plank_and_the_feet_of_a_back(
    left: tuple[float, float, float], head: tuple[float, float, float], near: Side, where: Facing
) -> None:
    attitude = seen(lying(left, head))
    assert attitude.view_at(ALL)[0] is View.SIDE
    assert attitude.near_side(ALL) is near
    assert faces(attitude) is where
    np.testing.assert_allclose(attitude.upright, 0.0, atol=1e-9)


@pytest.mark.parametrize(
    ("left", "head", "view"), [(DOWN, RIGHT, View.FRONT), (UP, RIGHT, View.BACK), (DOWN, LEFT, View.BACK)]
)
def test_a_side_plank_that_shows_chest_or_back_is_a_front_or_back_view(
    left: tuple[float, float, float], head: tuple[float, float, float], view: View
) -> None:
    assert seen(lying(left, head)).view_at(ALL)[0] is view


def test_a_plank_filmed_from_its_head_shows_nothing_of_its_line() -> None:
    attitude = seen(lying(RIGHT, NEAR))
    np.testing.assert_allclose(attitude.head_on, 1.0)
    assert attitude.view_at(ALL)[0] is View.OBLIQUE


def test_a_plank_at_an_angle_of_40_degrees_is_oblique() -> None:
    turn = np.radians(40.0)
    head = (-np.cos(turn), 0.0, -np.sin(turn))
    left = (np.sin(turn), 0.0, -np.cos(turn))
    assert seen(lying(left, head)).view_at(ALL)[0] is View.OBLIQUE


def test_bowing_to_the_side_camera_does_not_change_who_is_where() -> None:
    bow = np.radians(70.0)
    head = (-np.sin(bow), -np.cos(bow), 0.0)
    attitude = seen(lying(NEAR, head))
    assert attitude.view_at(ALL)[0] is View.SIDE
    assert faces(attitude) is Facing.LEFT
    np.testing.assert_allclose(attitude.upright, np.cos(bow), atol=1e-9)


def test_somebody_who_turns_round_faces_each_way_in_its_own_time() -> None:
    time_s = times(6.0, 30.0)
    there, back = standing(90) @ facing(-90.0), standing(90) @ facing(90.0)
    attitude = orientation(np.concatenate([there, back]), time_s)
    assert attitude.forward[:80].tolist() == [1.0] * 80
    assert attitude.forward[-80:].tolist() == [-1.0] * 80
    assert attitude.near_side(slice(0, 80)) is Side.RIGHT
    assert attitude.near_side(slice(100, 180)) is Side.LEFT


def test_a_wrong_frame_in_between_does_not_turn_anybody() -> None:
    world = standing(60) @ facing(90.0)
    world[30:33] = standing(3) @ facing(-90.0)
    np.testing.assert_allclose(orientation(world, times(2.0, 30.0)).yaw, 90.0)


def test_frames_without_anybody_do_not_count() -> None:
    world = standing(60) @ facing(-90.0)
    world[10:40] = np.nan
    attitude = orientation(world, times(2.0, 30.0))
    view, off_side = attitude.view_at(ALL)
    assert view is View.SIDE
    assert off_side == pytest.approx(0.0, abs=1e-6)
    assert attitude.near_side(ALL) is Side.RIGHT
    assert np.isnan(attitude.yaw[20])


def test_where_nobody_is_seen_the_view_is_unknown_and_said_to_be_oblique() -> None:
    unknown = np.full(10, np.nan)
    assert view_of(unknown, unknown, unknown) == (View.OBLIQUE, 45.0)


def test_an_empty_stretch_has_a_near_side_all_the_same() -> None:
    assert seen(facing(-90.0)).near_side(slice(5, 5)) in tuple(Side)
