#!/bin/sh
# Makes .venv with formcheck and its development tools, and brings the system libraries that OpenCV and MediaPipe load.
# Safe to run again at any time. `make` runs it when pyproject.toml is newer than .venv/formcheck-ready.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
venv=.venv
libraries="libgl1 libegl1 libgles2 libglib2.0-0"

say() { printf 'set-up: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Installs Debian packages where we may; otherwise prints the one command to type and stops.
install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "$missing. Install what Debian calls: $* - then run this again."
    elif [ "$(id -u)" -eq 0 ]; then
        as_root="env DEBIAN_FRONTEND=noninteractive"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env DEBIAN_FRONTEND=noninteractive"
    else
        fail "$missing. Type this, then run this again:  sudo apt-get install -y $*"
    fi
    say "$missing; installing $*"
    $as_root apt-get update -qq >/dev/null
    $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

libraries_load() {
    "$venv/bin/python" - <<'PYTHON' 2>/dev/null
import ctypes
import importlib.util
from pathlib import Path

import cv2

package = importlib.util.find_spec("mediapipe").submodule_search_locations[0]
for library in Path(package, "tasks", "c").glob("libmediapipe.*"):
    ctypes.CDLL(str(library))
PYTHON
}

command -v "$python" >/dev/null 2>&1 || fail "There is no $python. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$python is $("$python" -V 2>&1), needed is 3.11 or newer. Name another one: make PYTHON=/path/to/python3"

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    missing="Python cannot make virtual environments"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
    say "making $venv"
    "$python" -m venv --clear "$venv"
fi

say "installing formcheck and its development tools into $venv (a few minutes the first time)"
PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip install --quiet --no-input --editable '.[dev]'

if ! libraries_load; then
    missing="OpenCV or MediaPipe does not find its system libraries"
    # shellcheck disable=SC2086
    install_packages $libraries
    libraries_load || fail "OpenCV or MediaPipe still does not load. See why:  $venv/bin/python -c 'import cv2, mediapipe'"
fi

touch "$venv/formcheck-ready"
say "ready"
