"""The lines that make a skeleton of landmarks, for every picture that shows one."""

from __future__ import annotations

from formcheck.vocabulary import Part

LIMBS = (
    (Part.SHOULDER, Part.ELBOW),
    (Part.ELBOW, Part.WRIST),
    (Part.SHOULDER, Part.HIP),
    (Part.HIP, Part.KNEE),
    (Part.KNEE, Part.ANKLE),
    (Part.ANKLE, Part.HEEL),
    (Part.HEEL, Part.TOE),
    (Part.ANKLE, Part.TOE),
)
"""Lines of one side of the body, upper end first."""
ACROSS = (Part.SHOULDER, Part.HIP)
"""Parts whose left and right are joined."""
