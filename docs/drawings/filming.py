"""The drawings of the filming guide: where to stand, how high, what must be in the picture, what a view shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from docs.drawings.athlete import Pose, athlete
from docs.drawings.canvas import (
    FLOOR,
    FRAME,
    INK,
    MARKED,
    QUIET,
    Point,
    area,
    cross,
    cut_out,
    disc,
    drawing,
    line,
    moved,
    rectangle,
    tick,
    words,
)
from docs.drawings.exercises import (
    FROM_BEHIND,
    FROM_FRONT,
    FROM_LEFT,
    FROM_RIGHT,
    Shot,
    camera_of,
    key_moments,
    scene,
)
from tests.athlete import Camera
from tests.movements.drills import HighKnees, high_knees
from tests.movements.lunges import Lunge, lunge
from tests.movements.others import standing
from tests.movements.squats import PistolSquat, pistol_squat

from formcheck.kinematics.angles import Posture
from formcheck.kinematics.orientation import FRONT_TOLERANCE, SIDE_TOLERANCE
from formcheck.vocabulary import Part, Side, View

WIDTH = 720.0
VIEW_COLOURS = {View.SIDE: "#9cc5e8", View.FRONT: "#9fd8c4", View.BACK: "#9fd8c4", View.OBLIQUE: "#d6dbe1"}
VIEW_WORDS = {
    View.SIDE: "from the side",
    View.FRONT: "from the front",
    View.BACK: "from behind",
    View.OBLIQUE: "at an angle",
}
CENTRES = {FROM_FRONT: View.FRONT, FROM_LEFT: View.SIDE, FROM_BEHIND: View.BACK, FROM_RIGHT: View.SIDE}
STANDING = Pose(movement=standing, time_s=0.0)
LUNGE = Shot(pose=Pose(movement=lunge(Lunge()), time_s=2.3), aim=0.75)
SQUAT = Shot(pose=Pose(movement=pistol_squat(PistolSquat(knee=80.0)), time_s=2.1), aim=0.85, ahead=0.2)
DRILL = Shot(pose=Pose(movement=high_knees(HighKnees()), time_s=0.84), aim=0.9, ahead=0.06)
PHONE_EDGE = 10.0


def filming_drawings() -> dict[str, str]:
    """Return SVG text by the drawing's name."""
    return {
        "places": places(),
        "side": one_view(View.SIDE, SQUAT, ("The angles of legs", "and trunk are true.")),
        "front": one_view(View.FRONT, replace(SQUAT, yaw=FROM_FRONT), ("The knee in line?", "The hips level?")),
        "back": one_view(View.BACK, replace(SQUAT, yaw=FROM_BEHIND), ("Knees and hips show", "as from the front.")),
        "oblique": one_view(
            View.OBLIQUE, replace(SQUAT, yaw=-40.0), ("The same squat, the same", "knee: it looks straighter.")
        ),
        "height": height(),
        "framing": framing(),
        "light": light(),
        "lying": lying(),
        "before_and_after": before_and_after(),
    }


# Where the camera stands ---------------------------------------------------------------------------------------------


def places() -> str:
    """Return the athlete from above and the sectors in which a camera counts as standing at the side, and so on."""
    middle, inner, outer = (360.0, 350.0), 84.0, 262.0
    parts = [*_sectors(middle, inner, outer), *_from_above(STANDING, middle, 190.0)]
    for yaw, view in CENTRES.items():
        parts.append(_phone_from_above(_around(middle, outer + 34.0, yaw), yaw))
        parts.append(words(_lower(_around(middle, 0.66 * outer, yaw), 8.0), VIEW_WORDS[view], size=22, bold=True))
    parts += [
        words(_lower(_around(middle, 0.71 * outer, yaw), 8.0), VIEW_WORDS[View.OBLIQUE], size=21, colour=QUIET)
        for yaw in (45.0, 135.0, -135.0, -45.0)
    ]
    return drawing(WIDTH, 700.0, parts, told="The athlete from above, and which view a camera at each place has")


def _sectors(middle: Point, inner: float, outer: float) -> list[str]:
    parts = [disc(middle, outer, VIEW_COLOURS[View.OBLIQUE])]
    for yaw, view in CENTRES.items():
        half = SIDE_TOLERANCE if view is View.SIDE else FRONT_TOLERANCE
        rim = [_around(middle, outer, yaw + turn) for turn in np.linspace(-half, half, 25)]
        parts.append(area([middle, *rim], VIEW_COLOURS[view]))
    return [*parts, disc(middle, inner, "#ffffff")]


def _around(middle: Point, radius: float, yaw: float) -> tuple[float, float]:
    """Return the place of a camera in a drawing from above in which the athlete faces down."""
    turn = np.radians(yaw)
    return middle[0] + radius * float(np.sin(turn)), middle[1] + radius * float(np.cos(turn))


def _from_above(pose: Pose, middle: Point, scale: float, *, yaw: float = FROM_FRONT) -> list[str]:
    """Return the athlete seen from above; the camera that sees ``yaw`` stands at the lower edge."""
    above = Camera(yaw=yaw, elevation=90.0, pixels_per_metre=scale, width=0, height=0, distance=60.0)
    return [moved(athlete(pose, above), middle[0], middle[1])]


def _phone_from_above(place: Point, yaw: float) -> str:
    """Return a phone on its tripod from above, its lens towards the athlete."""
    legs = [line([(0, 0), (13 * float(np.sin(a)), 13 * float(np.cos(a)))], QUIET, 4) for a in (0.6, 2.7, 4.8)]
    body = [rectangle(-24, -6, 48, 12, FRAME, corner=4), disc((0, -7), 5, MARKED)]
    return moved([*legs, *body], *place, turned=-yaw)


def _lower(place: Point, by: float) -> tuple[float, float]:
    return place[0], place[1] + by


# What each view shows ------------------------------------------------------------------------------------------------


def one_view(view: View, shot: Shot, told: tuple[str, ...]) -> str:
    """Return what the phone sees from one place, with what can be read in it, and the place itself."""
    width, height, scale = 250.0, 404.0, 172.0
    camera = camera_of(shot, width, height, scale)
    marks = _knee_line(shot, camera) if view in (View.FRONT, View.BACK) else _knee_angle(shot, camera)
    picture = [scene(shot, width, height, "seen", scale=scale), *marks]
    middle = (530.0, 170.0)
    parts = [
        _phone(picture, 58.0, 28.0, width, height),
        *_sectors(middle, 40.0, 112.0),
        *_from_above(STANDING, middle, 90.0),
        _phone_from_above(_around(middle, 134.0, shot.yaw), shot.yaw),
        words((530.0, 362.0), VIEW_WORDS[view].capitalize(), size=28, bold=True),
        *(words((530.0, 398.0 + 31.0 * row), sentence, size=24) for row, sentence in enumerate(told)),
    ]
    return drawing(WIDTH, 460.0, parts, told=f"What a camera sees {VIEW_WORDS[view]}")


def _phone(picture: list[str], x: float, y: float, width: float, height: float) -> str:
    """Return a phone that shows a picture."""
    edge = PHONE_EDGE
    body = rectangle(-edge, -edge, width + 2 * edge, height + 2 * edge, FRAME, corner=22)
    return moved([body, *picture], x, y)


def _knee_angle(shot: Shot, camera: Camera) -> list[str]:
    """Return the front knee's angle drawn in, with the value that the picture gives."""
    seen = shot.pose.seen(camera)
    posture = Posture(seen.xy_px, np.ones(1))
    hip, knee, ankle = (seen.xy_px[0, part.on(Side.RIGHT)] for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    towards = [np.arctan2(*(end - knee)[::-1]) for end in (hip, ankle)]
    sweep = (towards[1] - towards[0] + np.pi) % (2 * np.pi) - np.pi
    rim = [knee + 46 * np.array([np.cos(a), np.sin(a)]) for a in towards[0] + sweep * np.linspace(0, 1, 15)]
    value = f"{float(posture.knee_flexion(Side.RIGHT)[0]):.0f}°"
    return [
        area([knee, *rim], MARKED, opacity=0.45),
        line([hip, knee, ankle], MARKED, 5),
        *(disc(point, 6, MARKED) for point in (hip, knee, ankle)),
        *_label((float(knee[0]) + 6, float(knee[1]) - 24), value),
    ]


def _knee_line(shot: Shot, camera: Camera) -> list[str]:
    """Return the line from hip to ankle and the knee on it."""
    seen = shot.pose.seen(camera)
    hip, knee, ankle = (seen.xy_px[0, part.on(Side.RIGHT)] for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    hips = [seen.xy_px[0, Part.HIP.on(side)] for side in Side]
    return [
        line([hip, ankle], MARKED, 4, dashes="2 9"),
        line(hips, MARKED, 4),
        *(disc(point, 6, MARKED) for point in (*hips, knee, ankle)),
    ]


def _label(place: Point, text: str) -> list[str]:
    wide = 15.0 * len(text) + 14.0
    return [
        rectangle(place[0] - 0.5 * wide, place[1] - 25, wide, 33, "#ffffff", corner=8),
        words(place, text, size=26, colour=MARKED, bold=True),
    ]


# Height and distance -------------------------------------------------------------------------------------------------


def height() -> str:
    """Return the camera at hip height on its tripod, and two heights that bend every angle."""
    scale, ground, left, right = 120.0, 360.0, 200.0, 610.0
    hips = ground - 0.88 * scale
    camera = Camera(yaw=FROM_FRONT, pixels_per_metre=scale, width=0, height=0, aim=0.0, distance=60.0)
    parts = [
        rectangle(0, ground - 8, WIDTH, 100, FLOOR),
        area([(left, hips), (right, hips - 150), (right, ground + 10)], "#9cc5e8", opacity=0.45),
        line([(left + 26, hips), (right, hips)], MARKED, 3, dashes="3 9"),
        moved(athlete(STANDING, camera), right, ground),
        *_tripod((left, hips), ground),
        tick((left - 52, hips)),
        words((left + 36, hips - 60), "hip height, level", size=24, bold=True, anchor="start"),
        *_wrong((86.0, 80.0), -24.0, "not from above"),
        *_wrong((86.0, ground - 34.0), 30.0, ""),
        words((18.0, ground + 30.0), "not from", size=23, anchor="start"),
        words((18.0, ground + 58.0), "the floor", size=23, anchor="start"),
        line([(left, ground + 28), (right, ground + 28)], INK, 3),
        *(line([(x, ground + 18), (x, ground + 38)], INK, 3) for x in (left, right)),
        words((0.5 * (left + right), ground + 62), "3 to 6 metres", size=24, bold=True),
    ]
    return drawing(
        WIDTH, 440.0, [cut_out(parts, "room", (0, 0, WIDTH, 440.0), corner=16)], told="Camera height and distance"
    )


def _wrong(place: Point, turned: float, told: str) -> list[str]:
    sign = cross((place[0] - 50, place[1]))
    return [*_phone_aside(place, turned), sign, words((place[0] + 40, place[1] + 8), told, size=23, anchor="start")]


def _tripod(top: Point, ground: float) -> list[str]:
    x, y = top
    feet = [line([(x, y + 30), (x + out, ground)], QUIET, 6) for out in (-34, 0, 34)]
    return [*feet, line([(x, y), (x, y + 30)], QUIET, 8), *_phone_aside(top, 0.0)]


def _phone_aside(place: Point, turned: float) -> list[str]:
    """Return an upright phone from its edge, looking right; ``turned`` tilts it upwards by degrees."""
    return [moved([rectangle(-7, -34, 14, 68, FRAME, corner=5), disc((8, -20), 5, MARKED)], *place, turned=-turned)]


# What must be in the picture -----------------------------------------------------------------------------------------


def framing() -> str:
    """Return good and bad pictures side by side."""
    panels = [
        (True, "whole body, upright", _upright(DRILL, 122.0)),
        (True, "or across", _across(LUNGE, 106.0)),
        (False, "feet cut off", _upright(replace(DRILL, aim=1.2), 150.0)),
        (False, "too far away", _across(replace(LUNGE, aim=0.65), 44.0)),
        (False, "held at a slant", _upright(DRILL, 122.0, turned=14.0)),
        (False, "two people", _two_people()),
    ]
    parts = []
    for number, (good, told, picture) in enumerate(panels):
        x, y = 190.0 + 345.0 * (number % 2), 160.0 + 350.0 * (number // 2)
        sign = tick if good else cross
        parts += [
            moved([picture], x, y),
            sign((x - 138.0, y + 160.0)),
            words((x - 108, y + 168.0), told, size=24, anchor="start"),
        ]
    return drawing(WIDTH, 1050.0, parts, told="What must be in the picture")


def _upright(shot: Shot, scale: float, *, turned: float = 0.0) -> str:
    """Return an upright phone and its picture about its middle; a phone at a slant sees an upright world at a slant."""
    width, height, spare = 150.0, 246.0, 80.0
    name = f"upright{shot.aim:g}{turned:g}{scale:g}".replace(".", "_")
    world = scene(shot, width + 2 * spare, height + 2 * spare, f"{name}_world", scale=scale)
    about_middle = moved([world], -0.5 * width - spare, -0.5 * height - spare)
    inside = moved([moved([about_middle], 0, 0, turned=-turned)], 0.5 * width, 0.5 * height)
    picture = cut_out([inside], name, (0, 0, width, height), corner=10)
    return moved([_phone([picture], -0.5 * width, -0.5 * height, width, height)], 0, 0, turned=turned)


def _across(shot: Shot, scale: float, *further: str) -> str:
    """Return the picture of a phone held across, about its middle."""
    width, height = 290.0, 174.0
    name = f"across{shot.aim:g}{shot.yaw:g}{scale:g}".replace(".", "_").replace("-", "m")
    inside = [scene(shot, width, height, name, scale=scale), *further]
    return _phone(inside, -0.5 * width, -0.5 * height, width, height)


def _two_people() -> str:
    camera = Camera(yaw=60.0, pixels_per_metre=96.0, width=86, height=174, aim=0.85, distance=9.0)
    other = cut_out(athlete(STANDING, camera), "second", (0, 0, 290.0, 174.0))
    return _across(replace(SQUAT, aim=0.84), 96.0, other)


def light() -> str:
    """Return an athlete in good light and one in front of a window."""
    shot = SQUAT
    camera = camera_of(shot, 290.0, 174.0, 96.0)
    bright = [
        rectangle(0, 0, 290, 174, "#8894a0"),
        rectangle(60, 12, 170, 118, "#fffbe6"),
        rectangle(141, 12, 8, 118, "#8894a0"),
        *athlete(shot.pose, camera, silhouette="#27303a"),
    ]
    against = _phone([cut_out(bright, "window", (0, 0, 290, 174), corner=10)], -145.0, -87.0, 290.0, 174.0)
    parts = []
    for number, (picture, sign, told) in enumerate(
        ((_across(shot, 96.0), tick, "light behind the phone"), (against, cross, "against a window"))
    ):
        x = 187.0 + 346.0 * number
        parts += [
            moved([picture], x, 122.0),
            sign((x - 138.0, 250.0)),
            words((x - 110, 258.0), told, size=23, anchor="start"),
        ]
    return drawing(WIDTH, 290.0, parts, told="Light and background")


# Lying down ----------------------------------------------------------------------------------------------------------


def lying() -> str:
    """Return what the phone sees of exercises on the floor, and where it stands, from above."""
    moments = key_moments()
    rows = (("front_plank", "front plank"), ("side_plank", "side plank"), ("glute_stretch", "glute stretch"))
    parts = [
        words((190.0, 40.0), "what it sees", size=24, bold=True),
        words((535.0, 40.0), "from above", size=24, bold=True),
    ]
    for number, (key, name) in enumerate(rows):
        (shot,) = moments[key]
        y = 165.0 + 250.0 * number
        parts += [
            moved([_across(shot, 118.0)], 190.0, y),
            *_from_above(shot.pose, (535.0, y - 26.0), 110.0, yaw=shot.yaw),
            _phone_from_above((535.0, y + 82.0), FROM_FRONT),
            words((190.0, y + 128.0), name, size=24),
        ]
    return drawing(WIDTH, 810.0, parts, told="Exercises on the floor: the phone low, across, and square to the body")


# Before and after ----------------------------------------------------------------------------------------------------


def before_and_after() -> str:
    """Return a clip's time line: a second of standing still, the drill, a second of standing still."""
    drill = high_knees(HighKnees())
    still, moments = "#9cc5e8", (0.5, 0.84, 1.25)
    poses = [STANDING, *(Pose(movement=drill, time_s=t) for t in moments), STANDING]
    camera = Camera(yaw=FROM_RIGHT, pixels_per_metre=112.0, width=0, height=0, aim=0.0, distance=60.0)
    parts = [rectangle(0, 214, WIDTH, 26, FLOOR)]
    for number, pose in enumerate(poses):
        parts.append(moved(athlete(pose, camera), 80.0 + 138.0 * number, 228.0))
    parts += [
        rectangle(20, 268, 120, 22, still, corner=6),
        rectangle(148, 268, 424, 22, MARKED, corner=6),
        rectangle(580, 268, 120, 22, still, corner=6),
    ]
    for x, first, second in (
        (80.0, "stand still", "1 second"),
        (360.0, "the drill", "3 repetitions or 10 steps at least"),
        (640.0, "stand still", "1 second"),
    ):
        parts += [words((x, 322.0), first, size=24, bold=True), words((x, 354.0), second, size=23)]
    return drawing(WIDTH, 378.0, parts, told="Stand still for a second before and after the drill")
