"""Where the ground pulls: whoever holds still on crossed or narrow feet has the body's centre of mass over them.

A picture does not say which way is down where its camera may be rolled. The body does: in rendered side bends over
crossed feet the line from the feet to the centre of mass leans by 1.5 to 2.8 degrees, and by 3.4 to 7.5 where the
camera is rolled by 5.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.vocabulary import Part, Side

SEGMENTS = (
    (Part.SHOULDER, Part.ELBOW, 0.028, 0.58),
    (Part.ELBOW, Part.WRIST, 0.022, 0.46),
    (Part.HIP, Part.KNEE, 0.142, 0.41),
    (Part.KNEE, Part.ANKLE, 0.043, 0.44),
    (Part.HEEL, Part.TOE, 0.014, 0.44),
)
"""Segments of one side: share of the body's mass, and how far along them it lies (de Leva 1996, J. Biomech. 29(9),
means of women and men; the hand counts with the forearm)."""
TRUNK_MASS, ALONG_THE_TRUNK, HEAD_MASS = 0.43, 0.55, 0.07
"""The trunk's mass from hips to shoulders and the head's, at the ears."""


def balance_line(motion: Motion) -> FloatArray:
    """Return how far the line from between the ankles to the centre of mass leans to the picture's right, (n,) degrees.

    As the picture shows it: of use only where the athlete faces the camera or has the back to it.
    """
    posture = motion.posture
    hips, shoulders = posture.mid_hip, posture.mid_shoulder
    ears, ankles = (
        geometry.midpoint(motion.at(part, Side.LEFT), motion.at(part, Side.RIGHT)) for part in (Part.EAR, Part.ANKLE)
    )
    weighed = [(TRUNK_MASS, hips + ALONG_THE_TRUNK * (shoulders - hips)), (HEAD_MASS, ears)]
    for side in Side:
        for upper, lower, mass, along in SEGMENTS:
            start = motion.at(upper, side)
            weighed.append((mass, start + along * (motion.at(lower, side) - start)))
    centre = sum(mass * place for mass, place in weighed) / sum(mass for mass, _ in weighed)
    return geometry.lean(ankles, np.asarray(centre), 1.0)
