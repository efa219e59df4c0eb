"""The pose models that ship with formcheck: where they lie, and that they are what they should be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formcheck.errors import InstallationError
from formcheck.vocabulary import ModelSize

CHECKSUMS = "checksums.json"
PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = (PACKAGE / "models", PACKAGE.parent.parent / "models")
"""Inside the installed package, or beside ``src`` in a checkout."""

REMEDY = "install formcheck again, or run make models in a checkout"


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A model file, with the size and SHA-256 that it was published with."""

    path: Path
    size: int
    sha256: str


def bundle(model: ModelSize) -> Bundle:
    """Return where a model lies and what it must be, without reading it.

    Raises
    ------
    InstallationError
        Where the models' folder or its list of checksums is missing or damaged.
    """
    folder = next((folder for folder in FOLDERS if (folder / CHECKSUMS).is_file()), None)
    if folder is None:
        raise InstallationError(f"The pose models with their {CHECKSUMS} are missing from {FOLDERS[0]}: {REMEDY}.")
    name = f"pose_landmarker_{model.value}.task"
    try:
        entry = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))[name]
        return Bundle(path=folder / name, size=int(entry["bytes"]), sha256=str(entry["sha256"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InstallationError(f"{folder / CHECKSUMS} is damaged, it does not describe {name}: {REMEDY}.") from error


def verified(wanted: Bundle) -> Path:
    """Return the path of a model whose size and SHA-256 are right; the content is hashed once per process.

    Raises
    ------
    InstallationError
        Where the file is missing or is not the one that was published.
    """
    try:
        size = wanted.path.stat().st_size
        found = _sha256(wanted.path) if size == wanted.size else None
    except OSError as error:
        raise InstallationError(f"The pose model {wanted.path} is missing or cannot be read: {REMEDY}.") from error
    if found != wanted.sha256:
        raise InstallationError(f"The pose model {wanted.path} is damaged (its checksum is wrong): {REMEDY}.")
    return wanted.path


@cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
