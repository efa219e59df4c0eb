"""Tables of how far angles and landmarks lie from the truth."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.agreement import Agreement
from benchmarks.angle_summary import angle_rows, landmark_rows
from benchmarks.results import Results
from benchmarks.tables import Cell, Table

LIMITS = (
    "Limits of agreement: bias -+ 1.96 standard deviations. Valued: share of the moments for which an angle is told. "
    "Pooled over moments; worst: the clip with the largest error."
)


def angle_tables(results: Results) -> Iterator[Table]:
    figures = ("mean abs", "bias", "lower", "upper")
    yield Table(
        title="Angles in degrees",
        columns=("joint", "view", "place", "clips", "valued", *figures, "worst", "worst clip"),
        rows=tuple(
            (row.joint, row.view, row.place, row.clips, *_shown(row.agreement), row.worst, row.worst_clip)
            for row in angle_rows(results.clips)
        ),
        note=LIMITS,
    )
    yield Table(
        title="Angles of each clip in degrees",
        columns=("clip", "view", "joint", "place", "moments", "valued", *figures),
        rows=tuple(
            (case.name, case.view, joint, place, a.frames, *_shown(a))
            for case, outcome in (*results.clips, *results.cameras)
            for (joint, place), a in outcome.angles.items()
            if a.n
        ),
        shown=False,
    )
    yield Table(
        title="Landmarks in trunk lengths",
        columns=("landmark", "view", "place", "distance", "higher by", "further forward by"),
        rows=tuple(
            (r.landmark, r.view, r.place, r.distance.mean_absolute, r.up.bias, r.forward.bias)
            for r in landmark_rows(results.clips)
        ),
        note="Means; the truth is the joint's axis, the landmark a mark on the body, so part of it is definition.",
        digits=3,
    )


def _shown(found: Agreement) -> tuple[Cell, ...]:
    return (f"{found.coverage:.0%}", found.mean_absolute, found.bias, *found.limits)
