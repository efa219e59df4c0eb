"""What ``analyze`` and ``batch`` both let the user choose."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.catalogue import named_exercise
from formcheck.vocabulary import Context, ModelSize, Side

if TYPE_CHECKING:
    from formcheck.analysis import Options

RECOGNISE = "auto"


class SideChoice(StrEnum):
    """A side of the athlete, or whichever works."""

    LEFT = "left"
    RIGHT = "right"
    AUTO = "auto"


SideOption = Annotated[SideChoice, typer.Option("--side", help="The side that works.")]
ContextOption = Annotated[
    Context | None,
    typer.Option("--context", help="Before or after the run: which hold time applies to stretches."),
]
ModelOption = Annotated[ModelSize, typer.Option("--model", help="The pose model: faster or more exact.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep stored landmarks.")]


def analysis_options(
    exercise: str, side: SideChoice, context: Context | None, model: ModelSize, *, use_cache: bool
) -> Options:
    """Return what the user chose as the analysis takes it.

    Raises
    ------
    UsageError
        Where there is no such exercise.
    """
    from formcheck.analysis import Options

    return Options(
        exercise=None if exercise == RECOGNISE else named_exercise(exercise).id,
        side=None if side is SideChoice.AUTO else Side(side.value),
        context=context,
        model=model,
        use_cache=use_cache,
    )
