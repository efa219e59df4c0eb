"""The angle table of one clip for spreadsheets and programs: ``angles.csv``."""

from __future__ import annotations

import math
from pathlib import Path

from formcheck.kinematics.recording import ANGLE_COLUMNS, Recording
from formcheck.report.whole_file import write_text


def write_angles(recording: Recording, target: Path) -> None:
    """Write one row a frame: ``time_s`` and every angle in degrees with two decimals, empty where it is unknown.

    Raises
    ------
    UsageError
        Where ``target`` cannot be written.
    """
    columns = [recording.angles[name].tolist() for name in ANGLE_COLUMNS]
    rows = [",".join(("time_s", *ANGLE_COLUMNS))]
    rows += [
        ",".join((f"{time_s:.4f}", *map(_cell, degrees)))
        for time_s, *degrees in zip(recording.clean.time_s.tolist(), *columns, strict=True)
    ]
    write_text("\n".join(rows) + "\n", target)


def _cell(degrees: float) -> str:
    return f"{round(degrees, 2) + 0.0:.2f}" if math.isfinite(degrees) else ""
