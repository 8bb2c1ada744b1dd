"""No test names a model of a vendor by hand: the next documents may be without it."""

from __future__ import annotations

import re
from pathlib import Path

from tests import catalog_values
from tests.chosen_operations import ROLES, Example, found

ROOT = Path(__file__).parent


def test_no_model_is_named_by_hand() -> None:
    models = [
        Example(service, name)
        for service in catalog_values.services()
        for name in catalog_values.operations(service)
        if "." in name
    ]
    words = {one.name.partition(".")[2] for one in models}
    words |= {word.replace("_", "-") for word in words} | {one.vendor[key] for one in models for key in ("id", "name")}
    assert len(words) > 20
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{number}: {match[0]}"
        for path in ROOT.rglob("*.py")
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
