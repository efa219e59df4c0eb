"""Drills and exercises for the stick figure, with a parameter for every fault; and movements that are none of them.

Every generator takes what is done and gives a ``Movement``. Lengths are in leg lengths unless a name says metres,
angles in degrees, as the criteria use them.
"""

from tests.movements.drills import ButtKicks, Drill, HighKnees, butt_kicks, high_knees
from tests.movements.examples import EXAMPLES, Example
from tests.movements.limbs import BENT_ARM, HAND_ON_HIP, HANGING_ARM
from tests.movements.lunges import Lunge, lunge
from tests.movements.others import NEGATIVES
from tests.movements.squats import PistolSquat, pistol_squat

__all__ = [
    "BENT_ARM",
    "EXAMPLES",
    "HAND_ON_HIP",
    "HANGING_ARM",
    "NEGATIVES",
    "ButtKicks",
    "Drill",
    "Example",
    "HighKnees",
    "Lunge",
    "PistolSquat",
    "butt_kicks",
    "high_knees",
    "lunge",
    "pistol_squat",
]
