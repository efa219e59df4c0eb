"""Tables: what they are, and how they look on a terminal, in Markdown and in files."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table as RichTable

Cell = str | int | float | bool | None

EMPTY = ""
FILE_COLUMNS = 160
"""Width of the tables where standard output is no terminal."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under a title. ``digits`` are the decimals of its numbers.

    Where not ``shown`` it is too long for the terminal and goes to a file only.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    digits: int = 1
    shown: bool = True

    @property
    def slug(self) -> str:
        """A file name."""
        return re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as JSON takes them: unknown numbers become null."""
        return [{column: _known(cell) for column, cell in zip(self.columns, row, strict=True)} for row in self.rows]

    def written(self) -> list[list[str]]:
        """Return the rows as words."""
        return [[_word(cell, self.digits) for cell in row] for row in self.rows]


def print_tables(tables: Sequence[Table], console: Console) -> None:
    """Print the tables that are shown."""
    for table in tables:
        if table.shown:
            _print(table, console)


def _print(table: Table, console: Console) -> None:
    drawn = RichTable(title=table.title, caption=table.note or None, title_justify="left", caption_justify="left")
    for column, cells in zip(table.columns, zip(*table.rows, strict=True) if table.rows else (), strict=False):
        drawn.add_column(column, justify="right" if all(_is_number(cell) for cell in cells) else "left")
    if not table.rows:
        drawn.add_column(", ".join(table.columns))
    for row in table.written():
        drawn.add_row(*row)
    console.print(drawn, "")


def markdown(table: Table) -> str:
    """Return the table as Markdown."""
    lines = [f"### {table.title}", ""]
    if table.note:
        lines += [table.note, ""]
    return "\n".join([*lines, grid(table), ""])


def grid(table: Table) -> str:
    """Return the rows as Markdown, under their columns and without title."""
    head = [_line(table.columns), _line(["---"] * len(table.columns))]
    return "\n".join([*head, *(_line(row) for row in table.written())])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def csv_text(table: Table) -> str:
    """Return the table as comma-separated values, numbers in full."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([EMPTY if _known(cell) is None else cell for cell in row] for row in table.rows)
    return text.getvalue()


def _known(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _is_number(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))


def _word(cell: Cell, digits: int) -> str:
    if _known(cell) is None:
        return EMPTY
    if isinstance(cell, bool):
        return "yes" if cell else "NO"
    if isinstance(cell, float):
        return f"{cell:.{digits}f}"
    return str(cell)
