from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.report import pages
from tests.video.films import brightness_of

from formcheck.report.angle_marks import AngleMark
from formcheck.report.evidence import crop_around, drawn, drawn_height, frames_at, picture_of
from formcheck.vocabulary import Landmark, Side

NOBODY = np.full((len(Landmark), 2), np.nan)


def athlete(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    points = NOBODY.copy()
    points[0], points[1] = (left, top), (right, bottom)
    return points


@pytest.mark.parametrize("place", [(100, 50, 160, 220), (0, 0, 60, 200), (250, 100, 319, 239), (20, 180, 300, 235)])
def test_the_crop_holds_the_athlete_and_stays_in_the_picture(place: tuple[float, float, float, float]) -> None:
    box = crop_around(athlete(*place), 320, 240, bounded=True)
    assert box.left >= 0
    assert box.top >= 0
    assert box.left + box.width <= 320
    assert box.top + box.height <= 240
    assert box.left <= place[0]
    assert box.left + box.width >= place[2]
    assert box.top <= place[1]
    assert box.top + box.height >= place[3]


def test_a_standing_athlete_gets_an_upright_picture_and_a_lying_one_a_wide_one() -> None:
    standing = crop_around(athlete(900, 200, 1000, 900), 1920, 1080, bounded=True)
    assert 0.7 < standing.width / standing.height < 0.9
    lying = crop_around(athlete(300, 700, 1500, 900), 1920, 1080, bounded=True)
    assert lying.width / lying.height > 1.3


def test_where_nobody_was_found_the_whole_picture_is_shown() -> None:
    box = crop_around(NOBODY, 320, 240, bounded=True)
    assert (box.left, box.top, box.width, box.height) == (0, 0, 320, 240)


def test_the_frame_of_the_moment_is_taken_and_not_its_neighbour(tmp_path: Path) -> None:
    clip = pages.filmed(tmp_path)
    frames = frames_at(clip, [0.4, 2.0])
    for time_s, frame in frames.items():
        brightness = brightness_of(round(time_s * pages.RATE_HZ))
        assert float(np.median(frame)) == pytest.approx(brightness, abs=3)


def test_a_track_and_a_clip_that_is_gone_or_damaged_give_no_frames(tmp_path: Path) -> None:
    clip = pages.filmed(tmp_path)
    assert frames_at(replace(clip, is_track=True), [0.4]) == {}
    assert frames_at(replace(clip, source=tmp_path / "gone.mp4"), [0.4]) == {}
    (tmp_path / "damaged.mp4").write_bytes(b"not a video")
    assert frames_at(replace(clip, source=tmp_path / "damaged.mp4"), [0.4]) == {}


def test_the_picture_of_an_unseen_athlete_has_no_lines(tmp_path: Path) -> None:
    clip = pages.recording(tmp_path / "track.npz", is_track=True)
    hidden = replace(clip, clean=replace(clip.clean, xy_px=np.full_like(clip.clean.xy_px, np.nan)))
    picture = picture_of(hidden, 0.4, near=Side.LEFT, column="left_knee_flexion", in_plane=True, frame=None)
    assert (picture.near, picture.far, picture.across, picture.head, picture.angle) == ("", "", "", None, None)


def test_an_elevation_seen_from_the_front_is_drawn_as_a_height(tmp_path: Path) -> None:
    clip = pages.recording(tmp_path / "track.npz", is_track=True)
    from_side, from_front = (
        picture_of(clip, 0.4, near=None, column="left_thigh_elevation", in_plane=in_plane, frame=None).angle
        for in_plane in (True, False)
    )
    assert from_side is not None
    assert from_side.arc
    assert from_front is not None
    assert not from_front.arc


@pytest.mark.parametrize("draw", [drawn, drawn_height])
@pytest.mark.parametrize("end", [(5.0, 5.0), (395.0, 5.0), (200.0, 395.0), (200.0, 200.0)])
def test_the_value_is_always_written_inside_the_picture(draw: object, end: tuple[float, float]) -> None:
    assert callable(draw)
    x, y = draw(AngleMark(vertex=(200.0, 200.0), end=end, zero=(0.0, 1.0)), 400, 400).label
    assert 20 < x < 380
    assert 20 < y < 385
