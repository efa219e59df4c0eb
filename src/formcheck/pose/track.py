"""Landmark tracks: a pose sequence as a ``.npz`` file, which a club can keep where it may not keep the video."""

from __future__ import annotations

import lzma
import math
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.errors import UnreadableClip
from formcheck.pose.sequence import LANDMARKS, FloatArray, PoseSequence
from formcheck.video.content import require_file
from formcheck.video.unfinished import whole_file

AnyArray = npt.NDArray[Any]

TRACK_ENDING = ".npz"
LEAST_FRAMES = 2

SHAPES: Mapping[str, tuple[int, ...]] = {
    "time_s": (),
    "xy_px": (LANDMARKS, 2),
    "z_px": (LANDMARKS,),
    "visibility": (LANDMARKS,),
    "presence": (LANDMARKS,),
    "world_m": (LANDMARKS, 3),
}
"""Every array's shape after the frames' axis."""

MORE_SHAPES: Mapping[str, tuple[int, ...]] = {"background": (4,)}
"""The same of arrays that a track need not have."""

EVERY_SHAPE = {**SHAPES, **MORE_SHAPES}

STORED_TYPES: Mapping[str, type[np.floating]] = {
    "time_s": np.float64,
    "xy_px": np.float32,
    "z_px": np.float32,
    "visibility": np.float16,
    "presence": np.float16,
    "world_m": np.float32,
    "background": np.float32,
}
SIZES = ("width", "height")
KEYS = (*SHAPES, *SIZES)

DAMAGE = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    TypeError,
    MemoryError,
    RuntimeError,
    OverflowError,
    SyntaxError,
    tokenize.TokenError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
)
"""What reading a damaged ``.npz`` raises, depending on where the damage is."""

MOST_BYTES = 2 << 30
"""A track of ten hours at 60 frames a second; more is a damaged or hostile file."""

MOST_FRAMES = 2_400_000
SMALL_BYTES = 1_000_000
WIDEST_NUMBER_BYTES = 16
"""An array that is longer than its numbers can be is refused before it is unpacked; a small one is told what is wrong
with it."""

LARGEST_PX = 100_000
LARGEST_VALUE = 1e6
"""Pixels, metres or seconds beyond this are nobody's movement."""

SCORE_SLACK = 0.01
"""Visibility and presence may leave [0, 1] by rounding, not by more."""


def is_track(path: Path) -> bool:
    """Tell a landmark track from a clip, by its name."""
    return path.suffix.lower() == TRACK_ENDING


def save_track(poses: PoseSequence, path: Path) -> None:
    """Write a sequence as a landmark track, whole or not at all. Raises OSError where that is not possible."""
    write_arrays(path, track_arrays(poses))


def track_arrays(poses: PoseSequence) -> dict[str, AnyArray]:
    """Return what a track stores, by key."""
    arrays: dict[str, AnyArray] = {
        key: np.asarray(values, dtype=kind)
        for key, kind in STORED_TYPES.items()
        if (values := getattr(poses, key)) is not None
    }
    return arrays | {key: np.asarray(getattr(poses, key), dtype=np.int64) for key in SIZES}


def write_arrays(path: Path, arrays: Mapping[str, AnyArray]) -> None:
    """Write arrays as a compressed ``.npz``, whole or not at all. The same arrays give the same bytes."""
    with whole_file(path) as unfinished, unfinished.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def load_track(path: Path) -> PoseSequence:
    """Read a landmark track, its first frame moved to second 0.

    Raises
    ------
    UnreadableClip
        With everything that is wrong with the file in one sentence.
    """
    require_file(path)
    try:
        arrays = _read(path)
    except DAMAGE as error:
        raise UnreadableClip(f"{path} is not a landmark track (.npz), or it is damaged: write it again.") from error
    faults = _faults(arrays)
    if faults:
        raise UnreadableClip(f"{path} is not a landmark track: {'; '.join(faults)}. Write it again with --landmarks.")
    values = {key: np.asarray(arrays[key], dtype=np.float64) for key in EVERY_SHAPE if key in arrays}
    values["time_s"] = values["time_s"] - values["time_s"][0]
    width, height = (int(arrays[key].reshape(())) for key in SIZES)
    return PoseSequence(**values, width=width, height=height)


def _read(path: Path) -> dict[str, AnyArray]:
    """Return the arrays of a track that are there; never unpickles anything."""
    with zipfile.ZipFile(path) as archive:
        sizes = {entry.filename.removesuffix(".npy"): entry.file_size for entry in archive.infolist()}
    if (unpacked := sum(sizes.values())) > MOST_BYTES:
        raise UnreadableClip(
            f"{path} unpacks to {unpacked / 1e9:.1f} GB, and a landmark track has at most {MOST_BYTES / 1e9:.1f} GB: "
            "give it in parts."
        )
    arrays: dict[str, AnyArray] = {}
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        for key in (key for key in (*KEYS, *MORE_SHAPES) if key in stored.files):
            frames = _frames(arrays.get("time_s")) or 0
            if sizes[key] > _most_bytes(key, frames):
                raise UnreadableClip(
                    f"{path} is not a landmark track: {key} unpacks to {sizes[key] / 1e6:.1f} MB, and {frames} frames "
                    "need far less. Write it again with --landmarks."
                )
            arrays[key] = _numbers(stored, key)
    return arrays


def _most_bytes(key: str, frames: int) -> int:
    """Return how long an array may be in a file whose ``time_s``, which comes first, has so many frames."""
    values = MOST_FRAMES if key == "time_s" else frames * math.prod(EVERY_SHAPE.get(key, ()))
    return SMALL_BYTES + WIDEST_NUMBER_BYTES * values


def _numbers(stored: Mapping[str, AnyArray], key: str) -> AnyArray:
    """Return one array; one of pickled objects comes back empty and not numeric."""
    try:
        return np.asarray(stored[key])
    except ValueError:
        return np.empty((), dtype=np.object_)


def _faults(arrays: Mapping[str, AnyArray]) -> list[str]:
    """Return everything that is wrong with the arrays, a clause each."""
    missing = [key for key in KEYS if key not in arrays]
    faults = [f"{', '.join(missing)} missing"] if missing else []
    numeric = [key for key in arrays if arrays[key].dtype.kind in "fiu"]
    faults += [f"{key} does not hold numbers" for key in arrays if key not in numeric]
    frames = _frames(arrays.get("time_s"))
    if frames is not None and frames < LEAST_FRAMES:
        faults.append(f"it has {frames} frames and at least {LEAST_FRAMES} were needed")
    for key in numeric:
        faults += _size_faults(key, arrays[key]) if key in SIZES else _array_faults(key, arrays[key], frames)
    return faults or _score_faults(arrays)


def _frames(time_s: AnyArray | None) -> int | None:
    return None if time_s is None or time_s.ndim != 1 else len(time_s)


def _written(shape: tuple[int | None, ...]) -> str:
    return (
        "(" + ", ".join("n" if side is None else str(side) for side in shape) + ("," if len(shape) == 1 else "") + ")"
    )


def _size_faults(key: str, array: AnyArray) -> list[str]:
    if array.shape not in {(), (1,)}:
        return [f"{key} is not a single number"]
    value = float(np.asarray(array, dtype=np.float64).reshape(()))
    is_size = value.is_integer() and 1 <= value <= LARGEST_PX
    return [] if is_size else [f"{key} is {value:g} and 1 to {LARGEST_PX} pixels were needed"]


def _array_faults(key: str, array: AnyArray, frames: int | None) -> list[str]:
    needed = (frames, *EVERY_SHAPE[key])
    if array.shape != needed:
        return [f"{key} has shape {_written(array.shape)} and {_written(needed)} was needed"]
    return _value_faults(key, np.asarray(array, dtype=np.float64))


def _value_faults(key: str, values: FloatArray) -> list[str]:
    if np.isinf(values).any():
        return [f"{key} holds infinities"]
    if (np.abs(values[np.isfinite(values)]) > LARGEST_VALUE).any():
        return [f"{key} holds values beyond {LARGEST_VALUE:,.0f}"]
    if key == "time_s":
        if np.isnan(values).any():
            return ["time_s holds NaN"]
        return ["time_s does not increase from frame to frame"] if (np.diff(values) <= 0).any() else []
    if key in {"visibility", "presence"}:
        outside = (values < -SCORE_SLACK) | (values > 1 + SCORE_SLACK)
        return [f"{key} leaves the range from 0 to 1"] if outside.any() else []
    return []


def _score_faults(arrays: Mapping[str, AnyArray]) -> list[str]:
    """A frame in which somebody was found says how well each landmark was seen."""
    found = np.isfinite(np.asarray(arrays["xy_px"], dtype=np.float64)).all(axis=2)
    scores = {key: np.asarray(arrays[key], dtype=np.float64) for key in ("visibility", "presence")}
    return [
        f"{key} is missing where somebody was found" for key, score in scores.items() if np.isnan(score[found]).any()
    ]
