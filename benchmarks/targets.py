"""The numbers that formcheck promises, each beside what was measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.angle_summary import AngleRow, angle_rows
from benchmarks.cameras import camera_scores
from benchmarks.counts import Reading, cadences, counts, holds, track_counts
from benchmarks.faults import demands, judged_for_precision, majors_on_clean, reports
from benchmarks.recognition import is_false_verdict, is_right
from benchmarks.results import Results

FIRST_FOUR = frozenset({"high_knees", "butt_kicks", "pistol_squat", "lunge"})
FIRST_FOUR_DEGREES = {"knee": 6.0, "hip": 6.0, "thigh": 6.0, "trunk": 4.0}
DEGREES = {"knee": 5.0, "hip": 5.0, "thigh": 4.0, "trunk": 2.5, "shank inclination": 4.0, "ankle dorsiflexion": 7.0}


@dataclass(frozen=True, kw_only=True)
class Target:
    """One promise. ``met`` is None where nothing was there to measure it on."""

    group: str
    what: str
    measured: str
    needed: str
    met: bool | None


def first_four_targets(everything: Results) -> Iterator[Target]:
    """Yield what was promised of the first four exercises, clip by clip."""
    group, results = "first four exercises", everything.of(FIRST_FOUR)
    clips, catalogue = results.clips, results.catalogue
    right = [is_right(case, outcome, catalogue) for case, outcome in clips]
    yield _all(group, "clips recognised", right)
    yield _all(group, "repetitions exact, steps within one", [count.is_exact for count in counts(results)])
    rows = {row.joint: row for row in angle_rows(clips) if row.is_near_side_view}
    for joint, degrees in FIRST_FOUR_DEGREES.items():
        yield _worst_clip(group, joint, rows.get(joint), degrees)
    yield _least(group, "faults reported, share", [demand.caught for demand in demands(results.known_clips)], 0.95)
    told = reports(clips, catalogue)
    yield _most(group, "major on clean clips", float(len(majors_on_clean(told))), 0.0, digits=0)
    false = [not report.allowed for report in judged_for_precision(told)]
    yield _most(group, "verdicts outside what may be reported, share", _share(false), 0.05, digits=3)
    tracks = [is_right(case, outcome, catalogue) for case, outcome in results.tracks]
    yield _all(group, "tracks answered within their accepted answers", tracks)
    yield _all(group, "tracks counted within tolerance", [count.is_right for count in track_counts(results)])


def catalogue_targets(results: Results) -> Iterator[Target]:
    """Yield what was promised of the whole catalogue."""
    group, catalogue = "whole catalogue", results.catalogue
    wanted = {case.exercise for case, _ in results.clips}
    yield _all(group, "exercises of the clips in the catalogue", [name in catalogue for name in wanted])
    clips = [is_right(case, outcome, catalogue) for case, outcome in results.clips]
    yield _least(group, "clips recognised, share", clips, 0.97)
    tracks = [is_right(case, outcome, catalogue) for case, outcome in results.tracks]
    yield _least(group, "tracks answered within their accepted answers, share", tracks, 0.90)
    wrong = [is_false_verdict(case, outcome, catalogue) for case, outcome in results.tracks]
    yield _most(group, "tracks of another movement with a verdict", float(sum(wrong)), 0.0, digits=0)
    yield _least(group, "repetitions exact, share of clips", [count.off == 0 for count in counts(results)], 0.95)
    yield _all(group, "repetitions within one", [count.off <= 1 for count in counts(results)])
    yield _least(group, "hold seconds within 0.5, share of clips", _within(holds(results), seconds=0.5), 0.95)
    yield _most(group, "cadence, largest error in %", _largest_percent(cadences(results)), 2.0)
    yield _least(group, "faults reported, share", [demand.caught for demand in demands(results.known_clips)], 0.95)
    told = reports(results.clips, catalogue)
    true = [report.allowed for report in judged_for_precision(told)]
    yield _least(group, "precision of minor and major verdicts, doses left out", true, 0.95)
    yield _most(group, "major on clean clips", float(len(majors_on_clean(told))), 0.0, digits=0)


def accuracy_targets(results: Results) -> Iterator[Target]:
    """Yield what was promised of the measured values, and of verdicts seen by other cameras."""
    group = "accuracy, side view, near side"
    rows = {row.joint: row for row in angle_rows(results.clips) if row.is_near_side_view}
    for joint, degrees in DEGREES.items():
        row = rows.get(joint)
        yield _most(group, f"{joint}, mean absolute error, degrees", row.mean_absolute if row else math.nan, degrees)
    yield _most(group, "cadence, largest error in %", _largest_percent(cadences(results)), 1.0)
    for score in camera_scores(results.cameras):
        if score.camera != "high":
            continue
        group = "from above against base"
        kept = score.kept / score.both if score.both else math.nan
        lost = score.lost / score.before if score.before else math.nan
        yield _measured(group, "criteria that keep their status, share", kept, "at least 0.97", kept >= 0.97)
        yield _most(group, "criteria from good to major", float(score.turned_bad), 0.0, digits=0)
        yield _most(group, "criteria that turn not assessable, share", lost, 0.15, digits=3)


def all_targets(results: Results) -> list[Target]:
    """Return every promise in order."""
    return [*first_four_targets(results), *catalogue_targets(results), *accuracy_targets(results)]


def _worst_clip(group: str, joint: str, row: AngleRow | None, degrees: float) -> Target:
    """Return the promise that in no clip the mean absolute error is larger."""
    what = f"{joint}, near side from the side, worst clip, degrees"
    measured = f"{row.worst:.2f} ({row.worst_clip}; all {row.mean_absolute:.2f})" if row else "nothing"
    met = row.worst <= degrees if row else None
    return Target(group=group, what=what, measured=measured, needed=f"at most {degrees:g}", met=met)


def _within(readings: Sequence[Reading], *, seconds: float) -> list[bool]:
    return [reading.error is not None and abs(reading.error) <= seconds for reading in readings]


def _largest_percent(readings: Sequence[Reading]) -> float:
    """Return the largest error; endless where a cadence was not told, NaN where there is none to tell."""
    errors = [math.inf if reading.percent is None else abs(reading.percent) for reading in readings]
    return max(errors, default=math.nan)


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else math.nan


def _all(group: str, what: str, flags: Iterable[bool]) -> Target:
    found = list(flags)
    met = all(found) if found else None
    return Target(group=group, what=what, measured=f"{sum(found)} of {len(found)}", needed="all", met=met)


def _least(group: str, what: str, flags: Sequence[bool], least: float) -> Target:
    measured = f"{_share(flags):.3f} ({sum(flags)} of {len(flags)})" if flags else "nothing"
    met = _share(flags) >= least if flags else None
    return Target(group=group, what=what, measured=measured, needed=f"at least {least:g}", met=met)


def _most(group: str, what: str, value: float, most: float, *, digits: int = 2) -> Target:
    return _measured(group, what, value, f"at most {most:g}", value <= most, digits=digits)


def _measured(group: str, what: str, value: float, needed: str, met: bool, *, digits: int = 3) -> Target:
    known = not math.isnan(value)
    measured = f"{value:.{digits}f}" if known else "nothing"
    return Target(group=group, what=what, measured=measured, needed=needed, met=met if known else None)
