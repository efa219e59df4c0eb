"""The real command line where the machine is at fault: a clear sentence or a silent repair, and nothing is lost."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import SOURCES
from tests.video.films import shoot

ROOT = SOURCES.parent
TRACK = ROOT / "tests" / "data" / "tracks" / "high_knees_thigh_low_side.npz"
CLIP = ROOT / "sample_videos" / "lunge_knee_past_ankle.mp4"
FILES = {"result.json", "angles.csv", "report.html"}


def formcheck(
    *arguments: str, folder: Path, before: str = "", sources: Path = SOURCES, **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own; ``before`` is what a shell does first, such as mounting a disk."""
    surroundings = {**os.environ, "PYTHONPATH": str(sources), "FORMCHECK_CACHE_DIR": str(folder / "cache")}
    surroundings |= {name: value for name, value in environment.items() if value is not None}
    for name in [name for name, value in environment.items() if value is None]:
        surroundings.pop(name, None)
    command = [sys.executable, "-m", "formcheck", *arguments]
    if before:
        inside = f"{before} && {shlex.join(command)}; ended=$?; ls -AR disk >&2; exit $ended"
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", inside]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=folder, env=surroundings
    )


def can_mount() -> bool:
    trial = "mount -t tmpfs none /mnt"
    asked = ["unshare", "--map-root-user", "--mount", "sh", "-c", trial]
    return (
        shutil.which("unshare") is not None and subprocess.run(asked, capture_output=True, check=False).returncode == 0
    )


MOUNTING = pytest.mark.skipif(not can_mount(), reason="this kernel lets nobody mount a disk of their own")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def listed(run: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what lay on the small disk when the command had ended."""
    return [line for line in run.stderr.splitlines() if line and not line.startswith(("Error", "disk"))]


@MOUNTING
@pytest.mark.parametrize("command", ["analyze", "batch"])
def test_a_full_disk_is_told_and_no_part_of_a_result_stays(tmp_path: Path, command: str) -> None:
    (tmp_path / "disk").mkdir()
    small = "mount -t tmpfs -o size=100k none disk && echo mine > disk/notes.txt"
    run = formcheck(command, str(TRACK), "-q", "-o", "disk/out", folder=tmp_path, before=small)
    assert run.returncode == 2
    assert run.stderr.startswith("Error: Cannot write ")
    assert "the disk is full; free some space, or choose another place." in run.stderr
    assert "notes.txt" in listed(run)
    assert not FILES & {*listed(run)}


@MOUNTING
def test_a_full_disk_under_the_cache_is_nobodys_concern(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    clip = shoot(tmp_path / "empty.mp4")
    full = "mount -t tmpfs -o size=4k none disk && head -c 4096 /dev/zero > disk/mine"
    asked = ("analyze", str(clip), "-q", "--model", "lite", "--json", "all.json")
    run = formcheck(*asked, folder=tmp_path, before=full, FORMCHECK_CACHE_DIR=str(tmp_path / "disk"))
    assert run.returncode == 1
    assert run.stderr.startswith("empty.mp4: Nobody could be followed")
    assert listed(run)[1:] == ["mine", "poses"]
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["reason"]["code"] == "nobody_in_view"


@MOUNTING
@pytest.mark.parametrize("command", ["analyze", "batch"])
def test_a_read_only_folder_is_told_before_any_clip_is_touched(tmp_path: Path, command: str) -> None:
    (tmp_path / "disk").mkdir()
    read_only = "mount -t tmpfs none disk && mkdir disk/out && mount -o remount,ro disk"
    run = formcheck(command, str(TRACK), "-q", "-o", "disk/out", folder=tmp_path, before=read_only)
    assert run.returncode == 2
    assert run.stderr.splitlines()[0] == (
        "Error: Cannot write 'disk/out': the disk is read-only, or choose another place."
    )


def package(folder: Path) -> tuple[Path, Path]:
    """Return the sources of a formcheck of its own and the folder of its models, which are links to ours."""
    shutil.copytree(SOURCES / "formcheck", folder / "src" / "formcheck", ignore=shutil.ignore_patterns("__pycache__"))
    models = folder / "models"
    models.mkdir()
    for path in (ROOT / "models").iterdir():
        if path.is_file():
            (models / path.name).symlink_to(path)
    return folder / "src", models


def test_a_damaged_model_is_told_with_its_remedy_and_leaves_nothing(tmp_path: Path) -> None:
    sources, models = package(tmp_path / "installed")
    model = models / "pose_landmarker_full.task"
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.unlink()
    model.write_bytes(content)
    run = formcheck("analyze", str(CLIP), folder=tmp_path, sources=sources)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        f"Error: The pose model {model} is damaged (its checksum is wrong): "
        "install formcheck again, or run make models in a checkout.\n"
    )
    assert names(tmp_path) == {"installed"}


def test_missing_models_stop_a_batch_in_one_sentence_and_tracks_go_on(tmp_path: Path) -> None:
    sources, models = package(tmp_path / "installed")
    shutil.rmtree(models)
    run = formcheck("batch", str(CLIP), str(CLIP.with_name("lunge.mp4")), "-q", folder=tmp_path, sources=sources)
    assert run.returncode == 1
    assert run.stderr.startswith("Error: The pose models with their checksums.json are missing from ")
    assert run.stderr.count("\n") == 1
    run = formcheck("analyze", str(TRACK), "-q", "--no-html", folder=tmp_path, sources=sources)
    assert (run.returncode, run.stderr) == (0, "")


def test_two_runs_at_once_leave_one_whole_result(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "formcheck", "analyze", str(TRACK), "-q", "--exercise"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    runs = {
        exercise: subprocess.Popen([*command, exercise], cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
        for exercise in ("high_knees", "butt_kicks")
    }
    ended = {exercise: (run.communicate(timeout=120)[1], run.returncode) for exercise, run in runs.items()}
    assert ended["high_knees"] == (b"", 0)
    assert ended["butt_kicks"][1] in {0, 1}
    folder = tmp_path / "formcheck-results" / TRACK.stem
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert names(folder) == (FILES if document["assessments"] else {"result.json", "angles.csv"})


def test_a_cache_that_holds_rubbish_is_made_anew_without_a_word(tmp_path: Path) -> None:
    clip = shoot(tmp_path / "empty.mp4")
    asked = ("analyze", str(clip), "--no-video", "--no-html", "--model", "lite", "--json", "-")
    first = formcheck(*asked, folder=tmp_path)
    (entry,) = (tmp_path / "cache" / "poses").iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(whole[: len(whole) // 2])
    run = formcheck(*asked, folder=tmp_path)
    assert json.loads(run.stdout)["reason"]["code"] == "nobody_in_view"
    assert (run.returncode, run.stdout, run.stderr) == (1, first.stdout, first.stderr)
    assert entry.read_bytes() == whole
