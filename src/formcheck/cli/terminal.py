"""What every command shares of the terminal: consoles, failures told in one sentence, and the progress bar."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from formcheck.errors import FormcheckError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130

_STAND_INS = {"°": " deg", "→": "->", "•": "*", "·": "-", "…": "...", "−": "-", "–": "-", "—": "-"}
_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def speak_any_encoding() -> None:
    """Let a terminal that knows no degree sign get a stand-in instead of an error."""
    codecs.register_error("formcheck.stand_in", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="formcheck.stand_in")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    return "".join({**_STAND_INS, **_QUOTES}.get(character, "?") for character in unknown), error.end


def result_console() -> Console:
    """Return the console for results: standard output."""
    from rich.console import Console

    return Console(soft_wrap=False, highlight=False)


def say(sentence: str) -> None:
    """Tell the user something that is not a result."""
    typer.echo(sentence, err=True)


@contextmanager
def told_in_one_sentence() -> Iterator[None]:
    """Turn every failure that a user can act on into its sentence and its exit code."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # who reads our output has seen enough
        say(f"Error: Cannot write to standard output: {error.strerror}.")
        _forget_output()
        raise typer.Exit(WRONG_USAGE) from error
    except FormcheckError as error:
        from formcheck.report.wording import plain

        say(plain(f"Error: {error}"))
        raise typer.Exit(WRONG_USAGE if isinstance(error, UsageError) else FAILED) from error
    except KeyboardInterrupt as error:
        say("Stopped.")
        raise typer.Exit(INTERRUPTED) from error


def _forget_output() -> None:
    """Let what could not be written go, or the interpreter would try again at its end and complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress_bar(title: str, *, shown: bool) -> Iterator[Callable[[float], None]]:
    """Yield what takes the share done, in [0, 1]; a bar shows it on standard error where that is a terminal."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.table import Column

    columns = (
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=1.0)
        yield lambda share: progress.update(task, completed=share)


@contextmanager
def spinner(title: str, *, shown: bool) -> Iterator[None]:
    """Show on standard error, where that is a terminal, that work of unknown length is going on."""
    if not (shown and sys.stderr.isatty()):
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(title, no_wrap=True, overflow="ellipsis")):
        yield
