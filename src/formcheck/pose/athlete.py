"""Who is the athlete, where a picture shows several people: the largest of them, and the one in its middle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from formcheck.pose.detector import Landmarks
from formcheck.vocabulary import Part, Side

MOST_PEOPLE = 4
"""People who are looked for; more do not train beside each other in a clip of one athlete."""
DOWNWARDS = (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE)
AT_THE_BORDER = 0.4
"""Share of a size that does not count at the left or right border of a picture: who films points at the athlete."""
CUT_OFF = 0.4
"""Share of a size that does not count where the picture cuts somebody off, like a coach who stands near the camera."""
CLEARLY = 1.2
"""Times as prominent as the one that the detector chose somebody must be to be followed instead: sizes of people who
stand side by side differ by less, and the detector has its own reasons."""
ROOM = 0.35
"""Sizes of trunk, thigh and shank together around somebody's landmarks that belong to them: head, feet and clothes."""


def more_prominent(people: Sequence[Landmarks], followed: Landmarks, width: int, height: int) -> Landmarks | None:
    """Return who should be followed instead, None where nobody is clearly more prominent.

    ``people`` may hold the followed person again. The picture's ``width`` and ``height`` are pixels.
    """
    others = [person for person in people if not is_same(person, followed)]
    if not others:
        return None
    first = max(others, key=lambda person: prominence(person, width, height))
    needed = CLEARLY * prominence(followed, width, height)
    return first if prominence(first, width, height) >= needed else None


def prominence(person: Landmarks, width: int, height: int) -> float:
    """Return somebody's size in pixels, less where they stand near the border or are cut off by it."""
    joints = _joints(person).reshape(-1, 2)
    aside = min(abs(2.0 * float(joints[:, 0].mean()) / width - 1.0), 1.0)
    inside = bool(((joints >= 0.0) & (joints <= [width, height])).all())
    return size(person) * (1.0 - AT_THE_BORDER * aside) * (1.0 if inside else 1.0 - CUT_OFF)


def size(person: Landmarks) -> float:
    """Return the lengths of trunk, thigh and shank together in pixels, which no posture changes from the side."""
    both = _joints(person)
    return float(np.linalg.norm(np.diff(both, axis=1), axis=2).sum(axis=1).mean())


def is_same(one: Landmarks, other: Landmarks) -> bool:
    """Return whether two detections in one picture show the same person."""
    apart = np.linalg.norm(_joints(one) - _joints(other), axis=2).mean()
    return bool(apart < 0.25 * min(size(one), size(other)))


def with_only(rgb: npt.NDArray[np.uint8], person: Landmarks) -> npt.NDArray[np.uint8]:
    """Return a (height, width, 3) picture in which everything but one person is painted over in its mean colour."""
    room, (height, width) = ROOM * size(person), rgb.shape[:2]
    left, top = np.clip(person.xy_px.min(axis=0) - room, 0, [width, height]).astype(int)
    right, bottom = np.clip(person.xy_px.max(axis=0) + room, 0, [width, height]).astype(int)
    painted = np.empty_like(rgb)
    painted[:] = rgb.mean(axis=(0, 1)).astype(np.uint8)
    painted[top:bottom, left:right] = rgb[top:bottom, left:right]
    return painted


def _joints(person: Landmarks) -> npt.NDArray[np.float64]:
    """Return (2, 4, 2) pixels of shoulder, hip, knee and ankle of both sides."""
    return np.stack([person.xy_px[[part.on(side) for part in DOWNWARDS]] for side in Side])
