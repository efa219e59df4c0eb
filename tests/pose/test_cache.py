import json
import os
import pwd
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.pose.people import same, sequence

from formcheck.pose import cache as cache_module
from formcheck.pose.cache import PoseCache, Remembered, cache_folder
from formcheck.video.clip import ClipInfo
from formcheck.video.unfinished import whole_file

MODEL = "ab" * 32
CLIP = ClipInfo(
    name="first.mp4",
    path="somewhere/first.mp4",
    sha256="cd" * 32,
    duration_s=0.7,
    frames=20,
    fps=30.0,
    width=400,
    height=300,
    rotation_degrees=90,
    variable_frame_rate=True,
    recorded_at="2026-05-04T10:11:12Z",
)
RESULT = Remembered(
    clip=CLIP, poses=sequence(unseen=(3,)), warnings=("One frame with a wrong time stamp was left out.",)
)


@pytest.fixture
def cache(tmp_path: Path) -> PoseCache:
    return PoseCache(folder=tmp_path / "poses")


def recalled(cache: PoseCache, clip: str = CLIP.sha256, model: str = MODEL) -> Remembered | None:
    return cache.recall(Path("elsewhere/second.mp4"), clip_sha256=clip, model_sha256=model)


def entries(cache: PoseCache) -> list[Path]:
    assert cache.folder is not None
    return sorted(cache.folder.iterdir())


def test_a_result_comes_back_under_the_clips_present_name(cache: PoseCache) -> None:
    cache.remember(RESULT, model_sha256=MODEL)

    known = recalled(cache)

    assert known is not None
    assert known.clip == replace(CLIP, name="second.mp4", path="elsewhere/second.mp4")
    assert known.warnings == RESULT.warnings
    assert same(known.poses, RESULT.poses)


def test_another_clip_model_or_version_is_not_known(cache: PoseCache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.remember(RESULT, model_sha256=MODEL)

    assert recalled(cache, clip="ef" * 32) is None
    assert recalled(cache, model="01" * 32) is None
    monkeypatch.setattr(cache_module, "POSE_VERSION", cache_module.POSE_VERSION + 1)
    assert recalled(cache) is None


def test_an_empty_cache_knows_nothing(cache: PoseCache) -> None:
    assert recalled(cache) is None


@pytest.mark.parametrize("keep", [0, 10, 500])
def test_an_entry_cut_short_is_forgotten(cache: PoseCache, keep: int) -> None:
    cache.remember(RESULT, model_sha256=MODEL)
    (entry,) = entries(cache)
    entry.write_bytes(entry.read_bytes()[:keep])

    assert recalled(cache) is None


def test_no_scratch_anywhere_in_an_entry_does_harm(cache: PoseCache) -> None:
    cache.remember(RESULT, model_sha256=MODEL)
    (entry,) = entries(cache)
    content = entry.read_bytes()
    for start in range(0, len(content), max(1, len(content) // 60)):
        scratched = bytearray(content)
        scratched[start : start + 40] = bytes(len(scratched[start : start + 40]))
        entry.write_bytes(scratched)
        known = recalled(cache)

        assert known is None or same(known.poses, RESULT.poses)


def test_a_foreign_entry_is_redone(cache: PoseCache) -> None:
    cache.remember(RESULT, model_sha256=MODEL)
    (entry,) = entries(cache)
    for foreign in ({"facts": np.array("{}")}, {"facts": np.array("[1]")}, {"x": np.arange(3)}):
        np.savez(entry, **foreign)

        assert recalled(cache) is None


def test_an_entry_of_another_clip_under_this_name_is_redone(cache: PoseCache) -> None:
    cache.remember(replace(RESULT, clip=replace(CLIP, sha256="99" * 32)), model_sha256=MODEL)
    (entry,) = entries(cache)
    entry.rename(entry.with_name(entry.name.replace("99" * 32, CLIP.sha256)))

    assert recalled(cache) is None


def test_a_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PoseCache(folder=tmp_path / "file" / "poses")

    cache.remember(RESULT, model_sha256=MODEL)

    assert recalled(cache) is None


def test_what_was_unused_for_longest_is_forgotten_first(cache: PoseCache) -> None:
    models = [f"{number:064x}"[::-1] for number in range(4)]
    for age, model in enumerate(models[:3]):
        cache.remember(RESULT, model_sha256=model)
        newest = max(entries(cache), key=lambda entry: entry.stat().st_mtime_ns)
        os.utime(newest, (1000 + age, 1000 + age))
    assert recalled(cache, model=models[0]) is not None

    size = entries(cache)[0].stat().st_size
    PoseCache(folder=cache.folder, most_bytes=int(3.5 * size)).remember(RESULT, model_sha256=models[3])

    assert [recalled(cache, model=model) is not None for model in models] == [True, False, True, True]


def test_the_newest_entry_stays_even_if_it_alone_is_too_large(tmp_path: Path) -> None:
    cache = PoseCache(folder=tmp_path, most_bytes=1)

    cache.remember(RESULT, model_sha256=MODEL)

    assert recalled(cache) is not None


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORMCHECK_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path / "poses"

    monkeypatch.setenv("FORMCHECK_CACHE_DIR", "")
    usual = cache_folder()
    assert usual is not None
    assert "formcheck" in usual.parts


@pytest.mark.parametrize("home", [None, "relative/home"])
def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "FORMCHECK_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    if home is not None:
        monkeypatch.setenv("HOME", home)

    def nobody(_uid: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert cache_folder() is None
    nowhere = PoseCache(folder=None)
    nowhere.remember(RESULT, model_sha256=MODEL)
    assert recalled(nowhere) is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"fps": "thirty"}, id="words for a number"),
        pytest.param({"frames": None}, id="nothing for a number"),
        pytest.param({"recorded_at": 5}, id="a number for words"),
        pytest.param({"colour": "red"}, id="a fact of a later version"),
    ],
)
def test_an_entry_with_facts_of_another_kind_is_redone(cache: PoseCache, change: dict[str, object]) -> None:
    cache.remember(RESULT, model_sha256=MODEL)
    (entry,) = entries(cache)
    with np.load(entry) as stored:
        arrays = {key: stored[key] for key in stored.files}
    facts = json.loads(str(arrays["facts"]))
    arrays["facts"] = np.array(json.dumps({**facts, "clip": {**facts["clip"], **change}}))
    np.savez(entry, **arrays)

    assert recalled(cache) is None


@pytest.mark.parametrize("moment", [0, 4_102_444_800])
def test_a_clock_that_jumped_costs_nothing(cache: PoseCache, moment: int) -> None:
    cache.remember(RESULT, model_sha256=MODEL)
    os.utime(entries(cache)[0], (moment, moment))

    assert recalled(cache) is not None


def test_what_a_killed_run_left_half_written_goes_with_the_next_entry(cache: PoseCache) -> None:
    assert cache.folder is not None
    cache.folder.mkdir(parents=True, exist_ok=True)
    left, mine = cache.folder / f".formcheck-{'a' * 16}.npz", cache.folder / "notes.txt"
    left.write_bytes(b"half")
    mine.write_text("keep")
    with whole_file(cache.folder / "other.npz") as being_written:
        cache.remember(RESULT, model_sha256=MODEL)
        assert being_written.exists()

    assert not left.exists()
    assert mine.exists()
    assert recalled(cache) is not None
