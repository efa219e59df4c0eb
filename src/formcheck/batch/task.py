"""One clip in a worker: assess it, write its folder, and bring back plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcheck.batch.rows import Row, rows_of
from formcheck.errors import ClipError
from formcheck.report.folder import Outputs
from formcheck.report.folder_lock import clear_remains

if TYPE_CHECKING:
    from formcheck.analysis import Analysis, Options


@dataclass(frozen=True, kw_only=True)
class Task:
    """One clip to assess and the folder that its result goes to, both as absolute paths."""

    path: Path
    sha256: str | None
    folder: Path
    options: Options
    outputs: Outputs

    def settings(self) -> dict[str, Any]:
        """Return what, besides the content and the version, decides the result: plain values."""
        options = asdict(self.options)
        del options["use_cache"]  # it decides how fast a result comes, not which
        return {**options, **asdict(self.outputs)}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one clip: its rows and files, and where it got no verdict the reason's code and sentence."""

    rows: tuple[Row, ...] = ()
    files: tuple[str, ...] = ()
    code: str | None = None
    message: str | None = None

    @property
    def assessed(self) -> bool:
        return self.code is None


Progress = Callable[[float], None]


def assess(task: Task, source: Path | None = None, folder: Path | None = None) -> Outcome:
    """Assess one clip; every failure that belongs to the clip becomes its reason.

    ``source`` and ``folder`` stand for the clip and its result folder where these cannot be reached from here.
    """
    from formcheck.analysis import analyse
    from formcheck.report.folder import write_folder

    where = folder or task.folder
    clear_remains(where)
    try:
        analysis = analyse([source or task.path], task.options)
        written = write_folder(analysis if source is None else _renamed(analysis, task.path), where, task.outputs)
    except ClipError as error:
        return Outcome(code="unreadable", message=str(error).replace(str(source or task.path), str(task.path)))
    reason = analysis.assessment.reason
    return Outcome(
        rows=rows_of(analysis.assessment),
        files=tuple(path.name for path in written),
        code=None if reason is None else reason.code.value,
        message=None if reason is None else f"{reason.message} {reason.remedy}",
    )


def _renamed(analysis: Analysis, path: Path) -> Analysis:
    """Return the analysis of a copy under the name of the clip itself."""
    clip = replace(analysis.assessment.clips[0], name=path.name, path=str(path))
    return replace(
        analysis,
        assessment=replace(analysis.assessment, clips=(clip,)),
        recordings=(replace(analysis.recordings[0], clip=clip),),
    )
