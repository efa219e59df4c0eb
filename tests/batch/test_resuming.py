"""Whatever breaks a batch off, the next run finishes the rest and the tables do not show it."""

import csv
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from tests.batch.pretended import LOG, begun
from tests.batch.runs import Silent, batch, clips, command, tables, wait_for

import formcheck
from formcheck.analysis import Options
from formcheck.batch.ledger import FOLDER, Ledger
from formcheck.batch.task import Outcome
from formcheck.errors import InstallationError, UsageError
from formcheck.report.folder import Outputs
from formcheck.vocabulary import Context

NAMES = tuple(f"{number}-slow.mp4" for number in range(6))


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    folder, out, teller = clips(tmp_path / "clips", "a.mp4", "empty.mp4"), tmp_path / "out", Silent()
    batch(folder, out)
    first = tables(out)
    batch(folder, out, teller)
    assert teller.already == 2
    assert len(begun(folder)) == 2
    assert tables(out) == first


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"force": True}, id="forced"),
        pytest.param({"options": Options(context=Context.AFTER)}, id="other options"),
        pytest.param({"outputs": Outputs(video=False, page=False, landmarks=True)}, id="other files wanted"),
    ],
)
def test_other_wishes_are_done_anew(tmp_path: Path, change: dict[str, Any]) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out"
    batch(folder, out)
    batch(folder, out, **change)
    assert len(begun(folder)) == 2


def test_how_fast_it_is_done_does_not_make_it_new(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out"
    batch(folder, out)
    batch(folder, out, workers=1, timeout_s=30.0, options=Options(use_cache=False))
    assert len(begun(folder)) == 1


def test_another_content_another_version_and_a_lost_file_are_done_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out"
    batch(folder, out)
    (folder / "a.mp4").write_text("another take")
    batch(folder, out)
    assert len(begun(folder)) == 2
    (out / "a" / "result.json").unlink()
    batch(folder, out)
    assert len(begun(folder)) == 3
    monkeypatch.setattr(formcheck, "__version__", "999")
    batch(folder, out)
    assert len(begun(folder)) == 4


def test_a_verdict_that_another_call_replaced_is_made_again(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out"
    batch(folder, out)
    result = out / "a" / "result.json"
    before = result.read_text()
    result.write_text(before.replace("content", "other"))
    batch(folder, out)
    assert result.read_text() == before


def test_failures_that_may_pass_are_tried_again(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "crash.mp4", "raise.mp4", "empty.mp4"), tmp_path / "out"
    batch(folder, out)
    (folder / LOG).unlink()
    batch(folder, out)
    assert sorted(begun(folder)) == ["crash.mp4", "crash.mp4", "raise.mp4"]


def test_a_damaged_ledger_costs_time_and_nothing_else(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4", "b.mp4"), tmp_path / "out"
    batch(folder, out)
    first = tables(out)
    for number, entry in enumerate(sorted((out / FOLDER / "clips").iterdir())):
        entry.write_text(('{"rows": 3', '["no", "entry"]')[number])
    (out / FOLDER / "contents.json").write_text("[]")
    batch(folder, out)
    assert tables(out) == first
    assert len(begun(folder)) == 4


def test_a_number_changed_in_the_ledger_is_not_believed(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out"
    batch(folder, out)
    first = tables(out)
    (entry,) = (out / FOLDER / "clips").iterdir()
    written = entry.read_text()
    entry.write_text(written.replace("87.5", "97.5"))
    batch(folder, out)
    assert tables(out) == first
    assert entry.read_text() == written


def test_ctrl_c_stops_within_two_seconds_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", *(f"long-clip-{n}.mp4" for n in range(3)), "hang.mp4", "hang-too.mp4")
    asked = (str(folder), "-o", str(tmp_path / "out"), "--workers", "2", "--no-video", "--no-html")
    process = command(*asked)
    wait_for(folder, "hang.mp4")
    wait_for(folder, "hang-too.mp4")
    time.sleep(0.3)
    since = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - since < 2
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert len(list((tmp_path / "out" / FOLDER / "clips").iterdir())) == 3
    assert "Stopped. 3 of 5 clips done and kept; the same command goes on from there." in errors
    assert "The tables show what is done." in errors
    assert [Path(name).name for name in files_in(tmp_path / "out")] == [f"long-clip-{n}.mp4" for n in range(3)]


def files_in(output: Path) -> list[str]:
    with (output / "summary.csv").open(encoding="utf-8", newline="") as table:
        return [row["file"] for row in csv.DictReader(table)]


def interrupted(folder: Path, out: Path, teller: Silent, after: int, **more: Any) -> None:
    """Run a batch that Ctrl-C stops when so many clips are done."""

    def finished(number: int, outcome: Outcome) -> None:
        teller.done.append(teller.plan[number].clip.path.name)
        if len(teller.done) == after:
            raise KeyboardInterrupt

    teller.finished = finished  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        batch(folder, out, teller, workers=1, **more)


def test_after_ctrl_c_tables_and_page_show_what_is_finished_also_before(tmp_path: Path) -> None:
    folder, out, teller = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out", Silent()
    batch(folder, out)
    clips(folder, "b.mp4", "c-empty.mp4", "d.mp4", "e.mp4")
    interrupted(folder, out, teller, after=2, outputs=Outputs(video=False, page=False))
    assert teller.tables_told
    assert sorted(Path(name).name for name in files_in(out)) + failed_in(out) == sorted(["a.mp4", *teller.done])
    clips(folder, "f.mp4")
    interrupted(folder, out, Silent(), after=1, outputs=Outputs(video=False, page=True))
    assert (out / "club.html").exists()


def failed_in(output: Path) -> list[str]:
    with (output / "failures.csv").open(encoding="utf-8", newline="") as table:
        return [Path(row["file"]).name for row in csv.DictReader(table)]


def test_ctrl_c_while_all_is_done_anew_keeps_the_rows_of_what_is_not(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4", "b.mp4", "c.mp4"), tmp_path / "out"
    batch(folder, out)
    before = tables(out)
    interrupted(folder, out, Silent(), after=1, force=True)
    assert tables(out) == before


def test_a_season_too_large_to_write_in_time_is_told_and_written_when_it_is_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.batch.run.MOST_ROWS_ON_LEAVING", 1)
    folder, out, teller = clips(tmp_path / "clips", "a.mp4", "b.mp4", "c.mp4"), tmp_path / "out", Silent()
    interrupted(folder, out, teller, after=2)
    assert not teller.tables_told
    assert not (out / "summary.csv").exists()
    assert len(batch(folder, out).rows) == 3


def test_after_a_kill_the_next_run_finishes_the_rest_and_the_tables_are_the_same(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", *NAMES)
    batch(folder, tmp_path / "undisturbed")
    (folder / LOG).unlink()
    out = tmp_path / "out"
    process = command(str(folder), "-o", str(out), "--workers", "2", "--no-video", "--no-html")
    wait_for(folder, NAMES[3])
    process.kill()
    process.communicate()
    before = len(begun(folder))
    leave_half_a_result(out / "5-slow")
    teller = Silent()
    batch(folder, out, teller)
    assert 1 <= teller.already < len(NAMES)
    assert len(begun(folder)) - before == len(NAMES) - teller.already
    assert tables(out) == tables(tmp_path / "undisturbed")
    assert not list(out.rglob(".formcheck-abcd1234"))


def leave_half_a_result(folder: Path) -> None:
    """What a run killed while it moves files in leaves: some of them, and its staging folder."""
    from tests.batch.pretended import task

    (folder / ".formcheck-abcd1234").mkdir(parents=True)
    (folder / "angles.csv").write_text("half a result")
    Ledger(folder.parent).begin(task(Path("clip.mp4"), folder.parent).__class__(**{
        **task(Path("clip.mp4"), folder.parent).__dict__, "folder": folder.absolute(),
    }))  # fmt: skip


def test_workers_do_not_outlive_a_killed_batch(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", "slow-0.mp4", "slow-1.mp4", "slow-2.mp4", "slow-3.mp4")
    process = command(str(folder), "-o", str(tmp_path / "out"), "--workers", "1", "--no-video", "--no-html")
    wait_for(folder, "slow-0.mp4")
    process.kill()
    process.communicate()
    seen = len(begun(folder))
    time.sleep(1.0)
    assert len(begun(folder)) <= seen + 1 < 4


def test_two_batches_never_write_into_one_folder(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "a.mp4"), tmp_path / "out"
    with Ledger(out).held(), pytest.raises(UsageError, match="Another formcheck batch is writing"):
        batch(folder, out)
    assert batch(folder, out).rows


def test_a_place_that_cannot_be_written_and_a_missing_model_stop_the_batch(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", *(f"full-{n}.mp4" for n in range(9)))
    with pytest.raises(UsageError, match="the disk is full"):
        batch(folder, tmp_path / "out", workers=1)
    assert len(begun(folder)) < 9
    folder = clips(tmp_path / "more", "uninstalled.mp4", "uninstalled-too.mp4")
    with pytest.raises(InstallationError, match="pose model is missing"):
        batch(folder, tmp_path / "out")


def test_an_output_folder_that_vanishes_is_told_and_the_next_run_makes_all_of_it_again(tmp_path: Path) -> None:
    folder, out = clips(tmp_path / "clips", "first-and-largest.mp4", "vanish.mp4"), tmp_path / "out"
    with pytest.raises(
        UsageError, match=r"^The result of 1 clip vanished from .*first.*: run the same command again\.$"
    ):
        batch(folder, out, workers=1)
    assert not (out / "summary.csv").exists()
    (folder / "vanish.mp4").rename(folder / "stays.mp4")
    assert len(batch(folder, out, workers=1).rows) == 2
