"""How far formcheck's joint angles lie from the true ones, clip by clip.

Two truths are used. What a perfect detector would measure in the picture (``image_angles``) is unsigned, so magnitudes
are compared. Where the truth has no such angle, the true points go through formcheck's own formulas and signs count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.agreement import Agreement
from benchmarks.truth import Truth
from formcheck.kinematics.geometry import FloatArray, wrapped
from formcheck.kinematics.recording import Recording
from formcheck.vocabulary import Part, Side

LETTER = {Side.LEFT: "L", Side.RIGHT: "R"}
NEAR, FAR, BOTH = "near", "far", "both"
"""Where a side is: nearer to the camera, behind the body, or equally near as the other one. The trunk is near."""

IMAGE_JOINTS = ("knee", "hip", "thigh", "trunk", "elbow")
POINT_JOINTS = ("shank inclination", "foot pitch", "ankle dorsiflexion")
OTHER_VIEWS = ("thigh from height", "knee valgus", "trunk side lean", "pelvic obliquity")
JOINTS = (*IMAGE_JOINTS, *POINT_JOINTS, *OTHER_VIEWS)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One angle of one side through a clip: (n,) degrees, measured less true, NaN where formcheck gives no value."""

    joint: str
    place: str
    difference: FloatArray


def angle_agreement(recording: Recording, truth: Truth) -> dict[tuple[str, ...], Agreement]:
    """Return the agreement for each joint and place of it; ``truth`` is that of the same clip at its own moments."""
    found: dict[tuple[str, ...], Agreement] = {}
    for compared in compared_angles(recording, truth.at(recording.poses.time_s)):
        key = (compared.joint, compared.place)
        found[key] = found.get(key, Agreement()) + Agreement.of(compared.difference)
    return found


def compared_angles(recording: Recording, truth: Truth) -> Iterator[Compared]:
    """Yield every angle that the truth knows; ``truth`` must be at the recording's moments."""
    angles = recording.angles
    sideways = np.isfinite(angles["trunk_lean"])
    true_trunk = truth.image_angles["trunk_from_vertical"]
    yield Compared(joint="trunk", place=NEAR, difference=np.abs(angles["trunk_lean"]) - true_trunk)
    for side in Side:
        place = place_of(side, truth.near)
        for joint, difference in _of_a_side(angles, truth, side, sideways):
            yield Compared(joint=joint, place=place, difference=difference)
    yield from _frontal(angles, truth)


def place_of(side: Side, near: Side | None) -> str:
    """Return whether a side is the near or the far one."""
    if near is None:
        return BOTH
    return NEAR if side is near else FAR


def _of_a_side(
    angles: Mapping[str, FloatArray], truth: Truth, side: Side, sideways: npt.NDArray[np.bool_]
) -> Iterator[tuple[str, FloatArray]]:
    letter = LETTER[side]
    for joint in ("knee", "hip", "elbow"):
        flexion = 180.0 - truth.image_angles[f"{joint}_{letter}"]
        yield joint, np.abs(angles[f"{side}_{joint}_flexion"]) - flexion
    raised = _unsigned(angles[f"{side}_thigh_elevation"])
    in_picture = raised - (90.0 + truth.image_angles[f"thigh_above_horizontal_{letter}"])
    in_space = raised - (90.0 + truth.angles[f"thigh_above_horizontal_{letter}"])
    yield "thigh", np.where(sideways, in_picture, np.nan)
    yield "thigh from height", np.where(sideways, np.nan, in_space)
    true = truth.posture
    for joint, name in zip(POINT_JOINTS, ("shank_inclination", "foot_pitch", "ankle_dorsiflexion"), strict=True):
        yield joint, wrapped(angles[f"{side}_{name}"] - getattr(true, name)(side))


def _frontal(angles: Mapping[str, FloatArray], truth: Truth) -> Iterator[Compared]:
    """Yield the angles of the frontal plane, by formcheck's formulas on the true points."""
    true = truth.posture
    shoulders = true.at(Part.SHOULDER, Side.LEFT)[:, 0] - true.at(Part.SHOULDER, Side.RIGHT)[:, 0]
    left = np.full(len(truth.time_s), 1.0 if np.nanmedian(shoulders) >= 0 else -1.0)
    for side in Side:
        difference = angles[f"{side}_knee_valgus"] - true.knee_valgus(side, left)
        yield Compared(joint="knee valgus", place=place_of(side, truth.near), difference=difference)
    lean = wrapped(angles["trunk_side_lean"] - true.trunk_side_lean(left))
    yield Compared(joint="trunk side lean", place=NEAR, difference=lean)
    obliquity = wrapped(angles["pelvic_obliquity"] - true.pelvic_obliquity(left))
    yield Compared(joint="pelvic obliquity", place=NEAR, difference=obliquity)


def _unsigned(elevation: FloatArray) -> FloatArray:
    """Return an elevation without its direction, in [0, 180]: 0 hangs, 90 is level in front or behind."""
    return np.abs(wrapped(elevation))
