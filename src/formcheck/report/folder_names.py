"""Where the result folder of a clip lies: named after the clip, and never one that holds something else."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.report.folder_lock import remains
from formcheck.report.json_file import storable
from formcheck.report.wording import quoted

RESULT = "result.json"
ANGLES = "angles.csv"
PAGE = "report.html"
VIDEO = "annotated.mp4"
LANDMARKS = "landmarks.npz"
OWN_FILES = (RESULT, ANGLES, PAGE, VIDEO, LANDMARKS)
"""What formcheck writes into a result folder; a second view adds ``angles-2.csv`` and the like."""

_LONGEST_NAME_BYTES = 200


def result_folders(output: Path, performances: Sequence[Sequence[Path]]) -> tuple[Path, ...]:
    """Return the folder of every performance (its clips), none of them twice and the same ones in every run.

    A folder is named after the first clip. Where another clip of the run or an earlier result has that name already,
    8 hexadecimal digits of the clips' paths are added to it.

    Raises
    ------
    UsageError
        Where even that folder holds somebody else's files.
    """
    taken: set[str] = set()
    folders = []
    for clips in performances:
        folder = _folder_of(output, clips, taken)
        taken.add(_as_one_name(folder))
        folders.append(folder)
    return tuple(folders)


def _folder_of(output: Path, clips: Sequence[Path], taken: Collection[str]) -> Path:
    name = _name_of(clips[0])
    paths = b"\0".join(os.fsencode(clip.absolute()) for clip in clips)
    distinct = output / f"{name}-{hashlib.sha256(paths).hexdigest()[:8]}"
    if paths_of_result(distinct) == _comparable(clips):
        return distinct
    folder = output / name
    if _as_one_name(folder) not in taken and _may_hold(folder, clips):
        return folder
    if not _may_hold(distinct, clips):
        raise UsageError(
            f"{quoted(distinct)} holds files that are not a result of {quoted(clips[0].name)}: "
            "move them, or choose another folder with --output."
        )
    return distinct


def _name_of(clip: Path) -> str:
    name = clip.stem if clip.stem.strip(". ") else clip.name.strip(". ") or "clip"
    while len(os.fsencode(name)) > _LONGEST_NAME_BYTES:
        name = name[:-1]
    return name


def _as_one_name(folder: Path) -> str:
    """Return the name as file systems compare it that ignore case and composition."""
    return unicodedata.normalize("NFC", folder.name).casefold()


def _may_hold(folder: Path, clips: Sequence[Path]) -> bool:
    if not os.path.lexists(folder):
        return True
    if not folder.is_dir():
        return False
    if (folder / RESULT).exists():
        return paths_of_result(folder) == _comparable(clips)
    return paths_of_result(folder) == _comparable(clips) or not any(
        os.path.lexists(folder / name) for name in OWN_FILES
    )


def paths_of_result(folder: Path) -> list[str] | None:
    """Return the clips whose result lies in ``folder``; None where there is no result of ours.

    A run that is killed while it moves its files in leaves ``result.json``, which comes last, in its staging folder.
    """
    places = (folder, *remains(folder)) if not os.path.lexists(folder / RESULT) else (folder,)
    return next((clips for place in places if (clips := _clips_of(place / RESULT)) is not None), None)


def _clips_of(result: Path) -> list[str] | None:
    try:
        clips = json.loads(result.read_text(encoding="utf-8"))["clips"]
        return _comparable([Path(clip["path"]) for clip in clips])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _comparable(clips: Sequence[Path]) -> list[str]:
    return [storable(os.path.realpath(clip)) for clip in clips]
