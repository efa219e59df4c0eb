"""A clip's frames in blocks: what is worked out for every frame and every place of a label would fill memory."""

from __future__ import annotations

from collections.abc import Iterator

ROWS_AT_A_TIME = 900
"""Half a minute at 30 frames a second."""


def blocks(rows: int) -> Iterator[slice]:
    """Yield all of so many rows in slices, in order."""
    for first in range(0, rows, ROWS_AT_A_TIME):
        yield slice(first, min(first + ROWS_AT_A_TIME, rows))
