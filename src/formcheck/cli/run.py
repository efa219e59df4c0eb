"""One run of ``formcheck analyze``: the clips one after the other, each on its own."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import typer

from formcheck.analysis import Analysis, Options, analyse
from formcheck.assessment import Assessment
from formcheck.cli.terminal import progress_bar, result_console, say, spinner
from formcheck.errors import ClipError, FormcheckError, UnreadableClip, UsageError
from formcheck.report.folder import Outputs, write_folder
from formcheck.report.folder_names import result_folders
from formcheck.report.json_file import json_text, to_json
from formcheck.report.text import print_verdict
from formcheck.report.whole_file import check_place, write_text
from formcheck.report.wording import listed, plain, quoted

STANDARD_OUTPUT = Path("-")
CLIP_ENDINGS = (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mts", ".3gp", ".gif", ".npz")

Performance = tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one call asks for. A performance is one clip, or several views of it; each has a result folder."""

    performances: tuple[Performance, ...]
    folders: tuple[Path, ...]
    options: Options
    outputs: Outputs
    json_file: Path | None
    quiet: bool

    @property
    def tells_verdicts(self) -> bool:
        return not self.quiet and self.json_file != STANDARD_OUTPUT


def performances_of(clips: Sequence[Path], *, merge_views: bool) -> tuple[Performance, ...]:
    """Return the clips as performances, each clip once.

    Raises
    ------
    UsageError
        Where views are to be merged and there is only one clip.
    """
    distinct: dict[str, Path] = {}
    for clip in clips:
        if distinct.setdefault(os.path.abspath(clip), clip) is not clip:  # noqa: PTH100 - resolves no links
            say(f"{quoted(clip)} was given more than once; it is assessed once.")
    if not merge_views:
        return tuple((clip,) for clip in distinct.values())
    if len(distinct) < 2:
        raise UsageError(
            "--merge-views needs at least two clips of one performance: name the other view too, or leave it out."
        )
    return (tuple(distinct.values()),)


def places(performances: Sequence[Performance], output: Path, json_file: Path | None) -> tuple[Path, ...]:
    """Return the result folder of each performance, after a look at whether everything can be written.

    Raises
    ------
    UsageError
        Where something cannot be written, or would replace a file of the user's.
    """
    check_places(output, json_file, [clip for clips in performances for clip in clips])
    folders = result_folders(output, performances)
    for folder in folders:
        if folder.exists():
            check_place(folder)
    return folders


def check_places(output: Path, json_file: Path | None, clips: Sequence[Path]) -> None:
    """Make sure that results can be written, and that none of them would replace a file of the user's.

    Raises
    ------
    UsageError
        Where that is not so.
    """
    if json_file is not None and json_file != STANDARD_OUTPUT:
        _check_json_file(json_file, clips)
    if output.exists() and not output.is_dir():
        raise UsageError(f"{quoted(output)} is a file, and --output needs a folder: choose another name.")
    check_place(output)


def _check_json_file(target: Path, clips: Sequence[Path]) -> None:
    if target.is_dir():
        raise UsageError(f"{quoted(target)} is a folder, and --json needs a file: name the file, or - to print it.")
    if not target.exists():
        check_place(target.parent)
    elif target.is_file():
        if any(clip.exists() and target.samefile(clip) for clip in clips) or not _is_text(target):
            raise UsageError(f"--json would replace {quoted(target)}, which is no JSON file: give another name.")
        if not os.access(target, os.W_OK):
            raise UsageError(f"{quoted(target)} is write-protected: give --json another name.")
        check_place(target.resolve().parent)


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\0" not in file.read(4096)


def assess_all(run: Run) -> bool:
    """Assess every performance, whatever happens to the others; return whether each got an assessment."""
    assessments = [_assess(run, number) for number in range(len(run.performances))]
    if run.json_file is not None:
        write_documents(run.json_file, [to_json(each) for each in assessments if each], several=len(assessments) > 1)
    return all(each is not None and each.assessments for each in assessments)


def _assess(run: Run, number: int) -> Assessment | None:
    clips = run.performances[number]
    try:
        assessment = _assess_and_write(run, number).assessment
    except ClipError as error:
        say(_complaint(clips, str(error)))
        return None
    except FormcheckError:
        raise
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        fault = f"{type(error).__name__}: {error}"
        say(_complaint(clips, f"formcheck failed on it, which is no fault of the clip. Please report this: {fault}"))
        return None
    if run.tells_verdicts:
        print_verdict(assessment, result_console(), run.folders[number])
    if assessment.reason is not None and not (run.tells_verdicts and sys.stdout.isatty()):
        say(_complaint(clips, f"{assessment.reason.message} {assessment.reason.remedy}"))
    return assessment


def _assess_and_write(run: Run, number: int) -> Analysis:
    clips = run.performances[number]
    for clip in clips:
        _refuse_folder(clip)
    place = f"{number + 1} of {len(run.performances)}: " if len(run.performances) > 1 else ""
    title = f"{place}{_names(clips)}"
    with progress_bar(title, shown=not run.quiet) as progress:
        analysis = analyse([clip.absolute() for clip in clips], run.options, progress)
    with spinner(f"{title}: writing the results", shown=not run.quiet):
        write_folder(analysis, run.folders[number], run.outputs)
    return analysis


def _refuse_folder(clip: Path) -> None:
    if not clip.is_dir():
        return
    endings: Counter[str] = Counter()
    with suppress(PermissionError):
        endings.update(path.suffix for path in clip.iterdir() if path.suffix.lower() in CLIP_ENDINGS)
    for ending, _count in endings.most_common(1):
        raise UnreadableClip(f"{quoted(clip)} is a folder: give the clips in it, such as {clip}/*{ending}.")
    raise UnreadableClip(f"{quoted(clip)} is a folder without clips in it: give a video or a landmark track.")


def _complaint(clips: Performance, message: str) -> str:
    """Return the message in one line, with the clips as the user named them."""
    for clip in clips:
        message = message.replace(str(clip.absolute()), str(clip))
    named = any(clip.name in message for clip in clips)
    return plain(message) if named else f"{_names(clips)}: {plain(message)}"


def _names(clips: Performance) -> str:
    return listed([plain(clip.name) for clip in clips])


def write_documents(target: Path, documents: Sequence[dict[str, object]], *, several: bool) -> None:
    """Write ``result.json`` documents into one file or to standard output: one as it is, several as an array."""
    if not documents and not several:
        return
    text = json_text(documents if several else documents[0])
    if target == STANDARD_OUTPUT:
        typer.echo(text.encode("utf-8"), nl=False)
    else:
        write_text(text, target)
