"""The tables of an accuracy report, in the order in which they are read."""

from __future__ import annotations

from benchmarks.angle_tables import angle_tables
from benchmarks.answer_tables import camera_tables, count_tables, recognition_tables
from benchmarks.fault_tables import fault_tables
from benchmarks.results import Results
from benchmarks.tables import Table
from benchmarks.targets import all_targets
from benchmarks.value_tables import value_tables


def sections(results: Results) -> list[Table]:
    """Return every table that has something to say."""
    tables = [
        *recognition_tables(results),
        *count_tables(results),
        *angle_tables(results),
        *fault_tables(results),
        *value_tables(results),
        *camera_tables(results),
        problem_table(results),
        target_table(results),
    ]
    return [table for table in tables if table.rows]


def problem_table(results: Results) -> Table:
    return Table(
        title="Cases that failed",
        columns=("case", "problem"),
        rows=tuple((case.name, outcome.problem) for case, outcome in results.all_cases if outcome.problem is not None),
    )


def target_table(results: Results) -> Table:
    return Table(
        title="Targets",
        columns=("group", "what", "measured", "needed", "met"),
        rows=tuple((t.group, t.what, t.measured, t.needed, t.met) for t in all_targets(results)),
    )
