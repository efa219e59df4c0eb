"""The few figures that tell whether to trust formcheck, as one short table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.cases import NONE
from benchmarks.stored_run import Row, StoredRun, count, number
from benchmarks.tables import Cell, Table

NEAR_SIDE = {"view": "side", "place": "near"}
HEADLINE_JOINTS = ("knee", "hip", "thigh", "trunk", "shank inclination", "ankle dorsiflexion", "foot pitch")
HOLD_SECONDS = 0.5


@dataclass(frozen=True)
class Share:
    """A count of cases; written with the share and its 95 % interval by Wilson's formula."""

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The true shares for which this count is no surprise, in [0, 1]."""
        if not self.of:
            return 0.0, 1.0
        z, n, share = 1.96, self.of, self.count / self.of
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if not self.of:
            return "nothing measured"
        low, high = self.interval
        return f"{self.count} of {self.of} ({low:.0%} to {high:.0%})"


def recognised(run: StoredRun) -> Share:
    rows = run.rows("recognition_of_rendered_clips")
    return Share(sum(count(row, "right") for row in rows), sum(count(row, "clips") for row in rows))


def answered_tracks(run: StoredRun) -> Share:
    rows = run.rows("tracks_of_real_people")
    return Share(sum(row["right"] is True for row in rows), len(rows))


def counted(run: StoredRun, what: str) -> Share:
    row = run.row("repetitions_and_steps", what=what)
    return Share(count(row, "exact"), count(row, "clips"))


def counted_tracks(run: StoredRun) -> Share:
    """Tracks that got a right verdict and whose label has a count, and those counted within its tolerance."""
    rows = [
        row
        for row in run.rows("tracks_of_real_people")
        if row["right"] is True and row["answer"] != NONE and row["labelled"] is not None
    ]
    near = [abs(count(row, "repetitions") - count(row, "labelled")) <= count(row, "+-") for row in rows]
    return Share(sum(near), len(near))


def errors(rows: Sequence[Row], column: str = "error") -> list[float]:
    """Return the sizes of the errors that are known."""
    return [abs(number(row, column)) for row in rows if row[column] is not None]


def held(run: StoredRun) -> Share:
    rows = run.rows("hold_seconds")
    return Share(sum(error <= HOLD_SECONDS for error in errors(rows)), len(rows))


def faults(run: StoredRun, figure: str) -> Share:
    row = run.row("faults", figure=figure)
    return Share(count(row, "count"), count(row, "of"))


def verdicts_kept(run: StoredRun) -> Share:
    """Verdicts that landmarks without error would leave as they are."""
    row = run.row("verdicts_against_perfect_landmarks")
    return Share(count(row, "same"), count(row, "judged both ways"))


def headline(run: StoredRun) -> Table:
    """Return the short table of the README."""
    return Table(title="In short", columns=("what was measured", "result"), rows=tuple(_rows(run)))


def _rows(run: StoredRun) -> Iterator[tuple[Cell, ...]]:
    cadence = errors(run.rows("cadence"), "error %")
    seconds = errors(run.rows("hold_seconds"))
    yield "exercise recognised, rendered clips", str(recognised(run))
    yield "right answer, landmark tracks of real people", str(answered_tracks(run))
    yield "repetitions exact", str(counted(run, "repetitions"))
    yield "steps of drills exact", str(counted(run, "steps of drills"))
    yield f"hold time within {HOLD_SECONDS:g} s", str(held(run))
    if seconds:
        yield "hold time, median error", f"{median(seconds):.2f} s"
    if cadence:
        yield "cadence, largest error", f"{max(cadence):.2f} %"
    yield "injected faults reported (recall)", str(faults(run, "recall"))
    yield "reported faults that are true (precision)", str(faults(run, "precision"))
    yield "verdicts that perfect landmarks would get as well", str(verdicts_kept(run))
    for joint in HEADLINE_JOINTS:
        row = run.row("angles_in_degrees", joint=joint, **NEAR_SIDE)
        if row is not None:
            yield f"{joint}, near side from the side: mean absolute error", f"{number(row, 'mean abs'):.1f} degrees"
