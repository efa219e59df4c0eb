#!/bin/sh
# Builds the wheel and tries it as a stranger would: installed into an empty environment with nothing but what it
# declares, in a folder outside the checkout, with the default options. Once with the oldest and once with the newest
# supported Python that this machine has; PYTHONS="python3.11 /path/to/python3.13" names others.
set -eu
cd "$(dirname "$0")/.."
checkout=$PWD
oldest=11

say() { printf 'wheel-check: %s\n' "$*" >&2; }

# Prints "minor path" of every CPython 3.11 or newer that can make environments, the oldest first.
interpreters() {
    for candidate in ${PYTHONS:-python3 python3.11 python3.12 python3.13 python3.14 \
        /usr/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3}; do
        "$candidate" -c "
import ensurepip, platform, sys, venv
if platform.python_implementation() == 'CPython' and sys.version_info[:2] >= (3, $oldest):
    print(sys.version_info[1], getattr(sys, '_base_executable', sys.executable))
" 2>/dev/null || true
    done | sort -n -u -k 1,1
}

try_with() {
    say "with $("$1" -V), in an environment of its own"
    "$1" -m venv "$place/venv-$2"
    "$place/venv-$2/bin/python" -m pip install -qq --no-input --disable-pip-version-check "$wheel"
    mkdir "$place/elsewhere-$2"
    cd "$place/elsewhere-$2"
    for arguments in --version list "analyze $checkout/sample_videos/high_knees_thigh_low.mp4"; do
        # shellcheck disable=SC2086
        env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$place/elsewhere-$2" \
            "$place/venv-$2/bin/formcheck" $arguments >"$place/said" || { cat "$place/said"; return 1; }
    done
    grep -q "High knees" "$place/said"
    for file in result.json angles.csv report.html annotated.mp4; do
        [ -s "formcheck-results/high_knees_thigh_low/$file" ] || { say "there is no $file"; return 1; }
    done
    "$place/venv-$2/bin/python" -m pip check >&2
    cd "$checkout"
}

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT INT TERM
"${PYTHON:-python3}" -m pip wheel -qq --no-input --disable-pip-version-check --no-deps --wheel-dir "$place" .
wheel=$(ls "$place"/formcheck-*.whl)
say "$(basename "$wheel"), $(($(stat -c %s "$wheel") / 1000000)) MB"

found=$(interpreters)
[ -n "$found" ] || { say "there is no Python 3.$oldest or newer that can make environments"; exit 1; }
printf '%s\n' "$found" | sed -n '1p;$p' | sort -u | while read -r minor python; do
    try_with "$python" "$minor"
done
say "all passed, with Python 3.$(printf '%s\n' "$found" | sed -n '1s/ .*//p;$s/ .*//p' | sort -n -u | paste -sd ' ' | sed 's/ / and 3./')"
