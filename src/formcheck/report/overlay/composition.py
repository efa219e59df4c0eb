"""The whole overlay of a clip: given a frame and its time, draws on it what an assessment says."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.assessment import Assessment
from formcheck.exercises import find
from formcheck.kinematics.recording import Recording
from formcheck.pose.sequence import FloatArray
from formcheck.report.angle_marks import AngleMark
from formcheck.report.overlay.boxes import Box, body_boxes, seen_points, trunk_px
from formcheck.report.overlay.sizes import Sizes
from formcheck.report.overlay.skeleton import draw_faint, draw_line, draw_strong
from formcheck.report.overlay.stage import PlacedAngle, Scene, Stage, stage_of
from formcheck.report.overlay.wedges import draw_fill, draw_height, draw_offset, draw_outline
from formcheck.report.palette import LEADER_EDGE, WHITE, colour_of
from formcheck.video.picture import Picture
from formcheck.vocabulary import Side, Status

_SHINE_THROUGH = 0.42
_WEDGE_IN_TRUNKS = 0.3
_LONGEST_GAP_S = 0.2
"""A frame farther than this from every followed one shows no body."""


class Overlay:
    """Draws one clip's verdict on its frames. Everything is placed once, so that nothing jumps about."""

    def __init__(self, recording: Recording, assessment: Assessment, clip_index: int) -> None:
        poses = recording.clean
        self._time_s = poses.time_s
        self._points = seen_points(poses)
        self._sizes = Sizes(poses.width, poses.height)
        self._trunk = trunk_px(poses)
        self._bodies = body_boxes(self._points, self._trunk)
        scene = Scene(recording, clip_index, self._points, self._bodies, self._trunk, self._sizes)
        self._spare = np.empty(0, dtype=np.uint8)
        self._stages = tuple(
            stage_of(scene, stretch, find(stretch.exercise.id))
            for stretch in assessment.assessments
            if stretch.clip == clip_index or any(e.clip == clip_index for f in stretch.criteria for e in f.evidence)
        )

    def draw(self, picture: Picture, time_s: float) -> None:
        """Draw on the upright (height, width, 3) frame of this moment, in place."""
        stage = self._stage_at(time_s)
        row = int(np.argmin(np.abs(self._time_s - time_s)))
        if abs(self._time_s[row] - time_s) <= _LONGEST_GAP_S:
            self._draw_body(picture, time_s, row, stage)
        if stage is not None and stage.counter is not None:
            stage.counter.draw(picture, time_s)
        if stage is not None and stage.banners is not None:
            stage.banners.draw(picture, time_s)

    def _draw_body(self, picture: Picture, time_s: float, row: int, stage: Stage | None) -> None:
        points = self._points_at(time_s)
        near = self._near_at(time_s) if stage is None else stage.near
        angles = () if stage is None else _angles_of(stage, points, row, time_s)
        self._draw_soft(picture, points, near, angles, self._bodies[row, 0])
        draw_strong(picture, points, near, self._sizes.limb)
        for angle in angles:
            self._draw_angle(picture, angle, row)
        for angle in angles:
            angle.placed.draw_label(picture, row, angle.status)

    def _draw_soft(
        self,
        picture: Picture,
        points: FloatArray,
        near: Side | None,
        angles: tuple[_AngleNow, ...],
        body: FloatArray,
    ) -> None:
        """Blend in what is half transparent, on the part of the frame around the body only."""
        part = _part(picture, body, self._radius() * 2)
        if part is None:
            return
        under = picture[part[1], part[0]]
        layer, corner = self._copy(under), np.array([part[0].start, part[1].start])
        draw_faint(layer, points - corner, near, self._sizes.limb)
        for angle in angles:
            if not angle.placed.by_height and angle.mark.along is None:
                draw_fill(layer, angle.mark, corner, self._radius(), colour_of(angle.status))
        cv2.addWeighted(layer, _SHINE_THROUGH, under, 1 - _SHINE_THROUGH, 0, under)

    def _copy(self, under: Picture) -> Picture:
        """Copy into memory that is used again: a new piece for each frame, each of another size, would pile up."""
        if self._spare.size < under.size:
            self._spare = np.empty(under.size, dtype=np.uint8)
        layer = self._spare[: under.size].reshape(under.shape)
        layer[:] = under
        return layer

    def _draw_angle(self, picture: Picture, angle: _AngleNow, row: int) -> None:
        mark, box = angle.mark, angle.placed.boxes[row]
        width, colour = max(2, round(self._sizes.limb * 0.8)), colour_of(angle.status)
        joint = np.array(mark.end if angle.placed.by_height or mark.along else mark.vertex)
        label, thin = np.clip(joint, box[:2], box[2:]), max(1, round(width * 0.4))
        draw_line(picture, label, joint, thin + 1, LEADER_EDGE)
        draw_line(picture, label, joint, thin, WHITE)
        if mark.along:
            draw_offset(picture, mark, width, colour)
        elif angle.placed.by_height:
            draw_height(picture, mark, self._radius(), width, colour)
        else:
            draw_outline(picture, mark, self._radius(), width, colour)

    def _radius(self) -> float:
        return float(np.clip(self._trunk * _WEDGE_IN_TRUNKS, 6.0, max(self._sizes.width, self._sizes.height) * 0.08))

    def _points_at(self, time_s: float) -> FloatArray:
        """Return the (33, 2) points of a moment, between two followed frames in a straight line."""
        after = int(np.clip(np.searchsorted(self._time_s, time_s), 1, max(1, len(self._time_s) - 1)))
        if len(self._time_s) == 1:
            return np.asarray(self._points[0])
        first, last = self._time_s[after - 1], self._time_s[after]
        share = float(np.clip((time_s - first) / (last - first), 0.0, 1.0))
        if min(share, 1 - share) < 0.01:
            return np.asarray(self._points[after if share > 0.5 else after - 1])
        return np.asarray((1 - share) * self._points[after - 1] + share * self._points[after])

    def _stage_at(self, time_s: float) -> Stage | None:
        return next((stage for stage in self._stages if stage.start_s <= time_s <= stage.end_s), None)

    def _near_at(self, time_s: float) -> Side | None:
        if not self._stages:
            return None
        return min(self._stages, key=lambda stage: max(stage.start_s - time_s, time_s - stage.end_s)).near


@dataclass(frozen=True)
class _AngleNow:
    """An angle as it is at one moment."""

    placed: PlacedAngle
    mark: AngleMark
    status: Status | None


def _angles_of(stage: Stage, points: FloatArray, row: int, time_s: float) -> tuple[_AngleNow, ...]:
    marks = ((placed, placed.mark(points)) for placed in stage.angles if placed.angle.drawn[row])
    return tuple(_AngleNow(placed, mark, placed.angle.status_at(time_s)) for placed, mark in marks if mark is not None)


def _part(picture: Picture, body: FloatArray, reach: float) -> tuple[slice, slice] | None:
    """Return the columns and rows of the picture around a body; None where there is none in it."""
    if not np.isfinite(body).all():
        return None
    box = Box(*body).grown(reach)
    height, width = picture.shape[:2]
    left, top = max(0, round(box.left)), max(0, round(box.top))
    right, bottom = min(width, round(box.right)), min(height, round(box.bottom))
    return (slice(left, right), slice(top, bottom)) if left < right and top < bottom else None
