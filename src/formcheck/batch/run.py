"""A whole batch, from places to tables: read it from top to bottom."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from formcheck import exercises
from formcheck.analysis import Options
from formcheck.batch.clips import Clip, Found, find_clips
from formcheck.batch.entries import entry_of
from formcheck.batch.ledger import Ledger
from formcheck.batch.metadata import About, Sources, described
from formcheck.batch.pool import run_all
from formcheck.batch.rows import Row
from formcheck.batch.tables import Failure, columns_of, write_failures, write_summary
from formcheck.batch.task import Outcome, Task, assess
from formcheck.batch.worker import CANNOT_WRITE, NOT_INSTALLED, Work
from formcheck.errors import FormcheckError, InstallationError, UsageError
from formcheck.report.club_content import Unassessed
from formcheck.report.folder import Outputs
from formcheck.report.folder_names import RESULT, result_folders
from formcheck.report.json_file import storable
from formcheck.report.wording import quoted

CLUB_PAGE = "club.html"
MOST_WRITE_FAILURES = 3
"""So many clips in a row whose results cannot be written mean that the place is at fault, not a clip."""

MOST_ROWS_ON_LEAVING = 2500
"""So many rows are written well within the two seconds that Ctrl-C may take; 2,000 take 1.2 on a busy machine."""

Outcomes = Iterator[tuple[int, Outcome]]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What one call asks for. ``dask`` is a scheduler's address or ``local``; ``timeout_s`` counts for each clip."""

    places: tuple[str, ...]
    output: Path
    options: Options
    outputs: Outputs
    workers: int
    force: bool = False
    timeout_s: float | None = None
    sources: Sources = field(default_factory=Sources)
    dask: str | None = None
    work: Work = assess


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One clip of the batch: its task, what is known about it, and its size in bytes, 0 where unknown."""

    clip: Clip
    task: Task
    about: About
    size: int


class Teller(Protocol):
    """Tells the user how far a batch is; everything goes to standard error."""

    def note(self, sentence: str) -> None: ...

    def planned(self, plan: Sequence[Planned], already: Mapping[int, Outcome]) -> None: ...

    def started(self, number: int) -> None: ...

    def finished(self, number: int, outcome: Outcome) -> None: ...

    def tabled(self) -> None:
        """Take note that the tables show what is finished although the batch breaks off."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a batch came to: the rows of the summary with their columns, the failures, and each clip's outcome."""

    plan: tuple[Planned, ...]
    outcomes: tuple[Outcome, ...]
    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]

    @property
    def documents(self) -> Iterator[dict[str, Any]]:
        """Every ``result.json`` of the batch, in the clips' order."""
        for planned, outcome in zip(self.plan, self.outcomes, strict=True):
            if RESULT in outcome.files:
                yield json.loads((planned.task.folder / RESULT).read_text(encoding="utf-8"))


def run(batch: Batch, teller: Teller) -> Result:
    """Assess every clip that is not done yet, and write the tables and the club's page over all of them.

    Whatever one clip does, the others go on. Breaking off at any moment loses only the clips being worked on; after an
    interrupt the tables show those that are finished.

    Raises
    ------
    UsageError
        Where there is nothing to assess, or results cannot be written.
    InstallationError
        Where a model or a library is missing.
    """
    ledger = Ledger(batch.output)
    with ledger.held():
        found = find_clips(batch.places, leave_out=batch.output, sha256_of=ledger.content_sha256)
        ledger.keep_hashes()
        plan = planned(batch, found)
        _tell_notes(found, plan, batch.sources, teller)
        already = {} if batch.force else _done_before(plan, ledger)
        teller.planned(plan, already)
        outcomes = {**already}
        threading.Thread(target=_load_what_writes_tables).start()
        try:
            with closing(_outcomes(batch, plan, already, ledger, teller)) as coming:
                for number, outcome in coming:
                    ledger.remember(plan[number].task, outcome)
                    ledger.ended(plan[number].task)
                    outcomes[number] = outcome
                    teller.finished(number, outcome)
        except (KeyboardInterrupt, FormcheckError):
            kept = _done_before(plan, ledger) if batch.force else {}
            _write_tables_so_far(_result_so_far(plan, {**kept, **outcomes}), batch, teller)
            raise
        result = result_of(plan, [outcomes[number] for number in range(len(plan))])
        _require_results(result, batch.output)
        write_tables(result, batch)
    return result


def _load_what_writes_tables() -> None:
    """Import what is needed at the end, while the workers work: after Ctrl-C there is no time for it."""
    for module in ("pyarrow.parquet", "formcheck.report.club"):
        import_module(module)


def _write_tables_so_far(result: Result, batch: Batch, teller: Teller) -> None:
    """Write the tables of a batch that breaks off, where that is quick and possible."""
    if not result.plan or len(result.rows) > MOST_ROWS_ON_LEAVING:
        return
    with suppress(FormcheckError):  # what breaks it off is told, and may well be a full disk
        write_tables(result, batch)
        teller.tabled()


def planned(batch: Batch, found: Found) -> tuple[Planned, ...]:
    """Return each clip with its task, in the order found.

    Raises
    ------
    UsageError
        Where a result folder holds somebody else's files.
    """
    folders = result_folders(batch.output, [(clip.path,) for clip in found.clips])
    known = {_folded(name): each.id for each in exercises.load_all().values() for name in (each.id, each.name)}
    return tuple(_planned(batch, clip, folder, known) for clip, folder in zip(found.clips, folders, strict=True))


def _planned(batch: Batch, clip: Clip, folder: Path, known: Mapping[str, str]) -> Planned:
    about = batch.sources.about(clip.path)
    options = replace(
        batch.options,
        exercise=batch.options.exercise or known.get(_folded(about.exercise or "")),
        context=batch.options.context or about.context,
    )
    task = Task(
        path=clip.path.absolute(),
        sha256=clip.sha256,
        folder=folder.absolute(),
        options=options,
        outputs=batch.outputs,
    )
    return Planned(clip=clip, task=task, about=about, size=_size(clip.path))


def _folded(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _tell_notes(found: Found, plan: Sequence[Planned], sources: Sources, teller: Teller) -> None:
    for sentence in (*found.told(), *sources.notes([each.clip.path for each in plan])):
        teller.note(sentence)


def _done_before(plan: Sequence[Planned], ledger: Ledger) -> dict[int, Outcome]:
    known = {number: ledger.done(each.task) for number, each in enumerate(plan)}
    return {number: outcome for number, outcome in known.items() if outcome is not None}


def _outcomes(
    batch: Batch, plan: Sequence[Planned], already: Mapping[int, Outcome], ledger: Ledger, teller: Teller
) -> Generator[tuple[int, Outcome]]:
    """Yield the outcome of each clip that is still to do, the longest first so that no worker idles at the end."""
    todo = sorted((n for n in range(len(plan)) if n not in already), key=lambda n: -plan[n].size)
    if not todo:
        return

    def started(number: int) -> None:
        ledger.begin(plan[todo[number]].task)
        teller.started(todo[number])

    tasks = [plan[number].task for number in todo]
    in_a_row = 0
    for number, outcome in _runner(batch)(tasks, batch.work, started):
        if outcome.code == NOT_INSTALLED:
            raise InstallationError(outcome.message or "")
        in_a_row = in_a_row + 1 if outcome.code == CANNOT_WRITE else 0
        if in_a_row == min(MOST_WRITE_FAILURES, len(tasks)):
            raise UsageError(outcome.message or "")
        yield todo[number], outcome


def _runner(batch: Batch) -> Callable[[Sequence[Task], Work, Callable[[int], None]], Outcomes]:
    if batch.dask is None:
        return lambda tasks, work, started: run_all(
            tasks, work, workers=batch.workers, timeout_s=batch.timeout_s, started=started
        )
    from formcheck.batch.cluster import run_on_cluster

    address, workers = batch.dask, batch.workers
    return lambda tasks, work, started: run_on_cluster(
        tasks, work, address=address, workers=workers, timeout_s=batch.timeout_s, started=started
    )


def _result_so_far(plan: Sequence[Planned], outcomes: Mapping[int, Outcome]) -> Result:
    """Return what the clips come to that have an outcome by now."""
    done = sorted(outcomes)
    return result_of([plan[number] for number in done], [outcomes[number] for number in done])


def result_of(plan: Sequence[Planned], outcomes: Sequence[Outcome]) -> Result:
    """Return what a batch came to, from what became of each clip of its plan."""
    both = [*zip(plan, outcomes, strict=True)]
    return Result(
        plan=tuple(plan),
        outcomes=tuple(outcomes),
        rows=tuple(_row(each, row) for each, outcome in both for row in outcome.rows),
        failures=tuple(
            Failure(file=_file(each), reason=outcome.code, message=outcome.message or "")
            for each, outcome in both
            if outcome.code is not None
        ),
    )


def _row(each: Planned, row: Row) -> Row:
    return {**row, **described(each.about, row), "file": _file(each), "folder": storable(each.task.folder.name)}


def _file(each: Planned) -> str:
    return storable(str(each.clip.path))


def _require_results(result: Result, output: Path) -> None:
    """Raise UsageError where results were taken away while the batch was running: its tables would lead nowhere."""
    both = zip(result.plan, result.outcomes, strict=True)
    gone = [each for each, outcome in both if RESULT in outcome.files and not (each.task.folder / RESULT).is_file()]
    if gone:
        count = "The result of 1 clip" if len(gone) == 1 else f"The results of {len(gone)} clips"
        raise UsageError(
            f"{count} vanished from {quoted(output)} while the batch was running, such as that of "
            f"{quoted(gone[0].clip.path)}: run the same command again."
        )


def write_tables(result: Result, batch: Batch) -> None:
    """Write what is said about all clips together.

    Raises
    ------
    UsageError
        Where the output folder cannot be written.
    """
    table = batch.sources.table
    columns = columns_of(result.rows, table.columns if table else ())
    write_summary(result.rows, columns, batch.output)
    write_failures(result.failures, batch.output)
    if batch.outputs.page:
        _write_club_page(result, batch.output / CLUB_PAGE)


def _write_club_page(result: Result, target: Path) -> None:
    from formcheck.report.club import write_club_page

    rows = iter(result.rows)
    entries = [
        entry_of(
            next(rows),
            each.task.folder.name,
            outcome.files,
            context=each.task.options.context,
            jog_minutes=each.about.jog_minutes,
        )
        for each, outcome in zip(result.plan, result.outcomes, strict=True)
        for _ in outcome.rows
    ]
    unassessed = [Unassessed(file=failure.file, message=failure.message) for failure in result.failures]
    write_club_page(entries, unassessed, target)
