"""A long-lived process that works on one clip at a time and whose death costs that clip and nothing else.

Worker and parent hold the two ends of a pipe. A second pipe, on which nothing is ever sent, tells the worker that its
parent is gone, whatever way it went: a worker never outlives it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from formcheck.batch.task import Outcome, Task
from formcheck.errors import FormcheckError, InstallationError, UsageError

Work = Callable[..., Outcome]
"""What is done with a task; a function that a fresh process can import. ``assess`` says what else it may be given."""

CANNOT_WRITE = "cannot_write"
NOT_INSTALLED = "not_installed"
MORE_MEMORY = "take fewer --workers, end other programs, or convert the clip to a smaller picture."

PATIENCE_SECONDS = 0.5
"""How long processes may take to end when asked, all of them together, before they are ended by force."""
_THRIFTY = {"MALLOC_MMAP_THRESHOLD_": "1000000"}
"""The setting of the C library under which large arrays go back at once, the series of a long clip among them.

A worker lives for many clips. Measured with 600 s of 1080p: 0.67 GB at most without it.
"""
_START = "import sys; sys.path[:] = {path!r}; from formcheck.batch.worker import serve; serve({pipe}, {life})"


class Worker:
    """One process. ``pipe`` becomes ready to read when it has started, has an outcome, and when it has died."""

    def __init__(self) -> None:
        self.awake = False
        self.pipe, theirs = Pipe()
        life, write_end = os.pipe()
        self._life: int | None = write_end
        command = _START.format(path=sys.path, pipe=theirs.fileno(), life=life)
        try:
            self._process = _without_interrupts([sys.executable, "-c", command], (theirs.fileno(), life))
        finally:
            theirs.close()
            os.close(life)

    def give(self, work: Work, task: Task) -> None:
        """Send what to do and with what; a worker that has died takes nothing, and ``received`` then says so."""
        try:
            self.pipe.send((work, task))
        except OSError:
            return

    def wake(self) -> bool:
        """Take its first message, that it has started; return False where it died instead.

        Time limits count from there, or a busy machine would use them up before the work begins.
        """
        try:
            self.awake = bool(self.pipe.recv())
        except (EOFError, OSError):
            return False
        return self.awake

    def received(self) -> Outcome | None:
        """Return the outcome that is ready, None where the process died instead."""
        try:
            outcome: Outcome = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return outcome

    def exit_code(self) -> int | None:
        """Return how a dead process ended, negative for a signal; None where it is still alive."""
        try:
            return self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Ask the process to end, without waiting for it."""
        self._process.terminate()

    def end(self, until: float) -> None:
        """End the process, by force where it is still there at ``until`` (of the monotonic clock)."""
        self.stop()
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.pipe.close()
        if self._life is not None:
            os.close(self._life)
            self._life = None


def end_all(workers: Iterable[Worker]) -> None:
    """End processes at once, whatever they are doing."""
    ending = list(workers)
    for worker in ending:
        worker.stop()
    until = time.monotonic() + PATIENCE_SECONDS
    for worker in ending:
        worker.end(until)


def _without_interrupts(command: list[str], kept: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Start a process that Ctrl-C does not reach: its parent alone answers to that."""
    errors = None if sys.flags.dev_mode else subprocess.DEVNULL  # what codecs mutter would break the progress lines
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(
            command,
            pass_fds=kept,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**_THRIFTY, **os.environ},
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: int, life: int) -> None:
    """Do one task after another until the pipe closes; what a worker process runs."""
    threading.Thread(target=_end_with_parent, args=(life,), daemon=True).start()
    connection = Connection(pipe)
    try:
        connection.send(True)
        while True:
            connection.send(done(*connection.recv()))
    except (EOFError, OSError):
        return


def _end_with_parent(life: int) -> None:
    os.read(life, 1)
    os._exit(1)


def done(work: Work, task: Task) -> Outcome:
    """Return what became of a task, whatever ``work`` raises."""
    try:
        return work(task)
    except UsageError as error:
        return Outcome(code=CANNOT_WRITE, message=str(error))
    except InstallationError as error:
        return Outcome(code=NOT_INSTALLED, message=str(error))
    except FormcheckError as error:
        return Outcome(code="failed", message=str(error))
    except MemoryError:
        return Outcome(code="out_of_memory", message=f"There was not enough memory for it: {MORE_MEMORY}")
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return Outcome(code="failed", message=f"formcheck failed on it, which is no fault of the clip: {fault}")
