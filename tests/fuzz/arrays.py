"""Files that call themselves landmark tracks: whole ones, slightly wrong ones, and ones that nobody would write."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from tests.pose.people import sequence

from formcheck.pose.track import KEYS, MORE_SHAPES, track_arrays

AnyArray = npt.NDArray[Any]
Arrays = dict[str, AnyArray]

MORE_KEYS = (*KEYS, *MORE_SHAPES, "facts", "allow_pickle", "", "../../escape", "time_s/time_s", "file")
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
NUMBERS = st.sampled_from(
    [float("nan"), float("inf"), -float("inf"), 0.0, -0.0, -1.0, 5e-324, 1e-300, 1e6, 1e300, 2.0**63, 1e-9]
)
DTYPES = st.sampled_from(
    ["?", "i1", "u8", "i8", ">f4", "f2", "f8", "g", "c16", "S3", "U5", "V4", "O", "M8[s]", "m8[ns]", "i4,f8"]
)
SHAPES = st.lists(st.sampled_from([0, 1, 2, 3, 20, 33, 34]), max_size=4).map(tuple)


@dataclass(frozen=True)
class Slot:
    """Somewhere in one of the arrays, as a share of it."""

    key: str
    place: float


SLOTS = st.builds(Slot, st.sampled_from(KEYS), st.floats(0.0, 1.0, exclude_max=True))
Change = Callable[[Arrays], None]


def whole(frames: int) -> Arrays:
    return track_arrays(sequence(frames))


def _set(slot: Slot, value: float, width: int) -> Change:
    def change(arrays: Arrays) -> None:
        if slot.key not in arrays or not arrays[slot.key].size:
            return
        array = arrays[slot.key].astype(np.float64) if arrays[slot.key].dtype.kind in "fiu" else arrays[slot.key]
        flat = array.reshape(-1).copy()
        start = int(slot.place * flat.size)
        if array.dtype.kind == "f":
            flat[start : start + width] = value
        arrays[slot.key] = flat.reshape(array.shape)

    return change


def _drop(key: str) -> Change:
    def change(arrays: Arrays) -> None:
        arrays.pop(key, None)

    return change


def _retyped(key: str, dtype: str) -> Change:
    def change(arrays: Arrays) -> None:
        with np.errstate(all="ignore"):
            try:
                arrays[key] = arrays[key].astype(dtype)
            except (TypeError, ValueError, KeyError):
                arrays[key] = np.zeros((3,), dtype=dtype)

    return change


def _replaced(key: str, shape: tuple[int, ...], dtype: str) -> Change:
    def change(arrays: Arrays) -> None:
        arrays[key] = np.zeros(shape, dtype=dtype)

    return change


def _cut(key: str, rows: int) -> Change:
    def change(arrays: Arrays) -> None:
        if arrays.get(key, np.zeros(())).ndim:
            arrays[key] = arrays[key][:rows]

    return change


def _reordered(seed: int, values: str) -> Change:
    def change(arrays: Arrays) -> None:
        random = np.random.default_rng(seed)
        if values == "times" and "time_s" in arrays and arrays["time_s"].dtype.kind == "f":
            arrays["time_s"] = random.choice([-1.0, 1e-12, 1e-6, 0.03, 5.0, 9e5], arrays["time_s"].shape).cumsum()
        elif arrays.get("time_s", np.zeros(())).ndim:
            arrays["time_s"] = arrays["time_s"][::-1]

    return change


CHANGES = st.one_of(
    st.builds(_set, SLOTS, NUMBERS, st.sampled_from([1, 2, 66, 10_000])),
    st.builds(_drop, st.sampled_from(KEYS)),
    st.builds(_retyped, st.sampled_from(KEYS), DTYPES),
    st.builds(_replaced, st.sampled_from(MORE_KEYS), SHAPES, DTYPES),
    st.builds(_cut, st.sampled_from(KEYS), st.integers(0, 3)),
    st.builds(_reordered, st.integers(0, 2**32 - 1), st.sampled_from(["times", "backwards"])),
)


@st.composite
def arrays(draw: st.DrawFn) -> Arrays:
    """Return the arrays of a track with some changes, most of them wrong."""
    made = whole(draw(st.sampled_from([1, 2, 3, 40])))
    for change in draw(st.lists(CHANGES, max_size=3)):
        change(made)
    return made


def packed(made: Arrays, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the arrays as an .npz, pickled objects too."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for key, array in made.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=True)
            archive.writestr(f"{key}.npy", member.getvalue())
    return file.getvalue()


class Bait:
    """Leaves a trace where somebody unpickles it."""

    taken: bool = False

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return take_bait, ()


def take_bait() -> None:
    Bait.taken = True


def _member(header: bytes, body: bytes, version: bytes) -> bytes:
    return b"\x93NUMPY" + version + len(header).to_bytes(2 if version[0] == 1 else 4, "little") + header + body


HEADERS = st.one_of(
    st.binary(max_size=80),
    st.text("{}()[]'\",:0123456789 \nL<f8idescrfortran_ordershape", max_size=120).map(str.encode),
    st.builds(
        "{{'descr': {}, 'fortran_order': {}, 'shape': {}, }}".format,
        st.sampled_from(["'<f8'", "'|O'", "'<U9999999'", "[('a', '<f8')]", "[]", "'x'", "None", "'<f8'" * 50]),
        st.sampled_from(["False", "True", "0", "'no'", "x"]),
        st.sampled_from(["(3,)", "(-1,)", "(99999999999999,)", "()", "(3", "((3,),)", "(1e3,)", "(10**9,)", "(True,)"])
        | st.integers(1, 2000).map(lambda deep: "(" * deep + ")" * deep),
    ).map(str.encode),
)
MEMBERS = st.builds(
    _member,
    HEADERS,
    st.binary(max_size=40) | st.just(pickle.dumps(Bait())),
    st.sampled_from([b"\x01\x00", b"\x02\x00", b"\x03\x00", b"\x09\x09"]),
)


@st.composite
def strange_files(draw: st.DrawFn) -> bytes:
    """Return a zip of members that may be no arrays at all, or no zip."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.binary(max_size=200))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", draw(st.sampled_from(COMPRESSIONS))) as archive:
        for key in draw(st.lists(st.sampled_from(MORE_KEYS), max_size=4, unique=True)):
            archive.writestr(f"{key or 'x'}{draw(st.sampled_from(['.npy', '', '.NPY']))}", draw(MEMBERS))
    return file.getvalue()


@st.composite
def scratched_files(draw: st.DrawFn) -> bytes:
    """Return a whole track of which some bytes are changed, cut off or repeated."""
    content = bytearray(packed(whole(3), draw(st.sampled_from(COMPRESSIONS))))
    for _ in range(draw(st.integers(1, 6))):
        # the zip's own tables lie at its end, where a scratch does most
        place = draw(st.integers(0, len(content) - 1) | st.integers(max(0, len(content) - 700), len(content) - 1))
        content[place] = draw(st.integers(0, 255))
    if draw(st.booleans()):
        del content[draw(st.integers(1, len(content))) :]
    return bytes(content)
