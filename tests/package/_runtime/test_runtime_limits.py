"""The limits that users meet, as numbers: whoever changes one changes it here too, and says so in the changelog."""

from __future__ import annotations

import pytest
from wondergen._runtime import (
    bodies,
    callback,
    database,
    deadline,
    delivery,
    handled_tasks,
    journal,
    journal_schema,
    log,
    media,
    messages,
    next_page,
    reply,
    request,
    retry,
    secret,
    states,
    token,
    wire,
)
from wondergen._runtime.aio import adapter, client, connections, download, exchange, paid, result, streams
from wondergen._runtime.hosts import parse

LIMITS = [
    (adapter.GRACE, 0.25),  # seconds that an HTTP library of the caller has to keep its own timeout
    (bodies.LONGEST_TEXT, 65_536),  # bytes of an error that are read as text
    (callback.LONGEST_BODY, 1_000_000),  # bytes of the body of a callback
    (callback.LONGEST_ID, 512),  # characters of the id in one
    (client.DEFAULT_TIMEOUT, 120.0),  # seconds for a whole call
    (client.MOST_RETRIES, 20),
    (connections.KEEP_ALIVE_SECONDS, 5.0),  # seconds for which an idle connection is used again
    (connections.LARGEST_HEAD, 1_048_576),  # bytes of the head of a reply
    (database.BUSY_SECONDS, 10.0),  # seconds for which a locked database is waited for
    (deadline.APPEARANCE_GRACE, 30.0),  # seconds in which a service may not know a task yet
    (deadline.LAST_REQUEST, 1.0),  # seconds that the last poll of a wait has at least
    (delivery.CONNECT_SECONDS, 10.0),  # seconds for a connection
    (delivery.KEPT_OF_A_BROKEN_BODY, 65_536),  # bytes of a reply that is cut or too large
    (delivery.LARGEST_REPLY, 33_554_432),  # bytes of a reply
    (download.MAX_REDIRECTS, 5),
    (download.PROGRESS, 65_536),  # bytes that count as something new
    (download.STALL_SECONDS, 30.0),  # seconds in which nothing comes of a file
    (exchange.CONNECTIONS, 50),  # at a time, of one client
    (exchange.QUERY_SECONDS, 30.0),  # seconds for one attempt of a query
    (handled_tasks.LEASE_SECONDS, 900.0),  # seconds after which a silent handler counts as dead
    (handled_tasks.RENEWAL_SECONDS, 60.0),
    (journal.FIRST_PAUSE, 0.5),  # seconds before what could not be written is tried again
    (journal.FRESH_SECONDS, 5.0),  # seconds in which no request of a running process is lost
    (journal.LEASE_MARGIN, 60.0),  # seconds after its time in which a request may still be sent
    (journal.LONGEST_PAUSE, 30.0),
    (journal_schema.SCHEMA, 2),  # of the tables of a journal
    (log.LONGEST_BODY, 2_000),  # characters of a body in a log
    (media.HEAD_BYTES, 1_024),  # bytes by which the type of a file is recognised
    (messages.LONGEST_VALUE, 60),  # characters of a value in a message
    (messages.MOST_CHOICES, 50),  # choices that a message lists
    (next_page.MOST_PAGES, 10_000),  # pages of a list
    (paid.MOST_SECONDS, 86_400.0),  # seconds for which a key without an answer is held
    (paid._FIRST_LOOK, 0.02),  # seconds before the first look at a key that another call is sending
    (paid._LONGEST_LOOK, 1.0),  # seconds between two looks
    (reply.LONGEST_MESSAGE, 500),  # characters of what a service says
    (request.LONGEST_KEY, 255),  # characters of a `key=`
    (result.DEFAULT_MAX_BYTES, 2_147_483_648),  # bytes of a file
    (retry.DOWNLOAD.in_a_row, 5),  # attempts that may bring nothing new
    (retry.LONGEST_RETRY_AFTER, 60.0),  # seconds that a service may ask to wait for
    (secret.SHORTEST, 4),  # characters of a key that is taken out of what a service says
    (secret.SHORTEST_IN_LOWER_CASE, 8),  # the same in lower case
    (states._LONGEST_REASON, 2_000),  # characters of the reason of a failure
    (states._LONGEST_URL, 8_192),  # characters of the URL of a file
    (streams._PAUSE_READING_AT, 524_288),  # bytes that nobody has taken yet, before a server is held back
    (token.LONGEST_ID, 2_000),  # characters of the id of a task
    (wire.DEEPEST, 64),  # levels of an argument
]


@pytest.mark.parametrize("limit, number", LIMITS)
def test_a_limit_is_this_number(limit: float, number: float) -> None:
    assert limit == number


@pytest.mark.parametrize(
    "url, authority", [("http://localhost:80/a", "localhost"), ("https://a.example:443/", "a.example")]
)
def test_the_port_of_a_scheme_is_not_named(url: str, authority: str) -> None:
    assert parse(url).authority == authority
