"""Holds of people whose marks are not as still as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.athlete import Camera, Film, filmed
from tests.movements.one_sided_stretches import GluteStretch, QuadStretch, filmed_lying, glute_stretch, quad_stretch
from tests.stick_figure import facing, standing, stepping, times
from tests.stick_figure import filmed as figure_filmed

from formcheck.kinematics.motion import Motion
from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.segmentation.holds import find_holds
from formcheck.segmentation.stillness import LEGS
from formcheck.vocabulary import Landmark, Part, Side

SLOW_SIDE = Film(fps=30.0)


def seconds_of(poses: PoseSequence) -> list[tuple[float, float]]:
    motion = Motion(poses)
    return [(float(motion.time_s[held.start]), float(motion.time_s[held.end])) for held in find_holds(motion)]


def wandering(poses: PoseSequence, marks: list[Landmark], metres: float) -> PoseSequence:
    """Return a clip in which some marks wander about their place, about once a second and each for itself."""
    random = np.random.default_rng(2)
    time_s = poses.time_s

    def wander(size: int) -> FloatArray:
        rhythm, start = random.uniform(0.6, 1.8, size), random.uniform(0.0, 2 * np.pi, size)
        return np.asarray(np.sin(2 * np.pi * rhythm * time_s[:, None] + start))

    world, xy = poses.world_m.copy(), poses.xy_px.copy()
    for mark in marks:
        away = metres * wander(2)
        world[:, mark, :2] += away
        xy[:, mark] += 280.0 * away
    return replace(poses, world_m=world, xy_px=xy)


def held_between(holds: list[tuple[float, float]], start: float, end: float) -> tuple[float, float]:
    """Return the hold that shares most time with a span."""
    return max(holds, key=lambda hold: min(hold[1], end) - max(hold[0], start))


def lying(**changes: Any) -> PoseSequence:
    stretch = GluteStretch(**changes)
    film = Film(fps=30.0, camera=Camera(aim=0.35))
    return filmed_lying(glute_stretch(stretch), stretch.lasts, film)


@pytest.mark.parametrize("hold", [2.2, 5.0, 12.0])
def test_legs_that_wander_do_not_break_a_hold_of_a_lying_body(hold: float) -> None:
    poses = wandering(lying(hold=hold), sorted(LEGS), 0.05)
    start, end = held_between(seconds_of(poses), 1.9, 1.9 + hold)
    assert start == pytest.approx(1.9, abs=0.4)
    assert end - start == pytest.approx(hold, abs=0.5)


def test_one_limb_that_wanders_does_not_break_a_hold() -> None:
    stretch = QuadStretch()
    foot = [part.on(Side.LEFT) for part in (Part.ANKLE, Part.HEEL, Part.TOE)]
    poses = wandering(filmed(quad_stretch(stretch), stretch.lasts, SLOW_SIDE), foot, 0.05)
    start, end = held_between(seconds_of(poses), 1.9, 6.9)
    assert start == pytest.approx(1.9, abs=0.3)
    assert end == pytest.approx(6.9, abs=0.3)


@pytest.mark.parametrize("hold", [2.2, 5.0])
def test_a_foot_that_is_lifted_alone_is_another_posture(hold: float) -> None:
    stretch = QuadStretch(hand=None, hold=hold, standing=2.0)
    before, during, after = seconds_of(filmed(quad_stretch(stretch), stretch.lasts, SLOW_SIDE))
    assert during == pytest.approx((3.0, 3.0 + hold), abs=0.2)
    assert before[1] < during[0] < during[1] < after[0]


def test_who_sinks_deeper_into_a_stretch_holds_it_all_the_while() -> None:
    time_s = times(12.0, 30.0)
    body = standing(len(time_s))
    way = np.clip((time_s - 2.0) / 0.8, 0.0, 1.0)
    way = way**2 * (3.0 - 2.0 * way)
    sinking = 0.35 * way + 0.015 * np.clip(time_s - 2.8, 0.0, None)
    upper = [part.on(side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP, Part.KNEE) for side in Side]
    body[:, upper, 1] -= sinking[:, None]
    holds = seconds_of(figure_filmed(body, time_s, facing(90.0)))
    start, end = held_between(holds, 3.0, 12.0)
    assert start == pytest.approx(2.8, abs=0.3)
    assert end == pytest.approx(12.0, abs=0.1)


@pytest.mark.parametrize("cadence", [60.0, 120.0, 180.0])
def test_stepping_under_a_trunk_that_does_not_move_is_no_hold(cadence: float) -> None:
    time_s = times(6.0, 60.0)
    assert seconds_of(figure_filmed(stepping(time_s, cadence), time_s, facing(90.0))) == []
