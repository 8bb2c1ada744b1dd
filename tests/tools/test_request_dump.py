"""Two dumps of requests: what is in one of them only is told with its tests, and an empty dump proves nothing."""

from __future__ import annotations

import json

import pytest

from tools.request_dump import compare, differences

ONE, OTHER = (json.dumps(["POST", f"https://api.sample.invalid/{name}", ["accept: */*"], "{}"]) for name in "ab")


def test_a_request_of_one_dump_only_is_told_with_its_tests(capsys: pytest.CaptureFixture[str]) -> None:
    old, new = {ONE: ["test_a"], OTHER: ["test_b"]}, {ONE: ["test_renamed"]}
    assert list(differences(old, new)) == [
        "- POST https://api.sample.invalid/b\n    accept: */*\n    {}\n    test_b",
    ]
    assert compare(old, new) == compare(new, old) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 requests, 2 requests, 1 in both"


def test_the_same_requests_differ_in_nothing_and_no_requests_are_no_proof() -> None:
    assert compare({ONE: ["test_a"]}, {ONE: ["test_renamed"]}) == 0
    assert compare({}, {}) == 1
