"""How far a batch is: a live line on a terminal, one plain line a clip anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from formcheck.cli.terminal import say
from formcheck.report.wording import plain, quoted

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

    from formcheck.batch.run import Batch, Planned, Result
    from formcheck.batch.task import Outcome

MOST_NAMES = 4
"""Clips being worked on that the live line names."""
MOST_FAILURES = 10
"""Failures told at the end; the rest stands in the table."""


class Progress:
    """Counts what is done and estimates the rest by the clips' sizes."""

    def __init__(self, *, quiet: bool, live: Live | None = None) -> None:
        self._quiet, self._live = quiet, live
        self._plan: Sequence[Planned] = ()
        self._running: dict[int, None] = {}
        self._before = self._done = self._failed = 0
        self._bytes_done = self._bytes = 0
        self._tabled = False
        self._since = time.monotonic()

    def note(self, sentence: str) -> None:
        if not self._quiet:
            say(plain(sentence))

    def planned(self, plan: Sequence[Planned], already: Mapping[int, Outcome]) -> None:
        self._plan, self._before, self._since = plan, len(already), time.monotonic()
        self._bytes = sum(each.size for number, each in enumerate(plan) if number not in already)
        if already and not self._quiet:
            say(f"{len(already)} of {_clips(len(plan))} done before; --force does them again.")
        self._show()

    def started(self, number: int) -> None:
        self._running[number] = None
        self._show()

    def finished(self, number: int, outcome: Outcome) -> None:
        self._running.pop(number, None)
        self._done += 1
        self._failed += not outcome.assessed
        self._bytes_done += self._plan[number].size
        if not self._quiet and (self._live is None or not outcome.assessed):
            place = f"{self._before + self._done} of {len(self._plan)}"
            rest = "" if self._live or self._left() is None else f" ({self._left()} left)"
            say(f"{place}: {plain(str(self._plan[number].clip.path))}: {_told(outcome)}{rest}")
        self._show()

    def tabled(self) -> None:
        self._tabled = True

    def stopped(self) -> str:
        """Return what to say after Ctrl-C."""
        kept = self._before + self._done
        if not self._plan:
            return "Stopped before any clip was begun."
        told = f"Stopped. {kept} of {_clips(len(self._plan))} done and kept; the same command goes on from there."
        if self._tabled:
            return f"{told} The tables show what is done."
        return f"{told} The tables are written when it is through." if kept else told

    def close(self) -> None:
        """Take the live line away."""
        if self._live is not None:
            self._live.stop()

    def __rich__(self) -> Text:
        from rich.text import Text

        done, total = self._before + self._done, len(self._plan)
        names = [plain(self._plan[number].clip.path.name) for number in self._running][:MOST_NAMES]
        more = len(self._running) - len(names)
        parts = [
            f"{done} of {_clips(total)} done" + (f", {self._failed} without a verdict" if self._failed else ""),
            f"{len(self._running)} running",
            *([f"about {self._left()} left"] if self._left() else []),
            ", ".join(names) + (f" and {more} more" if more > 0 else ""),
        ]
        return Text(" · ".join(part for part in parts if part), no_wrap=True, overflow="ellipsis")

    def _left(self) -> str | None:
        """Return the time that the rest will take, None while nothing is known."""
        todo = len(self._plan) - self._before
        if not self._done or not todo:
            return None
        share = self._bytes_done / self._bytes if self._bytes else self._done / todo
        return duration((time.monotonic() - self._since) * (1.0 - share) / max(share, 1e-9))

    def _show(self) -> None:
        if self._live is not None:
            self._live.update(self, refresh=True)


def duration(seconds: float) -> str:
    """Return a time to wait: ``40 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Yield what is told how far a batch is; where standard error is a terminal, it shows that live."""
    if quiet or not sys.stderr.isatty():
        yield Progress(quiet=quiet)
        return
    from rich.console import Console
    from rich.live import Live

    with Live(console=Console(stderr=True), transient=True, refresh_per_second=2, redirect_stdout=False) as live:
        yield Progress(quiet=False, live=live)


def tell_result(result: Result, asked: Batch) -> None:
    """Print what came of a batch and where it lies."""
    total, failed = len(result.plan), len(result.failures)
    typer.echo(f"{total - failed} of {_clips(total)} assessed.")
    for failure in result.failures[:MOST_FAILURES]:
        typer.echo(f"  {plain(failure.file)}: {plain(failure.message)}")
    if failed > MOST_FAILURES:
        typer.echo(f"  and {failed - MOST_FAILURES} more: see failures.csv.")
    typer.echo(f"Tables and pages are in {quoted(asked.output)}.")


def _told(outcome: Outcome) -> str:
    if not outcome.assessed:
        return plain(outcome.message or "")
    return ", ".join(
        f"{row['exercise'].replace('_', ' ')} {'-' if row['score'] is None else format(row['score'], '.0f')}"
        for row in outcome.rows
    )


def _clips(count: int) -> str:
    return "1 clip" if count == 1 else f"{count} clips"
