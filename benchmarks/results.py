"""All outcomes of one run, as the tables ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from benchmarks.cases import CAMERAS, Case, ClipCase, TrackCase
from benchmarks.outcome import Outcome
from benchmarks.recognition import ClipResult, TrackResult
from formcheck import exercises


@dataclass(frozen=True, kw_only=True)
class Results:
    """Clips, the same performances by several cameras, and tracks.

    ``catalogue`` are the exercises that formcheck knows, ``drills`` those whose repetitions are steps.
    """

    clips: Sequence[ClipResult]
    cameras: Sequence[ClipResult]
    tracks: Sequence[TrackResult]
    catalogue: frozenset[str]
    drills: frozenset[str]

    @property
    def known_clips(self) -> list[ClipResult]:
        """Clips of exercises in the catalogue."""
        return [(case, outcome) for case, outcome in self.clips if case.exercise in self.catalogue]

    @property
    def all_cases(self) -> list[tuple[Case, Outcome]]:
        """Everything that was run, in order."""
        return [*self.clips, *self.cameras, *self.tracks]

    def of(self, names: Set[str]) -> Results:
        """Return the clips of some exercises, and all tracks: other movements must not be taken for them."""
        return Results(
            clips=[result for result in self.clips if result[0].exercise in names],
            cameras=[result for result in self.cameras if result[0].exercise in names],
            tracks=self.tracks,
            catalogue=self.catalogue,
            drills=self.drills,
        )


def results_of(cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> Results:
    """Sort outcomes by the kind of their case, beside what formcheck knows today."""
    catalogue = exercises.load_all()
    clips = [(case, outcomes[case.name]) for case in cases if isinstance(case, ClipCase)]
    return Results(
        clips=[result for result in clips if result[0].group != CAMERAS],
        cameras=[result for result in clips if result[0].group == CAMERAS],
        tracks=[(case, outcomes[case.name]) for case in cases if isinstance(case, TrackCase)],
        catalogue=frozenset(catalogue),
        drills=frozenset(name for name, exercise in catalogue.items() if exercise.is_drill),
    )
