"""The tables of the accuracy page, each made of the rows that a benchmark stored."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.stored_run import Row, StoredRun, count, number
from benchmarks.tables import Cell, Table, grid

ANGLE_COLUMNS = {
    "mean abs": "mean absolute error",
    "bias": "bias",
    "lower": "lower limit",
    "upper": "upper limit",
    "worst": "worst clip",
}


def table_of(rows: Sequence[Row], columns: dict[str, str], *, digits: int = 1) -> str:
    """Return some columns of stored rows as Markdown; ``columns`` gives each its heading."""
    if not rows:
        return "None.\n"
    cells = tuple(tuple(row[column] for column in columns) for row in rows)
    return grid(Table(title="", columns=tuple(columns.values()), rows=cells, digits=digits)) + "\n"


def listed(title: str, rows: Sequence[Row], columns: dict[str, str], *, digits: int = 1) -> str:
    """Return a bold title and its table, or that there is nothing."""
    return f"**{title}:**\n\n{table_of(rows, columns, digits=digits)}" if rows else f"**{title}:** none.\n"


def angles(run: StoredRun, *, side_view: bool) -> str:
    """Return how far angles lie off, from the side or in the other views."""
    rows = [row for row in run.rows("angles_in_degrees") if (row["view"] == "side") == side_view]
    if side_view:
        rows = [row for row in rows if row["place"] != "both" and number(row, "clips") > 3]
        return table_of(rows, {"joint": "angle", "place": "side", "clips": "clips", **ANGLE_COLUMNS})
    names = {"joint": "angle", "view": "view", "place": "side", "clips": "clips", "valued": "told", **ANGLE_COLUMNS}
    return table_of(rows, names)


def landmarks(run: StoredRun) -> str:
    """Return how far landmarks lie from their joints in the side view."""
    rows = [row for row in run.rows("landmarks_in_trunk_lengths") if row["view"] == "side" and row["place"] != "both"]
    columns = ("landmark", "place", "distance", "higher by", "further forward by")
    return table_of(rows, {"place" if c == "side" else c: "side" if c == "place" else c for c in columns}, digits=3)


def tried_criteria(run: StoredRun) -> list[Row]:
    """Return the criteria for which some clip has a fault that they must report, or that reported something."""
    return [row for row in run.rows("criteria") if any(count(row, column) for column in ("asked", "true", "false"))]


def criteria(run: StoredRun) -> str:
    columns = (
        "exercise",
        "key",
        "judged",
        "asked",
        "caught",
        "missed",
        "true",
        "false",
        "precision",
        "recall",
        "smallest caught",
        "largest missed",
    )
    return table_of(tried_criteria(run), {column: column for column in columns}, digits=2)


def values(run: StoredRun) -> str:
    """Return how far values lie from those of perfect landmarks; digits as fit the unit."""
    columns = ("exercise", "key", "unit", "values", "bias", "spread", "standard error")
    rows = tuple(
        tuple(_rounded(row[column], in_degrees=row["unit"] == "degrees") for column in columns)
        for row in run.rows("values_against_perfect_landmarks")
    )
    headings = (*columns[:-1], "standard error told")
    return grid(Table(title="", columns=headings, rows=rows)) + "\n"


def _rounded(cell: Cell, *, in_degrees: bool) -> Cell:
    return f"{cell:.{1 if in_degrees else 3}f}" if isinstance(cell, float) else cell


def untried_criteria(run: StoredRun) -> dict[str, list[str]]:
    """Return the keys of the criteria that no clip tries, by exercise: they are only known not to cry wolf."""
    tried = {(row["exercise"], row["key"]) for row in tried_criteria(run)}
    found: dict[str, list[str]] = {}
    for row in run.rows("criteria"):
        if (row["exercise"], row["key"]) not in tried:
            found.setdefault(str(row["exercise"]), []).append(str(row["key"]))
    return found


def cameras(run: StoredRun) -> str:
    columns = ("camera", "clips", "recognised", "judged from base", "from both", "same status", "good to major", "lost")
    return table_of(run.rows("other_cameras_against_base"), {column: column for column in columns})


def degraded(run: StoredRun) -> str:
    """Return what each degradation does to recognition, counts and verdicts."""
    names = (
        "filmed worse",
        "clips",
        "recognised",
        "wrong exercise",
        "repetitions same",
        "holds same",
        "judged before",
        "judged after",
    )
    columns = (*names, "same status", "same", "good to major", "not assessable")
    rows = tuple(_degraded(row) for row in run.rows("degraded_clips"))
    return grid(Table(title="", columns=columns, rows=rows)) + "\n"


def _degraded(row: Row) -> tuple[Cell, ...]:
    return (
        row["what"],
        row["clips"],
        f"{row['recognised']} of {row['recognised before']}",
        row["mistaken"],
        f"{row['same number']} of {row['with repetitions']}",
        f"{row['same hold']} of {row['with a hold']}",
        row["judged before"],
        row["judged after"],
        row["same status"],
        f"{number(row, 'same %'):.1f} %",
        row["good to major"],
        f"{number(row, 'not assessable %'):.1f} %",
    )


def targets(*runs: StoredRun) -> str:
    """Return every promise beside what was measured."""
    found = [target for run in runs for target in run.targets]
    rows = tuple((t.group, t.what, t.measured, t.needed, "not measured" if t.met is None else t.met) for t in found)
    return grid(Table(title="", columns=("group", "what", "measured", "needed", "met"), rows=rows)) + "\n"
