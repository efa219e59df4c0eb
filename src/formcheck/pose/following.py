"""Follows the athlete through a clip or reads a landmark track: the one way in for everything above.

Importing this module loads neither the codecs nor the model; only a clip that is really run does.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.pose.assembly import Assembly
from formcheck.pose.cache import PoseCache, Remembered, cache_folder
from formcheck.pose.models import Bundle, bundle, verified
from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.pose.track import is_track, load_track
from formcheck.video.clip import ClipInfo
from formcheck.video.content import content_sha256
from formcheck.video.timeline import frame_rate, has_variable_rate, median_interval
from formcheck.vocabulary import ModelSize

if TYPE_CHECKING:
    from formcheck.pose.detector import PoseDetector
    from formcheck.video.background import Background
    from formcheck.video.reader import ClipReader

Progress = Callable[[float], None]
"""Told the share of the work that is done, in [0, 1], never falling."""

TRACK_TICK_SECONDS = 0.001
"""A track does not say how its clip's times were rounded; containers round to a millisecond at worst."""


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A clip or track and the landmarks in it, rounded as a track stores them."""

    clip: ClipInfo
    poses: PoseSequence
    is_track: bool
    warnings: tuple[str, ...]


def follow(path: Path, model: ModelSize, *, use_cache: bool = True, progress: Progress | None = None) -> Followed:
    """Return the landmarks of the person in a clip, or those stored in a track.

    A clip is decoded and looked at frame by frame, unless the cache knows it already.

    Raises
    ------
    UnreadableClip
        Where the file is neither a clip nor a landmark track.
    InstallationError
        Where the model or a library is missing or damaged.
    """
    report = progress or _nobody
    if is_track(path):
        followed = _from_track(path)
    else:
        result = _from_clip(path, bundle(model), use_cache=use_cache, report=report)
        followed = Followed(clip=result.clip, poses=result.poses, is_track=False, warnings=result.warnings)
    report(1.0)
    return followed


def _from_track(path: Path) -> Followed:
    poses = load_track(path).rounded()
    clip = ClipInfo(
        name=path.name,
        path=str(path),
        sha256=content_sha256(path),
        duration_s=float(poses.time_s[-1]) + median_interval(poses.time_s),
        frames=len(poses),
        fps=frame_rate(poses.time_s),
        width=poses.width,
        height=poses.height,
        variable_frame_rate=has_variable_rate(poses.time_s, tick_s=TRACK_TICK_SECONDS),
    )
    return Followed(clip=clip, poses=poses, is_track=True, warnings=())


def _from_clip(path: Path, wanted: Bundle, *, use_cache: bool, report: Progress) -> Remembered:
    if not use_cache:
        return _watched(path, wanted, report)
    cache = PoseCache(folder=cache_folder())
    known = cache.recall(path, clip_sha256=content_sha256(path), model_sha256=wanted.sha256)
    if known is not None:
        return known
    result = _watched(path, wanted, report)
    cache.remember(result, model_sha256=wanted.sha256)
    return result


def _watched(path: Path, wanted: Bundle, report: Progress) -> Remembered:
    """Decode the clip and run the model over it."""
    from formcheck.pose.either_way import EitherWay
    from formcheck.pose.mediapipe_detector import MediaPipeDetector
    from formcheck.video.background import Background
    from formcheck.video.reader import open_clip

    model = verified(wanted)
    with open_clip(path) as reader, EitherWay(lambda: MediaPipeDetector(model)) as detector:
        assembly = _looked_at(reader, detector, Background(), report)
        clip = reader.clip_info()
        poses = assembly.sequence(width=clip.width, height=clip.height).rounded()
        return Remembered(clip=clip, poses=poses, warnings=reader.warnings)


def _looked_at(reader: ClipReader, detector: PoseDetector, background: Background, report: Progress) -> Assembly:
    """Find athlete and background in every frame, each in a thread of its own: neither waits for the other."""
    expected_s = reader.expected_duration_s or 0.0
    assembly = Assembly()
    body: FloatArray | None = None
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="formcheck-background") as aside:
        for frame in reader.frames():
            if frame.rgb is None:
                assembly.add_skipped(frame.time_s)
                continue
            ahead = None if body is None else aside.submit(background.moved, frame.rgb, frame.time_s, body)
            found = detector.detect(frame.rgb, frame.time_s)
            body = body if found is None else found.xy_px
            moved = ahead.result() if ahead else background.moved(frame.rgb, frame.time_s, body)
            assembly.add(frame.time_s, found, moved)
            if expected_s > 0.0:
                report(min(frame.time_s / expected_s, 1.0))
    return assembly


def _nobody(share: float) -> None:
    """Take a share of progress that nobody asked for."""
