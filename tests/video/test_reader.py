import hashlib
import threading
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace
from tests.processes import python
from tests.video.films import GREEN, MILLISECOND, RED, Film, corners, shoot

from formcheck.errors import UnreadableClip
from formcheck.video.reader import Frame, content_sha256, open_clip

UNEVEN_S = (0.0, 0.033, 0.050, 0.117, 0.150, 0.151, 0.300, 0.340, 0.400, 0.525, 0.600, 0.700)


def read(path: Path, max_rate_hz: float = 60.0) -> list[Frame]:
    with open_clip(path) as reader:
        return list(reader.frames(max_rate_hz))


def shown(frame: Frame) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    assert frame.rgb is not None
    return frame.rgb


def times(frames: list[Frame]) -> list[float]:
    return [frame.time_s for frame in frames]


@pytest.mark.parametrize(
    ("name", "film"),
    [
        pytest.param("a.mp4", Film(), id="H.264 in MP4"),
        pytest.param("a.mov", Film(), id="H.264 in QuickTime"),
        pytest.param("a.mkv", Film(codec="libx265", pixel_format="yuv420p10le"), id="10-bit HEVC in Matroska"),
        pytest.param("a.webm", Film(codec="libvpx-vp9"), id="VP9 in WebM"),
        pytest.param("a.webm", Film(codec="libvpx-vp9", pixel_format="yuva420p"), id="VP9 with transparency"),
        pytest.param("a.mp4", Film(codec="libsvtav1"), id="AV1 in MP4"),
        pytest.param("a.avi", Film(codec="mpeg4", tick=Fraction(1, 30)), id="MPEG-4 in AVI"),
        pytest.param("a.avi", Film(tick=Fraction(1, 30)), id="H.264 with B frames in AVI"),
        pytest.param("a.mp4", Film(pixel_format="yuv444p"), id="full colour resolution"),
        pytest.param("a.mp4", Film(pixel_format="yuv420p10le"), id="10-bit H.264"),
        pytest.param("a.mov", Film(codec="qtrle", pixel_format="argb"), id="QuickTime animation with transparency"),
        pytest.param("a.mkv", Film(codec="ffv1", pixel_format="bgr0"), id="lossless RGB"),
        pytest.param("a.mp4", Film(pixel_format="yuv444p", size=(97, 65)), id="odd size"),
        pytest.param("a.webm", Film(codec="libvpx-vp9", size=(97, 65)), id="odd size with shared colour"),
    ],
)
def test_what_ffmpeg_decodes_is_read(tmp_path: Path, name: str, film: Film) -> None:
    frames = read(shoot(tmp_path / name, film))

    assert [frame.index for frame in frames] == list(range(30))
    assert times(frames) == pytest.approx([index / 30 for index in range(30)], abs=0.0006)
    for frame in (frames[0], frames[-1]):
        picture = shown(frame)
        assert picture.shape == (film.size[1], film.size[0], 3)
        assert picture.dtype == np.uint8
        assert picture.flags.c_contiguous
        assert corners(picture) == ["red", "green", "blue", "white"]


def test_a_gif_is_read_at_its_own_pace(tmp_path: Path) -> None:
    film = Film(codec="gif", pixel_format="rgb8", tick=Fraction(1, 100), times_s=[0.1 * k for k in range(12)], rate=10)

    assert times(read(shoot(tmp_path / "a.gif", film))) == pytest.approx([0.1 * k for k in range(12)])


@pytest.mark.parametrize("full_range", [False, True])
@pytest.mark.parametrize("matrix", [Colorspace.ITU601, Colorspace.ITU709])
def test_colours_are_those_that_were_filmed(tmp_path: Path, matrix: Colorspace, full_range: bool) -> None:
    film = Film(matrix=matrix, full_range=full_range, times_s=(0.0, 0.03))

    picture = shown(read(shoot(tmp_path / "a.mp4", film))[0])

    assert picture[8, 8].tolist() == pytest.approx(RED, abs=8)
    assert picture[8, -8].tolist() == pytest.approx(GREEN, abs=8)


def test_times_are_the_files_own_where_the_frame_rate_varies(tmp_path: Path) -> None:
    path = shoot(tmp_path / "phone.mp4", Film(times_s=UNEVEN_S))

    with open_clip(path) as reader:
        frames = list(reader.frames())
        info = reader.clip_info()

    assert times(frames) == pytest.approx(list(UNEVEN_S), abs=1e-9)
    assert info.variable_frame_rate
    assert info.fps == pytest.approx(11 / 0.7)


def test_times_begin_at_zero_whatever_the_file_begins_with(tmp_path: Path) -> None:
    path = shoot(tmp_path / "cut.mkv", Film(times_s=[5.0 + k / 30 for k in range(30)]))

    assert times(read(path))[:2] == pytest.approx([0.0, 0.033], abs=0.001)


def test_times_rounded_to_milliseconds_are_a_constant_rate(tmp_path: Path) -> None:
    with open_clip(shoot(tmp_path / "a.webm", Film(codec="libvpx-vp9", tick=MILLISECOND))) as reader:
        list(reader.frames())

        assert not reader.clip_info().variable_frame_rate


@pytest.mark.parametrize(
    ("rotation", "mirrored", "expected", "degrees"),
    [
        (0, False, ["red", "green", "blue", "white"], 0),
        (90, False, ["green", "white", "red", "blue"], 270),
        (180, False, ["white", "blue", "green", "red"], 180),
        (-90, False, ["blue", "red", "white", "green"], 90),
        (0, True, ["green", "red", "white", "blue"], 0),
        (180, True, ["blue", "white", "red", "green"], 180),
    ],
)
def test_a_rotated_phone_clip_comes_out_upright(
    tmp_path: Path, rotation: int, mirrored: bool, expected: list[str], degrees: int
) -> None:
    path = shoot(tmp_path / "phone.mp4", Film(rotation=rotation, mirrored=mirrored))

    with open_clip(path) as reader:
        picture = shown(list(reader.frames())[3])
        info = reader.clip_info()

    assert corners(picture) == expected
    assert picture.flags.c_contiguous
    assert info.rotation_degrees == degrees
    assert (info.width, info.height) == picture.shape[1::-1] == ((96, 64) if rotation % 180 == 0 else (64, 96))


def test_a_mirrored_and_turned_clip_swaps_its_corners(tmp_path: Path) -> None:
    seen = {
        tuple(corners(shown(read(shoot(tmp_path / "a.mp4", Film(rotation=angle, mirrored=True)))[0])))
        for angle in (90, -90)
    }

    assert seen == {("red", "blue", "green", "white"), ("white", "green", "blue", "red")}


@pytest.mark.parametrize(
    ("aspect", "size"), [(Fraction(4, 3), (128, 64)), (Fraction(1, 2), (96, 128)), (Fraction(100, 1), (96, 64))]
)
def test_pixels_that_are_not_square_are_made_square(tmp_path: Path, aspect: Fraction, size: tuple[int, int]) -> None:
    picture = shown(read(shoot(tmp_path / "a.mp4", Film(pixel_aspect=aspect)))[0])

    assert picture.shape[1::-1] == size
    assert corners(picture) == ["red", "green", "blue", "white"]


def test_frames_beyond_4k_are_scaled_down(tmp_path: Path) -> None:
    film = Film(codec="mjpeg", pixel_format="yuvj420p", size=(7680, 480), times_s=(0.0, 0.033), tick=MILLISECOND)

    picture = shown(read(shoot(tmp_path / "wide.mkv", film))[0])

    assert picture.shape == (240, 3840, 3)
    assert corners(picture) == ["red", "green", "blue", "white"]


def test_a_change_of_resolution_keeps_the_first_size_and_stretches_nobody(tmp_path: Path) -> None:
    parts = [
        shoot(tmp_path / f"{size[0]}.h264", Film(size=size, times_s=[k / 30 for k in range(15)]))
        for size in ((96, 64), (192, 128), (64, 96))
    ]
    joined = tmp_path / "joined.h264"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))

    frames = read(joined)

    assert {shown(frame).shape for frame in frames} == {(64, 96, 3)}
    assert corners(shown(frames[20])) == ["red", "green", "blue", "white"]
    upright = shown(frames[40])
    assert not upright[:, :24].any()
    assert corners(upright[:, 27:69]) == ["red", "green", "blue", "white"]


def test_a_stream_without_time_stamps_runs_at_its_rate(tmp_path: Path) -> None:
    frames = read(shoot(tmp_path / "raw.h264", Film(tick=Fraction(1, 30))))

    assert times(frames) == pytest.approx([k / 30 for k in range(30)], abs=1e-6)


@pytest.mark.parametrize(("rate", "every"), [(30, 1), (60, 1), (120, 2), (240, 4)])
def test_above_sixty_frames_a_second_every_nth_is_shown_and_the_last(tmp_path: Path, rate: int, every: int) -> None:
    count = 42
    film = Film(times_s=[k / rate for k in range(count)], rate=rate, tick=Fraction(1, 240_000))

    frames = read(shoot(tmp_path / "fast.mp4", film))

    assert times(frames) == pytest.approx([k / rate for k in range(count)])
    assert [frame.index for frame in frames if frame.rgb is not None] == sorted({*range(0, count, every), count - 1})


def test_every_frame_is_shown_when_no_limit_is_set(tmp_path: Path) -> None:
    film = Film(times_s=[k / 240 for k in range(30)], rate=240, tick=Fraction(1, 240_000))

    assert all(frame.rgb is not None for frame in read(shoot(tmp_path / "fast.mp4", film), float("inf")))


def test_the_facts_of_a_clip_are_those_really_decoded(tmp_path: Path) -> None:
    path = shoot(tmp_path / "Läufer 1.mp4", Film(created="2026-05-04T10:11:12.000000Z"))

    with open_clip(path) as reader:
        assert reader.expected_duration_s == pytest.approx(1.0)
        list(reader.frames())
        info = reader.clip_info()

    assert (info.name, info.path) == ("Läufer 1.mp4", str(path))
    assert info.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == content_sha256(path)
    assert (info.frames, info.width, info.height) == (30, 96, 64)
    assert info.duration_s == pytest.approx(1.0)
    assert info.fps == pytest.approx(30.0)
    assert not info.variable_frame_rate
    assert info.recorded_at is not None
    assert datetime.fromisoformat(info.recorded_at) == datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize("created", [None, "1970-01-01T00:00:00Z"])
def test_an_unset_clock_is_no_recording_time(tmp_path: Path, created: str | None) -> None:
    with open_clip(shoot(tmp_path / "a.mkv", Film(created=created))) as reader:
        list(reader.frames())

        assert reader.clip_info().recorded_at is None


def test_a_recording_time_with_its_place_goes_before_the_one_in_utc(tmp_path: Path) -> None:
    film = Film(created="2026-05-05T01:11:12Z", created_there="2026-05-04T20:11:12-0500")
    with open_clip(shoot(tmp_path / "a.mov", film)) as reader:
        list(reader.frames())

        assert reader.clip_info().recorded_at == "2026-05-04T20:11:12-05:00"


def test_a_changed_file_has_another_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"first")
    before = content_sha256(path)
    path.write_bytes(b"second")

    assert content_sha256(path) != before


def test_a_clip_cut_short_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "cut.mkv"
    content = shoot(tmp_path / "whole.mkv", Film(times_s=[k / 30 for k in range(120)])).read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with open_clip(path) as reader:
        frames = list(reader.frames())
        warnings = reader.warnings

    assert 30 < len(frames) < 100
    assert len(warnings) == 1
    assert "breaks off after" in warnings[0]
    assert "of 4.0 s" in warnings[0]


def test_damage_in_the_middle_costs_only_the_damaged_part(tmp_path: Path) -> None:
    whole = shoot(
        tmp_path / "whole.mkv", Film(codec="mjpeg", pixel_format="yuvj420p", times_s=[k / 30 for k in range(90)])
    )
    content = bytearray(whole.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 6000] = bytes(6000)
    path = tmp_path / "scratched.mkv"
    path.write_bytes(content)

    frames = read(path)

    assert 70 < len(frames) < 90
    assert frames[-1].time_s == pytest.approx(89 / 30, abs=0.001)


def test_an_undamaged_clip_gives_no_warning(tmp_path: Path) -> None:
    for name, film in (
        ("a.mp4", Film(sound="aac")),
        ("a.mkv", Film(sound="aac")),
        ("a.webm", Film(codec="libvpx-vp9")),
    ):
        with open_clip(shoot(tmp_path / name, film)) as reader:
            list(reader.frames())

            assert reader.warnings == ()


def still_picture(path: Path) -> Path:
    return shoot(path, Film(codec="png", pixel_format="rgb24", times_s=(0.0,)))


def only_sound(path: Path) -> Path:
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), dtype=np.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def too_little_left(path: Path) -> Path:
    content = shoot(path.with_name("whole.mkv"), Film(times_s=[k / 30 for k in range(120)])).read_bytes()
    path.write_bytes(content[: len(content) // 20 + 1200])
    return path


def no_index(path: Path) -> Path:
    content = shoot(path.with_name("whole.mp4")).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda at: at / "missing.mp4", "no file", id="a missing file"),
        pytest.param(lambda at: folder(at / "clips.mp4"), "is a folder", id="a folder"),
        pytest.param(lambda at: written(at / "a.mp4", b""), "is empty", id="an empty file"),
        pytest.param(lambda at: written(at / "a.mp4", b"Monday: 3 x 20 m\n" * 40), "not a video", id="text as MP4"),
        pytest.param(lambda at: written(at / "plan.txt", b"Monday: 3 x 20 m\n" * 40), "text file", id="a text file"),
        pytest.param(lambda at: written(at / "a.mp4", bytes(5000)), "not a video", id="zeros"),
        pytest.param(lambda at: only_sound(at / "a.m4a"), "sound but no video", id="sound only"),
        pytest.param(lambda at: still_picture(at / "a.png"), "single picture", id="a photograph"),
        pytest.param(lambda at: shoot(at / "a.mp4", Film(times_s=(0.0,))), "single picture", id="one frame"),
        pytest.param(lambda at: no_index(at / "a.mp4"), "not a video", id="an MP4 whose end is missing"),
        pytest.param(lambda at: too_little_left(at / "a.mkv"), "damaged", id="a few frames of a long clip"),
        pytest.param(lambda at: Path("/dev/null"), "not an ordinary file", id="a device"),
        pytest.param(lambda at: at / ("x" * 300 + ".mp4"), "cannot be opened", id="an impossible name"),
    ],
)
def test_what_is_no_clip_is_told_in_one_sentence(tmp_path: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)

    with pytest.raises(UnreadableClip, match=said) as caught:
        read(path)

    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")


@pytest.mark.parametrize("name", ["a%03d.mp4", "first:second.mp4", "-dash.mp4", "50% [x] é 跑.mp4"])
def test_odd_names_are_just_names(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shoot(tmp_path / "plain.mp4").rename(tmp_path / name)

    assert len(read(Path(name))) == 30


def decoding_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "formcheck-conveyor"]


def test_decoding_stops_when_the_taker_fails(tmp_path: Path) -> None:
    path = shoot(tmp_path / "a.mp4", Film(times_s=[k / 30 for k in range(200)]))

    def fail_at_the_fifth() -> None:
        with open_clip(path) as reader:
            for frame in reader.frames():
                if frame.index == 5:
                    raise KeyError

    with pytest.raises(KeyError):
        fail_at_the_fifth()

    assert decoding_threads() == []


def test_decoding_stops_when_only_some_frames_are_wanted(tmp_path: Path) -> None:
    path = shoot(tmp_path / "a.mp4", Film(times_s=[k / 30 for k in range(200)]))

    with open_clip(path) as reader:
        frames = reader.frames()
        next(frames)
        assert len(decoding_threads()) == 1

    assert decoding_threads() == []


def test_frames_are_read_only_once(tmp_path: Path) -> None:
    with open_clip(shoot(tmp_path / "a.mp4")) as reader:
        list(reader.frames())

        with pytest.raises(RuntimeError, match="once"):
            next(reader.frames())


PEAK = """
import resource, sys
from pathlib import Path
from formcheck.video.reader import open_clip
with open_clip(Path(sys.argv[1])) as reader:
    count = sum(1 for _ in reader.frames())
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    peaks = {}
    for count in (60, 600):
        path = shoot(tmp_path / "a.mp4", Film(size=(640, 480), times_s=[k / 30 for k in range(count)]))
        run = python(PEAK, str(path))
        frames, megabytes = map(int, run.stdout.split())
        assert frames == count
        assert run.stderr == ""
        peaks[count] = megabytes

    assert peaks[600] - peaks[60] < 40, "540 more frames of 0.9 MB"


def test_a_playlist_never_leads_to_the_network(tmp_path: Path) -> None:
    path = tmp_path / "stream.mp4"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")

    with pytest.raises(UnreadableClip):
        read(path)


def test_reading_twice_gives_the_same_pictures(tmp_path: Path) -> None:
    path = shoot(tmp_path / "a.mp4")

    for first, second in zip(read(path), read(path), strict=True):
        assert first.time_s == second.time_s
        assert np.array_equal(shown(first), shown(second))
