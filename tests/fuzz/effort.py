"""How long fuzzing takes: the same few examples in every run of the tests, other ones without end in `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("FORMCHECK_FUZZ") == "long"
TIMES_MORE = 20


def examples(count: int) -> settings:
    """Return the settings for so many examples, or many more that differ in every long run."""
    return settings(
        max_examples=count * TIMES_MORE if LONG else count,
        derandomize=not LONG,
        print_blob=LONG,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
