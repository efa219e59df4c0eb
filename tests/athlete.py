"""A stick figure that moves exactly as told, and a camera that sees every landmark of it: motion with known angles.

Places are in metres on the athlete's own axes: x forwards, y to the athlete's left, z up, the floor at 0. Angles are
degrees with the signs of ``formcheck.kinematics.angles``. A number stands for the same value in every frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from benchmarks.perfect import as_marked

from formcheck.pose.sequence import LANDMARKS, FloatArray, PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

TRUNK, THIGH, SHANK = 0.50, 0.40, 0.39
LEG = THIGH + SHANK
SHOULDER_WIDTH, HIP_WIDTH = 0.34, 0.20
UPPER_ARM, FOREARM, HAND = 0.28, 0.25, 0.08
TOE_AHEAD, HEEL_BEHIND, ANKLE_UP = 0.16, 0.05, 0.0614
"""From the ankle along and across the sole: with a flat foot and an upright shin knee, ankle and toe enclose 111."""
FOOT = TOE_AHEAD + HEEL_BEHIND
SOLE = 0.03
"""How high the heel's and the toe's landmarks lie over the floor."""
STANDING_ANKLE = SOLE + ANKLE_UP
SEEN_ARRAYS = ("xy_px", "z_px", "visibility", "presence", "world_m")

Series = FloatArray | float


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One leg: ``thigh`` elevation, ``knee`` flexion and ``foot`` pitch against the floor.

    ``out`` spreads the whole leg sideways, ``turn_out`` turns the foot, ``knee_in`` moves the knee alone towards the
    mid-line by metres (which stretches the bones by about 1 %).
    """

    thigh: Series = 0.0
    knee: Series = 0.0
    foot: Series = 0.0
    out: Series = 0.0
    turn_out: Series = 0.0
    knee_in: Series = 0.0


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One arm: ``upper`` arm elevation in front of the body, ``elbow`` flexion, and ``out`` to the side.

    ``fore_out`` spreads the forearm; without it the forearm is spread like the upper arm.
    """

    upper: Series = 0.0
    elbow: Series = 0.0
    out: Series = 8.0
    fore_out: Series | None = None


@dataclass(frozen=True, kw_only=True)
class Body:
    """One athlete through some frames. ``pelvis`` is (n, 3) metres; ``obliquity`` is + where the left hip is higher.

    ``head_drop`` is how far the head hangs out of the trunk's line, ``trunk`` its length, which a round back shortens.
    """

    pelvis: FloatArray
    legs: Mapping[Side, Leg]
    arms: Mapping[Side, Arm]
    trunk_lean: Series = 0.0
    side_lean: Series = 0.0
    obliquity: Series = 0.0
    head_drop: Series = 0.0
    trunk: Series = TRUNK


Movement = Callable[[FloatArray], Body]
"""Gives the body at some times, (n,) seconds."""


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Where the camera stands: ``yaw`` 0 sees the front, +90 the left side, -90 the right, 180 the back.

    ``elevation`` is how many degrees above hip height it looks down from, ``roll`` how far the picture is turned
    clockwise, ``pixels_per_metre`` the scale at the athlete's distance, ``ahead`` metres in front of the start that it
    points at, ``follows`` whether it moves along with the pelvis.
    """

    yaw: float = -90.0
    elevation: float = 0.0
    roll: float = 0.0
    distance: float = 6.0
    pixels_per_metre: float = 280.0
    width: int = 1280
    height: int = 720
    ahead: float = 0.0
    aim: float = 0.85
    follows: bool = True


@dataclass(frozen=True, kw_only=True)
class Film:
    """How a movement is filmed: ``noise_px`` is random per landmark and frame, ``hidden`` parts are hardly visible.

    ``on_joints`` puts marks on the joints themselves instead of where the detector puts them.
    """

    camera: Camera = Camera()
    fps: float = 60.0
    noise_px: float = 0.4
    seed: int = 7
    hidden: frozenset[Landmark] = frozenset()
    on_joints: bool = False


def filmed(movement: Movement, seconds: float, film: Film | None = None) -> PoseSequence:
    """Return the landmarks of a movement as the detector would give them, rounded as a track stores them."""
    film = film or Film()
    time_s = np.arange(round(seconds * film.fps)) / film.fps
    body = movement(time_s)
    poses = seen_by(film.camera, joints(body), body.pelvis, time_s)
    if not film.on_joints:
        poses = as_marked(poses)
    poses = with_noise(poses, film)
    poses.visibility[:, sorted(film.hidden)] = 0.1
    return poses.rounded()


def joints(body: Body) -> FloatArray:
    """Return (n, 33, 3) metres of every landmark of a body."""
    places = np.zeros((len(body.pelvis), LANDMARKS, 3))
    up, to_head = (
        _leaning(lean, body.side_lean) for lean in (body.trunk_lean, np.add(body.trunk_lean, body.head_drop))
    )
    neck = body.pelvis + np.asarray(body.trunk)[..., None] * up
    pelvis_left = _column(0.0, np.cos(_rad(body.obliquity)), np.sin(_rad(body.obliquity)))
    chest_left = _column(0.0, np.cos(_rad(body.side_lean)), -np.sin(_rad(body.side_lean)))
    _place_head(places, neck + 0.18 * to_head, chest_left)
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        _place_leg(places, side, sign, body.pelvis + sign * 0.5 * HIP_WIDTH * pelvis_left, body.legs[side])
        _place_arm(places, side, sign, neck + sign * 0.5 * SHOULDER_WIDTH * chest_left, body.arms[side])
    return places


def _leaning(forward: Series, aside: Series) -> FloatArray:
    """Return unit vectors that lean forward and to the right by degrees, (..., 3)."""
    return _column(np.sin(_rad(forward)), *_sideways(np.cos(_rad(forward)), aside))


def _place_head(places: FloatArray, centre: FloatArray, left: FloatArray) -> None:
    ahead = np.array([1.0, 0.0, 0.0])
    places[:, Landmark.NOSE] = centre + 0.11 * ahead
    for side, sign in (("LEFT", 1.0), ("RIGHT", -1.0)):
        places[:, Landmark[f"{side}_EAR"]] = centre + sign * 0.075 * left
        places[:, Landmark[f"MOUTH_{side}"]] = centre + 0.09 * ahead + sign * 0.025 * left - [0, 0, 0.05]
        for name, out in (("INNER", 0.015), ("", 0.03), ("OUTER", 0.045)):
            eye = Landmark["_".join(filter(None, (side, "EYE", name)))]
            places[:, eye] = centre + 0.08 * ahead + sign * out * left + [0, 0, 0.03]


def _place_leg(places: FloatArray, side: Side, sign: float, hip: FloatArray, leg: Leg) -> None:
    knee = hip + THIGH * _hanging(leg.thigh, sign, leg.out)
    ankle = knee + SHANK * _hanging(np.subtract(leg.thigh, leg.knee), sign, leg.out)
    pitch, turn = _rad(leg.foot), _rad(leg.turn_out)
    along = _column(np.cos(pitch) * np.cos(turn), sign * np.cos(pitch) * np.sin(turn), np.sin(pitch))
    down = _column(np.sin(pitch) * np.cos(turn), sign * np.sin(pitch) * np.sin(turn), -np.cos(pitch))
    places[:, Part.HIP.on(side)] = hip
    places[:, Part.KNEE.on(side)] = knee - _column(0.0, sign * np.asarray(leg.knee_in), 0.0)
    places[:, Part.ANKLE.on(side)] = ankle
    places[:, Part.HEEL.on(side)] = ankle - HEEL_BEHIND * along + ANKLE_UP * down
    places[:, Part.TOE.on(side)] = ankle + TOE_AHEAD * along + ANKLE_UP * down


def _place_arm(places: FloatArray, side: Side, sign: float, shoulder: FloatArray, arm: Arm) -> None:
    elbow = shoulder + UPPER_ARM * _hanging(arm.upper, sign, arm.out)
    fore = _hanging(np.add(arm.upper, arm.elbow), sign, arm.out if arm.fore_out is None else arm.fore_out)
    places[:, Part.SHOULDER.on(side)] = shoulder
    places[:, Part.ELBOW.on(side)] = elbow
    places[:, Part.WRIST.on(side)] = elbow + FOREARM * fore
    for name in ("PINKY", "INDEX", "THUMB"):
        places[:, Landmark[f"{side.name}_{name}"]] = elbow + (FOREARM + HAND) * fore


def _hanging(elevation: Series, sign: float, out: Series) -> FloatArray:
    """Return unit vectors of a hanging segment, raised forwards by ``elevation`` and spread to its side by ``out``."""
    lateral, height = _sideways(-np.cos(_rad(elevation)), np.multiply(-sign, out))
    return _column(np.sin(_rad(elevation)), lateral, height)


def _sideways(height: Series, towards_left: Series) -> tuple[Series, Series]:
    """Return y and z of a height after tilting it by ``towards_left`` degrees about the forward axis."""
    return np.multiply(height, np.sin(_rad(towards_left))), np.multiply(height, np.cos(_rad(towards_left)))


def _rad(degrees: Series) -> FloatArray:
    return np.asarray(np.radians(degrees))


def _column(x: Series, y: Series, z: Series) -> FloatArray:
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1).astype(np.float64)


def seen_by(camera: Camera, places: FloatArray, pelvis: FloatArray, time_s: FloatArray) -> PoseSequence:
    """Return what a camera sees of (n, 33, 3) metres, without noise; the far limbs are less visible from the side."""
    yaw, rise, roll = np.radians([camera.yaw, camera.elevation, camera.roll])
    towards = np.array([np.cos(yaw) * np.cos(rise), np.sin(yaw) * np.cos(rise), np.sin(rise)])
    right = np.array([-np.sin(yaw), np.cos(yaw), 0.0])
    right, up = _rolled(right, np.cross(towards, right), roll)
    axes = np.stack([right, -up, -towards])
    target = np.tile([camera.ahead, 0.0, camera.aim], (len(pelvis), 1))
    target[:, 0] += pelvis[:, 0] if camera.follows else 0.0
    seen = (places - target[:, None]) @ axes.T
    scale = camera.pixels_per_metre * camera.distance / (camera.distance + seen[..., 2])
    middle = (places - pelvis[:, None]) @ axes.T
    return PoseSequence(
        time_s=time_s,
        xy_px=seen[..., :2] * scale[..., None] + [camera.width / 2, camera.height / 2],
        z_px=middle[..., 2] * camera.pixels_per_metre,
        visibility=_visibility(camera, len(time_s)),
        presence=np.full((len(time_s), LANDMARKS), 0.99),
        world_m=middle,
        width=camera.width,
        height=camera.height,
    )


def _rolled(right: FloatArray, up: FloatArray, roll: float) -> tuple[FloatArray, FloatArray]:
    return np.cos(roll) * right + np.sin(roll) * up, np.cos(roll) * up - np.sin(roll) * right


def _visibility(camera: Camera, frames: int) -> FloatArray:
    visibility = np.full((frames, LANDMARKS), 0.99)
    shown = np.sin(np.radians(camera.yaw))
    if abs(shown) > np.sin(np.radians(60.0)):
        far = Side.RIGHT if shown > 0 else Side.LEFT
        visibility[:, [part.on(far) for part in Part]] = 0.85
        visibility[:, [part.on(far) for part in (Part.ELBOW, Part.WRIST)]] = 0.3
    return visibility


def with_noise(poses: PoseSequence, film: Film) -> PoseSequence:
    """Return landmarks with independent normal errors in every frame; the same seed gives the same errors."""
    random = np.random.default_rng(film.seed)
    metres = film.noise_px / film.camera.pixels_per_metre
    return replace(
        poses,
        xy_px=poses.xy_px + random.normal(0.0, film.noise_px, poses.xy_px.shape),
        z_px=poses.z_px + random.normal(0.0, film.noise_px, poses.z_px.shape),
        world_m=poses.world_m + random.normal(0.0, metres, poses.world_m.shape),
        visibility=poses.visibility.copy(),
    )


def mirrored(poses: PoseSequence) -> PoseSequence:
    """Return what a mirror beside the camera would show: left and right exchanged, the picture turned over."""
    other = [_other(mark) for mark in Landmark]
    xy, world = poses.xy_px[:, other].copy(), poses.world_m[:, other].copy()
    xy[..., 0] = poses.width - xy[..., 0]
    world[..., 0] = -world[..., 0]
    return replace(
        poses,
        xy_px=xy,
        world_m=world,
        z_px=poses.z_px[:, other],
        visibility=poses.visibility[:, other],
        presence=poses.presence[:, other],
    )


def _other(mark: Landmark) -> int:
    swapped = mark.name.replace("LEFT", "*").replace("RIGHT", "LEFT").replace("*", "RIGHT")
    return Landmark[swapped].value


def between(poses: PoseSequence, start_s: float, end_s: float) -> PoseSequence:
    """Return a clip of the clip, its first frame at second 0."""
    kept = (poses.time_s >= start_s - 1e-9) & (poses.time_s <= end_s + 1e-9)
    arrays = {key: getattr(poses, key)[kept] for key in SEEN_ARRAYS}
    return replace(poses, time_s=poses.time_s[kept] - poses.time_s[kept][0], **arrays)


def unseen(poses: PoseSequence) -> PoseSequence:
    """Return a clip of the same length with nobody in it."""
    nothing = {key: np.full_like(getattr(poses, key), np.nan) for key in SEEN_ARRAYS}
    return replace(poses, **nothing)
