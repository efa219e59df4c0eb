"""What the whole program says of a landmark sequence: through a track file, as a user would give it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.analysis import Options, analyse
from formcheck.assessment import Assessment, ExerciseAssessment
from formcheck.criteria.model import Finding
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import track_arrays
from formcheck.vocabulary import Side, Status

RANK = [Status.NOT_ASSESSABLE, Status.INFO, Status.GOOD, Status.MINOR, Status.MAJOR]


@dataclass(frozen=True)
class Judged:
    """An assessment with short ways to ask it."""

    assessment: Assessment

    @property
    def only(self) -> ExerciseAssessment:
        """The single exercise found."""
        (only,) = self.assessment.assessments
        return only

    @property
    def exercises(self) -> list[str]:
        """The ids of what was recognised, in time order."""
        return [found.exercise.id for found in self.assessment.assessments]

    @property
    def keys(self) -> set[str]:
        return {finding.criterion.key for finding in self.only.criteria}

    def all_of(self, key: str) -> list[Finding]:
        return [finding for finding in self.only.criteria if finding.criterion.key == key]

    def finding(self, key: str, side: Side | None = None) -> Finding:
        """Return the finding of a key: of one side, or else the worst of both."""
        fitting = [finding for finding in self.all_of(key) if side in (None, finding.side)]
        return max(fitting, key=lambda finding: RANK.index(finding.status))

    def repetitions(self, side: Side | None = None) -> int:
        return sum(side in (None, repetition.side) for repetition in self.only.repetitions)


def judged(poses: PoseSequence, options: Options | None = None) -> Judged:
    """Return what the program says of a sequence, the exercise recognised unless the options name it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.npz"
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **track_arrays(poses))
        return Judged(analyse([path], options or Options()).assessment)
