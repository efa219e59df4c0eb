import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from tests.report import verdicts

from formcheck.assessment import Assessment, ReasonCode
from formcheck.criteria.model import Band, Bands, Kind, Problem, RequiredView
from formcheck.report.json_file import json_text, result_schema, to_json, write_json
from formcheck.vocabulary import Facing, ModelSize, Side, Status, Unit, View

PLANK = verdicts.assessed(verdicts.plank())
ANY_VERDICT = pytest.mark.parametrize(
    "assessment",
    [
        pytest.param(verdicts.assessed(), id="a drill with faults"),
        pytest.param(PLANK, id="a hold without a score"),
        pytest.param(verdicts.assessed(verdicts.stretch(), verdicts.plank()), id="two exercises in one clip"),
        pytest.param(verdicts.assessed(clips=(verdicts.clip("a.mp4"), verdicts.clip("b.mp4"))), id="two views"),
        pytest.param(replace(verdicts.assessed(), model=None), id="a landmark track"),
        pytest.param(verdicts.unassessed(), id="nobody in view"),
    ],
)


def check(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(result_schema()).validate(document)


def numbers(document: Any) -> Iterator[float]:
    """Yield every number of a document."""
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        for item in document:
            yield from numbers(item)
    elif isinstance(document, float):
        yield document


def test_the_schema_itself_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(result_schema())


@ANY_VERDICT
def test_every_verdict_obeys_the_published_schema(assessment: Assessment) -> None:
    check(to_json(assessment))


@ANY_VERDICT
def test_the_text_reads_back_as_the_same_data(assessment: Assessment) -> None:
    assert json.loads(json_text(to_json(assessment))) == to_json(assessment)


def test_the_keys_come_in_the_documented_order() -> None:
    document = to_json(verdicts.assessed())
    assert list(document) == ["schema", "formcheck_version", "model", "clips", "status", "reason", "assessments"]
    (assessment,) = document["assessments"]
    assert list(assessment) == [
        *("clip", "interval", "exercise", "view", "repetitions", "holds", "cadence_steps_per_minute", "criteria"),
        *("pitfalls", "strengths", "score", "coverage", "quality"),
    ]
    assert list(assessment["criteria"][0])[:16] == [
        *("key", "kind", "side", "status", "value", "standard_error", "unit", "bands", "share_of_repetitions"),
        *("repetitions_judged", "confidence", "evidence", "reason", "expectation", "cue", "reference"),
    ]


def test_a_finding_keeps_its_value_its_open_band_and_its_moments() -> None:
    knee = to_json(verdicts.assessed())["assessments"][0]["criteria"][0]
    assert (knee["key"], knee["kind"], knee["side"], knee["status"]) == (
        *("thigh_horizontal", "expectation", "left", "major"),
    )
    assert knee["value"] == 61.7
    assert knee["bands"] == {"good": [80.0, None], "minor": [[65.0, 80.0]]}
    assert knee["evidence"][0] == {"clip": 0, "time_s": 5.62, "frame": 169, "value": 60.0}
    assert knee["reason"] is None


def test_the_bands_that_judged_are_told_not_those_of_the_criterion() -> None:
    own = Bands(Band(70.0, 90.0))
    finding = verdicts.finding(bands=own)
    (told,) = to_json(verdicts.assessed(verdicts.stretch(criteria=(finding,))))["assessments"][0]["criteria"]
    assert told["bands"] == {"good": [70.0, 90.0], "minor": []}


def test_what_was_not_judged_says_why_and_which_view_would_tell() -> None:
    criteria = to_json(verdicts.assessed())["assessments"][0]["criteria"]
    cave_in = next(criterion for criterion in criteria if criterion["key"] == "knee_cave_in")
    assert cave_in["status"] == "not_assessable"
    assert cave_in["reason"] == {
        "code": "wrong_view",
        "message": "The clip is filmed from the side.",
        "view": "front",
    }
    assert cave_in["value"] is None
    assert cave_in["bands"]["good"] == [80.0, None]


def test_a_clip_without_a_verdict_carries_the_reason_and_no_assessment() -> None:
    document = to_json(verdicts.unassessed())
    assert (document["status"], document["assessments"]) == ("not_assessable", [])
    assert document["reason"]["code"] == "nobody_in_view"


def test_nan_and_infinity_become_null_and_negative_zero_becomes_zero() -> None:
    odd = verdicts.finding(value=-0.0, standard_error=math.inf, confidence=0.5, share_of_repetitions=math.nan)
    document = to_json(verdicts.assessed(verdicts.stretch(criteria=(odd,), score=math.nan)))
    text = json_text(document)
    assert "NaN" not in text
    assert "Infinity" not in text
    assert "-0.0" not in text
    assert document["assessments"][0]["criteria"][0]["standard_error"] is None
    assert all(math.isfinite(number) for number in numbers(document))


def test_numbers_of_numpy_become_plain_numbers() -> None:
    finding = verdicts.finding(value=np.float64(12.34567), repetitions_judged=np.int64(5), sometimes=np.bool_(True))
    document = to_json(verdicts.assessed(verdicts.stretch(criteria=(finding,))))
    check(json.loads(json_text(document)))
    assert document["assessments"][0]["criteria"][0]["value"] == 12.346


def test_a_name_that_is_no_text_still_makes_a_readable_file(tmp_path: Path) -> None:
    odd = verdicts.clip("clips/b\udcffd \x1b[31m \u2028 'quoted' 🏃.mp4")
    target = tmp_path / "result.json"
    write_json(verdicts.assessed(clips=(odd,)), target)
    document = json.loads(target.read_bytes().decode("utf-8"))
    check(document)
    assert document["clips"][0]["name"] == "b\ufffdd \x1b[31m \u2028 'quoted' 🏃.mp4"


def test_the_same_verdict_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    write_json(verdicts.assessed(), first)
    write_json(verdicts.assessed(), second)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("$defs", "criterion", "properties", "kind"), Kind),
        (("$defs", "criterion", "properties", "status"), Status),
        (("$defs", "criterion", "properties", "unit"), Unit),
        (("$defs", "reason", "properties", "code"), Problem),
        (("$defs", "no_verdict", "properties", "code"), ReasonCode),
        (("$defs", "view", "properties", "name"), View),
        (("$defs", "view", "properties", "facing"), Facing),
        (("$defs", "reason", "properties", "view"), [*RequiredView, None]),
        (("$defs", "criterion", "properties", "side"), [*Side, None]),
        (("properties", "model"), [*ModelSize, None]),
    ],
)
def test_the_schema_knows_every_word_of_the_program(path: tuple[str, ...], words: Any) -> None:
    part: Any = result_schema()
    for step in path:
        part = part[step]
    assert part["enum"] == [None if word is None else word.value for word in words]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"status": "not_assessable"}, id="a judged value without judgement"),
        pytest.param({"kind": "proxy"}, id="a proxy that is major"),
        pytest.param({"value": None}, id="a fault without a value"),
        pytest.param({"shoe_size": 43}, id="an unknown key"),
    ],
)
def test_the_schema_refuses(change: dict[str, Any]) -> None:
    document = to_json(verdicts.assessed())
    document["assessments"][0]["criteria"][0].update(change)
    with pytest.raises(jsonschema.ValidationError):
        check(document)


def test_the_schema_refuses_a_score_from_too_little() -> None:
    with pytest.raises(jsonschema.ValidationError):
        check(to_json(verdicts.assessed(verdicts.stretch(coverage=0.39))))


def test_the_schema_refuses_a_missing_side_word() -> None:
    document = to_json(verdicts.assessed())
    document["assessments"][0]["criteria"][0]["side"] = "port"
    with pytest.raises(jsonschema.ValidationError):
        check(document)
