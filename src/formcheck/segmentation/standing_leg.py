"""Somebody who stands on one leg, seen by the foot that stands, and the phases of a rise over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.angles import Posture
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.planted_leg import PlantedFoot, planted_foot, planted_posture
from formcheck.segmentation.cycles import Cycle
from formcheck.segmentation.performance import Rep, reduced
from formcheck.vocabulary import Part, Side, View

TOP, REST = 0.8, 0.15
"""Shares of a rise from which its top and below which its rest is read."""
TOUCH_SECONDS = 0.4
"""A free foot that is down for less than this is a tracking error or brushes the floor."""

Frames = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A motion as somebody who stands on one leg does it: the foot that stands and the hips' height over its place.

    ``height`` is (n,) in leg lengths.
    """

    motion: Motion
    foot: PlantedFoot
    height: FloatArray

    def posture(self, side: Side) -> Posture:
        """Return the angles with the leg of ``side`` taken for the standing one."""
        return planted_posture(self.motion, self.foot, side)

    def heel(self, posture: Posture, side: Side) -> FloatArray:
        """Return the heel's height over its own toe, (n,) in leg lengths."""
        return np.asarray((posture.at(Part.TOE, side)[:, 1] - posture.at(Part.HEEL, side)[:, 1]) / self.motion.leg)

    def free_ankle(self, posture: Posture, side: Side) -> FloatArray:
        """Return how much higher the free ankle is than the standing one, (n,) in leg lengths.

        The higher of both labels counts, and the highest over ``TOUCH_SECONDS``: for moments the detector draws the
        free foot onto the standing one.
        """
        from scipy.ndimage import maximum_filter1d

        labels = [self.motion.unrepaired.xy_px[:, Part.ANKLE.on(one), 1] for one in Side]
        above = (posture.at(Part.ANKLE, side)[:, 1] - np.fmin(*labels)) / self.motion.leg
        width = max(1, round(TOUCH_SECONDS * self.motion.rate_hz))
        return np.asarray(maximum_filter1d(np.nan_to_num(above), width, mode="nearest"))

    def knee(self, posture: Posture, side: Side, frames: slice) -> FloatArray:
        """Return the standing knee's flexion, (n,): from the picture where some frames show the side, else in space."""
        view, _ = self.motion.orientation.view_at(frames)
        return posture.knee_flexion(side) if view is View.SIDE else self.motion.knee_flexion_3d(side)


def standing(motion: Motion) -> Standing:
    """Return the standing foot of a motion and the hips' height over its place."""
    foot = planted_foot(motion)
    height = np.asarray((foot.place[:, 1] - motion.posture.mid_hip[:, 1]) / motion.leg)
    return Standing(motion=motion, foot=foot, height=height)


@dataclass(frozen=True, kw_only=True)
class Phases:
    """The frames at the top of a rise and those at rest before and after it, and the hips' height there.

    ``base`` and ``rise`` are in leg lengths.
    """

    top: Frames
    rest: Frames
    base: float
    rise: float

    def change(self, series: FloatArray) -> float:
        """Return a series' typical value at the top less that at rest."""
        return reduced(series[self.top]) - reduced(series[self.rest])


def phases(height: FloatArray, event: Cycle | Rep) -> Phases:
    """Return the top of one rise and the rest around it, up to half its length before and after."""
    inside = np.arange(event.start, event.end + 1)
    half = (event.end - event.start) // 2
    around = np.arange(max(0, event.start - half), min(len(height) - 1, event.end + half) + 1)
    base = float(np.nanpercentile(height[around], 5))
    rise = float(height[event.peak] - base)
    return Phases(
        top=inside[height[inside] >= base + TOP * rise],
        rest=around[height[around] <= base + REST * rise],
        base=base,
        rise=rise,
    )


def leg_share(knee: FloatArray) -> FloatArray:
    """Return how long a leg is from hip to ankle, as a share of the straight one, for its knee's flexion in degrees."""
    return np.asarray(np.cos(np.radians(0.5 * knee)))


def ankle_rise(stance: Standing, posture: Posture, side: Side, event: Cycle | Rep) -> float:
    """Return how far the ankle rises by the hips' height and the knee's angle alone, in leg lengths."""
    phase = phases(stance.height, event)
    return phase.rise - phase.change(leg_share(stance.knee(posture, side, event.frames)))
