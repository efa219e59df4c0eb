"""Performances that every test of the whole catalogue looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.athlete import Camera, Film, Movement, filmed
from tests.movements.drills import ButtKicks, HighKnees, butt_kicks, high_knees
from tests.movements.fast_feet import FastFeet, fast_feet
from tests.movements.heel_raises import HeelRaise, heel_raise
from tests.movements.knee_drives import WoodChop, wood_chop
from tests.movements.lunges import Lunge, lunge
from tests.movements.one_sided_stretches import ItbStretch, QuadStretch, itb_stretch, quad_stretch
from tests.movements.planks import FrontPlank, SidePlank, front_plank, side_plank
from tests.movements.squats import PistolSquat, pistol_squat

from formcheck.pose.sequence import PoseSequence


@dataclass(frozen=True)
class Example:
    """One movement and how it is filmed; ``exercise`` is what it must be recognised as."""

    exercise: str
    movement: Movement
    seconds: float
    film: Film

    def filmed(self) -> PoseSequence:
        return filmed(self.movement, self.seconds, self.film)


def _examples() -> dict[str, Example]:
    """Return good and faulty performances of every exercise that can be driven here, from several places."""
    slow = Film(fps=30.0)
    from_front, obliquely = replace(slow, camera=Camera(yaw=0.0)), Camera(yaw=40.0)
    low, lunging = PistolSquat(valgus=14.0, drop=7.0, turn_out=17.0), Lunge(shin=20.0, lean=18.0, alternating=True)
    low_camera = replace(slow, camera=Camera(aim=0.3))
    on_the_side = replace(slow, camera=Camera(yaw=0.0, aim=0.3))
    sagging, dropped = FrontPlank(hips=-0.05), SidePlank(hips=-0.06)
    heel_far, upright = QuadStretch(knee=104.0), ItbStretch(bend=10.0)
    raises = HeelRaise(knee=36.0, opens=20.0)
    pattering, folding = FastFeet(standing=1.0, height=0.45, lean=20.0), WoodChop(drives=4, thigh=76.0, lean=28.0)
    swaying = replace(folding, sway=0.04, side_lean=9.0)
    return {
        "high knees": Example("high_knees", high_knees(HighKnees(thigh=76.0)), 4.6, Film()),
        "high knees, obliquely": Example("high_knees", high_knees(), 4.6, Film(camera=obliquely)),
        "butt kicks": Example("butt_kicks", butt_kicks(ButtKicks(knee=118.0, lean=15.0)), 4.6, Film()),
        "fast feet": Example("fast_feet", fast_feet(pattering), pattering.lasts, Film()),
        "wood chop": Example("wood_chop", wood_chop(folding), folding.lasts, slow),
        "wood chop from the front": Example("wood_chop", wood_chop(swaying), swaying.lasts, from_front),
        "pistol squats": Example("pistol_squat", pistol_squat(replace(low, shin=31.0)), low.lasts, slow),
        "pistol squats from the front": Example("pistol_squat", pistol_squat(low), low.lasts, from_front),
        "lunges": Example("lunge", lunge(lunging), lunging.lasts, slow),
        "lunges from the front": Example("lunge", lunge(replace(lunging, knee_in=0.06)), lunging.lasts, from_front),
        "front plank": Example("front_plank", front_plank(sagging), sagging.lasts, low_camera),
        "side plank": Example("side_plank", side_plank(dropped), dropped.lasts, on_the_side),
        "quad stretch": Example("quad_stretch", quad_stretch(heel_far), heel_far.lasts, slow),
        "ITB stretch": Example("itb_stretch", itb_stretch(upright), upright.lasts, from_front),
        "calf raises": Example("bent_knee_calf_raise", heel_raise(raises), raises.lasts, slow),
    }


EXAMPLES = _examples()
