"""Clips that something is wrong or unusual with, each with what may become of it.

``python -m tests.hostile.corpus FOLDER`` writes them all.
"""

from __future__ import annotations

import random
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
from tests.hostile.filming import FAST, RATE, SECONDS, Picture, Recipe, athlete, film, resized

LARGEST_MB = 700
LARGEST_BEYOND_4K_MB = 2000


class Fate(Enum):
    """What may become of a clip: the athlete's verdict, one clear sentence, or either of them."""

    VERDICT = auto()
    SENTENCE = auto()
    EITHER = auto()


@dataclass(frozen=True)
class Case:
    """One hostile clip: ``make`` writes it. ``seconds`` of the athlete are in it, ``slack`` steps may be missed."""

    name: str
    make: Callable[[Path], object]
    fate: Fate = Fate.VERDICT
    options: tuple[str, ...] = ()
    seconds: float = SECONDS
    slack: int = 2
    most_mb: int = LARGEST_MB


def cut(path: Path, tenths: int) -> None:
    content = film(path).read_bytes()
    path.write_bytes(content[: len(content) * tenths // 10])


def flipped(path: Path, seed: int) -> None:
    """Turn one bit in every 4,000 bytes, the header's among them."""
    content, chance = bytearray(film(path).read_bytes()), random.Random(seed)
    for _ in range(len(content) // 4000 + 3):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def under_another_name(path: Path) -> None:
    film(path.with_suffix(".mp4")).rename(path)


def text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def sound_only(path: Path) -> None:
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for number in range(140):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, number * 1024
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def portrait(path: Path) -> None:
    film(path, (np.pad(picture, ((300, 300), (0, 0), (0, 0))) for picture in athlete()))


def turned(path: Path, rotation: int, store: Callable[[Picture], Picture], *, mirrored: bool = False) -> None:
    """Store the picture so that a player who obeys the display matrix shows it upright."""
    film(path, map(store, athlete()), Recipe(rotation=rotation, mirrored=mirrored))


def mirrored_and_turned(picture: Picture, turns: int) -> Picture:
    return np.rot90(picture[:, ::-1], -turns)


def interlaced(path: Path) -> None:
    def woven() -> Iterator[Picture]:
        for upper, lower in zip(athlete(), (*athlete()[1:], athlete()[-1]), strict=True):
            picture = upper.copy()
            picture[1::2] = lower[1::2]
            yield picture

    film(path, woven(), Recipe(options={**FAST, "x264-params": "tff=1"}))


def joined(path: Path, sizes: tuple[tuple[int, int], ...]) -> None:
    """Put recordings of equal length behind each other as a copy command would: stamps begin again."""
    share = len(athlete()) // len(sizes)
    parts = []
    for number, size in enumerate(sizes):
        part = path.with_name(f"part{number}{path.suffix}")
        film(part, resized(size, athlete()[number * share : (number + 1) * share]))
        parts.append(part.read_bytes())
        part.unlink()
    path.write_bytes(b"".join(parts))


def with_a_gap(index: int) -> float:
    uneven = 0.008 * (index % 3 == 1)
    return index / RATE + uneven + (2.0 if index >= RATE * SECONDS / 2 else 0.0)


def without_index(path: Path) -> None:
    content = film(path, recipe=Recipe(codec="mpeg4", tick=Fraction(1, RATE), options={})).read_bytes()
    path.write_bytes(content[: content.rindex(b"idx1")])


def with_edit_list(path: Path) -> None:
    """Let the edit list leave out the first half second."""
    content = bytearray(film(path, recipe=Recipe(tick=Fraction(1, 15_360))).read_bytes())
    at = content.index(b"elst") + 4
    version, count, _, media_time = struct.unpack_from(">BxxxIIi", content, at)
    assert (version, count) == (0, 1)
    struct.pack_into(">i", content, at + 12, media_time + 15_360 // 2)
    path.write_bytes(content)


def ten_hours(path: Path) -> None:
    """Let every header of an MP4 claim ten hours."""
    content = bytearray(film(path).read_bytes())
    for box, before_duration in ((b"mvhd", 16), (b"mdhd", 16), (b"tkhd", 20)):
        at = content.index(box) + 4
        unit = struct.unpack_from(">I", content, at + 12)[0] if box != b"tkhd" else 1000
        struct.pack_into(">I", content, at + before_duration, min(36_000 * unit, 2**32 - 1))
    path.write_bytes(content)


def each(times: int) -> Iterator[Picture]:
    for picture in athlete()[: RATE * 2]:
        for _ in range(times):
            yield picture


def recipe(**wishes: object) -> Callable[[Path], object]:
    return lambda path: film(path, recipe=Recipe(**wishes))  # type: ignore[arg-type]


REALTIME = {"deadline": "realtime", "cpu-used": "8", "b": "2M"}
SUBTITLES = "1\n00:00:00,000 --> 00:00:02,000\nKnees up\n\n2\n00:00:02,000 --> 00:00:04,000\nTall\n"

DAMAGED = (
    *(Case(f"cut at {tenth} tenths.mkv", partial(cut, tenths=tenth), Fate.EITHER) for tenth in range(1, 10)),
    *(Case(f"cut at {tenth} tenths.mp4", partial(cut, tenths=tenth), Fate.SENTENCE) for tenth in range(1, 10)),
    *(Case(f"flipped {seed}.mp4", partial(flipped, seed=seed), Fate.EITHER) for seed in range(4)),
    *(Case(f"flipped {seed}.mkv", partial(flipped, seed=seed), Fate.EITHER) for seed in range(4, 6)),
    Case("zero bytes.mp4", lambda path: path.write_bytes(b""), Fate.SENTENCE),
    Case("text.mp4", partial(text, content="Monday: three times 20 m\n" * 200), Fate.SENTENCE),
    Case("no video.mkv", partial(text, content=SUBTITLES), Fate.SENTENCE),
    Case("only sound.m4a", sound_only, Fate.SENTENCE),
    Case("only sound.mp4", sound_only, Fate.SENTENCE),
    Case("one frame.mp4", lambda path: film(path, athlete()[:1]), Fate.SENTENCE),
    Case("two frames.mp4", lambda path: film(path, athlete()[:2]), Fate.SENTENCE),
    Case("16 by 16.mp4", lambda path: film(path, resized((16, 16))), Fate.SENTENCE),
    Case("ten hours claimed.mp4", ten_hours),
)

PICTURES = (
    Case("wrong ending.avi", under_another_name),
    Case("no ending", under_another_name),
    Case("4K.mp4", lambda path: film(path, resized((3840, 2160), athlete()[: 2 * RATE])), seconds=2),
    Case(
        "8K.mp4",
        lambda path: film(path, resized((7680, 4320), athlete()[: 2 * RATE])),
        seconds=2,
        most_mb=LARGEST_BEYOND_4K_MB,
    ),
    Case("odd size.mkv", lambda path: film(path, resized((639, 479)), Recipe(pixel_format="yuv444p"))),
    Case("portrait.mp4", portrait),
    Case("turned by 0.mp4", partial(turned, rotation=0, store=lambda picture: picture)),
    Case("turned by 90.mp4", partial(turned, rotation=90, store=lambda picture: np.rot90(picture, -1))),
    Case("turned by 180.mp4", partial(turned, rotation=180, store=lambda picture: np.rot90(picture, 2))),
    Case("turned by 270.mp4", partial(turned, rotation=-90, store=lambda picture: np.rot90(picture, 1))),
    *(
        Case(
            f"mirrored, turned by {turns * 90}.mp4",
            # Players turn counter-clockwise first and mirror then.
            partial(turned, rotation=degrees, mirrored=True, store=partial(mirrored_and_turned, turns=turns)),
        )
        for turns, degrees in enumerate((0, 90, 180, -90))
    ),
    Case("wide pixels.mp4", lambda path: film(path, resized((320, 480)), Recipe(pixel_aspect=Fraction(2)))),
    Case("interlaced.mp4", interlaced),
    Case("10 bit.mkv", recipe(codec="libx265", pixel_format="yuv420p10le")),
    Case("full colour.mp4", recipe(pixel_format="yuv444p")),
    Case("alpha.mov", recipe(codec="qtrle", pixel_format="argb", options={})),
    Case("moving.gif", recipe(codec="gif", pixel_format="rgb8", tick=Fraction(1, 100), options={})),
    Case("web.webm", recipe(codec="libvpx", options=REALTIME, tick=Fraction(1, 1000))),
    Case("alpha.webm", recipe(codec="libvpx-vp9", pixel_format="yuva420p", options=REALTIME)),
    Case("another size in the middle.h264", partial(joined, sizes=((640, 480), (320, 240)))),
)

TIMES = (
    Case("a gap of two seconds.mp4", recipe(time_of=with_a_gap), slack=4),
    Case("stamps that jump back.mkv", recipe(stamp_of=lambda number, stamp: stamp + 100 * (number % 10 == 3))),
    Case("stamps that begin again.ts", partial(joined, sizes=((640, 480), (640, 480))), slack=4),
    Case(
        "negative stamps.mp4",
        recipe(time_of=lambda index: index / RATE - 1.0, container_options={"avoid_negative_ts": "disabled"}),
        slack=4,
    ),
    Case("no stamps.h264", film),
    Case("no index.avi", without_index),
    Case("edit list.mov", with_edit_list, slack=4),
    Case("240 a second.mp4", lambda path: film(path, each(8), Recipe(time_of=lambda k: k / 240, rate=240)), seconds=2),
    Case(
        "5 a second.mp4",
        lambda path: film(path, athlete()[::6], Recipe(time_of=lambda k: k / 5, rate=5)),
        Fate.EITHER,
    ),
)

CASES = (*DAMAGED, *PICTURES, *TIMES)

NAMES = (
    'it\'s "quoted".mp4',
    "two\nlines.mp4",
    "\N{RUNNER} run.mp4",
    "-e.mp4",
    "--help",
    "<script>alert(1)<!--.mp4",
)


def main(folder: Path) -> None:
    """Write every clip into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        case.make(folder / case.name)
        print(case.name)
    for name in NAMES:
        film(folder / name) if name.endswith(".mp4") else under_another_name(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
