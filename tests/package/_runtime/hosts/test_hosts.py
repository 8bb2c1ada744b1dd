"""A URL from a server's reply leads to the vendor's files or to nothing."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.package._runtime import hosts
from codegen.package._runtime.errors import UntrustedHost
from codegen.package._runtime.hosts import HostPolicy

ANY_PUBLIC = HostPolicy()
NAMED = HostPolicy(suffixes=(".aliyuncs.example", "cdn.example"))
LOCAL = HostPolicy(suffixes=(".aliyuncs.example",), loopback=True)

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.8.8",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.255.255.255",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "not an address",
]
PUBLIC = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not hosts.is_public(address)
    with pytest.raises(UntrustedHost, match="not a public address"):
        ANY_PUBLIC.check_addresses(hosts.parse("https://files.example/a"), [address])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_taken(address: str) -> None:
    assert hosts.is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(UntrustedHost, match=r"10\.0\.0\.1"):
        ANY_PUBLIC.check_addresses(hosts.parse("https://files.example/a"), ["8.8.8.8", "10.0.0.1"])


def test_a_host_without_an_address_is_refused() -> None:
    with pytest.raises(UntrustedHost, match="no address"):
        ANY_PUBLIC.check_addresses(hosts.parse("https://files.example/a"), [])


def test_a_private_host_can_be_allowed_by_name() -> None:
    policy = HostPolicy(suffixes=("cdn.example",), by_name=frozenset({"nas.internal"}))
    target = policy.check_url("https://nas.internal/a.mp4")
    assert policy.check_addresses(target, ["10.0.0.1"]) == ("10.0.0.1",)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.aliyuncs.example/a",
        "https://aliyuncs.example/a",
        "https://X.ALIYUNCS.EXAMPLE./a",
        "https://cdn.example/a",
        "https://a.b.cdn.example:8443/a?b=c",
    ],
)
def test_a_host_under_a_named_suffix_is_taken(url: str) -> None:
    assert NAMED.check_url(url).path.startswith("/a")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil-aliyuncs.example/a",
        "https://aliyuncs.example.evil.example/a",
        "https://evil.example/x.aliyuncs.example",
        "https://evil.example?x.aliyuncs.example",
        "https://evil.example#.aliyuncs.example",
        "https://notcdn.example/a",
    ],
)
def test_a_host_that_only_looks_named_is_refused(url: str) -> None:
    with pytest.raises(UntrustedHost, match="the vendor names only"):
        NAMED.check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/a",
        "ftp://files.example/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//files.example/a",
        "files.example/a",
        "https://",
        "https:///a",
        "https://user@files.example/a",
        "https://user:word@files.example/a",
        "https://x.aliyuncs.example@evil.example/a",
        "https://evil.example\\@x.aliyuncs.example/a",
        "https://files.example /a",
        "https://files.example/\r\nX: y",
        "https://files.example/\x00",
        "https://ｆiles.example/a",
        "https://xn--\u0430.example/a",
        "https://☃︎.example/a",
        "https://a\u00adb.example/a",
        "https://files.example:99999/a",
        "https://files.example:port/a",
        "https://[::1/a",
        "https://[fe80::1%25eth0]/a",
        "https://-files.example/a",
        "https://files..example/a",
        "https://%6cocalhost/a",
    ],
)
def test_a_url_that_is_not_plain_https_is_refused(url: str) -> None:
    with pytest.raises(UntrustedHost):
        ANY_PUBLIC.check_url(url)


@pytest.mark.parametrize(
    "host, name",
    [
        ("файлы.example", "xn--80asg7a0b.example"),
        ("例え.jp", "xn--r8jz45g.jp"),
        ("faß.de", "xn--fa-hia.de"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_a_host_beyond_ascii_is_looked_up_by_its_name_in_ascii(host: str, name: str) -> None:
    assert ANY_PUBLIC.check_url(f"https://{host}/ü.mp4").url == f"https://{name}/%C3%BC.mp4"


def test_a_name_that_looks_like_an_allowed_one_is_another() -> None:
    with pytest.raises(UntrustedHost, match="the vendor names only"):
        NAMED.check_url("https://files.aliyuncs.\u0441om/a")


def test_the_error_shows_no_query_since_it_is_often_a_signature() -> None:
    with pytest.raises(UntrustedHost) as caught:
        NAMED.check_url("https://evil.example/a?Signature=s3cr3t")
    assert "s3cr3t" not in str(caught.value)
    assert caught.value.host == "evil.example"


def test_http_and_loopback_are_for_clients_of_a_loopback_server() -> None:
    target = LOCAL.check_url("http://127.0.0.1:8000/a")
    assert LOCAL.check_addresses(target, ["127.0.0.1"]) == ("127.0.0.1",)
    with pytest.raises(UntrustedHost):
        LOCAL.check_addresses(target, ["127.0.0.1", "10.0.0.1"])
    with pytest.raises(UntrustedHost):
        LOCAL.check_url("http://files.aliyuncs.example/a")
    with pytest.raises(UntrustedHost):
        LOCAL.check_addresses(LOCAL.check_url("https://files.aliyuncs.example/a"), ["127.0.0.1"])


@pytest.mark.parametrize(
    "location, url",
    [
        ("/b?c=d", "https://files.example/b?c=d"),
        ("b", "https://files.example/x/b"),
        ("//other.example/b", "https://other.example/b"),
        ("http://files.example/b", "http://files.example/b"),
    ],
)
def test_a_redirect_is_read_relative_to_its_page(location: str, url: str) -> None:
    assert hosts.parse("https://files.example/x/y?z").join(location) == url


def test_the_address_takes_the_place_of_the_name() -> None:
    target = hosts.parse("https://files.example:8443/a%20b?c=d#e")
    assert target.at("2606:4700::1111") == "https://[2606:4700::1111]:8443/a%20b?c=d"
    assert target.authority == "files.example:8443"


@given(st.text(max_size=60), st.sampled_from(["https://", "https://a.example", "http://", ""]))
def test_any_text_is_read_or_refused(text: str, start: str) -> None:
    try:
        target = ANY_PUBLIC.check_url(start + text)
    except UntrustedHost:
        return
    assert target.scheme == "https"
    assert target.host.isascii()


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_has_these_names(host: str) -> None:
    assert hosts.is_loopback(host)


@pytest.mark.parametrize("host", ["", "localhost.example", "0.0.0.0", "10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1"])
def test_what_another_machine_answers_is_not_this_machine(host: str) -> None:
    assert not hosts.is_loopback(host)


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    inner = getattr(address, "ipv4_mapped", None) or address
    if inner.is_private or inner.is_loopback or inner.is_link_local or inner.is_multicast:
        assert not hosts.is_public(str(address)) or str(address).startswith("64:ff9b")


@pytest.mark.parametrize(
    "url, path",
    [
        ("https://a.example/my file é.mp4?sig=a b", "/my%20file%20%C3%A9.mp4?sig=a%20b"),
        ("https://a.example/a%20b%2Fc", "/a%20b%2Fc"),
        ("https://a.example/100%.mp4", "/100%25.mp4"),
        ("https://a.example/a+b,(c)", "/a+b,(c)"),
    ],
)
def test_what_a_url_cannot_carry_is_percent_encoded_once(url: str, path: str) -> None:
    assert hosts.parse(url).path == path
    assert hosts.parse(hosts.parse(url).url).path == path


@pytest.mark.parametrize("host, is_number", [("192.0.2.7", True), ("2001:db8::1", True), ("a.example", False)])
def test_a_host_of_numbers_is_an_address(host: str, is_number: bool) -> None:
    assert hosts.is_address(host) is is_number


def test_a_numeric_host_of_the_sixth_version_is_one_and_of_an_interface_is_none() -> None:
    assert hosts.parse("https://[2606:4700::1111]/a").host == "2606:4700::1111"
    for host in ("fe80::1%25eth0", "2606:::1", ":"):
        with pytest.raises(UntrustedHost):
            hosts.parse(f"https://[{host}]/a")


def test_the_port_is_that_of_the_scheme_where_none_is_named() -> None:
    urls = ("https://files.example/a", "http://files.example/a", "http://files.example:8080/a")
    assert [hosts.parse(url).port for url in urls] == [443, 80, 8080]


def test_a_name_has_at_most_253_characters() -> None:
    longest = ".".join(["a" * 63] * 3 + ["b" * 61])
    assert hosts.parse(f"https://{longest}/a").host == longest
    with pytest.raises(UntrustedHost) as caught:
        hosts.parse(f"https://{longest}c/a")
    assert str(caught.value).endswith(repr(longest[:80]))


def test_a_redirect_to_what_is_no_url_is_refused() -> None:
    with pytest.raises(UntrustedHost, match="refused a redirect to what is not a URL") as caught:
        hosts.parse("https://files.example/x").join("https://[::1/a")
    assert caught.value.host == "files.example"
