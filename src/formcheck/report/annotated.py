"""Writes ``annotated.mp4``: the clip with the athlete's skeleton, the judged angles, counters and faults drawn in."""

from __future__ import annotations

from pathlib import Path

from formcheck.assessment import Assessment
from formcheck.kinematics.recording import Recording
from formcheck.report.overlay.composition import Overlay
from formcheck.video.picture import Picture
from formcheck.video.writer import write_annotated


def write_annotated_video(recording: Recording, assessment: Assessment, clip_index: int, target: Path) -> None:
    """Write the annotated copy of ``recording``'s clip, which is number ``clip_index`` of the assessment.

    The copy has the clip's frames, frame times, duration and sound. It is written whole or not at all.

    Raises
    ------
    UnreadableClip
        Where the clip cannot be read any more, or the recording comes from a landmark track.
    UsageError
        Where ``target`` cannot be written.
    """
    overlay = Overlay(recording, assessment, clip_index)

    def draw(picture: Picture, _index: int, time_s: float) -> None:
        overlay.draw(picture, time_s)

    write_annotated(recording.source, target, draw)
