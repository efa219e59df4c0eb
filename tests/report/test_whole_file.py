import errno
import os
from pathlib import Path

import pytest

from formcheck.errors import UsageError
from formcheck.report.whole_file import cannot_write, check_place, write_text
from formcheck.video.unfinished import whole_file


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    with whole_file(target) as temporary:
        temporary.write_text("whole", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "whole"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interruption_leaves_the_earlier_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    target.write_text("earlier", encoding="utf-8")

    def interrupted() -> None:
        with whole_file(target) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("earlier", encoding="utf-8")
    link.symlink_to(real)
    write_text("new", link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text("through", pipe)
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_missing_folders_of_a_file_are_made(tmp_path: Path) -> None:
    write_text("text", tmp_path / "new" / "deep" / "file.json")
    assert (tmp_path / "new" / "deep" / "file.json").read_text(encoding="utf-8") == "text"


def test_a_file_in_the_way_of_a_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"Cannot write .*: .*file.*, or choose another place\.$"):
        write_text("text", tmp_path / "notes" / "result.json")
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_a_place_is_checked_without_leaving_a_trace(tmp_path: Path) -> None:
    check_place(tmp_path / "not" / "yet" / "there")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError):
        check_place(tmp_path / "file" / "below")


def test_a_read_only_system_folder_is_refused() -> None:
    with pytest.raises(UsageError, match="Cannot write '/proc/formcheck'"):
        check_place(Path("/proc/formcheck"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "you may not write there"),
        (errno.ENOENT, "the folder is gone"),
        (errno.EIO, "input/output error"),
    ],
)
def test_the_cause_is_said_in_plain_words(number: int, words: str) -> None:
    message = str(cannot_write(Path("out\nput"), OSError(number, os.strerror(number))))
    assert message == f"Cannot write 'out\\nput': {words}, or choose another place."
