"""Joint and segment angles by name, with one sign convention for the whole product.

Zero is anatomical standing; flexion, dorsiflexion, forward lean and valgus are positive (ISB usage: Wu & Cavanagh
1995; Grood & Suntay 1983), as projected into the picture. ``forward`` is the picture direction that the athlete faces.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray, midpoint
from formcheck.vocabulary import Part, Side


class Posture:
    """Angles of one athlete, frame by frame, read from the picture.

    Parameters
    ----------
    xy_px : (n, 33, 2) pixels
    forward : (n,) +1 or -1
        The picture's direction that counts as forward.
    """

    def __init__(self, xy_px: FloatArray, forward: FloatArray) -> None:
        self.xy_px = xy_px
        self.forward = forward

    def at(self, part: Part, side: Side) -> FloatArray:
        """Return (n, 2) pixels of one part."""
        return self.xy_px[:, part.on(side)]

    @property
    def mid_hip(self) -> FloatArray:
        return midpoint(self.at(Part.HIP, Side.LEFT), self.at(Part.HIP, Side.RIGHT))

    @property
    def mid_shoulder(self) -> FloatArray:
        return midpoint(self.at(Part.SHOULDER, Side.LEFT), self.at(Part.SHOULDER, Side.RIGHT))

    def knee_flexion(self, side: Side) -> FloatArray:
        """0 straight, 90 right angle."""
        return 180.0 - geometry.interior_angle(
            self.at(Part.HIP, side), self.at(Part.KNEE, side), self.at(Part.ANKLE, side)
        )

    def hip_flexion(self, side: Side) -> FloatArray:
        """0 where the thigh continues the trunk, + where the knee is in front of that line, - in extension."""
        trunk = geometry.lean(self.mid_hip, self.mid_shoulder, self.forward)
        thigh = self.thigh_elevation(side)
        return geometry.wrapped(thigh + trunk)

    def thigh_elevation(self, side: Side) -> FloatArray:
        """0 hangs down, 90 level in front, more is above level, negative is behind."""
        return _past_up(geometry.elevation(self.at(Part.HIP, side), self.at(Part.KNEE, side), self.forward))

    def shank_inclination(self, side: Side) -> FloatArray:
        """0 upright, + knee in front of the ankle."""
        return geometry.lean(self.at(Part.ANKLE, side), self.at(Part.KNEE, side), self.forward)

    def foot_pitch(self, side: Side) -> FloatArray:
        """0 level, + toes above the heel, - heel above the toes."""
        return geometry.slope(self.at(Part.HEEL, side), self.at(Part.TOE, side), self.forward)

    def ankle_dorsiflexion(self, side: Side) -> FloatArray:
        """0 where the sole is at right angles to the shin, + toes towards the shin."""
        return geometry.wrapped(self.shank_inclination(side) + self.foot_pitch(side))

    def elbow_flexion(self, side: Side) -> FloatArray:
        """0 straight."""
        shoulder, elbow, wrist = (self.at(part, side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST))
        return 180.0 - geometry.interior_angle(shoulder, elbow, wrist)

    def trunk_lean(self) -> FloatArray:
        """0 upright, + forward."""
        return geometry.lean(self.mid_hip, self.mid_shoulder, self.forward)

    def knee_valgus(self, side: Side, left_of_picture: FloatArray) -> FloatArray:
        """Frontal-plane projection angle: 0 straight, + knee towards the body's mid-line.

        ``left_of_picture`` is +1 where the athlete's left is on the picture's right (seen from the front), -1 from
        behind, (n,).
        """
        hip, knee, ankle = (self.at(part, side) for part in (Part.HIP, Part.KNEE, Part.ANKLE))
        inward = left_of_picture * (-1.0 if side is Side.LEFT else 1.0)
        bent = 180.0 - geometry.interior_angle(hip, knee, ankle)
        line = ankle - hip
        share = np.clip((knee[:, 1] - hip[:, 1]) / np.where(line[:, 1] == 0, np.nan, line[:, 1]), 0.0, 1.0)
        aside = (knee[:, 0] - (hip[:, 0] + share * line[:, 0])) * inward
        return np.where(np.isfinite(aside), np.sign(aside) * bent, np.nan)

    def trunk_side_lean(self, left_of_picture: FloatArray) -> FloatArray:
        """0 upright, + to the athlete's left."""
        return geometry.lean(self.mid_hip, self.mid_shoulder, left_of_picture)

    def pelvic_obliquity(self, left_of_picture: FloatArray) -> FloatArray:
        """0 level, + left hip higher."""
        return geometry.slope(self.at(Part.HIP, Side.RIGHT), self.at(Part.HIP, Side.LEFT), left_of_picture)


def _past_up(elevation: FloatArray) -> FloatArray:
    """Return an elevation in (-90, 270]: a thigh drawn up past vertical is 190, not -170."""
    return np.where(elevation < -90.0, elevation + 360.0, elevation)
