"""A clip and its mirror image are read alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.athlete import Camera, Film, filmed
from tests.athlete import mirrored as mirrored_poses
from tests.movements import pistol_squat
from tests.pose.people import landmarks

from formcheck.pose.detector import Landmarks
from formcheck.pose.either_way import EitherWay, faces_left, forwards, turned_over
from formcheck.pose.mediapipe_detector import MediaPipeDetector
from formcheck.pose.models import bundle, verified
from formcheck.video.mirror import brighter_to_the_right, mirrored
from formcheck.video.reader import open_clip
from formcheck.vocabulary import Landmark, ModelSize

SQUAT = Path(__file__).resolve().parent.parent / "data" / "squatting_for_a_second.mp4"
WIDTH, HEIGHT = 480, 360
PARTS = ("xy_px", "z_px", "visibility", "presence", "world_m")
Picture = npt.NDArray[np.uint8]


def from_the_side() -> Landmarks:
    """Return somebody who stands and faces the picture's right side."""
    poses = filmed(pistol_squat(), 0.1)
    return Landmarks(**{part: getattr(poses, part)[0] for part in PARTS})


def from_the_front() -> Landmarks:
    poses = filmed(pistol_squat(), 0.1, Film(camera=Camera(yaw=0.0)))
    return Landmarks(**{part: getattr(poses, part)[0] for part in PARTS})


def lit(*, on_the_right: bool) -> Picture:
    picture = np.full((HEIGHT, WIDTH, 3), 100, dtype=np.uint8)
    picture[:, WIDTH // 2 :] = 104 if on_the_right else 96
    return picture


def same(one: Landmarks, other: Landmarks) -> bool:
    return all(np.array_equal(getattr(one, part), getattr(other, part)) for part in PARTS)


@given(st.integers(0, 1000))
def test_whoever_is_turned_over_twice_is_as_before(seed: int) -> None:
    someone = landmarks(seed)
    back = turned_over(turned_over(someone, WIDTH), WIDTH)
    assert all(getattr(back, part) == pytest.approx(getattr(someone, part)) for part in PARTS)


def test_turning_over_exchanges_left_and_right_and_nothing_else() -> None:
    someone = landmarks(7)
    other = turned_over(someone, WIDTH)
    assert other.xy_px[Landmark.LEFT_KNEE] == pytest.approx([WIDTH, 0] + [-1, 1] * someone.xy_px[Landmark.RIGHT_KNEE])
    assert other.world_m[Landmark.NOSE] == pytest.approx([-1, 1, 1] * someone.world_m[Landmark.NOSE])
    assert other.visibility[Landmark.MOUTH_LEFT] == someone.visibility[Landmark.MOUTH_RIGHT]
    assert other.z_px[Landmark.LEFT_EYE_INNER] == someone.z_px[Landmark.RIGHT_EYE_INNER]


def test_a_mirrored_sequence_is_its_landmarks_turned_over() -> None:
    poses = filmed(pistol_squat(), 0.1)
    wanted = mirrored_poses(poses)
    turned = turned_over(Landmarks(**{part: getattr(poses, part)[0] for part in PARTS}), poses.width)
    assert same(turned, Landmarks(**{part: getattr(wanted, part)[0] for part in PARTS}))


@given(st.integers(0, 1000))
def test_forwards_in_a_mirror_is_backwards(seed: int) -> None:
    someone = landmarks(seed)
    assert forwards(turned_over(someone, WIDTH)) == pytest.approx(-forwards(someone))


@given(st.integers(0, 1000))
def test_the_light_in_a_mirror_is_on_the_other_side(seed: int) -> None:
    picture = np.random.default_rng(seed).integers(0, 255, (9, 16, 3), dtype=np.uint8)
    assert brighter_to_the_right(mirrored(picture)) == pytest.approx(-brighter_to_the_right(picture))


def test_the_light_is_told_from_border_to_border() -> None:
    picture = np.zeros((4, 100, 3), dtype=np.uint8)
    assert brighter_to_the_right(picture) == 0.0
    picture[:, -1] = 255
    assert brighter_to_the_right(picture) == pytest.approx(0.99)


def test_a_mirrored_picture_is_contiguous_and_leaves_the_original_alone() -> None:
    picture = lit(on_the_right=True)
    other = mirrored(picture)
    assert other.flags.c_contiguous
    assert np.array_equal(other, picture[:, ::-1])
    assert np.array_equal(picture, lit(on_the_right=True))


@pytest.mark.parametrize("on_the_right", [True, False])
def test_seen_from_the_side_the_body_decides_and_not_the_light(*, on_the_right: bool) -> None:
    someone, picture = from_the_side(), lit(on_the_right=on_the_right)
    assert not faces_left(someone, picture)
    assert faces_left(turned_over(someone, WIDTH), picture)


@pytest.mark.parametrize("on_the_right", [True, False])
def test_seen_from_the_front_the_light_decides(*, on_the_right: bool) -> None:
    assert faces_left(from_the_front(), lit(on_the_right=on_the_right)) is not on_the_right


def test_whoever_lies_faces_where_the_head_is_though_the_toes_point_away() -> None:
    lying = from_the_side()
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    on_the_back = replace(lying, xy_px=lying.xy_px @ turn.T)
    feet = [Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX]
    assert forwards(on_the_back) * (on_the_back.xy_px[Landmark.NOSE, 0] - on_the_back.xy_px[feet, 0].mean()) > 0.0


class Seer:
    """A detector that sees somebody stand where the picture is brightest, facing away from its middle."""

    made = 0
    closed = 0

    def __init__(self) -> None:
        Seer.made += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        Seer.closed += 1

    def detect(self, rgb: Any, time_s: float) -> Landmarks | None:
        if not rgb.any():
            return None
        someone = from_the_side()
        place = float(rgb.sum(axis=(0, 2)).argmax())
        person = replace(someone, xy_px=someone.xy_px - someone.xy_px.mean(axis=0) + [place, 0.0])
        return person if place > WIDTH / 2 else turned_over(person, round(2 * place))


@pytest.fixture
def seer() -> type[Seer]:
    Seer.made = Seer.closed = 0
    return Seer


def bright_at(column: int) -> Picture:
    picture = np.zeros((4, WIDTH, 3), dtype=np.uint8)
    picture[:, column] = 200
    return picture


def test_whoever_faces_right_is_seen_as_they_are_by_one_detector(seer: type[Seer]) -> None:
    with EitherWay(seer) as detector:
        found = [detector.detect(bright_at(column), index / 30) for index, column in enumerate((400, 390, 100))]
    assert (seer.made, seer.closed) == (1, 1)
    assert [None if one is None else round(one.xy_px[:, 0].mean()) for one in found] == [400, 390, 100]


def test_whoever_faces_left_comes_back_where_they_are_from_a_second_detector(seer: type[Seer]) -> None:
    with EitherWay(seer) as detector:
        found = [detector.detect(bright_at(column), index / 30) for index, column in enumerate((100, 110, 400))]
    assert (seer.made, seer.closed) == (2, 2)
    assert all(one is not None for one in found)
    places = [one.xy_px[:, 0].mean() for one in found if one is not None]
    assert places == pytest.approx([101, 111, 401])


def test_pictures_without_anybody_decide_nothing(seer: type[Seer]) -> None:
    with EitherWay(seer) as detector:
        assert detector.detect(np.zeros((4, WIDTH, 3), dtype=np.uint8), 0.0) is None
        assert seer.made == 1
        assert detector.detect(bright_at(100), 0.1) is not None
        assert detector.detect(np.zeros((4, WIDTH, 3), dtype=np.uint8), 0.2) is None
    assert (seer.made, seer.closed) == (2, 2)


def test_an_interruption_closes_the_detector_that_is_open(seer: type[Seer]) -> None:
    def interrupted() -> None:
        with EitherWay(seer) as detector:
            detector.detect(bright_at(100), 0.0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (seer.made, seer.closed) == (2, 2)


def test_a_clip_and_its_mirror_image_give_mirrored_landmarks_to_the_last_bit() -> None:
    with open_clip(SQUAT) as reader:
        frames = [(frame.rgb.copy(), frame.time_s) for frame in reader.frames() if frame.rgb is not None][:12]
    model = verified(bundle(ModelSize.LITE))
    with EitherWay(lambda: MediaPipeDetector(model)) as detector:
        as_filmed = [detector.detect(rgb, time_s) for rgb, time_s in frames]
    with EitherWay(lambda: MediaPipeDetector(model)) as detector:
        in_a_mirror = [detector.detect(mirrored(rgb), time_s) for rgb, time_s in frames]
    for one, other in zip(as_filmed, in_a_mirror, strict=True):
        assert one is not None
        assert other is not None
        back = turned_over(other, frames[0][0].shape[1])
        for part in PARTS:
            assert getattr(back, part) == pytest.approx(getattr(one, part), abs=1e-9)
