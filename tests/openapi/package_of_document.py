"""A document of a test as an importable package, and calls of its client against replies of the test."""

from __future__ import annotations

import importlib
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.machinery import SourceFileLoader
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any
from urllib.parse import unquote

import httpx

from codegen import assemble
from codegen.contracts.general.cases import Composer
from codegen.contracts.general.statements import Statements
from codegen.contracts.oracle import Oracle
from codegen.openapi.document import Document
from codegen.openapi.samples import Samples
from codegen.openapi.schemas import Schemas
from codegen.package._catalog.received_request import ReceivedRequest
from codegen.package._catalog.request_validation import request_faults
from codegen.package._catalog.service_document import Catalog, path_under
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog
from codegen.trees import write_text

Reply = httpx.Response | Callable[[httpx.Request], httpx.Response]
_NUMBERS = count()
_CODE: dict[bytes, CodeType] = {}
_compiled = SourceFileLoader.source_to_code


def _compiled_once(self: SourceFileLoader, data: Any, path: Any, **more: Any) -> CodeType:
    """Return the code of a module; of the runtime, which every package has, it is compiled once: that takes longest."""
    if "_runtime" not in Path(path).parts:
        return _compiled(self, data, path, **more)
    key = bytes(data)
    if key not in _CODE:
        _CODE[key] = _compiled(self, data, path, **more)
    return _at(_CODE[key], str(path))


def _at(code: CodeType, path: str) -> CodeType:
    """Return the code as that of another file."""
    inner = tuple(_at(value, path) if isinstance(value, CodeType) else value for value in code.co_consts)
    return code.replace(co_filename=path, co_consts=inner)


SourceFileLoader.source_to_code = _compiled_once  # type: ignore[assignment]


class ImportedPackage:
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


def make(root: dict[str, Any] | str, folder: Path, name: str = "shop.yaml") -> ImportedPackage:
    """Generate the package of one document into a folder, not formatted, and import it."""
    specs = folder / "specs"
    specs.mkdir(parents=True)
    (specs / name).write_text(root if isinstance(root, str) else json.dumps(root), encoding="utf-8")
    model = read_catalog(specs, f"made_{next(_NUMBERS)}", "1.0.0")
    for path, text in assemble.package_files(model, frozenset()).items():
        (folder / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        write_text(folder / "out" / path, text)
    importlib.invalidate_caches()
    return ImportedPackage(folder / "out", model)


@contextmanager
def package_of(root: dict[str, Any] | str, name: str = "shop.yaml") -> Iterator[ImportedPackage]:
    """Yield the package of one document, as long as it is needed."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "out").mkdir()
        sys.path.insert(0, str(path / "out"))
        try:
            package = make(root, path, name)
            yield package
        finally:
            sys.path.remove(str(path / "out"))
            own = [key for key, module in sys.modules.items() if _is_in(folder, module)]  # others may be in use
            for key in own:
                del sys.modules[key]


def _is_in(folder: str, module: Any) -> bool:
    return str(getattr(module, "__file__", None) or "").startswith(folder)


def refused_by_the_stand_in(package: ImportedPackage) -> list[str]:
    """Make the calls of the contract tests; return what the catalog of the stand-in has against what is sent."""
    oracle, schemas = Oracle(package.service.document), Schemas(Document(package.service.document))
    statements, samples = Statements(package.service, oracle), Samples(schemas, "request")
    constants = vars(package.part("operations"))
    operations = {str(row.constant): constants[str(row.constant)] for row in package.service.operations}
    catalog = Catalog(constants["SERVICE"], list(operations.values()), package.service.document)
    keys = {str(row.argument): "fake-key" for row in package.service.credentials}
    result = []
    for row in package.service.operations:
        for case in Composer(package.service, row, oracle, schemas, samples, statements).cases():
            client = package.client(httpx.Response(500), **keys)
            with suppress(package.module.WondergenError), warnings.catch_warnings(action="ignore"):
                getattr(client, str(row.name))(**{name: _file(value) for name, value in case.arguments.items()})
            sent = package.sent[-1]
            path = path_under(catalog.bases, sent.url) or ""
            match = catalog.match(sent.method, path, sent.url.params.multi_items())
            if match is None:
                result.append(f"{row.name}: no operation for {sent.url}")
                continue
            received = ReceivedRequest.of(sent, {name: unquote(value) for name, value in match[1].items()})
            result += [f"{row.name}: {fault}" for fault in request_faults(catalog, match[0], received)]
    return result


def _file(value: Any) -> Any:
    """Return a file as a call takes it: (name, bytes) for (name, text); a media type may follow."""
    if isinstance(value, list):
        return [_file(item) for item in value]
    return (value[0], value[1].encode(), *value[2:]) if isinstance(value, tuple) else value
