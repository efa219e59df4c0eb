"""``formcheck list`` and ``formcheck explain``, and the names that a user may give to exercises."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.terminal import result_console, told_in_one_sentence
from formcheck.errors import UsageError
from formcheck.report.wording import quoted

if TYPE_CHECKING:
    from formcheck.criteria.exercise import Exercise


def list_exercises(
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs.")] = False,
) -> None:
    """List the exercises, the views that answer their criteria, and how many criteria each has."""
    from formcheck import exercises
    from formcheck.report import catalogue
    from formcheck.report.json_file import json_text

    with told_in_one_sentence():
        known = tuple(exercises.load_all().values())
        if as_json:
            typer.echo(json_text(catalogue.catalogue_json(known)).encode("utf-8"), nl=False)
        else:
            catalogue.print_exercises(known, result_console())


def explain(
    name: Annotated[str, typer.Argument(metavar="EXERCISE[.CRITERION]", hidden=True)],
) -> None:
    """Explain what is judged in an exercise: in which view, with which bands, and why.

    Give an exercise, such as high_knees, or one of its criteria, such as high_knees.cadence.
    """
    from formcheck.report import catalogue

    with told_in_one_sentence():
        exercise_name, _, key = name.partition(".")
        exercise = named_exercise(exercise_name)
        if not key:
            catalogue.print_exercise(exercise, result_console())
            return
        criteria = {criterion.key: criterion for criterion in exercise.criteria}
        chosen = _choose(key, {key: key for key in criteria}, f"{exercise.id} has no criterion")
        catalogue.print_criterion(exercise, criteria[chosen], result_console())


def named_exercise(name: str) -> Exercise:
    """Return the exercise that ``name`` means: its id or its name, however it is spaced and capitalised.

    Raises
    ------
    UsageError
        Where there is none; it says which there are, and which is meant most likely.
    """
    from formcheck import exercises

    known = exercises.load_all()
    names = {_folded(exercise.name): exercise.id for exercise in known.values()} | {key: key for key in known}
    return known[_choose(name, names, "There is no exercise")]


def _choose(name: str, names: Mapping[str, str], complaint: str) -> str:
    folded = _folded(name)
    if folded in names:
        return names[folded]
    near = difflib.get_close_matches(folded, names, n=1, cutoff=0.6)
    suggestion = f" Did you mean {names[near[0]]}?" if near else ""
    choices = ", ".join(sorted(set(names.values())))
    raise UsageError(f"{complaint} {quoted(name)}.{suggestion} Choose one of: {choices}.")


def _folded(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())
