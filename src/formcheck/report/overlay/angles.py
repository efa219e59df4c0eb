"""Which angles are drawn when, on which side, with which value and in which status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from formcheck.assessment import ExerciseAssessment, Hold, Repetition
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import BODY_LINE, Finding
from formcheck.kinematics.recording import ANGLES_OF_A_SIDE, Recording
from formcheck.pose.sequence import FloatArray
from formcheck.report.angle_marks import base_name, column_of, judged_column, series_of, side_of, unit_of
from formcheck.report.overlay.banners import happens
from formcheck.report.overlay.blocks import blocks
from formcheck.vocabulary import Side, Status, View

MOST_ANGLES, MOST_OF_BOTH_SIDES = 3, 2
"""More would clutter the picture; faulty ones go first."""
_NAMES = {
    "knee_flexion": "knee",
    "hip_flexion": "hip",
    "thigh_elevation": "thigh",
    "shank_inclination": "shin",
    "foot_pitch": "foot",
    "ankle_dorsiflexion": "ankle",
    "elbow_flexion": "elbow",
    "knee_valgus": "knee in",
    "trunk_lean": "trunk",
    "trunk_side_lean": "side lean",
    "pelvic_obliquity": "pelvis",
    BODY_LINE: "hips",
}
_FAULTS = (Status.MINOR, Status.MAJOR)
_SEVERITY = (Status.GOOD, *_FAULTS)
_STICKINESS = 0.8
"""A shown whole number stays until the angle has moved this far from it, so that it does not flicker."""


@dataclass(frozen=True, eq=False, kw_only=True)
class DrawnAngle:
    """One reading in the video. ``values`` (n,) whole numbers, NaN where it is not drawn; ``readers`` judged it."""

    base: str
    side: Side | None
    name: str
    values: FloatArray
    readers: tuple[Finding, ...]
    holds: tuple[tuple[float, float], ...]

    @property
    def column(self) -> str:
        return column_of(self.base, self.side)

    def words(self, value: float) -> str:
        """Return a value with its unit."""
        return f"{value:.0f}{unit_of(self.base)}".replace("-", "−")

    @property
    def drawn(self) -> npt.NDArray[np.bool_]:
        """(n,) True in the rows in which the angle is drawn."""
        return np.asarray(np.isfinite(self.values))

    @property
    def is_faulty(self) -> bool:
        return any(finding.status in _FAULTS for finding in self.readers)

    def status_at(self, time_s: float) -> Status | None:
        """Return the worst status that the angle was given at this moment; None where nobody judged it.

        A fault colours the angle where the fault shows (around its moments, or all through a hold), good form always.
        """
        held = any(start <= time_s <= end for start, end in self.holds)
        told = [
            finding.status
            for finding in self.readers
            if held or finding.status is Status.GOOD or any(happens(e.time_s, time_s) for e in finding.evidence)
        ]
        worst = max(told, key=_SEVERITY.index, default=None)
        return None if self.is_faulty and worst not in _FAULTS else worst


def shown_angles(
    recording: Recording, stretch: ExerciseAssessment, exercise: Exercise, clip: int, rows: npt.NDArray[np.bool_]
) -> tuple[DrawnAngle, ...]:
    """Return the angles that matter in a stretch and are known somewhere in ``rows`` (n,), the most telling first.

    Those are the exercise's own and what else was judged: the line of the body, and any angle that showed a fault.
    """
    sides = _side_rows(recording, stretch, exercise, clip)
    readers = _readers(recording, stretch, clip)
    holds = tuple((hold.start_s, hold.end_s) for hold in stretch.holds) if stretch.clip == clip else ()
    found: dict[str, tuple[DrawnAngle, ...]] = {}
    for base in (*_judged_besides(readers, exercise.shown_angles), *exercise.shown_angles):
        of_lines = {side_of(column): rows for column in readers if base_name(column) == base == BODY_LINE}
        known = {
            side: values
            for side, active in (of_lines or _rows_of(base, exercise, sides) or {None: rows}).items()
            if np.isfinite(values := np.where(rows & active, series_of(recording, column_of(base, side)), np.nan)).any()
        }
        found[base] = tuple(
            DrawnAngle(
                base=base,
                side=side,
                name=_NAMES[base] if side is None or len(known) == 1 else f"{side.name[0]} {_NAMES[base]}",
                values=_whole(values),
                readers=readers.get(column_of(base, side), ()),
                holds=holds,
            )
            for side, values in known.items()
        )
    both_at_once = all(active.all() for active in sides.values()) and len(sides) > 1
    return _most_telling(tuple(found.values()), MOST_OF_BOTH_SIDES if both_at_once else MOST_ANGLES)


def _rows_of(
    base: str, exercise: Exercise, sides: Mapping[Side, npt.NDArray[np.bool_]]
) -> Mapping[Side | None, npt.NDArray[np.bool_]]:
    """Return the rows for each side whose angle matters: of the other side where the exercise judges it there.

    Empty for an angle that has no side.
    """
    if base not in ANGLES_OF_A_SIDE:
        return {}
    asked = [c.angle.of_other_side for c in exercise.criteria if c.angle is not None and c.angle.name == base]
    return {side.other if asked and all(asked) else side: active for side, active in sides.items()}


def _judged_besides(readers: Mapping[str, Sequence[Finding]], shown: Sequence[str]) -> tuple[str, ...]:
    """Return the base names of what was judged beside the ``shown`` angles: lines, and angles with a fault."""
    faulty = (c for c, found in readers.items() if any(f.status in _FAULTS for f in found))
    lines = (column for column in readers if base_name(column) == BODY_LINE)
    return tuple(base for base in dict.fromkeys(map(base_name, (*lines, *faulty))) if base not in shown)


def _most_telling(found: tuple[tuple[DrawnAngle, ...], ...], most: int) -> tuple[DrawnAngle, ...]:
    """Return the angles of at most ``most`` kinds: those that faults were read from before the others."""
    known = [angles for angles in found if angles]
    kept = sorted(known, key=lambda angles: not any(angle.is_faulty for angle in angles))[:most]
    return tuple(angle for angles in known if angles in kept for angle in angles)


def near_side(stretch: ExerciseAssessment, clip: int) -> Side | None:
    """Return the side nearer to the camera, None where the camera sees both alike."""
    seen_sideways = stretch.view.name in (View.SIDE, View.OBLIQUE)
    return stretch.quality.near_side if stretch.clip == clip and seen_sideways else None


def _side_rows(
    recording: Recording, stretch: ExerciseAssessment, exercise: Exercise, clip: int
) -> dict[Side, npt.NDArray[np.bool_]]:
    """Return for each side the rows in which its angles matter: the working side, in drills the near one, or both."""
    everywhere = np.ones(len(recording.clean), dtype=bool)
    near = near_side(stretch, clip)
    done: tuple[Repetition | Hold, ...] = (*stretch.repetitions, *stretch.holds)
    events = sorted((event.start_s, event.end_s, event.side) for event in done if event.side is not None)
    if exercise.is_drill or not events or stretch.clip != clip:
        return {side: everywhere for side in Side if near in (None, side)}
    time_s = recording.clean.time_s
    starts, ends = (np.array([event[edge] for event in events], dtype=np.float64) for edge in (0, 1))

    def nearest_in(rows: slice) -> npt.NDArray[np.intp]:
        now = time_s[rows, None]
        return np.asarray(np.maximum(np.maximum(starts - now, now - ends), 0.0).argmin(axis=1))

    nearest = np.concatenate([nearest_in(rows) for rows in blocks(len(time_s))])
    working = np.array([event[2] for event in events])[nearest]
    return {side: np.asarray(working == side) for side in Side}


def _readers(recording: Recording, stretch: ExerciseAssessment, clip: int) -> dict[str, tuple[Finding, ...]]:
    """Return the judged findings that were read from each angle column of this clip."""
    readers: dict[str, tuple[Finding, ...]] = {}
    for finding in stretch.criteria:
        here = tuple(replace(e, clip=0) for e in finding.evidence if e.clip == clip)
        local = replace(finding, evidence=here)
        column = judged_column(local, (recording,)) if finding.status in _SEVERITY else None
        if column is not None:
            readers[column] = (*readers.get(column, ()), local)
    return readers


def _whole(values: Sequence[float] | FloatArray) -> FloatArray:
    shown = np.full(len(values), np.nan)
    last = np.nan
    for row, value in enumerate(values):
        if not abs(value - last) < _STICKINESS:
            last = round(value) if np.isfinite(value) else np.nan
        shown[row] = last
    return shown
