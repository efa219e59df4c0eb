"""The club's page: all clips of a batch in one HTML file that opens anywhere and asks for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import formcheck
from formcheck.report.club_content import (
    NO_NAME,
    CommonFault,
    Entry,
    Unassessed,
    athletes_of,
    common_faults,
    exercises_of,
    overview,
)
from formcheck.report.page import content_policy, environment, inert_json, own_markup, own_styles
from formcheck.report.training_log import Log, log_of
from formcheck.report.whole_file import write_text
from formcheck.vocabulary import Status

_STYLES = ("templates/report.css", "templates/club.css")
_SCRIPTS = ("templates/club.js",)
FAULTS_SHOWN = 10


def write_club_page(entries: Sequence[Entry], unassessed: Sequence[Unassessed], target: Path) -> None:
    """Write the club's page as one self-contained file, whole or not at all.

    Links lead to the result folders beside ``target``.

    Raises
    ------
    UsageError
        Where ``target`` cannot be written.
    """
    write_text(render_club(entries, unassessed), target)


def render_club(entries: Sequence[Entry], unassessed: Sequence[Unassessed]) -> str:
    """Return the page of ``write_club_page`` as text that any UTF-8 file can hold."""
    styles, scripts = own_styles(_STYLES), own_markup(_SCRIPTS)
    faults = common_faults(entries)
    page = (
        environment()
        .get_template("club.html.j2")
        .render(
            version=formcheck.__version__,
            policy=content_policy(styles, scripts, None),
            styles=styles,
            scripts=scripts,
            data=inert_json(_data(entries, faults)),
            days=sorted({entry.date for entry in entries if entry.date}),
            clips=len({entry.file for entry in entries}),
            athletes=[name for name in athletes_of(entries) if name != NO_NAME],
            exercises=exercises_of(entries),
            lines=overview(entries),
            faults=faults,
            faults_shown=FAULTS_SHOWN,
            entries=entries,
            unassessed=unassessed,
        )
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _data(entries: Sequence[Entry], faults: Sequence[CommonFault]) -> dict[str, Any]:
    """Return what the page's script works on; names stand once, entries refer to them by number."""
    athletes, exercises = athletes_of(entries), exercises_of(entries)
    numbers = {exercise.id: number for number, exercise in enumerate(exercises)}
    names = {exercise.id: exercise.name for exercise in exercises}
    fault_numbers = {(fault.exercise, fault.key): number for number, fault in enumerate(faults)}
    return {
        "athletes": athletes,
        "exercises": [exercise.name for exercise in exercises],
        "faults": [[fault.sentence, fault.exercise] for fault in faults],
        "entries": [
            {
                "file": entry.file,
                "link": entry.link,
                "athlete": athletes.index(entry.athlete),
                "exercise": numbers[entry.exercise],
                "date": entry.date,
                "view": entry.view,
                "score": None if entry.score is None else round(entry.score),
                "coverage": round(100 * entry.coverage),
                "amount": amount_words(entry),
                "faults": [
                    [fault_numbers[names[entry.exercise], key], int(entry.statuses[key] is Status.MAJOR)]
                    for key in entry.pitfalls
                ],
            }
            for entry in entries
        ],
        "logs": [_log(log_of([entry for entry in entries if entry.athlete == name])) for name in athletes],
    }


def _log(log: Log) -> dict[str, Any]:
    return {
        "weeks": [[week.monday, week.days, week.words, week.met] for week in log.weeks],
        "sessions": [
            {
                "date": session.date,
                "jog": session.jog,
                "done": [[done.exercise, done.words, done.wanted, done.met] for done in session.done],
            }
            for session in log.sessions
        ],
    }


def amount_words(entry: Entry) -> str:
    """Return how much was done, such as ``12 reps (6 left, 6 right)`` or ``hold 5.2 s``."""
    if entry.reps:
        sides = [(n, side) for n, side in ((entry.reps_left, "left"), (entry.reps_right, "right")) if n]
        told = ", ".join(f"{n} {side}" for n, side in sides) if len(sides) > 1 else "".join(side for _, side in sides)
        return f"{entry.reps} reps" + (f" ({told})" if told else "")
    if entry.holds:
        longest = max(hold.seconds for hold in entry.holds)
        return (
            f"hold {longest:.1f} s" if len(entry.holds) == 1 else f"{len(entry.holds)} holds, longest {longest:.1f} s"
        )
    return ""
