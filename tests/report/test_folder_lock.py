"""Two runs at once, and runs that were killed: every result is one run's whole result, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.processes import SOURCES

from formcheck.report.folder import write_files
from formcheck.report.folder_lock import clear_remains, only_writer
from formcheck.report.folder_names import paths_of_result, result_folders
from formcheck.report.whole_file import write_text
from formcheck.video.unfinished import whole_file

KILLED = """
import os, signal, sys
from pathlib import Path
from formcheck.report import folder, whole_file
from formcheck.video import unfinished

def die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)

place, when = Path(sys.argv[1]), sys.argv[2]
files = {"angles.csv": b"half", "report.html": b"half", "result.json": b'{"clips": [{"path": "/clips/run.mp4"}]}'}
if when == "moving":
    really_replace, moved = Path.replace, []
    def replace(self, target):
        die() if moved else moved.append(really_replace(self, target))
    Path.replace = replace
    folder.write_files(files, place)
elif when == "staging":
    folder.shutil.rmtree = folder._move = die
    folder.write_files(files, place)
else:
    with unfinished.whole_file(place / "all.json") as temporary:
        temporary.write_text("half")
        die()
"""


def killed(place: Path, when: str) -> None:
    """Let a process write into a folder and die by force in the middle."""
    place.mkdir(parents=True, exist_ok=True)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(place), when],
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )
    assert ended.returncode == -signal.SIGKILL


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def remains_in(folder: Path) -> set[str]:
    return {name for name in names(folder) if name.startswith(".formcheck-")}


@pytest.mark.parametrize("when", ["staging", "moving"])
def test_the_next_run_clears_what_a_killed_one_left_and_keeps_what_is_the_users(tmp_path: Path, when: str) -> None:
    place = tmp_path / "run"
    killed(place, when)
    (place / "notes.txt").write_text("mine")
    assert remains_in(place)

    write_files({"result.json": b"{}"}, place)

    assert not remains_in(place)
    assert (place / "notes.txt").read_text() == "mine"
    assert (place / "result.json").read_bytes() == b"{}"


def test_a_result_half_moved_in_is_known_for_its_clips_and_replaced_in_its_own_folder(tmp_path: Path) -> None:
    place = tmp_path / "run"
    killed(place, "moving")
    assert names(place) - remains_in(place) == {"angles.csv"}
    assert paths_of_result(place) == ["/clips/run.mp4"]

    (folder,) = result_folders(tmp_path, [(Path("/clips/run.mp4"),)])
    (other,) = result_folders(tmp_path, [(Path("/others/run.mp4"),)])
    assert folder == place
    assert other != place
    write_files({"result.json": b"{}"}, folder)
    assert names(place) == {"result.json"}


def test_a_file_that_a_killed_run_left_half_written_goes_with_the_next_one(tmp_path: Path) -> None:
    killed(tmp_path, "file")
    assert len(remains_in(tmp_path)) == 1
    with whole_file(tmp_path / "slow.json") as in_use:
        write_text("whole", tmp_path / "all.json")
        assert remains_in(tmp_path) == {in_use.name}
        in_use.write_text("in time")
    assert (tmp_path / "slow.json").read_text() == "in time"
    assert names(tmp_path) == {"all.json", "slow.json"}


def test_two_runs_into_one_folder_write_one_after_the_other(tmp_path: Path) -> None:
    place = tmp_path / "out" / "run"
    second = threading.Thread(target=write_files, args=({"result.json": b"second"}, place))
    with only_writer(place):
        (place / ".formcheck-abcd1234").mkdir()
        second.start()
        time.sleep(0.2)
        clear_remains(place)
        assert names(place) == {".formcheck-abcd1234"}
    second.join(timeout=20)
    assert names(place) == {"result.json"}


def test_whoever_waited_for_a_folder_that_is_gone_makes_it_again(tmp_path: Path) -> None:
    place = tmp_path / "run"
    second = threading.Thread(target=write_files, args=({"result.json": b"second"}, place))
    with only_writer(place):
        second.start()
        time.sleep(0.2)
        place.rmdir()
    second.join(timeout=20)
    assert names(place) == {"result.json"}


def test_links_and_other_files_with_like_names_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "mine").write_text("mine")
    (tmp_path / ".formcheck-batch").mkdir()
    (tmp_path / ".formcheck-rc").write_text("mine")
    (tmp_path / ".formcheck-abcd1234").symlink_to(tmp_path / "target")
    clear_remains(tmp_path)
    assert names(tmp_path) == {"target", ".formcheck-batch", ".formcheck-rc"}
    assert (tmp_path / "target" / "mine").exists()
