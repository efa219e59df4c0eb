"""Runs MediaPipe's pose landmarker. The only module that knows MediaPipe."""

from __future__ import annotations

import logging
import math
import sys
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from formcheck.errors import InstallationError
from formcheck.pose.athlete import MOST_PEOPLE, is_same, more_prominent, with_only
from formcheck.pose.detector import Landmarks
from formcheck.pose.native_log import silenced
from formcheck.pose.sequence import FloatArray

SLOWED = 1000
"""Times as slow as it is, MediaPipe is told that the clip runs. It smooths landmarks forwards in time, so that they
trail the picture: knees by up to 11 degrees while somebody settles into a stretch, by 10 milliseconds in quick drills.
What lies seconds apart it leaves as it is, and follows the person from frame to frame all the same; a clip that is
known as a whole can be steadied without any delay (``kinematics.steadying``)."""
CHOICE_SECONDS = 1.0
"""Looking at everybody takes as long as ten frames: somebody who is lost and found again all the time is not compared
with others more often than this."""
SYSTEM_LIBRARIES = "libgl1 libegl1 libgles2 libglib2.0-0"


class MediaPipeDetector:
    """Follows one person through one clip; use it in a ``with`` block.

    Tracking runs in VIDEO mode: the person is searched anew only when lost, so frames must come in order. Whenever one
    is found, everybody in that picture is looked at, and the athlete among them is followed. The same frames at the
    same times give the same landmarks, to the last bit.

    Raises
    ------
    InstallationError
        On entering, where MediaPipe or a system library that it needs is missing.
    """

    def __init__(self, model: Path) -> None:
        self._model = model
        self._mediapipe: Any = None
        self._task: Any = None
        self._last_ms = -1
        self._has_found = False
        self._is_chosen = False
        self._chosen_s = -math.inf

    def __enter__(self) -> Self:
        self._mediapipe = _import_mediapipe()
        with silenced():
            self._task = self._create("VIDEO", people=1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with silenced():
            self._task.close()

    def detect(self, rgb: npt.NDArray[np.uint8], time_s: float) -> Landmarks | None:
        """Return the landmarks of the person in one upright (height, width, 3) frame, None where nobody is found."""
        found = self._followed(rgb, time_s)
        self._is_chosen = self._is_chosen and found is not None
        if found is not None and not self._is_chosen and time_s >= self._chosen_s + CHOICE_SECONDS:
            found = self._athlete(rgb, time_s, found)
            self._is_chosen, self._chosen_s = True, time_s
        return found

    def _followed(self, rgb: npt.NDArray[np.uint8], time_s: float) -> Landmarks | None:
        # MediaPipe asks for a later moment each time.
        self._last_ms = max(self._last_ms + 1, round(time_s * 1000))
        # The last thing that the library says on its own account comes with the first person that it finds.
        with nullcontext() if self._has_found else silenced():
            found = self._task.detect_for_video(self._image(rgb), SLOWED * self._last_ms)
        everybody = _people(found, rgb)
        self._has_found = self._has_found or bool(everybody)
        return everybody[0] if everybody else None

    def _athlete(self, rgb: npt.NDArray[np.uint8], time_s: float, found: Landmarks) -> Landmarks | None:
        """Return the athlete, who is followed from here on: the one that was found, or somebody who is more prominent.

        MediaPipe cannot be told whom to follow, but shown a picture in which there is nobody else.
        """
        with silenced():
            search = self._create("IMAGE", people=MOST_PEOPLE)
            people = _people(search.detect(self._image(rgb)), rgb)
            search.close()
        height, width = rgb.shape[:2]
        athlete = more_prominent(people, found, width, height)
        if athlete is None:
            return found
        alone = self._followed_anew(with_only(rgb, athlete), time_s)
        return alone if alone is not None and is_same(alone, athlete) else self._followed_anew(rgb, time_s)

    def _followed_anew(self, rgb: npt.NDArray[np.uint8], time_s: float) -> Landmarks | None:
        with silenced():
            self._task.close()
            self._task = self._create("VIDEO", people=1)
        return self._followed(rgb, time_s)

    def _image(self, rgb: npt.NDArray[np.uint8]) -> Any:
        # MediaPipe reads garbage from an array that is not contiguous.
        return self._mediapipe.Image(self._mediapipe.ImageFormat.SRGB, np.ascontiguousarray(rgb))

    def _create(self, mode: str, *, people: int) -> Any:
        tasks = self._mediapipe.tasks
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_path=str(self._model)),
            running_mode=tasks.vision.RunningMode[mode],
            num_poses=people,
            output_segmentation_masks=False,
        )
        return tasks.vision.PoseLandmarker.create_from_options(options)


def _import_mediapipe() -> Any:
    # MediaPipe loads Matplotlib, which complains where the user has no folder that it could write to.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        import mediapipe
    except (ImportError, OSError) as error:
        raise InstallationError(
            f"MediaPipe cannot be loaded ({error}): on a bare Debian or Ubuntu run apt-get install {SYSTEM_LIBRARIES}, "
            "elsewhere install formcheck again."
        ) from error
    _let_go_of_us()
    return mediapipe


def _let_go_of_us() -> None:
    """Drop the traceback that MediaPipe keeps for good where the machine has no sound library.

    It holds all functions that are running now, and so the open clip with its decoded frames: 130 MB in 4K.
    """
    recording = sys.modules.get("mediapipe.tasks.python.audio.core.audio_record")
    error = getattr(recording, "sd_error", None)
    if isinstance(error, BaseException):
        error.__traceback__ = None


def _people(found: Any, rgb: npt.NDArray[np.uint8]) -> list[Landmarks]:
    size = rgb.shape[1::-1]
    return [
        _landmarks(image, world, *size)
        for image, world in zip(found.pose_landmarks, found.pose_world_landmarks, strict=True)
    ]


def _landmarks(image: list[Any], world: list[Any], width: int, height: int) -> Landmarks:
    """Turn MediaPipe's values, which are shares of the picture's width and height, into pixels."""
    shares = np.array([(point.x, point.y, point.z) for point in image], dtype=np.float64)
    return Landmarks(
        xy_px=shares[:, :2] * (width, height),
        z_px=shares[:, 2] * width,
        visibility=_column(image, "visibility"),
        presence=_column(image, "presence"),
        world_m=np.array([(point.x, point.y, point.z) for point in world], dtype=np.float64),
    )


def _column(points: list[Any], name: str) -> FloatArray:
    return np.array([getattr(point, name) for point in points], dtype=np.float64)
