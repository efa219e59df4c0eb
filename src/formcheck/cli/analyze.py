"""``formcheck analyze``: what the user asked for, checked before any clip is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.choices import (
    RECOGNISE,
    ContextOption,
    ModelOption,
    NoCacheOption,
    QuietOption,
    SideChoice,
    SideOption,
    analysis_options,
)
from formcheck.cli.terminal import FAILED, told_in_one_sentence
from formcheck.vocabulary import ModelSize


def analyze(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    clips: Annotated[list[Path], typer.Argument(metavar="CLIP", hidden=True)],
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", metavar="ID", help="The exercise; auto recognises it.")
    ] = RECOGNISE,
    side: SideOption = SideChoice.AUTO,
    context: ContextOption = None,
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
    model: ModelOption = ModelSize.FULL,
    quiet: QuietOption = False,
    no_cache: NoCacheOption = False,
) -> None:
    """Assess each CLIP, a video or a landmark track (.npz).

    Prints a verdict and writes a result folder with JSON, angles, a report page and an annotated video.
    """
    with told_in_one_sentence():
        from formcheck.cli.run import Run, assess_all, performances_of, places
        from formcheck.report.folder import Outputs

        performances = performances_of(clips, merge_views=merge_views)
        run = Run(
            performances=performances,
            folders=places(performances, output, json_file),
            options=analysis_options(exercise, side, context, model, use_cache=not no_cache),
            outputs=Outputs(video=not no_video, page=not no_html, landmarks=landmarks),
            json_file=json_file,
            quiet=quiet,
        )
        if not assess_all(run):
            raise typer.Exit(FAILED)
