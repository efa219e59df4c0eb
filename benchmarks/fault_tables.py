"""Tables of faults caught, missed and invented."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults import criterion_scores, demands, judged_for_precision, majors_on_clean, reports
from benchmarks.results import Results
from benchmarks.tables import Table
from benchmarks.truth import Fault


def fault_tables(results: Results) -> Iterator[Table]:
    told = reports(results.clips, results.catalogue)
    asked = demands(results.known_clips)
    precise = [report.allowed for report in judged_for_precision(told)]
    caught = [demand.caught for demand in asked]
    yield Table(
        title="Faults",
        columns=("figure", "share", "count", "of"),
        rows=tuple(
            (what, sum(flags) / len(flags), sum(flags), len(flags))
            for what, flags in (("recall", caught), ("precision", precise))
            if flags
        ),
        note="Recall: clips whose fault must be reported. Precision: minor and major verdicts, doses left out.",
        digits=3,
    )
    yield Table(
        title="Criteria",
        columns=(
            "exercise", "key", "judged", "not assessable", "asked", "caught", "missed", "true", "false",
            "precision", "recall", "smallest caught", "largest missed",
        ),
        rows=tuple(
            (
                s.exercise, s.key, s.judged, s.not_assessable, s.asked, s.caught, s.missed, s.true, s.false,
                s.precision, s.recall, _size(s.smallest_caught), _size(s.largest_missed),
            )
            for s in criterion_scores(results.known_clips, results.catalogue)
        ),
        note="Asked: clips whose fault it must report, alone or as one of several; missed: none of those reported it.",
        digits=2,
    )  # fmt: skip
    yield Table(
        title="Missed faults",
        columns=("clip", "one of", "fault"),
        rows=tuple((demand.case, ", ".join(demand.keys), _size(demand.fault)) for demand in asked if not demand.caught),
    )
    false = [report for report in told if not report.allowed]
    yield Table(
        title="False alarms",
        columns=("clip", "exercise", "key", "status", "dose"),
        rows=tuple((report.case, report.exercise, report.key, report.status, report.is_dose) for report in false),
    )
    yield Table(
        title="Major on clean clips",
        columns=("clip", "key"),
        rows=tuple((report.case, report.key) for report in majors_on_clean(told)),
    )


def _size(fault: Fault | None) -> str:
    return f"{fault.name} {fault.magnitude:.3g} {fault.unit}" if fault else ""
