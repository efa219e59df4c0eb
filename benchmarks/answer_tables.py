"""Tables of what was answered: the exercise, repetitions, cadence, holds, and what other cameras see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.cameras import camera_scores, changes
from benchmarks.counts import Reading, cadences, counts, holds, longest_hold
from benchmarks.recognition import ClipResult, confusion, is_right, said
from benchmarks.results import Results
from benchmarks.tables import Cell, Table


def recognition_tables(results: Results) -> Iterator[Table]:
    answers = confusion(results.clips)
    names = sorted({case.exercise for case, _ in results.clips})
    yield Table(
        title="Recognition of rendered clips",
        columns=("exercise", "clips", "right", "answers"),
        rows=tuple(_recognised(name, [r for r in results.clips if r[0].exercise == name], results) for name in names),
        note="Right: the exercise itself, or an answer that the clip's truth calls defensible. "
        "An exercise that formcheck does not know yet must get the answer none.",
    )
    said_names = sorted({answer for _, answer in answers})
    yield Table(
        title="Confusion matrix",
        columns=("true exercise", *said_names),
        rows=tuple((name, *(answers[name, answer] for answer in said_names)) for name in names),
        shown=False,
    )
    yield Table(
        title="Wrong answers",
        columns=("case", "accepted", "answer"),
        rows=tuple(
            (case.name, ", ".join(case.accept), said(outcome))
            for case, outcome in results.all_cases
            if not is_right(case, outcome, results.catalogue)
        ),
    )
    yield Table(
        title="Tracks of real people",
        columns=(
            "track",
            "accepted",
            "answer",
            "right",
            "repetitions",
            "labelled",
            "+-",
            "longest hold s",
            "labelled s",
        ),
        rows=tuple(_track(results)),
    )


def _recognised(name: str, clips: Sequence[ClipResult], results: Results) -> tuple[Cell, ...]:
    right = sum(is_right(case, outcome, results.catalogue) for case, outcome in clips)
    answers = ", ".join(f"{answer} {n}" for (_, answer), n in confusion(clips).most_common())
    return name, len(clips), right, answers


def _track(results: Results) -> Iterator[tuple[Cell, ...]]:
    for case, outcome in results.tracks:
        counted = sum(answer.repetitions for answer in outcome.answers) or None
        held = longest_hold(outcome.answers) if outcome.answers else None
        right = is_right(case, outcome, results.catalogue)
        tolerance = case.tolerance if case.repetitions is not None else None
        accepted = ", ".join(case.accept)
        yield (
            case.name, accepted, said(outcome), right, counted, case.repetitions, tolerance, held or None, case.hold_s
        )  # fmt: skip


def count_tables(results: Results) -> Iterator[Table]:
    found = counts(results)
    kinds = (
        ("steps of drills", [c for c in found if c.is_drill]),
        ("repetitions", [c for c in found if not c.is_drill]),
    )
    yield Table(
        title="Repetitions and steps",
        columns=("what", "clips", "exact", "within one"),
        rows=tuple(
            (what, len(some), sum(c.off == 0 for c in some), sum(c.off <= 1 for c in some))
            for what, some in kinds
            if some
        ),
    )
    yield Table(
        title="Miscounted clips",
        columns=("clip", "counted", "true"),
        rows=tuple((count.case, count.counted, count.true) for count in found if count.off),
    )
    yield _readings("Cadence", cadences(results), "steps a minute")
    yield _readings("Hold seconds", holds(results), "seconds")


def _readings(title: str, readings: Sequence[Reading], unit: str) -> Table:
    return Table(
        title=title,
        columns=("clip", f"measured, {unit}", "true", "error", "error %"),
        rows=tuple((r.case, r.measured, float(r.true), r.error, r.percent) for r in readings),
        digits=2,
    )


def camera_tables(results: Results) -> Iterator[Table]:
    known = [result for result in results.cameras if result[0].exercise in results.catalogue]
    seen = ("judged from base", "from both", "same status", "good to major", "lost")
    yield Table(
        title="Other cameras against base",
        columns=("camera", "clips", "recognised", *seen),
        rows=tuple(
            (s.camera, s.performances, s.recognised, s.before, s.both, s.kept, s.turned_bad, s.lost)
            for s in camera_scores(known)
        ),
        note="Criteria; lost: judged from base and not assessable from this camera.",
    )
    yield Table(
        title="Criteria that another camera changes",
        columns=("clip", "key", "from base", "from this camera"),
        rows=tuple((change.case, change.key, change.base, change.status) for change in changes(known)),
    )
