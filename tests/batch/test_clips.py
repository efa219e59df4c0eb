import os
from pathlib import Path

import pytest
from tests.batch.runs import clips

from formcheck.batch.clips import Found, find_clips
from formcheck.errors import UsageError


def found(*places: Path | str, out: Path | None = None) -> Found:
    return find_clips([str(place) for place in places], leave_out=out or Path("/nowhere"))


def names(*places: Path | str, out: Path | None = None) -> list[str]:
    return [clip.path.name for clip in found(*places, out=out).clips]


def test_clips_are_found_in_all_folders_below_whatever_their_names(tmp_path: Path) -> None:
    clips(tmp_path, "b.mp4", "Ünï cöde/läuft 🏃.MOV", "with space/a b.mkv", "deep/er/track.npz", "new\nline.mp4")
    assert sorted(names(tmp_path)) == sorted(["b.mp4", "läuft 🏃.MOV", "a b.mkv", "track.npz", "new\nline.mp4"])


def test_a_name_that_is_no_text_is_found_too(tmp_path: Path) -> None:
    clips(tmp_path, os.fsdecode(b"caf\xe9.mp4"))
    assert len(found(tmp_path).clips) == 1


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    clips(tmp_path, "a.mp4", "._a.mp4", ".trash/b.mp4")
    assert names(tmp_path) == ["a.mp4"]


def test_links_are_followed_once_and_never_in_circles(tmp_path: Path) -> None:
    clips(tmp_path / "season", "a.mp4", "day/b.mp4")
    (tmp_path / "season" / "day" / "up").symlink_to(tmp_path / "season")
    (tmp_path / "season" / "again").symlink_to(tmp_path / "season" / "day")
    (tmp_path / "season" / "c.mp4").symlink_to(tmp_path / "season" / "a.mp4")
    assert len(names(tmp_path / "season")) == 2


def test_the_same_content_is_assessed_once_and_said_so(tmp_path: Path) -> None:
    clips(tmp_path, "a.mp4")
    (tmp_path / "copy of a.mp4").write_text("a.mp4")
    seen = found(tmp_path)
    assert [clip.path.name for clip in seen.clips] == ["a.mp4"]
    assert len(seen.notes) == 1
    assert "has the same content as" in seen.notes[0]


def test_a_hard_link_is_the_same_content_too(tmp_path: Path) -> None:
    clips(tmp_path, "Ana/a.mp4")
    (tmp_path / "Ana" / "b.mp4").hardlink_to(tmp_path / "Ana" / "a.mp4")
    seen = found(tmp_path)
    assert [clip.path.name for clip in seen.clips] == ["a.mp4"]
    assert "b.mp4' has the same content as" in seen.notes[0]


def test_a_file_goes_before_links_to_it_wherever_they_lie(tmp_path: Path) -> None:
    clips(tmp_path, "Ana/a.mp4")
    (tmp_path / "0-link.mp4").symlink_to("Ana/a.mp4")
    seen = found(tmp_path)
    assert [clip.path for clip in seen.clips] == [tmp_path / "Ana" / "a.mp4"]
    assert len(seen.notes) == 1
    assert "0-link.mp4' is the same file as" in seen.notes[0]


def test_of_several_links_to_a_file_elsewhere_the_first_counts(tmp_path: Path) -> None:
    clips(tmp_path, "elsewhere/a.mp4", "club/b.mp4")
    for name in ("y.mp4", "x.mp4"):
        (tmp_path / "club" / name).symlink_to(tmp_path / "elsewhere" / "a.mp4")
    assert names(tmp_path / "club") == ["b.mp4", "x.mp4"]


def test_what_is_no_video_by_its_ending_is_left_out_with_a_note(tmp_path: Path) -> None:
    clips(tmp_path, "a.mp4", "team.jpg", "notes.md", "plan.jpg")
    assert names(tmp_path) == ["a.mp4"]
    assert found(tmp_path).told() == ["3 files are no videos by their ending (.jpg 2, .md 1): left out."]
    assert names(tmp_path / "a.mp4", tmp_path / "team.jpg") == ["a.mp4"]


def test_results_of_earlier_runs_are_no_clips(tmp_path: Path) -> None:
    clips(
        tmp_path, "a.mp4", "out/a/annotated.mp4", "else/b/annotated.mp4", "else/b/landmarks.npz", "else/b/result.json"
    )
    clips(tmp_path, "mine/annotated.mp4")
    seen = found(tmp_path, out=tmp_path / "out")
    assert [clip.path.name for clip in seen.clips] == ["a.mp4", "annotated.mp4"]
    assert seen.clips[1].path.parent.name == "mine"
    assert names(str(tmp_path / "else" / "*" / "landmarks.npz")) == ["landmarks.npz"]


def test_patterns_and_lists_name_clips(tmp_path: Path) -> None:
    clips(tmp_path, "x/a.mp4", "x/b.mov", "y/c.mp4", "odd [1].mp4")
    assert names(str(tmp_path / "*" / "*.mp4")) == ["a.mp4", "c.mp4"]
    assert names(str(tmp_path / "**" / "*.mov")) == ["b.mov"]
    assert names(str(tmp_path / "odd [1].mp4")) == ["odd [1].mp4"]
    (tmp_path / "list.txt").write_text("# monday\nx/a.mp4\n\ny\nx/gone.mp4\n")
    assert names(tmp_path / "list.txt") == ["a.mp4", "c.mp4", "gone.mp4"]


def test_a_clip_that_is_missing_fails_for_itself_and_a_folder_that_is_missing_for_all(tmp_path: Path) -> None:
    seen = found(tmp_path / "gone.mp4")
    assert [clip.sha256 for clip in seen.clips] == [None]
    with pytest.raises(UsageError, match="There is no file or folder"):
        found(tmp_path / "gone")
    with pytest.raises(UsageError, match="Nothing matches"):
        found(tmp_path / "*.mp4")
    with pytest.raises(UsageError, match="There are no clips in"):
        found(tmp_path)


def test_broken_links_and_empty_files_are_clips_that_fail_later(tmp_path: Path) -> None:
    (tmp_path / "link.mp4").symlink_to("gone.mp4")
    (tmp_path / "empty.mp4").touch()
    assert [(clip.path.name, clip.sha256) for clip in found(tmp_path).clips] == [
        ("empty.mp4", None),
        ("link.mp4", None),
    ]
