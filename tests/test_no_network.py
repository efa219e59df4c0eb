"""A whole analysis on a machine without any network: nothing is asked for, and nothing is missed."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import SOURCES

CLIP = SOURCES.parent / "sample_videos" / "high_knees_thigh_low.mp4"
ALONE = ["unshare", "--map-root-user", "--net"]
NO_NAMESPACES = shutil.which("unshare") is None or subprocess.run([*ALONE, "true"], check=False).returncode != 0
ADDRESSES = re.compile(r"AF_(?!UNIX|UNSPEC)\w+")


def test_the_pose_library_has_no_means_to_reach_a_network() -> None:
    package = importlib.util.find_spec("mediapipe")
    assert package is not None
    assert package.submodule_search_locations is not None
    (library,) = Path(package.submodule_search_locations[0], "tasks", "c").glob("libmediapipe.*")
    content = library.read_bytes()
    for name in (b"getaddrinfo", b"gethostbyname", b"clearcut", b"https_proxy"):
        assert name not in content


@pytest.mark.skipif(NO_NAMESPACES, reason="this kernel lets nobody make a network namespace of their own")
def test_an_analysis_needs_no_network_interface_no_home_and_asks_for_none(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    watched = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(calls)]
    asked = [sys.executable, "-m", "formcheck", "analyze", str(CLIP), "--model", "lite"]
    run = subprocess.run(
        [*ALONE, *(watched if shutil.which("strace") else ()), *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES), "HOME": "/proc/nowhere"},
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "High knees" in run.stdout
    folder = tmp_path / "formcheck-results" / CLIP.stem
    assert {path.name for path in folder.iterdir()} == {"result.json", "angles.csv", "report.html", "annotated.mp4"}
    if calls.exists():
        assert ADDRESSES.findall(calls.read_text(errors="replace")) == []
