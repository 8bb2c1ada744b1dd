"""Keys: where they come from, where they go, and every place where they must not be."""

from __future__ import annotations

import base64
import copy
import logging
import pickle
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from codegen.package._runtime.errors import InvalidRequest, MissingCredentials, OutcomeUnknown, WondergenError
from codegen.package._runtime.operation import AuthHeader, Credential, Operation
from codegen.package._runtime.request import CallOptions
from codegen.package._runtime.secret import Credentials, Secret, guarded, key_headers, key_query
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, reset, stall
from tests.package._runtime.sample_service import CANARY, CREDITS, SEARCH, SERVICE, Credits

BASIC = SERVICE.replace(
    credentials=(Credential("app_key", "SAMPLE_APP_KEY", "the console"), Credential("app_secret", "SAMPLE_SECRET", "")),
    auth=(AuthHeader("Authorization", "basic", ("app_key", "app_secret")),),
)
BEARER = SERVICE.replace(auth=(AuthHeader("Authorization", "bearer", ("api_key",)),))


def _sent(credentials: Credentials) -> dict[str, str]:
    call = Operation(credentials._service, "make", "GET", "/make", "query")
    return {name: value.reveal() for name, value in key_headers(credentials.auth_of(call))}


def test_a_key_goes_into_its_header_once(harness: Harness) -> None:
    with Loopback(answer(GOOD)) as server:
        harness.submit(harness.client(server.url))
        (request,) = server.requests
        assert request.header("X-API-KEY") == CANARY


@pytest.mark.parametrize(
    "service, given, headers",
    [
        (SERVICE, {"api_key": "k-1"}, {"X-API-KEY": "k-1"}),
        (BEARER, {"api_key": "k-1"}, {"Authorization": "Bearer k-1"}),
        (
            BASIC,
            {"app_key": "a", "app_secret": "b:c"},
            {"Authorization": "Basic " + base64.b64encode(b"a:b:c").decode()},
        ),
        (SERVICE.replace(credentials=(), auth=()), {}, {}),
    ],
)
def test_each_scheme_of_authentication(service: Any, given: Mapping[str, str], headers: Mapping[str, str]) -> None:
    assert _sent(Credentials(service, given, {})) == headers


def test_a_key_may_come_from_a_function_that_is_called_for_each_request() -> None:
    keys = iter(["key-one", "key-two"])
    credentials = Credentials(SERVICE, {"api_key": lambda: next(keys)}, {})
    assert [_sent(credentials), _sent(credentials)] == [{"X-API-KEY": "key-one"}, {"X-API-KEY": "key-two"}]
    assert credentials.scrub("key-one, key-two") == "***, ***"


def test_each_call_of_a_client_has_the_key_that_its_function_gives_then(harness: Harness) -> None:
    keys = iter(["fake-key-1", "fake-key-2", "", "fake-key-3\n"])
    balance = answer({"code": 0, "data": {"credits": 7}})
    with Loopback(balance, balance) as server:
        client = harness.client(server.url, credentials={"api_key": lambda: next(keys)})
        for _ in range(2):
            harness.call(client._query, CREDITS, Credits, {}, CallOptions())
        assert [request.header("X-API-KEY") for request in server.requests] == ["fake-key-1", "fake-key-2"]
        for problem in ("is empty", "has a line break"):
            with pytest.raises(
                MissingCredentials, match=f"the function given as api_key= gives what {problem}"
            ) as caught:
                harness.call(client._query, CREDITS, Credits, {}, CallOptions())
            assert "fake-key-3" not in str(caught.value)
        assert len(server.requests) == 2


def test_a_key_of_the_query_is_encoded_and_no_other_key_stands_there() -> None:
    rows = [
        (AuthHeader("api key", "plain", ("a",), location="query"), Secret("fake&key")),
        (AuthHeader("sign", "plain", ("b",), location="query"), Secret("b")),
        (AuthHeader("X-Key", "plain", ("c",)), Secret("c")),
    ]
    query = key_query(tuple(rows))
    assert query is not None
    assert query.reveal() == "api%20key=fake%26key&sign=b"
    assert key_query(tuple(rows[2:])) is None


async def _token() -> str:
    return "fake-key"


@pytest.mark.parametrize(
    "function, words",
    [
        (_token, "has to be awaited: give a plain function"),
        (lambda: None, "is nothing"),
        (lambda: "a\nb", "a line break"),
    ],
)
def test_a_function_that_gives_no_key_is_said_to(function: Any, words: str) -> None:
    with pytest.raises(MissingCredentials, match=f"the function given as api_key= gives what .*{words}"):
        _sent(Credentials(SERVICE, {"api_key": function}, {}))


def test_an_operation_names_the_keys_that_it_takes_and_the_first_complete_choice_counts() -> None:
    service = SERVICE.replace(
        keys_required=False,
        credentials=(Credential("api_key", "SAMPLE_API_KEY", ""), Credential("token", "SAMPLE_TOKEN", "")),
        auth=(
            AuthHeader("X-API-KEY", "plain", ("api_key",), name="key"),
            AuthHeader("Authorization", "bearer", ("token",), name="token"),
        ),
    )

    def sent(*security: tuple[str, ...], **keys: str) -> dict[str, str]:
        operation = Operation(service, "make", "GET", "/make", "query", security=security)
        return {name: value.reveal() for name, value in key_headers(Credentials(service, keys, {}).auth_of(operation))}

    assert sent(("key",), ("token",), token="t-1") == {"Authorization": "Bearer t-1"}
    assert sent(("key", "token"), api_key="k-1", token="t-1") == {"X-API-KEY": "k-1", "Authorization": "Bearer t-1"}
    assert sent((), ("token",), token="t-1") == {"Authorization": "Bearer t-1"}  # a key that is there is sent
    assert sent((), ("token",), api_key="k-1") == {}
    assert sent(api_key="k-1") == {}  # an operation that takes no key gets none
    with pytest.raises(MissingCredentials, match=r"make needs api_key= \(SAMPLE_API_KEY\) or token= \(SAMPLE_TOKEN\)"):
        sent(("key",), ("token",))


def test_an_argument_wins_over_the_environment() -> None:
    environment = {"SAMPLE_API_KEY": "from-environment"}
    assert _sent(Credentials(SERVICE, {"api_key": None}, environment)) == {"X-API-KEY": "from-environment"}
    assert _sent(Credentials(SERVICE, {"api_key": "given"}, environment)) == {"X-API-KEY": "given"}


def test_a_missing_key_says_which_variable_to_set_and_where_a_key_is_had() -> None:
    with pytest.raises(MissingCredentials) as caught:
        Credentials(BASIC, {}, {})
    assert str(caught.value) == (
        "sample: no app_key: set SAMPLE_APP_KEY or pass app_key= (where to get one: the console); "
        "no app_secret: set SAMPLE_SECRET or pass app_secret="
    )


@pytest.mark.parametrize(
    "key, problem",
    [
        ("", "api_key= is empty"),
        (" \t ", "api_key= is empty"),
        (CANARY + "\n", "api_key= has a line break"),
        (CANARY + "\r\nX-Evil: 1", "api_key= has a line break"),
        (CANARY + " ", "api_key= has a character that a header cannot carry, or a space at an end"),
        (CANARY + "☃", "api_key= has a character that a header cannot carry"),
        (5, "api_key= is int, not text"),
    ],
)
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(key: Any, problem: str) -> None:
    with pytest.raises(MissingCredentials) as caught:
        Credentials(SERVICE, {"api_key": key}, {"SAMPLE_API_KEY": "unused"})
    assert problem in str(caught.value)
    assert CANARY not in str(caught.value)


def test_an_empty_variable_is_no_key_and_is_named() -> None:
    with pytest.raises(
        MissingCredentials, match=r"^sample: SAMPLE_API_KEY is empty: set SAMPLE_API_KEY or pass api_key="
    ):
        Credentials(SERVICE, {}, {"SAMPLE_API_KEY": " "})


def test_only_a_password_that_may_be_empty_and_is_given_so_may_be() -> None:
    user, password = BASIC.credentials
    service = BASIC.replace(credentials=(user, password.replace(may_be_empty=True)))
    assert _sent(Credentials(service, {"app_key": "a", "app_secret": ""}, {}))["Authorization"].startswith("Basic ")
    for given in ({"app_key": "a"}, {"app_key": "a", "app_secret": " "}, {"app_key": "", "app_secret": ""}):
        with pytest.raises(MissingCredentials):
            Credentials(service, given, {"SAMPLE_SECRET": ""})


def test_a_constructor_that_fails_leaves_no_frame_that_holds_a_key() -> None:
    class Client:
        @guarded
        def __init__(self, key: str, *, url: str = "") -> None:
            if not url:
                raise ValueError("no URL")
            self.made = (key, url)

    assert Client(CANARY, url="u").made == (CANARY, "u")
    with pytest.raises(ValueError, match="no URL") as caught:
        Client(CANARY)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert [frame.f_code.co_name for frame in frames[1:]] == ["__init__"]
    assert CANARY not in repr(frames[1].f_locals)


@pytest.mark.parametrize("levels", [1, 2])
def test_a_client_that_cannot_be_made_leaves_no_frame_that_holds_a_key(harness: Harness, levels: int) -> None:
    client_class = harness.name("client", "APIClient")

    class Client(client_class):  # type: ignore[misc,valid-type]
        def __init__(self, api_key: str, base_url: str) -> None:
            super().__init__(
                SERVICE, dict, credentials={"api_key": api_key}, client_headers={}, base_url=base_url, max_retries=-1
            )

    class Further(Client):
        def __init__(self, api_key: str) -> None:
            super().__init__(api_key, "https://api.sample.invalid")

    with pytest.raises(InvalidRequest) as caught:
        Client(CANARY, "https://api.sample.invalid") if levels == 1 else Further(CANARY)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)][1:]
    assert frames
    assert CANARY not in repr([frame.f_locals for frame in frames])


def test_a_user_name_with_a_colon_cannot_be_basic() -> None:
    with pytest.raises(MissingCredentials, match="app_key has a colon"):
        Credentials(BASIC, {"app_key": "a:b", "app_secret": "c"}, {})


def test_no_repr_shows_a_key(harness: Harness) -> None:
    client = harness.client("https://api.sample.invalid")
    for thing in (
        client,
        *vars(client).values(),
        client._session.headers,
        Secret(CANARY),
        client._session.headers.credentials,
    ):
        assert CANARY not in repr(thing)
        assert CANARY not in str(thing)


def test_a_client_is_neither_pickled_nor_copied(harness: Harness) -> None:
    client = harness.client("https://api.sample.invalid")
    for copier in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="holds keys"):
            copier(client)


def test_no_traceback_object_reachable_from_an_error_holds_a_key(harness: Harness) -> None:
    with Loopback(reset(), reset("body", b"HTTP/1.1 200 OK\r\nX: "), stall("body")) as server:
        for timeout in (5.0, 5.0, 0.5):
            client = harness.client(server.url, timeout=timeout)
            with pytest.raises(OutcomeUnknown) as caught:
                harness.submit(client)
            error = caught.value
            text = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
            assert "OutcomeUnknown" in text
            assert CANARY not in text
            assert error.__cause__ is not None
            assert error.__cause__.__traceback__ is None
            assert vars(error.__cause__).get("_request") is None
            assert pickle.loads(pickle.dumps(error)).args == error.args
            assert CANARY.encode() not in pickle.dumps(error)
        server.assert_fired()


def test_an_exception_that_the_caller_handles_keeps_its_traceback(harness: Harness) -> None:
    with Loopback(reset()) as server:
        client = harness.client(server.url)
        kept: list[tuple[object, object]] = []
        try:
            raise KeyError("of the caller")
        except KeyError as error:
            before = error.__traceback__
            with pytest.raises(OutcomeUnknown):
                harness.submit(client)
            kept.append((before, error.__traceback__))
        (pair,) = kept
        assert pair[0] is not None
        assert pair[1] is pair[0]


def test_a_key_that_the_service_echoes_is_taken_out(harness: Harness) -> None:
    echo = {"code": 999, "msg": f"bad key {CANARY}!", "trace_id": CANARY}
    with Loopback(answer(echo), answer({**echo, "code": CANARY})) as server:
        client = harness.client(server.url)
        for _ in range(2):
            with pytest.raises(WondergenError) as caught:
                harness.submit(client)
            assert CANARY not in str(caught.value)
            assert CANARY.encode() not in pickle.dumps(caught.value)
            assert "bad key ***!" in str(caught.value)


def test_every_form_of_a_key_is_taken_out() -> None:
    keys = Credentials(BASIC, {"app_key": "abcd", "app_secret": "abcdefgh"}, {})
    basic = base64.b64encode(b"abcd:abcdefgh").decode()
    assert keys.scrub(f"abcdefgh and abcd, or {basic}!") == "*** and ***, or ***!"


def test_a_key_so_short_that_it_stands_in_words_garbles_none() -> None:
    assert Credentials(SERVICE, {"api_key": "k"}, {}).scrub("asked for a key") == "asked for a key"


def test_a_parameter_cannot_take_the_place_of_the_key(harness: Harness) -> None:
    fields = (*SEARCH.fields[:3], SEARCH.fields[3].replace(wire_name="x-api-key"))
    with Loopback(answer(GOOD)) as server:
        client = harness.client(server.url)
        arguments = {"query": "x", "language": "other"}
        harness.call(client._query, SEARCH.replace(fields=fields), Credits, arguments, CallOptions())
        assert server.requests[0].header("X-API-KEY") == CANARY


def test_a_redirect_takes_no_key_anywhere(harness: Harness) -> None:
    with Loopback() as other, Loopback(answer(b"", 307, {"Location": f"{other.url}/v1/make"})) as server:
        client = harness.client(server.url)
        with pytest.raises(WondergenError, match="redirect"):
            harness.submit(client)
        server.assert_fired()
        assert other.connections == 0


@pytest.fixture
def http_client(harness: Harness) -> Iterator[Any]:
    kind = httpx.AsyncClient if harness.is_async else httpx.Client
    made = kind(
        auth=("caller", "caller-secret"),
        cookies={"session": "caller-cookie"},
        headers={"X-Caller": "1"},
        params={"caller": "1"},
        follow_redirects=True,
    )
    yield made
    harness.close_http(made)


def test_nothing_of_the_callers_http_client_leaks_into_a_request(harness: Harness, http_client: Any) -> None:
    cookie = {"Set-Cookie": "service=1; Path=/"}
    with Loopback(answer(GOOD, headers=cookie), answer(b"", 302, {"Location": "/v1/elsewhere"})) as server:
        client = harness.client(server.url, http_client=http_client)
        harness.submit(client)
        with pytest.raises(WondergenError, match="redirect"):
            harness.submit(client)
        server.assert_fired()
        for request in server.requests:
            names = [name.lower() for name, _ in request.headers]
            expected = ["host", "accept", "content-type", "user-agent", "x-api-key", "content-length"]
            assert sorted(names) == sorted(expected)
            assert request.target == "/v1/make"


def test_the_callers_http_client_is_not_closed(harness: Harness, http_client: Any) -> None:
    harness.close(harness.client("https://api.sample.invalid", http_client=http_client))
    assert not http_client.is_closed


def test_an_http_client_of_the_other_side_is_refused(harness: Harness) -> None:
    other = httpx.Client() if harness.is_async else httpx.AsyncClient()
    with pytest.raises(InvalidRequest, match=r"http_client: is httpx\.\w+, not httpx\.\w+"):
        harness.client("https://api.sample.invalid", http_client=other)
    if harness.is_async:
        other.close()  # type: ignore[union-attr]


def test_the_environments_proxy_gets_no_plain_http_request(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback() as proxy, Loopback(answer(GOOD)) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        harness.submit(harness.client(server.url))
        server.assert_fired()
        assert proxy.connections == 0


def test_exactly_these_headers_are_sent(harness: Harness) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server:
        client = harness.client(
            server.url, client_headers={"user_id": 42}, extra_headers={"X-Team": "blue", "X-Both": "client"}
        )
        options = CallOptions(extra_headers={"X-Both": "call"})
        harness.call(client._query, CREDITS, Credits, {}, options)
        harness.submit(client)
        first, second = (dict(request.headers) for request in server.requests)
        host = server.url.removeprefix("http://")
        agent = first.pop("User-Agent")
        assert agent.startswith("wondergen/")
        common = {"Host": host, "Accept": "application/json", "X-API-KEY": CANARY, "X-User": "42", "X-Team": "blue"}
        assert first == {**common, "X-Both": "call"}
        second.pop("User-Agent")
        body = {"Content-Type": "application/json", "Content-Length": "27"}
        assert second == {**common, **body, "X-Both": "client"}


@pytest.mark.parametrize(
    "url",
    [
        "https://api.sample.invalid",
        "https://api.sample.invalid:8443/base/",
        "https://[2001:db8::1]/v1",
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://127.9.9.9:1/x",
        "http://[::1]:8080/",
        "http://[::ffff:127.0.0.1]:8080",
        "http://LOCALHOST:8080",
    ],
)
def test_a_base_url_that_keeps_the_key_safe(harness: Harness, url: str) -> None:
    assert harness.client(url).base_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.sample.invalid",
        "http://127.0.0.1.evil.invalid",
        "http://localhost.evil.invalid",
        "http://2130706433",
        "http://0.0.0.0",
        "http://[::ffff:8.8.8.8]",
        "http://[64:ff9b::127.0.0.1]",
        "https://user:password@api.sample.invalid",
        "https://user@api.sample.invalid",
        "https://api.sample.invalid/?a=1",
        "https://api.sample.invalid/#a",
        "https://api.sample.invalid/a/../b",
        "https://api.sample.invalid/%2e%2E/b",
        "https://api.sample.invalid\\@evil.invalid",
        "https://api.sample.invalid/a b",
        "https://api.sample.invalid\r\n",
        "https://api.sämple.invalid",
        "https://" + "a" * 64 + ".invalid",
        "https://api.sample.invalid:65536",
        "https://",
        "//api.sample.invalid",
        "ftp://api.sample.invalid",
        "file:///etc/passwd",
        "api.sample.invalid",
        "",
        5,
    ],
)
def test_a_base_url_that_would_give_the_key_away_is_refused(harness: Harness, url: Any) -> None:
    with pytest.raises(InvalidRequest, match="base_url: "):
        harness.client(url)


@pytest.mark.parametrize("value", ["http://127.0.0.1:9/a/", " https://other.invalid "])
def test_the_base_url_of_the_environment_stands_where_none_is_given(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SAMPLE_BASE_URL", value)
    assert harness.client().base_url == value.strip().rstrip("/")
    assert harness.client("https://mine.invalid").base_url == "https://mine.invalid"
    monkeypatch.setenv("SAMPLE_BASE_URL", " ")
    assert harness.client().base_url == SERVICE.base_url


@pytest.mark.parametrize(
    "value", ["http://other.invalid", "ftp://a", "https://u:p@a.invalid", "https://a?b", "other", "//a"]
)
def test_a_base_url_of_the_environment_keeps_the_key_as_safe(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SAMPLE_BASE_URL", value)
    with pytest.raises(InvalidRequest, match="base_url: from SAMPLE_BASE_URL in the environment: is "):
        harness.client()
    with pytest.raises(InvalidRequest, match="base_url: is "):
        harness.client(value)


@pytest.mark.parametrize("retries", [-1, 21, 1.5, True, "2", None])
def test_max_retries_is_a_small_whole_number(harness: Harness, retries: Any) -> None:
    with pytest.raises(InvalidRequest, match="max_retries"):
        harness.client("https://api.sample.invalid", max_retries=retries)


@pytest.mark.parametrize("value", ["a\r\nb", "☃", [1]])
def test_a_client_header_that_breaks_the_request_is_refused(harness: Harness, value: Any) -> None:
    with pytest.raises(InvalidRequest, match="user_id"):
        harness.client("https://api.sample.invalid", client_headers={"user_id": value})


def test_extra_headers_of_the_client_may_not_carry_the_key(harness: Harness) -> None:
    with pytest.raises(InvalidRequest, match="carries the key"):
        harness.client("https://api.sample.invalid", extra_headers={"X-Api-Key": "other"})


def test_prompts_are_logged_only_where_asked_for(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Loopback(answer(GOOD), answer({**GOOD, "msg": f"your key is {CANARY}"})) as server:
        client = harness.client(server.url)
        harness.submit(client, prompt="a secret cat")
        assert "a secret cat" not in caplog.text
        assert "operation=make" in caplog.text
        monkeypatch.setenv("WONDERGEN_LOG_BODIES", "1")
        harness.submit(client, prompt="a secret cat")
        assert "a secret cat" in caplog.text
        assert "your key is ***" in caplog.text


def test_a_log_record_has_its_facts_as_attributes(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "wondergen")
    with Loopback(answer(GOOD)) as server:
        harness.submit(harness.client(server.url))
    (replied,) = [record for record in caplog.records if record.getMessage().startswith("replied")]
    assert (replied.operation, replied.http_status, replied.attempt) == ("make", 200, 1)  # type: ignore[attr-defined]
