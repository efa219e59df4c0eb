"""Frames in which moving legs carry each other's labels: proposed by the steadiest labelling, believed by their ends.

A detector that takes one leg for the other does so from one frame to the next, and as suddenly finds back: at both ends
of a true exchange the legs move on smoothly only if the labels change there. Where legs cross, or a glitch mixes them
for a frame or two, the steadiest labelling over the clip can be wrong for as long as a swing lasts: of what it proposes
on 94 rendered clips, as filmed, mirrored, and without MediaPipe's own smoothing, 285 frames are wrong and 197 right; of
what both ends bear out, 48 are wrong and 166 right.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.runs import runs

SWAP_COST = 0.35
"""Trunk lengths: a change of labels must save more than this squared jump to be believed (criteria section 4)."""
DISTRUST, AT_REST, MOVING = 1.2, 0.02, 1.0
"""Squared trunk lengths: the cost a second of going against the detector's own labels; doubt leaves them alone. Legs at
rest tell nothing new about it from frame to frame, so it is in proportion to their speed up to ``MOVING``, in trunk
lengths a second, but no less than the share ``AT_REST``."""
BORNE_OUT = 0.9
"""How rough the ways through an exchange's ends may be with the change of labels against without it, at most."""
SURE, LEAP = 0.7, 0.2
"""How rough they may be for an end to be sure, and trunk lengths that legs leap in a frame at an end."""
LONGEST_SECONDS, BRIEF_SECONDS = 1.0, 0.11
"""Between a sure end of an exchange and the other one that is looked for, and from a brief one's first frame to its
last."""
AROUND_SECONDS, LEAST_AROUND = 0.17, 4
"""Of an end's surroundings that are looked at on each side, and the fewest frames: less than a quick swing's half."""
DEGREE, GLITCHES = 3, 2
"""Of the curve that legs follow for that long, and how many frames beside an end may be off it."""
SMALLEST_ROUGHNESS = 1e-6
LEAST_FRAMES = 5
"""Fewer show no movement that could tell the legs apart."""
Flags = npt.NDArray[np.bool_]


def exchanged_frames(legs: FloatArray, time_s: FloatArray) -> Flags:
    """Return (n,) True where the legs' labels are exchanged.

    ``legs`` are (n, 2, parts, 2) in trunk lengths, known throughout.
    """
    believed = np.zeros(len(legs), dtype=bool)
    if len(legs) < LEAST_FRAMES:
        return believed
    proposed = _steadiest_labels(legs, _distrust(legs, smoothing.frame_rate(time_s)))
    for span in runs(proposed):
        found = _borne_out(span, proposed, legs, time_s)
        if found is not None:
            believed[found] = True
    return believed


def _borne_out(span: slice, proposed: Flags, legs: FloatArray, time_s: FloatArray) -> slice | None:
    """Return the frames that are exchanged where ``span`` is proposed, None where its ends do not bear it out.

    Where only one end does, another one is looked for that does, to either side of it: legs that cross beside an
    exchange make the steadiest labelling take what lies before it for what lies within. Of other proposals only brief
    ones are taken for granted then.
    """
    ends = [_relative_roughness(legs, time_s, proposed, end) for end in (span.start, span.stop)]
    told = [ratio for ratio in ends if ratio is not None]
    if len(told) == 2 and min(told) < SURE and max(told) > BORNE_OUT:
        elsewhere = np.zeros_like(proposed)
        for brief in runs(proposed):
            if brief != span and time_s[brief.stop - 1] - time_s[brief.start] <= BRIEF_SECONDS:
                elsewhere[brief] = True
        sure = span.start if told[0] < told[1] else span.stop
        other = _other_end(sure, elsewhere, legs, time_s)
        if other is not None:
            return slice(min(sure, other), max(sure, other))
    return span if not told or np.exp(np.mean(np.log(told))) <= BORNE_OUT else None


def _other_end(sure: int, elsewhere: Flags, legs: FloatArray, time_s: FloatArray) -> int | None:
    """Return the frame near a ``sure`` end of an exchange at which the labels best change back, None for none.

    ``elsewhere`` are the exchanges beside it, (n,).
    """
    leaps = np.concatenate(([0.0], np.linalg.norm(legs[1:] - legs[:-1], axis=3).mean(axis=(1, 2)))) > LEAP
    near = np.abs(time_s - time_s[min(sure, len(legs) - 1)]) <= LONGEST_SECONDS
    best, chosen = SURE, None
    for end in np.flatnonzero(near & (leaps | np.roll(leaps, -1))).tolist():
        if abs(end - sure) < 2:
            continue
        labels = elsewhere.copy()
        labels[min(sure, end) : max(sure, end)] ^= True
        ratios = [_relative_roughness(legs, time_s, labels, each) for each in (sure, end)]
        if (worse := max(1.0 if ratio is None else ratio for ratio in ratios)) < best:
            best, chosen = worse, end
    return chosen


def _relative_roughness(legs: FloatArray, time_s: FloatArray, swapped: Flags, end: int) -> float | None:
    """Return how rough the legs' ways are with the change of labels before frame ``end``, as a share of without it.

    None too near to the clip's ends to tell.
    """
    if end in (0, len(legs)):
        return None
    first = min(int(np.searchsorted(time_s, time_s[end] - AROUND_SECONDS)), end - LEAST_AROUND)
    last = max(int(np.searchsorted(time_s, time_s[end] + AROUND_SECONDS)), end + LEAST_AROUND)
    if first < 0 or last > len(legs):
        return None
    labels = swapped[first:last]
    unchanged = labels ^ (np.arange(first, last) >= end)
    changing, staying = (
        _roughness(np.where(way[:, None, None, None], legs[first:last, ::-1], legs[first:last]), time_s[first:last])
        for way in (labels, unchanged)
    )
    return max(changing, SMALLEST_ROUGHNESS) / max(staying, SMALLEST_ROUGHNESS)


def _roughness(ways: FloatArray, time_s: FloatArray) -> float:
    """Return how far (n, ...) ways lie from smooth curves, the ``GLITCHES`` worst frames left out."""
    flat, n = ways.reshape(len(ways), -1), len(ways)
    powers = np.vander((time_s - time_s.mean()) / (time_s[-1] - time_s[0]), DEGREE + 1)
    kept, off = np.arange(n), np.zeros(n)
    for _ in range(2):
        curve, *_rest = np.linalg.lstsq(powers[kept], flat[kept], rcond=None)
        off = np.sqrt(((flat - powers @ curve) ** 2).mean(axis=1))
        kept = np.argsort(off, kind="stable")[: n - GLITCHES]
    return float(off[kept].mean())


def _distrust(legs: FloatArray, rate_hz: float) -> FloatArray:
    """Return the cost of each frame whose labels are exchanged, (n,)."""
    ways = [np.linalg.norm(after - legs[:-1], axis=3).mean(axis=(1, 2)) for after in (legs[1:], legs[1:, ::-1])]
    speed = np.concatenate(([0.0], np.minimum(*ways))) * rate_hz
    return np.asarray(DISTRUST / rate_hz * np.clip(speed / MOVING, AT_REST, 1.0))


def _steadiest_labels(legs: FloatArray, distrust: FloatArray) -> Flags:
    """Return the labelling of (n, 2, parts, 2) legs with the least cost; states are pairs (previous, current).

    ``distrust`` is (n,) the cost of a frame whose labels are exchanged. To it come the squared jump from constant
    velocity and a cost for each change of labels (Viterbi over pairs of frames). Lone contradictions between fast legs
    are cheaper to explain as movement, so they stay.
    """
    n = len(legs)
    forms = np.stack([legs, legs[:, ::-1]])
    own = np.stack([np.zeros(n), distrust], axis=1)
    cost = np.add.outer(own[0], own[1]) + SWAP_COST**2 * (1 - np.eye(2))
    back = np.zeros((n, 2, 2), dtype=np.int8)
    jumps = _velocity_jumps(forms)
    change = SWAP_COST**2 * (1 - np.eye(2))
    for frame in range(2, n):
        paths = cost[:, :, None] + jumps[frame - 2] + change[None] + own[frame][None, None]
        back[frame] = paths.argmin(axis=0)
        cost = paths.min(axis=0)
    labels = np.zeros(n, dtype=bool)
    before, now = divmod(int(cost.argmin()), 2)
    for frame in range(n - 1, 1, -1):
        labels[frame] = bool(now)
        before, now = int(back[frame, before, now]), before
    labels[1], labels[0] = bool(now), bool(before)
    return labels


def _velocity_jumps(forms: FloatArray) -> FloatArray:
    """Return (n - 2, 2, 2, 2): mean squared departure from constant velocity for each labelling of three frames."""
    costs = np.empty((forms.shape[1] - 2, 2, 2, 2))
    for a in range(2):
        for b in range(2):
            for c in range(2):
                departure = forms[c][2:] - 2 * forms[b][1:-1] + forms[a][:-2]
                costs[:, a, b, c] = (departure**2).sum(axis=-1).mean(axis=(1, 2))
    return costs
