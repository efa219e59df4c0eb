import threading
import time
from collections.abc import Iterator

import pytest

from formcheck.video.conveyor import Conveyor


class Source:
    """Counts what was made, and notices its end."""

    def __init__(self, count: int, fails_at: int | None = None) -> None:
        self.made = 0
        self.closed = False
        self._count, self._fails_at = count, fails_at

    def items(self) -> Iterator[int]:
        try:
            for index in range(self._count):
                if index == self._fails_at:
                    raise OSError("broken")
                self.made += 1
                yield index
        finally:
            self.closed = True


def test_items_come_in_order() -> None:
    assert list(Conveyor(Source(100).items(), ahead=3)) == list(range(100))


def test_at_most_a_few_items_are_made_ahead() -> None:
    source = Source(100)
    conveyor = Conveyor(source.items(), ahead=3)
    for taken in range(1, 20):
        next(conveyor)
        time.sleep(0.002)
        assert source.made <= taken + 3
    conveyor.close()


def test_a_failure_arrives_after_the_items_before_it() -> None:
    conveyor = Conveyor(Source(10, fails_at=4).items(), ahead=2)
    taken: list[int] = []

    with pytest.raises(OSError, match="broken"):
        taken.extend(conveyor)

    assert taken == [0, 1, 2, 3]
    assert list(conveyor) == []


def test_closing_early_ends_the_thread_and_the_iterator() -> None:
    source = Source(1000)
    before = threading.active_count()
    conveyor = Conveyor(source.items(), ahead=2)
    next(conveyor)

    conveyor.close()
    conveyor.close()

    assert source.closed
    assert threading.active_count() == before
    assert list(conveyor) == []
