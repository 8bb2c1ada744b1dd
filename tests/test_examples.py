"""No test names a service, operation or model of a vendor by hand: the next documents may be without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import catalog_values
from tests.chosen_operations import ROLES, Example, found

ROOT = Path(__file__).parent


def test_no_service_and_no_operation_is_named_by_hand() -> None:
    services = catalog_values.services()
    every = [Example(service, name) for service in services for name in catalog_values.operations(service)]
    words = {one.name.partition(".")[2] for one in every if "." in one.name}
    words |= {word.replace("_", "-") for word in words} | {one.full for one in every}
    words |= {one.command for one in every} | {one.page for one in every} | {one.path for one in every}
    words |= {one.vendor["id"] for one in every if re.search("[_-]", one.vendor["id"])}
    words |= {one.vendor["name"] for one in every if "." in one.name}
    words |= {*services, *catalog_values.clients(), *map(catalog_values.origin, services)}
    assert len(words) > 50
    places = [at for path, text in modules() for at in written(words, path, text)]
    assert places == [], "choose one in tests/chosen_operations.py by what it takes"


INVENTED = {
    "contracts/test_tables.py": "calls an invented service",
    "package/cli/test_values.py": "reads arguments of invented types",
    "package/offline/test_files.py": "takes the shape of a file from arguments of any service",
    "package/offline/test_forms.py": "makes inputs of invented schemas",
}
"""Modules that call operations of a vendor and have choices of their own → what for."""
CALLS_A_VENDOR = re.compile(r"^(?:from|import) wondergen\b|^from tests(?:\.chosen_operations)? import", re.MULTILINE)


def test_no_code_choice_and_result_field_is_written_by_hand() -> None:
    """Read only modules that call operations of a vendor, and only words that hardly mean anything else.

    Those are codes of four digits or more, choices in quotes that have a digit in them, and result fields with an
    underscore. An invented value may be one of the catalog tomorrow: an invalid value is best a word.
    """
    codes, choices, fields = (set(places) for places in (codes_of_all(), choices_of_all(), fields_of_all()))
    words = codes | fields | {quote + choice + quote for choice in choices for quote in "'\""}
    assert len(words) > 10
    callers = {path: text for path, text in modules() if CALLS_A_VENDOR.search(text)}
    assert len(callers) > 20
    assert INVENTED.keys() <= callers.keys()
    places = [at for path in callers.keys() - INVENTED.keys() for at in written(words, path, callers[path])]
    assert places == [], (
        "take it from the catalog: Example.choice, .code, .status, .files of tests/chosen_operations.py"
    )


@pytest.mark.parametrize(
    "line", ["refuses(1234)", "x == '9s'", 'f"{a}9s", "9s"', "made.film_url", 'result["film_url"]']
)
def test_a_word_of_the_catalog_is_found_in_its_line(line: str) -> None:
    assert len(list(written({"1234", "'9s'", '"9s"', "film_url"}, "test_a.py", f"a = 1\n{line}\n"))) == 1


@pytest.mark.parametrize("line", ["refuses(12345)", "x == '19s'", "my_film_url", "at 9s"])
def test_a_part_of_another_word_is_none(line: str) -> None:
    assert list(written({"1234", "'9s'", '"9s"', "film_url"}, "test_a.py", line)) == []


def modules() -> Iterator[tuple[str, str]]:
    """Yield path and text of the modules of the tests, but for those that hold what a person read."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.parent.name != "inventory":
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def written(words: Iterable[str], path: str, text: str) -> Iterator[str]:
    """Yield the lines that have one of these words."""
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    for number, line in enumerate(text.splitlines(), 1):
        if match := pattern.search(line):
            yield f"{path}:{number}: {match[0]}"


def codes_of_all() -> Iterator[str]:
    """Yield the in-band codes of all services that are no HTTP status."""
    for service in catalog_values.services():
        codes = catalog_values.document(service).get("x-error-codes", {}).get("codes", {})
        yield from (code for code in codes if len(code) > 3)


def choices_of_all() -> Iterator[str]:
    """Yield the documented values of parameters that are no plain word and no plain number."""
    nodes: list[Any] = [catalog_values.document(service) for service in catalog_values.services()]
    while nodes:
        node = nodes.pop()
        nodes += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        values = node.get("enum") if isinstance(node, dict) else None
        for value in values if isinstance(values, list) else ():
            if isinstance(value, str) and re.search(r"\d", value) and not value.isdigit():
                yield value


def fields_of_all() -> Iterator[str]:
    """Yield the fields of the results of all operations that have an underscore."""
    for service in catalog_values.services():
        for _, node in catalog_values.operations(service).values():
            if output := node.get("x-task", {}).get("output"):
                fields = catalog_values.schema(service, {"$ref": output}).get("properties", {})
                yield from (field for field in fields if "_" in field)


def test_the_catalog_has_an_operation_of_every_kind_that_tests_call() -> None:
    missing = [role for role in ROLES if found(role) is None]
    assert not missing, (
        f"the tests that import {', '.join(missing)} are skipped: no operation is such any more. A person decides: "
        "let tests/chosen_operations.py choose by other values, or delete these tests with what they test"
    )
