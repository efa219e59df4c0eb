import numpy as np
import pytest
from tests.pose.people import landmarks

from formcheck.pose.assembly import Assembly


def test_every_looked_at_frame_becomes_a_row() -> None:
    assembly = Assembly()
    assembly.add(0.0, landmarks(1))
    assembly.add(0.04, None)
    assembly.add(0.07, landmarks(2))

    poses = assembly.sequence(width=640, height=480)

    assert poses.time_s.tolist() == [0.0, 0.04, 0.07]
    assert poses.found.tolist() == [True, False, True]
    first = landmarks(1)
    assert np.array_equal(poses.xy_px[0], first.xy_px)
    assert np.array_equal(poses.z_px[0], first.z_px)
    assert np.array_equal(poses.visibility[0], first.visibility)
    assert np.array_equal(poses.presence[0], first.presence)
    assert np.array_equal(poses.world_m[0], first.world_m)
    for array in (poses.xy_px, poses.z_px, poses.visibility, poses.presence, poses.world_m):
        assert np.isnan(array[1]).all()
    assert (poses.width, poses.height) == (640, 480)


def test_the_background_is_known_where_it_was_looked_at() -> None:
    assembly = Assembly()
    assembly.add(0.0, landmarks(1), np.array([1.0, 0.0, 0.0, 0.0]))
    assembly.add_skipped(0.01)
    assembly.add(0.02, None)
    assembly.add(0.04, landmarks(2), np.array([0.9, 0.1, 5.0, 6.0]))

    found = assembly.sequence(width=640, height=480).background

    assert found is not None
    assert np.isnan(found[1:3]).all()
    assert found[[0, 3]].tolist() == [[1.0, 0.0, 0.0, 0.0], [0.9, 0.1, 5.0, 6.0]]


def test_a_background_that_is_never_known_is_none() -> None:
    assembly = Assembly()
    assembly.add(0.0, landmarks(1))
    assembly.add(0.04, landmarks(2))

    assert assembly.sequence(width=640, height=480).background is None


def test_skipped_frames_lie_on_a_straight_line_in_time() -> None:
    assembly = Assembly()
    assembly.add(0.0, landmarks(1))
    assembly.add_skipped(0.004)
    assembly.add_skipped(0.012)
    assembly.add(0.016, landmarks(2))

    poses = assembly.sequence(width=640, height=480)

    expected = 0.75 * landmarks(1).xy_px + 0.25 * landmarks(2).xy_px
    assert poses.xy_px[1] == pytest.approx(expected)
    assert poses.world_m[2] == pytest.approx(0.25 * landmarks(1).world_m + 0.75 * landmarks(2).world_m)


def test_skipped_frames_are_unknown_beside_a_frame_without_anybody() -> None:
    assembly = Assembly()
    assembly.add(0.0, landmarks(1))
    assembly.add_skipped(0.008)
    assembly.add(0.016, None)
    assembly.add_skipped(0.024)
    assembly.add(0.032, landmarks(2))

    assert assembly.sequence(width=640, height=480).found.tolist() == [True, False, False, False, True]


def test_nothing_is_made_up_across_a_pause() -> None:
    assembly = Assembly()
    assembly.add(0.0, landmarks(1))
    assembly.add_skipped(0.008)
    assembly.add(0.4, landmarks(2))

    assert assembly.sequence(width=640, height=480).found.tolist() == [True, False, True]


def test_skipped_frames_at_the_ends_stay_unknown() -> None:
    assembly = Assembly()
    assembly.add_skipped(0.0)
    assembly.add(0.008, landmarks(1))
    assembly.add_skipped(0.016)

    assert assembly.sequence(width=640, height=480).found.tolist() == [False, True, False]
