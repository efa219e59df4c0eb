"""Makes a long clip of a short one, by playing it several times over."""

from __future__ import annotations

import math
from pathlib import Path

import av


def write_loop(clip: Path, target: Path, seconds: float) -> float:
    """Write ``clip`` to ``target`` as often as it takes to last ``seconds``, and return how long that is.

    The coded pictures are copied as they are, so that nothing is lost and decoding costs what it did.
    """
    with av.open(str(clip)) as source, av.open(str(target), "w") as output:
        stream = source.streams.video[0]
        if stream.time_base is None or stream.average_rate is None or not stream.frames:
            raise ValueError(f"{clip} does not say how many frames it has: take another clip.")
        lasts = stream.frames / stream.average_rate
        ticks = round(lasts / stream.time_base)
        copy = output.add_stream_from_template(stream)
        times = math.ceil(seconds / lasts)
        for turn in range(times):
            source.seek(0)
            for packet in source.demux(stream):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts += turn * ticks
                packet.dts += turn * ticks
                packet.stream = copy
                output.mux(packet)
    return float(times * lasts)
