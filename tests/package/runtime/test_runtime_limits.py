"""The limits that users meet, as numbers: whoever changes one changes it here too, and says so in the changelog."""

from __future__ import annotations

import pytest
from wondergen._runtime import deadline, delivery, journal_schema, reply, retry
from wondergen._runtime.aio import client, connections, download, paid, result
from wondergen._runtime.hosts import parse

LIMITS = [
    (client.DEFAULT_TIMEOUT, 120.0),  # seconds for a whole call
    (deadline.APPEARANCE_GRACE, 30.0),  # seconds in which a service may not know a task yet
    (journal_schema.SCHEMA, 2),  # of the tables of a journal
    (paid.MOST_SECONDS, 86_400.0),  # seconds for which a key without an answer is held
    (paid._FIRST_LOOK, 0.02),  # seconds before the first look at a key that another call is sending
    (connections.KEEP_ALIVE_SECONDS, 5.0),  # seconds for which an idle connection is used again
    (connections.LARGEST_HEAD, 1_048_576),  # bytes of the head of a reply
    (result.DEFAULT_MAX_BYTES, 2_147_483_648),  # bytes of a file
    (download.PROGRESS, 65_536),  # bytes that count as something new
    (retry.DOWNLOAD.in_a_row, 5),  # attempts that may bring nothing new
    (delivery.LARGEST_REPLY, 33_554_432),  # bytes of a reply
    (reply.LONGEST_MESSAGE, 500),  # characters of what a service says
]


@pytest.mark.parametrize("limit, number", LIMITS)
def test_a_limit_is_this_number(limit: float, number: float) -> None:
    assert limit == number


@pytest.mark.parametrize(
    "url, authority", [("http://localhost:80/a", "localhost"), ("https://a.example:443/", "a.example")]
)
def test_the_port_of_a_scheme_is_not_named(url: str, authority: str) -> None:
    assert parse(url).authority == authority
