"""Clips over a real Dask scheduler with real worker processes."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.batch.pretended import begun, work
from tests.batch.runs import ROOT, batch, clips

from formcheck.batch.cluster import Order, deliver, run_on_cluster
from formcheck.batch.task import Outcome, Task
from formcheck.errors import UsageError

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of two worker processes that can import the pretended pipeline."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0
        ) as made:
            yield made


def on_cluster(cluster: Any, folder: Path, output: Path, **more: Any) -> Any:
    return batch(folder, output, dask=cluster.scheduler_address, **more)


def test_every_clip_is_done_once_and_the_table_is_that_of_local_workers(cluster: Any, tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", *(f"{n}.mp4" for n in range(12)), "empty.mp4", "raise.mp4")
    result = on_cluster(cluster, folder, tmp_path / "out")
    assert sorted(begun(folder)) == sorted(path.name for path in folder.glob("*.mp4"))
    assert [failure.reason for failure in result.failures] == ["nobody_in_view", "failed"]
    batch(folder, tmp_path / "local")
    for name in ("summary.csv", "failures.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


def test_a_clip_that_crashes_or_hangs_costs_no_dask_worker(cluster: Any, tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", "crash.mp4", "hang.mp4", "a.mp4", "killed.mp4")
    before = workers_of(cluster)
    result = on_cluster(cluster, folder, tmp_path / "out", timeout_s=3.0)
    assert [f"{f.file[-9:]} {f.reason}" for f in result.failures] == [
        "crash.mp4 crashed",
        "/hang.mp4 timeout",
        "illed.mp4 out_of_memory",
    ]
    assert workers_of(cluster) == before


def test_a_dask_worker_that_is_killed_loses_and_doubles_no_result(cluster: Any, tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", *(f"slow-{n}.mp4" for n in range(10)))
    tasks = [Task(path=path, sha256=None, folder=tmp_path / "out" / path.stem, options=None, outputs=None)  # type: ignore[arg-type]
             for path in sorted(folder.glob("*.mp4"))]  # fmt: skip
    found: list[int] = []
    for number, outcome in run_on_cluster(tasks, work, address=cluster.scheduler_address, workers=2):
        if not found:
            with distributed.Client(cluster) as client:
                victim = next(iter(client.run(os.getpid).values()))
            os.kill(victim, signal.SIGKILL)
        assert outcome.assessed
        found.append(number)
    assert sorted(found) == list(range(10))
    assert len(list((tmp_path / "out").glob("*/result.json"))) == 10


def test_a_worker_that_sees_neither_clip_nor_folder_is_sent_the_clip_and_sends_its_files(tmp_path: Path) -> None:
    folder = clips(tmp_path / "here", "a.mp4")
    here = Task(path=folder / "a.mp4", sha256="0" * 64, folder=tmp_path / "out" / "a", options=None, outputs=None)  # type: ignore[arg-type]
    order = Order(task=here, work=record, timeout_s=30.0, token=tmp_path / "unseen")
    assert deliver(order).outcome is None
    sent = deliver(Order(task=here, work=record, timeout_s=30.0, token=tmp_path / "unseen", content=b"moving pictures"))
    assert sent.outcome == Outcome(files=("result.json",))
    assert sent.files == {"result.json": b"moving pictures"}
    assert not here.folder.exists()


def record(task: Task, source: Path | None = None, folder: Path | None = None) -> Outcome:
    assert source is not None
    assert folder is not None
    folder.mkdir()
    shutil.copyfile(source, folder / "result.json")
    return Outcome(files=("result.json",))


def test_clips_that_no_worker_sees_are_sent(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = clips(tmp_path / "clips", "a.mp4", "b.mp4", "c.mp4")
    monkeypatch.setattr("formcheck.batch.cluster.deliver", from_afar)
    result = on_cluster(cluster, folder, tmp_path / "out")
    assert len(result.rows) == 3
    assert b"a.mp4".hex() in (tmp_path / "out" / "a" / "result.json").read_text()
    assert sorted(begun(folder)) == ["a.mp4", "b.mp4", "c.mp4"]


def from_afar(order: Order) -> Any:
    """Deliver as a machine does that shares no folder with the caller."""
    from dataclasses import replace

    seen_there = order.task if order.content else replace(order.task, sha256="1" * 64)
    return deliver(replace(order, task=seen_there, token=Path("/nowhere/token")))


def test_nobody_at_the_address_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.batch.cluster.CONNECT_SECONDS", 0.5)
    folder = clips(tmp_path / "clips", "a.mp4")
    for address in ("tcp://127.0.0.1:1", "moon"):
        with pytest.raises(UsageError, match="No Dask scheduler answers at"):
            batch(folder, tmp_path / "out", dask=address)


def test_without_dask_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.batch.cluster.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"formcheck\[cluster\]"):
        batch(clips(tmp_path / "clips", "a.mp4"), tmp_path / "out", dask="local")


def test_local_starts_a_cluster_of_its_own(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", "a.mp4", "b.mp4")
    since = time.monotonic()
    assert len(batch(folder, tmp_path / "out", dask="local").rows) == 2
    assert time.monotonic() - since < 20


def workers_of(cluster: Any) -> set[int]:
    with distributed.Client(cluster) as client:
        return {*client.run(os.getpid).values()}
