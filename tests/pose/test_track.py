import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tests.pose.people import same, sequence

from formcheck.errors import UnreadableClip
from formcheck.pose import track
from formcheck.pose.sequence import PoseSequence
from formcheck.pose.track import is_track, load_track, save_track

Arrays = dict[str, npt.NDArray[Any]]


def stored(poses: PoseSequence) -> Arrays:
    return {
        "time_s": poses.time_s,
        "xy_px": poses.xy_px.astype(np.float32),
        "z_px": poses.z_px.astype(np.float32),
        "visibility": poses.visibility.astype(np.float16),
        "presence": poses.presence.astype(np.float16),
        "world_m": poses.world_m.astype(np.float32),
        "width": np.array(poses.width),
        "height": np.array(poses.height),
    }


def write(path: Path, arrays: Arrays) -> Path:
    np.savez(path, allow_pickle=True, **arrays)
    return path


def test_a_track_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    poses = sequence(unseen=(0, 7, 8))

    save_track(poses, tmp_path / "landmarks.npz")

    assert same(load_track(tmp_path / "landmarks.npz"), poses)


def test_a_track_keeps_how_the_background_moved(tmp_path: Path) -> None:
    background = np.random.default_rng(4).normal(0.0, 3.0, (20, 4))
    background[3] = np.nan
    poses = replace(sequence(), background=background).rounded()

    save_track(poses, tmp_path / "landmarks.npz")

    found = load_track(tmp_path / "landmarks.npz")
    assert same(found, poses)
    assert found.background is not None
    np.testing.assert_array_equal(found.background, poses.background)


@pytest.mark.parametrize(
    ("background", "said"),
    [
        (np.zeros((20, 3)), r"background has shape \(20, 3\) and \(20, 4\) was needed"),
        (np.full((20, 4), np.inf), "background holds infinities"),
        (np.full((20, 4), "left"), "background does not hold numbers"),
        (np.full((20, 4), 1e9), "background holds values beyond"),
    ],
)
def test_a_background_that_is_none_is_told(background: npt.NDArray[Any], said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "landmarks.npz", stored(sequence()) | {"background": background})

    with pytest.raises(UnreadableClip, match=said):
        load_track(path)


def test_a_track_holds_the_promised_keys_and_types(tmp_path: Path) -> None:
    save_track(sequence(), tmp_path / "landmarks.npz")

    with np.load(tmp_path / "landmarks.npz", allow_pickle=False) as found:
        kinds = {key: (found[key].dtype.name, found[key].shape) for key in found.files}

    assert kinds == {
        "time_s": ("float64", (20,)),
        "xy_px": ("float32", (20, 33, 2)),
        "z_px": ("float32", (20, 33)),
        "visibility": ("float16", (20, 33)),
        "presence": ("float16", (20, 33)),
        "world_m": ("float32", (20, 33, 3)),
        "width": ("int64", ()),
        "height": ("int64", ()),
    }


def test_the_same_poses_give_the_same_bytes(tmp_path: Path) -> None:
    save_track(sequence(), tmp_path / "a.npz")
    save_track(sequence(), tmp_path / "b.npz")

    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_track_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "landmarks.npz").mkdir()

    with pytest.raises(OSError, match="landmarks"):
        save_track(sequence(), tmp_path / "landmarks.npz")

    assert [entry.name for entry in tmp_path.iterdir()] == ["landmarks.npz"]


def test_times_are_moved_to_begin_at_zero(tmp_path: Path) -> None:
    arrays = stored(sequence())

    poses = load_track(write(tmp_path / "a.npz", arrays | {"time_s": arrays["time_s"] + 12.5}))

    assert poses.time_s == pytest.approx(np.arange(20) / 30)
    assert poses.time_s[0] == 0.0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"width": np.array([400])}, id="sizes as arrays of one"),
        pytest.param({"width": np.array(400.0)}, id="sizes as whole floats"),
        pytest.param({"label": np.array("knee drive")}, id="something besides"),
        pytest.param({"xy_px": np.arange(20 * 66).reshape(20, 33, 2)}, id="whole pixels"),
    ],
)
def test_what_means_the_same_is_accepted(tmp_path: Path, change: Arrays) -> None:
    poses = load_track(write(tmp_path / "a.npz", stored(sequence()) | change))

    assert (poses.width, poses.height, len(poses)) == (400, 300, 20)


def swapped(time_s: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return time_s[[0, 2, 1, *range(3, len(time_s))]]


def with_value(array: npt.NDArray[Any], value: float) -> npt.NDArray[Any]:
    changed = array.copy()
    changed.reshape(-1)[array.size // 2] = value
    return changed


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(lambda a: {"time_s": swapped(a["time_s"])}, "time_s does not increase", id="time goes back"),
        pytest.param(lambda a: {"time_s": a["time_s"] * 0}, "time_s does not increase", id="time stands still"),
        pytest.param(lambda a: {"time_s": with_value(a["time_s"], np.nan)}, "time_s holds NaN", id="no time"),
        pytest.param(lambda a: {"xy_px": a["xy_px"][:, :17]}, r"xy_px has shape \(20, 17, 2\)", id="17 landmarks"),
        pytest.param(lambda a: {"z_px": a["z_px"][:9]}, r"z_px has shape \(9, 33\) and \(20, 33\)", id="short column"),
        pytest.param(lambda a: {"time_s": a["time_s"][:, None]}, r"time_s has shape \(20, 1\)", id="time in a table"),
        pytest.param(lambda a: {"xy_px": with_value(a["xy_px"], np.inf)}, "xy_px holds infinities", id="infinity"),
        pytest.param(lambda a: {"world_m": with_value(a["world_m"], 1e9)}, "world_m holds values beyond", id="huge"),
        pytest.param(lambda a: {"presence": a["presence"] * 100}, "presence leaves the range", id="percent"),
        pytest.param(lambda a: {"visibility": a["visibility"] - 1}, "visibility leaves the range", id="negative"),
        pytest.param(
            lambda a: {"visibility": with_value(a["visibility"], np.nan)}, "visibility is missing where", id="unscored"
        ),
        pytest.param(lambda a: {"width": np.array(0)}, "width is 0", id="no width"),
        pytest.param(lambda a: {"height": np.array(1e12)}, "height is 1e", id="absurd height"),
        pytest.param(lambda a: {"height": np.array([3, 4])}, "height is not a single number", id="two heights"),
        pytest.param(lambda a: {"xy_px": a["xy_px"].astype(str)}, "xy_px does not hold numbers", id="text"),
        pytest.param(lambda a: {"z_px": a["z_px"].astype(object)}, "z_px does not hold numbers", id="pickled objects"),
        pytest.param(lambda a: {"z_px": a["z_px"].astype(complex)}, "z_px does not hold numbers", id="complex numbers"),
        pytest.param(
            lambda a: {key: value[:1] for key, value in a.items() if value.ndim}, "it has 1 frames", id="one frame"
        ),
    ],
)
def test_a_wrong_track_is_told_in_one_sentence(tmp_path: Path, fault: Callable[[Arrays], Arrays], said: str) -> None:
    arrays = stored(sequence())
    path = write(tmp_path / "a.npz", arrays | fault(arrays))

    with pytest.raises(UnreadableClip, match=said) as caught:
        load_track(path)

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    arrays = stored(sequence())
    del arrays["world_m"], arrays["height"]
    path = write(tmp_path / "a.npz", arrays | {"time_s": swapped(arrays["time_s"]), "width": np.array(-4)})

    with pytest.raises(UnreadableClip, match=r"world_m, height missing; .*width is -4"):
        load_track(path)
    with pytest.raises(UnreadableClip, match="time_s does not increase"):
        load_track(path)


def damaged(path: Path) -> None:
    save_track(sequence(60), path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 400] = bytes(400)
    path.write_bytes(content)


def one_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.arange(5))


def lying_header(path: Path) -> None:
    header = (
        b"\x93NUMPY\x01\x00v\x00" + b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,), }".ljust(118)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("time_s.npy", header)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda path: None, "no file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "is a folder", id="a folder"),
        pytest.param(lambda path: path.write_bytes(b""), "is empty", id="empty"),
        pytest.param(lambda path: path.write_text("time_s,xy_px\n"), "damaged", id="text"),
        pytest.param(damaged, "damaged", id="scratched"),
        pytest.param(one_array, "damaged", id="a single array"),
        pytest.param(lying_header, "damaged", id="a header that promises terabytes"),
        pytest.param(lambda path: np.savez(path, numbers=np.arange(5)), "time_s, xy_px, z_px", id="another npz"),
    ],
)
def test_what_is_no_track_is_refused(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    path = tmp_path / "a.npz"
    make(path)

    with pytest.raises(UnreadableClip, match=said):
        load_track(path)


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(track, "MOST_BYTES", 100_000_000)
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, time_s=np.zeros(20_000_000))

    with pytest.raises(UnreadableClip, match=r"unpacks to 0.2 GB, and a landmark track has at most 0.1 GB"):
        load_track(path)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("time_s", r"time_s unpacks to 80\.0 MB, and 0 frames need far less"),
        ("xy_px", r"xy_px unpacks to 80\.0 MB, and 20 frames need far less"),
        ("width", r"width unpacks to 80\.0 MB, and 20 frames need far less"),
    ],
)
def test_an_array_that_is_far_too_long_is_refused_before_it_unpacks(tmp_path: Path, key: str, said: str) -> None:
    path = write(tmp_path / "a.npz", {**stored(sequence()), key: np.zeros(10_000_000)})

    tracemalloc.start()
    try:
        with pytest.raises(UnreadableClip, match=said):
            load_track(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("name", "expected"), [("a.npz", True), ("A.NPZ", True), ("a.mp4", False), ("npz", False)])
def test_a_track_is_told_by_its_ending(name: str, expected: bool) -> None:
    assert is_track(Path(name)) is expected
