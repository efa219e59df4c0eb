"""Everything drawn during one stretch of exercise, with its place in the picture settled beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import uniform_filter1d

from formcheck.assessment import ExerciseAssessment
from formcheck.criteria.exercise import Exercise
from formcheck.kinematics.recording import Recording
from formcheck.pose.sequence import FloatArray
from formcheck.report.angle_marks import AngleMark, mark_of
from formcheck.report.overlay.angles import DrawnAngle, near_side, shown_angles
from formcheck.report.overlay.banners import FaultMoments, banners_at, fault_moments, most_at_once
from formcheck.report.overlay.boxes import FLESH_OF_A_LIMB_IN_TRUNKS, Spot, calm, filled, roomiest
from formcheck.report.overlay.counters import counts_at, widest_counts
from formcheck.report.overlay.labels import Surroundings, label_boxes
from formcheck.report.overlay.lettering import wrapped
from formcheck.report.overlay.panels import SOLID, TRANSLUCENT, AngleLabel, BannerPanel, CounterPanel
from formcheck.report.overlay.sizes import Sizes
from formcheck.video.picture import Picture
from formcheck.vocabulary import Side, Status, View

_CALM_S = 0.4
"""Labels follow the body as it is within this many seconds around a moment."""
_HARDLY_COVERED = 0.01
_COUNTER_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_BANNER_CORNERS = ((1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.5, 1.0), (0.5, 0.0))
_BANNER_SHARES = (0.44, 0.6, 0.36, 0.29)
_NAME_SHARES = (0.44, 0.9, 0.28)
_NARROW_BANNER_SHARES = (0.92, 0.66, 0.46)


@dataclass(frozen=True)
class PlacedAngle:
    """An angle with its label's (n, 4) boxes; ``by_height`` where a wedge would be foreshortened."""

    angle: DrawnAngle
    label: AngleLabel
    boxes: FloatArray
    by_height: bool

    def mark(self, points: FloatArray) -> AngleMark | None:
        return mark_of(self.angle.column, points)

    def draw_label(self, picture: Picture, row: int, status: Status | None) -> None:
        """Draw the label in place as it stands in row ``row``."""
        left, top = self.boxes[row, :2]
        self.label.draw(picture, round(left), round(top), self.angle.words(self.angle.values[row]), status)


@dataclass(frozen=True)
class Counter:
    """The counter panel and its place."""

    panel: CounterPanel
    spot: Spot
    stretch: ExerciseAssessment
    is_drill: bool

    def draw(self, picture: Picture, time_s: float) -> None:
        counts = counts_at(self.stretch, time_s, is_drill=self.is_drill) if self.panel.widest else ()
        self.panel.draw(picture, self.spot.box, counts, _opacity(self.spot))


@dataclass(frozen=True)
class Banners:
    """The fault banners and their place."""

    panel: BannerPanel
    spot: Spot
    faults: tuple[FaultMoments, ...]
    at_bottom: bool

    def draw(self, picture: Picture, time_s: float) -> None:
        active = banners_at(self.faults, time_s)
        self.panel.draw(picture, self.spot.box, active, _opacity(self.spot), at_bottom=self.at_bottom)


@dataclass(frozen=True)
class Stage:
    """What is drawn from ``start_s`` to ``end_s``; a part is None where the picture has no room for it."""

    start_s: float
    end_s: float
    near: Side | None
    angles: tuple[PlacedAngle, ...]
    counter: Counter | None
    banners: Banners | None


@dataclass(frozen=True)
class Scene:
    """A clip as the overlay sees it: (n, 33, 2) points, (n, 4, 4) body boxes and the trunk's length in pixels."""

    recording: Recording
    clip: int
    points: FloatArray
    bodies: FloatArray
    trunk: float
    sizes: Sizes


def stage_of(scene: Scene, stretch: ExerciseAssessment, exercise: Exercise) -> Stage:
    """Settle what is shown in one stretch and where."""
    time_s = scene.recording.clean.time_s
    own = stretch.clip == scene.clip
    start_s, end_s = (stretch.start_s, stretch.end_s) if own else (float(time_s[0]), float(time_s[-1]))
    rows = (time_s >= start_s - 1e-6) & (time_s <= end_s + 1e-6)
    bodies = scene.bodies[rows]
    counter = _counter(scene, stretch, exercise, bodies)
    banners = _banners(scene, stretch, bodies, counter)
    angles = shown_angles(scene.recording, stretch, exercise, scene.clip, rows)
    spots = [part.spot for part in (counter, banners) if part is not None]
    off_side = not own or stretch.view.name is not View.SIDE
    return Stage(
        start_s,
        end_s,
        near_side(stretch, scene.clip),
        _placed(scene, angles, spots, off_side=off_side),
        counter,
        banners,
    )


def _counter(scene: Scene, stretch: ExerciseAssessment, exercise: Exercise, bodies: FloatArray) -> Counter | None:
    widest = widest_counts(stretch, is_drill=exercise.is_drill) if stretch.clip == scene.clip else ()
    sizes, name = scene.sizes, stretch.exercise.name
    widths = (round(sizes.width * share) for share in _NAME_SHARES)
    names = dict.fromkeys(wrapped(name, sizes.heading, width) for width in widths)
    panels = [CounterPanel(sizes, lines, widest, stacked) for lines in names for stacked in (False, True)]
    spot = roomiest([panel.size for panel in panels], _COUNTER_CORNERS, scene.sizes.inside, bodies, ())
    return None if spot is None else Counter(panels[spot.choice], spot, stretch, exercise.is_drill)


def _banners(scene: Scene, stretch: ExerciseAssessment, bodies: FloatArray, counter: Counter | None) -> Banners | None:
    sizes, faults = scene.sizes, fault_moments(stretch, scene.clip)
    shares = _NARROW_BANNER_SHARES if sizes.is_narrow else _BANNER_SHARES
    panels = [BannerPanel(sizes, round(sizes.width * share)) for share in shares]
    panels.append(BannerPanel(sizes, round(sizes.inside.width * 0.49), side_by_side=True))
    panels += [replace(panel, most=1) for panel in panels]
    together = most_at_once(faults)
    if not together:
        return None
    room = [_largest(panel.size_of(banners) for banners in together) for panel in panels]
    taken = [] if counter is None else [counter.spot.box.grown(sizes.pad)]
    spot = roomiest(room, _BANNER_CORNERS, sizes.inside, bodies, taken)
    if spot is None:
        return None
    return Banners(panels[spot.choice], spot, faults, at_bottom=spot.box.bottom > sizes.inside.bottom - 1)


def _placed(
    scene: Scene, angles: tuple[DrawnAngle, ...], spots: list[Spot], *, off_side: bool
) -> tuple[PlacedAngle, ...]:
    time_s, sizes = scene.recording.clean.time_s, scene.sizes
    reach = _rows_in(_CALM_S, time_s)
    around = Surroundings(
        time_s=time_s,
        bodies=calm(scene.bodies, reach),
        points=scene.points,
        flesh=scene.trunk * FLESH_OF_A_LIMB_IN_TRUNKS,
        reach=reach,
        inside=sizes.inside,
        gap=sizes.text * 0.8,
        panels=tuple(spot.box for spot in spots),
    )
    by_height = {angle: off_side and angle.base == "thigh_elevation" for angle in angles}
    anchors = {angle: _anchors(scene.points, angle, reach, at_end=by_height[angle]) for angle in angles}
    # Who places the label first finds it the nearest room: that is for what is judged a fault.
    seen = sorted((a for a in angles if np.isfinite(anchors[a]).all()), key=lambda angle: not angle.is_faulty)
    labels = [AngleLabel(sizes, angle.name, _longest(angle)) for angle in seen]
    boxes = label_boxes(
        around,
        [anchors[angle] for angle in seen],
        [label.size for label in labels],
        [angle.drawn for angle in seen],
    )
    return tuple(map(PlacedAngle, seen, labels, boxes, (by_height[angle] for angle in seen)))


def _anchors(points: FloatArray, angle: DrawnAngle, reach: int, *, at_end: bool) -> FloatArray:
    """Return the slowly moving (n, 2) points that an angle's label stays beside; all NaN where it is never seen."""
    joints = np.full((len(points), 2), np.nan)
    for row in np.flatnonzero(angle.drawn):
        mark = mark_of(angle.column, points[row])
        if mark is not None:
            joints[row] = mark.end if at_end or mark.along else mark.vertex
    return np.asarray(uniform_filter1d(filled(joints), 2 * reach + 1, axis=0, mode="nearest"))


def _rows_in(seconds: float, time_s: FloatArray) -> int:
    step = float(np.median(np.diff(time_s))) if len(time_s) > 1 else seconds
    return max(1, round(seconds / step))


def _largest(sizes: Iterable[tuple[int, int]]) -> tuple[int, int]:
    widths, heights = zip(*sizes, strict=True)
    return max(widths), max(heights)


def _longest(angle: DrawnAngle) -> str:
    known = angle.values[np.isfinite(angle.values)]
    return max((angle.words(value) for value in (known.min(), known.max())), key=len) if known.size else ""


def _opacity(spot: Spot) -> float:
    return SOLID if spot.covered <= _HARDLY_COVERED else TRANSLUCENT
