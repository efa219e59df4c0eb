"""Carries a clip's sound over into the annotated clip."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer

from formcheck.video.reader import open_file

COPIED_CODECS = frozenset({"aac", "mp3", "opus"})
"""What MP4 holds and browsers and phones play; everything else is encoded again as AAC."""

AAC_RATES_HZ = frozenset({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 96000})
USUAL_RATE_HZ = 48000
AAC_FRAME_SAMPLES = 1024

SHORTEST_SILENCE_SECONDS = 0.1
"""Smaller gaps between pieces of sound are rounding."""

if TYPE_CHECKING:
    from av.packet import Packet

    AudioPacket = Packet[AudioStream]


class Carrier(Protocol):
    """Makes packets of the annotated clip out of those of the source, ``origin_s`` seconds earlier."""

    def carry(self, packet: AudioPacket) -> list[AudioPacket]: ...

    def rest(self) -> list[AudioPacket]: ...


class Copy:
    """Hands packets over as they are."""

    def __init__(self, output: OutputContainer, stream: AudioStream, origin_s: float) -> None:
        self._written = output.add_stream_from_template(stream)
        self._origin_s = origin_s

    def carry(self, packet: AudioPacket) -> list[AudioPacket]:
        if packet.pts is None or packet.size == 0:
            return []
        shift = round(self._origin_s / packet.time_base)
        if packet.pts + (packet.duration or 0) <= shift:
            return []
        packet.pts, packet.dts = packet.pts - shift, (packet.pts if packet.dts is None else packet.dts) - shift
        packet.stream = self._written
        return [packet]

    def rest(self) -> list[AudioPacket]:
        return []


class Reencoding:
    """Decodes packets and encodes them as AAC, in mono or stereo."""

    def __init__(self, output: OutputContainer, stream: AudioStream, origin_s: float) -> None:
        codec = stream.codec_context
        self._rate = codec.sample_rate if codec.sample_rate in AAC_RATES_HZ else USUAL_RATE_HZ
        layout = "mono" if codec.channels == 1 else "stereo"
        self._written = output.add_stream("aac", rate=self._rate, layout=layout)
        self._resampler = AudioResampler(format="fltp", layout=layout, rate=self._rate, frame_size=AAC_FRAME_SAMPLES)
        self._origin_s = origin_s
        self._heard_until_s: float | None = None
        self._next_sample = 0

    def carry(self, packet: AudioPacket) -> list[AudioPacket]:
        return [piece for frame in packet.decode() if self._place(frame) for piece in self._encode(frame)]

    def rest(self) -> list[AudioPacket]:
        return [*self._encode(None), *self._written.encode(None)]

    def _place(self, frame: AudioFrame) -> bool:
        """Note when a frame is heard, leaving room for a silence; False where it ends before the picture begins."""
        start_s = self._heard_until_s or 0.0
        if frame.time is not None:
            start_s = frame.time - self._origin_s
        end_s = start_s + frame.samples / frame.sample_rate
        if end_s <= 0.0:
            return False
        if self._heard_until_s is None:
            self._next_sample = round(start_s * self._rate)
        elif start_s - self._heard_until_s > SHORTEST_SILENCE_SECONDS:
            self._next_sample += round((start_s - self._heard_until_s) * self._rate)
        self._heard_until_s = end_s
        return True

    def _encode(self, frame: AudioFrame | None) -> list[AudioPacket]:
        pieces = []
        for part in self._resampler.resample(frame):
            part.pts, part.time_base = self._next_sample, Fraction(1, self._rate)
            self._next_sample += part.samples
            pieces += self._written.encode(part)
        return pieces


class Sound:
    """The best sound track of a file, moved so that second 0 is ``origin_s`` of the file. Use it in a ``with`` block.

    Damaged sound is left out from where the damage begins: it must not cost the picture.
    """

    def __init__(self, source: Path, *, origin_s: float) -> None:
        self._container = open_file(source)
        self._origin_s = origin_s
        self._carrier: Carrier | None = None
        self._packets: Iterator[AudioPacket] = iter(())
        self._reached_s = -math.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._container.close()

    def begin(self, output: OutputContainer) -> None:
        """Add a sound track to ``output`` where the source has one; before anything is written there."""
        stream = self._container.streams.best("audio")
        if not isinstance(stream, AudioStream) or getattr(stream, "codec_context", None) is None:
            return
        codec = stream.codec_context
        if not codec.sample_rate:
            return
        name = codec.codec.canonical_name
        # AAC as broadcast (without a header of its own in the container) cannot be copied into MP4.
        as_it_is = name in COPIED_CODECS and (name != "aac" or codec.extradata is not None)
        self._carrier = (Copy if as_it_is else Reencoding)(output, stream, self._origin_s)
        self._packets = self._container.demux(stream)

    def write_until(self, time_s: float, output: OutputContainer) -> None:
        """Write the sound up to ``time_s`` of the annotated clip; all that is left for infinity."""
        while self._carrier is not None and self._reached_s <= time_s:
            try:
                packet = next(self._packets, None)
                pieces = self._carrier.rest() if packet is None else self._carrier.carry(packet)
            except av.error.FFmpegError:
                packet, pieces = None, []
            output.mux(pieces)
            if packet is None:
                self._carrier = None
            elif packet.pts is not None:
                moved_s = 0.0 if isinstance(self._carrier, Copy) else self._origin_s
                self._reached_s = float(packet.pts * packet.time_base) - moved_s
