"""The drawn athlete: the stick figure of the tests, seen by a camera, with limbs as thick as a person's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from docs.drawings.canvas import area, disc, line
from tests.athlete import Camera, Movement, joints, seen_by

from formcheck.kinematics.geometry import FloatArray
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

SKIN, SHIRT, SHORTS, SHOE, HAIR = "#c98f68", "#2b6cb0", "#243b53", "#b45309", "#3b2a20"
SHADE = 0.78
"""How bright the limbs away from the camera are against the near ones."""
HEAD, NECK, TRUNK, WAIST, HIPS = 0.115, 0.10, 0.13, 0.205, 0.19
THIGH, SHANK, FOOT, UPPER_ARM, FOREARM, HAND = 0.165, 0.11, 0.06, 0.095, 0.078, 0.068
"""Metres: the thickness of each part, a radius for the head."""

Place = Callable[[FloatArray], FloatArray]
"""Moves (n, 33, 3) places in metres, as laying a body down does."""


@dataclass(frozen=True, kw_only=True)
class Pose:
    """One moment of a movement: who does it, when, and how the body lies in space where it is not upright."""

    movement: Movement
    time_s: float
    laid: Place | None = None

    def seen(self, camera: Camera) -> PoseSequence:
        """Return the one frame that a camera sees."""
        time_s = np.array([self.time_s])
        body = self.movement(time_s)
        places, pelvis = joints(body), body.pelvis
        if self.laid is not None:
            places, pelvis = self.laid(places), self.laid(pelvis)
        return seen_by(camera, places, pelvis, time_s)


def athlete(pose: Pose, camera: Camera, *, silhouette: str | None = None) -> list[str]:
    """Return the parts of a drawn athlete, in the camera's pixels, what is farther away first."""
    figure = _Figure(pose.seen(camera), camera.pixels_per_metre, silhouette)
    parts = [*figure.trunk(), *figure.head()]
    for side in Side:
        parts += [*figure.leg(side), *figure.arm(side)]
    return [drawn for _, drawn in sorted(parts, key=lambda part: -part[0])]


class _Figure:
    """One frame's points and how deep they lie, larger is farther; every part comes with its depth."""

    def __init__(self, seen: PoseSequence, scale: float, silhouette: str | None) -> None:
        self.points, self.depths = seen.xy_px[0], seen.z_px[0]
        self.scale, self.silhouette = scale, silhouette

    def at(self, part: Part, side: Side) -> FloatArray:
        return np.asarray(self.points[part.on(side)])

    def deep(self, *marks: Landmark) -> float:
        return float(np.mean(self.depths[list(marks)]))

    def colour(self, wanted: str, side: Side | None = None) -> str:
        if self.silhouette is not None:
            return self.silhouette
        return shaded(wanted) if side is not None and self._is_far(side) else wanted

    def _is_far(self, side: Side) -> bool:
        own, other = (self.deep(Part.HIP.on(s), Part.SHOULDER.on(s)) for s in (side, side.other))
        return own - other > 0.06 * self.scale

    def limb(self, points: list[FloatArray], colour: str, width: float) -> str:
        return line(points, colour, width * self.scale)

    def leg(self, side: Side) -> list[tuple[float, str]]:
        hip, knee, ankle, heel, toe = (
            self.at(part, side) for part in (Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
        )
        skin, shorts, shoe = (self.colour(c, side) for c in (SKIN, SHORTS, SHOE))
        thigh, shank, foot = (
            self.deep(a.on(side), b.on(side))
            for a, b in ((Part.HIP, Part.KNEE), (Part.KNEE, Part.ANKLE), (Part.HEEL, Part.TOE))
        )
        return [
            (foot, area([ankle, heel, toe], shoe, edge=FOOT * self.scale)),
            (shank, self.limb([knee, ankle], skin, SHANK)),
            (
                thigh,
                self.limb([hip, knee], skin, 0.9 * THIGH) + self.limb([hip, hip + 0.6 * (knee - hip)], shorts, THIGH),
            ),
        ]

    def arm(self, side: Side) -> list[tuple[float, str]]:
        shoulder, elbow, wrist = (self.at(part, side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST))
        fingers = self.points[Landmark[f"{side.name}_INDEX"]]
        skin, shirt = (self.colour(c, side) for c in (SKIN, SHIRT))
        upper, fore = self.deep(Part.SHOULDER.on(side), Part.ELBOW.on(side)), self.deep(Part.WRIST.on(side))
        sleeve = self.limb([shoulder, shoulder + 0.65 * (elbow - shoulder)], shirt, 1.1 * UPPER_ARM)
        hand = self.limb([wrist, fingers], skin, HAND)
        return [
            (min(upper, fore), self.limb([elbow, wrist], skin, FOREARM) + hand),
            (upper, self.limb([shoulder, elbow], skin, UPPER_ARM) + sleeve),
        ]

    def trunk(self) -> list[tuple[float, str]]:
        left, right = Side.LEFT, Side.RIGHT
        corners = [
            self.at(Part.SHOULDER, left),
            self.at(Part.SHOULDER, right),
            self.at(Part.HIP, right),
            self.at(Part.HIP, left),
        ]
        depth = self.deep(*(part.on(side) for part in (Part.SHOULDER, Part.HIP) for side in Side))
        hips = self.limb([corners[2], corners[3]], self.colour(SHORTS), HIPS)
        middle = [0.5 * (corners[0] + corners[1]), 0.5 * (corners[2] + corners[3])]
        shirt = self.colour(SHIRT)
        return [(depth, self.limb(middle, shirt, WAIST) + area(corners, shirt, edge=TRUNK * self.scale) + hips)]

    def head(self) -> list[tuple[float, str]]:
        ears = [Part.EAR.on(side) for side in Side]
        centre, nose = self.points[ears].mean(axis=0), self.points[Landmark.NOSE]
        neck = 0.5 * (self.at(Part.SHOULDER, Side.LEFT) + self.at(Part.SHOULDER, Side.RIGHT))
        skin, hair, radius = self.colour(SKIN), self.colour(HAIR), HEAD * self.scale
        depth, towards_us = self.deep(*ears), self.deep(*ears) - self.deep(Landmark.NOSE)
        up, ahead = (centre - neck) / np.linalg.norm(centre - neck), nose - centre
        if towards_us < -0.5 * radius:
            drawn = disc(centre, radius, hair)
        else:
            face = centre - 0.14 * radius * up + 0.12 * ahead
            drawn = disc(centre + 0.1 * radius * up - 0.1 * ahead, 0.96 * radius, hair) + disc(
                face, 0.86 * radius, skin
            )
            drawn += disc(face + 0.97 * ahead, 0.17 * radius, skin)
        return [(depth, self.limb([neck, centre], skin, NECK) + drawn)]


def shaded(colour: str) -> str:
    """Return a darker shade of a colour ``#rrggbb``."""
    return "#" + "".join(f"{round(SHADE * int(colour[i : i + 2], 16)):02x}" for i in (1, 3, 5))
