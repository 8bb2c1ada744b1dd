"""What is kept of a reply that is too large, what is said of an error, and which error may be a cause."""

from __future__ import annotations

import pytest

from codegen.package._runtime.delivery import (
    KEPT_OF_A_BROKEN_BODY,
    LARGEST_REPLY,
    Received,
    ReplyTooLarge,
    describe,
    without_key,
)

KEY = "fake-key"


@pytest.mark.parametrize("announced", [str(LARGEST_REPLY + 1), "9" * 19, "9" * 20, "9" * 5000])
def test_of_a_reply_that_announces_too_much_the_beginning_is_read(announced: str) -> None:
    received = Received()
    received.begin(200, {"content-length": announced})
    received.add(b"x" * KEPT_OF_A_BROKEN_BODY)
    with pytest.raises(ReplyTooLarge):
        received.add(b"yy")
    assert received.content == b"x" * KEPT_OF_A_BROKEN_BODY
    assert KEPT_OF_A_BROKEN_BODY == 64 * 1024


@pytest.mark.parametrize("announced", [str(LARGEST_REPLY), "0", "", "-1", "a"])
def test_of_another_reply_all_is_read(announced: str) -> None:
    received = Received()
    received.begin(200, {"content-length": announced})
    received.add(b"x" * (KEPT_OF_A_BROKEN_BODY + 1))
    assert (len(received.content), received.status) == (KEPT_OF_A_BROKEN_BODY + 1, 200)


@pytest.mark.parametrize(
    "error, text",
    [
        (TimeoutError(), "TimeoutError: no whole reply in time"),
        (TimeoutError("slow\n  line"), "TimeoutError: slow line"),
        (ValueError(), "ValueError"),
        (ValueError("a  b"), "ValueError: a b"),
    ],
)
def test_an_error_is_described_in_a_line(error: Exception, text: str) -> None:
    assert describe(error) == text


def test_an_error_is_no_cause_where_any_behind_it_has_the_key() -> None:
    def scrub(text: str) -> str:
        return text.replace(KEY, "***")

    outer, middle, inner = OSError("one"), OSError("two"), OSError("three")
    outer.__cause__, middle.__context__, inner.__cause__ = middle, inner, outer  # a circle ends
    assert without_key(outer, scrub) is outer
    assert without_key(None, scrub) is None
    inner.args = (f"echoed {KEY}",)
    assert without_key(outer, scrub) is None
    inner.args, outer.args = (), (KEY,)
    assert without_key(outer, scrub) is None
