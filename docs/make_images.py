"""Draw the pictures of the README: the verdict on a sample clip as the terminal shows it, and an annotated frame.

Run ``make images``. It analyses the sample with default options and writes ``docs/images/*.png``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import av
import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI as THEME
from rich.text import Text

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample_videos" / "high_knees_thigh_low.mp4"
COLUMNS = 100
FONT_SIZE = 22
LINE_HEIGHT = 30
MARGIN = 28


def analyse(results: Path) -> str:
    """Return what the terminal shows, colours included; the result folder is written below ``results``."""
    command = [str(Path(sys.executable).with_name("formcheck")), "analyze", SAMPLE.name, "--output", str(results)]
    surroundings = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    done = subprocess.run(command, cwd=SAMPLE.parent, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.replace(f"{results}/", "formcheck-results/")


def colour_of(style: Style) -> tuple[int, int, int]:
    """Return the colour that a terminal would use; a dim style is drawn nearer to the background."""
    foreground = style.color.get_truecolor(THEME) if style.color else THEME.foreground_color
    if style.dim:
        paper = THEME.background_color
        foreground = ColorTriplet(*((2 * f + b) // 3 for f, b in zip(foreground, paper, strict=True)))
    return (foreground.red, foreground.green, foreground.blue)


def draw_terminal(output: str) -> Image.Image:
    """Return a picture of terminal output, in a fixed-width font that comes with matplotlib."""
    fonts = Path(mpl.get_data_path(), "fonts", "ttf")
    plain = ImageFont.truetype(str(fonts / "DejaVuSansMono.ttf"), FONT_SIZE)
    bold = ImageFont.truetype(str(fonts / "DejaVuSansMono-Bold.ttf"), FONT_SIZE)
    console = Console(width=COLUMNS, color_system="truecolor", force_terminal=True)
    lines = console.render_lines(Text.from_ansi(output.strip("\n")), pad=False)
    advance = plain.getlength("m")
    size = (round(COLUMNS * advance) + 2 * MARGIN, len(lines) * LINE_HEIGHT + 2 * MARGIN)
    picture = Image.new("RGB", size, tuple(THEME.background_color))
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        column = 0
        for segment in line:
            style = segment.style or Style()
            place = (MARGIN + column * advance, MARGIN + row * LINE_HEIGHT)
            pen.text(place, segment.text, font=bold if style.bold else plain, fill=colour_of(style))
            column += segment.cell_length
    return picture


def moment_of_the_worst_fault(folder: Path) -> float:
    """Return the second of the first evidence for the clip's worst fault."""
    (assessment,) = json.loads((folder / "result.json").read_text(encoding="utf-8"))["assessments"]
    worst = assessment["pitfalls"][0]
    evidence = [e for finding in assessment["criteria"] if finding["key"] == worst for e in finding["evidence"]]
    return float(evidence[0]["time_s"])


def frame_at(video: Path, time_s: float) -> Image.Image:
    """Return the frame of a video that is shown at a time."""
    with av.open(str(video)) as container:
        frame = min(container.decode(video=0), key=lambda frame: abs(float(frame.time) - time_s))
        return Image.fromarray(frame.to_ndarray(format="rgb24"))


def main() -> None:
    images = HERE / "images"
    images.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        output = analyse(Path(place))
        folder = Path(place, SAMPLE.stem)
        draw_terminal(output).save(images / "verdict.png", optimize=True)
        frame = frame_at(folder / "annotated.mp4", moment_of_the_worst_fault(folder))
        frame.save(images / "annotated.png", optimize=True)


if __name__ == "__main__":
    main()
