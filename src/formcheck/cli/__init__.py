"""The command line: parsing, printing and exit codes. Heavy libraries are imported only inside the commands."""

from __future__ import annotations

import sys
import warnings
from typing import Annotated

import typer

from formcheck import __version__
from formcheck.cli.analyze import analyze
from formcheck.cli.batch import batch
from formcheck.cli.catalogue import explain, list_exercises
from formcheck.cli.terminal import speak_any_encoding

app = typer.Typer(
    name="formcheck",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=(
        "Exit codes: 0 every clip got an assessment, 1 at least one got none, 2 wrong usage. "
        "Nothing ever leaves this machine."
    ),
)
app.command(short_help="Assess clips and write their results.")(analyze)
app.command(short_help="Assess a season of clips: folders, resumed, one table, one page.")(batch)
app.command("list", short_help="List the exercises.")(list_exercises)
app.command(short_help="Explain what is judged in an exercise.")(explain)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def formcheck(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check the form of recorded running drills: what was good, what was not, where in the clip, and what to do."""


def main() -> None:
    """Run the command line."""
    speak_any_encoding()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what numpy notes about missing frames is no concern of the user's
    app()
