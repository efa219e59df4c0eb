"""A stick figure with known joints, for the tests of the numeric layers.

Its own axes are (to its left, up, forward) in metres around the hips. The camera looks along +z with x to the right and
y down, and shows 300 pixels to the metre; it stands so far away that nothing looks smaller for being behind.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.pose.sequence import LANDMARKS, PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

PIXELS_PER_METRE = 300.0
WIDTH, HEIGHT = 1280, 960
TRUNK, THIGH, SHANK = 0.5, 0.42, 0.4
_ONE_SIDE = {
    Part.EAR: (0.07, 0.66, 0.02),
    Part.SHOULDER: (0.17, TRUNK, 0.0),
    Part.ELBOW: (0.2, 0.22, 0.0),
    Part.WRIST: (0.2, 0.2, 0.25),
    Part.HIP: (0.1, 0.0, 0.0),
    Part.KNEE: (0.1, -THIGH, 0.0),
    Part.ANKLE: (0.1, -THIGH - SHANK, 0.0),
    Part.HEEL: (0.1, -THIGH - SHANK - 0.05, -0.05),
    Part.TOE: (0.1, -THIGH - SHANK - 0.05, 0.16),
}
_FACE, _HAND = (0.0, 0.65, 0.1), (0.2, 0.2, 0.3)
UPRIGHT = (0.0, -1.0, 0.0)


def standing(frames: int) -> FloatArray:
    """Return (frames, 33, 3) of somebody who stands still with bent elbows."""
    body = np.tile(np.array(_FACE), (LANDMARKS, 1))
    for landmark in Landmark:
        if landmark.name.endswith(("PINKY", "INDEX", "THUMB")) and "FOOT" not in landmark.name:
            body[landmark] = _HAND if landmark.name.startswith("LEFT") else np.array(_HAND) * (-1, 1, 1)
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        for part, place in _ONE_SIDE.items():
            body[part.on(side)] = np.array(place) * (sign, 1, 1)
    return np.tile(body, (frames, 1, 1))


def with_leg(body: FloatArray, side: Side, *, thigh_deg: FloatArray, knee_deg: FloatArray) -> FloatArray:
    """Return (n, 33, 3) with one thigh raised in front by ``thigh_deg`` (n,) and its knee bent by ``knee_deg`` (n,)."""
    moved = body.copy()
    thigh, shank = np.radians(thigh_deg), np.radians(thigh_deg - knee_deg)
    hip = body[:, Part.HIP.on(side)]
    nothing = np.zeros_like(thigh)
    knee = hip + THIGH * np.stack([nothing, -np.cos(thigh), np.sin(thigh)], axis=1)
    down, ahead = (
        np.stack([nothing, -np.cos(shank), np.sin(shank)], axis=1),
        np.stack([nothing, np.sin(shank), np.cos(shank)], axis=1),
    )
    moved[:, Part.KNEE.on(side)] = knee
    moved[:, Part.ANKLE.on(side)] = knee + SHANK * down
    moved[:, Part.HEEL.on(side)] = knee + (SHANK + 0.05) * down - 0.05 * ahead
    moved[:, Part.TOE.on(side)] = knee + (SHANK + 0.05) * down + 0.16 * ahead
    return moved


def facing(yaw_deg: float) -> FloatArray:
    """Return (3, 3) where left, up and front of an upright body point; yaw 0 faces the camera, +90 shows its left."""
    yaw = np.radians(yaw_deg)
    left, front = (np.cos(yaw), 0.0, -np.sin(yaw)), (-np.sin(yaw), 0.0, -np.cos(yaw))
    return np.array([left, UPRIGHT, front])


def lying(left: tuple[float, float, float], head: tuple[float, float, float]) -> FloatArray:
    """Return (3, 3) for a body whose left side and head point where they are told to in the camera's axes."""
    return np.array([left, head, np.cross(left, head)], dtype=np.float64)


def filmed(
    body: FloatArray, time_s: FloatArray, axes: FloatArray, *, hips_px: tuple[float, float] = (640, 400)
) -> PoseSequence:
    """Return what a perfect detector sees of (n, 33, 3) in the body's own axes."""
    world = body @ axes
    return PoseSequence(
        time_s=time_s,
        xy_px=np.array(hips_px) + PIXELS_PER_METRE * world[..., :2],
        z_px=PIXELS_PER_METRE * world[..., 2],
        visibility=np.ones(world.shape[:2]),
        presence=np.ones(world.shape[:2]),
        world_m=world,
        width=WIDTH,
        height=HEIGHT,
    )


def joined(*parts: PoseSequence) -> PoseSequence:
    """Return one clip of several, one after the other, at the frame rate of the first."""
    frames = sum(len(part) for part in parts)
    return PoseSequence(
        time_s=np.arange(frames) * (parts[0].time_s[1] - parts[0].time_s[0]),
        xy_px=np.concatenate([part.xy_px for part in parts]),
        z_px=np.concatenate([part.z_px for part in parts]),
        visibility=np.concatenate([part.visibility for part in parts]),
        presence=np.concatenate([part.presence for part in parts]),
        world_m=np.concatenate([part.world_m for part in parts]),
        width=parts[0].width,
        height=parts[0].height,
    )


def times(seconds: float, rate_hz: float) -> FloatArray:
    """Return the even times of a clip's frames."""
    return np.arange(round(seconds * rate_hz)) / rate_hz


def stepping(
    time_s: FloatArray, steps_per_minute: float, *, thigh_deg: float = 80.0, start_share: float = 0.0
) -> FloatArray:
    """Return (n, 33, 3) of high knees on the spot, half a stride for each leg; the left leg begins.

    ``start_share`` is how much of the first stride is over when the clip begins.
    """
    stride = start_share + time_s * steps_per_minute / 120.0
    body = standing(len(time_s))
    for side, later in ((Side.LEFT, 0.0), (Side.RIGHT, 0.5)):
        swing = np.maximum(np.sin(2 * np.pi * (stride - later)), 0.0)
        body = with_leg(body, side, thigh_deg=thigh_deg * swing, knee_deg=1.2 * thigh_deg * swing)
    return body


def squatting(
    time_s: FloatArray, bottoms_s: list[float], *, knee_deg: float = 80.0, seconds: float = 2.0
) -> FloatArray:
    """Return (n, 33, 3) of somebody who squats on both legs, in the hips' axes: the feet come up instead."""
    bend = np.zeros(len(time_s))
    for bottom in bottoms_s:
        phase = np.clip((time_s - bottom) / seconds, -0.5, 0.5)
        bend += knee_deg * np.cos(np.pi * phase) ** 2
    body = standing(len(time_s))
    for side in Side:
        body = with_leg(body, side, thigh_deg=bend / 2, knee_deg=bend)
    return body
