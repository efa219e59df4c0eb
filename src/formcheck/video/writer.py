"""Writes an annotated copy of a clip: H.264 in MP4, with the same frames, times, duration and sound."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from formcheck.errors import UsageError
from formcheck.video.audio import Sound
from formcheck.video.memory import pictures_within
from formcheck.video.picture import Picture
from formcheck.video.reader import ANY_RATE_HZ, Frame, open_clip

TICKS_PER_SECOND = 90_000
"""A multiple of 24, 25, 30, 50 and 60, and finer than any phone's clock."""

TICK = Fraction(1, TICKS_PER_SECOND)
ENCODER_OPTIONS = {"preset": "veryfast", "crf": "23", "bf": "0"}
"""Without B frames the file holds frames in the order shown, so that every player agrees on times and duration."""
BT709 = 1

MOST_FRAMES_LOOKED_AHEAD = 10
"""The encoder's own number at this preset."""

PIXELS_LOOKED_AHEAD = 7 * 1920 * 1088
"""Of larger pictures the encoder keeps fewer: each of 4K takes it 23 MB, and the file grows by nothing."""

Draw = Callable[[Picture, int, float], None]
"""Draws into an upright picture (height, width, 3), given the frame's index and its seconds."""


def write_annotated(source: Path, target: Path, draw: Draw) -> None:
    """Write ``source`` to ``target`` with every frame drawn on.

    ``target`` is H.264 (yuv420p, playable while it loads) in MP4, upright, with the frames, frame times, duration and
    sound of ``source``; a width or height that is odd grows by one pixel that repeats the edge. It is written whole or
    not at all: a file of that name stays as it was if anything goes wrong, in ``draw`` too.

    Raises
    ------
    UnreadableClip
        As in reading.
    UsageError
        Where ``target`` cannot be written.
    """
    with _whole_or_nothing(target) as unfinished, open_clip(source) as reader:
        frames = reader.frames(max_rate_hz=ANY_RATE_HZ)
        first = next(frames)
        with Sound(source, origin_s=reader.origin_s) as sound, _writing(target), _mp4(unfinished) as output:
            track = _VideoTrack(output, _picture_of(first), reader.nominal_rate_hz)
            sound.begin(output)
            frames = chain((first,), frames)
            del first  # 25 MB in 4K that nobody needs to the end
            for frame in frames:
                picture = _picture_of(frame)
                draw(picture, frame.index, frame.time_s)
                track.add(picture, frame.time_s)
                sound.write_until(frame.time_s, output)
            track.finish(reader.clip_info().duration_s)
            sound.write_until(math.inf, output)


class _VideoTrack:
    """The picture track of the annotated clip. One frame is held back: its duration is known with the next."""

    def __init__(self, output: OutputContainer, picture: Picture, rate_hz: float) -> None:
        height, width = picture.shape[:2]
        self._output = output
        self._stream: VideoStream = output.add_stream("libx264", rate=Fraction(rate_hz).limit_denominator(1001))
        self._stream.width, self._stream.height = width + width % 2, height + height % 2
        self._stream.pix_fmt = "yuv420p"
        ahead = pictures_within(PIXELS_LOOKED_AHEAD, pixels=width * height, most=MOST_FRAMES_LOOKED_AHEAD)
        self._stream.options = {**ENCODER_OPTIONS, "rc-lookahead": str(ahead)}
        codec = self._stream.codec_context
        codec.time_base = TICK
        codec.colorspace = codec.color_primaries = codec.color_trc = BT709
        codec.color_range = ColorRange.MPEG
        self._reformatter = VideoReformatter()
        self._held: av.VideoFrame | None = None
        self._next_pts = 0
        self._durations: dict[int, int] = {}

    def add(self, picture: Picture, time_s: float) -> None:
        pts = max(round(time_s * TICKS_PER_SECOND), self._next_pts)
        self._next_pts = pts + 1
        self._release(until=pts)
        rgb = av.VideoFrame.from_numpy_buffer(_even(picture), "rgb24")
        frame = self._reformatter.reformat(
            rgb, format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
        )
        frame.pts, frame.time_base = pts, TICK
        self._held = frame

    def finish(self, end_s: float) -> None:
        self._release(until=max(round(end_s * TICKS_PER_SECOND), self._next_pts))
        self._mux(self._stream.encode(None))

    def _release(self, until: int) -> None:
        if self._held is not None and self._held.pts is not None:
            self._durations[self._held.pts] = until - self._held.pts
            self._mux(self._stream.encode(self._held))

    def _mux(self, packets: list[av.Packet[VideoStream]]) -> None:
        for packet in packets:
            if packet.pts is not None:  # the encoder would give every frame the same duration
                packet.duration = self._durations.pop(packet.pts)
            self._output.mux(packet)


def _picture_of(frame: Frame) -> Picture:
    if frame.rgb is None:
        raise RuntimeError("A frame was skipped though every frame was asked for.")
    return frame.rgb


def _mp4(path: Path) -> OutputContainer:
    """Begin an MP4 whose index goes to the front, so that it plays while it loads."""
    return av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})


def _even(picture: Picture) -> Picture:
    """Return the picture with even sides, which yuv420p needs, by repeating the last row or column."""
    height, width = picture.shape[:2]
    if height % 2 or width % 2:
        return np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return picture


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[Path]:
    """Give a temporary file beside ``target`` that takes its place only if the block ends well."""
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield unfinished
        try:
            unfinished.replace(target)
        except OSError as error:
            raise _not_written(target, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except av.error.FFmpegError as error:  # not every OSError: the drawing may raise its own
        raise _not_written(target, error) from error


def _not_written(target: Path, error: av.error.FFmpegError | OSError) -> UsageError:
    cause = error.strerror or str(error)
    return UsageError(f"{target} cannot be written ({cause}): free some space or choose another place with --output.")
