"""The catalogue: one rule module per exercise, found by its file name. This package names no exercise itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from formcheck.criteria.exercise import Exercise
from formcheck.errors import UsageError


@cache
def load_all() -> dict[str, Exercise]:
    """Return every exercise by id, in the order of the source's sections and then by name.

    Raises
    ------
    TypeError
        Where a module of this package declares no ``EXERCISE``, or one whose id is not the module's name.
    """
    found = []
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        exercise = getattr(module, "EXERCISE", None)
        if not isinstance(exercise, Exercise) or exercise.id != module_info.name:
            raise TypeError(f"{module.__file__}: needs EXERCISE, an Exercise with id {module_info.name!r}.")
        found.append(exercise)
    return {exercise.id: exercise for exercise in sorted(found, key=lambda e: (e.section, e.id))}


def find(exercise_id: str) -> Exercise:
    """Return one exercise; UsageError names the choices where there is none of that id."""
    catalogue = load_all()
    if exercise_id not in catalogue:
        choices = ", ".join(sorted(catalogue))
        raise UsageError(f"There is no exercise {exercise_id!r}. Choose one of: {choices}.")
    return catalogue[exercise_id]
