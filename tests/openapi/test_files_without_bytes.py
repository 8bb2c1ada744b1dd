"""A file that gives no bytes is refused: no empty part and no empty body is sent in its place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import BYTES, document, record, sends


class _Awaited:
    async def read(self) -> bytes:
        """Return bytes to those that wait."""
        return b"a"


class _Counted:
    def read(self) -> int:
        """Return what is no content."""
        return 1


def _closed() -> io.BytesIO:
    file = io.BytesIO(b"a")
    file.close()
    return file


FILES: dict[str, tuple[Any, str]] = {
    "open as text": (lambda: io.StringIO("a"), "is a file that is open as text: open it with the mode 'rb'"),
    "text with a name": (lambda: ("a.txt", io.StringIO("a")), "is a file that is open as text"),
    "read with await": (_Awaited, "is a file that is read with await"),
    "closed": (_closed, "cannot be read: I/O operation on closed file"),
    "of something else": (_Counted, r"is a file whose read\(\) gives int"),
}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    media = {"part": "multipart/form-data", "body": "application/octet-stream"}
    rows = {name: {kind: {"schema": record(body=BYTES) if name == "part" else BYTES}} for name, kind in media.items()}
    answers = {"204": {"description": "Done."}}
    root["paths"] = {
        f"/{name}": {"post": {"operationId": f"send_{name}", **sends(content=row), "responses": answers}}
        for name, row in rows.items()
    }
    with package_of(root, "reports.json") as package:
        yield package


@pytest.mark.parametrize("method", ["send_part", "send_body"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_gives_no_bytes_is_refused(package: ImportedPackage, name: str, method: str) -> None:
    client = package.client()
    file, words = FILES[name]
    with pytest.raises(package.module.InvalidRequest, match=f"body: {words}"):
        getattr(client, method)(body=file())
    assert package.sent == []


@pytest.mark.parametrize("method", ["send_part", "send_body"])
def test_a_file_that_cannot_be_opened_is_refused(
    package: ImportedPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    client = package.client()
    (tmp_path / "a.png").write_bytes(b"a")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(package.module.InvalidRequest, match="body: cannot be read: Permission denied"):
        getattr(client, method)(body=tmp_path / "a.png")
    assert package.sent == []
