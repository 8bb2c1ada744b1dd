"""A reply that a database cannot take as it is: the result that was paid for is given all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen.package._runtime.database import storable_text
from codegen.package._runtime.journal import Journal
from tests.chosen_operations import DIAGRAM
from tests.package._runtime.loopback import Loopback, answer

HALF = {"code": 0, "msg": "", "data": {DIAGRAM.files: "http://x/", DIAGRAM.text: "\ud83d\0"}}


def test_half_a_surrogate_pair_in_a_reply_is_given_and_kept(tmp_path: Path) -> None:
    with Loopback(answer(json.dumps(HALF).encode())) as service:
        with DIAGRAM.client(user_id="7", base_url=service.url, journal=tmp_path / "jobs.sqlite") as client:
            made = [getattr(DIAGRAM.call(client, "hello", key="k1"), DIAGRAM.text) for _ in range(2)]
        assert made == ["\ud83d\x00"] * 2
        assert service.billed == 1


@pytest.mark.parametrize("reply", [{1, 2}, b"bytes"])
def test_a_reply_that_is_no_json_leaves_the_call_finished(tmp_path: Path, reply: object) -> None:
    journal = Journal(tmp_path / "jobs.sqlite", "acme", "https://api.acme.example")
    run_id = journal.claim("k1", "make", "digest", 5.0).run.id
    journal.accepted(run_id, None, reply)
    run = journal.find("k1")
    assert run is not None
    assert run.state == "finished"
    journal.close()


def test_an_id_no_database_takes_is_kept_escaped(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "jobs.sqlite", "acme", "https://api.acme.example")
    journal.accepted(journal.intent("make", "digest"), "a\0\ud83db")
    journal.finished("a\0\ud83db", "succeeded")
    run = journal.find_task(storable_text("a\0\ud83db", tmp_path))
    assert run is not None
    assert (run.state, run.task_id) == ("finished", "a\0\\ud83db")
    assert storable_text("a\0b", "postgresql://localhost/jobs") == r"a\x00b"
    journal.close()
