"""A few clips that stand for many: different exercises, clean and faulty ones in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from benchmarks.angle_summary import SIDE_VIEW
from benchmarks.cases import CLIPS, ClipCase


def spread(cases: Sequence[ClipCase], wanted: int | None) -> list[ClipCase]:
    """Return at most ``wanted`` clips, all for None: one of each exercise, then a second one of each, and so on.

    More wanted clips always contain those of fewer. Clips from the side come before others.
    """
    own = [case for case in cases if case.group == CLIPS]
    names = dict.fromkeys(case.exercise for case in own)
    piles = [
        _in_turn([case for case in own if case.exercise == name], faulty_first=rank % 2 == 1)
        for rank, name in enumerate(names)
    ]
    rounds = zip_longest(*piles)
    return list(islice((case for case in chain.from_iterable(rounds) if case is not None), wanted))


def _in_turn(cases: Sequence[ClipCase], *, faulty_first: bool) -> Iterator[ClipCase]:
    """Yield clips of one exercise: those from the side first, faulty and clean ones in turn."""
    for from_the_side in (True, False):
        some = [case for case in cases if (case.view == SIDE_VIEW) == from_the_side]
        faulty, clean = [case for case in some if case.must], [case for case in some if not case.must]
        pairs = zip_longest(faulty, clean) if faulty_first else zip_longest(clean, faulty)
        yield from (case for case in chain.from_iterable(pairs) if case is not None)
