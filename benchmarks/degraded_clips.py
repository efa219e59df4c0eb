"""Writes degraded copies of clips with ground truth, once each, so that their landmarks stay in formcheck's cache."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from benchmarks.cases import DEGRADED, ClipCase
from benchmarks.degradations import BYSTANDER, DEGRADATIONS, Bystander, Degradation, Scene, box_around, box_without_feet
from benchmarks.truth import Truth, read_truth
from formcheck.video.content import content_sha256
from formcheck.video.picture import Picture
from formcheck.video.reader import ANY_RATE_HZ, open_clip
from formcheck.video.unfinished import whole_file

TICK = Fraction(1, 90_000)
FASTER = 1.1
"""A clip must have this many times the frames that a lower rate keeps; otherwise nothing is made worse."""
RECIPES = (Path(__file__), Path(__file__).with_name("degradations.py"))


@dataclass(frozen=True, kw_only=True)
class Order:
    """One clip to degrade, with the clip whose athlete comes in as the second person."""

    original: ClipCase
    companion: ClipCase
    degradation: str
    folder: Path

    @property
    def case(self) -> ClipCase:
        """The degraded clip as a case of its own; its truth is still that of the original."""
        path = self.folder / f"{self.original.name}--{self.degradation}-{self._key}.mp4"
        return replace(self.original, path=path, group=DEGRADED)

    @property
    def joins(self) -> bool:
        """Whether the companion comes into the picture."""
        return DEGRADATIONS[self.degradation].adds_somebody

    @property
    def _key(self) -> str:
        parts = [content_sha256(clip.path) for clip in (self.original, *([self.companion] if self.joins else []))]
        parts += [hashlib.sha256(recipe.read_bytes()).hexdigest() for recipe in RECIPES]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def orders(cases: Sequence[ClipCase], degradations: Sequence[str], folder: Path) -> list[Order]:
    """Return what to degrade and how; a rate that a clip hardly exceeds is left out. The next clip is the companion."""
    beside = [*cases[1:], *cases[:1]]
    return [
        Order(original=case, companion=companion, degradation=name, folder=folder)
        for name in degradations
        for case, companion in zip(cases, beside, strict=True)
        if makes_a_difference(DEGRADATIONS[name], rate_of(case.path))
    ]


def makes_a_difference(degradation: Degradation, rate_hz: float) -> bool:
    return degradation.rate_hz is None or rate_hz >= FASTER * degradation.rate_hz


def rate_of(clip: Path) -> float:
    """Return the mean frames a second that a clip claims."""
    with av.open(str(clip)) as container:
        return float(container.streams.video[0].average_rate or 0)


def write_missing(wanted: Sequence[Order], workers: int) -> None:
    """Write those degraded clips that are not there yet."""
    missing = [order for order in wanted if not order.case.path.is_file()]
    if workers <= 1:
        for order in missing:
            write_degraded(order)
        return
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        for _ in pool.map(write_degraded, missing):
            pass


def write_degraded(order: Order) -> None:
    """Write one degraded clip, whole or not at all, with the true times of the frames that are kept."""
    degradation, target = DEGRADATIONS[order.degradation], order.case.path
    target.parent.mkdir(parents=True, exist_ok=True)
    scene = scene_of(order)
    frames = kept(pictures(order.original.path), degradation.rate_hz)
    with whole_file(target) as unfinished:
        changed = ((time_s, degradation.change(picture, time_s, scene)) for time_s, picture in frames)
        encode(changed, unfinished, degradation.rate_factor)


def scene_of(order: Order) -> Scene:
    truth = read_truth(order.original.truth)
    height, width = next(pictures(order.original.path))[1].shape[:2]
    return Scene(
        without_feet=box_without_feet(truth.xy_px, width, height),
        bystander=_bystander(order.companion, truth) if order.joins else None,
    )


def _bystander(companion: ClipCase, athlete: Truth) -> Bystander:
    """Cut the companion's athlete out and make him smaller than ours, as somebody further off."""
    truth = read_truth(companion.truth)
    scale = BYSTANDER * athlete.trunk_px / truth.trunk_px
    found = []
    for time_s, picture in pictures(companion.path):
        part = box_around(truth.xy_px, picture.shape[1], picture.shape[0]).of(picture)
        size = (round(part.shape[1] * scale), round(part.shape[0] * scale))
        found.append((time_s, np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)))
    return Bystander(time_s=np.array([time_s for time_s, _ in found]), pictures=tuple(part for _, part in found))


def pictures(clip: Path) -> Iterator[tuple[float, Picture]]:
    """Yield every frame of a clip with its seconds."""
    with open_clip(clip) as reader:
        for frame in reader.frames(max_rate_hz=ANY_RATE_HZ):
            if frame.rgb is not None:
                yield frame.time_s, frame.rgb


def kept(frames: Iterator[tuple[float, Picture]], rate_hz: float | None) -> Iterator[tuple[float, Picture]]:
    """Yield the first frame at or after each tick of a slower clock."""
    tick = 0
    for time_s, picture in frames:
        if rate_hz is None:
            yield time_s, picture
        elif time_s * rate_hz >= tick - 1e-6:
            yield time_s, picture
            tick = math.floor(time_s * rate_hz + 1e-6) + 1


def encode(frames: Iterator[tuple[float, Picture]], target: Path, rate_factor: int) -> None:
    """Write frames as H.264 in MP4. One thread, so that the same frames always give the same file."""
    with av.open(str(target), "w", format="mp4") as output:
        stream: VideoStream | None = None
        for time_s, picture in frames:
            even = np.ascontiguousarray(picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2])
            if stream is None:
                stream = output.add_stream("libx264", rate=30)
                stream.height, stream.width = even.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.options = {"preset": "veryfast", "crf": str(rate_factor), "bf": "0", "threads": "1"}
                stream.codec_context.time_base = TICK
            frame = av.VideoFrame.from_ndarray(even, "rgb24")
            frame.pts, frame.time_base = round(time_s / TICK), TICK
            output.mux(stream.encode(frame))
        if stream is not None:
            output.mux(stream.encode(None))
