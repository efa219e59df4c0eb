"""What a phone, a hand or a passer-by can do to a clip: each degradation as a few lines of data."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.repair import trunk_length
from formcheck.video.picture import Picture
from formcheck.vocabulary import Part, Side

FINE, COARSE = 18, 40
"""Constant rate factors of H.264: hardly to be told from the original, and full of blocks."""
DARK = 0.35
ROLL_DEGREES = 5.0
SWAY = 0.05
"""Share of the width and height that the camera moves to either side."""
SWAY_SECONDS = (5.0, 3.7)
"""Of one sway across and one up and down."""
HAND_SHIFT, HAND_TREMBLE = 0.012, 0.003
"""Shares of the width and height that a hand moves the picture by, slowly and at 2 Hz."""
HAND_TURN, HAND_ZOOM = 1.0, 0.02
"""Degrees that it turns by, and the share that goes nearer and farther away makes of everything's size."""
HAND_HZ = (0.3, 0.35, 2.1, 1.9, 0.4, 0.15)
"""How often: across and down slowly and trembling, turns, nearer and away."""
ABOVE_THE_ANKLE = 0.15
"""Trunk lengths above the ankle at which the picture ends where the feet are cropped."""
BYSTANDER = 0.75
"""Height of the second person by that of the athlete."""
BESIDE = 0.35
"""Trunk lengths of room around the second person's joints."""


Numbers = npt.NDArray[np.integer | np.floating]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A part of a picture in pixels; ``right`` and ``bottom`` lie outside."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, picture: Picture) -> Picture:
        return picture[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True, kw_only=True)
class Bystander:
    """Somebody else's pictures, cut out and scaled, with their seconds; they start again when they are over."""

    time_s: FloatArray
    pictures: tuple[Picture, ...]

    def at(self, time_s: float) -> Picture:
        within = time_s % max(float(self.time_s[-1]), 1e-6)
        return self.pictures[min(int(np.searchsorted(self.time_s, within)), len(self.pictures) - 1)]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a degradation needs to know beyond one picture: where the feet are not, and who else may come in."""

    without_feet: Box
    bystander: Bystander | None


Change = Callable[[Picture, float, Scene], Picture]
"""Takes a picture, its seconds and the scene, and returns the picture as it is filmed then."""


@dataclass(frozen=True, kw_only=True)
class Degradation:
    """One way in which filming goes wrong. ``rate_hz`` None keeps every frame."""

    name: str
    says: str
    change: Change
    rate_hz: float | None = None
    rate_factor: int = FINE
    mirrors: bool = False
    adds_somebody: bool = False


def unchanged(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    return picture


def halved(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    height, width = picture.shape[:2]
    return _as_picture(cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA))


def darkened(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    return _as_picture(np.rint(picture * DARK))


def rolled(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    """Turn the picture about its middle; it grows so that nothing is cut off."""
    height, width = picture.shape[:2]
    turn = math.radians(ROLL_DEGREES)
    wide = math.ceil(width * math.cos(turn) + height * math.sin(turn))
    high = math.ceil(height * math.cos(turn) + width * math.sin(turn))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), ROLL_DEGREES, 1.0)
    matrix[:, 2] += (wide - width) / 2, (high - height) / 2
    return _moved_by(picture, matrix, wide, high)


def swayed(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    """Move the picture slowly to and fro; it grows so that nothing is cut off."""
    height, width = picture.shape[:2]
    across, down = SWAY * width, SWAY * height
    phases = [math.sin(2.0 * math.pi * time_s / period) for period in SWAY_SECONDS]
    matrix = np.array([[1.0, 0.0, across * (1.0 + phases[0])], [0.0, 1.0, down * (1.0 + phases[1])]])
    return _moved_by(picture, matrix, math.ceil(width + 2 * across), math.ceil(height + 2 * down))


def hand_held(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    """Shift, turn and enlarge the picture as a phone in a hand does; it grows so that hardly anything is cut off."""
    height, width = picture.shape[:2]
    across, down, trembling_across, trembling_down, turning, nearer = (
        math.sin(2.0 * math.pi * hertz * time_s) for hertz in HAND_HZ
    )
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), HAND_TURN * turning, 1.0 + HAND_ZOOM * nearer)
    matrix[0, 2] += width * (SWAY + HAND_SHIFT * across + HAND_TREMBLE * trembling_across)
    matrix[1, 2] += height * (SWAY + HAND_SHIFT * down + HAND_TREMBLE * trembling_down)
    return _moved_by(picture, matrix, math.ceil(width * (1 + 2 * SWAY)), math.ceil(height * (1 + 2 * SWAY)))


def cropped(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    return scene.without_feet.of(picture)


def joined(picture: Picture, time_s: float, scene: Scene) -> Picture:
    """Put the second person to the right of the athlete, on the same floor."""
    if scene.bystander is None:
        return picture
    other = scene.bystander.at(time_s)[-picture.shape[0] :]
    above = picture.shape[0] - other.shape[0]
    return np.hstack([picture, np.pad(other, ((above, 0), (0, 0), (0, 0)), mode="edge")])


def mirrored(picture: Picture, time_s: float, scene: Scene) -> Picture:  # noqa: ARG001
    return picture[:, ::-1]


def _moved_by(picture: Picture, matrix: Numbers, width: int, height: int) -> Picture:
    return _as_picture(cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE))


def _as_picture(values: Numbers) -> Picture:
    return np.asarray(values, dtype=np.uint8)


_ALL = (
    Degradation(name="half_size", says="half the width and height", change=halved),
    Degradation(name="fps_15", says="15 frames a second", change=unchanged, rate_hz=15.0),
    Degradation(name="fps_24", says="24 frames a second", change=unchanged, rate_hz=24.0),
    Degradation(name="dark", says=f"{DARK:.0%} of the light", change=darkened),
    Degradation(name="compressed", says=f"H.264 at rate factor {COARSE}", change=unchanged, rate_factor=COARSE),
    Degradation(name="rolled", says=f"camera rolled by {ROLL_DEGREES:g} degrees", change=rolled),
    Degradation(name="moved", says=f"camera swaying by {SWAY:.0%} of the picture in some seconds", change=swayed),
    Degradation(name="hand_held", says="camera in the hand: sways, trembles, turns, zooms", change=hand_held),
    Degradation(name="feet_cropped", says="feet outside the picture", change=cropped),
    Degradation(
        name="second_person", says="somebody else training beside the athlete", change=joined, adds_somebody=True
    ),
    Degradation(name="mirrored", says="left and right exchanged", change=mirrored, mirrors=True),
)
DEGRADATIONS: Mapping[str, Degradation] = {degradation.name: degradation for degradation in _ALL}


def box_without_feet(xy_px: FloatArray, width: int, height: int) -> Box:
    """Return the picture cut off just short of the ankles, from below or, where the athlete lies, from that side.

    ``xy_px`` is (n, 33, 2) pixels, NaN where unknown.
    """
    ankles = xy_px[:, [Part.ANKLE.on(side) for side in Side]]
    across, down = np.nanmedian(ankles.mean(axis=1) - _middle(xy_px, Part.SHOULDER), axis=0)
    room = ABOVE_THE_ANKLE * trunk_length(xy_px)
    if abs(down) >= abs(across):
        floor = float(np.nanpercentile(ankles[..., 1].max(axis=1), 90))
        return Box(left=0, top=0, right=width, bottom=_within(floor - room, height))
    if across > 0:
        return Box(left=0, top=0, right=_within(float(np.nanmedian(ankles[..., 0])) - room, width), bottom=height)
    left = width - _within(width - float(np.nanmedian(ankles[..., 0])) - room, width)
    return Box(left=left, top=0, right=width, bottom=height)


def box_around(xy_px: FloatArray, width: int, height: int) -> Box:
    """Return the columns of the picture in which somebody's joints are in any frame, with some room."""
    room = BESIDE * trunk_length(xy_px)
    left, right = float(np.nanmin(xy_px[..., 0])) - room, float(np.nanmax(xy_px[..., 0])) + room
    return Box(left=max(0, math.floor(left)), top=0, right=min(width, math.ceil(right)), bottom=height)


def _middle(xy_px: FloatArray, part: Part) -> FloatArray:
    return np.asarray(xy_px[:, [part.on(side) for side in Side]].mean(axis=1))


def _within(length: float, whole: int) -> int:
    """Return whole pixels of a picture that must keep some size and cannot grow."""
    return min(whole, max(whole // 4, math.floor(length)))
