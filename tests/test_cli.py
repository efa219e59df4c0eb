import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
from tests.report import verdicts
from typer.testing import CliRunner

import formcheck
from formcheck.analysis import Analysis, Options
from formcheck.cli import app
from formcheck.criteria.model import RequiredView
from formcheck.errors import InstallationError, UnreadableClip, UsageError
from formcheck.report.json_file import result_schema
from formcheck.vocabulary import Context, ModelSize, Side

SLOWEST_ANSWER_S = 0.5
SURROUNDINGS = {**os.environ, "PYTHONPATH": str(Path(formcheck.__file__).parents[1])}


class Pipeline:
    """Stands for the pipeline: remembers its calls and answers by the clip's name."""

    def __init__(self) -> None:
        self.calls: list[tuple[list[Path], Options]] = []

    def __call__(
        self, paths: Sequence[Path], options: Options, progress: Callable[[float], None] | None = None
    ) -> Analysis:
        self.calls.append((list(paths), options))
        if progress is not None:
            progress(0.5)
        name = paths[0].name
        if name.startswith("broken"):
            raise UnreadableClip(f"{paths[0]} is not a video that can be read: convert it to MP4.")
        if name.startswith("crash"):
            raise ZeroDivisionError("division by zero")
        if name.startswith("uninstalled"):
            raise InstallationError("The pose model is missing: install formcheck again.")
        recordings = tuple(verdicts.recording(str(path)) for path in paths)
        if name.startswith("empty"):
            return Analysis(assessment=verdicts.unassessed(str(paths[0])), recordings=recordings)
        clips = tuple(verdicts.clip(str(path)) for path in paths)
        return Analysis(assessment=verdicts.assessed(clips=clips), recordings=recordings)

    @property
    def options(self) -> Options:
        return self.calls[-1][1]


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pipeline:
    monkeypatch.chdir(tmp_path)
    fake = Pipeline()
    monkeypatch.setattr("formcheck.cli.run.analyse", fake)
    monkeypatch.setattr("formcheck.analysis.analyse", fake)
    monkeypatch.setattr("formcheck.exercises.load_all", lambda: verdicts.CATALOGUE)
    page = SimpleNamespace(write_page=lambda *given: given[2].write_text("page"))
    annotated = SimpleNamespace(write_annotated_video=lambda *given: given[3].write_text("video"))
    monkeypatch.setitem(sys.modules, "formcheck.report.page", page)
    monkeypatch.setitem(sys.modules, "formcheck.report.annotated", annotated)
    return fake


class Answer:
    """What a call of the command line left: exit code and the two streams."""

    def __init__(self, *arguments: str) -> None:
        result = CliRunner().invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr

    @property
    def spoken(self) -> str:
        return " ".join(self.out.split())


def clip(name: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(b"\0video")
    return name


def places() -> set[str]:
    return {str(path) for path in Path("formcheck-results").iterdir()} if Path("formcheck-results").exists() else set()


def test_a_clip_gets_a_verdict_a_folder_and_exit_code_0() -> None:
    answer = Answer("analyze", clip("run.mp4"))
    assert (answer.code, answer.err) == (0, "")
    assert "To work on 1. Knee lift, both sides" in answer.spoken
    assert answer.spoken.endswith("Results in formcheck-results/run/")
    written = {path.name for path in Path("formcheck-results/run").iterdir()}
    assert written == {"result.json", "angles.csv", "report.html", "annotated.mp4"}


def test_the_result_obeys_the_schema_and_knows_the_clip_by_its_full_path() -> None:
    Answer("analyze", clip("run.mp4"))
    document = json.loads(Path("formcheck-results/run/result.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(result_schema()).validate(document)
    assert document["clips"][0]["path"] == str(Path("run.mp4").absolute())


def test_options_reach_the_pipeline(pipeline: Pipeline) -> None:
    Answer("analyze", clip("run.mp4"))
    assert pipeline.options == Options()
    given = ["--side", "left", "--context", "after", "--model", "lite", "--no-cache", "-e", "High-Knees"]
    Answer("analyze", *given, "run.mp4")
    assert pipeline.options == Options(
        exercise="high_knees", side=Side.LEFT, context=Context.AFTER, model=ModelSize.LITE, use_cache=False
    )


def test_unwanted_files_are_not_written_and_the_track_is_on_request() -> None:
    Answer("analyze", clip("run.mp4"), "--no-video", "--no-html", "--landmarks", "-o", "out")
    assert {path.name for path in Path("out/run").iterdir()} == {"result.json", "angles.csv", "landmarks.npz"}


def test_an_unknown_exercise_is_refused_with_a_near_match_before_any_clip_is_touched(pipeline: Pipeline) -> None:
    answer = Answer("analyze", clip("run.mp4"), "--exercise", "high_kness")
    assert answer.code == 2
    assert answer.err == (
        "Error: There is no exercise 'high_kness'. Did you mean high_knees? Choose one of: front_plank, high_knees.\n"
    )
    assert (pipeline.calls, places(), answer.out) == ([], set(), "")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["analyze"], id="no clip"),
        pytest.param(["analyze", "a.mp4", "--side", "port"], id="no such side"),
        pytest.param(["analyze", "a.mp4", "--model", "huge"], id="no such model"),
        pytest.param(["analyze", "a.mp4", "--context", "during"], id="no such context"),
        pytest.param(["analyze", "a.mp4", "--colour"], id="no such option"),
        pytest.param(["analyse", "a.mp4"], id="no such command"),
        pytest.param(["analyze", "a.mp4", "--merge-views"], id="one view to merge"),
        pytest.param(["analyze", "a.mp4", "./a.mp4", "--merge-views"], id="the same view twice"),
        pytest.param(["analyze", "a.mp4", "--json", "folder"], id="json into a folder"),
        pytest.param(["analyze", "a.mp4", "--json", "a.mp4"], id="json over the clip"),
        pytest.param(["analyze", "a.mp4", "--json", "other.mp4"], id="json over another clip"),
        pytest.param(["analyze", "a.mp4", "--json", "notes.txt/x.json"], id="json below a file"),
        pytest.param(["analyze", "a.mp4", "-o", "notes.txt"], id="output is a file"),
        pytest.param(["analyze", "a.mp4", "-o", "notes.txt/below"], id="output below a file"),
        pytest.param(["analyze", "a.mp4", "-o", "/proc/formcheck"], id="output that cannot be written"),
    ],
)
def test_wrong_usage_exits_2_touches_no_clip_and_loses_nothing(arguments: list[str], pipeline: Pipeline) -> None:
    clip("a.mp4")
    clip("other.mp4")
    Path("folder").mkdir()
    Path("notes.txt").write_text("mine", encoding="utf-8")
    answer = Answer(*arguments)
    assert answer.code == 2
    assert answer.err
    assert answer.out == ""
    assert pipeline.calls == []
    assert {path.name for path in Path().iterdir()} == {"a.mp4", "other.mp4", "folder", "notes.txt"}
    assert Path("a.mp4").read_bytes() == Path("other.mp4").read_bytes() == b"\0video"
    assert Path("notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_unreadable_clip_is_told_by_its_given_name_and_leaves_no_folder() -> None:
    answer = Answer("analyze", clip("clips/broken.mp4"))
    assert answer.code == 1
    assert answer.err == "clips/broken.mp4 is not a video that can be read: convert it to MP4.\n"
    assert (answer.out, places()) == ("", set())


def test_the_others_go_on_when_a_clip_fails() -> None:
    answer = Answer("analyze", clip("broken.mp4"), clip("crash.mp4"), clip("run.mp4"))
    assert answer.code == 1
    assert places() == {"formcheck-results/run"}
    first, second = answer.err.splitlines()
    assert first.startswith("broken.mp4 ")
    assert second.startswith("crash.mp4: formcheck failed on it")
    assert "Traceback" not in answer.err
    assert "run.mp4" in answer.out


def test_a_damaged_installation_ends_the_run() -> None:
    answer = Answer("analyze", clip("uninstalled.mp4"), clip("run.mp4"))
    assert (answer.code, answer.err) == (1, "Error: The pose model is missing: install formcheck again.\n")
    assert places() == set()


def test_a_clip_without_anybody_exits_1_with_reason_and_remedy_and_without_video() -> None:
    answer = Answer("analyze", clip("empty.mp4"))
    assert answer.code == 1
    assert "Nobody is in view. Film the whole body" in answer.spoken
    assert answer.err.startswith("empty.mp4: Nobody is in view.")
    assert {path.name for path in Path("formcheck-results/empty").iterdir()} == {"result.json", "angles.csv"}


def test_a_folder_is_refused_and_says_how_to_pass_its_clips() -> None:
    clip("drills/a.mov")
    answer = Answer("analyze", "drills", clip("run.mp4"))
    assert answer.code == 1
    assert answer.err == "'drills' is a folder: give the clips in it, such as drills/*.mov.\n"
    assert places() == {"formcheck-results/run"}


def test_a_folder_without_clips_is_told_as_such() -> None:
    Path("drills").mkdir()
    answer = Answer("analyze", "drills")
    assert (answer.code, answer.err) == (
        *(1, "'drills' is a folder without clips in it: give a video or a landmark track.\n"),
    )


def test_a_clip_given_twice_is_assessed_once(pipeline: Pipeline) -> None:
    answer = Answer("analyze", clip("run.mp4"), "./run.mp4")
    assert answer.code == 0
    assert len(pipeline.calls) == 1
    assert "given more than once" in answer.err


def test_clips_of_one_name_get_folders_of_their_own() -> None:
    Answer("analyze", clip("a/run.mp4"), clip("b/run.mp4"))
    first = places()
    Answer("analyze", "b/run.mp4", "a/run.mp4")
    assert len(first) == 2
    assert places() == first


def test_merged_views_are_one_performance(pipeline: Pipeline) -> None:
    answer = Answer("analyze", clip("side.mp4"), clip("front.mp4"), "--merge-views", "--json", "-")
    assert answer.code == 0
    assert [path.name for path in pipeline.calls[0][0]] == ["side.mp4", "front.mp4"]
    assert len(json.loads(answer.out)["clips"]) == 2


def test_json_on_standard_output_stands_alone() -> None:
    answer = Answer("analyze", clip("run.mp4"), "--json", "-")
    document = json.loads(answer.out)
    jsonschema.Draft202012Validator(result_schema()).validate(document)
    assert (answer.code, answer.err) == (0, "")
    assert document == json.loads(Path("formcheck-results/run/result.json").read_text(encoding="utf-8"))


def test_several_clips_give_an_array_of_those_that_got_a_result() -> None:
    answer = Answer("analyze", clip("run.mp4"), clip("broken.mp4"), clip("empty.mp4"), "--json", "-")
    assert answer.code == 1
    assert [document["status"] for document in json.loads(answer.out)] == ["assessed", "not_assessable"]
    assert len(answer.err.splitlines()) == 2


def test_json_goes_to_a_file_beside_the_verdict_on_the_terminal() -> None:
    Path("all.json").write_text("earlier", encoding="utf-8")
    answer = Answer("analyze", clip("run.mp4"), "--json", "all.json")
    assert "Knee lift" in answer.out
    assert json.loads(Path("all.json").read_text(encoding="utf-8"))["status"] == "assessed"


def test_a_single_clip_that_fails_leaves_the_earlier_json_file() -> None:
    Path("all.json").write_text("earlier", encoding="utf-8")
    assert Answer("analyze", clip("broken.mp4"), "--json", "all.json").code == 1
    assert Path("all.json").read_text(encoding="utf-8") == "earlier"


def test_quiet_prints_nothing_but_errors() -> None:
    quiet = Answer("analyze", clip("run.mp4"), "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    failing = Answer("analyze", clip("empty.mp4"), "-q")
    assert (failing.code, failing.out) == (1, "")
    assert failing.err.startswith("empty.mp4: Nobody is in view.")


@pytest.mark.parametrize(
    "name", ["-run.mp4", 'it\'s "it".mp4', "new\nline.mp4", "🏃 run.mp4", "[red]run.mp4", "%s.mp4"]
)
def test_every_file_name_is_told_safely(name: str) -> None:
    answer = Answer("analyze", "--", clip(name))
    assert (answer.code, answer.err) == (0, "")
    assert name.replace("\n", "\\n") in answer.out
    assert "\x1b" not in answer.out


def test_control_characters_in_a_failing_name_are_told_as_escapes() -> None:
    answer = Answer("analyze", clip("broken\x1b[31m\nname.mp4"))
    assert answer.err.startswith("broken\\x1b[31m\\nname.mp4 is not a video")


def test_a_full_disk_ends_the_run_with_exit_code_2(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(sys.modules, "formcheck.report.page", SimpleNamespace(write_page=fail))
    answer = Answer("analyze", clip("run.mp4"), clip("other.mp4"))
    assert answer.code == 2
    assert answer.err == (
        "Error: Cannot write 'formcheck-results/run': the disk is full; free some space, or choose another place.\n"
    )
    assert not Path("formcheck-results").exists()


def test_list_tells_exercises_views_and_numbers_of_criteria() -> None:
    answer = Answer("list")
    assert answer.code == 0
    assert "id exercise criteria side front any" in answer.spoken
    assert "high_knees High knees 5 3 1 1" in answer.spoken


def test_list_as_json_has_every_criterion_with_kind_and_view() -> None:
    catalogue = json.loads(Answer("list", "--json").out)
    assert [exercise["id"] for exercise in catalogue] == ["high_knees", "front_plank"]
    assert catalogue[0]["criteria"][2] == {
        "key": "tight_calves",
        "kind": "pitfall-proxy",
        "view": "side",
        "worst": "minor",
        "unit": "degrees",
        "title": "Relaxed calves",
    }


def test_explain_tells_every_criterion_of_an_exercise_in_80_columns() -> None:
    answer = Answer("explain", "high_knees")
    assert answer.code == 0
    assert all(criterion.title in answer.out for criterion in verdicts.HIGH_KNEES.criteria)
    assert "Bands good: 80° or more minor: 65° to 80° major: everything else" in answer.spoken
    assert "Film it From the side, the whole body in the picture." in answer.spoken
    assert max(map(len, answer.out.splitlines())) <= 80


def test_explain_says_once_for_all_criteria_of_a_view_from_where_they_are_judged() -> None:
    told = Answer("explain", "high_knees").out.splitlines()
    headings = [line.strip() for line in told if line.startswith("Judged from")]
    assert headings == list(dict.fromkeys(headings))
    titles = [criterion.title for criterion in verdicts.HIGH_KNEES.criteria if criterion.view is RequiredView.SIDE]
    side, *rest = [told.index(line) for line in told if line.startswith("Judged from")]
    last = min(rest, default=len(told))
    assert all(any(line.startswith(title) for line in told[side:last]) for title in titles)


def test_explain_tells_one_criterion_with_basis_kind_cue_and_reference() -> None:
    spoken = Answer("explain", "high_knees.tight_calves").spoken
    assert "Basis Level is 90°, less the error of the landmarks." in spoken
    assert "Kind pitfall-proxy: a mistake that the exercise warns of, but a camera sees only a sign of it" in spoken
    assert "Cue Lift the knee as if onto a step." in spoken
    assert "Reference Drills, high knees" in spoken
    assert "View a view from the side" in spoken


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("moonwalk", "There is no exercise 'moonwalk'. Choose one of: front_plank, high_knees."),
        ("front_plnk", "Did you mean front_plank?"),
        ("high_knees.hand", "high_knees has no criterion 'hand'. "),
        ("high_knees.stand_tal", "Did you mean stand_tall?"),
    ],
)
def test_explain_of_an_unknown_name_exits_2_with_the_choices(name: str, words: str) -> None:
    answer = Answer("explain", name)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_the_python_call_gives_the_assessment_and_writes_nothing(pipeline: Pipeline) -> None:
    assessment = formcheck.analyze(clip("run.mp4"), exercise="high_knees", side="left", context="before", model="heavy")
    assert isinstance(assessment, formcheck.Assessment)
    assert pipeline.options == Options(
        exercise="high_knees", side=Side.LEFT, context=Context.BEFORE, model=ModelSize.HEAVY
    )
    assert not Path("formcheck-results").exists()


def test_the_python_call_refuses_what_it_does_not_know() -> None:
    with pytest.raises(UsageError, match=r"There is no model 'huge'\. Choose one of: lite, full, heavy\."):
        formcheck.analyze("run.mp4", model="huge")
    with pytest.raises(AttributeError, match="no attribute 'moonwalk'"):
        formcheck.moonwalk  # noqa: B018 - the look-up itself is what is tested


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(formcheck, name) is not None for name in formcheck.__all__)
    assert set(dir(formcheck)) == set(formcheck.__all__)


def run(*command: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**SURROUNDINGS, **surroundings},
    )


def run_script(script: str, *arguments: str, **surroundings: str) -> str:
    finished = run("-c", textwrap.dedent(script), *arguments, **surroundings)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def processor_seconds_of_children() -> float:
    """Return what all finished children have used: unlike the time on the wall, others' work does not add to it."""
    used = os.times()
    return used.children_user + used.children_system


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["analyze", "--help"]])
def test_help_and_version_answer_in_under_half_a_second(arguments: list[str]) -> None:
    def once() -> float:
        start = processor_seconds_of_children()
        assert run("-m", "formcheck", *arguments).returncode == 0
        return processor_seconds_of_children() - start

    assert min(once() for _ in range(3)) < SLOWEST_ANSWER_S


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    script = """
        import sys
        from formcheck.cli import main
        try:
            main()
        except SystemExit as stop:
            assert not stop.code
        heavy = {"numpy", "scipy", "cv2", "mediapipe", "av", "matplotlib", "pyarrow", "jinja2"}
        print("heavy:", sorted(heavy & set(sys.modules)))
    """
    assert run_script(script, option).endswith("heavy: []\n")


def test_importing_formcheck_imports_nothing_heavy() -> None:
    script = "import sys, formcheck; formcheck.Assessment; print({'numpy', 'rich', 'typer'} & set(sys.modules))"
    assert run_script(script) == "set()\n"


def test_the_version_is_one_line_on_standard_output() -> None:
    answer = run("-m", "formcheck", "--version")
    assert (answer.stdout, answer.stderr) == (f"formcheck {formcheck.__version__}\n", "")


def test_a_terminal_without_a_degree_sign_gets_a_stand_in() -> None:
    script = """
        from formcheck.cli.terminal import speak_any_encoding
        speak_any_encoding()
        print("62° → 70 µ")
    """
    assert run_script(script, PYTHONIOENCODING="ascii") == "62 deg -> 70 ?\n"


def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    script = """
        import sys, time
        import formcheck.cli.run as run
        from formcheck.cli import main

        def analyse(*_given):
            print("started", file=sys.stderr, flush=True)
            time.sleep(30)

        run.analyse = analyse
        main()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), "analyze", clip("run.mp4")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=SURROUNDINGS,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "started\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "Stopped.\n")
    assert {path.name for path in tmp_path.iterdir()} == {"run.mp4"}


def test_an_output_that_cannot_be_written_is_told_in_one_sentence() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        finished = subprocess.run(
            [sys.executable, "-m", "formcheck", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            env=SURROUNDINGS,
        )
    assert finished.returncode == 2
    assert finished.stderr == "Error: Cannot write to standard output: No space left on device.\n"
