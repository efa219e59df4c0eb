"""A real athlete's frames, and files made of them frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

SAMPLE = Path(__file__).resolve().parents[2] / "sample_videos" / "high_knees.mp4"
EXERCISE = "high_knees"
STEPS_PER_SECOND = 147 / 60
SECONDS = 3.5
RATE = 30
FAST = {"preset": "ultrafast", "crf": "20"}


@cache
def athlete() -> tuple[Picture, ...]:
    """Return the first seconds of the sample: (480, 640, 3) red, green, blue."""
    with av.open(str(SAMPLE)) as container:
        frames = zip(range(round(SECONDS * RATE)), container.decode(video=0), strict=False)
        return tuple(np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8) for _, frame in frames)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How frames become a file. ``time_of`` gives a frame's seconds, ``tick`` the unit that they are stored in."""

    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    rate: int = RATE
    tick: Fraction = Fraction(1, 30_000)
    time_of: Callable[[int], float] = lambda index: index / RATE
    options: dict[str, str] = field(default_factory=lambda: dict(FAST))
    container_options: dict[str, str] = field(default_factory=dict)
    rotation: int | None = None
    mirrored: bool = False
    pixel_aspect: Fraction | None = None
    stamp_of: Callable[[int, int], int] | None = None
    """Takes a packet's number and its stamp and gives the stamp that it is written with."""


def film(path: Path, frames: Iterable[Picture] | None = None, recipe: Recipe | None = None) -> Path:
    """Write frames (the athlete's unless others are given) and return the path."""
    recipe, frames = recipe or Recipe(), iter(athlete() if frames is None else frames)
    first = next(frames)
    with av.open(str(path), "w", options=recipe.container_options) as output:
        video = output.add_stream(recipe.codec, rate=recipe.rate)
        assert isinstance(video, av.VideoStream)
        video.height, video.width = first.shape[:2]
        video.pix_fmt, video.options = recipe.pixel_format, dict(recipe.options)
        video.codec_context.time_base = recipe.tick
        if recipe.pixel_aspect is not None:
            video.codec_context.sample_aspect_ratio = recipe.pixel_aspect
        if recipe.rotation is not None:
            video.set_display_rotation(recipe.rotation, hflip=recipe.mirrored)
        written = 0
        for index, picture in enumerate(_chained(first, frames)):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            frame.pts, frame.time_base = round(recipe.time_of(index) / recipe.tick), recipe.tick
            written = _mux(output, video.encode(frame), recipe, written)
        _mux(output, video.encode(None), recipe, written)
    return path


def resized(size: tuple[int, int], frames: Sequence[Picture] | None = None) -> Iterable[Picture]:
    """Yield frames in another (width, height)."""
    for picture in athlete() if frames is None else frames:
        yield np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _chained(first: Picture, rest: Iterable[Picture]) -> Iterable[Picture]:
    yield first
    yield from rest


def _mux(
    output: av.container.OutputContainer, packets: list[av.Packet[av.VideoStream]], recipe: Recipe, written: int
) -> int:
    for packet in packets:
        if recipe.stamp_of is not None and packet.pts is not None:
            packet.pts = recipe.stamp_of(written, packet.pts)
        output.mux(packet)
        written += 1
    return written
