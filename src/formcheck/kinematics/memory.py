"""Results of a motion that are worked out once: every exercise and every criterion asks for the same events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import numpy as np

from formcheck.kinematics.motion import Motion

Choices = ParamSpec("Choices")
Result = TypeVar("Result")


def once_per_motion(
    compute: Callable[Concatenate[Motion, Choices], Result],
) -> Callable[Concatenate[Motion, Choices], Result]:
    """Return a function of a motion, and of other hashable arguments, that works out each result once.

    The motion keeps its results, so they live as long as it does. Nobody can change what others get: arrays are
    read-only, also those inside sequences and dataclasses, and of a list everyone gets a copy.
    """

    @wraps(compute)
    def remembered(motion: Motion, /, *args: Choices.args, **kwargs: Choices.kwargs) -> Result:
        key = (compute, args, tuple(sorted(kwargs.items())))
        if key not in motion.known_results:
            motion.known_results[key] = _sealed(compute(motion, *args, **kwargs))
        found = motion.known_results[key]
        return cast("Result", found.copy() if isinstance(found, list) else found)

    return remembered


def _sealed(result: Any) -> Any:
    """Return a result after making every array in it read-only."""
    if isinstance(result, np.ndarray):
        result.flags.writeable = False
    elif isinstance(result, (tuple, list)):
        for part in result:
            _sealed(part)
    elif is_dataclass(result):
        for field in fields(result):
            _sealed(getattr(result, field.name))
    return result
