"""What the tools do, without MCP: plain functions that return JSON values. A fault is a value as well."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict
from operator import attrgetter
from pathlib import Path
from typing import Any

from .._catalog import index
from .._catalog.facts import operation_facts
from .._catalog.service_document import load
from .._runtime import call_by_name
from .._runtime.errors import InvalidRequest, WondergenError
from .._runtime.operation import Operation
from .._runtime.request import call_faults
from .._runtime.secret import stand_ins
from .._runtime.token import parse
from ..batch import registry


class Unknown(ValueError):
    """A name that no operation has, or that several have."""


class Session:
    """The clients of one server, made when they are first needed; keys come from the environment."""

    def __init__(self, *, journal: Path | None, base_urls: Mapping[str, str] | None = None) -> None:
        """Make the tools. `base_urls`: where the services are, if not at their own URLs; then no key is needed."""
        self._journal = journal
        self._base_urls = base_urls
        self._clients: dict[str, Any] = {}
        self._stack = AsyncExitStack()

    async def aclose(self) -> None:
        """Close every client."""
        await self._stack.aclose()

    async def client(self, service: str) -> Any:
        """Return the client of a service."""
        if service not in self._clients:
            keys, more = {}, {}
            if self._base_urls is not None:
                keys = stand_ins(load(service).service)
                more = {"base_url": self._base_urls[service]}
            journal = None if self._journal is None else str(self._journal)
            client = index.client_class(service, is_async=True)(**keys, **more, journal=journal)
            self._clients[service] = await self._stack.enter_async_context(client)
        return self._clients[service]

    async def submit(self, operation: str, arguments: Mapping[str, Any], key: str | None = None) -> dict[str, Any]:
        """Make one paid call and return its token, or its result where the service answers at once."""
        service, name = one_operation(operation)
        if index.operations(service)[name]["kind"] == "query":
            raise Unknown(f"{service}.{name} costs nothing and makes nothing: status and credits ask such things")
        result = await (await self.client(service)).call(name, arguments, key=key)
        if hasattr(result, "token"):
            return {"operation": f"{service}.{name}", "token": result.token(), "status": str(result.status)}
        return {"operation": f"{service}.{name}", "status": "succeeded", **_output(result)}

    async def status(self, token: str) -> dict[str, Any]:
        """Look once how a task is doing."""
        parsed = parse(token)
        task = (await self.client(parsed.provider)).resume(token)
        await task.refresh()
        answer = {"operation": f"{parsed.provider}.{parsed.operation}", "status": str(task.status)}
        if task.progress is not None:
            answer["progress"] = task.progress
        if str(task.status) == "succeeded":
            answer |= _output(await task.wait(timeout=30))
        elif task.reason:
            answer["reason"] = task.reason
        return answer

    async def credits(self) -> dict[str, Any]:
        """Ask every service that tells its balance."""
        credits: dict[str, Any] = {}
        for service in index.services():
            if (balance := registry.balance_of(service)) is not None:
                credits[service] = await self._balance(service, *balance)
        return credits

    async def _balance(self, service: str, operation: Operation, pointer: str) -> Any:
        try:
            reply = await attrgetter(operation.name)(await self.client(service))()
        except WondergenError as error:
            return fault(error)
        return registry.balance_in(reply, operation, pointer)


def _output(result: Any) -> dict[str, Any]:
    values = {"urls": list(result.urls)}
    return {**values, "sources": result.sources} if result.sources else values


def one_operation(text: str) -> tuple[str, str]:
    """Return service and name of the operation that a text names. Raises Unknown."""
    facts = index.find(text)
    if len(facts) == 1:
        return facts[0]
    names = [f"{service}.{name}" for service, name in facts or index.suggestions(text)[:5]]
    hint = f"try {', '.join(names)}" if names else "the tool models finds operations"
    raise Unknown(f"{text!r} names {'several operations' if facts else 'no operation'}; {hint}")


def models(task: str, media: str | None = None, seconds: float | None = None) -> list[dict[str, Any]]:
    """Return the models that fit a task, the best first; all of them for an empty text."""
    rows = {(service, name): row for service, name, row in index.every() if "media" in row}
    order = [key for key in index.suggestions(task) if key in rows] if task else list(rows)
    models = []
    for key in order:
        row = rows[key]
        if media in (None, row["media"]) and (seconds is None or index.lasts(row, seconds)):
            traits = {
                name: row["traits"][name]
                for name in ("strengths", "best_for", "audio", "price", "speed")
                if name in row.get("traits", {})
            }
            durations = {"seconds": row["durations"]} if "durations" in row else {}
            models.append({"operation": ".".join(key), "makes": row["media"], **durations, **traits})
    return models[:20]


def explain(operation: str) -> dict[str, Any]:
    """Return what an operation takes and what it is good for."""
    service, name = one_operation(operation)
    catalog = load(service)
    facts = operation_facts(catalog, catalog.endpoints[name])
    parameters = {
        one.name: f"{'required. ' if one.is_required else ''}{index.text(one.sentences)}"
        + "".join(f" {value}: {text};" for value, text in one.choices.items())
        for one in facts.parameters
    }
    return {
        "operation": f"{service}.{name}",
        "summary": f"{facts.summary}. {facts.description}".strip(),
        "kind": facts.kind,
        "vendor": dict(facts.vendor),
        "traits": dict(facts.traits),
        "parameters": parameters,
    }


def prompting(operation: str) -> dict[str, Any]:
    """Return how to write what an operation is asked for."""
    service, name = one_operation(operation)
    catalog = load(service)
    prompting = operation_facts(catalog, catalog.endpoints[name]).prompting
    if prompting is None:
        return {}
    rows = asdict(prompting)
    lists = ("advice", "avoid", "templates", "poor")
    short = {key: [": ".join(part for part in (one["why"], one["text"]) if part) for one in rows[key]] for key in lists}
    return {"formula": prompting.formula, "languages": list(prompting.languages), **short}


def check(operation: str, arguments: Mapping[str, Any]) -> list[str]:
    """Return everything wrong with a call, without sending it; no key is needed."""
    service, name = one_operation(operation)
    endpoint = load(service).endpoints[name].operation
    try:
        _, keywords = call_by_name.resolve(endpoint.service, name, arguments)
    except InvalidRequest as error:
        return [str(one) for one in error.faults]
    return [str(one) for one in call_faults(endpoint, keywords)]


def fault(error: Exception) -> dict[str, Any]:
    """Return an error as a value, with what it means for money where that matters."""
    return {"error": type(error).__name__, "text": str(error)}
