"""The plugin in a run of pytest of its own: what fails, what it says, and the strict switch."""

from __future__ import annotations

import re

import pytest

from tests.chosen_operations import CREDITS, ROLES, VIDEO, found

pytest_plugins = ["pytester"]

IMPORTS = "from tests.chosen_operations import {}\nfrom wondergen import *\n"


@pytest.fixture
def run(run_pytest):  # type: ignore[no-untyped-def]
    """Run one test module, with the operations that it calls."""

    def inner(source: str, *arguments: str):  # type: ignore[no-untyped-def]
        called = [role for role in ROLES if re.search(rf"\b{role}\b", source)]
        if missing := [role for role in called if found(role) is None]:
            pytest.skip(f"no operation is a {', '.join(missing)} of tests/chosen_operations.py")
        return run_pytest(f"{IMPORTS.format(', '.join(called) or 'ROLES')}{source}", *arguments)

    return inner


def test_a_wrong_call_fails_the_test_though_the_code_swallows_it(run) -> None:  # type: ignore[no-untyped-def]
    result = run("""
def test_it(fake):
    try:
        VIDEO.call(VIDEO.client(), "a", extra_body={"duration": 0})
    except Exception:
        pass
""")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*{VIDEO.full}: the call is wrong*", "*duration: 0 is not one of*"])


def test_a_plan_without_effect_fails_the_test(run) -> None:  # type: ignore[no-untyped-def]
    result = run("def test_it(fake):\n    CREDITS.of(fake).returns(credits=1)\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*fake.{CREDITS.full}.returns(credits) was planned and never used*"])


def test_a_test_that_fails_by_itself_shows_what_was_wrong_with_the_calls(run) -> None:  # type: ignore[no-untyped-def]
    result = run("""
def test_it(fake):
    CREDITS.of(fake).returns(credits=1)
    try:
        VIDEO.call(VIDEO.client(), "a", extra_body={"duration": 0})
    except Exception:
        pass
    assert fake.calls == []
""")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*duration: 0 is not one of*"])
    result.stdout.no_fnmatch_line("*never used*")


def test_a_call_in_the_teardown_of_another_fixture_is_judged_too(run) -> None:  # type: ignore[no-untyped-def]
    result = run("""
@pytest.fixture
def late(fake):
    yield
    try:
        VIDEO.call(VIDEO.client(), "a", extra_body={"duration": 0})
    except Exception:
        pass

def test_it(late):
    pass
""")
    result.assert_outcomes(passed=1, errors=1)


def test_a_right_test_passes_and_leaves_nothing_behind(run) -> None:  # type: ignore[no-untyped-def]
    result = run("""
import httpx, os
SEND = httpx.HTTPTransport.handle_request

def test_it(fake):
    VIDEO.call(VIDEO.client(), "a").wait()

def test_after():
    assert httpx.HTTPTransport.handle_request is SEND
    assert not VIDEO.variables.keys() & os.environ.keys()
""")
    result.assert_outcomes(passed=2)


DRIFT = """
def test_it(fake):
    VIDEO.of(fake).unknown_status("weird", polls=1)
    VIDEO.call(VIDEO.client(), "a").wait()
"""


def test_drift_is_tolerated_unless_the_run_is_strict(run) -> None:  # type: ignore[no-untyped-def]
    run(DRIFT).assert_outcomes(passed=1)
    result = run(DRIFT, "--wondergen-strict")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*drift: task_result: status weird: no document has this status*"])


def test_a_test_may_mean_its_drift(run) -> None:  # type: ignore[no-untyped-def]
    run("@pytest.mark.wondergen_drift" + DRIFT, "--wondergen-strict").assert_outcomes(passed=1)


def test_a_strict_run_passes_where_nothing_drifts(run) -> None:  # type: ignore[no-untyped-def]
    result = run(
        """
def test_it(fake):
    VIDEO.call(VIDEO.client(), "a").wait()
    CREDITS.of(CREDITS.client())()
    PICTURE.call(PICTURE.client(), "a").wait()
    DIAGRAM.call(DIAGRAM.client(), "a")
    DIAGRAM.of(fake).refuses(DIAGRAM.code(error="ContentRejected"))
    SOUND.of(fake).rate_limited()
    SOUND.call(SOUND.client(), "a", duration=SOUND.least("duration"), qty=1)
    with pytest.raises(ContentRejected):
        DIAGRAM.call(DIAGRAM.client(), "a")
""",
        "--wondergen-strict",
    )
    result.assert_outcomes(passed=1)


def test_a_strict_run_watches_every_reply_and_not_only_those_of_the_fake(run) -> None:  # type: ignore[no-untyped-def]
    result = run(
        """
import httpx

def test_it():
    data = {"credits": 5, "plan": "gold"}
    reply = {"code": 0, "msg": "", "trace_id": "t", "data": data}
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=reply))
    with httpx.Client(transport=transport) as http_client:
        assert CREDITS.of(CREDITS.client(**CREDITS.keys, http_client=http_client))().credits == 5

def test_other():
    transport = httpx.MockTransport(lambda request: httpx.Response(531, json={"code": 777}))
    with httpx.Client(transport=transport) as http_client, pytest.raises(ServerError):
        CREDITS.of(CREDITS.client(**CREDITS.keys, http_client=http_client, max_retries=0))()
""",
        "--wondergen-strict",
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "*drift: credits: response data.plan: no document has this field*",
            "*drift: credits: error 531: no document has this HTTP status*",
            "*drift: credits: error 777: no document has this code*",
        ]
    )


def test_a_strict_run_watches_what_fixtures_see_too(run) -> None:  # type: ignore[no-untyped-def]
    result = run(
        """
import httpx

def ask():
    reply = {"code": 0, "msg": "", "trace_id": "t", "data": {"credits": 5, "plan": "gold"}}
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json=reply))) as http_client:
        CREDITS.of(CREDITS.client(**CREDITS.keys, http_client=http_client))()

@pytest.fixture(scope="module")
def before():
    ask()

@pytest.fixture
def after():
    yield
    ask()

def test_before(before):
    pass

def test_after(after):
    pass
""",
        "--wondergen-strict",
    )
    result.assert_outcomes(failed=1, passed=1, errors=1)
    result.stdout.fnmatch_lines(["*drift: credits: response data.plan: no document has this field*"])


def test_a_test_that_its_fixtures_skip_need_not_do_what_is_planned(run) -> None:  # type: ignore[no-untyped-def]
    result = run("""
@pytest.fixture
def planned(fake):
    CREDITS.of(fake).returns(credits=1)
    pytest.skip("not today")

def test_it(planned):
    pass
""")
    result.assert_outcomes(skipped=1)


CASE = """
import unittest

class TestIt(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _fake(self, fake):
        self.fake = fake

    def test_it(self):
        CREDITS.of(self.fake).returns(credits=1)
        try:
            VIDEO.call(VIDEO.client(), "a", extra_body={"duration": 0})
        except Exception:
            pass
        END
"""


@pytest.mark.parametrize(
    "end, also", [("pass", "*credits.returns(credits) was planned and never used*"), ("self.fail()", "")]
)
def test_a_case_of_unittest_is_judged_too(run, end: str, also: str) -> None:  # type: ignore[no-untyped-def]
    result = run(CASE.replace("END", end))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*duration: 0 is not one of*", *([also] if also else [])])
    if not also:
        result.stdout.no_fnmatch_line("*never used*")
