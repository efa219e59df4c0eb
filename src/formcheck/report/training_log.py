"""The training log over many clips: what was done on each day and each week, beside what is prescribed.

One clip cannot tell whether an exercise was done three times, on both sides or twice a week; dated clips can. Nothing
here is a fault: a clip that was not filmed is not a set that was not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck import exercises
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Band, Kind
from formcheck.criteria.stretches import LONG_DOSE, SHORT_DOSE
from formcheck.report.club_content import Entry, HeldFor
from formcheck.report.wording import listed, range_words
from formcheck.vocabulary import Context, Side, Unit

TIMES = 3
"""Holds of a stretch on each side, runs of a drill, circuits of strengthening exercises."""
HOLD_BEFORE_S, HOLD_AFTER_S = 5.0, 30.0
PLANK_S = {"front_plank": 60.0, "side_plank": 45.0}
"""What is prescribed. How much less still counts is said by the bands of the exercises' own criteria."""
LATEST_WEEKS = 26
DAYS_A_WEEK = (2, 4)
"""Strengthening from twice a week on; more than four days are worth a word."""
JOG_MINUTES = (5.0, 10.0)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done of one exercise on one day; ``met`` is whether it reaches what is prescribed."""

    exercise: str
    words: str
    wanted: str
    met: bool


@dataclass(frozen=True, kw_only=True)
class Session:
    """One athlete's day; ``jog`` says something of the jog before it where the club's table does."""

    date: str
    jog: str | None
    done: tuple[Done, ...]


@dataclass(frozen=True, kw_only=True)
class Week:
    """The days with strengthening exercises in the week from ``monday`` on."""

    monday: str
    days: int
    words: str
    met: bool


@dataclass(frozen=True, kw_only=True)
class Log:
    """One athlete's log, the latest first."""

    weeks: tuple[Week, ...]
    sessions: tuple[Session, ...]


def log_of(entries: Sequence[Entry]) -> Log:
    """Return the log of one athlete's entries; those without a date are left out."""
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.date is not None:
            days.setdefault(entry.date, []).append(entry)
    sessions = tuple(_session(day, days[day]) for day in sorted(days, reverse=True))
    return Log(weeks=_weeks(days), sessions=sessions)


def _session(day: str, entries: Sequence[Entry]) -> Session:
    by_exercise: dict[str, list[Entry]] = {}
    for entry in entries:
        by_exercise.setdefault(entry.exercise, []).append(entry)
    known = exercises.load_all()
    minutes = [entry.jog_minutes for entry in entries if entry.jog_minutes is not None]
    return Session(
        date=day,
        jog=_jog(max(minutes)) if minutes else None,
        done=tuple(_done(known[name], by_exercise[name]) for name in known if name in by_exercise),
    )


def _jog(minutes: float) -> str:
    low, high = JOG_MINUTES
    short = f", shorter than {low:g} to {high:g}" if minutes < low else ""
    return f"Jogged {minutes:g} min before{short}"


def _done(exercise: Exercise, entries: Sequence[Entry]) -> Done:
    if exercise.is_stretch:
        return _stretch(exercise, entries)
    if exercise.is_drill:
        return Done(
            exercise=exercise.name,
            words=f"{_times(len(entries))}",
            wanted=f"{TIMES} times",
            met=len(entries) >= TIMES,
        )
    doses = {criterion.key: criterion.bands.good for criterion in exercise.criteria if criterion.kind is Kind.DOSE}
    if "hold_time" in doses:
        return _plank(exercise, entries, doses["hold_time"].low or 0.0)
    return _strength(exercise, entries, doses.get("repetitions", Band()))


def _stretch(exercise: Exercise, entries: Sequence[Entry]) -> Done:
    after = any(entry.context == Context.AFTER for entry in entries)
    dose, times = (HOLD_AFTER_S, 1) if after else (HOLD_BEFORE_S, TIMES)
    least = (LONG_DOSE if after else SHORT_DOSE).good.low or dose
    holds = [hold for entry in entries for hold in entry.holds]
    counts = {side: sum(h.side == side and h.seconds >= least for h in holds) for side in Side}
    told = [f"{side} {count} × {dose:g} s" for side, count in counts.items() if count]
    unseen = [side for side, count in counts.items() if not count]
    longest = max((hold.seconds for hold in holds), default=0.0)
    words = listed(told) if told else f"longest hold {longest:.1f} s"
    return Done(
        exercise=exercise.name,
        words=words + (f", {unseen[0]} not seen" if told and unseen else ""),
        wanted=f"{times} × {dose:g} s each side",
        met=all(count >= times for count in counts.values()),
    )


def _plank(exercise: Exercise, entries: Sequence[Entry], least: float) -> Done:
    holds = [hold for entry in entries for hold in entry.holds]
    sides = sorted({hold.side for hold in holds if hold.side is not None})
    best = {side: max(h.seconds for h in holds if h.side == side) for side in sides}
    longest = max((hold.seconds for hold in holds), default=0.0)
    told = [_held([h for h in holds if h.side == side], side) for side in sides] or [_held(holds)]
    each_side = bool(sides)
    reached = len(best) == len(Side) and min(best.values()) >= least if each_side else longest >= least
    return Done(
        exercise=exercise.name,
        words=f"best {listed(told)}, {_times(len(entries))}",
        wanted=f"{PLANK_S.get(exercise.id, least):.0f} s{' each side' if each_side else ''}, {TIMES} times",
        met=reached and len(entries) >= TIMES,
    )


def _held(holds: Sequence[HeldFor], side: str = "") -> str:
    """Return the longest of some holds in words, and how much of it was in good form where that is less."""
    longest = max(holds, key=lambda hold: hold.seconds, default=HeldFor(side=None, seconds=0.0))
    told = f"{side} {longest.seconds:.0f} s".lstrip()
    good = longest.good_seconds
    known = good is not None and round(good) < round(longest.seconds)
    return f"{told} ({good:.0f} s of it in good form)" if known else told


def _strength(exercise: Exercise, entries: Sequence[Entry], dose: Band) -> Done:
    best = {"left": max(e.reps_left for e in entries), "right": max(e.reps_right for e in entries)}
    told = [f"{side} {count}" for side, count in best.items() if count] or [f"{max(e.reps for e in entries)}"]
    unseen = [side for side, count in best.items() if not count]
    sets = max(len([e for e in entries if e.reps_left]), len([e for e in entries if e.reps_right]))
    return Done(
        exercise=exercise.name,
        words=f"best {listed(told)} repetitions, {_times(sets or len(entries))}"
        + (f", {unseen[0]} not seen" if len(unseen) == 1 else ""),
        wanted=f"{range_words(dose, Unit.COUNT)} each side, {TIMES} times",
        met=min(best.values()) >= (dose.low or 0) and sets >= TIMES,
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _weeks(days: dict[str, list[Entry]]) -> tuple[Week, ...]:
    """Return every week from the first dated clip to the last one, the latest first."""
    if not days:
        return ()
    known = exercises.load_all()
    strong = [
        date.fromisoformat(day)
        for day, entries in days.items()
        if any(_is_strength(known[entry.exercise]) for entry in entries)
    ]
    first, last = _monday(min(days)), _monday(max(days))
    mondays = [last - timedelta(weeks=back) for back in range(min((last - first).days // 7 + 1, LATEST_WEEKS))]
    week = timedelta(weeks=1)
    return tuple(_week(monday, sum(monday <= day < monday + week for day in strong)) for monday in mondays)


def _week(monday: date, days: int) -> Week:
    least, most = DAYS_A_WEEK
    word = "more often than four days" if days > most else ("" if days >= least else f"{least} are asked for")
    told = f"{days} day{'' if days == 1 else 's'} of strengthening" + (f", {word}" if word else "")
    return Week(monday=monday.isoformat(), days=days, words=told, met=days >= least)


def _monday(day: str) -> date:
    found = date.fromisoformat(day)
    return found - timedelta(days=found.weekday())


def _is_strength(exercise: Exercise) -> bool:
    return not (exercise.is_stretch or exercise.is_drill)
