import builtins
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from tests.pose.people import landmarks, same, sequence
from tests.processes import python
from tests.video.films import Film, shoot

from formcheck.errors import InstallationError, UnreadableClip
from formcheck.pose import mediapipe_detector
from formcheck.pose.detector import Landmarks
from formcheck.pose.following import Followed, follow
from formcheck.pose.track import save_track
from formcheck.vocabulary import Landmark, ModelSize

SQUAT = Path(__file__).resolve().parent.parent / "data" / "squatting_for_a_second.mp4"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def squat() -> Followed:
    return follow(SQUAT, ModelSize.LITE, use_cache=False)


def test_the_background_of_a_camera_that_rests_is_seen_to_rest(squat: Followed) -> None:
    found = squat.poses.background

    assert found is not None
    known = found[np.isfinite(found[:, 0])]
    assert len(known) > 0.3 * len(found)
    assert np.abs(known - [1.0, 0.0, 0.0, 0.0]).max(axis=0) == pytest.approx([0.0, 0.0, 0.0, 0.0], abs=0.6)


class Watcher:
    """A detector that sees the same person everywhere, who faces right, and notes what it was shown."""

    shown: list[tuple[float, tuple[int, ...]]] = []  # noqa: RUF012  reset by the fixture below
    closed = 0

    def __init__(self, model: Path) -> None:
        assert model.is_file()

    def __enter__(self) -> "Watcher":
        return self

    def __exit__(self, *_: object) -> None:
        Watcher.closed += 1

    def detect(self, rgb: Any, time_s: float) -> Landmarks:
        assert rgb.flags.c_contiguous
        Watcher.shown.append((time_s, rgb.shape))
        return landmarks(1)


@pytest.fixture
def watcher(monkeypatch: pytest.MonkeyPatch) -> type[Watcher]:
    monkeypatch.setattr(mediapipe_detector, "MediaPipeDetector", Watcher)
    Watcher.shown, Watcher.closed = [], 0
    return Watcher


def test_the_athlete_is_found_in_every_frame(squat: Followed) -> None:
    poses = squat.poses

    assert not squat.is_track
    assert squat.warnings == ()
    assert poses.found.all()
    assert len(poses) == squat.clip.frames == 30
    assert (poses.width, poses.height) == (squat.clip.width, squat.clip.height) == (480, 360)
    assert poses.time_s == pytest.approx(np.arange(30) / 30)
    assert ((poses.visibility >= 0) & (poses.visibility <= 1)).all()


def test_landmarks_are_pixels_of_the_upright_picture(squat: Followed) -> None:
    xy_px = squat.poses.xy_px
    head, toes = xy_px[:, Landmark.NOSE], xy_px[:, Landmark.RIGHT_FOOT_INDEX]

    assert (toes[:, 1] > head[:, 1] + 80).all(), "y points down"
    assert ((xy_px[..., 0] > 0) & (xy_px[..., 0] < 480)).all()
    assert np.abs(squat.poses.world_m).max() < 2.0
    assert 5 < np.abs(squat.poses.z_px).max() < 480


def test_poses_are_rounded_as_a_track_stores_them(squat: Followed) -> None:
    assert same(squat.poses, squat.poses.rounded())


def test_two_runs_are_the_same_to_the_last_bit(squat: Followed) -> None:
    again = follow(SQUAT, ModelSize.LITE, use_cache=False)

    assert same(squat.poses, again.poses)
    assert squat.clip == again.clip


def test_a_turned_phone_clip_gives_the_same_athlete(squat: Followed, tmp_path: Path) -> None:
    path = tmp_path / "turned.mp4"
    with av.open(str(SQUAT)) as source, av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=30, options={"crf": "18"})
        stream.width, stream.height, stream.pix_fmt = 360, 480, "yuv420p"
        stream.set_display_rotation(-90)
        for frame in source.decode(video=0):
            lying = av.VideoFrame.from_ndarray(np.rot90(frame.to_ndarray(format="rgb24")).astype(np.uint8))
            lying.pts, lying.time_base = frame.pts, frame.time_base
            output.mux(stream.encode(lying))
        output.mux(stream.encode(None))

    turned = follow(path, ModelSize.LITE, use_cache=False)

    assert turned.clip.rotation_degrees == 90
    assert (turned.poses.width, turned.poses.height) == (480, 360)
    away_px = np.linalg.norm(turned.poses.xy_px - squat.poses.xy_px, axis=2)
    assert np.median(away_px) < 6


def test_a_picture_without_anybody_gives_rows_without_anybody(tmp_path: Path) -> None:
    followed = follow(shoot(tmp_path / "corners.mp4"), ModelSize.LITE, use_cache=False)

    assert len(followed.poses) == 30
    assert not followed.poses.found.any()
    assert np.isnan(followed.poses.visibility).all()


def test_the_second_run_comes_from_the_cache(watcher: type[Watcher], tmp_path: Path) -> None:
    path = shoot(tmp_path / "a.mp4")
    first = follow(path, ModelSize.LITE)
    path = path.rename(tmp_path / "b.mp4")

    second = follow(path, ModelSize.LITE)

    assert len(watcher.shown) == 30
    assert same(first.poses, second.poses)
    assert (second.clip.name, second.clip.frames, second.clip.sha256) == ("b.mp4", 30, first.clip.sha256)
    follow(path, ModelSize.FULL)
    assert len(watcher.shown) == 60, "another model sees for itself"
    follow(path, ModelSize.LITE, use_cache=False)
    assert len(watcher.shown) == 90, "without the cache it is not read"


def test_without_the_cache_nothing_is_written(watcher: type[Watcher], tmp_path: Path, own_cache: Path) -> None:
    follow(shoot(tmp_path / "a.mp4"), ModelSize.LITE, use_cache=False)

    assert not own_cache.exists()


def test_warnings_are_remembered(watcher: type[Watcher], tmp_path: Path) -> None:
    whole = shoot(tmp_path / "whole.mkv", Film(times_s=[k / 30 for k in range(120)])).read_bytes()
    path = tmp_path / "cut.mkv"
    path.write_bytes(whole[: len(whole) // 2])

    first, second = follow(path, ModelSize.LITE), follow(path, ModelSize.LITE)

    assert "breaks off" in first.warnings[0]
    assert second.warnings == first.warnings


def test_a_fast_clip_is_sampled_and_has_a_row_for_every_frame(watcher: type[Watcher], tmp_path: Path) -> None:
    film = Film(times_s=[k / 240 for k in range(62)], rate=240)

    poses = follow(shoot(tmp_path / "fast.mp4", film), ModelSize.LITE).poses

    assert len(watcher.shown) == 17
    assert len(poses) == 62
    assert poses.found.all()


def test_progress_rises_to_one(watcher: type[Watcher], tmp_path: Path) -> None:
    shares: list[float] = []

    follow(shoot(tmp_path / "a.mp4"), ModelSize.LITE, progress=shares.append)

    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert len(shares) > 20


def test_an_interruption_goes_through_and_closes_everything(
    watcher: type[Watcher], tmp_path: Path, own_cache: Path
) -> None:
    def interrupt(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(shoot(tmp_path / "a.mp4"), ModelSize.LITE, progress=interrupt)

    assert watcher.closed == 1
    assert not own_cache.exists()


def test_a_track_is_followed_like_its_clip(squat: Followed, tmp_path: Path) -> None:
    path = tmp_path / "landmarks.npz"
    save_track(squat.poses, path)
    shares: list[float] = []

    followed = follow(path, ModelSize.FULL, progress=shares.append)

    assert followed.is_track
    assert same(followed.poses, squat.poses)
    clip = followed.clip
    assert (clip.name, clip.path, clip.frames, clip.width, clip.height) == ("landmarks.npz", str(path), 30, 480, 360)
    assert clip.fps == pytest.approx(squat.clip.fps)
    assert clip.duration_s == pytest.approx(squat.clip.duration_s)
    assert not clip.variable_frame_rate
    assert len(clip.sha256) == 64
    assert shares == [1.0]


def test_an_unreadable_clip_is_refused_before_the_model_is_loaded(watcher: type[Watcher], tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("no clip")

    for path in (tmp_path / "a.mp4", tmp_path / "missing.mp4", tmp_path / "missing.npz"):
        with pytest.raises(UnreadableClip):
            follow(path, ModelSize.LITE)
    assert watcher.closed == 0


@pytest.mark.parametrize("failure", [ImportError("libGL.so.1: cannot open"), OSError("libEGL.so.1: cannot open")])
def test_missing_system_libraries_are_told_with_their_remedy(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    really_import = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "mediapipe":
            raise failure
        return really_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)

    with pytest.raises(InstallationError, match=r"apt-get install libgl1 libegl1 libgles2 libglib2.0-0"):
        follow(SQUAT, ModelSize.LITE, use_cache=False)


FOLLOWING = """
import json, socket, sys
from pathlib import Path

def refuse(*_args, **_kwargs):
    raise AssertionError("network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
attempts = []
sys.addaudithook(lambda event, _: attempts.append(event) if event.startswith("socket.") else None)

from formcheck.pose.following import follow
from formcheck.vocabulary import ModelSize
at_import = sorted({"mediapipe", "cv2", "av"} & set(sys.modules))
followed = follow(Path(sys.argv[1]), ModelSize.LITE)
loaded = sorted({"mediapipe", "cv2", "av"} & set(sys.modules))
print(json.dumps({
    "at_import": at_import, "loaded": loaded, "attempts": attempts, "found": int(followed.poses.found.sum())
}))
"""


def test_detection_is_silent_and_never_uses_the_network_and_a_cached_run_loads_nothing(tmp_path: Path) -> None:
    environment = {"FORMCHECK_CACHE_DIR": str(tmp_path)}
    first = python(FOLLOWING, str(SQUAT), environment=environment)
    second = python(FOLLOWING, str(SQUAT), environment=environment)

    detected, cached = json.loads(first.stdout), json.loads(second.stdout)
    assert detected["found"] == cached["found"] == 30
    assert detected["attempts"] == cached["attempts"] == []
    assert detected["at_import"] == []
    assert "mediapipe" in detected["loaded"]
    assert cached["loaded"] == []
    assert first.stderr == second.stderr == ""


def test_a_track_loads_neither_codec_nor_model(tmp_path: Path) -> None:
    save_track(sequence(), tmp_path / "a.npz")

    run = json.loads(python(FOLLOWING, str(tmp_path / "a.npz")).stdout)

    assert run["loaded"] == []
