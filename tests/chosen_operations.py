"""Operations that tests call, chosen by what they take: a model that is gone from the catalog is missed by no test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from tests import catalog_values


@dataclass(frozen=True)
class Example:
    """An operation that tests call because it takes certain arguments, whatever it is called."""

    service: str
    name: str
    """As in Python, its group included."""

    @property
    def full(self) -> str:
        """The name with the service before it."""
        return f"{self.service}.{self.name}"

    @property
    def words(self) -> list[str]:
        """The words by which the command line calls it."""
        return [self.service, *self.name.replace("_", "-").split(".")]

    @property
    def vendor(self) -> dict[str, Any]:
        """What the vendor calls it: `id`, and `name` where it has one."""
        found: dict[str, Any] = catalog_values.operations(self.service)[self.name][1]["x-vendor"]
        return found

    @property
    def path(self) -> str:
        """The path below the URL of the service."""
        return catalog_values.operations(self.service)[self.name][0]

    @property
    def url(self) -> str:
        """The URL of its requests."""
        return catalog_values.url(self.service, self.name)

    def of(self, client: Any) -> Any:
        """Return the method of a client of the service, or the plan of the fake of the service."""
        for part in self.name.split("."):
            client = getattr(client, part)
        return client

    def choices(self, wire_name: str) -> list[Any]:
        """Return the values that one of its parameters may have."""
        found: list[Any] = catalog_values.parameter(self.service, self.name, wire_name)["enum"]
        return found


def example(service: str, *, given: Mapping[str, Any], media: str = "", group: str = "") -> Example:
    """Return the first operation of a service that takes these values, by their names on the wire, and needs no others.

    `media` and `group` are those of its result and of its name, where it matters.
    """
    for name, (_, node) in sorted(catalog_values.operations(service).items()):
        body = node.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        schema = _arguments(service, body) if body else {}
        known = schema.get("properties", {})
        if media not in ("", node.get("x-task", {}).get("assets", {}).get("media")) or not name.startswith(group):
            continue
        if set(schema.get("required", ())) <= given.keys() <= known.keys() and all(
            Draft202012Validator(known[key]).is_valid(value) for key, value in given.items()
        ):
            return Example(service, name)
    raise AssertionError(f"no operation of {service} takes {dict(given)}: name others in this test")


def _arguments(service: str, node: dict[str, Any]) -> dict[str, Any]:
    """Return the object that has the parameters: below an envelope, where there is one."""
    schema = catalog_values.schema(service, node)
    inner = [catalog_values.schema(service, row) for row in schema.get("properties", {}).values()]
    return _arguments(service, inner[0]) if len(inner) == 1 and "properties" in inner[0] else schema


FILE = "https://files.example.com/1.png"
PICTURE = example("mediaio", given={"prompt": "a"}, media="image")
FROM_IMAGE = example("mediaio", given={"prompt": "a", "image": FILE, "duration": "5s"})
WITH_SOUND = example(
    "mediaio",
    given={"prompt": "a", "image": FILE, "duration": "10s", "resolution": "1080P", "generate_audio": "True"},
)
EDITED = example("mediaio", given={"prompt": "a", "images": [FILE]})
SOUND = example("tomoviee", given={"prompt": "a", "duration": 30, "qty": 3}, media="audio")
DIAGRAM = example("edrawmax", given={"prompt": "a"})
