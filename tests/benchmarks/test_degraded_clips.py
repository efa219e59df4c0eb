"""Degraded copies of clips: which are made, with which frames, and each once."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.cases import ClipCase, read_clips
from benchmarks.degradations import DEGRADATIONS
from benchmarks.degraded_clips import Order, encode, kept, makes_a_difference, orders, pictures, write_missing

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"


@pytest.fixture
def short(tmp_path: Path) -> ClipCase:
    """The first twelve frames of a sample, with its truth."""
    case = next(case for case in read_clips(SAMPLES) if case.exercise == "lunge")
    clip = tmp_path / "short.mp4"
    first = (frame for frame, _ in zip(pictures(case.path), range(12), strict=False))
    encode(first, clip, 18)
    return replace(case, path=clip)


def test_a_slower_clip_keeps_frames_at_their_true_times() -> None:
    frames = [(index / 30, np.zeros((2, 2, 3), np.uint8)) for index in range(31)]
    assert [round(t * 30) for t, _ in kept(iter(frames), 15.0)] == list(range(0, 31, 2))
    slower = [t for t, _ in kept(iter(frames), 24.0)]
    assert len(slower) == 25
    assert set(slower) < {t for t, _ in frames}
    assert len(list(kept(iter(frames), None))) == 31


def test_a_rate_that_a_clip_hardly_exceeds_is_left_out() -> None:
    assert not makes_a_difference(DEGRADATIONS["fps_24"], 25.0)
    assert makes_a_difference(DEGRADATIONS["fps_24"], 30.0)
    assert makes_a_difference(DEGRADATIONS["dark"], 10.0)


def test_the_same_order_writes_the_same_file_once(short: ClipCase, tmp_path: Path) -> None:
    made = [orders([short, short], ["fps_15"], tmp_path / name)[0] for name in ("one", "two")]
    write_missing(made, workers=1)
    first, second = (order.case.path for order in made)
    assert first.read_bytes() == second.read_bytes()
    before = first.stat().st_mtime_ns
    write_missing(made, workers=1)
    assert first.stat().st_mtime_ns == before
    assert made[0].case.truth == short.truth


@pytest.mark.parametrize("name", ["half_size", "rolled", "second_person", "mirrored"])
def test_a_degraded_clip_keeps_frames_and_times(short: ClipCase, tmp_path: Path, name: str) -> None:
    order = Order(original=short, companion=short, degradation=name, folder=tmp_path / "out")
    write_missing([order], workers=1)
    times, degraded = ([time_s for time_s, _ in pictures(path)] for path in (short.path, order.case.path))
    assert degraded == pytest.approx(times, abs=1e-4)


def test_only_who_comes_into_the_picture_changes_the_name(short: ClipCase, tmp_path: Path) -> None:
    other = next(case for case in read_clips(SAMPLES) if case.exercise != "lunge")

    def place(name: str, companion: ClipCase) -> Path:
        return Order(original=short, companion=companion, degradation=name, folder=tmp_path).case.path

    assert place("dark", short) == place("dark", other)
    assert place("second_person", short) != place("second_person", other)
