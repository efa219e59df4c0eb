import hashlib
import json
from pathlib import Path

import pytest

from formcheck.errors import InstallationError
from formcheck.pose import models
from formcheck.pose.models import bundle, verified
from formcheck.vocabulary import ModelSize


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models' folder of our own, with a full model only."""
    content = b"not really a model"
    (tmp_path / "pose_landmarker_full.task").write_bytes(content)
    entry = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (tmp_path / "checksums.json").write_text(json.dumps({"pose_landmarker_full.task": entry}))
    monkeypatch.setattr(models, "FOLDERS", (tmp_path / "nowhere", tmp_path))
    return tmp_path


@pytest.mark.parametrize("model", ModelSize)
def test_every_model_ships_and_is_whole(model: ModelSize) -> None:
    path = verified(bundle(model))

    assert path.name == f"pose_landmarker_{model.value}.task"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == bundle(model).sha256


def test_a_good_model_is_found_in_the_second_place(folder: Path) -> None:
    assert verified(bundle(ModelSize.FULL)) == folder / "pose_landmarker_full.task"


@pytest.mark.parametrize("content", [b"shorter", b"not really a modeL"])
def test_a_damaged_model_is_refused(folder: Path, content: bytes) -> None:
    (folder / "pose_landmarker_full.task").write_bytes(content)

    with pytest.raises(InstallationError, match=r"pose_landmarker_full.task is damaged .*install formcheck again"):
        verified(bundle(ModelSize.FULL))


def test_a_missing_model_is_named(folder: Path) -> None:
    (folder / "pose_landmarker_full.task").unlink()

    with pytest.raises(InstallationError, match=r"pose_landmarker_full.task is missing"):
        verified(bundle(ModelSize.FULL))


def test_a_model_without_checksum_is_refused(folder: Path) -> None:
    with pytest.raises(InstallationError, match=r"does not describe pose_landmarker_heavy.task"):
        bundle(ModelSize.HEAVY)


@pytest.mark.parametrize("text", ["", "[]", '{"pose_landmarker_full.task": 7}'])
def test_a_damaged_list_of_checksums_is_refused(folder: Path, text: str) -> None:
    (folder / "checksums.json").write_text(text)

    with pytest.raises(InstallationError, match=r"checksums.json is damaged"):
        bundle(ModelSize.FULL)


def test_a_missing_folder_is_named(folder: Path) -> None:
    (folder / "checksums.json").unlink()

    with pytest.raises(InstallationError, match="are missing from"):
        bundle(ModelSize.FULL)
