"""The results of a benchmark as it left them in its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report_files import RESULTS
from benchmarks.tables import Cell
from benchmarks.targets import Target

Row = Mapping[str, Cell]


class RunError(Exception):
    """Results are not there or cannot be read; the message says which command makes them."""


@dataclass(frozen=True, kw_only=True)
class StoredRun:
    """What a benchmark measured: its conditions, its targets, and its tables by file name."""

    conditions: Mapping[str, object]
    targets: Sequence[Target]
    tables: Mapping[str, Sequence[Row]]

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table; a table without rows is not stored."""
        return self.tables.get(table, ())

    def measured(self, what: str) -> str:
        """Return what was measured for a target, by its words."""
        return next((target.measured for target in self.targets if target.what == what), "nothing")

    def row(self, table: str, **wanted: Cell) -> Row | None:
        """Return the first row with these cells, None where there is none."""
        for row in self.rows(table):
            if all(row.get(column) == cell for column, cell in wanted.items()):
                return row
        return None


def read_run(folder: Path, command: str) -> StoredRun:
    """Read the results that a benchmark wrote; ``command`` is what makes them.

    Raises
    ------
    RunError
        Where they are not there or damaged.
    """
    try:
        content = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        targets = [Target(**target) for target in content.pop("targets")]
        tables = content.pop("tables")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"There are no readable results in {folder}: run {command} first.") from error
    return StoredRun(conditions=content, targets=targets, tables=tables)


def number(row: Row | None, column: str) -> float:
    """Return a number of a row, NaN where there is none."""
    cell = None if row is None else row.get(column)
    return float(cell) if isinstance(cell, int | float) else float("nan")


def count(row: Row | None, column: str) -> int:
    """Return a whole number of a row, 0 where there is none."""
    cell = None if row is None else row.get(column)
    return int(cell) if isinstance(cell, int | float) else 0
