"""Marks that do not fit the body: what must not be read at all, and how much rougher the rest reads.

Seen from the side, a leg's segment that looks too short has a mark beside its joint or points out of the picture; marks
of a still body that tremble are guesses between places (``kinematics.segments``).
"""

from __future__ import annotations

import math

import numpy as np

from formcheck.criteria.model import Problem, Reason
from formcheck.kinematics.segments import Segment
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Part, Side, View

SHORTEST = {Segment.THIGH: 0.8, Segment.SHIN: 0.65, Segment.FOOT: 0.8}
"""Share of its own length that a segment must show to be read at all. The nearer thigh of 64 rendered side views shows
0.89 and more in 95 % of them, that of 11 real ones in all; shins that real people fold to the seat show 0.73."""
USUAL = 0.88
"""Share from which on a segment is as long as ever; what it lacks is the tangent of how far a mark is off."""
SHARE_NEEDED = 0.7
"""Share of the frames in which marks must fit."""
SEGMENTS_BELOW = {Part.KNEE: (Segment.THIGH, Segment.SHIN), Part.HEEL: (Segment.FOOT,), Part.TOE: (Segment.FOOT,)}
READ_FROM = {
    "thigh": (Segment.THIGH,),
    "shank": (Segment.SHIN,),
    "knee": (Segment.THIGH, Segment.SHIN),
    "hip": (Segment.THIGH,),
    "foot": (Segment.FOOT,),
    "ankle": (Segment.SHIN, Segment.FOOT),
}
"""The segments whose directions make an angle, by the angle's kind of noise."""
USUAL_TREMBLING, TREMBLING_MEANS = 1.0, 2.0
"""Degrees that a segment of a still body trembles anyway, and how far it is off where it trembles more, against what is
more."""
BOTTOM_SECONDS = 0.25
QUICK_SECONDS = 1.2
"""Between two repetitions of a drill."""


def moments(performance: Performance, side: Side | None) -> list[int]:
    """Return the frames in which parts must be seen: all of a drill or hold, the bottoms of slow repetitions."""
    frames = list(range(performance.frames.start, performance.frames.stop))
    reps = performance.reps()
    if performance.bout.holds or not reps or is_quick(performance):
        return frames
    near = {
        f
        for rep in performance.reps(side)
        for f in range(*performance.around(rep.peak, BOTTOM_SECONDS).indices(len(performance.motion)))
    }
    return sorted(near) or frames


def is_quick(performance: Performance) -> bool:
    """Return whether repetitions follow each other as quickly as a drill's steps."""
    reps = performance.reps()
    if len(reps) < 4:
        return False
    return (reps[-1].peak - reps[0].peak) / performance.rate_hz / max(len(reps) - 1, 1) < QUICK_SECONDS


def why_misfit(performance: Performance, part: Part, side: Side, frames: list[int]) -> Reason | None:
    """Return why a mark cannot be where the picture shows it, None where it fits the body in most of some frames."""
    if performance.view is not View.SIDE:
        return None
    for segment in SEGMENTS_BELOW.get(part, ()):
        shown = segment.shown(performance.motion, side)[frames]
        fits = shown >= SHORTEST[segment]
        if float(np.mean(fits)) < SHARE_NEEDED:
            found = f"The {side} {segment.name.lower()} looks too short in {1.0 - np.mean(fits):.0%} of the frames"
            message = f"{found}: it was not found, or points at the camera. More light and a plain background help."
            return Reason(code=Problem.NOT_VISIBLE, message=message)
    return None


def doubt(performance: Performance, kind: str, side: Side) -> float:
    """Return how far an angle of one leg may be off because of its marks, degrees: 0 where they fit the body.

    A segment that looks short by some share of its length may be turned by as much, in radians. Drills are too quick to
    tell what is short from what is blurred.
    """
    if performance.view is not View.SIDE or is_quick(performance):
        return 0.0
    frames = moments(performance, side)
    found = []
    for segment in READ_FROM.get(kind, ()):
        shown = segment.shown(performance.motion, side)[frames]
        known = shown[np.isfinite(shown)]
        found.append(math.degrees(max(0.0, USUAL - float(np.median(known)))) if known.size else 0.0)
        if performance.bout.holds:
            trembling = segment.trembling(performance.motion, side, performance.frames)
            more = max(0.0, trembling - USUAL_TREMBLING) if math.isfinite(trembling) else 0.0
            found.append(TREMBLING_MEANS * more)
    return math.hypot(*found)
