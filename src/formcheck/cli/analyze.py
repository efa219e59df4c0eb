"""``formcheck analyze``: what the user asked for, checked before any clip is touched."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.catalogue import named_exercise
from formcheck.cli.terminal import FAILED, told_in_one_sentence
from formcheck.vocabulary import Context, ModelSize, Side

RECOGNISE = "auto"


class SideChoice(StrEnum):
    """A side of the athlete, or whichever works."""

    LEFT = "left"
    RIGHT = "right"
    AUTO = "auto"


def analyze(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    clips: Annotated[list[Path], typer.Argument(metavar="CLIP", hidden=True)],
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", metavar="ID", help="The exercise; auto recognises it.")
    ] = RECOGNISE,
    side: Annotated[SideChoice, typer.Option(help="The side that works.")] = SideChoice.AUTO,
    context: Annotated[
        Context | None, typer.Option(help="Before or after the run: which hold time applies to stretches.")
    ] = None,
    merge_views: Annotated[bool, typer.Option("--merge-views", help="The clips are views of one performance.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the result folders go.")] = Path(
        "formcheck-results"
    ),
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write the results as JSON; - prints them.")
    ] = None,
    no_video: Annotated[bool, typer.Option("--no-video", help="Write no annotated video.")] = False,
    no_html: Annotated[bool, typer.Option("--no-html", help="Write no report page.")] = False,
    landmarks: Annotated[bool, typer.Option("--landmarks", help="Also write landmarks.npz.")] = False,
    model: Annotated[ModelSize, typer.Option(help="The pose model: faster or more exact.")] = ModelSize.FULL,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep stored landmarks.")] = False,
) -> None:
    """Assess each CLIP, a video or a landmark track (.npz).

    Prints a verdict and writes a result folder with JSON, angles, a report page and an annotated video.
    """
    with told_in_one_sentence():
        from formcheck.analysis import Options
        from formcheck.cli.run import Run, assess_all, performances_of, places
        from formcheck.report.folder import Outputs

        performances = performances_of(clips, merge_views=merge_views)
        options = Options(
            exercise=None if exercise == RECOGNISE else named_exercise(exercise).id,
            side=None if side is SideChoice.AUTO else Side(side.value),
            context=context,
            model=model,
            use_cache=not no_cache,
        )
        run = Run(
            performances=performances,
            folders=places(performances, output, json_file),
            options=options,
            outputs=Outputs(video=not no_video, page=not no_html, landmarks=landmarks),
            json_file=json_file,
            quiet=quiet,
        )
        if not assess_all(run):
            raise typer.Exit(FAILED)
