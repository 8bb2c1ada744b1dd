"""A document of a test as an importable package, and calls of its client against replies of the test."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from codegen import assemble
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog

Reply = httpx.Response | Callable[[httpx.Request], httpx.Response]
_NUMBERS = count()


class Made:
    """A package of one document."""

    def __init__(self, folder: Path, model: PackageModel) -> None:
        self.folder, self.model = folder, model
        self.service = model.services[0]
        self.module = importlib.import_module(str(model.name))
        self.sent: list[httpx.Request] = []
        """What the last client sent."""

    def client(self, *replies: Reply, **arguments: Any) -> Any:
        """Return a client that gets these replies one after the other, the last again and again."""
        self.sent, waiting = [], list(replies) or [httpx.Response(200, json={})]

        def answer(request: httpx.Request) -> httpx.Response:
            request.read()
            self.sent.append(request)
            reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            reply = reply if isinstance(reply, httpx.Response) else reply(request)
            return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)

        http = httpx.Client(transport=httpx.MockTransport(answer))
        arguments = {"max_retries": 0, **arguments}
        return getattr(self.module, str(self.service.client))(http_client=http, **arguments)

    def part(self, name: str) -> Any:
        """Return a module of the service: models, arguments."""
        return importlib.import_module(f"{self.model.name}.{self.service.module}.{name}")

    @property
    def target(self) -> str:
        """Path and query of the last request."""
        return self.sent[-1].url.raw_path.decode("ascii")

    @property
    def body(self) -> Any:
        """The JSON of the last request."""
        return json.loads(self.sent[-1].content)


def make(root: dict[str, Any] | str, folder: Path, name: str = "shop.yaml") -> Made:
    """Generate the package of one document into a folder, and import it."""
    specs = folder / "specs"
    specs.mkdir(parents=True)
    (specs / name).write_text(root if isinstance(root, str) else json.dumps(root), encoding="utf-8")
    model = read_catalog(specs, f"made_{next(_NUMBERS)}", "1.0.0")
    assemble.write(assemble.package_files(model, frozenset()), folder / "out")
    importlib.invalidate_caches()
    return Made(folder / "out", model)


@contextmanager
def made(root: dict[str, Any] | str, name: str = "shop.yaml") -> Iterator[Made]:
    """Yield the package of one document, as long as it is needed."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "out").mkdir()
        sys.path.insert(0, str(path / "out"))
        try:
            found = make(root, path, name)
            yield found
        finally:
            sys.path.remove(str(path / "out"))
            for module in [key for key in sys.modules if key.partition(".")[0].startswith("made_")]:
                del sys.modules[module]
