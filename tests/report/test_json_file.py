from collections.abc import Iterator
from typing import Any

import jsonschema

from formcheck.report.json_file import result_schema


def check(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(result_schema()).validate(document)


def numbers(document: Any) -> Iterator[float]:
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        for item in document:
            yield from numbers(item)
    elif isinstance(document, float):
        yield document


def test_the_schema_itself_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(result_schema())
