"""A file that is given as a landmark track is one, or it is refused in one clear sentence."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from tests.fuzz import arrays
from tests.fuzz.effort import examples

from formcheck.analysis import Options, analyse
from formcheck.errors import UnreadableClip
from formcheck.pose.cache import PoseCache, _entry
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import SHAPES, load_track

MODEL = "b" * 64


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tracks") / "a.npz"


def check_sentence(error: UnreadableClip, path: Path) -> None:
    sentence = str(error)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 1500


def check_poses(poses: PoseSequence) -> None:
    assert poses.time_s[0] == 0.0
    assert (np.diff(poses.time_s) > 0).all()
    for key, shape in SHAPES.items():
        values = getattr(poses, key)
        assert values.shape == (len(poses), *shape)
        assert not np.isinf(values).any()


def loaded(path: Path) -> PoseSequence | None:
    try:
        poses = load_track(path)
    except UnreadableClip as error:
        check_sentence(error, path)
        return None
    check_poses(poses)
    return poses


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@examples(12)
@given(made=arrays.arrays())
def test_arrays_of_any_kind_are_a_track_or_refused(track: Path, made: arrays.Arrays) -> None:
    track.write_bytes(arrays.packed(made))
    if loaded(track) is not None:
        made_of_it = analyse([track], Options()).assessment
        assert made_of_it.assessments or made_of_it.reason


@examples(60)
@given(content=arrays.strange_files() | arrays.scratched_files())
def test_files_of_any_content_are_a_track_or_refused(track: Path, content: bytes) -> None:
    track.write_bytes(content)
    tracemalloc.start()
    try:
        loaded(track)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert not arrays.Bait.taken


@examples(12)
@given(content=arrays.strange_files() | arrays.scratched_files() | arrays.arrays().map(arrays.packed))
def test_a_cache_entry_of_any_content_is_recalled_or_counts_as_none(track: Path, content: bytes) -> None:
    folder = track.parent / "cache"
    cache = PoseCache(folder=folder)
    folder.mkdir(exist_ok=True)
    entry = _entry(folder, "a" * 64, MODEL)
    entry.write_bytes(content)
    recalled = cache.recall(Path("a.mp4"), clip_sha256="a" * 64, model_sha256=MODEL)
    assert recalled is None or recalled.clip.sha256 == "a" * 64
