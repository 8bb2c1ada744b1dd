"""One operation of an OpenAPI document → one method: its names, its call, its reply and the life of its task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from codegen.python import docs, names
from codegen.python.model import ErrorModel, OperationModel, TaskModel
from codegen.python.parameters import Shared, SignatureReader, json_media
from codegen.python.replies import ReplyModels
from codegen.python.spec import Document, join, steps
from codegen.python.text import Docstring, Identifier

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/{}-]{0,500}")
_OPERATION_ID = re.compile(r"[A-Za-z0-9_.:/ -]{1,200}")


@dataclass(frozen=True)
class Found:
    """An operation where it stands in the document."""

    path: str
    method: str
    node: Mapping[str, Any]
    pointer: str
    shared_parameters: tuple[tuple[Any, str], ...]

    @property
    def operation_id(self) -> str:
        return str(self.node.get("operationId", ""))

    @property
    def kind(self) -> Literal["submit", "generate", "query"]:
        """As stated, else by the rules of HTTP: what is safe to repeat is a query."""
        stated: Literal["submit", "generate", "query"] | None = self.task.get("kind")
        return stated or ("generate" if self.method in ("POST", "PATCH") else "query")

    @property
    def task(self) -> Mapping[str, Any]:
        return self.node.get("x-task") or {}


def find(document: Document) -> list[Found]:
    """Every operation of a document, in its order."""
    found = []
    for path, item in document.root.get("paths", {}).items():
        node, place = document.follow(item, join("/paths", path))
        if not _PATH.fullmatch(path) or any(part in (".", "..") for part in path.split("/")):
            document.fault(place, f"is the path {path!r}, which is no plain path", "percent-encode or correct it")
            continue
        if "servers" in node:
            document.fault(f"{place}/servers", "names servers of its own", "use one server for the document")
        shared = tuple((row, f"{place}/parameters/{index}") for index, row in enumerate(node.get("parameters", ())))
        for method in METHODS:
            if method in node:
                found.append(Found(path, method.upper(), node[method], f"{place}/{method}", shared))
    if not found:
        document.fault("/paths", "has no operation", "add one, or remove the document")
    return found


class OperationReader:
    """Reads the operations of one document. Results first: their models leave the names of a result's members free."""

    def __init__(self, document: Document, found: list[Found], errors: tuple[ErrorModel, ...]) -> None:
        self.shared = Shared()
        self.replies = ReplyModels(document)
        self._document = document
        self._found = found
        self._errors = errors

    def read(self) -> tuple[OperationModel, ...]:
        """Every operation that can be read, in document order; faults for the others."""
        self._check_ids()
        for found in self._found:
            if output := found.task.get("output"):
                place = f"{found.pointer}/x-task/output"
                self.replies.add(output.rpartition("/")[2], {"$ref": output}, place, result=True)
        read = [operation for found in self._found if (operation := self._operation(found)) is not None]
        by_id = {operation.operation_id: operation for operation in read}
        tasks = {found.operation_id: self._task(found, by_id) for found in self._found}
        self._check_names(read)
        return tuple(replace(operation, task=tasks[operation.operation_id]) for operation in read)

    def _check_ids(self) -> None:
        seen: dict[str, str] = {}
        for found in self._found:
            if not found.operation_id:
                self._document.fault(found.pointer, "has no operationId", "give it one: the method is named from it")
            elif not _OPERATION_ID.fullmatch(found.operation_id):
                problem = f"has the operationId {found.operation_id!r}"
                self._document.fault(f"{found.pointer}/operationId", problem, "use letters, digits, '_', '.' and '-'")
            elif seen.setdefault(found.operation_id, found.pointer) != found.pointer:
                problem = f"operationId {found.operation_id!r} is used again"
                self._document.fault(f"{found.pointer}/operationId", problem, "give each operation its own")

    def _operation(self, found: Found) -> OperationModel | None:
        node, python = found.node, found.node.get("x-python", {})
        if "servers" in node:
            self._document.fault(f"{found.pointer}/servers", "names servers of its own", "use one for the document")
        named = self._named(found)
        if named is None:
            return None
        group, name, constant = named
        own = [(row, f"{found.pointer}/parameters/{index}") for index, row in enumerate(node.get("parameters", ()))]
        reader = SignatureReader(self._document, self.shared, node, found.pointer)
        signature = reader.read([*found.shared_parameters, *own], found.path)
        kind = found.kind
        reply, reply_place = self._reply(found)
        assets = found.task.get("assets", {})
        files = kind != "query" and ("assets" in found.task or "output" in found.task or kind == "submit")
        reply_at = found.task.get("reply", {}).get("result", "") if kind == "generate" else python.get("reply", "")
        return OperationModel(
            operation_id=found.operation_id,
            name=name,
            group=group,
            constant=constant,
            method=found.method,
            path=found.path,
            kind=kind,
            parameters=signature.parameters,
            body_at=signature.body_at,
            reply_at=reply_at,
            rules=signature.rules,
            errors=(*self._errors, *self._own_errors(found)),
            task=None,
            returns=self._returns(found, constant, files, reply, reply_place, reply_at),
            output_schema=found.task["output"].rpartition("/")[2] if "output" in found.task else None,
            assets_at=tuple(assets.get("at", ())),
            hosts=tuple(assets.get("hosts", ())),
            sources=assets.get("sources", {}),
            balance=found.task.get("balance"),
            media=assets.get("media", "file") if files else "",
            summary=Docstring.of(docs.sentence(node.get("summary", "").strip() or _title(name))),
            description=Docstring.of(*str(node.get("description", "")).split("\n\n")),
            pointer=found.pointer,
            request_schema=self._request_schema(found),
            reply_schema=self._document.expanded(reply, reply_place) if reply is not None else None,
            arguments_model=Identifier(f"{names.pascal(constant.lower())}Arguments") if signature.parameters else None,
        )

    def _named(self, found: Found) -> tuple[Identifier | None, Identifier, Identifier] | None:
        """Group, method and constant; None after a fault."""
        python = found.node.get("x-python", {})
        try:
            group = names.method(python["group"]) if "group" in python else None
            name = names.method(python.get("method", found.operation_id))
            return group, name, names.operation_constant(f"{group}_{name}" if group else name)
        except ValueError as error:
            problem = f"operation {found.operation_id!r} {error}"
            self._document.fault(found.pointer, problem, "give it a name with x-python.method")
            return None

    def _request_schema(self, found: Found) -> Mapping[str, Any] | None:
        if "requestBody" not in found.node:
            return None
        node, place = self._document.follow(found.node["requestBody"], f"{found.pointer}/requestBody")
        content = node.get("content", {})
        media = json_media(content)
        schema = content[media].get("schema", {}) if media else {}
        expanded = self._document.expanded(schema, place)
        return expanded if isinstance(expanded, Mapping) else {}

    def _reply(self, found: Found) -> tuple[Any, str]:
        """The schema of the first documented success, and its pointer; None where it has none."""
        responses = found.node.get("responses", {})
        success = sorted(status for status in responses if str(status).startswith("2"))
        for status in success or [status for status in responses if status == "default"]:
            node, place = self._document.follow(responses[status], join(f"{found.pointer}/responses", status))
            content = node.get("content", {})
            media = json_media(content)
            if content and media is None:
                kinds = ", ".join(sorted(content))
                self._document.fault(f"{place}/content", f"answers with {kinds}", "only JSON replies are supported")
            if media is not None and "schema" in content[media]:
                schema, pointer = content[media]["schema"], f"{join(f'{place}/content', media)}/schema"
                return (schema, pointer) if self._document.check_schema(schema, pointer) else (None, pointer)
        return None, found.pointer

    def _returns(
        self, found: Found, constant: Identifier, files: bool, reply: Any, place: str, reply_at: str
    ) -> Identifier:
        named = found.node.get("x-python", {}).get("returns")
        output = found.task.get("output", "").rpartition("/")[2]
        try:
            if files:
                return names.class_name(named or output or f"{names.pascal(constant.lower())}Result")
            schema, where = self.descend(reply if reply is not None else {"type": "object"}, place, reply_at)
            target = schema.get("$ref", "") if isinstance(schema, Mapping) else ""
            component = target.rpartition("/")[2] if target.startswith("#/components/schemas/") else ""
            wanted = named or component or f"{names.pascal(constant.lower())}Reply"
            return self.replies.add(wanted, schema, where) or Identifier("Reply")
        except ValueError as error:
            self._document.fault(found.pointer, f"returns a class whose name {error}", "give it x-python.returns")
            return Identifier("Reply")

    def descend(self, schema: Any, pointer: str, at: str) -> tuple[Any, str]:
        """The schema of what a pointer into a reply leads to; {} where the schema does not say."""
        for step in steps(at):
            node, place = self._document.follow(schema, pointer)
            properties = node.get("properties", {})
            if step not in properties and node.get("additionalProperties") is False:
                self._document.fault(
                    place, f"has no property {step!r}, to which a pointer leads", "correct the pointer"
                )
            schema, pointer = properties.get(step, {}), join(f"{place}/properties", step)
        return schema, pointer

    def _task(self, found: Found, by_id: Mapping[str, OperationModel]) -> TaskModel | None:
        task, pointer = found.task, f"{found.pointer}/x-task"
        if task.get("kind") != "submit":
            return None
        poll = by_id.get(task["result"])
        if poll is None:
            self._document.fault(f"{pointer}/result", f"there is no operation {task['result']!r}", "name one")
            return None
        argument = self._poll_argument(found, poll)
        if argument is None:
            problem = f"it is not clear which parameter of {poll.operation_id!r} takes the task's id"
            self._document.fault(pointer, problem, "give the reply a link to it, with that one parameter")
            return None
        others = [item.wire_name for item in poll.parameters if item.required and item.name != argument]
        if others:
            problem = f"asks {poll.operation_id!r}, which also requires {', '.join(map(repr, others))}"
            self._document.fault(f"{pointer}/result", problem, "ask an operation that needs the task's id alone")
            return None
        reply = task["reply"]
        return TaskModel(
            id=task["id"],
            poll=poll.operation_id,
            poll_argument=argument,
            status=reply["status"],
            states=task["states"],
            progress=reply.get("progress"),
            reason=reply.get("reason"),
            result=reply.get("result"),
            result_is_text=self._is_text(poll, reply.get("result")),
            pointer=pointer,
        )

    def _poll_argument(self, found: Found, poll: OperationModel) -> Identifier | None:
        """The parameter that a link to the operation fills, in the body or elsewhere; else the only required one."""
        for status, response in found.node.get("responses", {}).items():
            node, _ = self._document.follow(response, join(f"{found.pointer}/responses", status))
            for link in node.get("links", {}).values():
                target, _ = self._document.follow(link, found.pointer)
                body = target.get("requestBody")
                filled = {**target.get("parameters", {}), **(body if isinstance(body, Mapping) else {})}
                if target.get("operationId") == poll.operation_id and len(filled) == 1:
                    wanted = next(iter(filled)).rpartition(".")[2]
                    return next((item.name for item in poll.parameters if item.wire_name == wanted), None)
        required = [parameter.name for parameter in poll.parameters if parameter.required]
        return required[0] if len(required) == 1 else None

    def _is_text(self, poll: OperationModel, at: str | None) -> bool:
        if at is None or poll.reply_schema is None:
            return False
        schema, pointer = self.descend(poll.reply_schema, poll.pointer, at)
        node, _ = self._document.follow(schema, pointer)
        return node.get("type") == "string"

    def _own_errors(self, found: Found) -> tuple[ErrorModel, ...]:
        """HTTP statuses that the operation documents and the document's own table does not.

        Not 408: whether a call that took too long did nothing, no description says.
        """
        known = {"408", *(error.code for error in self._errors if error.channel == "http")}
        rows = []
        for status, response in found.node.get("responses", {}).items():
            if re.fullmatch("[45][0-9][0-9]", status) and status not in known:
                node, place = self._document.follow(response, join(f"{found.pointer}/responses", status))
                error = error_of(int(status))
                retry: Literal["never", "after_delay"] = "after_delay" if status in {"425", "429"} else "never"
                rows.append(ErrorModel(status, error, str(node.get("description", "")), retry, "http", place))
        return tuple(rows)

    def _check_names(self, operations: list[OperationModel]) -> None:
        groups = {str(operation.group) for operation in operations if operation.group}
        constants: dict[str, str] = {}
        for operation in operations:
            if operation.group is None and operation.name in groups:
                problem = f"{operation.name} is a method and a group"
                self._document.fault(operation.pointer, problem, "rename one with x-python")
            first = constants.setdefault(str(operation.constant), operation.operation_id)
            if first != operation.operation_id:
                problem = f"{first!r} and {operation.operation_id!r} both give the method {operation.qualified}"
                self._document.fault(operation.pointer, problem, "rename one with x-python.method")
        self._check_results(operations)

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


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def error_of(status: int) -> Identifier:
    """The error that an HTTP status means where nothing else is said."""
    special = {401: "AuthenticationError", 402: "InsufficientCredits", 403: "AuthenticationError", 404: "NotFound"}
    fallback = "RateLimited" if status == 429 else "BadRequest" if status < 500 else "ServerError"
    return Identifier(special.get(status, fallback))
