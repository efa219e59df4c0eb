"""The catalogue in words: what is judged in each exercise, from which view, with which bands and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Criterion, PerSide, RequiredView
from formcheck.report.wording import bands_words, kind_words, required_view_words

_WIDEST = 100
_BRIEFLY = {RequiredView.SIDE: "side", RequiredView.FRONT: "front", RequiredView.ANY: "any"}

_JUDGED_FROM = {
    RequiredView.SIDE: "Judged from the side",
    RequiredView.FRONT: "Judged from the front or from behind",
    RequiredView.ANY: "Judged from any view",
}


def catalogue_json(exercises: Sequence[Exercise]) -> list[dict[str, Any]]:
    """Return the catalogue as plain data for ``formcheck list --json``."""
    return [
        {
            "id": exercise.id,
            "name": exercise.name,
            "section": exercise.section,
            "criteria": [
                {
                    "key": criterion.key,
                    "kind": criterion.kind.value,
                    "view": criterion.view.value,
                    "worst": criterion.worst.value,
                    "unit": criterion.unit.value,
                    "title": criterion.title,
                }
                for criterion in exercise.criteria
            ],
        }
        for exercise in exercises
    ]


def print_exercises(exercises: Sequence[Exercise], console: Console) -> None:
    """Print the exercises, with how many criteria each has and how many of them each view answers."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column()
    for _ in ("all", *_BRIEFLY):
        table.add_column(justify="right")
    table.add_row(*(Text(title, "bold") for title in ("id", "exercise", "criteria", *_BRIEFLY.values())))
    for exercise in exercises:
        counts = Counter(criterion.view for criterion in exercise.criteria)
        numbers = (len(exercise.criteria), *(counts[view] for view in _BRIEFLY))
        table.add_row(Text(exercise.id, "cyan"), Text(exercise.name), *(Text(str(number)) for number in numbers))
    notes = (
        "side, front (or back), any: how many of the criteria each camera view answers.",
        "`formcheck explain ID` tells what is judged, with which bands and why.",
    )
    _print(Group(table, Text(""), *(Text(note, "dim") for note in notes)), console)


def print_exercise(exercise: Exercise, console: Console) -> None:
    """Print what is judged in an exercise: for each view that the camera may have, its criteria in a few lines each."""
    parts: list[RenderableType] = [
        Text.assemble((exercise.name, "bold"), f" ({exercise.id})"),
        Text(exercise.summary),
        _labelled([("Film it", exercise.film), ("Reference", exercise.section)]),
    ]
    for view, heading in _JUDGED_FROM.items():
        criteria = [criterion for criterion in exercise.criteria if criterion.view is view]
        if criteria:
            parts += [Text(""), Text(heading, "bold underline")]
        for criterion in criteria:
            parts += _in_short(criterion, exercise)
    parts += [Text(""), Text(f"`formcheck explain {exercise.id}.KEY` tells where a band comes from.", "dim")]
    _print(Group(*parts), console)


def _in_short(criterion: Criterion, exercise: Exercise) -> list[RenderableType]:
    name = Text.assemble((criterion.title, "bold cyan"), (f"  {exercise.id}.{criterion.key}", "dim"))
    told = Group(Text(criterion.expectation), _labelled(_bands(criterion), width=5))
    return [Text(""), name, Padding(told, (0, 0, 0, 2))]


def print_criterion(exercise: Exercise, criterion: Criterion, console: Console) -> None:
    """Print everything about one criterion."""
    sides = "each working side by itself" if criterion.per_side is PerSide.WORKING_SIDES else "the whole body"
    facts = [
        ("Judged", criterion.expectation),
        ("Fault", criterion.fault),
        ("Cue", criterion.cue),
        ("View", required_view_words(criterion.view)),
        ("Measured", f"{sides}, in {_unit(criterion)}"),
        *_bands(criterion),
        ("Basis", criterion.basis),
        ("Kind", f"{criterion.kind}: {kind_words(criterion.kind)}"),
        ("Reference", criterion.reference),
    ]
    heading = Text.assemble((criterion.title, "bold"), f" ({exercise.id}.{criterion.key})")
    _print(Group(heading, _labelled(facts)), console)


def _unit(criterion: Criterion) -> str:
    return {"1/min": "times a minute", "s": "seconds", "ratio": "percent"}.get(
        criterion.unit.value, criterion.unit.value
    )


def _bands(criterion: Criterion) -> list[tuple[str, str]]:
    return [("Bands", line) if index == 0 else ("", line) for index, line in enumerate(bands_words(criterion))]


def _labelled(facts: Sequence[tuple[str, str]], *, width: int = 9) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", min_width=width, no_wrap=True)
    table.add_column()
    for label, fact in facts:
        table.add_row(label, Text(fact))
    return table


def _print(renderable: RenderableType, console: Console) -> None:
    console.print(renderable, width=min(console.width, _WIDEST), highlight=False)
