"""No test names a service, operation or model of a vendor by hand: the next documents may be without it."""

from __future__ import annotations

import re
from pathlib import Path

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
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{number}: {match[0]}"
        for path in ROOT.rglob("*.py")
        if path.parent.name != "inventory"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := named.search(line))
    }
    assert found == set(), "choose one in tests/chosen_operations.py by what it takes"


def test_the_catalog_has_an_operation_of_every_kind_that_tests_call() -> None:
    missing = [role for role in ROLES if found(role) is None]
    assert not missing, (
        f"the tests that import {', '.join(missing)} are skipped: no operation is such any more. A person decides: "
        "let tests/chosen_operations.py choose by other values, or delete these tests with what they test"
    )
