from dataclasses import replace

import numpy as np
import pytest
from tests.report import filmed, verdicts

from formcheck.assessment import Hold, Repetition
from formcheck.criteria.model import ShownAngle
from formcheck.pose.sequence import FloatArray
from formcheck.report.overlay import blocks
from formcheck.report.overlay.angles import shown_angles
from formcheck.report.overlay.banners import banners_at, fault_moments
from formcheck.report.overlay.boxes import (
    Box,
    body_boxes,
    calm,
    filled,
    limb_points,
    overlap,
    roomiest,
    seen_points,
    trunk_px,
)
from formcheck.report.overlay.counters import counts_at, widest_counts
from formcheck.report.overlay.labels import Surroundings, label_boxes
from formcheck.report.overlay.lettering import LINE, Style, width_of, wrapped, write
from formcheck.report.overlay.sizes import Sizes
from formcheck.report.overlay.sprites import paste, plate, sign
from formcheck.report.palette import GREEN, ORANGE, VERMILLION, Colour
from formcheck.vocabulary import Landmark, Side, Status

CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
# How people without one kind of cones see linear RGB (Machado, Oliveira and Fernandes 2009, full severity).
_BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def _lightness_and_hue(colour: Colour, matrix: object) -> np.ndarray:
    """Return CIELAB coordinates of a colour as somebody with this kind of vision sees it."""
    encoded = np.array(colour) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", [np.eye(3), *_BLINDNESS.values()], ids=["full colour", *_BLINDNESS])
def test_statuses_differ_in_colour_for_every_kind_of_vision(vision: object) -> None:
    seen = [_lightness_and_hue(colour, vision) for colour in (GREEN, ORANGE, VERMILLION)]

    distances = [np.linalg.norm(a - b) for place, a in enumerate(seen) for b in seen[:place]]
    assert min(distances) > 20


def test_statuses_differ_in_shape_too() -> None:
    shapes = [sign(status, 40).veil < 128 for status in (Status.GOOD, Status.MINOR, Status.MAJOR, None)]

    assert all((a != b).mean() > 0.03 for place, a in enumerate(shapes) for b in shapes[:place])


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (640, 480), (3840, 2160), (480, 854)])
def test_text_is_legible_on_a_phone(size: tuple[int, int]) -> None:
    sizes = Sizes(*size)

    assert min(style.size for style in (sizes.body, sizes.heading, sizes.quiet, sizes.number)) >= 0.0255 * max(size)


def test_letters_have_the_height_that_their_style_says() -> None:
    picture = np.zeros((200, 600, 3), dtype=np.uint8)

    write(picture, "Hgjy 128°", 10, 100, Style(60))

    rows = np.nonzero(picture.max(axis=(1, 2)) > 60)[0]
    assert rows[-1] - rows[0] == pytest.approx(60, abs=6)
    assert rows[0] >= 100 - 60 * LINE / 2


def test_text_is_broken_between_words_only() -> None:
    style = Style(20)

    lines = wrapped("the knee caves in", style, width_of("the knee", style))

    assert lines == ("the knee", "caves in")
    assert wrapped("unbreakable", style, 5) == ("unbreakable",)


def test_a_sprite_that_reaches_beyond_the_picture_is_cut_off() -> None:
    picture = np.full((20, 20, 3), 200, dtype=np.uint8)

    for left, top in ((-15, -15), (15, 15), (100, 0), (0, -100)):
        paste(picture, plate(18, 18, 3, 1.0), left, top)

    assert picture[0, 0].max() < 60
    assert picture[10, 10].tolist() == [200, 200, 200]


def test_a_translucent_plate_lets_the_picture_shine_through() -> None:
    picture = np.full((40, 40, 3), 200, dtype=np.uint8)

    paste(picture, plate(40, 40, 4, 0.5), 0, 0)

    assert picture[20, 20].tolist() == pytest.approx([106, 108, 111], abs=2)


class TestCounters:
    def test_repetitions_count_when_they_end_and_by_side(self) -> None:
        stretch = filmed.squats(
            repetitions=tuple(
                Repetition(side=side, start_s=at, peak_s=at + 0.5, end_s=at + 1)
                for at, side in ((0.0, Side.LEFT), (1.0, Side.RIGHT), (2.0, Side.LEFT))
            )
        )

        shown = [counts_at(stretch, t, is_drill=False) for t in (0.9, 1.0, 3.5)]

        assert shown == [
            (("0", "left"), ("0", "right")),
            (("1", "left"), ("0", "right")),
            (("2", "left"), ("1", "right")),
        ]

    def test_repetitions_of_one_side_or_of_none_are_one_number(self) -> None:
        one = filmed.squats()
        none = replace(one, repetitions=tuple(replace(r, side=None) for r in one.repetitions))

        assert counts_at(one, 2.0, is_drill=False) == (("1", "rep right"),)
        assert counts_at(none, 3.9, is_drill=False) == (("2", "reps"),)

    def test_a_drill_shows_steps_and_cadence(self) -> None:
        assert counts_at(verdicts.stretch(), 1.3, is_drill=True) == (("2", "steps"), ("172", "per min"))

    def test_a_drill_without_a_known_cadence_shows_steps_alone(self) -> None:
        stretch = verdicts.stretch(cadence_steps_per_minute=None)

        assert counts_at(stretch, 0.9, is_drill=True) == (("1", "step"),)

    def test_the_seconds_of_a_hold_run_and_then_stay(self) -> None:
        holds = (Hold(side=Side.LEFT, start_s=1.0, end_s=3.5), Hold(side=Side.RIGHT, start_s=5.0, end_s=9.0))
        stretch = filmed.squats(repetitions=(), holds=holds)

        shown = [counts_at(stretch, t, is_drill=False)[0] for t in (0.5, 2.25, 4.5, 6.0)]

        assert shown == [("0.0", "s held"), ("1.2", "s held left"), ("2.5", "s held left"), ("1.0", "s held right")]

    def test_nothing_is_counted_where_there_is_nothing_to_count(self) -> None:
        assert counts_at(filmed.squats(repetitions=()), 1.0, is_drill=False) == ()

    @pytest.mark.parametrize("is_drill", [True, False])
    def test_the_panel_is_laid_out_for_the_widest_counts(self, is_drill: bool) -> None:
        many = tuple(Repetition(side=None, start_s=t, peak_s=t, end_s=t + 0.3) for t in np.arange(0.0, 3.6, 0.3))
        stretch = filmed.squats(repetitions=many)
        style = Style(20)

        room = widest_counts(stretch, is_drill=is_drill)

        for seconds in np.arange(0.0, 4.0, 0.1):
            for count, widest in zip(counts_at(stretch, seconds, is_drill=is_drill), room, strict=True):
                assert all(width_of(a, style) <= width_of(b, style) for a, b in zip(count, widest, strict=True))


class TestBanners:
    def test_they_say_fault_side_value_and_good_band(self) -> None:
        scene = filmed.recording(filmed.poses())
        faults = fault_moments(filmed.squats(filmed.knee_finding(scene, Status.MAJOR, 1.0)), 0)

        (banner,) = banners_at(faults, 1.0)

        degrees = round(float(scene.angles["right_knee_flexion"][30]))
        assert banner.heading == "The knee bends little"
        assert banner.value == f"Right, {degrees}°"
        assert banner.good == "(good 80° or more)"

    def test_at_most_two_show_at_once_the_worst_first(self) -> None:
        scene = filmed.recording(filmed.poses())
        knee = filmed.knee_finding(scene, Status.MINOR, 1.0)
        findings = (
            knee,
            replace(knee, side=Side.LEFT),
            verdicts.finding(verdicts.TRUNK, None, Status.GOOD, evidence=verdicts.evidence(1.0)),
            filmed.sway_finding(1.0),
        )

        shown = banners_at(fault_moments(filmed.squats(*findings, pitfalls=("sway", "knee_bend")), 0), 1.0)

        assert [banner.status for banner in shown] == [Status.MAJOR, Status.MINOR]

    def test_two_moments_close_together_are_one_banner_with_the_nearer_value(self) -> None:
        scene = filmed.recording(filmed.poses())
        faults = fault_moments(filmed.squats(filmed.knee_finding(scene, Status.MAJOR, 1.0, 1.6)), 0)

        values = [banners_at(faults, t)[0].value for t in (1.1, 1.5)]

        assert values[0] != values[1]
        assert len(banners_at(faults, 1.3)) == 1

    def test_a_fault_of_a_whole_hold_is_told_as_long_as_it_is_held_and_one_of_its_end_at_its_end(self) -> None:
        hold = Hold(side=None, start_s=0.5, end_s=3.5)
        ending = replace(filmed.sway_finding(3.4), criterion=verdicts.criterion("fading", fault="The sway grows."))
        stretch = filmed.squats(filmed.sway_finding(2.0), ending, repetitions=(), holds=(hold,))

        faults = fault_moments(stretch, 0)

        told = [[banner.heading for banner in banners_at(faults, t)] for t in (0.4, 0.6, 2.9, 3.2, 3.6)]
        assert told == [
            [],
            ["The body sways"],
            ["The body sways"],
            ["The body sways", "The sway grows"],
            ["The sway grows"],
        ]


class TestAngles:
    rows = np.ones(120, dtype=bool)

    def test_the_working_side_is_shown_with_the_kinds_that_are_known(self) -> None:
        scene = filmed.recording(filmed.poses())

        shown = shown_angles(scene, filmed.squats(), filmed.SQUAT, 0, self.rows)

        assert [angle.column for angle in shown] == ["right_knee_flexion", "trunk_lean"]
        assert [angle.name for angle in shown] == ["knee", "trunk"]

    def test_a_drill_from_the_front_shows_both_sides_and_from_the_side_the_near_one(self) -> None:
        scene = filmed.recording(filmed.poses())
        drill = replace(filmed.SQUAT, is_drill=True)

        front = shown_angles(scene, filmed.from_the_front(filmed.squats()), drill, 0, self.rows)
        side = shown_angles(scene, filmed.squats(), drill, 0, self.rows)

        assert [angle.name for angle in front] == ["L knee", "R knee", "trunk"]
        assert [angle.column for angle in side] == ["right_knee_flexion", "trunk_lean"]

    def test_an_angle_that_is_judged_on_the_other_side_is_shown_there(self) -> None:
        scene = filmed.recording(filmed.poses())
        front_knee = replace(filmed.KNEE, angle=ShownAngle("knee_flexion", of_other_side=True))
        kneeling = replace(filmed.SQUAT, criteria=(front_knee,))

        shown = shown_angles(scene, filmed.squats(), kneeling, 0, self.rows)

        assert [angle.column for angle in shown] == ["left_knee_flexion", "trunk_lean"]

    def test_alternating_sides_are_shown_in_turn(self) -> None:
        scene = filmed.recording(filmed.poses())
        first, second = filmed.squats().repetitions
        turns = filmed.squats(repetitions=(replace(first, side=Side.LEFT), second))

        shown = {angle.column: angle.drawn for angle in shown_angles(scene, turns, filmed.SQUAT, 0, self.rows)}

        assert shown["left_knee_flexion"][30]
        assert not shown["left_knee_flexion"][90]
        assert (shown["left_knee_flexion"] ^ shown["right_knee_flexion"]).all()

    def test_the_shown_degrees_do_not_flicker(self) -> None:
        scene = filmed.recording(filmed.poses())
        trembling = np.array([40.4, 40.6] * 60)
        scene = replace(scene, angles={**scene.angles, "right_knee_flexion": trembling})

        shown = shown_angles(scene, filmed.squats(), filmed.SQUAT, 0, self.rows)[0]

        assert len(set(shown.values.tolist())) == 1
        assert abs(shown.values[0] - 40.5) <= 1


class TestPlaces:
    inside = Box(10, 10, 630, 470)

    def around(self, xy_px: FloatArray, trunk: float, *panels: Box) -> Surroundings:
        """Return what the labels of a body, (n, 33, 2), have to keep clear of."""
        return Surroundings(
            time_s=np.arange(len(xy_px)) / filmed.FPS,
            bodies=calm(body_boxes(xy_px, trunk), 12),
            points=xy_px,
            flesh=10.0,
            reach=12,
            inside=self.inside,
            gap=12.0,
            panels=panels,
        )

    def test_a_panel_goes_where_the_athlete_is_not(self) -> None:
        poses = filmed.poses(filmed.OLD, at=0.2, tall=0.95)
        bodies = body_boxes(seen_points(poses), trunk_px(poses))

        spot = roomiest([(200, 100)], CORNERS, self.inside, bodies, [])

        assert spot is not None
        assert spot.box.left > 320
        assert spot.covered == 0

    def test_a_panel_keeps_clear_of_what_is_there_already(self) -> None:
        bodies = np.full((3, 4, 4), np.nan)

        spot = roomiest([(200, 100)], CORNERS, self.inside, bodies, [Box(0, 0, 300, 200)])

        assert spot is not None
        assert spot.box.left > 300

    def test_a_panel_that_fits_nowhere_is_left_out(self) -> None:
        assert roomiest([(900, 100)], CORNERS, self.inside, np.full((3, 4, 4), np.nan), []) is None

    def test_a_box_holds_head_and_feet(self) -> None:
        poses = filmed.poses(filmed.OLD, tall=0.8)

        left, top, right, bottom = body_boxes(seen_points(poses), trunk_px(poses))[0, 0]

        assert top < 48
        assert bottom > 432 * 0.98
        assert left < 320 < right

    def test_a_calm_box_holds_the_restless_one(self) -> None:
        rng = np.random.default_rng(7)
        low = rng.uniform(0, 50, (90, 2))
        boxes = np.concatenate([low, low + rng.uniform(10, 60, (90, 2))], axis=1)
        boxes[20:25] = np.nan

        quiet = calm(boxes, 6)

        known = np.isfinite(boxes[:, 0])
        assert (quiet[known, :2] <= boxes[known, :2] + 1e-9).all()
        assert (quiet[known, 2:] >= boxes[known, 2:] - 1e-9).all()
        assert np.abs(np.diff(quiet, axis=0)).max() < 12

    def test_what_was_never_seen_stays_unknown(self) -> None:
        assert np.isnan(filled(np.full((4, 2), np.nan))).all()

    @pytest.mark.parametrize("speed", [0.0, 0.18])
    def test_labels_cover_neither_athlete_nor_panel_nor_one_another(self, speed: float) -> None:
        poses = filmed.poses(filmed.OLD, at=0.2 if speed else 0.5, speed=speed)
        bodies = body_boxes(seen_points(poses), trunk_px(poses))
        panel = Box(10, 10, 200, 90)
        around = self.around(poses.xy_px, trunk_px(poses), panel)
        joints = [poses.xy_px[:, part] for part in (24, 24, 26, 28)]

        boxes = label_boxes(around, joints, [(120, 30)] * 4, [np.ones(120, dtype=bool)] * 4)

        for place, label in enumerate(boxes):
            assert overlap(label, bodies[:, 0]).max() == 0
            assert overlap(label, panel).max() == 0
            assert all(overlap(label, other).max() == 0 for other in boxes[:place])
            assert (label[:, :2] >= 10 - 1e-9).all()
            assert (label[:, 2:] <= np.array([630, 470]) + 1e-9).all()

    def test_a_label_comes_close_to_its_joint_where_a_bent_body_leaves_room(self) -> None:
        poses = filmed.poses(filmed.OLD)
        slanted = poses.xy_px.copy()
        slanted[..., 0] += 0.9 * (480 - slanted[..., 1]) - 100
        limbs = limb_points(slanted)
        around = self.around(slanted, trunk_px(poses))
        hip = slanted[:, Landmark.RIGHT_HIP]

        (label,) = label_boxes(around, [hip], [(60, 30)], [np.ones(120, dtype=bool)])

        beside = np.maximum(np.maximum(label[:, :2] - hip, hip - label[:, 2:]), 0.0)
        assert np.linalg.norm(beside, axis=1).max() < 70
        inside = (limbs > label[:, None, :2]) & (limbs < label[:, None, 2:])
        assert not inside.all(axis=2).any()

    def test_the_line_to_a_label_does_not_cross_the_body(self) -> None:
        poses = filmed.poses(filmed.OLD)
        strided = poses.xy_px.copy()
        legs = [Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE, Landmark.LEFT_HEEL, Landmark.LEFT_FOOT_INDEX]
        strided[:, legs, 0] -= 70
        strided[:, [leg + 1 for leg in legs], 0] += 60
        around = self.around(strided, trunk_px(poses))
        knee = strided[:, Landmark.RIGHT_KNEE]

        (label,) = label_boxes(around, [knee], [(120, 30)], [np.ones(120, dtype=bool)])

        assert (label[:, 0] > knee[:, 0]).all()

    def test_labels_of_a_long_clip_are_placed_as_if_it_were_looked_at_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        poses = filmed.poses(filmed.OLD, at=0.2, speed=0.18)
        around = self.around(poses.xy_px, trunk_px(poses))
        given = ([poses.xy_px[:, 24], poses.xy_px[:, 26]], [(120, 30)] * 2, [np.ones(120, dtype=bool)] * 2)
        at_once = label_boxes(around, *given)
        monkeypatch.setattr(blocks, "ROWS_AT_A_TIME", 7)

        assert np.array_equal(label_boxes(around, *given), at_once)

    def test_labels_stay_put_while_the_athlete_does(self) -> None:
        poses = filmed.poses(filmed.OLD)
        around = self.around(poses.xy_px, trunk_px(poses))

        (label,) = label_boxes(around, [poses.xy_px[:, 24]], [(120, 30)], [np.ones(120, dtype=bool)])

        assert np.abs(np.diff(label, axis=0)).max() < 6
