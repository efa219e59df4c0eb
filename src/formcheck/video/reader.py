"""Reads clips: upright RGB frames with the file's own times, decoded in a thread, a few frames ahead."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from formcheck.errors import UnreadableClip
from formcheck.video.clip import ClipInfo
from formcheck.video.content import content_sha256, require_file
from formcheck.video.conveyor import Conveyor
from formcheck.video.memory import Tidying, give_back, pictures_within, share_one_heap
from formcheck.video.picture import Picture, UprightConverter
from formcheck.video.timeline import FloatArray, Sampler, Timeline, frame_rate, has_variable_rate, median_interval

__all__ = ["ClipReader", "Frame", "content_sha256", "open_clip"]

MOST_FRAMES_AHEAD = 3
"""Enough to even out fast and slow frames."""

PIXELS_AHEAD = 3 * 1920 * 1080
"""Of larger pictures fewer wait: each of 4K is 25 MB."""

DECODING_THREADS = 4
"""More gain nothing beside inference, and each holds frames in memory."""

DECODING_THREADS_BEYOND_HD = 2

HD_PIXELS = 1920 * 1088

FALLBACK_RATE_HZ = 25.0
LONGEST_FRAME_SECONDS = 10.0

LEAST_OF_A_DAMAGED_CLIP_SECONDS = 0.5
LEAST_OF_A_DAMAGED_CLIP_FRAMES = 10

NOT_VIDEO = frozenset({"tty", "bin", "xbin", "adf", "idf"})
"""Formats in which FFmpeg draws plain text as pictures."""

NOT_FILMED = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image

ANY_RATE_HZ = math.inf

av.logging.set_level(None)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One frame of a clip: ``time_s`` since the first, ``rgb`` (height, width, 3) upright, None where skipped."""

    index: int
    time_s: float
    rgb: Picture | None


def open_file(path: Path) -> InputContainer:
    """Open a media file for reading; nothing that it refers to outside the disk is ever followed."""
    return av.open(f"file:{path.absolute()}", metadata_errors="replace", options={"protocol_whitelist": "file"})


def open_clip(path: Path) -> ClipReader:
    """Open a clip in any container and codec that FFmpeg decodes. Use it in a ``with`` block.

    Raises
    ------
    UnreadableClip
        Where there is no such file, or nothing in it is video.
    """
    require_file(path)
    share_one_heap()
    try:
        container = open_file(path)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise UnreadableClip(
            f"{path} is not a video that can be read, or it is damaged: record or copy it again, or convert it to MP4."
        ) from error
    try:
        return ClipReader(path, container, _filmed_stream(path, container))
    except BaseException:
        container.close()
        raise


def _filmed_stream(path: Path, container: InputContainer) -> VideoStream:
    if container.format.name in NOT_VIDEO:
        raise UnreadableClip(f"{path} is a text file, and a video clip was needed: give the clip itself.")
    streams = [stream for stream in container.streams.video if not stream.disposition & NOT_FILMED]
    if not streams and container.streams.audio:
        raise UnreadableClip(f"{path} has sound but no video: give the clip that shows the athlete.")
    if not streams:
        raise UnreadableClip(f"{path} holds no video: give the clip that shows the athlete.")
    best = container.streams.best("video")
    chosen = best if isinstance(best, VideoStream) and best in streams else streams[0]
    if getattr(chosen, "codec_context", None) is None:
        raise UnreadableClip(f"{path} uses a video codec that cannot be decoded here: convert it to H.264 in MP4.")
    return chosen


class ClipReader:
    """An open clip. Iterate ``frames`` once; afterwards ``clip_info`` and ``warnings`` tell what was found."""

    def __init__(self, path: Path, container: InputContainer, stream: VideoStream) -> None:
        self.path = path
        self._container = container
        self._stream = stream
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = _decoding_threads(stream)
        self._counts_decoding_order = "avi" in container.format.name.split(",")
        self._tick = stream.time_base or Fraction(1, 1000)
        self.nominal_rate_hz = _nominal_rate(stream)
        self._timeline = Timeline(tick=self._tick, nominal_interval_s=1.0 / self.nominal_rate_hz)
        self._converter = UprightConverter(stream.sample_aspect_ratio)
        self._conveyor: Conveyor[tuple[float, Picture | None]] | None = None
        self._times_s = array("d")
        self._last_stored_s = 0.0
        self._damaged_parts = 0
        self._broken_off = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop decoding and close the file; harmless when done twice."""
        if self._conveyor is not None:
            self._conveyor.close()
        self._container.close()
        give_back()

    @property
    def expected_duration_s(self) -> float | None:
        """The duration that the file claims, None where it claims none."""
        stream, tagged = self._stream, _duration_tag(self._stream.metadata.get("DURATION", ""))
        if stream.duration is not None and stream.duration > 0:
            return float(stream.duration * self._tick)
        if tagged is not None:
            return tagged
        if self._container.duration and not self._container.streams.audio:
            return self._container.duration / av.time_base
        return None

    @property
    def origin_s(self) -> float:
        """The first frame's own time in the file; sound of the same moment carries the same time."""
        return 0.0 if self._counts_decoding_order else self._timeline.origin_s

    def frames(self, max_rate_hz: float = 60.0) -> Iterator[Frame]:
        """Yield every frame in the order shown, decoded in a thread; can be iterated once.

        Above ``max_rate_hz`` frames a second only every n-th one carries a picture, and the very last one.

        Raises
        ------
        UnreadableClip
            After the last frame, where there was none, only one, or too little of a damaged clip.
        """
        if self._conveyor is not None:
            raise RuntimeError("A clip's frames can be read once: open it again.")
        ahead = pictures_within(PIXELS_AHEAD, pixels=self._stream.width * self._stream.height, most=MOST_FRAMES_AHEAD)
        self._conveyor = Conveyor(self._pictures(Sampler(max_rate_hz)), ahead=ahead)
        tidying = Tidying()
        try:
            for index, (time_s, rgb) in enumerate(self._conveyor):
                self._times_s.append(time_s)
                tidying.went_by(0 if rgb is None else rgb.nbytes)
                yield Frame(index=index, time_s=time_s, rgb=rgb)
        finally:
            self._conveyor.close()
        self._require_enough()

    def clip_info(self) -> ClipInfo:
        """Return the facts of the clip as it was really decoded; only after all frames were read."""
        times_s = np.array(self._times_s)
        width, height = self._converter.size or (0, 0)
        return ClipInfo(
            name=self.path.name,
            path=str(self.path),
            sha256=content_sha256(self.path),
            duration_s=self._end_s(times_s),
            frames=len(times_s),
            fps=frame_rate(times_s),
            width=width,
            height=height,
            rotation_degrees=self._converter.rotation_degrees,
            variable_frame_rate=has_variable_rate(times_s, tick_s=float(self._tick)),
            recorded_at=_recorded_at(self._container.metadata),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know about the file, a sentence each; complete after all frames were read."""
        said = []
        if self._breaks_off():
            end_s, expected_s = self._end_s(np.array(self._times_s)), self.expected_duration_s
            whole = f" of {expected_s:.1f} s" if expected_s else ""
            said.append(f"The clip breaks off after {end_s:.1f} s{whole}: the file is damaged or was not copied whole.")
        if self._damaged_parts:
            said.append(f"{_counted(self._damaged_parts, 'piece')} of the clip could not be decoded and was left out.")
        if self._timeline.dropped:
            said.append(f"{_counted(self._timeline.dropped, 'frame')} with a wrong time stamp was left out.")
        return tuple(said)

    def _pictures(self, sampler: Sampler) -> Iterator[tuple[float, Picture | None]]:
        """Decode and convert; runs in the conveyor's thread. One frame is held back, because the last is wanted."""
        held: tuple[float, av.VideoFrame] | None = None
        for frame in self._decoded():
            stamp = frame.dts if self._counts_decoding_order else frame.pts
            time_s = self._timeline.place(stamp)
            if time_s is None:
                continue
            if held is not None:
                yield held[0], self._converter.picture(held[1]) if sampler.takes(held[0]) else None
            held = time_s, frame
        if held is not None:
            self._last_stored_s = float(held[1].duration * self._tick)
            yield held[0], self._converter.picture(held[1])

    def _decoded(self) -> Iterator[av.VideoFrame]:
        for packet in self._packets():
            try:
                yield from packet.decode()
            except av.error.FFmpegError:
                self._damaged_parts += 1

    def _packets(self) -> Iterator[av.Packet[VideoStream]]:
        try:
            yield from self._container.demux(self._stream)
        except av.error.FFmpegError:
            self._broken_off = True

    def _end_s(self, times_s: FloatArray) -> float:
        if len(times_s) == 0:
            return 0.0
        stored_s = self._last_stored_s if not self._counts_decoding_order else 0.0
        usual_s = median_interval(times_s) if len(times_s) > 1 else 1.0 / self.nominal_rate_hz
        return float(times_s[-1]) + (stored_s if 0.0 < stored_s <= LONGEST_FRAME_SECONDS else usual_s)

    def _breaks_off(self) -> bool:
        expected_s = self.expected_duration_s
        if self._broken_off or expected_s is None:
            return self._broken_off
        return self._end_s(np.array(self._times_s)) < 0.98 * expected_s - 0.25

    def _require_enough(self) -> None:
        times_s = np.array(self._times_s)
        if len(times_s) == 0:
            raise UnreadableClip(
                f"No frame of {self.path} can be decoded: record or copy it again, or convert it to MP4."
            )
        if len(times_s) == 1:
            raise UnreadableClip(f"{self.path} is a single picture, and form shows only in movement: give a clip.")
        damaged = self._damaged_parts or self._breaks_off()
        end_s = self._end_s(times_s)
        if damaged and (end_s < LEAST_OF_A_DAMAGED_CLIP_SECONDS or len(times_s) < LEAST_OF_A_DAMAGED_CLIP_FRAMES):
            raise UnreadableClip(
                f"{self.path} is damaged and only {len(times_s)} frames ({end_s:.1f} s) can be read: copy it again."
            )


def _decoding_threads(stream: VideoStream) -> int:
    return DECODING_THREADS if stream.width * stream.height <= HD_PIXELS else DECODING_THREADS_BEYOND_HD


def _nominal_rate(stream: VideoStream) -> float:
    rates = (stream.guessed_rate, stream.average_rate, stream.base_rate)
    return next((float(rate) for rate in rates if rate and 1 <= rate <= 2000), FALLBACK_RATE_HZ)


def _duration_tag(text: str) -> float | None:
    """Read Matroska's per-stream duration, such as 00:00:08.040000000."""
    try:
        hours, minutes, seconds = text.split(":")
        return 3600 * int(hours) + 60 * int(minutes) + float(seconds)
    except ValueError:
        return None


def _recorded_at(metadata: Mapping[str, str]) -> str | None:
    """Return a container's recording time in ISO 8601, None where missing or a camera's unset clock.

    iPhones also store it with the place's offset from UTC and keep that when a clip is exported again: it goes first.
    """
    for key in ("com.apple.quicktime.creationdate", "creation_time"):
        try:
            moment = datetime.fromisoformat(metadata.get(key, ""))
        except ValueError:
            continue
        if moment.year > 1970:
            return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
