"""A reply with an error code that reports on a task is a report; an error code without one is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from codegen.package._runtime.operation import Envelope, Operation, Service
from codegen.package._runtime.reply import Answer, HTTPReply, Refusal, read

SERVICE = Service("lamp", "https://api.example.com", envelope=Envelope("/code", frozenset({"0"}), "/msg"))
QUERY = Operation(SERVICE, "task", "POST", "/task", "query", report="/data/status")


def outcome(body: Mapping[str, Any], *, status: int = 200, operation: Operation = QUERY) -> Answer | Refusal:
    reply = HTTPReply(status, {}, json.dumps(body).encode())
    return read(operation, reply, scrub=str, now=0.0)


@pytest.mark.parametrize("code", [0, 7])
def test_a_status_counts_whatever_the_code(code: int) -> None:
    assert isinstance(outcome({"code": code, "data": {"status": 3}}), Answer)


@pytest.mark.parametrize("data", [None, {}, {"status": None}, {"reason": "x"}])
def test_a_code_without_a_status_is_an_error(data: Any) -> None:
    assert isinstance(outcome({"code": 7, "msg": "no", "data": data}), Refusal)


def test_a_refusal_by_http_is_no_report() -> None:
    assert isinstance(outcome({"code": 7, "data": {"status": 3}}, status=500), Refusal)


def test_where_the_catalog_does_not_say_so_the_code_counts() -> None:
    plain = Operation(SERVICE, "task", "POST", "/task", "query")
    assert isinstance(outcome({"code": 7, "data": {"status": 3}}, operation=plain), Refusal)
