"""Legs that are drawn together where they pass each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.parted_legs import DRAWN_TOGETHER, with_legs_parted
from formcheck.vocabulary import Landmark, Part, Side

TRUNK = 100.0
LEGS = [part.on(side) for part in DRAWN_TOGETHER for side in Side]


def apart(pixels: float, down: float = 0.0) -> FloatArray:
    """Return one frame whose right leg's marks lie so many pixels to the right of and below the left leg's."""
    xy = np.tile(np.array([300.0, 400.0]), (1, 33, 1))
    xy[0, [part.on(Side.RIGHT) for part in DRAWN_TOGETHER]] += (pixels, down)
    return xy


def between(xy: FloatArray, part: Part) -> FloatArray:
    return np.asarray(xy[0, part.on(Side.RIGHT)] - xy[0, part.on(Side.LEFT)])


def parted(xy: FloatArray, sideways: float = 1.0, trunk: float = TRUNK) -> FloatArray:
    return with_legs_parted(xy, np.full(len(xy), sideways), trunk)


@pytest.mark.parametrize("part", DRAWN_TOGETHER)
def test_legs_that_pass_each_other_are_moved_apart(part: Part) -> None:
    wider = np.linalg.norm(between(parted(apart(20.0, down=10.0)), part)) / np.hypot(20.0, 10.0)
    assert 1.1 < wider < 1.5


@pytest.mark.parametrize("pixels", [120.0, 200.0])
def test_legs_that_stand_apart_stay_where_they_are(pixels: float) -> None:
    xy = apart(pixels)
    np.testing.assert_allclose(parted(xy), xy, atol=0.5)


def test_legs_side_by_side_in_the_front_view_stay_where_they_are() -> None:
    xy = apart(20.0)
    np.testing.assert_array_equal(parted(xy, sideways=0.0), xy)


@given(across=st.floats(-150.0, 150.0), down=st.floats(-150.0, 150.0))
def test_left_and_right_are_parted_alike(across: float, down: float) -> None:
    xy = apart(across, down)
    other = [Landmark[_other(mark.name)] for mark in Landmark]
    np.testing.assert_allclose(parted(xy[:, other]), parted(xy)[:, other], atol=1e-9)


@given(first=st.floats(0.0, 150.0), more=st.floats(0.1, 50.0))
def test_marks_farther_apart_stay_farther_apart(first: float, more: float) -> None:
    near, far = (between(parted(apart(pixels)), Part.ANKLE)[0] for pixels in (first, first + more))
    assert far > near


def test_only_the_legs_move_and_what_is_unknown_stays_unknown() -> None:
    xy = apart(20.0)
    xy[0, Landmark.LEFT_KNEE] = np.nan
    after = parted(xy)
    rest = [row for row in range(33) if row not in LEGS]
    np.testing.assert_array_equal(after[:, rest], xy[:, rest])
    assert np.isnan(after[0, Landmark.LEFT_KNEE]).all()
    np.testing.assert_array_equal(after[0, Landmark.RIGHT_KNEE], xy[0, Landmark.RIGHT_KNEE])


def test_without_a_trunk_to_measure_by_nothing_moves() -> None:
    xy = apart(20.0)
    np.testing.assert_array_equal(parted(xy, trunk=float("nan")), xy)


def _other(name: str) -> str:
    if "LEFT" in name:
        return name.replace("LEFT", "RIGHT")
    return name.replace("RIGHT", "LEFT")
