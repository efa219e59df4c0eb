"""Degraded pictures are what their names say."""

import numpy as np
import pytest
from benchmarks.degradations import (
    DEGRADATIONS,
    ROLL_DEGREES,
    Box,
    Bystander,
    Scene,
    box_around,
    box_without_feet,
)

from formcheck.kinematics.geometry import FloatArray
from formcheck.video.picture import Picture
from formcheck.vocabulary import Part, Side

WIDTH, HEIGHT = 80, 60


def picture_with_a_spot(x: int, y: int) -> Picture:
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    picture[y - 1 : y + 2, x - 1 : x + 2] = 200
    return picture


def spot(picture: Picture) -> tuple[float, float]:
    rows, columns = np.nonzero(picture[..., 0] > 60)
    return float(columns.mean()), float(rows.mean())


def alone() -> Scene:
    return Scene(without_feet=Box(left=0, top=0, right=WIDTH, bottom=40), bystander=None)


def changed(name: str, picture: Picture, *, time_s: float = 0.0, scene: Scene | None = None) -> Picture:
    return DEGRADATIONS[name].change(picture, time_s, scene or alone())


def body(*, lying: bool = False) -> FloatArray:
    """Return five frames of somebody 45 pixels long down to the ankles: upright, or lying with feet to the right."""
    xy = np.full((5, 33, 2), np.nan)
    for side in Side:
        for part, along in ((Part.SHOULDER, 5.0), (Part.HIP, 25.0), (Part.KNEE, 38.0), (Part.ANKLE, 50.0)):
            xy[:, part.on(side)] = (along, 30.0) if lying else (40.0, along)
    return xy


def test_half_the_size_keeps_the_place() -> None:
    small = changed("half_size", picture_with_a_spot(60, 20))
    assert small.shape == (HEIGHT // 2, WIDTH // 2, 3)
    assert spot(small) == pytest.approx((30, 10), abs=0.6)


def test_a_dark_picture_has_less_light_and_the_same_place() -> None:
    dark = changed("dark", np.full((4, 4, 3), 200, np.uint8))
    assert dark.dtype == np.uint8
    assert np.unique(dark).tolist() == [70]


def test_a_rolled_camera_turns_the_picture_and_cuts_nothing_off() -> None:
    left, right = (changed("rolled", picture_with_a_spot(x, 30)) for x in (2, 77))
    (x0, y0), (x1, y1) = spot(left), spot(right)
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) == pytest.approx(ROLL_DEGREES, abs=1.0)
    assert np.hypot(x1 - x0, y1 - y0) == pytest.approx(75, abs=1)


def test_a_moving_camera_comes_back_and_cuts_nothing_off() -> None:
    corners = [picture_with_a_spot(x, y) for x in (2, 77) for y in (2, 57)]
    times = np.arange(0.0, 10.0, 0.25)
    places = np.array([[spot(changed("moved", corner, time_s=t)) for t in times] for corner in corners])
    assert np.ptp(places[0, :, 0]) == pytest.approx(2 * 0.05 * WIDTH, abs=1.5)
    assert np.ptp(places[0, :, 1]) == pytest.approx(2 * 0.05 * HEIGHT, abs=1.5)
    speeds = np.linalg.norm(np.diff(places, axis=1), axis=-1) / 0.25
    assert speeds.max() < 0.15 * WIDTH


def test_a_hand_shifts_turns_and_zooms_and_cuts_nothing_off() -> None:
    times = np.arange(0.0, 20.0, 0.25)
    (left, right) = (
        np.array([spot(changed("hand_held", picture_with_a_spot(x, 30), time_s=t)) for t in times]) for x in (4, 76)
    )
    across = right - left
    assert np.ptp(np.degrees(np.arctan2(across[:, 1], across[:, 0]))) == pytest.approx(2.0, abs=0.7)
    assert np.ptp(np.linalg.norm(across, axis=1)) / 72 == pytest.approx(0.04, abs=0.015)
    assert np.ptp(0.5 * (left + right)[:, 0]) > 0.02 * WIDTH


def test_a_mirrored_picture_twice_mirrored_is_itself() -> None:
    picture = picture_with_a_spot(60, 20)
    once = changed("mirrored", picture)
    assert spot(once) == (WIDTH - 1 - 60, 20)
    assert np.array_equal(changed("mirrored", once), picture)


def test_the_second_person_stands_beside_the_athlete_on_the_same_floor() -> None:
    other = np.full((20, 10, 3), 90, np.uint8)
    scene = Scene(without_feet=alone().without_feet, bystander=Bystander(time_s=np.array([0.0]), pictures=(other,)))
    both = changed("second_person", picture_with_a_spot(60, 20), scene=scene)
    assert both.shape == (HEIGHT, WIDTH + 10, 3)
    assert np.array_equal(both[:, :WIDTH], picture_with_a_spot(60, 20))
    assert (both[-20:, WIDTH:] == 90).all()


def test_the_second_person_starts_again_when_the_clip_is_over() -> None:
    pictures = tuple(np.full((1, 1, 3), value, np.uint8) for value in range(4))
    other = Bystander(time_s=np.array([0.0, 1.0, 2.0, 3.0]), pictures=pictures)
    assert [int(other.at(t)[0, 0, 0]) for t in (0.0, 1.0, 2.5, 3.0, 4.0)] == [0, 1, 3, 0, 1]


def test_feet_are_cut_off_below_somebody_upright() -> None:
    box = box_without_feet(body(), WIDTH, HEIGHT)
    assert (box.left, box.top, box.right) == (0, 0, WIDTH)
    assert 38 < box.bottom < 50
    assert box.of(picture_with_a_spot(40, 20)).shape == (box.bottom, WIDTH, 3)


def test_feet_are_cut_off_at_their_side_of_somebody_who_lies() -> None:
    to_the_right = body(lying=True)
    to_the_left = to_the_right.copy()
    to_the_left[..., 0] = WIDTH - to_the_left[..., 0]
    right, left = (box_without_feet(xy, WIDTH, HEIGHT) for xy in (to_the_right, to_the_left))
    assert (right.left, right.bottom) == (0, HEIGHT)
    assert 38 < right.right < 50
    assert (WIDTH - left.left, left.right) == (right.right, WIDTH)


def test_somebody_is_cut_out_with_room_and_within_the_picture() -> None:
    assert box_around(body(), WIDTH, HEIGHT) == Box(left=33, top=0, right=47, bottom=HEIGHT)
    assert box_around(body() + np.array([40.0, 0.0]), WIDTH, HEIGHT).right == WIDTH
