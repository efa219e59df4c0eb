"""Small clips with known content, times and faults, made with PyAV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace

Picture = npt.NDArray[np.uint8]

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (240, 240, 240)
MILLISECOND = Fraction(1, 1000)
MATRIX_TAGS = {Colorspace.ITU709: 1, Colorspace.ITU601: 6}


@dataclass(frozen=True, kw_only=True)
class Film:
    """What to film: four coloured corners (red green / blue white) around a middle that brightens frame by frame."""

    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    size: tuple[int, int] = (96, 64)
    times_s: Sequence[float] = tuple(index / 30 for index in range(30))
    tick: Fraction = Fraction(1, 30_000)
    rate: int = 30
    rotation: float | None = None
    mirrored: bool = False
    pixel_aspect: Fraction | None = None
    sound: str | None = None
    sound_from_s: float = 0.0
    created: str | None = None
    created_there: str | None = None
    matrix: Colorspace | None = None
    full_range: bool = False


def four_corners(size: tuple[int, int], brightness: int = 128) -> Picture:
    width, height = size
    picture = np.full((height, width, 3), brightness, dtype=np.uint8)
    across, down = width // 3, height // 3
    picture[:down, :across], picture[:down, -across:] = RED, GREEN
    picture[-down:, :across], picture[-down:, -across:] = BLUE, WHITE
    return picture


def corners(picture: Picture) -> list[str]:
    """Name the colours at top left, top right, bottom left and bottom right."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    height, width = picture.shape[:2]
    inset_x, inset_y = max(1, width // 8), max(1, height // 8)
    spots = [(inset_y, inset_x), (inset_y, -inset_x), (-inset_y, inset_x), (-inset_y, -inset_x)]
    return [
        min(names, key=lambda name: float(np.abs(picture[spot].astype(float) - names[name]).sum())) for spot in spots
    ]


def brightness_of(index: int) -> int:
    return 20 + (index * 7) % 200


def shoot(path: Path, film: Film | None = None) -> Path:
    """Write a film and return its path."""
    film = film or Film()
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"} if film.created_there else {}) as output:
        video = output.add_stream(film.codec, rate=film.rate)
        assert isinstance(video, av.VideoStream)
        video.width, video.height = film.size
        video.pix_fmt = film.pixel_format
        video.codec_context.time_base = film.tick
        if film.matrix is not None:
            video.codec_context.colorspace = MATRIX_TAGS[film.matrix]
            video.codec_context.color_range = (ColorRange.JPEG if film.full_range else ColorRange.MPEG).value
        if film.pixel_aspect is not None:
            video.codec_context.sample_aspect_ratio = film.pixel_aspect
        if film.rotation is not None:
            video.set_display_rotation(film.rotation, hflip=film.mirrored)
        sound = output.add_stream(film.sound, rate=48_000, layout="stereo") if film.sound else None
        if film.created is not None:
            output.metadata["creation_time"] = film.created
        if film.created_there is not None:
            output.metadata["com.apple.quicktime.creationdate"] = film.created_there
        for index, time_s in enumerate(film.times_s):
            frame = av.VideoFrame.from_ndarray(four_corners(film.size, brightness_of(index)), "rgb24")
            if film.matrix is not None:
                wanted = ColorRange.JPEG if film.full_range else ColorRange.MPEG
                frame = frame.reformat(
                    format=film.pixel_format, dst_colorspace=film.matrix.value, dst_color_range=wanted.value
                )
            frame.pts, frame.time_base = round(time_s / film.tick), film.tick
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
        if isinstance(sound, av.AudioStream):
            _play(output, sound, film)
    return path


def _play(output: av.container.OutputContainer, sound: av.AudioStream, film: Film) -> None:
    total = int((film.times_s[-1] + 1 / 30 - film.sound_from_s) * 48_000)
    for start in range(0, total, 1024):
        count = min(1024, total - start)
        tone = (8000 * np.sin(2 * np.pi * 440 * (start + np.arange(count)) / 48_000)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(tone, 2)[np.newaxis], format="s16", layout="stereo")
        frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
        frame.pts = start + round(film.sound_from_s * 48_000)
        output.mux(sound.encode(frame))
    output.mux(sound.encode(None))
