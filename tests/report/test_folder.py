import errno
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.report import verdicts

from formcheck.analysis import Analysis
from formcheck.assessment import Assessment
from formcheck.errors import UsageError
from formcheck.kinematics.recording import Recording
from formcheck.report.folder import Outputs, write_folder
from formcheck.report.folder_names import result_folders

ALL = {"result.json", "angles.csv", "report.html", "annotated.mp4"}


@pytest.fixture(autouse=True)
def renderers(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Page and video are other modules' work; here they leave a word each."""

    def write_page(
        assessment: Assessment, recordings: tuple[Recording, ...], target: Path, video_name: str | None
    ) -> None:
        target.write_text(f"page with {video_name}", encoding="utf-8")

    def write_annotated_video(recording: Recording, assessment: Assessment, clip_index: int, target: Path) -> None:
        target.write_text(f"video of {clip_index}", encoding="utf-8")

    both = SimpleNamespace(write_page=write_page, write_annotated_video=write_annotated_video)
    monkeypatch.setitem(sys.modules, "formcheck.report.page", both)
    monkeypatch.setitem(sys.modules, "formcheck.report.annotated", both)
    return both


def analysis(*clips: Path, is_track: bool = False) -> Analysis:
    paths = [str(clip) for clip in clips]
    return Analysis(
        assessment=verdicts.assessed(clips=tuple(verdicts.clip(path) for path in paths)),
        recordings=tuple(verdicts.recording(path, is_track=is_track) for path in paths),
    )


def folder_of(output: Path, *clips: Path) -> Path:
    (folder,) = result_folders(output, [clips])
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def put(output: Path, clip: Path, outputs: Outputs | None = None) -> Path:
    folder = folder_of(output, clip)
    write_folder(analysis(clip), folder, outputs or Outputs())
    return folder


def test_the_folder_is_named_after_the_clip_without_its_ending(tmp_path: Path) -> None:
    assert folder_of(tmp_path, Path("clips/high knees.v2.mp4")) == tmp_path / "high knees.v2"


@pytest.mark.parametrize("name", [".mp4", "..mp4", "...mp4", "-.mp4", "🏃.mov", "a\nb.mp4", "x" * 250 + ".mp4"])
def test_every_name_gives_a_folder_of_its_own_below_the_output(tmp_path: Path, name: str) -> None:
    folder = folder_of(tmp_path, Path(name))
    assert folder.parent == tmp_path
    assert folder.name not in {"", ".", ".."}
    (folder.parent / f"{folder.name}-12345678").mkdir()


def test_a_second_clip_of_the_same_name_gets_eight_hexadecimal_digits_of_its_path(tmp_path: Path) -> None:
    performances = [(Path("a/run.mp4"),), (Path("b/run.mp4"),), (Path("b/run.mov"),)]
    first, second, third = result_folders(tmp_path, performances)
    assert first.name == "run"
    assert second.name.startswith("run-")
    assert len(second.name) == len("run-") + 8
    assert int(second.name[4:], 16) >= 0
    assert len({first, second, third}) == 3
    assert result_folders(tmp_path, performances) == (first, second, third)


def test_names_that_differ_only_in_case_do_not_share_a_folder(tmp_path: Path) -> None:
    first, second = result_folders(tmp_path, [(Path("Run.mp4"),), (Path("run.mp4"),)])
    assert first.name.casefold() != second.name.casefold()


def test_a_folder_with_another_clips_result_is_left_alone(tmp_path: Path) -> None:
    theirs = put(tmp_path, tmp_path / "a" / "run.mp4")
    before = (theirs / "result.json").read_bytes()
    ours = put(tmp_path, tmp_path / "b" / "run.mp4")
    assert ours != theirs
    assert (theirs / "result.json").read_bytes() == before


def test_the_same_clip_keeps_its_folder_in_whatever_order_and_company(tmp_path: Path) -> None:
    a, b = tmp_path / "a" / "run.mp4", tmp_path / "b" / "run.mp4"
    of_a, of_b = put(tmp_path, a), put(tmp_path, b)
    assert result_folders(tmp_path, [(b,), (a,)]) == (of_b, of_a)
    assert folder_of(tmp_path, b) == of_b
    for path in of_a.iterdir():
        path.unlink()
    of_a.rmdir()
    assert folder_of(tmp_path, b) == of_b


def test_several_views_have_a_folder_apart_from_that_of_the_first_view_alone(tmp_path: Path) -> None:
    side, front = tmp_path / "side.mp4", tmp_path / "front.mp4"
    alone = put(tmp_path, side)
    assert folder_of(tmp_path, side, front) != alone
    assert folder_of(tmp_path, side) == alone


def test_files_of_the_users_with_our_names_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "report.html").write_text("mine", encoding="utf-8")
    folder = put(tmp_path, tmp_path / "run.mp4")
    assert folder.name.startswith("run-")
    assert (tmp_path / "run" / "report.html").read_text(encoding="utf-8") == "mine"


def test_a_result_of_another_program_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "result.json").write_text('{"clips": "many"}', encoding="utf-8")
    assert folder_of(tmp_path, tmp_path / "run.mp4").name.startswith("run-")


def test_a_file_in_the_folders_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine", encoding="utf-8")
    assert put(tmp_path, tmp_path / "run.mp4").name.startswith("run-")
    assert (tmp_path / "run").read_text(encoding="utf-8") == "mine"


def test_when_both_names_are_taken_the_user_is_asked(tmp_path: Path) -> None:
    a, b = tmp_path / "a" / "run.mp4", tmp_path / "b" / "run.mp4"
    put(tmp_path, a)
    taken = folder_of(tmp_path, b)
    taken.mkdir()
    (taken / "angles.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds files that are not a result of 'run\.mp4'"):
        folder_of(tmp_path, b)


def test_a_clip_inside_the_result_folder_is_never_overwritten(tmp_path: Path) -> None:
    clip = tmp_path / "annotated" / "annotated.mp4"
    clip.parent.mkdir()
    clip.write_text("the clip", encoding="utf-8")
    put(tmp_path, clip)
    assert clip.read_text(encoding="utf-8") == "the clip"


def test_all_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = put(tmp_path / "new" / "output", tmp_path / "run.mp4")
    assert names(folder) == ALL
    assert names(folder.parent) == {"run"}
    assert json.loads((folder / "result.json").read_text(encoding="utf-8"))["schema"] == "formcheck/1"
    assert (folder / "report.html").read_text(encoding="utf-8") == "page with annotated.mp4"


def test_what_is_not_wanted_is_not_written(tmp_path: Path) -> None:
    folder = put(tmp_path, tmp_path / "run.mp4", Outputs(video=False, landmarks=True))
    assert names(folder) == {"result.json", "angles.csv", "report.html", "landmarks.npz"}
    assert (folder / "report.html").read_text(encoding="utf-8") == "page with None"
    folder = put(tmp_path, tmp_path / "run.mp4", Outputs(page=False))
    assert names(folder) == {"result.json", "angles.csv", "annotated.mp4"}


def test_a_landmark_track_gives_no_video(tmp_path: Path) -> None:
    write_folder(analysis(tmp_path / "run.npz", is_track=True), tmp_path / "run", Outputs())
    assert names(tmp_path / "run") == ALL - {"annotated.mp4"}


def test_a_clip_without_a_verdict_leaves_result_and_angles_only(tmp_path: Path) -> None:
    nobody = Analysis(assessment=verdicts.unassessed(), recordings=(verdicts.recording(),))
    write_folder(nobody, tmp_path / "empty", Outputs())
    assert names(tmp_path / "empty") == {"result.json", "angles.csv"}


def test_every_view_of_a_performance_has_its_own_angles_and_video(tmp_path: Path) -> None:
    write_folder(analysis(tmp_path / "side.mp4", tmp_path / "front.mp4"), tmp_path / "side", Outputs())
    assert names(tmp_path / "side") == ALL | {"angles-2.csv", "annotated-2.mp4"}
    assert (tmp_path / "side" / "annotated-2.mp4").read_text(encoding="utf-8") == "video of 1"


def test_stale_files_of_ours_go_and_those_of_the_user_stay(tmp_path: Path) -> None:
    clip = tmp_path / "run.mp4"
    folder = put(tmp_path, clip, Outputs(landmarks=True))
    for mine in ("notes.txt", "annotated-2.mp4", "result.json.bak"):
        (folder / mine).write_text("mine", encoding="utf-8")
    put(tmp_path, clip, Outputs(video=False, page=False))
    assert names(folder) == {"result.json", "angles.csv", "notes.txt", "annotated-2.mp4", "result.json.bak"}


def test_stale_files_of_a_second_view_go_too(tmp_path: Path) -> None:
    side, front = tmp_path / "side.mp4", tmp_path / "front.mp4"
    folder = folder_of(tmp_path, side, front)
    write_folder(analysis(side, front), folder, Outputs())
    assert folder_of(tmp_path, side, front) == folder
    write_folder(analysis(side, front), folder, Outputs(video=False))
    assert names(folder) == {"result.json", "angles.csv", "angles-2.csv", "report.html"}


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_an_interruption_leaves_no_folder(tmp_path: Path, renderers: SimpleNamespace, stop: BaseException) -> None:
    def fail(*_arguments: object) -> None:
        raise stop

    renderers.write_page = fail
    with pytest.raises(KeyboardInterrupt if isinstance(stop, KeyboardInterrupt) else UsageError):
        put(tmp_path / "new" / "output", tmp_path / "run.mp4")
    assert names(tmp_path) == set()


def test_a_full_disk_leaves_the_earlier_result_and_is_told_in_one_sentence(
    tmp_path: Path, renderers: SimpleNamespace
) -> None:
    clip = tmp_path / "run.mp4"
    folder = put(tmp_path, clip)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    renderers.write_annotated_video = fail
    with pytest.raises(UsageError, match=r"^Cannot write '.*run': the disk is full; free some space"):
        put(tmp_path, clip)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_sentence_names_the_result_folder_and_no_temporary_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, *_arguments: object, **_more: object) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(UsageError, match="your share of the disk is full") as caught:
        put(tmp_path, tmp_path / "run.mp4")
    assert f"'{tmp_path / 'run'}'" in str(caught.value)


def test_a_folder_that_vanishes_is_told_in_one_sentence(tmp_path: Path, renderers: SimpleNamespace) -> None:
    def vanish(*arguments: object) -> None:
        shutil.rmtree(tmp_path / "run")

    renderers.write_annotated_video = vanish
    with pytest.raises(UsageError, match="the folder is gone"):
        put(tmp_path, tmp_path / "run.mp4")
    assert names(tmp_path) == set()
