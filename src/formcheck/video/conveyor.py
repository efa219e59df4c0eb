"""A thread that works a few items ahead of whoever takes them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

POLL_SECONDS = 0.05
"""How soon the thread notices that nobody wants its items any more."""


@dataclass(frozen=True)
class _End:
    """The thread's last word: what went wrong, or None."""

    error: BaseException | None


class Conveyor(Generic[Item]):
    """Runs an iterator in its own thread and hands its items over in order.

    At most ``ahead`` items wait, one in the making among them, so memory does not grow with the number of items. An
    exception of the iterator is raised where the items are taken. ``close`` stops the thread and waits for it, whatever
    is left.
    """

    def __init__(self, items: Iterator[Item], *, ahead: int) -> None:
        self._items = items
        self._waiting: queue.SimpleQueue[Item | _End] = queue.SimpleQueue()
        self._room = threading.Semaphore(ahead)
        self._unwanted = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="formcheck-conveyor", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        if self._ended:
            raise StopIteration
        item = self._waiting.get()
        if not isinstance(item, _End):
            self._room.release()
            return item
        self._ended = True
        self._thread.join()
        if item.error is not None:
            raise item.error
        raise StopIteration

    def close(self) -> None:
        """Stop the thread, wait for its end and let go of what was not taken."""
        self._unwanted.set()
        self._ended = True
        self._thread.join()
        self._waiting = queue.SimpleQueue()

    def _work(self) -> None:
        error = None
        try:
            while self._gets_room():
                self._waiting.put(next(self._items))
        except StopIteration:
            pass
        except BaseException as raised:  # raised again where the items are taken
            error = raised
        finally:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()
            self._waiting.put(_End(error))

    def _gets_room(self) -> bool:
        """Wait until another item may be made; False once nobody wants items any more."""
        while not self._unwanted.is_set():
            if self._room.acquire(timeout=POLL_SECONDS):
                return True
        return False
