from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.report import filmed
from tests.video.films import Film, shoot

from formcheck.errors import UnreadableClip, UsageError
from formcheck.report.annotated import write_annotated_video
from formcheck.report.overlay import composition
from formcheck.report.palette import VERMILLION
from formcheck.video.reader import Frame, open_clip

UNEVEN_S = tuple(np.cumsum([0.0, *[0.033, 0.017, 0.067, 0.033, 0.125, 0.041] * 6]).tolist())


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "find", lambda _id: filmed.SQUAT)


def frames_of(path: Path) -> list[Frame]:
    with open_clip(path) as reader:
        return list(reader.frames(float("inf")))


@pytest.mark.parametrize(
    "film",
    [
        pytest.param(Film(size=(320, 240)), id="constant rate"),
        pytest.param(Film(size=(320, 240), times_s=UNEVEN_S), id="variable rate"),
        pytest.param(Film(size=(240, 320), rotation=-90), id="rotated phone"),
    ],
)
def test_the_video_has_the_clips_frames_and_times(tmp_path: Path, film: Film) -> None:
    source, target = shoot(tmp_path / "clip.mp4", film), tmp_path / "annotated.mp4"
    scene = filmed.recording(filmed.poses((320, 240)), source)

    write_annotated_video(scene, filmed.assessed(filmed.squats()), 0, target)

    before, after = frames_of(source), frames_of(target)
    assert [f.time_s for f in after] == pytest.approx([f.time_s for f in before], abs=1 / 90_000)
    assert after[0].rgb is not None
    assert after[0].rgb.shape == (240, 320, 3)


def test_the_verdict_is_in_the_picture_when_it_is_due(tmp_path: Path) -> None:
    film = Film(size=(640, 360), times_s=tuple(k / 15 for k in range(45)))
    source, target = shoot(tmp_path / "clip.mp4", film), tmp_path / "annotated.mp4"
    scene = filmed.recording(filmed.poses((640, 360)), source)

    write_annotated_video(scene, filmed.assessed(filmed.squats(filmed.sway_finding(1.5))), 0, target)

    due = [f.time_s for f in frames_of(target) if f.rgb is not None and filmed.pixels_near(f.rgb, VERMILLION, 30) > 60]
    assert (min(due), max(due)) == pytest.approx((1.1, 2.3), abs=0.08)


def test_a_clip_that_has_gone_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    scene = filmed.recording(filmed.poses(), tmp_path / "gone.mp4")

    with pytest.raises(UnreadableClip):
        write_annotated_video(scene, filmed.assessed(filmed.squats()), 0, tmp_path / "annotated.mp4")

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    source = shoot(tmp_path / "clip.mp4", Film(size=(320, 240)))
    scene = filmed.recording(filmed.poses((320, 240)), source)

    with pytest.raises(UsageError):
        write_annotated_video(scene, filmed.assessed(filmed.squats()), 0, tmp_path / "no folder" / "annotated.mp4")


def test_a_clip_twice_as_fast_as_it_was_followed_is_drawn_in_every_frame(tmp_path: Path) -> None:
    film = Film(size=(320, 240), times_s=tuple(k / 60 for k in range(30)), rate=60)
    source, target = shoot(tmp_path / "clip.mp4", film), tmp_path / "annotated.mp4"
    scene = filmed.recording(filmed.poses((320, 240)), source)
    scene = replace(scene, clip=replace(scene.clip, fps=60.0, frames=30))

    write_annotated_video(scene, filmed.assessed(filmed.squats()), 0, target)

    frames = frames_of(target)
    assert len(frames) == 30
    assert all(f.rgb is not None and filmed.pixels_near(f.rgb, (255, 255, 255), 40) > 60 for f in frames)
