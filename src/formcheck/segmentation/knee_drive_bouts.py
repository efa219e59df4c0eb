"""Knee drives that belong together: the legs take turns in them, and one leg may look like the other all the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.knee_drives import LEAST_DRIVES, LONGEST_PAUSE, Drive, find_drives
from formcheck.segmentation.performance import Bout, reduced
from formcheck.vocabulary import Side

ALTERNATING, IN_TURN = 0.75, 0.75
"""Share of drives that change legs, and of those that lie in turn before the others are believed to as well."""
ALIKE = 0.25
"""Share by which a drive whose legs are mixed may differ from those beside it in time, height and rhythm."""


def drive_bouts(
    motion: Motion, fits: Callable[[Drive], bool], paced: Callable[[Sequence[Drive]], bool]
) -> tuple[Bout, ...]:
    """Return the stretches in which drives of alternating legs fit an exercise.

    ``fits`` looks at one drive, ``paced`` at all of a stretch. A stretch is trimmed to fitting drives, has at most one
    other drive between two of them, and of each leg's drives at least the share of confidence fits. One more at either
    end belongs to it where only the legs are mixed in it, and it comes in the rhythm of the others.
    """
    stretches: list[list[Drive]] = [[]]
    for drive in find_drives(motion):
        if stretches[-1] and not _follows(stretches[-1], drive, fits):
            stretches.append([])
        stretches[-1].append(drive)
    found = []
    for stretch in stretches:
        drives = _in_turn(_trimmed(stretch, fits))
        if _alternates(drives) and paced(drives):
            found.append(_bout(drives, fits, _beside(drives, stretch)))
    return tuple(found)


def every_drive(motion: Motion) -> tuple[Bout, ...]:
    """Return every stretch of drives, whatever they look like."""
    drives = find_drives(motion)
    return (_bout(drives, lambda _: True, drives),) if drives else ()


def _follows(before: Sequence[Drive], drive: Drive, fits: Callable[[Drive], bool]) -> bool:
    soon = drive.time_s - before[-1].time_s <= LONGEST_PAUSE
    return soon and any(fits(each) for each in (*before[-1:], drive))


def _trimmed(drives: Sequence[Drive], fits: Callable[[Drive], bool]) -> Sequence[Drive]:
    fitting = [index for index, drive in enumerate(drives) if fits(drive)]
    return drives[fitting[0] : fitting[-1] + 1] if fitting else ()


def _in_turn(drives: Sequence[Drive]) -> Sequence[Drive]:
    """Return drives with the legs taking turns where most of them do: a leg may look like the other one all the way."""
    turns = [Side.LEFT if index % 2 == 0 else Side.RIGHT for index in range(len(drives))]
    for sides in (turns, [side.other for side in turns]):
        if drives and np.mean([d.rep.side is side for d, side in zip(drives, sides, strict=True)]) >= IN_TURN:
            return [_of(drive, side) for drive, side in zip(drives, sides, strict=True)]
    return drives


def _of(drive: Drive, side: Side) -> Drive:
    return replace(drive, rep=replace(drive.rep, side=side))


def _beside(drives: Sequence[Drive], stretch: Sequence[Drive]) -> Sequence[Drive]:
    """Return drives with those right before and after them in a stretch that look like them but for the side."""
    step = reduced([after.time_s - before.time_s for before, after in pairwise(drives)])
    moving, thigh = reduced([d.moving_s for d in drives]), reduced([d.thigh for d in drives])
    found = list(drives)
    for other in stretch:
        end, place = (drives[0], 0) if other.time_s < drives[0].time_s else (drives[-1], len(found))
        in_rhythm = abs(abs(other.time_s - end.time_s) - step) <= ALIKE * step
        alike = abs(other.moving_s - moving) <= ALIKE * moving and abs(other.thigh - thigh) <= ALIKE * thigh
        if in_rhythm and alike and not drives[0].time_s <= other.time_s <= drives[-1].time_s:
            assert end.rep.side is not None
            found.insert(place, _of(other, end.rep.side.other))
    return found


def _alternates(drives: Sequence[Drive]) -> bool:
    if len(drives) < LEAST_DRIVES:
        return False
    changes = [before.rep.side is not after.rep.side for before, after in pairwise(drives)]
    return float(np.mean(changes)) >= ALTERNATING


def _bout(drives: Sequence[Drive], fits: Callable[[Drive], bool], counted: Sequence[Drive]) -> Bout:
    """Return a bout of all drives that are ``counted``, as sure as the share of ``drives`` of each leg that fit."""
    flags = [[fits(drive) for drive in drives if drive.rep.side is side] for side in Side]
    return Bout(
        start=counted[0].rep.start,
        end=counted[-1].rep.end,
        confidence=min(float(np.mean(own)) for own in flags if own),
        reps=tuple(drive.rep for drive in counted),
    )
