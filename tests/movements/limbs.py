"""How limbs reach and stand: arms in usual places, legs from hip to foot, and the timing of repetitions."""

from __future__ import annotations

import numpy as np
from tests.athlete import ANKLE_UP, LEG, SHANK, SOLE, THIGH, TOE_AHEAD, Arm, Series

from formcheck.pose.sequence import FloatArray

BENT_ARM = Arm(upper=-5.0, elbow=90.0)
HANGING_ARM = Arm(upper=0.0, elbow=10.0)
HAND_ON_HIP = Arm(upper=-15.0, elbow=25.0, out=40.0, fore_out=-53.0)


def reach(ahead: Series, below: Series) -> tuple[FloatArray, FloatArray]:
    """Return thigh elevation and knee flexion that put the ankle so many metres ahead of and below the hip."""
    ahead, below = np.asarray(ahead, dtype=float), np.asarray(below, dtype=float)
    far = np.clip(np.hypot(ahead, below), 0.05, 0.9999 * LEG)
    inside = np.degrees(np.arccos((THIGH**2 + SHANK**2 - far**2) / (2 * THIGH * SHANK)))
    to_line = np.degrees(np.arccos(np.clip((THIGH**2 + far**2 - SHANK**2) / (2 * THIGH * far), -1.0, 1.0)))
    return np.degrees(np.arctan2(ahead, below)) + to_line, 180.0 - inside


def upright_at(frames: int, height: float) -> FloatArray:
    """Return pelvis places (n, 3) that stay over the start at one height in metres."""
    return np.tile([0.0, 0.0, height], (frames, 1))


def eased(share: FloatArray) -> FloatArray:
    """Return a smooth way from 0 to 1 for a share of the time, which is cut off to [0, 1]."""
    x = np.clip(share, 0.0, 1.0)
    return np.asarray(x**3 * (10.0 - 15.0 * x + 6.0 * x**2))


def dips(time_s: FloatArray, repetitions: int, seconds: float, pause: float) -> tuple[FloatArray, FloatArray]:
    """Return how low the athlete is, (n,) in [0, 1], and the number of the repetition; a fifth of one is its bottom."""
    index = np.clip(np.floor((time_s - pause) / (seconds + pause)), 0, repetitions - 1)
    inside = (time_s - pause - index * (seconds + pause)) / seconds
    low = eased(inside / 0.4) * eased((1.0 - inside) / 0.4)
    return low, index


def over_foot(knee: FloatArray, shin: FloatArray, pitch: FloatArray) -> FloatArray:
    """Return the hip joint's place (n, 3) over a foot that stands at x = 0 on its toes, tipped by ``pitch``."""
    tip, lean, thigh = np.radians(pitch), np.radians(shin), np.radians(knee - shin)
    x = TOE_AHEAD - TOE_AHEAD * np.cos(tip) - ANKLE_UP * np.sin(tip) + SHANK * np.sin(lean) - THIGH * np.sin(thigh)
    height = SOLE - TOE_AHEAD * np.sin(tip) + ANKLE_UP * np.cos(tip)
    z = height + SHANK * np.cos(lean) + THIGH * np.cos(thigh)
    return np.stack([x, np.zeros_like(x), z], axis=1)


def ankle_on_toes(raised: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ankle's x and z of a foot whose flat ankle is at x = 0, heel raised about the toes by degrees."""
    tip = np.radians(raised)
    x = TOE_AHEAD * (1.0 - np.cos(tip)) + ANKLE_UP * np.sin(tip)
    return x, SOLE + TOE_AHEAD * np.sin(tip) + ANKLE_UP * np.cos(tip)
