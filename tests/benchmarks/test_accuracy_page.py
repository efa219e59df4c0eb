"""The accuracy page is made of stored results, and the README repeats its short table."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from benchmarks.page_command import BEGIN, END, main, page_text, readme_with
from benchmarks.stored_run import RunError, StoredRun, read_run
from PIL import Image
from tests.benchmarks.stored import HIT, accuracy_run, models_run, robustness_run

from benchmarks import figures

ROOT = Path(__file__).resolve().parents[2]


def store(run: StoredRun, folder: Path) -> None:
    folder.mkdir(parents=True)
    content = {**run.conditions, "targets": [asdict(target) for target in run.targets], "tables": run.tables}
    (folder / "results.json").write_text(json.dumps(content), encoding="utf-8")


def project(folder: Path) -> list[str]:
    """Make stored results and a README below a folder, and return the arguments that name them."""
    for name, run in (("accuracy", accuracy_run()), ("robustness", robustness_run()), ("models", models_run())):
        store(run, folder / "results" / name)
    (folder / "README.md").write_text(f"# formcheck\n\n{BEGIN}\nold\n{END}\n\nmore\n", encoding="utf-8")
    return ["--results", str(folder / "results"), "--root", str(folder)]


def test_stored_results_are_read_as_they_were(tmp_path: Path) -> None:
    store(accuracy_run(), tmp_path / "run")
    run = read_run(tmp_path / "run", "make accuracy")
    assert list(run.targets) == [HIT]
    assert run.conditions["formcheck"] == "1.2.3"
    assert run.rows("cadence") == accuracy_run().rows("cadence")
    assert run.rows("no_such_table") == ()


@pytest.mark.parametrize("content", [None, "{", "{}", '{"targets": [{"x": 1}], "tables": {}}'])
def test_missing_or_damaged_results_tell_what_to_run(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "results.json").write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match="run make accuracy first"):
        read_run(tmp_path, "make accuracy")


def test_the_page_tells_numbers_failures_and_what_was_not_tried() -> None:
    page = page_text(accuracy_run(), robustness_run(), models_run())
    for told in ("8 of 9", "odd-clip", "- lunge: hands", "-7 to +9 degrees", "less light", "| knee | 5.00 | 4.00 |  |"):
        assert told in page
    assert not re.search(r"\bnan\b", page, flags=re.IGNORECASE)
    assert "{{" not in page


def test_the_page_its_plots_and_the_table_of_the_readme_are_written(tmp_path: Path) -> None:
    assert main(project(tmp_path)) == 0
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    table = readme.split(BEGIN)[1].split(END)[0].strip()
    assert table in (tmp_path / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert readme.endswith("\n\nmore\n")
    images = sorted((tmp_path / "docs" / "images" / "accuracy").iterdir())
    assert [image.stem for image in images] == ["angles", "clips", "recognition", "robustness"]
    assert all(np.asarray(Image.open(image)).std() > 5 for image in images)


def test_a_second_run_writes_the_same_files(tmp_path: Path) -> None:
    arguments = project(tmp_path)
    contents = []
    for _ in range(2):
        assert main(arguments) == 0
        contents.append({path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()})
    assert contents[0] == contents[1]


def test_missing_results_are_told_in_one_sentence_and_change_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = project(tmp_path)
    (tmp_path / "results" / "models" / "results.json").unlink()
    before = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert main(arguments) == 2
    assert "make compare-models" in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == before
    assert not (tmp_path / "docs").exists()


def test_a_readme_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(RunError, match="no place for the table"):
        readme_with("| a |", "# formcheck\n")


def test_every_answer_stands_in_the_confusion_matrix() -> None:
    figures.prepare()
    (axes,) = figures.confusion(accuracy_run()).axes
    assert [text.get_text() for text in axes.texts] == ["8", "1"]


def test_the_table_of_the_readme_is_that_of_the_page() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip()
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert table
    assert table in page
