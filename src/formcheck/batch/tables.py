"""The tables of a batch: ``summary.csv``, ``summary.parquet`` and ``failures.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from formcheck import exercises
from formcheck.batch.rows import DATE, FIXED, HOLD_SECONDS, NUMBER, RECORDED_AT, TEXT, WHOLE, Row
from formcheck.report.whole_file import cannot_write, write_text
from formcheck.video.unfinished import whole_file

SUMMARY_CSV = "summary.csv"
SUMMARY_PARQUET = "summary.parquet"
FAILURES_CSV = "failures.csv"
FAILURE_COLUMNS = ("file", "reason", "message")
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets begin to calculate at, in Japanese and Chinese ones the wide characters too."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A clip that got no verdict: the reason's code and its sentence."""

    file: str
    reason: str
    message: str


def own_names() -> frozenset[str]:
    """Return every name under which a row holds something of ours, so that no column of the club's may have it."""
    everything = columns_of([{"exercise": name} for name in exercises.load_all()])
    return frozenset({*everything, RECORDED_AT, HOLD_SECONDS})


def columns_of(rows: Sequence[Row], more: Sequence[str] = ()) -> dict[str, str]:
    """Return the columns of a summary and what each holds: always the same ones for the same exercises.

    ``more`` are columns of the club's own. Two columns follow for each criterion of the exercises that occur.
    """
    occurring = {row["exercise"] for row in rows}
    columns = {**FIXED, **dict.fromkeys(more, TEXT)}
    for exercise in exercises.load_all().values():
        for criterion in exercise.criteria if exercise.id in occurring else ():
            columns[criterion.key] = TEXT
            columns[f"{criterion.key}_value"] = NUMBER
    return columns


def write_summary(rows: Sequence[Row], columns: Mapping[str, str], folder: Path) -> None:
    """Write ``summary.csv`` and ``summary.parquet``, each whole or not at all; the same rows give the same bytes.

    Raises
    ------
    UsageError
        Where ``folder`` cannot be written.
    """
    text = {name for name, holds in columns.items() if holds == TEXT}
    write_text(
        _csv(columns, ([_cell(row.get(name), name in text) for name in columns] for row in rows)), folder / SUMMARY_CSV
    )
    _write_parquet(rows, columns, folder / SUMMARY_PARQUET)


def write_failures(failures: Sequence[Failure], folder: Path) -> None:
    """Write ``failures.csv``: the clips without a verdict, a heading alone where there are none.

    Raises
    ------
    UsageError
        Where ``folder`` cannot be written.
    """
    cells = ([_cell(value, True) for value in (each.file, each.reason, each.message)] for each in failures)
    write_text(_csv(FAILURE_COLUMNS, cells), folder / FAILURES_CSV)


def _csv(columns: Iterable[str], lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_cell(name, True) for name in columns)
    writer.writerows(lines)
    return text.getvalue()


def _cell(value: Any, is_text: bool) -> str:
    """Return a value as CSV holds it; text that a spreadsheet would calculate gets an apostrophe before it."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if is_text and text.startswith(STARTS_OF_FORMULAS) else text


def _write_parquet(rows: Sequence[Row], columns: Mapping[str, str], target: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types = {TEXT: pa.string(), DATE: pa.date32(), NUMBER: pa.float64(), WHOLE: pa.int64()}
    arrays = [
        pa.array([_value(row.get(name), holds) for row in rows], type=types[holds]) for name, holds in columns.items()
    ]
    table = pa.table(arrays, names=list(columns))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target) as temporary:
            parquet.write_table(table, temporary)
    except OSError as error:
        raise cannot_write(target, error) from error


def _value(value: Any, holds: str) -> Any:
    if value is None or value == "":
        return None
    return date.fromisoformat(value) if holds == DATE else value
