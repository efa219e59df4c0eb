"""An athlete doing high knees whose angles are known exactly, filmed or as a track, and verdicts on it."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
from tests.report import verdicts
from tests.video.films import Film, shoot

from formcheck.assessment import Assessment, ExerciseAssessment, Repetition
from formcheck.criteria.model import Criterion, Evidence, Finding
from formcheck.kinematics.recording import ANGLE_COLUMNS, Recording
from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.video.clip import ClipInfo
from formcheck.vocabulary import Landmark, Part, Side, Status, Unit

WIDTH, HEIGHT, RATE_HZ = 320, 240, 25
STEP_S = 0.8
TRUNK, THIGH, SHANK, FOOT, ARM = 56.0, 40.0, 38.0, 14.0, 26.0
LEFT_PEAKS_S = (0.4, 1.2, 2.0, 2.8)


def recording(source: Path, seconds: float = 4.0, *, is_track: bool = False, name: str | None = None) -> Recording:
    """Return the athlete, facing right, thighs coming up to 60 degrees at ``LEFT_PEAKS_S`` on the left."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    swing = {side: 1 - np.cos(2 * np.pi * (time_s / STEP_S + 0.5 * (side is Side.RIGHT))) for side in Side}
    angles = {column: np.full(len(time_s), np.nan) for column in ANGLE_COLUMNS}
    for side in Side:
        angles[f"{side}_thigh_elevation"] = 30.0 * swing[side]
        angles[f"{side}_knee_flexion"] = 35.0 * swing[side]
    angles["trunk_lean"] = np.full(len(time_s), 12.0)
    poses = _poses(time_s, angles)
    clip = ClipInfo(
        name=name or source.name,
        path=str(source),
        sha256="0" * 64,
        duration_s=seconds,
        frames=len(time_s),
        fps=float(RATE_HZ),
        width=WIDTH,
        height=HEIGHT,
    )
    return Recording(clip=clip, source=source, is_track=is_track, poses=poses, clean=poses, angles=angles)


def filmed(folder: Path, seconds: float = 4.0) -> Recording:
    """Return the recording of a clip that exists and can be read."""
    times_s = tuple(index / RATE_HZ for index in range(round(seconds * RATE_HZ)))
    source = shoot(folder / "high knees.mp4", Film(size=(WIDTH, HEIGHT), times_s=times_s, rate=RATE_HZ))
    return recording(source, seconds)


def read_at(of: Recording, column: str, *times_s: float, clip: int = 0) -> tuple[Evidence, ...]:
    rows = [round(time_s * RATE_HZ) for time_s in times_s]
    return tuple(
        Evidence(clip=clip, time_s=float(of.clean.time_s[r]), frame=r, value=float(of.angles[column][r])) for r in rows
    )


def low_knee(of: Recording, side: Side = Side.LEFT) -> Finding:
    late = 0.0 if side is Side.LEFT else STEP_S / 2
    moments = read_at(of, f"{side}_thigh_elevation", *(peak + late for peak in LEFT_PEAKS_S))
    return verdicts.finding(
        verdicts.KNEE_LIFT,
        side,
        Status.MAJOR,
        value=60.0,
        share_of_repetitions=0.75,
        repetitions_judged=4,
        evidence=moments,
    )


def leaning(of: Recording) -> Finding:
    return verdicts.finding(
        verdicts.TRUNK, None, Status.MINOR, value=12.0, evidence=read_at(of, "trunk_lean", 1.6, 3.2), sometimes=True
    )


def quick_steps() -> Criterion:
    return verdicts.criterion("cadence", unit=Unit.PER_MINUTE, title="Quick steps", fault="The steps are slow.")


def stretch(of: Recording, *findings: Finding, **changes: object) -> ExerciseAssessment:
    """Return the verdict on the whole recording: two low knees and a lean, unless other findings are given."""
    found = findings or (low_knee(of), low_knee(of, Side.RIGHT), leaning(of), *verdicts.FINDINGS[4:])
    found = (*found, verdicts.finding(quick_steps(), None, Status.GOOD, value=171.0))
    made = verdicts.stretch(
        start_s=0.2,
        end_s=3.6,
        repetitions=tuple(
            Repetition(side=Side.LEFT, start_s=peak - 0.3, peak_s=peak, end_s=peak + 0.3) for peak in LEFT_PEAKS_S
        ),
        criteria=found,
        pitfalls=tuple(dict.fromkeys(f.criterion.key for f in found if f.status in (Status.MAJOR, Status.MINOR))),
        strengths=("cadence",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def assessed(*recordings: Recording, stretches: tuple[ExerciseAssessment, ...] = ()) -> Assessment:
    return verdicts.assessed(*(stretches or (stretch(recordings[0]),)), clips=tuple(r.clip for r in recordings))


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and the text inside them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def of_class(self, name: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.elements if name in attributes.get("class", "").split()]

    def inside(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]

    @property
    def words(self) -> str:
        """All that can be read, blanks run together."""
        return " ".join(" ".join(text for tag, text in self.texts if tag not in ("script", "style")).split())


def moved(points: FloatArray, right: float, down: float) -> FloatArray:
    return np.asarray(points + np.array([right, down]))


def _poses(time_s: FloatArray, angles: dict[str, FloatArray]) -> PoseSequence:
    n = len(time_s)
    xy = np.full((n, len(Landmark), 2), np.nan)
    hip = np.array([150.0, 130.0])
    lean = np.radians(angles["trunk_lean"])
    shoulder = hip + TRUNK * np.stack([np.sin(lean), -np.cos(lean)], axis=1)
    for side in Side:
        thigh = np.radians(angles[f"{side}_thigh_elevation"])
        shank = thigh - np.radians(angles[f"{side}_knee_flexion"])
        knee = hip + THIGH * np.stack([np.sin(thigh), np.cos(thigh)], axis=1)
        ankle = knee + SHANK * np.stack([np.sin(shank), np.cos(shank)], axis=1)
        xy[:, Part.HIP.on(side)], xy[:, Part.KNEE.on(side)], xy[:, Part.ANKLE.on(side)] = hip, knee, ankle
        xy[:, Part.HEEL.on(side)], xy[:, Part.TOE.on(side)] = moved(ankle, -4.0, 5.0), moved(ankle, FOOT, 5.0)
        xy[:, Part.SHOULDER.on(side)], xy[:, Part.EAR.on(side)] = shoulder, moved(shoulder, 0.0, -18.0)
        xy[:, Part.ELBOW.on(side)], xy[:, Part.WRIST.on(side)] = moved(shoulder, 0.0, ARM), moved(shoulder, ARM, ARM)
    xy[:, Landmark.NOSE] = moved(shoulder, 8.0, -18.0)
    seen = np.ones((n, len(Landmark)))
    return PoseSequence(
        time_s=time_s,
        xy_px=xy,
        z_px=np.zeros_like(seen),
        visibility=seen,
        presence=seen,
        world_m=np.zeros((n, len(Landmark), 3)),
        width=WIDTH,
        height=HEIGHT,
    )
