"""Pistol squat: a squat on one leg, hips back, the free leg held off the floor."""

from __future__ import annotations

from formcheck.criteria import single_leg, squat_on_one_leg
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    PerSide,
    RequiredView,
    ShownAngle,
)
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.dips import REAR_FOOT_BEHIND, Dip, dip_bouts
from formcheck.segmentation.performance import Bout
from formcheck.vocabulary import Side, Status, Unit

REFERENCE = "Strengthening exercises, Single leg squat"
STANDING_FOOT = Bands(Band(-8.0, None), (Band(-13.0, -8.0),))
LONG_REACH, FREE_KNEE = 0.35, 86.0
"""A free foot held this far in front, in leg lengths, is on a leg that is bent by less than this, in degrees; one that
is bent more stands on the floor, as in a lunge with a short step."""
VALID_KNEE = 35.0
"""Degrees of knee flexion from which a repetition counts in a set."""
LONGEST_BOTTOM = 2.5
"""Seconds: who stays down longer holds a stretch."""
FREE_FOOT_AHEAD = 0.14
"""Leg lengths that one foot is in front of the other when it is held there; two-legged squats stay below."""
FREE_FOOT_OVER, UPRIGHT = 0.07, 0.75
"""Leg lengths between the heights of the feet in a picture from the front, of which one is held in front: rendered ones
differ by 0.10 to 0.17, however the camera looks at them, two-legged squats of real people by 0.01. The trunk stays
upright over them (0.84 and more), unlike that of somebody who lies down on a side."""
SUNK = 0.4
"""Share of a squat's depth by which the hips themselves come down in the picture: 0.85 and more in rendered and real
squats. A knee that is held up beside the other one is tracked as two half-bent legs, with hips that stay (0.11)."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find dips of the hips on one leg, both thighs in front of the body."""
    return dip_bouts(motion, stance_side, valid_knee=VALID_KNEE)


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find every dip of the hips; the leg behind is taken for the standing one, or the more bent one of two abreast."""
    return dip_bouts(motion, lambda dip: stance_side(dip) or _likely_stance(dip), valid_knee=VALID_KNEE)


def _likely_stance(dip: Dip) -> Side:
    if abs(dip.stride) >= FREE_FOOT_AHEAD:
        return Side.RIGHT if dip.stride > 0 else Side.LEFT
    return max(Side, key=lambda side: dip.knee[side])


def stance_side(dip: Dip) -> Side | None:
    """Return the standing leg of a one-legged squat, None for any other dip.

    Both feet stay under or in front of the hips, unlike in a lunge, and the legs differ, unlike in a squat on both: one
    knee stays straighter, or one foot is held in front or up. Two-legged squats differ by less than 25 degrees, 0.13
    leg lengths in stride and 0.03 in height from the front.
    """
    both_forward = min(dip.thigh.values()) >= 15.0
    if not both_forward or dip.upright < 0.5 or dip.seconds < 0.8 or dip.dwell > LONGEST_BOTTOM or dip.depth < 0.06:
        return None
    if dip.most_bent < 35.0 or dip.sunk < SUNK:
        return None
    front = Side.LEFT if dip.stride > 0 else Side.RIGHT
    if dip.rear_foot <= REAR_FOOT_BEHIND or (abs(dip.stride) >= LONG_REACH and dip.knee[front] > FREE_KNEE):
        return None
    return _likely_stance(dip) if _legs_differ(dip) and abs(dip.stride) <= 1.0 else None


def _legs_differ(dip: Dip) -> bool:
    """Return whether the legs do different things: one knee is straighter, or one foot is held in front or up."""
    held_up = dip.frontal and dip.upright >= UPRIGHT and abs(dip.lift) >= FREE_FOOT_OVER
    return held_up or dip.uneven >= 30.0 or abs(dip.stride) >= FREE_FOOT_AHEAD


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="pistol_squat",
    name="Single-leg squat (pistol squat)",
    section="Strengthening exercises",
    summary="A slow squat on one leg, hips back as if to a chair, knee over the second toe, the free leg off the "
    "floor.",
    film="once from the front for alignment and once from the side for depth, at hip height, the standing leg near",
    shown_angles=("knee_flexion", "shank_inclination", "knee_valgus", "trunk_side_lean"),
    find=find,
    find_anyway=find_anyway,
    criteria=(
        Criterion(
            key="heel_down",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=single_leg.foot_pitch_change,
            angle=ShownAngle("foot_pitch", as_change=True),
            bands=STANDING_FOOT,
            title="Heel down",
            expectation="The standing heel stays on the floor: the foot tips by less than 8 degrees.",
            fault="the standing heel comes off the floor",
            cue="Keep the heel heavy; go only as deep as it stays down.",
            basis="Our judgement: 8 degrees lift the heel by 3 centimetres. Rendered heels that stay down read up to 5 "
            "degrees, 7 in narrow pictures; ones that lift by 17 to 21 read 19 to 24, whichever of four cameras looks. "
            "Weight on the heel itself cannot be seen.",
            reference=REFERENCE,
            per_side=SIDES,
            event=True,
        ),
        Criterion(
            key="knee_over_second_toe",
            kind=Kind.EXPECTATION,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=single_leg.knee_alignment,
            angle=ShownAngle("knee_valgus"),
            bands=Bands(Band(-10.0, 10.0), (Band(10.0, 18.0), Band(None, -10.0))),
            title="Knee over the second toe",
            expectation="Seen from the front the knee stays in line: less than 10 degrees inwards or outwards.",
            fault="the knee leaves the line of hip and foot",
            cue="Point the kneecap over the second toe all the way.",
            basis="Healthy single-leg landings show 1 to 12 degrees (Herrington & Munro 2010), patients with knee pain "
            "7 on average in this squat; tracking error is 2 to 4.",
            reference=REFERENCE,
            per_side=SIDES,
            event=True,
        ),
        Criterion(
            key="knee_over_ankle",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=squat_on_one_leg.shin,
            angle=ShownAngle("shank_inclination"),
            bands=Bands(Band(None, 24.0), (Band(24.0, 36.0),)),
            title="Upright shin",
            expectation="The shin stays as upright as the depth allows: 12 degrees and a fifth of the knee bend.",
            fault="the knee drifts too far in front of the ankle",
            cue="Sit back instead of pushing the knee forward.",
            basis="An upright shin is impossible in a deep squat with the heel down: weight-bearing dorsiflexion is 30 "
            "to 38 degrees. The band grows with depth (60 degrees: 24, 100 degrees: 32).",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="hips_back",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=squat_on_one_leg.hips_back,
            bands=Bands(Band(0.10, None), (Band(0.05, 0.10),)),
            title="Hips back",
            expectation="The hips travel backwards by a tenth of a leg length or more.",
            fault="the hips drop straight down instead of back",
            cue="Push the hip back as if reaching for a chair behind you.",
            basis="Our judgement. One and the same rendered squat reads 0.10 to 0.20 in six pictures of it, mirrored, "
            "smaller or grainy, squats whose knee goes forward instead -0.03 to 0.01.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="depth",
            kind=Kind.PROGRESS,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=squat_on_one_leg.depth,
            angle=ShownAngle("knee_flexion"),
            bands=Bands(Band(35.0, None), (Band(None, 35.0),)),
            title="Depth",
            expectation="As deep as stays clean: 60 degrees of knee bend is solid, 45 is on the way.",
            fault="the squat is still shallow",
            cue="A little deeper as long as it stays clean.",
            basis="60 degrees is the depth of the clinical single-leg squat test. Depth is progress, not form.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="wobble",
            kind=Kind.EXPECTATION,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=squat_on_one_leg.wobble,
            bands=Bands(Band(None, 0.012), (Band(0.012, 0.025),)),
            title="Steady knee",
            expectation="The knee moves down and up on one smooth path without shaking sideways.",
            fault="the knee shakes from side to side",
            cue="Slow down and steady the knee.",
            basis="Sideways shake is part of single-leg squat ratings; tracking leaves 0.004 to 0.006 below 3 Hz.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        single_leg.repetitions(REFERENCE, SIDES),
        Criterion(
            key="foot_turned_out",
            kind=Kind.PITFALL,
            view=RequiredView.FRONT,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=squat_on_one_leg.foot_turn,
            bands=Bands(Band(None, 12.0), (Band(12.0, None),)),
            title="Foot straight ahead",
            expectation="The standing foot points ahead, turned out by 12 degrees at most.",
            fault="the standing foot is turned out",
            cue="Point the standing foot straight ahead.",
            basis="Ratings pass up to 10 degrees; feet are tracked to about 8 from the front.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="hip_sink",
            kind=Kind.PITFALL,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=squat_on_one_leg.hip_shift,
            angle=ShownAngle("pelvic_obliquity", as_change=True),
            bands=Bands(Band(None, 5.0), (Band(5.0, 9.0),)),
            title="Level pelvis",
            expectation="The pelvis stays level and over the foot: it tilts by less than 5 degrees on the way down.",
            fault="the hip sinks to one side",
            cue="Keep the pelvis level and the hip tucked in.",
            basis="Ratings ask for no shift or drop. The model keeps hips too level: a rendered drop of 12 degrees "
            "reads 7, level ones 1, so the edges are 0.6 of 8 and 15 true degrees.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="trunk_side_lean",
            kind=Kind.PRACTICE,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=squat_on_one_leg.side_lean,
            angle=ShownAngle("trunk_side_lean"),
            bands=Bands(Band(None, 8.0), (Band(8.0, 15.0),)),
            title="Trunk square",
            expectation="The trunk does not lean sideways by more than 8 degrees.",
            fault="the trunk leans over the standing leg",
            cue="Stay square over the leg.",
            basis="Standard practice that the source leaves out; tracking error is 4 degrees.",
            reference="Standard practice, not in the source",
            per_side=SIDES,
        ),
        Criterion(
            key="free_foot_touches",
            kind=Kind.PRACTICE,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.COUNT,
            measure=squat_on_one_leg.touches,
            bands=Bands(Band(None, 1.0), (Band(1.0, 3.0),)),
            title="Free foot off the floor",
            expectation="The free foot stays off the floor; one touch in a set is no matter.",
            fault="the free foot keeps touching down",
            cue="Keep the free foot hovering.",
            basis="Standard practice that the source leaves out.",
            reference="Standard practice, not in the source",
            per_side=SIDES,
        ),
    ),
)
