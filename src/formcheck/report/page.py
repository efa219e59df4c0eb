"""The report page: one HTML file that opens anywhere and asks for nothing but the video beside it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from formcheck import exercises
from formcheck.assessment import Assessment, ExerciseAssessment
from formcheck.kinematics.recording import Recording
from formcheck.report import coach, wording
from formcheck.report.charts import figure_json, span_of
from formcheck.report.evidence import Rgb, frames_at
from formcheck.report.folder import of_view
from formcheck.report.page_content import STATUS_WORDS, StretchContent, content_of, moments_of
from formcheck.report.palette import status_style
from formcheck.report.scale import WIDTH as SCALE_WIDTH
from formcheck.report.whole_file import write_text

_STYLES = ("vendor/uplot/uPlot.min.css", "templates/report.css")
_SCRIPTS = ("vendor/uplot/uPlot.iife.min.js", "templates/report.js")
_CHART_LICENCE = "vendor/uplot/LICENSE"
_INERT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def write_page(assessment: Assessment, recordings: tuple[Recording, ...], target: Path, video_name: str | None) -> None:
    """Write the report page as one self-contained file, whole or not at all.

    ``recordings`` are those of ``assessment.clips``, in that order. ``video_name`` is the name that the first clip's
    annotated video has in the page's own folder, None where there is none; further views are named after it.

    Raises
    ------
    UsageError
        Where ``target`` cannot be written.
    """
    write_text(render(assessment, recordings, video_name), target)


def render(assessment: Assessment, recordings: tuple[Recording, ...], video_name: str | None) -> str:
    """Return the page of ``write_page`` as text that any UTF-8 file can hold."""
    frames = _frames(assessment.assessments, recordings)
    stretches = tuple(content_of(s, exercises.find(s.exercise.id), recordings, frames) for s in assessment.assessments)
    styles, scripts = own_styles(_STYLES), own_markup(_SCRIPTS)
    page = (
        environment()
        .get_template("report.html.j2")
        .render(
            policy=content_policy(styles, scripts, video_name),
            styles=styles,
            scripts=scripts,
            licence=_texts((_CHART_LICENCE,))[0],
            data=inert_json(_player_data(stretches, recordings)) if stretches else None,
            videos=_videos(recordings, video_name),
            assessment=assessment,
            stretches=stretches,
            recordings=recordings,
        )
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def content_policy(styles: Iterable[str], scripts: Iterable[str], video_name: str | None) -> str:
    """Return the Content-Security-Policy under which only these styles and scripts, and media beside the page, load."""
    # Browsers differ on whether 'self' covers the folder of a page opened from disk, so file: is named as well.
    media = "'none'" if video_name is None else "'self' file:"
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hashes(styles)}",
            f"script-src {_hashes(scripts)}",
            "img-src data:",
            f"media-src {media}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def inert_json(data: dict[str, Any]) -> Markup:
    """Return JSON that stays data inside a script element, whatever strings it holds."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_INERT))  # noqa: S704 - nothing in it can end the element any more


def relative_address(name: str) -> str:
    """Return a file name as a relative address, every character that means something in one quoted."""
    return quote(os.fsencode(name), safe="")


def environment() -> Environment:
    """Return how templates are read: everything of the user's is escaped, a name that is missing is an error."""
    environment = Environment(
        loader=PackageLoader("formcheck.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(plain=wording.plain, seconds=wording.seconds)
    environment.globals.update(coach=coach, wording=wording, status_words=STATUS_WORDS, scale_width=SCALE_WIDTH)
    return environment


def _videos(recordings: tuple[Recording, ...], video_name: str | None) -> list[str | None]:
    names = [
        None if video_name is None or recording.is_track else of_view(video_name, view)
        for view, recording in enumerate(recordings)
    ]
    return [None if name is None else relative_address(name) for name in names]


def _frames(
    stretches: tuple[ExerciseAssessment, ...], recordings: tuple[Recording, ...]
) -> dict[tuple[int, float], Rgb]:
    wanted = moments_of(stretches)
    found = {}
    for clip, recording in enumerate(recordings):
        times = [time_s for of_clip, time_s in wanted if of_clip == clip]
        found.update({(clip, time_s): rgb for time_s, rgb in frames_at(recording, times).items()})
    return found


def _player_data(stretches: tuple[StretchContent, ...], recordings: tuple[Recording, ...]) -> dict[str, Any]:
    near = {content.stretch.clip: content.stretch.quality.near_side for content in stretches}
    return {
        "clips": [
            {
                "frame_s": 1 / recording.clip.fps if recording.clip.fps > 0 else 0.04,
                "figure": figure_json(recording, near.get(clip)),
            }
            for clip, recording in enumerate(recordings)
        ],
        "stretches": [_stretch_data(content, recordings[content.stretch.clip]) for content in stretches],
    }


def _stretch_data(content: StretchContent, recording: Recording) -> dict[str, Any]:
    stretch = content.stretch
    return {
        "clip": stretch.clip,
        "start_s": stretch.start_s,
        "end_s": stretch.end_s,
        "span": span_of(stretch, recording),
        "repetitions": [{"side": r.side, "start_s": r.start_s, "end_s": r.end_s} for r in stretch.repetitions],
        "holds": [{"side": hold.side, "start_s": hold.start_s, "end_s": hold.end_s} for hold in stretch.holds],
        "charts": [chart.as_json() for chart in content.charts],
    }


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def own_markup(names: Iterable[str]) -> list[Markup]:
    """Return our own and vendored files as they go into a page; nothing of the user's is in them."""
    return [Markup(text) for text in _texts(names)]  # noqa: S704


def own_styles(names: Iterable[str]) -> list[Markup]:
    """Return our own and vendored style sheets with that of the statuses' colours, which the video shares."""
    return [Markup(status_style()), *own_markup(names)]  # noqa: S704


def _texts(names: Iterable[str]) -> list[str]:
    folder = files("formcheck.report")
    return [folder.joinpath(name).read_text(encoding="utf-8") for name in names]
