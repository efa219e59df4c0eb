"""What a hand that holds the camera does, read from the background."""

import cv2
import numpy as np
import pytest

from formcheck.kinematics.moving_camera import LONGEST_UNKNOWN_SECONDS
from formcheck.video.background import LOST_AFTER_SECONDS, Background
from formcheck.video.picture import Picture

WIDTH, HEIGHT = 960, 540
MIDDLE = (WIDTH / 2, HEIGHT / 2)
BODY = np.array([[430.0, 120.0], [530.0, 500.0]])


def wall(seed: int = 1, width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """Return a picture with soft stains of many sizes, as a wall, a gym or a park has."""
    rng = np.random.default_rng(seed)
    layers = [cv2.resize(rng.uniform(0, 255, (height // s, width // s, 3)), (width, height)) for s in (8, 24, 80)]
    return np.asarray(np.mean(layers, axis=0), dtype=np.uint8)


def similarity(dx: float = 0.0, dy: float = 0.0, degrees: float = 0.0, scale: float = 1.0) -> np.ndarray:
    matrix = np.asarray(cv2.getRotationMatrix2D(MIDDLE, -degrees, scale), dtype=np.float64)
    matrix[:, 2] += np.array([dx, dy])
    return matrix


def seen_through(matrix: np.ndarray, picture: Picture) -> Picture:
    size = (WIDTH, HEIGHT)
    return np.asarray(cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REFLECT), dtype=np.uint8)


def with_somebody(picture: Picture, left: float) -> Picture:
    """Return a copy in which somebody in stripes stands."""
    copy = picture.copy()
    start = round(left)
    copy[120:500, start : start + 100] = 60 + 150 * (np.arange(380)[:, None, None] // 12 % 2)
    return copy


def off(found: np.ndarray, true: np.ndarray) -> float:
    """Return how far the corners of the picture lie from where they truly are, at most, in pixels."""
    a, b, x, y = found
    corners = np.array([(0, 0), (WIDTH, 0), (0, HEIGHT), (WIDTH, HEIGHT)], dtype=float)
    moved = corners @ np.array([[a, -b], [b, a]]).T + (x, y)
    return float(np.abs(moved - (corners @ true[:, :2].T + true[:, 2])).max())


def test_a_shift_a_turn_and_a_zoom_are_found_to_half_a_pixel() -> None:
    scene, background = wall(), Background()
    background.moved(scene, 0.0, BODY)
    for frame in range(1, 60):
        t = frame / 30
        true = similarity(12 * np.sin(2 * t), 8 * np.sin(3 * t), 1.5 * np.sin(2.5 * t), 1 + 0.04 * np.sin(t))

        found = background.moved(with_somebody(seen_through(true, scene), 430), t, BODY)

        assert off(found, true) < 0.5


def test_a_camera_at_rest_seems_to_rest_whatever_the_athlete_does() -> None:
    scene, background = wall(), Background()
    told = []
    for frame in range(60):
        left = 300 + 200 * np.sin(frame / 8)
        body = np.array([[left, 120.0], [left + 100, 500.0]])
        told.append(background.moved(with_somebody(scene, left), frame / 30, body))

    known = [found for found in told if np.isfinite(found).all()]
    assert max(off(found, similarity()) for found in known) < 0.2
    assert 20 <= len(known) < 40  # it is looked after less often once it rests


def test_a_camera_that_rested_is_followed_as_soon_as_it_moves() -> None:
    scene, background = wall(), Background()
    for frame in range(30):
        background.moved(scene, frame / 30, BODY)
    told = []
    for frame in range(30, 50):
        true = similarity(dx=0.8 * (frame - 29))
        told.append((background.moved(seen_through(true, scene), frame / 30, BODY), true))

    known = [(found, true) for found, true in told if np.isfinite(found).all()]
    assert max(off(found, true) for found, true in known) < 0.5
    assert all(np.isfinite(found).all() for found, _ in told[4:])


def test_somebody_else_who_walks_by_is_outvoted() -> None:
    scene, background = wall(), Background()
    for frame in range(40):
        true = similarity(dx=5 * np.sin(frame / 5))
        passing = with_somebody(with_somebody(seen_through(true, scene), 430), 40 + 5 * frame)

        assert off(background.moved(passing, frame / 30, BODY), true) < 0.5


def test_a_camera_that_follows_somebody_across_is_followed() -> None:
    scene, background = wall(width=3 * WIDTH), Background()
    for frame in range(200):
        picture = np.ascontiguousarray(scene[:, 6 * frame : 6 * frame + WIDTH])

        found = background.moved(with_somebody(picture, 430), frame / 30, BODY)

        assert off(found, similarity(dx=-6.0 * frame)) < 3.0


def test_a_blank_wall_tells_nothing() -> None:
    blank, background = np.full((HEIGHT, WIDTH, 3), 180, dtype=np.uint8), Background()

    assert all(np.isnan(background.moved(blank, frame / 30, None)).all() for frame in range(5))


def test_what_a_dark_moment_hides_is_found_again() -> None:
    scene, background = wall(), Background()
    background.moved(scene, 0.0, None)

    assert np.isnan(background.moved(np.zeros_like(scene), 1 / 30, None)).all()
    assert off(background.moved(seen_through(similarity(dx=4.0), scene), 2 / 30, None), similarity(dx=4.0)) < 0.5


def test_another_scene_is_told_by_a_pause_and_begins_anew() -> None:
    background = Background()
    background.moved(wall(1), 0.0, None)

    told = np.array([background.moved(wall(2), frame / 30, None) for frame in range(1, 40)])

    known = np.flatnonzero(np.isfinite(told[:, 0]))
    assert LONGEST_UNKNOWN_SECONDS < LOST_AFTER_SECONDS <= known[0] / 30 < LOST_AFTER_SECONDS + 0.2
    assert off(told[known[-1]], similarity()) < 0.2


def test_pictures_that_follow_too_quickly_or_are_tiny_are_not_looked_at() -> None:
    scene, background = wall(), Background()
    background.moved(scene, 0.0, None)

    assert np.isnan(background.moved(scene, 1 / 60, None)).all()
    assert np.isfinite(background.moved(scene, 2 / 60, None)).all()
    assert np.isnan(Background().moved(np.zeros((2, 2, 3), dtype=np.uint8), 0.0, None)).all()


@pytest.mark.parametrize("size", [(64, 64), (65, 4000), (4000, 70)])
def test_odd_sizes_do_no_harm(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(3).integers(0, 255, (*size, 3), dtype=np.uint8)
    background = Background()

    found = [background.moved(picture, frame / 30, np.full((33, 2), np.nan)) for frame in range(3)]

    assert np.shape(found) == (3, 4)
