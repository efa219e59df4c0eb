import os
import time
from pathlib import Path

import pytest
from tests.batch.pretended import begun, task, work, workers_of

from formcheck.batch.pool import USUAL_LIMIT_SECONDS, run_all, time_limit
from formcheck.batch.task import Outcome


def outcomes(folder: Path, *names: str, workers: int = 2, timeout_s: float | None = None) -> list[Outcome]:
    """Return the outcome of each clip; the order in which they come does not matter."""
    tasks = [task(folder / name) for name in names]
    found: dict[int, Outcome] = {}
    for number, outcome in run_all(tasks, work, workers=workers, timeout_s=timeout_s):
        assert number not in found
        found[number] = outcome
    return [found[number] for number in range(len(tasks))]


def test_every_clip_gets_its_own_outcome(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "a.mp4", "empty.mp4", "b.mp4")
    assert [outcome.code for outcome in found] == [None, "nobody_in_view", None]
    assert all((tmp_path / "out" / name / "result.json").exists() for name in ("a", "empty", "b"))


def test_a_worker_takes_one_clip_after_the_other(tmp_path: Path) -> None:
    assert all(outcome.assessed for outcome in outcomes(tmp_path, *(f"{n}.mp4" for n in range(20)), workers=1))
    assert begun(tmp_path) == [f"{n}.mp4" for n in range(20)]


def test_a_clip_that_ends_its_worker_is_tried_twice_and_the_others_go_on(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "crash.mp4", "a.mp4", "killed.mp4", "b.mp4")
    assert [outcome.code for outcome in found] == ["crashed", None, "out_of_memory", None]
    assert "exit code 3" in (found[0].message or "")
    assert "SIGKILL" in (found[2].message or "")
    assert begun(tmp_path).count("crash.mp4") == 2
    assert not (tmp_path / "out" / "killed").exists()


def test_a_clip_whose_worker_died_once_is_assessed_the_second_time(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "stumble.mp4", workers=1)
    assert found[0].assessed
    assert begun(tmp_path) == ["stumble.mp4"] * 2


def test_the_second_try_has_the_machine_to_itself(tmp_path: Path) -> None:
    of_other_tests = workers_of(os.getpid())
    names = ("stumble.mp4", *(f"slow-{n}.mp4" for n in range(6)))
    assert all(outcome.assessed for outcome in outcomes(tmp_path, *names, workers=3))
    assert {*(tmp_path / "stumble.beside").read_text().split()} <= of_other_tests


def test_a_worker_that_the_system_kills_is_told_as_a_lack_of_memory(tmp_path: Path) -> None:
    (found,) = outcomes(tmp_path, "killed.mp4")
    assert found.code == "out_of_memory"
    assert "not enough memory" in (found.message or "")
    assert "--workers" in (found.message or "")


def test_a_clip_that_hangs_is_given_up_after_its_time_and_not_tried_again(tmp_path: Path) -> None:
    since = time.monotonic()
    found = outcomes(tmp_path, "hang.mp4", "a.mp4", workers=1, timeout_s=6.0)
    assert [outcome.code for outcome in found] == ["timeout", None]
    assert "6 seconds" in (found[0].message or "")
    assert begun(tmp_path).count("hang.mp4") == 1
    assert time.monotonic() - since < 30


def test_a_clip_that_hangs_is_given_up_without_any_wish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.batch.pool.USUAL_LIMIT_SECONDS", 4.0)
    found = outcomes(tmp_path, "hang.mp4", "a.mp4", workers=1)
    assert [outcome.code for outcome in found] == ["timeout", None]


def test_a_large_clip_may_take_longer(tmp_path: Path) -> None:
    clip = tmp_path / "a.mp4"
    assert time_limit(task(clip), None) == USUAL_LIMIT_SECONDS
    with clip.open("wb") as file:
        file.truncate(1_000_000_000)
    assert time_limit(task(clip), None) == pytest.approx(61_800.0)
    assert time_limit(task(clip), 5.0) == 5.0


def test_what_a_clip_raises_becomes_its_reason(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "raise.mp4", "memory.mp4", "full.mp4", "uninstalled.mp4", "a.mp4")
    assert [outcome.code for outcome in found] == ["failed", "out_of_memory", "cannot_write", "not_installed", None]
    assert "ZeroDivisionError: division by zero" in (found[0].message or "")


def test_leaving_early_ends_the_workers_at_once(tmp_path: Path) -> None:
    tasks = [task(tmp_path / name) for name in ("a.mp4", "hang.mp4", "hang-too.mp4")]
    running = run_all(tasks, work, workers=2)
    assert next(running)[0] == 0
    since = time.monotonic()
    running.close()  # type: ignore[attr-defined]
    assert time.monotonic() - since < 2
