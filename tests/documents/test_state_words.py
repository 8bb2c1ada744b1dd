"""Words for the state of a task: what each of them means to the client, and which mean nothing certain."""

from __future__ import annotations

import pytest

from codegen.documents.vocabulary import named_error, state_of
from tests.documents.conftest import Read

KNOWN = {
    "failed": "failed",
    "rejected by moderation": "failed",
    "processing failed": "failed",
    "rendering finished": "succeeded",
    "completed successfully": "succeeded",
    "in progress, not completed": "running",
    "queued, not started yet": "queued",
    "took too long": "timed_out",
    "cancelled by the user": "cancelled",
    "处理失败": "failed",
    "处理完成": "succeeded",
    "审核拒绝": "failed",
    "等待处理": "queued",
}
UNCERTAIN = (
    "not started",
    "not yet finished",
    "partially completed",
    "completed with errors",
    "done, but with failures",
    "ready to start",
    "paused",
    "未完成",
    "不成功",
    "生成中断",
)


@pytest.mark.parametrize("words", KNOWN)
def test_words_name_a_state(words: str) -> None:
    assert state_of(words) == KNOWN[words]


@pytest.mark.parametrize("words", UNCERTAIN)
def test_words_that_say_that_it_is_not_so_or_only_in_part_name_none(words: str) -> None:
    assert state_of(words) is None


def test_a_number_has_the_word_behind_it_as_its_meaning(own: Read) -> None:
    document = own("# Song\n## Status codes\n- `1` waiting\n- `2` running\n- `3` done\n- 4 = rejected\n")
    found = {claim.name: claim.facts for claim in document.claims if claim.subject == "status"}
    assert found == {
        "1": {"state": "queued", "meaning": "waiting"},
        "2": {"state": "running", "meaning": "running"},
        "3": {"state": "succeeded", "meaning": "done"},
        "4": {"state": "failed", "meaning": "rejected"},
    }


def test_the_words_of_an_error_are_whole_words() -> None:
    assert named_error("verify that `API_KEY` is configured") == ("AuthenticationError", "api_key is configured")
    assert named_error("Authentication failed") == ("AuthenticationError", "authentication")
