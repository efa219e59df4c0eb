"""The leg that stands while its heel rises, put right where the detector shows the other foot in its place.

From the side MediaPipe takes the free foot for the standing one, or something between both, in up to a third of the
frames of a heel raise, while hips and knees keep their labels. A toe that stays on the ground gives the true foot away:
of both labels the one at that place is believed, and a frame in which neither is there is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.angles import Posture
from formcheck.kinematics.geometry import FloatArray, distance
from formcheck.kinematics.motion import Motion
from formcheck.vocabulary import Part, Side

SETTLING_SECONDS, SETTLING_WHERE_IT_SWAYS = 3.0, 1.0
"""A foot is planted where the lower toe is for most of this long around; what is left of a camera's sway moves it."""
SAME_PLACE = 0.06
"""Leg lengths between a toe and its place on the ground, from jitter and from rolling onto the ball of the foot."""
GROUND_PERCENTILE = 75.0
"""Of the lower toe's heights over that time, counted downwards."""
LONGEST_GAP = 1.5
"""Seconds without the true foot that are bridged."""
MEDIAN_SECONDS = 0.2
FOOT = (Part.ANKLE, Part.HEEL, Part.TOE)
SIDES = tuple(Side)


@dataclass(frozen=True, kw_only=True)
class PlantedFoot:
    """The lower foot in every frame.

    ``place`` is (n, 2) pixels, where its toe stands; ``label`` (n,) the index in ``SIDES`` of the label that shows it;
    ``sure`` (n,) True where one of the labels does.
    """

    place: FloatArray
    label: npt.NDArray[np.intp]
    sure: npt.NDArray[np.bool_]

    def side_over(self, frames: npt.NDArray[np.intp]) -> tuple[Side, float]:
        """Return the side that mostly stands in some frames and its share of those that are sure, 0 for none."""
        labels = self.label[frames][self.sure[frames]]
        if not labels.size:
            return Side.LEFT, 0.0
        second = float(np.mean(labels))
        return (SIDES[1], second) if second > 0.5 else (SIDES[0], 1.0 - second)


def planted_foot(motion: Motion) -> PlantedFoot:
    """Return where the lower foot stands, frame by frame."""
    toes = np.stack([motion.unrepaired.xy_px[:, Part.TOE.on(side)] for side in SIDES], axis=1)
    lower = np.where(np.nan_to_num(toes[:, 0, 1]) >= np.nan_to_num(toes[:, 1, 1]), 0, 1)
    lowest = toes[np.arange(len(toes)), lower]
    place = _place(lowest, motion)
    away = np.nan_to_num(distance(toes, place[:, None]) / motion.leg, nan=np.inf)
    label = np.argmin(away, axis=1)
    return PlantedFoot(place=place, label=label, sure=away[np.arange(len(away)), label] <= SAME_PLACE)


def _place(lowest: FloatArray, motion: Motion) -> FloatArray:
    """Return where the lower toe stands, (n, 2) pixels: errors only ever lift it, so its lower places are believed."""
    from scipy.ndimage import percentile_filter

    known = np.isfinite(lowest[:, 1])
    if not known.any():
        return lowest
    frames = np.arange(len(lowest))
    held = np.interp(frames, frames[known], lowest[known, 1])
    settling = SETTLING_WHERE_IT_SWAYS if motion.camera_sways else SETTLING_SECONDS
    width = max(1, round(settling * motion.rate_hz)) | 1
    ground = percentile_filter(held, GROUND_PERCENTILE, size=width, mode="reflect")
    down = known & (ground - lowest[:, 1] <= SAME_PLACE * motion.leg)
    ahead = smoothing.running_median(np.where(down, lowest[:, 0], np.nan), motion.time_s, settling)
    if down.any():
        ahead = np.interp(frames, frames[down], ahead[down])
    return np.stack([np.where(known, ground, np.nan), np.where(known, ahead, np.nan)], axis=1)[:, ::-1]


def planted_posture(motion: Motion, foot: PlantedFoot, side: Side) -> Posture:
    """Return angles with the leg of ``side`` taken for the planted one, its foot where it was believed, else between.

    The other leg is as it was.
    """
    marks, detected = motion.clean.xy_px.copy(), motion.unrepaired.xy_px
    labels = np.array([[part.on(one) for one in SIDES] for part in FOOT])[:, foot.label].T
    seen = np.where(foot.sure[:, None, None], detected[np.arange(len(marks))[:, None], labels], np.nan)
    leg = np.concatenate([seen, detected[:, [Part.KNEE.on(side)]]], axis=1)
    marks[:, [part.on(side) for part in (*FOOT, Part.KNEE)]] = _steadied(leg, motion)
    return motion.posture_of(marks)


def _steadied(points: FloatArray, motion: Motion) -> FloatArray:
    """Return (n, parts, 2) points with gaps bridged, single errors outvoted and jitter smoothed."""
    whole = smoothing.without_gaps(points, motion.time_s, LONGEST_GAP)
    voted = smoothing.running_median(whole, motion.time_s, MEDIAN_SECONDS)
    return smoothing.low_passed(voted, motion.time_s, smoothing.cut_off_hz(motion.rate_hz))
