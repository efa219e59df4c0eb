"""``formcheck batch``: what the user asked for, checked before any clip is touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from formcheck.cli.terminal import FAILED, INTERRUPTED, say, told_in_one_sentence
from formcheck.vocabulary import ModelSize

if TYPE_CHECKING:
    from formcheck.batch.run import Batch


def batch(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    places: Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)],
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", metavar="ID", help="The exercise in all clips; auto recognises it.")
    ] = RECOGNISE,
    side: SideOption = SideChoice.AUTO,
    context: ContextOption = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where all results go.")] = Path(
        "formcheck-results"
    ),
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write all results as one JSON; - prints them.")
    ] = None,
    no_video: Annotated[bool, typer.Option("--no-video", help="Write no annotated videos.")] = False,
    no_html: Annotated[bool, typer.Option("--no-html", help="Write no report pages and no club page.")] = False,
    landmarks: Annotated[bool, typer.Option("--landmarks", help="Also write each clip's landmarks.npz.")] = False,
    model: ModelOption = ModelSize.FULL,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, metavar="N", help="Clips at the same time (default: one a core).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do again what is done already.")] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout",
            min=1,
            metavar="SECONDS",
            help="Give up a clip after this time (default: 30 minutes and a minute for each megabyte).",
        ),
    ] = None,
    name_pattern: Annotated[
        str | None,
        typer.Option(
            "--name-pattern",
            metavar="PATTERN",
            help="How paths tell who and when, such as {athlete}/{date}_{exercise}; {other} is any other part.",
        ),
    ] = None,
    metadata: Annotated[
        Path | None,
        typer.Option(
            "--metadata",
            metavar="CSV",
            help="A table with the column file and any of athlete, date, exercise, context, jog_minutes.",
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS", help="Work on the Dask cluster at ADDRESS; local starts one here."),
    ] = None,
    quiet: QuietOption = False,
    no_cache: NoCacheOption = False,
) -> None:
    """Assess all clips below each PATH: a clip, a folder, a quoted pattern such as 'clips/*.mp4', or a .txt list.

    Writes a result folder for each clip, tables of all assessments (summary.csv, summary.parquet), the clips without
    a verdict (failures.csv) and a page on the whole club (club.html). The same command goes on where it was stopped.
    """
    with told_in_one_sentence():
        from formcheck.batch.cluster import require_dask
        from formcheck.batch.metadata import ClubTable, NamePattern, Sources
        from formcheck.batch.run import Batch
        from formcheck.cli.run import check_places
        from formcheck.report.folder import Outputs

        if dask is not None:
            require_dask()
        check_places(output, json_file, [Path(place) for place in places])
        asked = Batch(
            places=tuple(places),
            output=output,
            options=analysis_options(exercise, side, context, model, use_cache=not no_cache),
            outputs=Outputs(video=not no_video, page=not no_html, landmarks=landmarks),
            workers=workers or len(os.sched_getaffinity(0)),
            force=force,
            timeout_s=timeout,
            sources=Sources(
                table=ClubTable(metadata) if metadata else None,
                pattern=NamePattern(name_pattern) if name_pattern else None,
            ),
            dask=dask,
        )
        if not _run(asked, json_file, quiet=quiet):
            raise typer.Exit(FAILED)


def _run(asked: Batch, json_file: Path | None, *, quiet: bool) -> bool:
    """Run a batch and tell how it went; return whether every clip got an assessment."""
    from formcheck.batch.run import run
    from formcheck.cli.batch_progress import progress, tell_result
    from formcheck.cli.run import STANDARD_OUTPUT, write_documents

    with progress(quiet=quiet) as teller:
        try:
            result = run(asked, teller)
        except KeyboardInterrupt as error:
            teller.close()
            say(teller.stopped())
            raise typer.Exit(INTERRUPTED) from error
    if json_file is not None:
        write_documents(json_file, [*result.documents], several=True)
    if not quiet and json_file != STANDARD_OUTPUT:
        tell_result(result, asked)
    return not result.failures
