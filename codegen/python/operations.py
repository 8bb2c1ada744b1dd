"""One operation of an OpenAPI document → one method: its names, its call, its reply and the life of its task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from codegen import http_errors
from codegen.faults import Fault
from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import find, join
from codegen.openapi.schemas import Schemas
from codegen.openapi.walk import METHODS
from codegen.python import docs, names
from codegen.python.class_source import used_classes
from codegen.python.credentials import Alternatives, Security
from codegen.python.inputs import Inputs, words
from codegen.python.model import ErrorModel, OperationModel, PagesModel, Parameter, ReplyModel, TaskModel
from codegen.python.pagination import PagesReader
from codegen.python.parameters import Shared, Signature, SignatureReader
from codegen.python.reply_types import ReplyReader, Success, is_header_text, redirects, successes
from codegen.python.requests import further_media, media_word
from codegen.python.servers import own_server, path_problem, sent_path
from codegen.python.shapes import Shapes, class_name, second_name
from codegen.python.text import Docstring, Identifier


@dataclass(frozen=True)
class SourceOperation:
    """An operation where it stands in the document."""

    path: str
    method: str
    node: Mapping[str, Any]
    pointer: str
    shared_parameters: tuple[tuple[Any, str], ...]
    servers: Any = None
    """Those of its path item."""
    key: str = ""
    """Names it within the service: its operationId, where that is its own."""
    media: str = ""
    """The media type of the request, where it is another than the one that is taken first."""

    @property
    def operation_id(self) -> str:
        return self.key

    @property
    def kind(self) -> Literal["submit", "generate", "query"]:
        """As stated, else by the rules of HTTP: what is safe to repeat is a query."""
        kind: Literal["submit", "generate", "query"] | None = self.task.get("kind")
        return kind or ("generate" if self.method in ("POST", "PATCH") else "query")

    @property
    def task(self) -> Mapping[str, Any]:
        return self.node.get("x-task") or {}


def source_operations(document: Document) -> list[SourceOperation]:
    """Return every operation of a document, in its order."""
    operations: list[SourceOperation] = []
    keys: set[str] = set()
    for path, item in document.root.get("paths", {}).items():
        if not isinstance(item, Mapping):
            document.fault(join("/paths", path), "is not an object", "correct it")
            continue
        if path.startswith("x-"):
            continue
        node, place = document.follow(item, join("/paths", path))
        beside = {key: value for key, value in item.items() if key != "$ref"}
        node = {**node, **beside}
        places = {key: join("/paths", path, key) if key in beside else join(place, key) for key in node}
        shared = tuple((row, f"{places['parameters']}/{index}") for index, row in enumerate(_rows(node)))
        for method in METHODS:
            if isinstance(node.get(method), Mapping):
                own = node[method]
                key = str(own.get("operationId") or f"{method} {path}")
                if key in keys:
                    words = f"operationId {key!r} is used again"
                    document.note(f"{places[method]}/operationId", words, "it gets a second name")
                while key in keys:
                    key += "_"
                keys.add(key)
                where = places[method]
                operations.append(SourceOperation(path, method.upper(), own, where, shared, node.get("servers"), key))
                if "requestBody" in own and "x-task" not in own:
                    further = further_media(document, own["requestBody"], f"{where}/requestBody")
                    operations += (replace(operations[-1], key=f"{key} as {media}", media=media) for media in further)
            elif method in node:
                document.fault(places[method], "is not an object", "correct it")
        for method in as_object(node.get("additionalOperations")):
            at = join(places["additionalOperations"], method)
            document.fault(at, f"has the method {method}", "use one that OpenAPI names, as a key of the path item")
    return operations


class OperationReader:
    """Reads the operations of one document. Results first: their models leave the names of a result's members free."""

    def __init__(
        self, document: Document, operations: list[SourceOperation], errors: tuple[ErrorModel, ...], security: Security
    ) -> None:
        self._schemas = Schemas(document)
        self.shared = Shared(self._schemas, Shapes(document, self._schemas, "request"), Inputs(document, self._schemas))
        self.replies = ReplyReader(document, self._schemas)
        self._pages = PagesReader(document, self._schemas, self.replies)
        self.refused: list[Fault] = []
        """What is wrong with operations that are left out."""
        self.left_out: set[str] = set()
        """Their pointers."""
        self.payloads: dict[str, str] = {}
        """Place of what the service sends on its own → its class."""
        self._security = security
        self._document = document
        self._sources = operations
        self._errors = errors
        self._methods: dict[str | None, set[str]] = {}
        self._constants: set[str] = set()
        self._has_tasks = any(item.task for item in operations) or "x-error-codes" in document.root

    def read(self) -> tuple[OperationModel, ...]:
        """Return every operation that can be read, in document order; what is wrong with the others is in `refused`."""
        for source in self._sources:
            if output := source.task.get("output"):
                self.replies.component(output.rpartition("/")[2], f"{source.pointer}/x-task/output")
        groups = {source.node.get("x-python", {}).get("group") for source in self._sources} - {None}
        self._methods[None] = {names.snake(group) for group in groups}
        by_key: dict[str, OperationModel] = {}
        # Stated names first: what has none makes way for them.
        for source in sorted(self._sources, key=lambda item: "method" not in item.node.get("x-python", {})):
            with self._document.collecting() as faults:
                try:
                    operation = self._operation(source)
                except RecursionError:
                    self._document.fault(source.pointer, "has a schema that is nested too deeply", "flatten it")
                    operation = None
            if faults or operation is None:
                self._refuse(source, faults)
            else:
                by_key[source.key] = operation
        readable = [by_key[source.key] for source in self._sources if source.key in by_key]
        whole: list[OperationModel] = []
        for source in self._sources:
            if source.key not in by_key:
                continue
            with self._document.collecting() as faults:
                task = self._task(source, by_key)
            if faults:
                self._refuse(source, faults)
            else:
                whole.append(replace(by_key[source.key], task=task))
        self._check_results(readable)
        webhooks = list(self._webhooks())
        self.payloads = {place: text for place, text in webhooks if self.replies.shapes.is_model(text)}
        if self.left_out:
            self._keep_used(whole, [text for _, text in webhooks])
        return tuple(whole)

    def _webhooks(self) -> Iterator[tuple[str, str]]:
        """Give what webhooks send its classes, and yield places and types. What cannot be read is said."""
        for name, item in as_object(self._document.root.get("webhooks")).items():
            with self._document.collecting() as faults:
                node, place = self._document.follow(item, join("/webhooks", name))
            self._note(faults)
            for method in METHODS:
                body = as_object(node.get(method)).get("requestBody")
                with self._document.collecting() as faults:
                    row, where = self._document.follow(body, f"{place}/{method}/requestBody")
                    classes = list(self.replies.sent(row.get("content"), f"{where}/content", f"{name} webhook"))
                self._note(faults)
                if not faults:
                    yield from classes

    def schemas_alone(self) -> None:
        """Give every schema of the components its class: nothing else is in the document."""
        for name in as_object(find(self._document.root, "/components/schemas")):
            place = join("/components/schemas", name)
            with self._document.collecting() as faults:
                text = self.replies.shapes.of({"$ref": f"#{place}"}, f"{place}/$ref", name)
            self._note(faults)
            if not faults and self.replies.shapes.is_model(text):
                self.payloads.setdefault(place, text)

    def _note(self, faults: list[Fault]) -> None:
        """Say what is wrong with a part that is left out, and stops nothing else."""
        for fault in faults:
            self._document.note(fault.place, fault.problem, fault.remedy)

    def _keep_used(self, operations: list[OperationModel], webhooks: list[str]) -> None:
        """Drop the classes that only operations which are left out have."""
        self.replies.shapes.keep(
            [name for operation in operations for name in _reply_classes(operation)]
            + [name for text in webhooks for name in used_classes(text)]
        )
        self.shared.shapes.keep(str(operation.arguments_model) for operation in operations)
        parameters = [parameter for operation in operations for parameter in operation.parameters]
        self.shared.inputs.keep(word for parameter in parameters for word in words(str(parameter.annotation)))

    def _refuse(self, source: SourceOperation, faults: list[Fault]) -> None:
        """Leave an operation out. A mistake in an extension of ours is none of the service: the document is refused."""
        for fault in faults:
            (self._document.faults if self._document.is_in_extension(fault.place) else self.refused).append(fault)
        self.left_out.add(source.pointer)

    def _operation(self, source: SourceOperation) -> OperationModel | None:
        node, kind = source.node, source.kind
        identity = self._named(source) if self._is_callable(source) else None
        if identity is None:
            return None
        group, name, constant = identity
        hint = names.pascal(constant.lower())
        ways = list(successes(self._document, node, source.pointer, source.method))
        path, signature, security = self._signature(source, hint, ways)
        reply, reply_at, media = self._answer(source, hint, (name, self._methods[group]), ways)
        pages = self._pages_of(source, name, self._methods[group], signature.parameters, ways)
        return OperationModel(
            operation_id=source.key,
            name=name,
            group=group,
            constant=constant,
            method=source.method,
            path=path,
            kind=kind,
            parameters=signature.parameters,
            body_at=signature.body_at,
            reply_at=reply_at,
            rules=signature.rules,
            errors=(*self._errors_at(source), *self._own_errors(source)),
            task=None,
            returns=reply.cls,
            media=media,
            pointer=source.pointer,
            arguments_model=self._arguments(hint, signature.parameters),
            body=signature.body,
            reply=reply,
            error_bodies=self.replies.errors(node, source.pointer, hint),
            security=security,
            server=self._server(source),
            deprecated=node.get("deprecated") is True,
            takes_key=kind != "query" and self._has_tasks,
            pages=pages,
            **_of_task(source.task),
            **_words(node, name),
        )

    def _is_callable(self, source: SourceOperation) -> bool:
        """Return whether the path can be sent."""
        problem = path_problem(source.path)
        if problem is not None:
            self._document.fault(source.pointer.rpartition("/")[0], f"has a path that {problem}", "correct it")
        return problem is None

    def _signature(
        self, source: SourceOperation, hint: str, ways: list[Success]
    ) -> tuple[str, Signature, Alternatives]:
        """Return the path as it is sent, the signature of the method, and the keys that are no part of it."""
        own = [(row, f"{source.pointer}/parameters/{index}") for index, row in enumerate(_rows(source.node))]
        arguments = f"{hint}Arguments"
        reader = SignatureReader(self._document, self.shared, source.node, source.pointer, arguments, source.media)
        rows = [*source.shared_parameters, *own]
        path = self._path(source, rows)
        security = self._security.of(source.node, source.pointer)
        keys = self._security.places(security)
        return path, reader.read(rows, path, self._accepted(source, ways), keys), security

    def _answer(
        self, source: SourceOperation, hint: str, method: tuple[str, set[str]], ways: list[Success]
    ) -> tuple[ReplyModel, str, str]:
        """Return what the method gives, where that stands in the reply, and the media of its files; "": no files."""
        kind, task, python = source.kind, source.task, source.node.get("x-python", {})
        files = kind != "query" and ("assets" in task or "output" in task or kind == "submit")
        reply_at = task.get("reply", {}).get("result", "") if kind == "generate" else python.get("reply", "")
        leading = tuple(status.upper() for status in redirects(self._document, source.node))
        reply = replace(self._reply(source, hint, files, ways, reply_at), redirects=leading)
        if kind != "submit" and not files:
            reply = self._with_headers(source, reply, hint, *method)
        return reply, reply_at, task.get("assets", {}).get("media", "file") if files else ""

    def _with_headers(
        self, source: SourceOperation, reply: ReplyModel, hint: str, name: str, taken: set[str]
    ) -> ReplyModel:
        """Return the reply with the method that gives its headers too, where the document names some."""
        cls = self.replies.headers(source.node, source.pointer, hint)
        if cls is None:
            return reply
        method = second_name(self._document, f"{name}_with_headers"[:75], taken, source.pointer, names.method)
        taken.add(str(method))
        return replace(reply, headers=cls, headers_method=method)

    def _pages_of(
        self,
        source: SourceOperation,
        method: str,
        taken: set[str],
        parameters: tuple[Parameter, ...],
        ways: list[Success],
    ) -> PagesModel | None:
        """Return how the pages of a list are read. The first media type is enough to read it."""
        if source.media:
            return None
        if source.kind == "query":
            return self._pages.read(source.node, source.pointer, method, taken, parameters, ways)
        if "x-pages" in source.node:
            problem = "says how a list is read, of a call that is paid for"
            self._document.fault(f"{source.pointer}/x-pages", problem, "give it x-task: {kind: query}")
        return None

    @staticmethod
    def _accepted(source: SourceOperation, ways: list[Success]) -> tuple[str, ...]:
        """Return the media types among which a caller chooses what the service answers."""
        rest = [way for way in ways if not way.status.startswith("3")]
        if "x-task" in source.node or len({(way.form, str(way.schema)) for way in rest if way.media}) < 2:
            return ()
        media = dict.fromkeys(way.media for way in rest if is_header_text(way.media))
        return tuple(media) if len(media) > 1 else ()

    def _path(self, source: SourceOperation, parameters: list[tuple[Any, str]]) -> str:
        """Return the path as it is sent."""
        nodes = [self._document.follow(row, place)[0] for row, place in parameters]
        path = sent_path(source.path, frozenset(str(row.get("name")) for row in nodes if row.get("in") == "query"))
        place = source.pointer.rpartition("/")[0]
        fragment, query = source.path.partition("#")[2], path.partition("?")[2]
        if fragment:
            self._document.note(place, f"has the fragment {fragment!r} in its path", "it is not sent")
        if query:
            self._document.note(place, f"has the query {query!r} in its path", "it is sent with every call")
        return path

    def _named(self, source: SourceOperation) -> tuple[Identifier | None, Identifier, Identifier] | None:
        """Return group, method and constant; None after a fault."""
        python = source.node.get("x-python", {})
        preferred = python.get("method") or source.node.get("operationId")
        try:
            group = names.module(python["group"]) if "group" in python else None
            taken = self._methods.setdefault(group, set())
            if source.media:
                text = (
                    f"{preferred if isinstance(preferred, str) else _from_path(source)} as {media_word(source.media)}"
                )
                name = second_name(self._document, text, taken, source.pointer, _method)
            elif "method" in python:
                name = names.method(python["method"])
                if str(name) in taken:
                    raise ValueError(f"gives the method {name} again")
            else:
                is_name = isinstance(preferred, str) and names.plain(preferred).strip()
                text = str(preferred) if is_name else _from_path(source)
                name = second_name(self._document, text, taken, source.pointer, _method)
        except ValueError as error:
            problem = f"operation {source.key!r} {error}"
            self._document.fault(source.pointer, problem, "give it a name with x-python.method")
            return None
        taken.add(str(name))
        make = names.operation_constant
        constant = second_name(
            self._document, f"{group}_{name}" if group else name, self._constants, source.pointer, make
        )
        self._constants.add(str(constant))
        return group, name, constant

    def _arguments(self, hint: str, parameters: tuple[Any, ...]) -> Identifier | None:
        return self.shared.arguments_model(f"{hint}Arguments", parameters) if parameters else None

    def _server(self, source: SourceOperation) -> str:
        rows = ((source.node.get("servers"), source.pointer), (source.servers, source.pointer.rpartition("/")[0]))
        for servers, place in rows:
            if servers not in (None, []):
                return own_server(self._document, servers, f"{place}/servers")
        return ""

    def _reply(self, source: SourceOperation, hint: str, files: bool, ways: list[Success], reply_at: str) -> ReplyModel:
        preferred = source.node.get("x-python", {}).get("returns")
        output = source.task.get("output", "").rpartition("/")[2]
        try:
            if files:
                return ReplyModel("model", names.class_name(preferred or output or f"{hint}Result"))
            if preferred is not None:
                names.class_name(preferred)
            return self.replies.read(ways, hint, preferred, reply_at, source.pointer)
        except ValueError as error:
            self._document.fault(source.pointer, f"returns a class whose name {error}", "give it x-python.returns")
            return ReplyModel("model", Identifier("Reply"))

    def _task(self, source: SourceOperation, by_id: Mapping[str, OperationModel]) -> TaskModel | None:
        task, pointer = source.task, f"{source.pointer}/x-task"
        if task.get("kind") != "submit":
            return None
        asks_url = "status_url" in task
        poll = None if asks_url else self._named_operation(source, "result", by_id)
        content = self._named_operation(source, "content", by_id)
        cancel = self._named_operation(source, "cancel", by_id)
        if poll is None and not asks_url:
            return None
        reply, by_key = task["reply"], {item.key: item for item in self._sources}
        return TaskModel(
            id=task["status_url"] if asks_url else task["id"],
            poll="" if poll is None else poll[0].operation_id,
            poll_argument="" if poll is None else poll[1],
            status=reply["status"],
            states=task["states"],
            progress=reply.get("progress"),
            reason=reply.get("reason"),
            result=reply.get("result") or None,
            result_is_text=poll is not None and self._is_text(by_key[poll[0].operation_id], reply.get("result")),
            pointer=pointer,
            progress_scale=task.get("progress_scale", "percent"),
            result_url=task.get("result_url"),
            content=content and content[0].operation_id,
            content_argument=content[1] if content else "",
            cancel=cancel and cancel[0].operation_id,
            cancel_argument=cancel[1] if cancel else "",
            cancel_url=task.get("cancel_url"),
            cancel_method=task.get("cancel_method", "PUT"),
            content_id=task.get("content_id"),
            error=reply.get("error"),
            url_hosts=tuple(task.get("url_hosts", ())),
        )

    def _named_operation(
        self, source: SourceOperation, key: str, by_id: Mapping[str, OperationModel]
    ) -> tuple[OperationModel, Identifier] | None:
        """Return the operation that `x-task` names under a key, and which of its parameters takes the task's id."""
        name, pointer = source.task.get(key), f"{source.pointer}/x-task"
        if name is None:
            return None
        other = by_id.get(name)
        if other is None and any(name == item.key for item in self._sources):
            self._document.fault(source.pointer, f"needs {name!r}, which is left out", "correct that operation")
            return None
        if other is None:
            self._document.fault(f"{pointer}/{key}", f"there is no operation {name!r}", "name one")
            return None
        argument = self._id_argument(source, other)
        if argument is None:
            problem = f"it is not clear which parameter of {other.operation_id!r} takes the task's id"
            self._document.fault(pointer, problem, "give the reply a link to it, with that one parameter")
            return None
        others = [item.wire_name for item in other.parameters if item.name in _needed(other) and item.name != argument]
        if others:
            problem = f"asks {other.operation_id!r}, which also requires {', '.join(map(repr, others))}"
            self._document.fault(f"{pointer}/{key}", problem, "ask an operation that needs the task's id alone")
            return None
        return other, argument

    def _id_argument(self, source: SourceOperation, other: OperationModel) -> Identifier | None:
        """Return the parameter that a link to the operation fills; else the only required one."""
        for status, response in _responses(source.node):
            node, _ = self._document.follow(response, join(f"{source.pointer}/responses", status))
            for link in as_object(node.get("links")).values():
                target = self._document.resolve(link)
                rows = target.get("parameters"), target.get("requestBody")
                targets = {str(name): None for row in rows if isinstance(row, Mapping) for name in row}
                if target.get("operationId") == other.operation_id and len(targets) == 1:
                    preferred = next(iter(targets)).rpartition(".")[2]
                    return next((item.name for item in other.parameters if item.wire_name == preferred), None)
        required = _needed(other)
        return required[0] if len(required) == 1 else None

    def _is_text(self, source: SourceOperation, at: str | None) -> bool:
        if at is None:
            return False
        ways = [
            way for way in successes(self._document, source.node, source.pointer, source.method) if way.form == "json"
        ]
        if not ways or ways[0].schema is None:
            return False
        schema, pointer = self.replies.descend(ways[0].schema, ways[0].pointer, at)
        return self._schemas.view(schema, pointer).schema.get("type") == "string"

    def _errors_at(self, source: SourceOperation) -> Iterator[ErrorModel]:
        """Yield errors of the service that documents state for this operation, or for all."""
        operation_id = source.node.get("operationId")
        yield from (error for error in self._errors if not error.operations or operation_id in error.operations)

    def _own_errors(self, source: SourceOperation) -> tuple[ErrorModel, ...]:
        """Return HTTP statuses that the operation documents and the document's own table does not.

        They are sent again as the runtime does with them where no document says more.
        """
        elsewhere = {str(http_errors.UNCERTAIN), *(error.code for error in self._errors if error.channel == "http")}
        rows = []
        for status, response in _responses(source.node):
            if re.fullmatch("[45][0-9][0-9]", str(status)) and status not in elsewhere:
                node, place = self._document.follow(response, join(f"{source.pointer}/responses", status))
                error = Identifier(http_errors.error_of_status(int(status)))
                retry: Literal["never", "after_delay"] = (
                    "after_delay" if int(status) in http_errors.WITHOUT_WORK else "never"
                )
                rows.append(ErrorModel(status, error, str(node.get("description", "")), retry, "http", place))
        return tuple(rows)

    def _check_results(self, operations: list[OperationModel]) -> None:
        outputs: dict[str, str | None] = {}
        for operation in operations:
            if operation.media:
                first = outputs.setdefault(str(operation.returns), operation.output_schema)
                if first != operation.output_schema:
                    problem = f"result {operation.returns} has two schemas"
                    self._document.fault(operation.pointer, problem, "rename one with x-python.returns")
        for name in sorted(outputs):
            if f"Async{name}" in outputs:
                self._document.fault("/paths", f"results {name} and Async{name} collide", "rename one")


def _of_task(task: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `x-task` says of the result of an operation."""
    assets = task.get("assets", {})
    return {
        "output_schema": task["output"].rpartition("/")[2] if "output" in task else None,
        "assets_at": tuple(assets.get("at", ())),
        "encoded": tuple(assets.get("encoded", ())),
        "hosts": tuple(assets.get("hosts", ())),
        "sources": assets.get("sources", {}),
        "balance": task.get("balance"),
        "report": task.get("report"),
        "idempotency_header": task.get("idempotency_header", ""),
    }


def _words(node: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what is written of an operation for people."""
    return {
        "summary": Docstring.of(docs.sentence(_text(node.get("summary")).strip() or _title(name))),
        "description": Docstring.of(*_text(node.get("description")).split("\n\n")),
        "traits": Docstring.of(docs.traits(node)),
        "vendor_id": _text(node.get("x-vendor", {}).get("id")),
    }


def _needed(operation: OperationModel) -> list[Identifier]:
    """Return the parameters without which nothing is asked for, those of a body that may be missing too."""
    beside = {name for rule in operation.rules if not rule.when for name in rule.required}
    return [item.name for item in operation.parameters if item.required or item.name in beside]


def _responses(node: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(as_object(node.get("responses")).items())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _reply_classes(operation: OperationModel) -> Iterator[str]:
    """Yield the classes of replies that an operation speaks of."""
    reply, pages = operation.reply, operation.pages
    yield from map(str, (operation.returns, reply.cls, reply.headers, *reply.by_status.values()))
    yield from map(str, operation.error_bodies.values())
    yield from used_classes(reply.type)
    if operation.output_schema:
        yield str(class_name(operation.output_schema))
    if pages is not None:
        yield from (str(pages.item), *used_classes(pages.type))


def _rows(node: Mapping[str, Any]) -> list[Any]:
    """Return the parameters of an operation or a path item; what is no list as one, which is none."""
    parameters = node.get("parameters")
    return parameters if isinstance(parameters, list) else [] if parameters is None else [parameters]


def _method(preferred: str) -> Identifier:
    """Return a method's name; too long a one is cut."""
    return names.method(names.snake(preferred)[:75].strip("_") or "call")


def _from_path(source: SourceOperation) -> str:
    """Return a name for an operation that has none: get_pets_by_pet_id."""
    words = re.sub(r"\{([^{}]*)\}", r"by \1", source.path)
    return f"{source.method.lower()} " + " ".join(re.findall(r"[A-Za-z0-9]+", words))


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
