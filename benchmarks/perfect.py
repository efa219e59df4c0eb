"""What formcheck says of landmarks without error: the true points, marked as a perfect detector would mark them.

Bands are judged on what is read from landmarks, so this is what a verdict would be worth if nothing were lost between
the picture and the landmarks. The true points are where the joints are; formcheck expects marks beside them
(``kinematics.joint_centres``, ``kinematics.parted_legs``), so the points are moved to where its own mending gives them
back. Depth and world landmarks, which no truth names, are those that were found.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.outcome import Answer, answers_of
from benchmarks.truth import Truth
from formcheck.analysis import Options, analyse
from formcheck.kinematics.joint_centres import with_joint_centres
from formcheck.kinematics.orientation import orientation
from formcheck.kinematics.parted_legs import with_legs_parted
from formcheck.kinematics.recording import Recording
from formcheck.kinematics.repair import trunk_length
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import save_track

MARKING_ROUNDS, MARKING_SHARE = 16, 0.7
"""Mending bends back on itself where a lifted heel is told from a flat one: small steps come to rest, whole ones do
not."""


def perfect_answers(recording: Recording, truth: Truth, exercise: str) -> tuple[Answer, ...]:
    """Return what formcheck says of a clip's true points, given the exercise."""
    with tempfile.TemporaryDirectory() as folder:
        track = Path(folder) / "perfect.npz"
        save_track(perfect_poses(recording, truth), track)
        return answers_of(analyse([track], Options(exercise=exercise)).assessment)


def perfect_poses(recording: Recording, truth: Truth) -> PoseSequence:
    """Return a recording's landmarks with the true points, where the truth names them, in place of those found."""
    found = recording.clean
    true = truth.at(found.time_s).xy_px
    joints = replace(found, xy_px=np.where(np.isfinite(true) & np.isfinite(found.xy_px), true, found.xy_px))
    return as_marked(joints)


def as_marked(poses: PoseSequence) -> PoseSequence:
    """Return landmarks that lie beside hips and knees as the detector's do, so that mending them gives the joints."""
    facing = orientation(poses.world_m, poses.time_s)
    marks = poses.xy_px
    for _ in range(MARKING_ROUNDS):
        trunk = trunk_length(marks)
        parted = with_legs_parted(marks, facing.sideways, trunk)
        mended = with_joint_centres(parted, facing.forward, facing.sideways, trunk)
        marks = marks + MARKING_SHARE * (poses.xy_px - mended)
    return replace(poses, xy_px=marks)
