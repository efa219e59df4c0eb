"""Clips over a Dask cluster: each one's outcome once, whichever workers come and go.

A worker that sees the clip's file and the output folder reads and writes there. One that does not see the clip is sent
it, and one that does not see the output folder sends its files back. On every Dask worker the clips are worked on in a
process of our own, so that a clip that crashes or hangs costs neither the Dask worker nor what it holds.
"""

from __future__ import annotations

import logging
import multiprocessing
import secrets
import signal
import tempfile
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING

import formcheck
from formcheck.batch.ledger import FOLDER
from formcheck.batch.pool import TRIES, death, time_limit, too_late
from formcheck.batch.task import Outcome, Task
from formcheck.batch.worker import Work, Worker, end_all
from formcheck.errors import FormcheckError, UnreadableClip, UsageError
from formcheck.report.folder import write_files
from formcheck.report.folder_lock import clear_remains
from formcheck.report.wording import plain, quoted
from formcheck.video.content import content_sha256

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
CONNECT_SECONDS = 10.0
CLOSE_SECONDS = 1.0
AHEAD = 2
"""Tasks that the scheduler holds for each thread of the cluster, so that no thread waits for us."""

_own = threading.local()


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a Dask worker is asked: ``token`` is a file that those see who share the output folder."""

    task: Task
    work: Work
    timeout_s: float
    token: Path
    content: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What comes back: the outcome, None where the clip must be sent; the files where the folder is not shared."""

    outcome: Outcome | None
    files: dict[str, bytes] | None = None


def require_dask() -> None:
    """Make sure that Dask is there.

    Raises
    ------
    UsageError
        Where it is not installed.
    """
    if find_spec("distributed") is None:
        raise UsageError(
            "--dask needs Dask, which is not installed: install it with pip install 'formcheck[cluster]', or leave "
            "--dask out to work on this machine's cores."
        )


def run_on_cluster(
    tasks: Sequence[Task],
    work: Work,
    *,
    address: str,
    workers: int,
    timeout_s: float | None = None,
    started: Callable[[int], None] = lambda _number: None,
) -> Iterator[tuple[int, Outcome]]:
    """Yield (number, outcome) of each task as it is done; every task gets exactly one outcome.

    ``address`` is a scheduler's, or ``local`` for a cluster of ``workers`` processes on this machine. A task whose
    Dask worker dies is given to another one by the scheduler.

    Raises
    ------
    UsageError
        Where Dask is missing, nobody answers at the address, or the workers have another formcheck.
    FormcheckError
        Where the scheduler goes away.
    """
    require_dask()
    with _connected(address, workers) as client, _token(tasks) as token:
        _require_same_version(client, address)
        orders = [Order(task=task, work=work, timeout_s=time_limit(task, timeout_s), token=token) for task in tasks]
        yield from _Run(client, orders, started).outcomes()


class _Run:
    """The orders of one run, some of them on their way."""

    def __init__(self, client: Client, orders: Sequence[Order], started: Callable[[int], None]) -> None:
        from distributed import as_completed

        self._client, self._orders, self._started = client, orders, started
        self._waiting = deque(range(len(orders)))
        self._to_send: deque[int] = deque()
        self._numbers: dict[str, int] = {}
        self._completed = as_completed(loop=client.loop)
        self._run = secrets.token_hex(4)

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """Yield each order's outcome; leaving calls back what is still on its way."""
        futures: dict[str, Future[Delivery]] = {}
        try:
            self._submit(futures)
            for future in self._completed:
                number = self._numbers[future.key]
                outcome = self._delivered(number, future)
                del futures[future.key]
                self._submit(futures)
                if outcome is not None:
                    yield number, outcome
        finally:
            with suppress(Exception):
                self._client.cancel(list(futures.values()), force=True)

    def _submit(self, futures: dict[str, Future[Delivery]]) -> None:
        """Keep the cluster busy: as many orders on their way as it has threads, and some ahead."""
        threads = max(1, sum(self._client.nthreads().values()))
        while len(futures) < AHEAD * threads and (self._waiting or self._to_send):
            order, number = self._next()
            key = f"formcheck-{self._run}-{number}-{'sent' if order.content else 'shared'}"
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a sent clip is large: the scheduler keeps it in case a worker dies
                future = self._client.submit(deliver, order, key=key, pure=False)
            self._numbers[key], futures[key] = number, future
            self._completed.add(future)

    def _next(self) -> tuple[Order, int]:
        from dataclasses import replace

        if self._to_send:
            number = self._to_send.popleft()
            return replace(self._orders[number], content=self._orders[number].task.path.read_bytes()), number
        number = self._waiting.popleft()
        self._started(number)
        return self._orders[number], number

    def _delivered(self, number: int, future: Future[Delivery]) -> Outcome | None:
        """Return what a finished future brings, None where its clip has to be sent first."""
        from distributed import KilledWorker

        task = self._orders[number].task
        try:
            delivery: Delivery = future.result()
        except KilledWorker:
            return death(None)
        except Exception as error:
            if future.cancelled() or self._client.status != "running":
                raise FormcheckError(
                    "The Dask scheduler has gone: what is finished is kept, and the same command goes on from there."
                ) from error
            return Outcome(code="failed", message=f"The Dask worker failed on it: {type(error).__name__}: {error}")
        if delivery.outcome is None:
            self._to_send.append(number)
            return None
        if delivery.files is not None:
            write_files(delivery.files, task.folder)
        return delivery.outcome


def deliver(order: Order) -> Delivery:
    """Carry out an order; what a Dask worker runs."""
    task = order.task
    shared = order.token.is_file()
    if order.content is None and not _sees(task):
        return Delivery(outcome=None)
    if order.content is None and shared:
        return Delivery(outcome=_in_own_process(order.work, task, order.timeout_s))
    with tempfile.TemporaryDirectory(prefix="formcheck-") as place:
        source = None
        if order.content is not None:
            source = Path(place) / f"clip{task.path.suffix}"
            source.write_bytes(order.content)
        folder = None if shared else Path(place) / "result"
        work = partial(order.work, source=source, folder=folder)
        outcome = _in_own_process(work, task, order.timeout_s)
        files = {name: (folder / name).read_bytes() for name in outcome.files} if folder else None
        return Delivery(outcome=outcome, files=files or None)


def _sees(task: Task) -> bool:
    """Return whether the clip lies where its task says; one that nobody can read is nobody's to send."""
    try:
        return task.sha256 is None or content_sha256(task.path) == task.sha256
    except UnreadableClip:
        return False


def _in_own_process(work: Work, task: Task, timeout_s: float) -> Outcome:
    """Return a task's outcome from this thread's own process, a new one where the last one died or was too late."""
    code = None
    for _ in range(TRIES):
        worker: Worker = getattr(_own, "worker", None) or Worker()
        _own.worker = worker
        outcome = None
        if worker.awake or worker.wake():
            worker.give(work, task)
            outcome = worker.received() if worker.pipe.poll(timeout_s) else too_late(timeout_s)
        if outcome is not None and outcome.code != "timeout":
            return outcome
        code = worker.exit_code() if outcome is None else None
        end_all([worker])
        _own.worker = None
        clear_remains(task.folder)
        if outcome is not None:
            return outcome
    return death(code)


@contextmanager
def _connected(address: str, workers: int) -> Iterator[Client]:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address != LOCAL:
        client = _client(address)
        try:
            yield client
        finally:
            with suppress(TimeoutError):
                client.close(timeout=CLOSE_SECONDS)
        return
    with _local_cluster(workers) as client:
        yield client


@contextmanager
def _local_cluster(workers: int) -> Iterator[Client]:
    """Yield the client of a cluster on this machine, which ends with the block; at once where the block breaks off."""
    from distributed import Client, LocalCluster

    resource_tracker.ensure_running()  # started later, it would let Ctrl-C through to the workers
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
        client = Client(cluster, set_as_default=False)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    try:
        yield client
    except BaseException:
        cluster.shutdown_on_close = False  # or it would be closed in peace when this process ends, in ten seconds
        for child in multiprocessing.active_children():
            child.kill()
        raise
    for each in (client, cluster):
        with suppress(TimeoutError):  # what does not end in time ends with this process
            each.close(timeout=CLOSE_SECONDS)


def _client(address: str) -> Client:
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {quoted(address)} ({plain(str(error)[:200])}): check the address, such as "
            "tcp://host:8786, or use --dask local."
        ) from error
    until = time.monotonic() + CONNECT_SECONDS
    while not client.nthreads():
        if time.monotonic() > until:
            client.close(timeout=CLOSE_SECONDS)
            raise UsageError(f"The Dask scheduler at {quoted(address)} has no workers: start some, then try again.")
        time.sleep(0.2)
    return client


def _require_same_version(client: Client, address: str) -> None:
    try:
        found = {str(version) for version in client.run(_version).values()}
    except Exception as error:
        raise UsageError(
            f"The Dask workers at {quoted(address)} cannot load formcheck ({type(error).__name__}): install formcheck "
            f"{formcheck.__version__} with its cluster extra on them."
        ) from error
    if found != {formcheck.__version__}:
        raise UsageError(
            f"The Dask workers at {quoted(address)} have formcheck {', '.join(sorted(found))}, and "
            f"{formcheck.__version__} runs here: install the same version on all."
        )


def _version() -> str:
    return formcheck.__version__


@contextmanager
def _token(tasks: Sequence[Task]) -> Iterator[Path]:
    """Yield a file of a name that nobody can guess in the output folder: who sees it shares that folder."""
    place = tasks[0].folder.parent / FOLDER / f"token-{secrets.token_hex(16)}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)
