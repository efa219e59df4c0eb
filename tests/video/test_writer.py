import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from tests.processes import python
from tests.video.films import RED, Film, brightness_of, corners, shoot

from formcheck.errors import UnreadableClip, UsageError
from formcheck.video.reader import Frame, open_clip
from formcheck.video.writer import write_annotated

UNEVEN_S = tuple(np.cumsum([0.0, *[0.033, 0.017, 0.067, 0.033, 0.125, 0.041] * 6]).tolist())
MARK = (250, 250, 10)


def mark(rgb: npt.NDArray[np.uint8], index: int, time_s: float) -> None:
    rgb[-12:, rgb.shape[1] // 2 - 6 : rgb.shape[1] // 2 + 6] = MARK


def frames_of(path: Path) -> list[Frame]:
    with open_clip(path) as reader:
        return list(reader.frames(float("inf")))


def annotated(source: Path, name: str = "annotated.mp4") -> Path:
    target = source.parent / name
    write_annotated(source, target, mark)
    return target


@pytest.mark.parametrize(
    "film",
    [
        pytest.param(Film(), id="constant rate"),
        pytest.param(Film(times_s=UNEVEN_S), id="variable rate"),
        pytest.param(Film(times_s=[k * 1001 / 30_000 for k in range(40)]), id="29.97 frames a second"),
        pytest.param(Film(times_s=[k / 240 for k in range(60)], tick=Fraction(1, 24_000)), id="240 frames a second"),
        pytest.param(Film(times_s=[3.0 + k / 30 for k in range(30)]), id="beginning late"),
    ],
)
def test_frames_times_and_duration_are_kept(tmp_path: Path, film: Film) -> None:
    source = shoot(tmp_path / "source.mp4", film)
    with open_clip(source) as reader:
        before = list(reader.frames(float("inf")))
        duration_s = reader.clip_info().duration_s

    with open_clip(annotated(source)) as reader:
        after = list(reader.frames(float("inf")))
        info = reader.clip_info()

    assert [frame.time_s for frame in after] == pytest.approx([frame.time_s for frame in before], abs=1 / 90_000)
    assert info.duration_s == pytest.approx(duration_s, abs=2 / 90_000)


def test_every_frame_is_the_sources_with_the_drawing_on_it(tmp_path: Path) -> None:
    for index, frame in enumerate(frames_of(annotated(shoot(tmp_path / "source.mp4")))):
        assert frame.rgb is not None
        assert corners(frame.rgb) == ["red", "green", "blue", "white"]
        assert frame.rgb[8, 8].tolist() == pytest.approx(RED, abs=24)
        assert frame.rgb[32, 48].tolist() == pytest.approx([brightness_of(index)] * 3, abs=12)
        assert frame.rgb[-6, 48].tolist() == pytest.approx(MARK, abs=40)


def test_the_drawing_is_told_index_and_time(tmp_path: Path) -> None:
    source, told = shoot(tmp_path / "source.mp4", Film(times_s=UNEVEN_S)), []

    write_annotated(source, tmp_path / "annotated.mp4", lambda rgb, index, time_s: told.append((index, time_s)))

    assert told == [(frame.index, frame.time_s) for frame in frames_of(source)]


def test_it_plays_in_browsers_and_on_phones(tmp_path: Path) -> None:
    path = annotated(shoot(tmp_path / "source.mkv", Film(codec="libx265", pixel_format="yuv420p10le", sound="flac")))

    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(path)) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.pix_fmt) == ("h264", "yuv420p")
        assert video.start_time == 0
        assert sound.codec_context.name == "aac"


def test_a_rotated_clip_is_written_upright(tmp_path: Path) -> None:
    path = annotated(shoot(tmp_path / "source.mp4", Film(rotation=-90)))

    frame = frames_of(path)[0]
    assert frame.rgb is not None
    assert frame.rgb.shape == (96, 64, 3)
    assert corners(frame.rgb) == ["blue", "red", "white", "green"]
    with av.open(str(path)) as container:
        assert next(container.decode(video=0)).rotation == 0


def test_an_odd_size_grows_by_the_repeated_edge(tmp_path: Path) -> None:
    frame = frames_of(annotated(shoot(tmp_path / "source.webm", Film(codec="libvpx-vp9", size=(97, 65)))))[0]

    assert frame.rgb is not None
    assert frame.rgb.shape == (66, 98, 3)
    assert frame.rgb[8, -1].tolist() == pytest.approx(frame.rgb[8, -2].tolist(), abs=12)
    assert corners(frame.rgb) == ["red", "green", "blue", "white"]


def sound_of(path: Path) -> tuple[str, float, float, float]:
    """Return codec, first and last second of the sound, and how loud it is."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = list(container.decode(stream))
        first, last = frames[0], frames[-1]
        assert first.time is not None
        assert last.time is not None
        level = float(np.mean([np.abs(frame.to_ndarray().astype(float)).mean() for frame in frames]))
        return stream.codec_context.name, first.time, last.time + last.samples / last.sample_rate, level


@pytest.mark.parametrize(
    ("name", "film", "codec"),
    [
        pytest.param("a.mp4", Film(sound="aac"), "aac", id="AAC is copied"),
        pytest.param("a.mkv", Film(sound="libmp3lame"), "mp3float", id="MP3 is copied"),
        pytest.param("a.webm", Film(codec="libvpx-vp9", sound="libopus"), "opus", id="Opus is copied"),
        pytest.param("a.mov", Film(sound="pcm_s16le"), "aac", id="PCM is encoded again"),
        pytest.param(
            "a.avi", Film(codec="mpeg4", sound="ac3", tick=Fraction(1, 30)), "aac", id="AC-3 is encoded again"
        ),
        pytest.param("a.ts", Film(sound="aac"), "aac", id="AAC in a transport stream"),
    ],
)
def test_the_sound_is_kept(tmp_path: Path, name: str, film: Film, codec: str) -> None:
    found, start_s, end_s, level = sound_of(annotated(shoot(tmp_path / name, film)))

    assert found == codec
    assert start_s == pytest.approx(0.0, abs=0.05)
    assert end_s == pytest.approx(1.0, abs=0.08)
    assert level > 0.05 or level > 1000


def test_sound_stays_with_its_picture(tmp_path: Path) -> None:
    film = Film(times_s=[2.0 + k / 30 for k in range(60)], sound="aac", sound_from_s=3.0)

    path = annotated(shoot(tmp_path / "late.mkv", film))

    assert sound_of(path)[1] == pytest.approx(1.0, abs=0.05)
    assert [frame.time_s for frame in frames_of(path)][:2] == pytest.approx([0.0, 1 / 30], abs=0.001)


def test_sound_from_before_the_picture_is_left_out(tmp_path: Path) -> None:
    film = Film(times_s=[2.0 + k / 30 for k in range(60)], sound="aac", sound_from_s=0.5)

    _, start_s, end_s, _ = sound_of(annotated(shoot(tmp_path / "late.mkv", film)))

    assert start_s == pytest.approx(0.0, abs=0.05)
    assert end_s == pytest.approx(2.0, abs=0.08)


def test_a_silent_clip_stays_silent(tmp_path: Path) -> None:
    with av.open(str(annotated(shoot(tmp_path / "source.mp4")))) as container:
        assert not container.streams.audio


def test_the_same_clip_gives_the_same_file(tmp_path: Path) -> None:
    source = shoot(tmp_path / "source.mp4", Film(sound="aac"))

    assert annotated(source, "first.mp4").read_bytes() == annotated(source, "second.mp4").read_bytes()


@pytest.mark.parametrize("failure", [KeyError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path: Path, failure: type[BaseException]) -> None:
    source, target = shoot(tmp_path / "source.mp4"), tmp_path / "out" / "annotated.mp4"
    target.parent.mkdir()
    target.write_bytes(b"yesterday's")

    def draw(rgb: npt.NDArray[np.uint8], index: int, time_s: float) -> None:
        if index == 20:
            raise failure

    with pytest.raises(failure):
        write_annotated(source, target, draw)

    assert target.read_bytes() == b"yesterday's"
    assert list(target.parent.iterdir()) == [target]


def test_a_source_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    source.write_text("no video")

    with pytest.raises(UnreadableClip):
        write_annotated(source, tmp_path / "annotated.mp4", mark)

    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize("place", ["missing/annotated.mp4", "source.mp4/annotated.mp4", "folder"])
def test_a_place_that_cannot_be_written_is_wrong_usage(tmp_path: Path, place: str) -> None:
    source = shoot(tmp_path / "source.mp4")
    (tmp_path / "folder").mkdir()

    with pytest.raises(UsageError, match=r"cannot be written .*\.$"):
        write_annotated(source, tmp_path / place, mark)

    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["folder", "source.mp4"]


def test_a_failure_of_the_drawing_is_not_taken_for_one_of_the_disk(tmp_path: Path) -> None:
    def draw(rgb: npt.NDArray[np.uint8], index: int, time_s: float) -> None:
        raise FileNotFoundError("font")

    with pytest.raises(FileNotFoundError, match="font"):
        write_annotated(shoot(tmp_path / "source.mp4"), tmp_path / "annotated.mp4", draw)


def test_a_damaged_clip_is_annotated_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = shoot(tmp_path / "whole.mkv", Film(times_s=[k / 30 for k in range(120)], sound="aac"))
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    started = time.monotonic()
    assert len(frames_of(annotated(cut))) == len(frames_of(cut))
    assert time.monotonic() - started < 20


FULL_DISK = """
import resource, sys
from pathlib import Path
from formcheck.errors import UsageError
from formcheck.video.writer import write_annotated
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    write_annotated(Path(sys.argv[1]), Path(sys.argv[2]), lambda rgb, index, time_s: None)
except UsageError as error:
    print(error)
"""


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    source = shoot(tmp_path / "source.mp4", Film(size=(320, 240), times_s=[k / 30 for k in range(90)]))

    run = python(FULL_DISK, str(source), str(tmp_path / "annotated.mp4"))

    assert "cannot be written" in run.stdout
    assert list(tmp_path.iterdir()) == [source]
