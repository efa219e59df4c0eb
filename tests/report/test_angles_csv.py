import csv
from pathlib import Path

from tests.report import verdicts

from formcheck.kinematics.recording import ANGLE_COLUMNS
from formcheck.report.angles_csv import write_angles


def rows(target: Path) -> list[dict[str, str]]:
    with target.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_columns_are_time_and_every_angle(tmp_path: Path) -> None:
    target = tmp_path / "angles.csv"
    write_angles(verdicts.recording(), target)
    assert target.read_text(encoding="utf-8").splitlines()[0].split(",") == ["time_s", *ANGLE_COLUMNS]


def test_there_is_one_row_a_frame_with_the_frames_own_time(tmp_path: Path) -> None:
    target = tmp_path / "angles.csv"
    write_angles(verdicts.recording(frames=4), target)
    assert [row["time_s"] for row in rows(target)] == ["0.0000", "0.0334", "0.0667", "0.1001"]


def test_degrees_have_two_decimals_and_unknown_ones_are_empty(tmp_path: Path) -> None:
    target = tmp_path / "angles.csv"
    write_angles(verdicts.recording(), target)
    assert [row["trunk_lean"] for row in rows(target)] == ["0.00", "", "12.35", "180.00"]
    assert rows(target)[0]["left_knee_flexion"] == "10.00"


def test_a_clip_in_which_nobody_is_found_has_empty_cells_only(tmp_path: Path) -> None:
    target = tmp_path / "angles.csv"
    recording = verdicts.recording()
    for degrees in recording.angles.values():
        degrees[:] = float("nan")
    write_angles(recording, target)
    assert all(set(list(row.values())[1:]) == {""} for row in rows(target))
