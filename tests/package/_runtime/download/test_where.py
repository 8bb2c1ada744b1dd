"""A download goes where the vendor's files are, at each hop and each look-up, and nowhere else."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime import hosts
from codegen.package._runtime.delivery import Left, TransportError
from codegen.package._runtime.errors import DownloadError, UntrustedHost
from codegen.package._runtime.operation import Assets, Operation
from tests.package._runtime.download.served_files import FILM, MP4, file, left, result, save
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer

CDN: Operation = FILM.replace(assets=Assets(at=("/url",), media="video", hosts=(".cdn.example",)))


def to(location: str, status: int = 302) -> Step:
    return answer(b"", status, {"Location": location}, bills=False)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(harness: Harness, tmp_path: Path, status: int) -> None:
    with Loopback(to("/elsewhere?a=b#c", status), file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        assert [request.target for request in server.requests] == ["/film", "/elsewhere?a=b"]


def test_a_redirect_to_another_allowed_host_is_followed(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file()) as other, Loopback(to(other.url + "/there")) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        other.assert_fired()
        assert other.requests[0].header("Host") == f"127.0.0.1:{other.port}"


def test_redirects_that_go_in_a_circle_end(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server:
        server.on("GET", "/film", otherwise=to("/film"))
        with pytest.raises(DownloadError, match="redirected more than 5 times"):
            save(harness, server, tmp_path)
        assert len(server.requests) == 6
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "location",
    [
        "http://files.example/a",
        "https://evil.example/a",
        "https://cdn.example.evil.example/a",
        "https://10.0.0.1/a",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:169.254.169.254]/latest",
        "file:///etc/passwd",
        "ftp://x.cdn.example/a",
        "https://user:word@x.cdn.example/a",
    ],
)
def test_a_redirect_to_anywhere_else_is_refused(harness: Harness, tmp_path: Path, location: str) -> None:
    with Loopback(to(location)) as server:
        with pytest.raises(UntrustedHost):
            save(harness, server, tmp_path, operation=CDN)
        server.assert_fired()
    assert left(tmp_path) == []


@pytest.mark.parametrize("location", ["https://x.cdn.example:port/", "http://[::1"])
def test_a_redirect_to_what_is_no_url_is_an_error(harness: Harness, tmp_path: Path, location: str) -> None:
    with Loopback() as server:
        server.on("GET", "/film", otherwise=to(location))
        with pytest.raises(DownloadError):
            save(harness, server, tmp_path, operation=CDN)
    assert left(tmp_path) == []


def test_a_redirect_without_a_place_is_an_error(harness: Harness, tmp_path: Path) -> None:
    with Loopback(answer(b"", 302)) as server, pytest.raises(DownloadError, match="without a location"):
        save(harness, server, tmp_path)


class Network:
    """What names resolve to, one answer a look-up, and what was then connected to. Nothing is sent."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self._answers = list(answers)
        self.looked_up: list[str] = []
        self.requested: list[tuple[str, str | None, str]] = []

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        self.looked_up.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def install(self, harness: Harness, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(hosts, "resolve", self.resolve)

        def open(_: Any, target: hosts.Target, headers: dict[str, str], timeout: float, address: str) -> Any:
            self.requested.append((target.at(address), target.host, target.authority))
            raise TransportError(Left.NOTHING, "nobody there")

        patch.setattr(harness.name("choose", "DefaultTransport"), "open", open)


@pytest.fixture
def network(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Network]:
    def made(*answers: tuple[str, ...]) -> Network:
        network = Network(*answers)
        network.install(harness, monkeypatch)
        return network

    return made


@contextmanager
def refused(kind: type[DownloadError]) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert "s3cr3t" not in str(caught.value)


def save_from(harness: Harness, folder: Path, url: str, *, operation: Operation = FILM, **options: Any) -> None:
    """Save a file of a client of the real vendor: no loopback allowed."""
    made = result(harness, harness.client(), url, operation=operation)
    harness.call(made.save, folder, **options)


def test_the_address_that_was_checked_is_the_one_connected_to(
    harness: Harness, tmp_path: Path, network: Callable[..., Network]
) -> None:
    net = network(("93.184.216.34", "2606:4700::1111"))
    with refused(DownloadError):
        save_from(harness, tmp_path, "https://a.cdn.example/film?sign=s3cr3t", operation=CDN)
    assert net.requested[:2] == [
        ("https://93.184.216.34/film?sign=s3cr3t", "a.cdn.example", "a.cdn.example"),
        ("https://[2606:4700::1111]/film?sign=s3cr3t", "a.cdn.example", "a.cdn.example"),
    ]
    assert len(net.requested) == len(net.looked_up) == 5


def test_a_name_that_changes_its_mind_between_attempts_is_refused(
    harness: Harness, tmp_path: Path, network: Callable[..., Network]
) -> None:
    net = network(("93.184.216.34",), ("127.0.0.1",))
    with refused(UntrustedHost):
        save_from(harness, tmp_path, "https://a.cdn.example/film?sign=s3cr3t")
    assert [url for url, _, _ in net.requested] == ["https://93.184.216.34/film?sign=s3cr3t"]


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.8",),
        ("169.254.169.254",),
        ("100.100.100.200",),
        ("::1",),
        ("::ffff:10.0.0.8",),
        ("fd00:ec2::254",),
        ("93.184.216.34", "192.168.0.1"),
        (),
    ],
)
def test_a_name_with_a_private_address_is_refused_and_nothing_is_asked(
    harness: Harness, tmp_path: Path, network: Callable[..., Network], addresses: tuple[str, ...]
) -> None:
    net = network(addresses)
    with refused(UntrustedHost):
        save_from(harness, tmp_path, "https://a.cdn.example/film?sign=s3cr3t")
    assert net.looked_up == ["a.cdn.example"]
    assert net.requested == []
    assert left(tmp_path) == []


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize("is_direct", [True, False], ids=["direct", "by proxy"])
def test_a_client_of_the_caller_asks_no_private_address_either_and_a_proxy_resolves_by_itself(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, is_direct: bool
) -> None:
    net = Network(("10.0.0.8",))
    monkeypatch.setattr(hosts, "resolve", net.resolve)
    module = importlib.import_module(library)
    proxy = None if is_direct else "http://127.0.0.1:9"
    http_client = (module.AsyncClient if harness.is_async else module.Client)(proxy=proxy, trust_env=False)
    made = result(harness, harness.client(http_client=http_client), "https://a.cdn.example/film?sign=s3cr3t")
    with refused(UntrustedHost if is_direct else DownloadError):
        harness.call(made.save, tmp_path)
    assert net.looked_up == ["a.cdn.example"] * is_direct
    harness.close_http(http_client)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/film",
        "https://acdn.example/film",
        "https://93.184.216.34/film",
        "https://127.0.0.1/film",
    ],
)
def test_a_host_that_the_vendor_does_not_name_is_not_even_looked_up(
    harness: Harness, tmp_path: Path, network: Callable[..., Network], url: str
) -> None:
    net = network(("93.184.216.34",))
    with refused(UntrustedHost):
        save_from(harness, tmp_path, url, operation=CDN)
    assert net.looked_up == []
    assert net.requested == []


def test_a_client_of_a_real_service_saves_nothing_from_loopback(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server:
        with refused(UntrustedHost):
            made = harness.result.build(
                {"url": f"https://127.0.0.1:{server.port}/"}, session=harness.client()._session, operation=FILM
            )
            harness.call(made.save, tmp_path)
        assert server.connections == 0


@pytest.mark.parametrize("allowed", [("NAS.internal",), ["nas.internal"], "nas.internal"])
def test_a_host_allowed_by_name_may_be_anywhere(
    harness: Harness, tmp_path: Path, network: Callable[..., Network], allowed: Any
) -> None:
    net = network(("10.0.0.8",))
    with refused(DownloadError):
        save_from(harness, tmp_path, "https://nas.internal:8443/film", operation=CDN, allow_hosts=allowed)
    assert net.requested[0] == ("https://10.0.0.8:8443/film", "nas.internal", "nas.internal:8443")


def test_a_name_that_does_not_resolve_is_tried_again_and_given_up(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(host: str, port: int) -> tuple[str, ...]:
        raise OSError("Name or service not known")

    monkeypatch.setattr(hosts, "resolve", fail)
    with refused(DownloadError):
        save_from(harness, tmp_path, "https://a.cdn.example/film")
    assert len(harness.clock.sleeps) == 4


def test_localhost_is_asked_at_the_address_it_has(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file()) as server:
        url = f"http://localhost:{server.port}/film"
        made = result(harness, harness.client(server.url), url)
        harness.call(made.save, tmp_path)
        assert server.requests[0].header("Host") == f"localhost:{server.port}"
