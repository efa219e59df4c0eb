"""A club's season, made up: the same in every run."""

from __future__ import annotations

import random
from datetime import date, timedelta

from formcheck import exercises
from formcheck.criteria.exercise import Exercise
from formcheck.report.club_content import Entry, HeldFor
from formcheck.vocabulary import Status

NAMES = (
    "Amara", "Beatriz", "Chen Wei", "Dominika", "Elif", "Finn", "Grace", "Håkon", "Ines", "Jürgen", "Kofi", "Lúcia",
    "Mateo", "Nour", "Oskar", "Priya", "Quentin", "Rosa", "Søren", "Tomás", "Uma", "Viktor", "Wanda", "Yuki",
)  # fmt: skip
FIRST_DAY = date(2026, 3, 2)


def season(clips: int, athletes: int = 24, days: int = 90) -> list[Entry]:
    """Return the entries of that many clips."""
    chance = random.Random(7)
    catalogue = tuple(exercises.load_all().values())
    skill = {name: chance.uniform(45, 85) for name in NAMES[:athletes]}
    made = []
    for number in range(clips):
        name, exercise = chance.choice([*skill]), chance.choice(catalogue[:9])
        day = chance.randrange(days)
        made.append(_entry(number, name, exercise, FIRST_DAY + timedelta(days=day), skill[name] + day / 8, chance))
    return made


def _entry(number: int, name: str, exercise: Exercise, day: date, level: float, chance: random.Random) -> Entry:
    score = min(100.0, max(0.0, chance.gauss(level, 7)))
    statuses = {criterion.key: _status(score, chance) for criterion in exercise.criteria}
    faults = [key for key, status in statuses.items() if status in (Status.MAJOR, Status.MINOR)]
    held = exercise.is_stretch or "plank" in exercise.id
    left = 0 if held else chance.randrange(4, 14)
    side = None if "front_plank" in exercise.id else chance.choice(["left", "right"])
    return Entry(
        file=f"uploads/{name}/{day.isoformat()}_{exercise.id}_{number}.mp4",
        link=f"{day.isoformat()}_{exercise.id}_{number}/report.html",
        athlete=name,
        date=day.isoformat(),
        exercise=exercise.id,
        view=chance.choice(["side", "side", "front"]),
        score=None if chance.random() < 0.04 else score,
        coverage=chance.uniform(0.5, 1.0),
        reps=2 * left,
        reps_left=left,
        reps_right=left,
        holds=(HeldFor(side=side, seconds=chance.uniform(4, 40)),) * 3 if held else (),
        pitfalls=tuple(sorted(faults, key=lambda key: statuses[key] is Status.MINOR)),
        statuses=statuses,
    )


def _status(score: float, chance: random.Random) -> Status:
    if chance.random() < 0.25:
        return Status.NOT_ASSESSABLE
    if chance.uniform(30, 100) < score:
        return Status.GOOD
    return chance.choice([Status.MINOR, Status.MAJOR])
