"""What the page's charts are drawn from: few enough numbers to draw fast, none of the peaks lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.assessment import ExerciseAssessment
from formcheck.criteria.model import BODY_LINE, Finding
from formcheck.kinematics.recording import ANGLES_OF_A_SIDE, Recording
from formcheck.pose.sequence import FloatArray
from formcheck.report.angle_marks import (
    base_name,
    hint_of,
    in_unit_of,
    judged_column,
    series_of,
    side_of,
    title_of,
    unit_of,
)
from formcheck.report.bones import ACROSS, LIMBS
from formcheck.vocabulary import Landmark, Part, Side, Status

MOST_POINTS = 1200
MOST_FIGURES = 900
_AIR_S = 0.5
_FIGURE_PARTS = (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
FIGURE_POINTS = (Landmark.NOSE, *(part.on(side) for part in _FIGURE_PARTS for side in Side))
_SEVERITY = (Status.MAJOR, Status.MINOR, Status.GOOD, Status.INFO)

Indices = npt.NDArray[np.intp]
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line of a chart. ``side`` is ``left``, ``right`` or ``body``; NaN where the angle is unknown."""

    side: str
    near: bool
    values: FloatArray


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One angle over the stretch: its lines, the good band of the finding that reads it, the moments of faults."""

    angle: str
    clip: int
    time_s: FloatArray
    series: tuple[Series, ...]
    judged_by: Finding | None
    faults: tuple[Finding, ...]

    @property
    def title(self) -> str:
        return title_of(self.angle)

    @property
    def hint(self) -> str:
        return hint_of(self.angle)

    def as_json(self) -> Json:
        kept = thinned(tuple(line.values for line in self.series), MOST_POINTS)
        good = (self.judged_by.bands or self.judged_by.criterion.bands).good if self.judged_by else None
        return {
            "angle": self.angle,
            "unit": unit_of(self.angle),
            "time_s": _numbers(self.time_s[kept], 3),
            "series": [{"side": s.side, "near": s.near, "values": _numbers(s.values[kept], 1)} for s in self.series],
            "good": None if good is None else [self._shown(good.low), self._shown(good.high)],
            "faults": [
                {"time_s": e.time_s, "value": self._shown(e.value), "status": f.status.value}
                for f in self.faults
                for e in f.evidence
                if e.clip == self.clip
            ],
        }

    def _shown(self, value: float | None) -> float | None:
        return None if value is None else in_unit_of(self.angle, value)


def charts_of(
    stretch: ExerciseAssessment, recordings: tuple[Recording, ...], shown: tuple[str, ...]
) -> tuple[Chart, ...]:
    """Return a chart for each of the ``shown`` angles (base names) that is known somewhere in the stretch.

    Where the line of the body was judged, it comes first.
    """
    judged = {f: judged_column(f, recordings) for f in stretch.criteria if _reads_an_angle(f)}
    line = (BODY_LINE,) if any(column and base_name(column) == BODY_LINE for column in judged.values()) else ()
    charts = (_chart(angle, stretch, recordings[stretch.clip], judged) for angle in (*line, *shown))
    return tuple(chart for chart in charts if chart.series)


def _reads_an_angle(finding: Finding) -> bool:
    """Return whether a finding's values and bands belong on the axis of its angle: a change of the angle does not."""
    shown = finding.criterion.angle
    return shown is not None and not shown.as_change and bool(finding.evidence) and finding.status in _SEVERITY


def span_of(stretch: ExerciseAssessment, recording: Recording) -> tuple[float, float]:
    """Return the seconds that a stretch's charts show: the stretch and a little air, inside the clip."""
    last = float(recording.clean.time_s[-1])
    return max(0.0, stretch.start_s - _AIR_S), min(last, stretch.end_s + _AIR_S)


def thinned(lines: Sequence[FloatArray], most: int) -> Indices:
    """Return at most about ``most`` row numbers that keep the lowest and highest value of every line in every bin."""
    rows = len(lines[0]) if lines else 0
    if rows <= most:
        return np.arange(rows)
    bins = np.array_split(np.arange(rows), max(1, most // (2 * len(lines))))
    kept = {0, rows - 1}
    for rows_of_bin in bins:
        for line in lines:
            values = line[rows_of_bin]
            known = rows_of_bin[np.isfinite(values)]
            kept.update((int(rows_of_bin[0]),) if len(known) < len(values) else ())
            if len(known):
                kept.update((int(known[line[known].argmin()]), int(known[line[known].argmax()])))
    return np.array(sorted(kept), dtype=np.intp)


def figure_json(recording: Recording, near: Side | None) -> Json:
    """Return the moving stick figure that stands in for the video, at most ``MOST_FIGURES`` postures.

    ``near`` is the side of the body that is drawn stronger. ``points`` are the nose and each part's left and right;
    ``limbs`` and ``across`` name parts by their place in that order.
    """
    step = -(-len(recording.clean) // MOST_FIGURES)
    points = recording.clean.xy_px[::step][:, FIGURE_POINTS]
    rows = [[_whole(value) for value in posture.ravel()] for posture in points]
    return {
        "near": near or Side.LEFT,
        "limbs": [[_FIGURE_PARTS.index(part) for part in limb] for limb in LIMBS],
        "across": [_FIGURE_PARTS.index(part) for part in ACROSS],
        "time_s": _numbers(recording.clean.time_s[::step], 3),
        "points": rows,
    }


def _chart(angle: str, stretch: ExerciseAssessment, recording: Recording, judged: dict[Finding, str | None]) -> Chart:
    start, end = span_of(stretch, recording)
    rows = np.flatnonzero((recording.clean.time_s >= start) & (recording.clean.time_s <= end))
    near = stretch.quality.near_side
    read = {column for column in judged.values() if column is not None and base_name(column) == angle}
    sides = [side.value for side in Side] if angle in ANGLES_OF_A_SIDE else ["body"]
    if angle == BODY_LINE:
        sides = sorted(side_of(column) or "body" for column in read)
    lines = [
        Series(side=side, near=near is None or side in (near, "body"), values=_column(recording, angle, side)[rows])
        for side in sides
    ]
    readers = [f for f, column in judged.items() if column in read]
    readers.sort(key=lambda finding: _SEVERITY.index(finding.status))
    return Chart(
        angle=angle,
        clip=stretch.clip,
        time_s=recording.clean.time_s[rows],
        series=tuple(line for line in lines if np.isfinite(line.values).any()),
        judged_by=readers[0] if readers else None,
        faults=tuple(f for f in readers if f.status in (Status.MAJOR, Status.MINOR)),
    )


def _column(recording: Recording, angle: str, side: str) -> FloatArray:
    return series_of(recording, angle if side == "body" else f"{side}_{angle}")


def _numbers(values: FloatArray, digits: int) -> list[float | None]:
    return [round(float(value), digits) if np.isfinite(value) else None for value in values]


def _whole(value: float) -> int | None:
    return round(float(value)) if np.isfinite(value) else None
