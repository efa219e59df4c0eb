"""Telling the legs of a still body apart: where one hides the other, a detector exchanges them from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray, distance
from formcheck.kinematics.runs import runs
from formcheck.vocabulary import Part, Side

UPPER = [part.on(side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP) for side in Side]
PARTS_TOLD_BY = (Part.KNEE, Part.ANKLE, Part.TOE)
WINDOW_SECONDS = 0.7
QUIET = 0.05
"""Trunk lengths within which shoulders, hips and arms stay for ``WINDOW_SECONDS`` when only the legs' marks flicker.
Nobody moves both legs with the rest so still: of drills, squats, runs and walks none is so for half a second."""
TREMBLING_SECONDS = 0.25
"""Marks are looked at as running medians over so long: those of a photograph, shown for seconds, tremble by more than
``QUIET`` from frame to frame."""
RESTLESS_ALLOWED = 1
"""Marks that may move more: a single one may be a tracking error itself."""
LEAST_APART = 0.2
"""Trunk lengths between the legs' places below which they cannot be told apart."""
STAYING, SPREAD = 0.45, 0.25
"""Share of the frames in which still legs are as far apart as usual, to within this share; swinging legs are so for a
third of the time."""
SURE = 0.4
"""Share of the legs' usual distance that a frame must show to be read; less and the marks have run together."""
LONG_PERCENTILE, SHORTENED = 85.0, 0.9
"""Of both legs' lengths in a still stretch, the one that is theirs, and the share of it below which they cannot be: a
still body's legs keep their length, seen from the side. Where a detector wavers between the legs its marks lie halfway.
Of 244 still stretches of rendered clips 3 have more than 8 % of such frames, and the legs there are wrong."""
SIDE_ON = 0.35
"""Trunk lengths between the shoulders in the picture, of somebody seen from the side: from the front, where a leg that
is lifted looks shorter, it is 0.6 and more."""
SHOULDERS = [Part.SHOULDER.on(side) for side in Side]
SEGMENTS = ((Part.HIP, Part.KNEE), (Part.KNEE, Part.ANKLE))
Flags = npt.NDArray[np.bool_]


def quiet_frames(upper: FloatArray, rate_hz: float) -> Flags:
    """Return (n,) True where shoulders, hips and arms, (n, marks, 2) in trunk lengths, stay in place; NaN moves."""
    from scipy.ndimage import maximum_filter1d, minimum_filter1d

    width = max(1, round(WINDOW_SECONDS * rate_hz)) | 1
    known = np.nan_to_num(upper, nan=1e3)
    reach = maximum_filter1d(known, width, axis=0) - minimum_filter1d(known, width, axis=0)
    return np.asarray(np.sort(np.linalg.norm(reach, axis=2), axis=1)[:, -1 - RESTLESS_ALLOWED] < QUIET)


def exchanged_while_still(xy_px: FloatArray, still: Sequence[slice], unit: float) -> tuple[Flags, Flags]:
    """Return where a still body's legs carry each other's labels, and where that could be told, (n,) each.

    ``still`` are the ``still_stretches``, ``unit`` is the trunk length in pixels. A still body's legs stay where they
    are. So the frames of a still stretch are sorted by where the legs lie, and most frames decide which of the two is
    the left one.
    """
    exchanged, told = np.zeros(len(xy_px), dtype=bool), np.zeros(len(xy_px), dtype=bool)
    apart = np.stack([xy_px[:, p.on(Side.LEFT)] - xy_px[:, p.on(Side.RIGHT)] for p in PARTS_TOLD_BY], axis=1) / unit
    for stretch in still:
        frames = np.arange(stretch.start, stretch.stop)
        frames = frames[np.isfinite(apart[stretch]).any(axis=(1, 2))]
        if len(frames):
            way = _with_most(np.nan_to_num(apart[frames].reshape(len(frames), -1)))
            exchanged[frames], told[frames] = way < 0, way != 0
    return exchanged, told


def shortened_while_still(xy_px: FloatArray, still: Sequence[slice], unit: float) -> Flags:
    """Return (n,) True where a still body's legs are not as long as throughout: their marks are wrong there.

    Told of bodies seen from the side only, and of what lies between frames that show the legs: before and after these
    the body may still settle.
    """
    shortened = np.zeros(len(xy_px), dtype=bool)
    lengths = sum(distance(xy_px[:, a.on(side)], xy_px[:, b.on(side)]) for a, b in SEGMENTS for side in Side)
    for stretch in still:
        within = np.asarray(lengths)[stretch]
        breadth = distance(*(xy_px[stretch, shoulder] for shoulder in SHOULDERS))
        if np.isfinite(within).any() and np.nanmedian(breadth) <= SIDE_ON * unit:
            short = within < SHORTENED * np.nanpercentile(within, LONG_PERCENTILE)
            long = np.flatnonzero(~short)
            shortened[stretch.start + long[0] : stretch.start + long[-1]] = short[long[0] : long[-1]]
    return shortened


def still_stretches(xy_px: FloatArray, time_s: FloatArray, unit: float) -> list[slice]:
    """Return the stretches of ``WINDOW_SECONDS`` and more in which all but the legs is quiet."""
    rate = smoothing.frame_rate(time_s)
    if not np.isfinite(rate):
        return []
    quiet = quiet_frames(smoothing.running_median(xy_px[:, UPPER] / unit, time_s, TREMBLING_SECONDS), rate)
    return [stretch for stretch in runs(quiet) if (stretch.stop - stretch.start) / rate >= WINDOW_SECONDS]


def _with_most(apart: FloatArray) -> FloatArray:
    """Return (n,) whether the way between the legs, (n, parts * 2), points as in most frames: 1, -1, or 0 if unsure."""
    along = apart @ _main_direction(apart)
    usual = float(np.median(np.abs(along)))
    staying = float(np.mean(np.abs(np.abs(along) - usual) < SPREAD * usual))
    if usual < LEAST_APART * np.sqrt(len(PARTS_TOLD_BY)) or staying < STAYING:
        return np.zeros(len(apart))
    way = np.where(np.abs(along) > SURE * usual, np.sign(along), 0.0)
    return np.asarray(way * np.sign(way.sum()))


def _main_direction(vectors: FloatArray) -> FloatArray:
    """Return the unit vector along which vectors (n, k) are longest, whichever way they point."""
    _, _, rows = np.linalg.svd(vectors, full_matrices=False)
    return np.asarray(rows[0])
