from pathlib import Path

import av
import numpy as np
import pytest
from benchmarks.looping import write_loop

SAMPLE = Path(__file__).resolve().parents[2] / "sample_videos" / "high_knees_thigh_low.mp4"


def test_a_short_clip_becomes_a_long_one_with_even_frame_times(tmp_path: Path) -> None:
    lasts = write_loop(SAMPLE, tmp_path / "long.mp4", 20.0)
    with av.open(str(tmp_path / "long.mp4")) as container:
        times = [packet.pts * packet.time_base for packet in container.demux(video=0) if packet.pts is not None]
    steps = np.diff(np.array(sorted(times), dtype=np.float64))
    assert lasts >= 20.0
    assert len(times) == pytest.approx(25 * lasts)
    assert steps == pytest.approx(np.full(len(steps), 0.04), abs=1e-6)
