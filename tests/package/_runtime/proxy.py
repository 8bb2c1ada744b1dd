"""A proxy on loopback, HTTP or SOCKS 5, that leads everything to one server and ends TLS in the server's place."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import select
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.package._runtime.loopback import PATIENCE

HOST = "api.sample.invalid"


def certificate(folder: Path) -> Path:
    """Write a certificate of HOST and 127.0.0.1 with its key, signed by itself, and return where it is."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


Greeting = Callable[[socket.socket, "Proxy"], bool]
"""What a proxy says before it leads on; whether it does."""


class Proxy:
    """Takes connections, greets each, and leads it to the server at `port`. `asked`: what each client wanted.

    `is_secure`: it is spoken to in TLS itself; what is inside goes on as it is.
    """

    def __init__(self, greeting: Greeting, port: int, chain: Path, *, is_secure: bool = False) -> None:
        self._greeting = greeting
        self._to = port
        self._chain = chain
        self._is_secure = is_secure
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._listener]
        self._threads: list[threading.Thread] = []
        self.port = self._listener.getsockname()[1]
        self.received: list[bytes] = []

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:  # they end now; a socket is closed only when none of them waits for it
            thread.join(PATIENCE)
        for each in self._open:
            each.close()

    def _spawn(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer = self._listener.accept()[0]
                self._open.append(peer)
                self._spawn(self._serve, peer)

    def _serve(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError):
            peer = self._tls(peer) if self._is_secure else peer
            if not self._greeting(peer, self):
                peer.close()
                return
            peer = peer if self._is_secure else self._tls(peer)  # a TLS socket cannot be wrapped again
            server = socket.create_connection(("127.0.0.1", self._to))
            self._open += [peer, server]
            _relay(peer, server)
            peer.close()
            server.close()

    def _tls(self, peer: socket.socket) -> socket.socket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._chain)
        return context.wrap_socket(peer, server_side=True)


def http(status: bytes = b"200 Connection established", behind: bytes = b"") -> Greeting:
    """Return the greeting of an HTTP proxy that answers every CONNECT with a status, and what it sends `behind`."""

    def greet(peer: socket.socket, proxy: Proxy) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            more = peer.recv(1)
            if not more:
                return False
            head += more
        proxy.received.append(head)
        peer.sendall(b"HTTP/1.1 " + status + b"\r\n\r\n" + behind)
        return status.startswith(b"200") and not behind

    return greet


def socks(
    *, method: int = 0, accepts: bool = True, code: int = 0, bound: bytes = b"\x01\0\0\0\0\0\0", piece: int = 64
) -> Greeting:
    """Return the greeting of a SOCKS proxy; it sends its replies in pieces of so many bytes."""

    def send(peer: socket.socket, data: bytes) -> None:
        for start in range(0, len(data), piece):
            peer.sendall(data[start : start + piece])

    def greet(peer: socket.socket, proxy: Proxy) -> bool:
        proxy.received.append(peer.recv(64))
        send(peer, bytes((5, method)))
        if method == 255:
            return False
        if method == 2:
            proxy.received.append(peer.recv(600))
            send(peer, b"\x01\x00" if accepts else b"\x01\x01")
            if not accepts:
                return False
        proxy.received.append(peer.recv(600))
        send(peer, bytes((5, code, 0)) + bound)
        return code == 0

    return greet


def _relay(one: socket.socket, other: socket.socket) -> None:
    """Pass on what either sends, until one of them ends."""
    while True:
        has_more = isinstance(one, ssl.SSLSocket) and one.pending()
        for sender in [one] if has_more else select.select([one, other], [], [])[0]:
            data = sender.recv(65536)
            if not data:
                return
            (other if sender is one else one).sendall(data)
