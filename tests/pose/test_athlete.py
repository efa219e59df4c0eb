"""Who is followed where several people are in the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.athlete import filmed
from tests.movements import pistol_squat

from formcheck.pose.athlete import is_same, more_prominent, prominence, size, with_only
from formcheck.pose.detector import Landmarks
from formcheck.pose.mediapipe_detector import CHOICE_SECONDS, MediaPipeDetector
from formcheck.pose.models import bundle, verified
from formcheck.pose.sequence import PoseSequence
from formcheck.video.reader import open_clip
from formcheck.vocabulary import ModelSize

WIDTH, HEIGHT = 1280, 720
SQUAT = Path(__file__).resolve().parent.parent / "data" / "squatting_for_a_second.mp4"
Picture = npt.NDArray[np.uint8]


def person(*, x: float = 640.0, scale: float = 1.0) -> Landmarks:
    """Return somebody who stands in the middle of the picture, moved to ``x`` and scaled about the feet."""
    poses: PoseSequence = filmed(pistol_squat(), 0.1)
    xy = poses.xy_px[0]
    feet = np.array([xy[:, 0].mean(), xy[:, 1].max()])
    return Landmarks(
        xy_px=(xy - feet) * scale + [x, feet[1]],
        z_px=poses.z_px[0] * scale,
        visibility=poses.visibility[0],
        presence=poses.presence[0],
        world_m=poses.world_m[0],
    )


def instead_of(followed: Landmarks, *others: Landmarks) -> Landmarks | None:
    return more_prominent([followed, *others], followed, WIDTH, HEIGHT)


def test_somebody_alone_is_followed() -> None:
    assert instead_of(person()) is None
    assert more_prominent([], person(), WIDTH, HEIGHT) is None


def test_a_clearly_larger_person_is_followed_instead() -> None:
    larger = person(x=400.0)
    assert instead_of(person(x=880.0, scale=0.75), person(x=1000.0, scale=0.6), larger) is larger


def test_of_people_as_large_the_one_in_the_middle_is_followed() -> None:
    middle, aside = person(x=640.0), person(x=1150.0)
    assert instead_of(aside, middle) is middle
    assert instead_of(middle, aside) is None


def test_whoever_is_hardly_larger_is_not_followed_instead() -> None:
    assert instead_of(person(x=400.0), person(x=880.0, scale=1.1)) is None


def test_a_coach_whom_the_picture_cuts_off_is_not_taken_for_the_athlete() -> None:
    coach = person(x=1150.0, scale=1.3)
    coach = replace(coach, xy_px=coach.xy_px + np.array([0.0, 300.0]))
    assert instead_of(person(x=640.0), coach) is None


@given(st.floats(0.3, 3.0), st.floats(0.0, 1280.0))
def test_prominence_grows_with_size_and_never_exceeds_it(scale: float, x: float) -> None:
    someone = person(x=x, scale=scale)
    assert size(someone) == pytest.approx(scale * size(person()))
    assert 0.0 < prominence(someone, WIDTH, HEIGHT) <= size(someone)


def test_the_same_person_found_twice_is_one_person() -> None:
    one = person()
    assert is_same(one, replace(one, xy_px=one.xy_px + 3.0))
    assert not is_same(one, person(x=1000.0))


def test_everybody_else_is_painted_over() -> None:
    picture = np.random.default_rng(0).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    athlete = person(x=300.0, scale=0.5)
    alone = with_only(picture, athlete)
    (left, top), (right, bottom) = (corner(athlete.xy_px, axis=0).astype(int) for corner in (np.min, np.max))
    assert (alone[top:bottom, left:right] == picture[top:bottom, left:right]).all()
    assert np.ptp(alone[:, 800:], axis=(0, 1)).max() == 0


@pytest.fixture(scope="module")
def squat() -> Picture:
    """Somebody in the middle of a picture that is 480 pixels wide and 360 high."""
    with open_clip(SQUAT) as reader:
        rgb = next(iter(reader.frames())).rgb
        assert rgb is not None
        return rgb.copy()


@pytest.fixture
def detector() -> Iterator[MediaPipeDetector]:
    with MediaPipeDetector(verified(bundle(ModelSize.LITE))) as opened:
        yield opened


def beside(athlete: Picture, scale: float) -> Picture:
    """Return a picture of somebody with the same person smaller and brighter beside them, on the same floor."""
    other = cv2.resize(athlete, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    above = athlete.shape[0] - other.shape[0]
    return np.hstack([athlete, np.pad(other, ((above, 0), (0, 0), (0, 0)), mode="edge")])


def test_the_athlete_is_followed_though_somebody_further_off_is_seen_more_clearly(
    detector: MediaPipeDetector, squat: Picture
) -> None:
    bright = beside(squat, 0.8)
    picture = np.concatenate([(0.4 * bright[:, :480]).astype(np.uint8), bright[:, 480:]], axis=1)
    unchosen = detector._followed(picture, 0.0)
    assert unchosen is not None
    assert unchosen.xy_px[:, 0].mean() > 480.0, "the detector by itself takes the other one"

    with MediaPipeDetector(verified(bundle(ModelSize.LITE))) as anew:
        places = [anew.detect(picture, index / 30.0) for index in range(3)]
    assert all(found is not None and found.xy_px[:, 0].mean() < 480.0 for found in places)


def test_somebody_who_is_lost_all_the_time_is_compared_with_others_once_a_second(
    detector: MediaPipeDetector, squat: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    created: list[str] = []
    create = detector._create

    def noted(mode: str, *, people: int) -> Any:
        created.append(mode)
        return create(mode, people=people)

    monkeypatch.setattr(detector, "_create", noted)
    times = np.arange(0.0, 2.0 * CHOICE_SECONDS, 0.1)
    for index, time_s in enumerate(times):
        detector.detect(squat if index % 4 < 3 else np.zeros_like(squat), float(time_s))
    assert created == ["IMAGE", "IMAGE"]
