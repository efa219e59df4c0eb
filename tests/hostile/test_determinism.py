"""The same clip gives the same ``result.json`` to the last byte: again, from the cache, and whoever works on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.filming import Recipe, athlete, film
from tests.processes import SOURCES

CLIPS = ("first.mp4", "second.mp4", "turned.mp4")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    film(folder / CLIPS[0], athlete()[:60])
    film(folder / CLIPS[1], athlete()[20:80])
    film(folder / CLIPS[2], (picture[::-1, ::-1] for picture in athlete()[40:100]), Recipe(rotation=180))
    return folder


def results(clips: Path, place: Path, *arguments: str, cache: str) -> dict[str, bytes]:
    """Run a command that writes into ``place`` and return the bytes of every result by its folder's name."""
    finished = subprocess.run(
        [sys.executable, "-m", "formcheck", *arguments, "-o", str(place), "--no-html"],
        cwd=clips,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=200,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "FORMCHECK_CACHE_DIR": str(place.parent / cache)},
    )
    assert finished.returncode == 0, finished.stderr
    found = {path.parent.name: path.read_bytes() for path in place.rglob("result.json")}
    assert set(found) == {Path(name).stem for name in CLIPS}
    return found


@pytest.mark.xdist_group("determinism")
def test_every_run_gives_the_same_bytes(clips: Path, tmp_path: Path) -> None:
    fresh = results(clips, tmp_path / "a", "analyze", *CLIPS, cache="one")
    assert results(clips, tmp_path / "b", "analyze", *reversed(CLIPS), "--no-cache", cache="one") == fresh
    assert results(clips, tmp_path / "c", "analyze", *CLIPS, "--no-video", cache="one") == fresh


@pytest.mark.xdist_group("determinism")
def test_any_number_of_workers_gives_the_same_bytes(clips: Path, tmp_path: Path) -> None:
    alone = results(clips, tmp_path / "a", "analyze", *CLIPS, "--no-video", cache="one")
    for workers in ("1", "2"):
        place = tmp_path / workers
        assert results(clips, place, "batch", ".", "--workers", workers, "--no-video", cache=workers) == alone
