import time
import tracemalloc
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from tests.report import filmed
from tests.report.filmed import GREY, OLD, UPRIGHT, WIDE

from formcheck.assessment import Assessment, ExerciseAssessment, Hold
from formcheck.kinematics.recording import Recording
from formcheck.report.overlay import composition
from formcheck.report.overlay.boxes import body_boxes, seen_points, trunk_px
from formcheck.report.overlay.composition import Overlay
from formcheck.report.palette import GREEN, ORANGE, VERMILLION
from formcheck.video.picture import Picture
from formcheck.vocabulary import Landmark, Side, Status


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "find", lambda _id: filmed.SQUAT)


def drawn(recording: Recording, assessment: Assessment, time_s: float, clip: int = 0) -> Picture:
    picture = filmed.wall(recording.clean)
    Overlay(recording, assessment, clip).draw(picture, time_s)
    return picture


def changed(picture: Picture) -> npt.NDArray[np.bool_]:
    return np.asarray(np.abs(picture.astype(np.int64) - GREY).max(axis=2) > 0, dtype=np.bool_)


@pytest.mark.parametrize("seconds", [0.59, 1.81, 3.5])
def test_no_banner_shows_before_0_4_s_or_after_0_8_s_of_a_fault(seconds: float) -> None:
    scene = filmed.recording(filmed.poses())

    picture = drawn(scene, filmed.assessed(filmed.squats(filmed.sway_finding(1.0))), seconds)

    assert filmed.pixels_near(picture, VERMILLION) == 0


@pytest.mark.parametrize("seconds", [0.61, 1.0, 1.79])
def test_a_banner_shows_while_the_fault_happens(seconds: float) -> None:
    scene = filmed.recording(filmed.poses())

    picture = drawn(scene, filmed.assessed(filmed.squats(filmed.sway_finding(1.0))), seconds)

    assert filmed.pixels_near(picture, VERMILLION) > 40


def test_a_fault_seen_in_another_view_of_the_performance_shows_only_there() -> None:
    scene = filmed.recording(filmed.poses())
    both = filmed.assessed(filmed.squats(filmed.sway_finding(1.0, clip=1)))

    assert filmed.pixels_near(drawn(scene, both, 1.0, clip=0), VERMILLION) == 0
    assert filmed.pixels_near(drawn(scene, both, 1.0, clip=1), VERMILLION) > 40


@pytest.mark.parametrize(
    ("status", "colour"), [(Status.GOOD, GREEN), (Status.MINOR, ORANGE), (Status.MAJOR, VERMILLION)]
)
def test_the_judged_angle_has_the_colour_of_its_status(status: Status, colour: tuple[int, int, int]) -> None:
    scene = filmed.recording(filmed.poses(OLD))
    knee = scene.clean.xy_px[30, Landmark.RIGHT_KNEE].round().astype(int)

    picture = drawn(scene, filmed.assessed(filmed.squats(filmed.knee_finding(scene, status, 1.0))), 1.0)

    around = picture[knee[1] - 40 : knee[1] + 40, knee[0] - 20 : knee[0] + 40]
    others = {GREEN, ORANGE, VERMILLION} - {colour}
    assert filmed.pixels_near(around, colour) > 20
    assert all(filmed.pixels_near(around, other) == 0 for other in others)


def test_a_fault_colours_its_angle_only_while_it_happens() -> None:
    scene = filmed.recording(filmed.poses())
    verdict = filmed.assessed(filmed.squats(filmed.knee_finding(scene, Status.MAJOR, 1.0)))

    assert filmed.pixels_near(drawn(scene, verdict, 3.0), VERMILLION) == 0


def test_a_fault_of_a_hold_colours_its_angle_all_through_the_hold() -> None:
    scene = filmed.recording(filmed.poses())
    hold = Hold(side=Side.RIGHT, start_s=0.5, end_s=3.5)
    held = filmed.squats(filmed.knee_finding(scene, Status.MAJOR, 1.0), repetitions=(), holds=(hold,))

    assert filmed.pixels_near(drawn(scene, filmed.assessed(held), 3.0), VERMILLION) > 20


@pytest.mark.parametrize("size", [WIDE, UPRIGHT, OLD])
@pytest.mark.parametrize("place", [0.3, 0.5, 0.7])
def test_the_face_is_never_drawn_over(size: tuple[int, int], place: float) -> None:
    poses = filmed.poses(size, at=place, tall=0.55)
    scene = filmed.recording(poses)
    findings = (filmed.sway_finding(1.0), filmed.knee_finding(scene, Status.MINOR, 1.0))
    heads = body_boxes(seen_points(poses), trunk_px(poses))[:, 1].round().astype(int)

    for seconds in (0.0, 1.0, 2.5):
        left, top, right, bottom = heads[round(seconds * 30)]
        picture = drawn(scene, filmed.assessed(filmed.squats(*findings)), seconds)
        assert not changed(picture[top : bottom - 4, left:right]).any()


@pytest.mark.parametrize("size", [WIDE, OLD, UPRIGHT])
def test_only_skeleton_angles_and_leader_lines_are_drawn_on_the_athlete(size: tuple[int, int]) -> None:
    """Panels and labels are dark and large: no dark patch may lie in the athlete's box."""
    poses = filmed.poses(size, tall=0.5)
    scene = filmed.recording(poses)
    picture = drawn(scene, filmed.assessed(filmed.squats(filmed.sway_finding(1.0))), 1.0)

    left, top, right, bottom = body_boxes(seen_points(poses), trunk_px(poses))[30, 0].round().astype(int)
    dark = (picture[top:bottom, left:right].max(axis=2) < 60).astype(float)

    patches = np.lib.stride_tricks.sliding_window_view(dark, (9, 9)).mean(axis=(2, 3))
    assert patches.max() < 0.95


def test_the_exercise_is_named_only_while_it_is_done_but_the_skeleton_stays() -> None:
    scene = filmed.recording(filmed.poses())
    verdict = filmed.assessed(filmed.squats(start_s=1.0, end_s=2.0))
    corner = np.s_[10:60, 10:120]

    assert [changed(drawn(scene, verdict, t)[corner]).any() for t in (0.5, 1.5, 2.5)] == [False, True, False]
    assert all(changed(drawn(scene, verdict, t)).any() for t in (0.5, 2.5))


def test_each_exercise_of_a_clip_has_its_own_panel() -> None:
    scene = filmed.recording(filmed.poses())
    named = replace(filmed.squats().exercise, name="A much longer name")
    clip = filmed.assessed(filmed.squats(end_s=1.5), filmed.squats(start_s=2.0, exercise=named))

    widths = [np.count_nonzero(changed(drawn(scene, clip, t)[12:40, :300]).max(axis=0)) for t in (1.0, 1.8, 3.0)]

    assert widths[1] == 0 < widths[0] < widths[2]


def test_the_near_side_is_bright_and_the_far_side_faint() -> None:
    poses = filmed.poses(OLD)
    poses.xy_px[:, 1::2, 0] -= 60
    scene = filmed.recording(poses)

    def brightness(near: Side) -> list[int]:
        quality = replace(filmed.squats().quality, near_side=near)
        picture = drawn(scene, filmed.assessed(filmed.squats(quality=quality)), 0.0)
        elbows = (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW)
        forearms = (poses.xy_px[0, [elbow, elbow + 2]].mean(axis=0) for elbow in elbows)
        return [int(picture[round(y), round(x)].min()) for x, y in forearms]

    left_near, right_near = brightness(Side.LEFT), brightness(Side.RIGHT)
    assert left_near[0] > left_near[1] + 40
    assert right_near[1] > right_near[0] + 40


def test_nothing_is_drawn_from_landmarks_that_are_hardly_visible() -> None:
    poses = filmed.poses()
    poses.visibility[:] = 0.2

    picture = drawn(filmed.recording(poses), filmed.assessed(filmed.squats(start_s=9.0, end_s=9.5)), 1.0)

    assert not changed(picture).any()


def test_frames_without_a_body_or_with_half_a_body_are_drawn_all_the_same() -> None:
    poses = filmed.poses()
    poses.xy_px[:30] = np.nan
    poses.xy_px[30:60, Landmark.LEFT_HIP :] = np.nan
    poses.xy_px[60:70, Landmark.RIGHT_KNEE] = np.nan
    scene = filmed.recording(poses)
    overlay = Overlay(scene, filmed.assessed(filmed.squats(filmed.sway_finding(1.0))), 0)

    for seconds in np.arange(120) / 30:
        overlay.draw(filmed.wall(poses), float(seconds))


def test_a_clip_in_which_nobody_was_ever_found_has_only_panels() -> None:
    poses = filmed.poses()
    poses.xy_px[:] = np.nan

    picture = drawn(filmed.recording(poses), filmed.assessed(filmed.squats(filmed.sway_finding(1.0))), 1.0)

    assert changed(picture[:60]).any()
    assert not changed(picture[150:, 200:440]).any()


@pytest.mark.parametrize("size", [(64, 64), (16, 90), (3840, 2160), (1080, 1920)])
def test_any_frame_size_can_be_drawn_on(size: tuple[int, int]) -> None:
    scene = filmed.recording(filmed.poses(size, seconds=2.0))
    verdict = filmed.assessed(filmed.squats(filmed.sway_finding(1.0), filmed.knee_finding(scene, Status.MAJOR, 1.0)))

    assert changed(drawn(scene, verdict, 1.0)).any()


def test_landmarks_far_outside_the_picture_do_no_harm() -> None:
    poses = filmed.poses()
    poses.xy_px[:, Landmark.RIGHT_WRIST] = (1e12, -1e12)
    poses.xy_px[:, Landmark.RIGHT_ANKLE] = (9000.0, -9000.0)

    assert changed(drawn(filmed.recording(poses), filmed.assessed(filmed.squats()), 1.0)).any()


def test_frames_between_two_followed_ones_show_the_body_in_between() -> None:
    poses = filmed.poses(speed=0.2)
    overlay = Overlay(filmed.recording(poses), filmed.assessed(filmed.squats(start_s=9.0, end_s=9.5)), 0)

    def middle(seconds: float) -> float:
        picture = filmed.wall(poses)
        overlay.draw(picture, seconds)
        return float(np.nonzero(changed(picture))[1].mean())

    assert middle(1.0) < middle(1.0 + 0.5 / 30) < middle(1.0 + 1 / 30)


def test_off_the_side_view_a_thigh_is_shown_by_its_height_and_not_by_a_foreshortened_wedge(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composition, "find", lambda _id: replace(filmed.SQUAT, shown_angles=("thigh_elevation",)))
    scene = filmed.recording(filmed.poses(OLD))
    x, y = scene.clean.xy_px[30, Landmark.RIGHT_KNEE]
    hip_y = scene.clean.xy_px[30, Landmark.RIGHT_HIP, 1]
    side = filmed.squats()

    def white_above_the_knee(stretch: ExerciseAssessment) -> int:
        picture = drawn(scene, filmed.assessed(stretch), 1.0)
        column = picture[round(hip_y) + 6 : round(y) - 8, round(x) - 1 : round(x) + 2]
        return filmed.pixels_near(column, (255, 255, 255), 40)

    assert white_above_the_knee(filmed.from_the_front(side)) > 2 * white_above_the_knee(side)


def test_drawing_costs_far_less_than_encoding() -> None:
    scene = filmed.recording(filmed.poses((1920, 1080), seconds=2.0))
    verdict = filmed.assessed(filmed.squats(filmed.sway_finding(1.0), filmed.knee_finding(scene, Status.MAJOR, 1.0)))
    overlay, picture = Overlay(scene, verdict, 0), filmed.wall(scene.clean)
    spent = []
    for seconds in np.arange(60) / 30:
        before = time.process_time()
        overlay.draw(picture, float(seconds))
        spent.append(time.process_time() - before)

    assert np.median(spent) < 0.02


def test_the_memory_for_placing_everything_grows_by_little_more_than_the_landmarks() -> None:
    scene = filmed.recording(filmed.poses(seconds=240.0))
    landmarks = sum(values.nbytes for values in (scene.clean.xy_px, scene.clean.world_m, scene.clean.visibility))
    tracemalloc.start()

    Overlay(scene, filmed.assessed(filmed.squats(filmed.sway_finding(1.0), end_s=240.0)), 0)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * landmarks
