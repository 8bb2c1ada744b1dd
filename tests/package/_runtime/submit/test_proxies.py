"""Proxies that the environment names: what they are asked for, and that a refusal of theirs delivers nothing."""

from __future__ import annotations

import base64
import os
import ssl
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from codegen.package._runtime import network
from codegen.package._runtime.errors import ConnectFailed
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.download.served_files import MP4, file, result
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.proxy import HOST, Greeting, Proxy, certificate, http, socks

NAME = b"\x03" + bytes((len(HOST),)) + HOST.encode() + (443).to_bytes(2, "big")
"""The host and the port as SOCKS has them."""


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(autouse=True)
def trusted(chain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    for name in ("HTTPS_PROXY", "NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


def _port(server: Loopback) -> int:
    return int(server.url.rpartition(":")[2])


def test_a_connect_tunnel_carries_the_request_in_tls(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server, Proxy(http(), _port(server), chain) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret%20word@127.0.0.1:{proxy.port}")
        client = harness.client(f"https://{HOST}")
        harness.submit(client)
        harness.submit(client)
        assert server.billed == 2
        assert server.connections == 1
    (received,) = proxy.received
    assert received.startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n".encode())
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"me:secret word") in received


@pytest.mark.parametrize("bound", [b"\x01\0\0\0\0\0\0", b"\x04" + b"\0" * 18, b"\x03\x04abcd\0\0"])
@pytest.mark.parametrize("piece", [1, 64])
def test_a_socks_tunnel_carries_the_request_in_tls(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch, bound: bytes, piece: int
) -> None:
    greeting = socks(bound=bound, piece=piece)
    with Loopback(answer(GOOD)) as server, Proxy(greeting, _port(server), chain) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{proxy.port}")
        harness.submit(harness.client(f"https://{HOST}"))
        assert server.billed == 1
    assert proxy.received == [b"\x05\x01\x00", b"\x05\x01\x00" + NAME]


def test_a_socks_proxy_is_told_the_user_and_the_password(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback(answer(GOOD)) as server, Proxy(socks(method=2), _port(server), chain) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5h://me:word@127.0.0.1:{proxy.port}")
        harness.submit(harness.client(f"https://{HOST}"))
        assert server.billed == 1
    assert proxy.received == [b"\x05\x01\x02", b"\x01\x02me\x04word", b"\x05\x01\x00" + NAME]


@pytest.mark.parametrize(
    ("scheme", "greeting", "problem"),
    [
        ("http", http(b"407 Proxy Authentication Required"), "ProxyError: 407 Proxy Authentication Required"),
        ("http", http(b"502"), "ProxyError: 502"),
        ("http", http(b"300 Several"), "ProxyError: 300 Several"),
        ("http", http(b"199 Early"), "(Proxy|Read|RemoteProtocol)Error"),
        ("http", lambda peer, proxy: False, "(Proxy|Read)Error"),
        ("http", http(b"200 OK", b"more"), "ProxyError: the proxy sent more than its reply to CONNECT"),
        ("socks5", socks(method=255), "ProxyError: the proxy does not speak SOCKS 5"),
        ("socks5", socks(code=5), "ProxyError: the connection was refused"),
        ("socks5", socks(code=99), "ProxyError: the proxy answered with the code 99"),
        ("socks5", lambda peer, proxy: False, "(Proxy|Read)Error"),
    ],
)
def test_what_a_proxy_refuses_was_not_delivered(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, greeting: Greeting, problem: str
) -> None:
    with Loopback() as server, Proxy(greeting, _port(server), chain) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://127.0.0.1:{proxy.port}")
        with pytest.raises(ConnectFailed, match=problem):
            harness.submit(harness.client(f"https://{HOST}", max_retries=1))
        assert server.connections == 0


@pytest.mark.parametrize("password", ["", "x" * 256])
def test_a_password_that_socks_has_no_room_for_is_a_fault_of_the_setting(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    with Loopback() as server, Proxy(socks(method=2), _port(server), chain) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"socks5://me:{password}@127.0.0.1:{proxy.port}")
        with pytest.raises(ConnectFailed, match="is empty or has more than 255 bytes"):
            harness.submit(harness.client(f"https://{HOST}", max_retries=0))
        assert server.connections == 0
    assert proxy.received[0] == b"\x05\x01\x02"


def test_a_wrong_password_for_a_socks_proxy_stands_in_no_error(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback() as server, Proxy(socks(method=2, accepts=False), _port(server), chain) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"socks5://me:not-for-the-log@127.0.0.1:{proxy.port}")
        with pytest.raises(ConnectFailed, match="refused the user name") as caught:
            harness.submit(harness.client(f"https://{HOST}", max_retries=0))
        assert "not-for-the-log" not in str(caught.value)


def test_a_server_behind_a_tunnel_is_verified(
    harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))  # another one than the server's
    with Loopback() as server, Proxy(socks(), _port(server), chain) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"socks5://127.0.0.1:{proxy.port}")
        with pytest.raises(ConnectFailed, match="CERTIFICATE_VERIFY_FAILED"):
            harness.submit(harness.client(f"https://{HOST}", max_retries=0))
        assert server.connections == 0


def test_tls_within_tls(harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        Loopback(answer(GOOD)) as server,
        Proxy(lambda peer, proxy: True, _port(server), chain) as ends_tls,
        Proxy(http(), ends_tls.port, chain, is_secure=True) as proxy,
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"https://127.0.0.1:{proxy.port}")
        harness.submit(harness.client(f"https://{HOST}"))
        assert server.billed == 1
    assert proxy.received[0].startswith(f"CONNECT {HOST}:443 ".encode())


def test_a_proxy_that_is_spoken_to_by_https(harness: Harness, chain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Proxy(http(b"403 Forbidden"), 0, chain, is_secure=True) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"https://127.0.0.1:{proxy.port}")
        with pytest.raises(ConnectFailed, match="ProxyError: 403 Forbidden"):
            harness.submit(harness.client(f"https://{HOST}", max_retries=0))
    assert proxy.received[0].startswith(f"CONNECT {HOST}:443 ".encode())


def test_a_proxy_that_forwards_gets_the_whole_url(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback() as proxy:
        proxy.on("GET", "http://files.sample.invalid:80/a?b=1", otherwise=answer(b"content"))
        monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("://", "://me:word@"))
        lane = harness.name("connections", "Lane")("http", "files.sample.invalid", 80)
        module = harness.module("connections")
        headers = module.checked_headers([(b"Host", b"files.sample.invalid")])
        outgoing = module.Outgoing("GET", b"/a?b=1", headers, None)
        received = harness.module("connections").Received()
        assert harness.call(lane.send, outgoing, 5.0, received).content == b"content"
        (request,) = proxy.requests
        assert request.header("Proxy-Authorization") == "Basic " + base64.b64encode(b"me:word").decode()
        harness.call(lane.aclose if harness.is_async else lane.close)


def proxy_of(monkeypatch: pytest.MonkeyPatch, scheme: str, host: str, **environment: str) -> str | None:
    """Return the host of the proxy that is used for a host on its usual port."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = network.proxy_for(scheme, host, {"https": 443, "http": 80}[scheme])
    return None if found is None else found.host


@pytest.mark.parametrize(
    ("scheme", "environment", "proxy"),
    [
        ("https", {"HTTPS_PROXY": "http://a"}, "a"),
        ("https", {"https_proxy": "http://a", "HTTPS_PROXY": "http://b"}, "a"),
        ("https", {"https_proxy": "", "HTTPS_PROXY": "http://b"}, None),
        ("https", {"Https_Proxy": " a:3128/ "}, "a"),
        ("https", {"HTTPS_PROXY": "", "ALL_PROXY": "socks5://a"}, "a"),
        ("https", {"HTTPS_PROXY": "http://a", "ALL_PROXY": "http://b"}, "a"),
        ("https", {"HTTP_PROXY": "http://a"}, None),
        ("http", {"HTTP_PROXY": "http://a"}, "a"),
        ("http", {"HTTP_PROXY": "http://a", "REQUEST_METHOD": "GET"}, None),
        ("http", {"http_proxy": "http://a", "REQUEST_METHOD": "GET"}, "a"),
    ],
)
def test_lower_case_wins_and_a_proxy_of_the_scheme_before_one_for_all(
    monkeypatch: pytest.MonkeyPatch, scheme: str, environment: dict[str, str], proxy: str | None
) -> None:
    assert proxy_of(monkeypatch, scheme, HOST, **environment) == proxy


NAMED = [
    "*",
    "{0}",
    "{0}.",
    ".{0}",
    "*.{0}",
    "*{0}",
    "a.invalid, {0}",
    "a.invalid {0},",
    "{0}:443",
    "https://{0}",
    "all://{0}",
]
NOT_NAMED = ["", " , ", "x{0}", "{0}.invalid", "{0}:80", "http://{0}", "*.x.{0}", "10.0.0.0/8", "[::1]"]
NUMBERS = [
    ("203.0.113.7", "203.0.113.0/24", None),
    ("203.0.113.7", "203.0.113.9/24:443", None),
    ("203.0.113.7", "203.0.113.7", None),
    ("203.0.113.7", "0.0.0.0/0", None),
    ("203.0.113.7", "203.0.113.70", "a"),
    ("203.0.113.7", "113.7", "a"),
    ("203.0.113.7", "2001:db8::/32", "a"),
    ("2001:db8::1", "2001:DB8::/32", None),
    ("2001:db8::1", "[2001:db8::1]:443", None),
    ("2001:db8::1", "2001:db8:0::1", None),
    ("2001:db8::1", "[2001:db8::1]:80", "a"),
]
EXCEPTED = [
    *((host, entry.format("vendor.com"), None) for host in ("vendor.com", "api.Vendor.com") for entry in NAMED),
    *((host, entry.format("vendor.com"), "a") for host in ("vendor.com", "api.vendor.com") for entry in NOT_NAMED),
    *NUMBERS,
    ("localhost", "", None),
    ("127.8.9.10", "", None),
]


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize(("host", "value", "proxy"), EXCEPTED)
def test_no_proxy_names_hosts_domains_addresses_networks_ports_and_schemes(
    monkeypatch: pytest.MonkeyPatch, name: str, host: str, value: str, proxy: str | None
) -> None:
    assert proxy_of(monkeypatch, "https", host, HTTPS_PROXY="http://a", **{name: value}) == proxy


@pytest.mark.parametrize(
    "value", ["ftp://a", "socks4://a", "http://", "http://[::1", "http://a:99999", "http://a:b", "://"]
)
def test_a_proxy_that_cannot_be_one_lets_nothing_out(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    with pytest.raises(ConnectFailed, match="the proxy in the environment"):
        harness.submit(harness.client(f"https://{HOST}", max_retries=0))


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_file_comes_through_the_proxy_and_by_the_certificates_of_the_callers_client(
    harness: Harness, tmp_path: Path, library: Any
) -> None:
    chain = certificate(tmp_path)  # nobody else trusts it
    with Loopback(file()) as server, Proxy(http(), _port(server), chain) as proxy:
        kind = library.AsyncClient if harness.is_async else library.Client
        context = ssl.create_default_context(cafile=chain)
        http_client = kind(proxy=f"http://127.0.0.1:{proxy.port}", verify=context)
        client = harness.client(f"https://{HOST}", http_client=http_client)
        saved = harness.call(result(harness, client, f"https://{HOST}/film").save, tmp_path / "out")
        assert saved[0].read_bytes() == MP4
        harness.close_http(http_client)
    assert [head.split(b" HTTP/")[0] for head in proxy.received] == [f"CONNECT {HOST}:443".encode()]
