"""The result folder of a clip: what is in it, and how an earlier result is replaced without losing anything."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.errors import UsageError
from formcheck.report.angles_csv import write_angles
from formcheck.report.folder_lock import STAGING, only_writer, remove_remains
from formcheck.report.folder_names import ANGLES, LANDMARKS, OWN_FILES, PAGE, RESULT, VIDEO, paths_of_result
from formcheck.report.json_file import write_json
from formcheck.report.whole_file import cannot_write

if TYPE_CHECKING:
    from formcheck.analysis import Analysis
    from formcheck.kinematics.recording import Recording

_OF_EACH_VIEW = (ANGLES, VIDEO, LANDMARKS)


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Which files are wanted besides ``result.json`` and ``angles.csv``."""

    video: bool = True
    page: bool = True
    landmarks: bool = False


def write_folder(analysis: Analysis, folder: Path, outputs: Outputs) -> tuple[Path, ...]:
    """Write the results of one performance into ``folder`` and return their paths.

    Everything is made aside and then moved in file by file, so that an interruption leaves the earlier result.
    Files of an earlier result that this one does not have are removed, and what a killed run left half written; files
    that are not formcheck's stay. Who else writes into the folder is waited for.

    Raises
    ------
    UsageError
        Where the folder cannot be written: disk full, read-only, gone.
    """
    writers = _writers(analysis, outputs)
    try:
        with _staging(folder, tuple(writers)) as staging:
            for name, write in writers.items():
                write(staging / name)
    except (OSError, UsageError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        if isinstance(cause, OSError):
            raise cannot_write(folder, cause) from error
        raise
    return tuple(folder / name for name in writers)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a result that was made elsewhere into ``folder``, as ``write_folder`` does.

    Raises
    ------
    UsageError
        Where the folder cannot be written.
    """
    try:
        with _staging(folder, tuple(files)) as staging:
            for name, content in files.items():
                (staging / name).write_bytes(content)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _writers(analysis: Analysis, outputs: Outputs) -> dict[str, Callable[[Path], object]]:
    """Return what writes each file, ``result.json`` last: where it is, the folder is complete."""
    assessment, recordings = analysis.assessment, analysis.recordings
    assessed = bool(assessment.assessments)
    writers: dict[str, Callable[[Path], object]] = {}
    for view, recording in enumerate(recordings):
        writers[of_view(ANGLES, view)] = partial(write_angles, recording)
        if outputs.landmarks:
            writers[of_view(LANDMARKS, view)] = partial(_write_track, recording)
        if assessed and outputs.video and not recording.is_track:
            writers[of_view(VIDEO, view)] = partial(_write_video, analysis, view)
    if assessed and outputs.page:
        writers[PAGE] = partial(_write_page, analysis, VIDEO if VIDEO in writers else None)
    writers[RESULT] = partial(write_json, assessment)
    return writers


def of_view(name: str, index: int) -> str:
    """Return the file's name for the view with this index: ``angles.csv``, ``angles-2.csv``."""
    path = Path(name)
    return name if index == 0 else f"{path.stem}-{index + 1}{path.suffix}"


def _write_track(recording: Recording, target: Path) -> None:
    from formcheck.pose.track import save_track

    save_track(recording.poses, target)


def _write_video(analysis: Analysis, view: int, target: Path) -> None:
    from formcheck.report.annotated import write_annotated_video

    write_annotated_video(analysis.recordings[view], analysis.assessment, view, target)


def _write_page(analysis: Analysis, video_name: str | None, target: Path) -> None:
    from formcheck.report.page import write_page

    write_page(analysis.assessment, analysis.recordings, target, video_name)


@contextmanager
def _staging(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield an empty folder inside ``folder``, from which the files ``names`` then move to their place.

    Neither is left behind where nothing came of it.
    """
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        with only_writer(folder):
            stale = _own_files(folder) - {*names}
            remove_remains(folder)
            staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
            try:
                yield staging
                _move(staging, folder, names, stale)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    finally:
        with suppress(OSError):
            for place in made:
                place.rmdir()


def _move(staging: Path, folder: Path, names: Sequence[str], stale: Iterable[str]) -> None:
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    for name in names:
        (staging / name).replace(folder / name)


def _own_files(folder: Path) -> set[str]:
    """Return the names that the result in ``folder`` may consist of; none where there is no result of ours."""
    views = len(paths_of_result(folder) or ())
    further = {of_view(name, view) for name in _OF_EACH_VIEW for view in range(1, views)}
    return {*OWN_FILES, *further} if views else set()
