"""What the club's page shows, counted from the assessments of many clips. Nothing is judged anew here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck import exercises
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Finding
from formcheck.report.wording import fault_words
from formcheck.vocabulary import Status

NO_NAME = "No name"
"""Stands for the athlete of clips of which nobody said who it is."""
FAULTS = (Status.MAJOR, Status.MINOR)
JUDGED = (Status.GOOD, *FAULTS)


@dataclass(frozen=True, kw_only=True)
class HeldFor:
    """One hold: the side that worked, None for the whole body, and its seconds; in good form where that is known."""

    side: str | None
    seconds: float
    good_seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One assessment of one clip. ``link`` is a relative address, ``date`` ISO, ``statuses`` those of all criteria.

    ``pitfalls`` are the keys with a fault, worst first. ``context`` is ``before`` or ``after`` the run where known.
    """

    file: str
    link: str
    athlete: str
    date: str | None
    exercise: str
    view: str
    score: float | None
    coverage: float
    reps_left: int = 0
    reps_right: int = 0
    reps: int = 0
    holds: tuple[HeldFor, ...] = ()
    cadence: float | None = None
    pitfalls: tuple[str, ...] = ()
    statuses: Mapping[str, Status]
    context: str | None = None
    jog_minutes: float | None = None


@dataclass(frozen=True, kw_only=True)
class Unassessed:
    """A clip without a verdict, and why."""

    file: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How one athlete does one exercise: the latest score, the change since the first one, and in how many clips."""

    clips: int
    score: float | None
    change: float | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One athlete's row of the overview: a cell for each exercise, None where there is no clip of it."""

    athlete: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, kw_only=True)
class CommonFault:
    """How often a fault shows: in ``major`` and ``minor`` of the ``judged`` assessments, with ``athletes`` people."""

    exercise: str
    key: str
    sentence: str
    cue: str
    judged: int
    major: int
    minor: int
    athletes: int

    @property
    def shown(self) -> int:
        return self.major + self.minor


def athletes_of(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return everybody in the clips by name, those without one last."""
    return tuple(
        sorted({entry.athlete for entry in entries}, key=lambda name: (name == NO_NAME, name.casefold(), name))
    )


def exercises_of(entries: Sequence[Entry]) -> tuple[Exercise, ...]:
    """Return the exercises that occur, in the catalogue's order."""
    occurring = {entry.exercise for entry in entries}
    return tuple(exercise for exercise in exercises.load_all().values() if exercise.id in occurring)


def overview(entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Return who does which exercise how well."""
    columns = exercises_of(entries)
    of: dict[tuple[str, str], list[Entry]] = {}
    for entry in in_time(entries):
        of.setdefault((entry.athlete, entry.exercise), []).append(entry)
    return tuple(
        Line(athlete=athlete, cells=tuple(_cell(of.get((athlete, exercise.id), ())) for exercise in columns))
        for athlete in athletes_of(entries)
    )


def in_time(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries by date, those without one first, otherwise as they stand."""
    return sorted(entries, key=lambda entry: entry.date or "")


def _cell(entries: Sequence[Entry]) -> Cell | None:
    if not entries:
        return None
    scores = [entry.score for entry in entries if entry.score is not None]
    dated = [entry.score for entry in entries if entry.score is not None and entry.date is not None]
    return Cell(
        clips=len({entry.file for entry in entries}),
        score=scores[-1] if scores else None,
        change=dated[-1] - dated[0] if len(dated) > 1 else None,
    )


def common_faults(entries: Sequence[Entry]) -> tuple[CommonFault, ...]:
    """Return every fault that occurs, the most frequent first."""
    found = []
    for exercise in exercises_of(entries):
        mine = [entry for entry in entries if entry.exercise == exercise.id]
        for criterion in exercise.criteria:
            statuses = [(entry.statuses.get(criterion.key), entry.athlete) for entry in mine]
            fault = CommonFault(
                exercise=exercise.name,
                key=criterion.key,
                sentence=fault_words(Finding(criterion=criterion, side=None, status=Status.MINOR)).rstrip("."),
                cue=criterion.cue,
                judged=sum(status in JUDGED for status, _ in statuses),
                major=sum(status is Status.MAJOR for status, _ in statuses),
                minor=sum(status is Status.MINOR for status, _ in statuses),
                athletes=len({athlete for status, athlete in statuses if status in FAULTS}),
            )
            found += [fault] if fault.shown else []
    return tuple(sorted(found, key=lambda fault: (-fault.shown, -fault.major, fault.exercise, fault.key)))
