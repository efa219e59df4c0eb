"""From rows of the summary to what the club's page shows."""

from __future__ import annotations

from collections.abc import Collection

from formcheck import exercises
from formcheck.batch.rows import HOLD_SECONDS, Row
from formcheck.report.club_content import NO_NAME, Entry, HeldFor
from formcheck.report.folder_names import PAGE, RESULT
from formcheck.report.page import relative_address
from formcheck.vocabulary import Status


def entry_of(row: Row, folder: str, files: Collection[str], *, context: str | None, jog_minutes: float | None) -> Entry:
    """Return one assessment as the page shows it; ``folder`` is the true name of its folder, ``files`` are in it."""
    keys = [criterion.key for criterion in exercises.find(row["exercise"]).criteria]
    shown = PAGE if PAGE in files else RESULT
    return Entry(
        file=row["file"],
        link=f"{relative_address(folder)}/{shown}",
        athlete=row["athlete"] or NO_NAME,
        date=row["date"],
        exercise=row["exercise"],
        view=row["view"],
        score=row["score"],
        coverage=row["coverage"],
        reps=row["reps"],
        reps_left=row["reps_left"],
        reps_right=row["reps_right"],
        holds=tuple(HeldFor(side=side, seconds=s, good_seconds=good) for side, s, good in row[HOLD_SECONDS]),
        cadence=row.get("cadence_steps_per_minute"),
        pitfalls=tuple(row["pitfalls"].split()),
        statuses={key: Status(row[key]) for key in keys if key in row},
        context=context,
        jog_minutes=jog_minutes,
    )
