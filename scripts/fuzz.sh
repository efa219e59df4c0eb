#!/bin/sh
# Fuzzes for MINUTES with new examples in every round: landmark tracks, tables of metadata, movements. Stops at the
# first failure, with what reproduces it; .hypothesis keeps it, so that the next run begins with it.
set -eu
cd "$(dirname "$0")/.."

until=$(($(date +%s) + ${MINUTES:-10} * 60))
round=0
while [ "$(date +%s)" -lt "$until" ]; do
    round=$((round + 1))
    printf 'fuzz: round %s, %s minutes left\n' "$round" "$(((until - $(date +%s) + 59) / 60))" >&2
    left=$((until - $(date +%s)))
    FORMCHECK_FUZZ=long timeout --signal=INT "$left" "${PYTHON:-.venv/bin/python}" -m pytest -q -n0 -x tests/fuzz ||
        { status=$?; [ "$status" -eq 124 ] && break; exit "$status"; }
done
printf 'fuzz: nothing was found\n' >&2
