"""Clips over local worker processes: every clip gets exactly one outcome, whatever becomes of the worker."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait

from formcheck.batch.task import Outcome, Task
from formcheck.batch.worker import MORE_MEMORY, Work, Worker, end_all
from formcheck.report.folder_lock import clear_remains

TRIES = 2
"""A clip whose worker dies is given to another once, alone: memory may have been short because of other clips."""
USUAL_LIMIT_SECONDS, SECONDS_A_MEGABYTE = 1800.0, 60.0
"""How long a clip may take where nobody says: far more than any takes that does not hang, on any machine."""
MAY_PASS = frozenset({"crashed", "out_of_memory"})
LONGEST_WAIT_SECONDS = 0.2


@dataclass
class _Job:
    """A task on its way: its place in the call, how long it may take, and how often it was begun."""

    number: int
    task: Task
    limit_s: float
    tries: int = 0


@dataclass
class _Busy:
    """A worker and what it is doing since when, None where it is idle."""

    worker: Worker
    job: _Job | None = None
    since: float = 0.0


def run_all(
    tasks: Sequence[Task],
    work: Work,
    *,
    workers: int,
    timeout_s: float | None = None,
    started: Callable[[int], None] = lambda _number: None,
) -> Iterator[tuple[int, Outcome]]:
    """Yield (number, outcome) of each task as it is done, in any order; every task gets exactly one outcome.

    ``work`` must be importable by a fresh process. A worker that dies or needs longer than ``timeout_s``, or where that
    is None than the clip's ``time_limit``, is replaced.
    Leaving the iterator, also by an interrupt, ends the workers and clears away what they had half written.
    """
    waiting = deque(_Job(number, task, time_limit(task, timeout_s)) for number, task in enumerate(tasks))
    pool: list[_Busy] = []
    try:
        while waiting or any(busy.job for busy in pool):
            _fill(pool, waiting, work, workers, started)
            yield from _collect(pool, waiting)
    finally:
        end_all(busy.worker for busy in pool)
        for busy in pool:
            if busy.job is not None:
                clear_remains(busy.job.task.folder)


def _fill(pool: list[_Busy], waiting: deque[_Job], work: Work, workers: int, started: Callable[[int], None]) -> None:
    """Give idle workers jobs, starting workers up to their number."""
    while (job := _next(pool, waiting, workers)) is not None:
        busy = next((busy for busy in pool if busy.job is None), None)
        if busy is None:
            pool.append(busy := _Busy(Worker()))
        busy.job, busy.since = job, time.monotonic()
        job.tries += 1
        started(job.number)
        busy.worker.give(work, job.task)


def _next(pool: list[_Busy], waiting: deque[_Job], workers: int) -> _Job | None:
    """Return the job to begin now, None for none; one that has failed runs alone, without even idle workers beside."""
    running = [busy.job for busy in pool if busy.job is not None]
    if not waiting or len(running) == workers or any(job.tries == TRIES for job in running):
        return None
    if waiting[0].tries:
        if running:
            return None
        end_all(busy.worker for busy in pool)
        pool.clear()
    return waiting.popleft()


def _collect(pool: list[_Busy], waiting: deque[_Job]) -> Iterator[tuple[int, Outcome]]:
    """Yield what has come in; replace workers that died or are late."""
    ready = wait([busy.worker.pipe for busy in pool if busy.job], timeout=LONGEST_WAIT_SECONDS)
    for busy in [busy for busy in pool if busy.job]:
        job = busy.job
        assert job is not None
        if busy.worker.pipe in ready and not busy.worker.awake:
            busy.since = time.monotonic()
            if busy.worker.wake():
                continue
            outcome = None
        elif busy.worker.pipe in ready:
            outcome = busy.worker.received()
        elif busy.worker.awake and time.monotonic() - busy.since > job.limit_s:
            outcome = too_late(job.limit_s)
        else:
            continue
        if outcome is None or outcome.code in {"timeout", *MAY_PASS}:
            outcome = outcome or death(busy.worker.exit_code())
            pool.remove(busy)
            end_all([busy.worker])
            clear_remains(job.task.folder)
        busy.job = None
        if outcome.code in MAY_PASS and job.tries < TRIES:
            waiting.append(job)
        else:
            yield job.number, outcome


def time_limit(task: Task, timeout_s: float | None) -> float:
    """Return the seconds that a clip may take: what the user says, else by its size."""
    if timeout_s is not None:
        return timeout_s
    try:
        return USUAL_LIMIT_SECONDS + round(SECONDS_A_MEGABYTE * task.path.stat().st_size / 1e6)
    except OSError:
        return USUAL_LIMIT_SECONDS


def too_late(timeout_s: float) -> Outcome:
    """Return the outcome of a clip that needed longer than it may."""
    return Outcome(
        code="timeout", message=f"It was not done within {timeout_s:g} seconds: give it more with --timeout."
    )


def death(exit_code: int | None) -> Outcome:
    """Return the outcome of a clip that brought its worker down, which ended with a code, negative for a signal."""
    if exit_code == -signal.SIGKILL:
        return Outcome(
            code="out_of_memory",
            message="The system ended the process that worked on it, twice (SIGKILL), as it does where there is not "
            f"enough memory: {MORE_MEMORY}",
        )
    how = "" if exit_code is None else f" (exit code {exit_code})"
    if exit_code is not None and exit_code < 0:
        how = f" ({signal.Signals(-exit_code).name})"
    return Outcome(
        code="crashed",
        message=f"It brought the process that worked on it down, twice{how}: it is damaged in a way that its decoder "
        "cannot bear. Convert it to MP4.",
    )
