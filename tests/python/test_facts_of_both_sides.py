"""What both the generator and the runtime have to know: they may not import each other, and say the same."""

from __future__ import annotations

import pytest
import wondergen
from wondergen._runtime import bodies, headers, reply, retry, serialize
from wondergen._runtime.aio import client, exchange
from wondergen.offline import refusals

from codegen import http_errors
from codegen.python import parameters, render, requests


def test_the_usual_style_of_a_parameter_is_the_same() -> None:
    assert render._USUAL == serialize._USUAL


def test_the_media_types_of_text_are_the_same() -> None:
    assert requests._TEXT == bodies._TEXT


def test_a_header_name_that_is_generated_can_be_sent() -> None:
    assert parameters.HEADER_NAME.pattern.removesuffix("{1,100}") == headers._NAME.pattern.removesuffix("+")


def test_an_http_status_is_one_error() -> None:
    statuses = range(400, 600)
    runtime = {status: reply._class_of(status).__name__ for status in statuses}
    assert runtime == {status: http_errors.error_of_status(status) for status in statuses}


def test_the_statuses_without_work_are_the_same() -> None:
    assert http_errors.WITHOUT_WORK == retry._WITHOUT_WORK
    assert retry.by_status(http_errors.UNCERTAIN) is retry.Outcome.UNKNOWN


@pytest.mark.parametrize("error, status", refusals.STATUSES.items())
def test_the_offline_upstream_refuses_with_a_status_of_the_error(error: str, status: int) -> None:
    of_status = http_errors.error_of_status(status)
    assert error in (of_status, "ContentRejected"), "no status of HTTP says that a content is rejected"


def test_the_docstring_of_a_client_has_the_default_times() -> None:
    times = f"Default: {client.DEFAULT_TIMEOUT:g}, and {exchange.QUERY_SECONDS:g} for a call that costs nothing."
    for name in wondergen.__all__:
        if hasattr(value := getattr(wondergen, name), "_submit"):
            assert times in " ".join((value.__doc__ or "").split())
