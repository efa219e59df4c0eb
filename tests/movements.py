"""Drills and exercises for the stick figure, with a parameter for every fault; and movements that are none of them.

Every generator takes what is done and gives a ``Movement``. Lengths are in leg lengths unless a name says metres,
angles in degrees, as the criteria use them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.vocabulary import Side
from tests.athlete import (
    ANKLE_UP,
    FOREARM,
    HIP_WIDTH,
    LEG,
    SHANK,
    SOLE,
    STANDING_ANKLE,
    THIGH,
    TOE_AHEAD,
    TRUNK,
    UPPER_ARM,
    Arm,
    Body,
    Camera,
    Film,
    Leg,
    Movement,
    Series,
    filmed,
)

BENT_ARM = Arm(upper=-5.0, elbow=90.0)
HANGING_ARM = Arm(upper=0.0, elbow=10.0)
HAND_ON_HIP = Arm(upper=-15.0, elbow=25.0, out=40.0, fore_out=-53.0)
STANCE_SAMPLES = 12


def reach(ahead: Series, below: Series) -> tuple[FloatArray, FloatArray]:
    """Return thigh elevation and knee flexion that put the ankle so many metres ahead of and below the hip."""
    ahead, below = np.asarray(ahead, dtype=float), np.asarray(below, dtype=float)
    far = np.clip(np.hypot(ahead, below), 0.05, 0.9999 * LEG)
    inside = np.degrees(np.arccos((THIGH**2 + SHANK**2 - far**2) / (2 * THIGH * SHANK)))
    to_line = np.degrees(np.arccos(np.clip((THIGH**2 + far**2 - SHANK**2) / (2 * THIGH * far), -1.0, 1.0)))
    return np.degrees(np.arctan2(ahead, below)) + to_line, 180.0 - inside


def eased(share: FloatArray) -> FloatArray:
    """Return a smooth way from 0 to 1 for a share of the time, which is cut off to [0, 1]."""
    x = np.clip(share, 0.0, 1.0)
    return np.asarray(x**3 * (10.0 - 15.0 * x + 6.0 * x**2))


# Running drills ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Drill:
    """What high knees and butt kicks share.

    ``ahead`` is where the foot lands before the hips and ``duty`` the share of a stride that it stays down. Unless
    ``step`` says otherwise, steps are so long that the foot leaves as far behind as it landed ahead. ``uneven`` makes
    every second stride longer and the next one shorter by that share.
    """

    cadence: float = 170.0
    ahead: float = 0.05
    duty: float = 0.38
    step: float | None = None
    stance_knee: float = 16.0
    lean: float = 3.0
    rock: float = 1.0
    arm: Arm = BENT_ARM
    arm_swing: float = 25.0
    uneven: float = 0.0
    hip_height: float | None = None

    @property
    def step_metres(self) -> float:
        """Ground covered in half a stride."""
        return LEG * (self.ahead / self.duty if self.step is None else self.step)

    @property
    def hips(self) -> float:
        """Metres of the hip joints over the floor."""
        bent = np.sqrt(THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * np.cos(np.radians(self.stance_knee)))
        return STANDING_ANKLE + (float(bent) if self.hip_height is None else self.hip_height)


@dataclass(frozen=True, kw_only=True)
class HighKnees(Drill):
    """``thigh`` is the peak elevation, ``toes`` the ankle's dorsiflexion at the peak."""

    thigh: float = 95.0
    knee: float = 100.0
    toes: float = 5.0
    lean: float = 2.0


@dataclass(frozen=True, kw_only=True)
class ButtKicks(Drill):
    """``knee`` is the peak flexion, ``hang`` how far the kicking foot hangs below a right angle to the shin."""

    thigh: float = 8.0
    knee: float = 135.0
    hang: float = 22.0


def high_knees(drill: HighKnees | None = None) -> Movement:
    """Return quick steps with each thigh lifted in front."""
    drill = drill or HighKnees()
    swing = (
        (0.22, 0.45 * drill.thigh, min(95.0, drill.knee), -25.0),
        (0.42, drill.thigh - 1.0, drill.knee, drill.toes),
        (0.50, drill.thigh, drill.knee, drill.toes),
        (0.58, drill.thigh - 1.0, drill.knee, drill.toes),
    )
    return _running(drill, swing)


def butt_kicks(drill: ButtKicks | None = None) -> Movement:
    """Return quick steps with each heel flicked up behind."""
    drill = drill or ButtKicks()
    swing = (
        (0.22, drill.thigh - 6.0, 0.62 * drill.knee, -drill.hang),
        (0.42, drill.thigh, drill.knee - 1.0, -drill.hang),
        (0.48, drill.thigh, drill.knee, -drill.hang),
        (0.54, drill.thigh, drill.knee - 1.0, -drill.hang),
        (0.70, drill.thigh + 4.0, 0.7 * drill.knee, -drill.hang),
    )
    return _running(drill, swing)


def _running(drill: Drill, swing: tuple[tuple[float, float, float, float], ...]) -> Movement:
    """Return alternating steps; ``swing`` is (share of the swing, thigh, knee, dorsiflexion) at some moments."""
    table = _stride_table(drill, swing)

    def body(time_s: FloatArray) -> Body:
        phase = _phase(drill, time_s)
        legs = {side: _leg_at(table, phase + offset) for side, offset in ((Side.LEFT, 0.0), (Side.RIGHT, 0.5))}
        turn = np.sin(2 * np.pi * (phase - 0.5 * drill.duty + 0.25))
        arms = {
            side: replace(drill.arm, upper=drill.arm.upper + sign * drill.arm_swing * turn)
            for side, sign in ((Side.LEFT, -1.0), (Side.RIGHT, 1.0))
        }
        pelvis = np.zeros((len(time_s), 3)) + [0.0, 0.0, drill.hips]
        pelvis[:, 0] = 2.0 * drill.step_metres * phase
        lean = drill.lean + drill.rock * np.sqrt(2.0) * np.sin(4 * np.pi * phase)
        return Body(pelvis=pelvis, legs=legs, arms=arms, trunk_lean=lean)

    return body


def _phase(drill: Drill, time_s: FloatArray) -> FloatArray:
    """Return how many strides have passed; every second one takes longer where the drill is uneven."""
    strides = time_s * drill.cadence / 120.0
    return strides + 0.5 * drill.uneven / np.pi * np.sin(np.pi * strides)


def _stride_table(drill: Drill, swing: tuple[tuple[float, float, float, float], ...]) -> PchipInterpolator:
    """Return thigh, knee and foot pitch over one stride, stance first, as a periodic curve through their moments."""
    rows = [_on_floor(drill, share * drill.duty) for share in np.linspace(0.0, 1.0, STANCE_SAMPLES)]
    for share, thigh, knee, bend in swing:
        rows.append((drill.duty + share * (1.0 - drill.duty), thigh, knee, bend - (knee - thigh)))
    for share, height in ((0.86, 0.07), (0.94, 0.02)):
        thigh, knee = reach(drill.ahead * LEG, drill.hips - STANDING_ANKLE - height)
        rows.append((drill.duty + share * (1.0 - drill.duty), float(thigh), float(knee), 0.0))
    stride = np.array(rows)
    both = np.concatenate([stride + [k, 0, 0, 0] for k in (-1.0, 0.0, 1.0)])
    return PchipInterpolator(both[:, 0], both[:, 1:])


def _on_floor(drill: Drill, phase: float) -> tuple[float, float, float, float]:
    ahead = drill.ahead * LEG - 2.0 * drill.step_metres * phase
    thigh, knee = reach(ahead, drill.hips - STANDING_ANKLE)
    return phase, float(thigh), float(knee), 0.0


def _leg_at(table: PchipInterpolator, phase: FloatArray) -> Leg:
    thigh, knee, foot = table(phase % 1.0).T
    return Leg(thigh=thigh, knee=knee, foot=foot)


# Squats on one leg ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PistolSquat:
    """A set of squats on one leg. What is said of the bottom grows smoothly from nothing on the way down.

    ``shin``, ``knee``, ``lean`` and the rest are values at the bottom. ``heel`` is how far the standing foot tips onto
    its toes, ``valgus`` the frontal angle of the knee, ``shift`` the pelvis's way outwards, ``drop`` how far the pelvis
    tilts, ``wobble`` the standard deviation of the knee's shake, ``touches`` the repetitions in which the free foot
    comes down to the floor.
    """

    side: Side = Side.RIGHT
    repetitions: int = 3
    seconds: float = 2.6
    pause: float = 0.8
    knee: float = 75.0
    shin: float = 18.0
    lean: float = 25.0
    heel: float = 0.0
    valgus: float = 2.0
    shift: float = 0.0
    drop: float = 1.0
    side_lean: float = 2.0
    wobble: float = 0.0
    wobble_hz: float = 1.8
    turn_out: float = 3.0
    touches: int = 0

    @property
    def lasts(self) -> float:
        """Seconds of the whole set, with standing before and after it."""
        return self.repetitions * (self.seconds + self.pause) + self.pause


def pistol_squat(squat: PistolSquat | None = None) -> Movement:
    """Return a set of squats on one leg, the free leg held in front."""
    squat = squat or PistolSquat()

    def body(time_s: FloatArray) -> Body:
        low, index = _dips(time_s, squat.repetitions, squat.seconds, squat.pause)
        sign = 1.0 if squat.side is Side.LEFT else -1.0
        knee, shin, pitch = 4.0 + (squat.knee - 4.0) * low, 1.0 + (squat.shin - 1.0) * low, -squat.heel * low
        hip, drop = _over_foot(knee, shin, pitch), squat.drop * low
        aside = squat.shift * LEG * low
        stance = Leg(
            thigh=knee - shin,
            knee=knee,
            foot=pitch,
            out=-np.degrees(np.arcsin(aside / (hip[:, 2] - STANDING_ANKLE))),
            turn_out=squat.turn_out,
            knee_in=_knee_inward(squat.valgus * low, knee, shin) + _shake(squat, time_s) * eased(low / 0.2),
        )
        half = 0.5 * HIP_WIDTH
        pelvis = hip - np.stack([0.0 * aside, sign * (half - aside), half * np.sin(np.radians(drop))], axis=1)
        free = _free_leg(pelvis[:, 2], low, index < squat.touches)
        arm = Arm(upper=70.0 * low + 5.0, elbow=10.0)
        return Body(
            pelvis=pelvis,
            legs={squat.side: stance, squat.side.other: free},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=squat.lean * low,
            side_lean=sign * squat.side_lean * low,
            obliquity=sign * drop,
        )

    return body


def _dips(time_s: FloatArray, repetitions: int, seconds: float, pause: float) -> tuple[FloatArray, FloatArray]:
    """Return how low the athlete is, (n,) in [0, 1], and the number of the repetition; a fifth of one is its bottom."""
    index = np.clip(np.floor((time_s - pause) / (seconds + pause)), 0, repetitions - 1)
    inside = (time_s - pause - index * (seconds + pause)) / seconds
    low = eased(inside / 0.4) * eased((1.0 - inside) / 0.4)
    return low, index


def _over_foot(knee: FloatArray, shin: FloatArray, pitch: FloatArray) -> FloatArray:
    """Return the hip joint's place (n, 3) over a foot that stands at x = 0 on its toes, tipped by ``pitch``."""
    tip, lean, thigh = np.radians(pitch), np.radians(shin), np.radians(knee - shin)
    x = TOE_AHEAD - TOE_AHEAD * np.cos(tip) - ANKLE_UP * np.sin(tip) + SHANK * np.sin(lean) - THIGH * np.sin(thigh)
    height = SOLE - TOE_AHEAD * np.sin(tip) + ANKLE_UP * np.cos(tip)
    z = height + SHANK * np.cos(lean) + THIGH * np.cos(thigh)
    return np.stack([x, np.zeros_like(x), z], axis=1)


def _knee_inward(valgus: FloatArray, knee: FloatArray, shin: FloatArray) -> FloatArray:
    """Return metres that bend the leg by ``valgus`` as seen from the front."""
    above, below = THIGH * np.cos(np.radians(knee - shin)), SHANK * np.cos(np.radians(shin))
    tangent, total, product = np.tan(np.radians(valgus)), 1.0 / above + 1.0 / below, 1.0 / (above * below)
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = (np.sqrt(total**2 + 4.0 * product * tangent**2) - total) / (2.0 * product * tangent)
    return np.where(np.abs(tangent) < 1e-9, 0.0, exact)


def _shake(squat: PistolSquat, time_s: FloatArray) -> FloatArray:
    return np.sqrt(2.0) * squat.wobble * LEG * np.sin(2 * np.pi * squat.wobble_hz * time_s)


def _free_leg(hips: FloatArray, low: FloatArray, touching: FloatArray) -> Leg:
    """Return the leg held in front; where it touches, the foot is set down in the deeper half of the repetition."""
    ahead, up = 0.25 + 0.28 * low, 0.12 + 0.10 * low
    up = np.where(touching, up * (1.0 - eased((low - 0.3) / 0.4)), up)
    thigh, knee = reach(ahead, np.maximum(hips - STANDING_ANKLE - up, 0.1))
    return Leg(thigh=thigh, knee=knee, foot=0.0)


# Lunges --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Lunge:
    """A set of lunges; ``knee``, ``shin`` and ``lean`` are the front leg's and the trunk's at the bottom.

    ``step`` is between the ankles, ``rear_foot`` how steeply the rear foot stands on its toes, ``heel`` how far the
    front foot does, ``knee_in`` how far the front knee is inside its ankle. ``alternating`` changes legs every time.
    """

    side: Side = Side.RIGHT
    alternating: bool = False
    repetitions: int = 3
    seconds: float = 3.0
    pause: float = 0.8
    step: float = 0.95
    knee: float = 90.0
    shin: float = 5.0
    lean: float = 3.0
    rear_foot: float = 55.0
    heel: float = 0.0
    knee_in: float = 0.0
    arm: Arm = HAND_ON_HIP

    @property
    def lasts(self) -> float:
        """Seconds of the whole set, with standing before and after it."""
        return self.repetitions * (self.seconds + self.pause) + self.pause


def lunge(lunge: Lunge | None = None) -> Movement:
    """Return a set of lunges: a step forward, down, and back to standing."""
    wanted = lunge or Lunge()

    def body(time_s: FloatArray) -> Body:
        start = (time_s - wanted.pause) % (wanted.seconds + wanted.pause) / wanted.seconds
        _, index = _dips(time_s, wanted.repetitions, wanted.seconds, wanted.pause)
        start = np.where((time_s < wanted.pause) | (time_s > wanted.lasts - wanted.pause), 0.0, start)
        stepped = eased(start / 0.22) * eased((1.0 - start) / 0.22)
        low = eased((start - 0.10) / 0.32) * eased((0.90 - start) / 0.32)
        front, rear, pelvis = _lunging_legs(wanted, stepped, low)
        swapped = (index % 2 == 1) & wanted.alternating
        return Body(
            pelvis=pelvis,
            legs=_with_sides(wanted.side, front, rear, swapped),
            arms={Side.LEFT: wanted.arm, Side.RIGHT: wanted.arm},
            trunk_lean=wanted.lean * low,
        )

    return body


def _lunging_legs(wanted: Lunge, stepped: FloatArray, low: FloatArray) -> tuple[Leg, Leg, FloatArray]:
    """Return both legs and the pelvis; the rear toes stay where they stand, the front foot swings to its place."""
    bottom = _over_foot(*(np.full(1, v) for v in (wanted.knee, wanted.shin, -wanted.heel)))[0]
    rear_x, rear_z = _ankle_on_toes(np.full(1, wanted.rear_foot))
    front_x = wanted.step * LEG + rear_x[0] - _ankle_on_toes(np.full(1, wanted.heel))[0][0]
    standing = LEG - 0.004 + STANDING_ANKLE
    pelvis = np.zeros((len(low), 3))
    pelvis[:, 0] = (front_x + bottom[0]) * (0.5 * stepped + 0.5 * low)
    pelvis[:, 2] = standing + (bottom[2] - standing) * low
    front_up, front_tip = 0.10 * np.sin(np.pi * stepped) ** 2 * (low < 0.99), wanted.heel * low
    tip_x, tip_z = _ankle_on_toes(front_tip)
    front = _reaching(pelvis, front_x * stepped + tip_x, tip_z + front_up, -front_tip)
    raised = wanted.rear_foot * np.maximum(low, 0.4 * stepped)
    rear = _reaching(pelvis, *_ankle_on_toes(raised), -raised)
    return replace(front, knee_in=wanted.knee_in * LEG * low), rear, pelvis


def _ankle_on_toes(raised: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ankle's x and z of a foot whose flat ankle is at x = 0, heel raised about the toes by degrees."""
    tip = np.radians(raised)
    return TOE_AHEAD * (1.0 - np.cos(tip)) + ANKLE_UP * np.sin(tip), SOLE + TOE_AHEAD * np.sin(tip) + ANKLE_UP * np.cos(tip)


def _reaching(pelvis: FloatArray, ankle_x: FloatArray, ankle_z: FloatArray, pitch: FloatArray) -> Leg:
    thigh, knee = reach(ankle_x - pelvis[:, 0], pelvis[:, 2] - ankle_z)
    return Leg(thigh=thigh, knee=knee, foot=pitch)


def _with_sides(side: Side, front: Leg, rear: Leg, swapped: FloatArray) -> dict[Side, Leg]:
    """Return the legs by side; where ``swapped``, the other side is in front."""

    def chosen(first: Leg, second: Leg) -> Leg:
        pairs = {name: (getattr(first, name), getattr(second, name)) for name in first.__dataclass_fields__}
        return Leg(**{name: np.where(swapped, other, own) for name, (own, other) in pairs.items()})

    return {side: chosen(front, rear), side.other: chosen(rear, front)}


# Movements that are none of the exercises ----------------------------------------------------------------------------

BOTH_ARMS = {Side.LEFT: HANGING_ARM, Side.RIGHT: HANGING_ARM}


def standing(time_s: FloatArray) -> Body:
    """Return somebody who waits, swaying a little."""
    pelvis = np.zeros((len(time_s), 3)) + [0.0, 0.0, STANDING_ANKLE + LEG]
    pelvis[:, 0] += 0.01 * np.sin(0.9 * time_s)
    leg = Leg(thigh=-0.7 * np.sin(0.9 * time_s))
    return Body(pelvis=pelvis, legs={Side.LEFT: leg, Side.RIGHT: leg}, arms=BOTH_ARMS)


def walking(cadence: float = 112.0, step: float = 0.75) -> Movement:
    """Return an ordinary walk."""
    swing = ((0.30, 2.0, 62.0, -10.0), (0.55, 26.0, 50.0, 0.0), (0.75, 28.0, 22.0, 0.0))
    gait = Drill(cadence=cadence, step=step, ahead=0.40, duty=0.60, hip_height=0.90 * LEG, arm=HANGING_ARM, lean=2.0)
    return _running(gait, swing)


def running(cadence: float = 168.0, step: float = 1.45) -> Movement:
    """Return a run: the thigh trails far behind the body before it comes forward."""
    swing = (
        (0.10, -32.0, 45.0, -25.0),
        (0.30, -8.0, 100.0, -15.0),
        (0.50, 28.0, 105.0, 0.0),
        (0.66, 42.0, 78.0, 0.0),
    )
    gait = Drill(cadence=cadence, step=step, ahead=0.28, duty=0.30, hip_height=0.86 * LEG, lean=7.0)
    return _running(gait, swing)


def two_legged_squats(knee: float = 95.0, seconds: float = 2.6) -> Movement:
    """Return squats on both legs."""

    def body(time_s: FloatArray) -> Body:
        low, _ = _dips(time_s, 100, seconds, 0.8)
        bent, shin = 4.0 + (knee - 4.0) * low, 1.0 + 24.0 * low
        leg = Leg(thigh=bent - shin, knee=bent, out=4.0, turn_out=12.0)
        arm = Arm(upper=75.0 * low, elbow=10.0)
        pelvis = _over_foot(bent, shin, np.zeros_like(bent))
        return Body(
            pelvis=pelvis,
            legs={Side.LEFT: leg, Side.RIGHT: leg},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=35.0 * low,
        )

    return body


def jumping_jacks(rate: float = 55.0) -> Movement:
    """Return jumping jacks, so many a minute."""

    def body(time_s: FloatArray) -> Body:
        turn = 2 * np.pi * rate / 60.0 * time_s
        open_ = 0.5 - 0.5 * np.cos(turn)
        leg = Leg(thigh=6.0, knee=12.0, out=26.0 * open_)
        arm = Arm(out=10.0 + 150.0 * open_, elbow=8.0)
        pelvis = np.zeros((len(time_s), 3)) + [0.0, 0.0, STANDING_ANKLE + 0.985 * LEG]
        pelvis[:, 2] += 0.07 * np.abs(np.sin(turn)) - LEG * (1.0 - np.cos(np.radians(26.0 * open_)))
        return Body(pelvis=pelvis, legs={Side.LEFT: leg, Side.RIGHT: leg}, arms={Side.LEFT: arm, Side.RIGHT: arm})

    return body


def push_ups(seconds: float = 2.2) -> Movement:
    """Return push-ups on straight legs, the hands on the floor."""

    def body(time_s: FloatArray) -> Body:
        low = 0.5 - 0.5 * np.cos(2 * np.pi * time_s / seconds)
        slope = 75.0 + 8.0 * low
        flat, steep = np.sin(np.radians(slope)), np.cos(np.radians(slope))
        _, ankle = _ankle_on_toes(slope)
        shoulder = ankle + (LEG + TRUNK) * steep
        upper = -np.degrees(np.arccos(np.clip((shoulder - FOREARM) / UPPER_ARM, -1.0, 1.0)))
        pelvis = np.stack([LEG * flat, np.zeros_like(flat), ankle + LEG * steep], axis=1)
        leg, arm = Leg(thigh=-slope, knee=0.0, foot=-slope), Arm(upper=upper, elbow=-upper)
        return Body(
            pelvis=pelvis,
            legs={Side.LEFT: leg, Side.RIGHT: leg},
            arms={Side.LEFT: arm, Side.RIGHT: arm},
            trunk_lean=slope,
        )

    return body


NEGATIVES: dict[str, Movement] = {
    "standing": standing,
    "walking": walking(),
    "brisk walking": walking(cadence=132.0, step=0.85),
    "running": running(),
    "running slowly": running(cadence=158.0, step=1.2),
    "squats on both legs": two_legged_squats(),
    "shallow squats on both legs": two_legged_squats(knee=60.0),
    "jumping jacks": jumping_jacks(),
    "push-ups": push_ups(),
}
"""What people also do in front of a camera; no exercise of the catalogue."""


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
    return {
        "high knees": Example("high_knees", high_knees(HighKnees(thigh=76.0)), 4.6, Film()),
        "high knees, obliquely": Example("high_knees", high_knees(), 4.6, Film(camera=obliquely)),
        "butt kicks": Example("butt_kicks", butt_kicks(ButtKicks(knee=118.0, lean=15.0)), 4.6, Film()),
        "pistol squats": Example("pistol_squat", pistol_squat(replace(low, shin=31.0)), low.lasts, slow),
        "pistol squats from the front": Example("pistol_squat", pistol_squat(low), low.lasts, from_front),
        "lunges": Example("lunge", lunge(lunging), lunging.lasts, slow),
        "lunges from the front": Example("lunge", lunge(replace(lunging, knee_in=0.06)), lunging.lasts, from_front),
    }


EXAMPLES = _examples()
