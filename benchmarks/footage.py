"""What the clips of a run are: their sizes, frame rates and length together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av

from benchmarks.cases import ClipCase


def footage(cases: Sequence[ClipCase]) -> dict[str, object]:
    """Return picture sizes, frame rates and minutes, as the headers tell them; nothing where there is no clip."""
    found = [_header(case.path) for case in cases]
    if not found:
        return {}
    sizes, rates, seconds = zip(*found, strict=True)
    return {
        "pictures": ", ".join(f"{width} x {height}" for width, height in sorted(set(sizes))),
        "frames a second": ", ".join(f"{rate:g}" for rate in sorted(set(rates))),
        "minutes": round(sum(seconds) / 60.0, 1),
    }


def _header(clip: Path) -> tuple[tuple[int, int], float, float]:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        rate = float(stream.average_rate or 0)
        return (stream.width, stream.height), round(rate, 2), stream.frames / rate if rate else 0.0
