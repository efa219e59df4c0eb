"""Keeps the C library from hoarding the memory of pictures that are done with.

Freed pictures stay with glibc, in one heap for each thread that ever asked for memory and with gaps that the next
picture does not fit into: analysing 4K took 2.2 GB, of which 0.6 GB were in use. The environment variable
MALLOC_MMAP_THRESHOLD_ cures that too, and the same for the series of very long clips, but each picture then comes as
fresh pages, at a third more processor time: only the workers of a batch, which live long, begin with it. Other C
libraries need no such care.
"""

from __future__ import annotations

import ctypes
from functools import cache

M_ARENA_MAX = -8
GIVE_BACK_AFTER_BYTES = 250_000_000


@cache
def share_one_heap() -> None:
    """Let threads that begin from now on take memory from a heap that there is already."""
    library = _glibc()
    if library is not None:
        library.mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """Return what is free, but not what is in use, to the operating system."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


class Tidying:
    """Gives memory back each time that so many bytes of pictures have gone by that gaps may have piled up."""

    def __init__(self) -> None:
        self._gone_by = 0

    def went_by(self, size: int) -> None:
        """Take note of a picture of so many bytes."""
        self._gone_by += size
        if self._gone_by >= GIVE_BACK_AFTER_BYTES:
            self._gone_by = 0
            give_back()


def pictures_within(pixels_in_all: int, *, pixels: int, most: int) -> int:
    """Return how many pictures of so many pixels each may be held at a time: one at least, and at most ``most``."""
    return max(1, min(most, pixels_in_all // max(1, pixels)))


@cache
def _glibc() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
