"""Operations that tests call, chosen by what they take and give: a service, skill or model that is gone is missed by no
test. Where the catalog has none of a kind, the tests that need one are skipped; `test_examples` fails and names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
import wondergen
from jsonschema import Draft202012Validator
from wondergen.testing import Fake

from codegen import paths, yamlio
from tests import catalog_values

FILE = "https://files.example.com/1.png"


@dataclass(frozen=True)
class Example:
    """An operation that tests call because it takes certain arguments, whatever it is called."""

    service: str
    name: str
    """As in Python, its group included."""
    others: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What it requires besides the arguments that it was chosen for."""

    @property
    def full(self) -> str:
        """The name with the service before it."""
        return f"{self.service}.{self.name}"

    @property
    def words(self) -> list[str]:
        """The words by which the command line calls it."""
        return [self.service, *self.name.replace("_", "-").split(".")]

    @property
    def command(self) -> str:
        """These words on one line."""
        return " ".join(self.words)

    @property
    def page(self) -> str:
        """The end of the URL of its page in the offline upstream."""
        return f"{self.service}/{self.name}"

    @property
    def place(self) -> tuple[str, str]:
        """Its service and its name."""
        return self.service, self.name

    @property
    def options(self) -> list[str]:
        """The options that the command line requires besides the words and what it was chosen for."""
        return [word for key, value in self.others.items() for word in (f"--{key.replace('_', '-')}", str(value))]

    @property
    def node(self) -> dict[str, Any]:
        """The operation in the OpenAPI document."""
        return catalog_values.operations(self.service)[self.name][1]

    @property
    def vendor(self) -> dict[str, Any]:
        """What the vendor calls it: `id`, and `name` where it has one."""
        vendor: dict[str, Any] = self.node["x-vendor"]
        return vendor

    @property
    def path(self) -> str:
        """The path below the URL of the service."""
        return catalog_values.operations(self.service)[self.name][0]

    @property
    def url(self) -> str:
        """The URL of its requests."""
        return catalog_values.url(self.service, self.name)

    @property
    def report(self) -> Example:
        """The operation that reports on its task."""
        rows = catalog_values.operations(self.service).items()
        return next(
            Example(self.service, name)
            for name, (_, node) in rows
            if node["operationId"] == self.node["x-task"]["result"]
        )

    @property
    def files(self) -> str:
        """The field of its result that has the URLs of its files."""
        at: str = self.node["x-task"]["assets"]["at"][0]
        return at.removeprefix("/")

    @property
    def text(self) -> str:
        """The field of its result that has the source of its files."""
        at: str = next(iter(self.node["x-task"]["assets"]["sources"]))
        return at.removeprefix("/")

    @property
    def result_name(self) -> str:
        """The name of the class of its result."""
        hints = get_type_hints(self.of(getattr(wondergen, self.client_name)))
        (result,) = get_args(hints["return"])
        return str(result.__name__)

    @property
    def client_name(self) -> str:
        """The name of the client of its service."""
        return str(catalog_values.document(self.service)["x-python"]["client"])

    @property
    def keys(self) -> dict[str, str]:
        """Keys for the client, obviously fake ones."""
        return {argument: f"fake-{argument.replace('_', '-')}" for argument in credentials(self.service)}

    @property
    def variables(self) -> dict[str, str]:
        """The same keys by the variables of the environment."""
        return {variable: self.keys[argument] for argument, variable in credentials(self.service).items()}

    def client(self, **options: Any) -> Any:
        """Return a client of the service."""
        return getattr(wondergen, self.client_name)(**options)

    def async_client(self, **options: Any) -> Any:
        """Return an asynchronous client of the service."""
        return getattr(wondergen, f"Async{self.client_name}")(**options)

    def at(self, base_url: str) -> str:
        """Return the URL of its requests at another base URL."""
        return base_url + self.path

    def of(self, client: Any) -> Any:
        """Return the method of a client of the service, or the plan of a fake or of its service."""
        client = getattr(client, self.service) if isinstance(client, Fake) else client
        for part in self.name.split("."):
            client = getattr(client, part)
        return client

    def plans(self, fake: Fake) -> Any:
        """Return the plans of its service."""
        return getattr(fake, self.service)

    def call(self, client: Any, prompt: Any, **more: Any) -> Any:
        """Call it with a prompt, and with what else it requires."""
        return self.of(client)(**{**self.others, "prompt": prompt, **more})

    def body(self, prompt: Any, **more: Any) -> dict[str, Any]:
        """Return the arguments of such a call by their names on the wire."""
        return {**self.others, "prompt": prompt, **more}

    def span(self, wire_name: str) -> str:
        """Return the range of one of its numbers, as the command line prints it."""
        schema = catalog_values.parameter(self.service, self.name, wire_name)
        return f"{schema['minimum']}..{schema['maximum']}"

    def choices(self, wire_name: str) -> list[Any]:
        """Return the values that one of its parameters may have."""
        values: list[Any] = catalog_values.parameter(self.service, self.name, wire_name)["enum"]
        return values

    def choice(self, wire_name: str) -> Any:
        """Return the last of these values."""
        return self.choices(wire_name)[-1]

    def seconds(self, wire_name: str) -> int:
        """Return the last of these values as the number that it is the text of."""
        return int(self.choice(wire_name).rstrip("s"))

    def least(self, wire_name: str) -> Any:
        """Return the smallest value of one of its numbers."""
        return max(catalog_values.parameter(self.service, self.name, wire_name)["minimum"], 1)

    def status(self, state: str) -> Any:
        """Return how its service writes a state of a task."""
        return self.word(next(word for word, meaning in self.node["x-task"]["states"].items() if meaning == state))

    def word(self, status: str) -> Any:
        """Return a status as it goes on the wire: the catalog writes the key of a number as text."""
        return int(status) if status.isdigit() else status

    def codes(self, **facts: str) -> list[str]:
        """Return the in-band codes of which the documents say this, those of this operation alone first."""
        rows = catalog_values.document(self.service)["x-error-codes"].get("codes", {})
        codes = [code for code, row in rows.items() if facts.items() <= row.items() and self._may_have(row)]
        return sorted(codes, key=lambda code: "operations" not in rows[code])

    def _may_have(self, row: Mapping[str, Any]) -> bool:
        return self.node["operationId"] in row.get("operations", [self.node["operationId"]])

    def code(self, **facts: str) -> int:
        """Return one of these codes. The test is skipped where no document has one."""
        if not (codes := self.codes(**facts)):
            pytest.skip(f"no code of {self.service} has {facts}", allow_module_level=True)
        return int(codes[-1])

    def refusal(self, error: str, status: int) -> int:
        """Return the code with which the offline upstream refuses: the first of the documents, else an HTTP status."""
        errors = catalog_values.document(self.service)["x-error-codes"]
        rows = [*errors.get("codes", {}).items(), *errors.get("http", {}).items()]
        return int(next((code for code, row in rows if row.get("error") == error), status))

    def meaning(self, code: int) -> str:
        """Return what a code means, without its full stop."""
        rows = catalog_values.document(self.service)["x-error-codes"]["codes"]
        return str(rows[str(code)]["meaning"]).rstrip(".")


def credentials(service: str) -> dict[str, str]:
    """Return the arguments of a client that take its keys, each with the variable of the environment."""
    schemes = catalog_values.document(service)["components"].get("securitySchemes", {}).values()
    rows = [row for scheme in schemes for row in scheme["x-python"].values()]
    return {row["argument"]: row["variable"] for row in rows}


def example(
    given: Mapping[str, Any], *, kind: str = "submit", media: str = "", gives: str = "", calls_back: bool = False
) -> Example | None:
    """Return the operation that takes these values, by their names on the wire, and requires fewest others.

    A value that is not known beforehand is given as a test of the schema of its parameter. `media` is that of its files
    and `gives` the format of the source that it gives beside them, where it matters.
    """
    operations = []
    for service in catalog_values.services():
        for name, (_, node) in sorted(catalog_values.operations(service).items()):
            body = node.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            schema = _arguments(service, body) if body else {}
            properties, task = schema.get("properties", {}), node.get("x-task", {})
            if (
                task.get("kind") != kind
                or not given.keys() <= properties.keys()
                or (calls_back and "callback" not in task)
            ):
                continue
            files = task["assets"]
            if media not in ("", files["media"]) or gives not in ("", *files.get("sources", {}).values()):
                continue
            if all(_fits(properties[key], value) for key, value in given.items()):
                others = {key: _value(properties[key]) for key in schema.get("required", ()) if key not in given}
                operations.append(Example(service, name, others))
    return min(operations, key=lambda one: len(one.others), default=None)


def _arguments(service: str, node: dict[str, Any]) -> dict[str, Any]:
    """Return the object that has the parameters: below an envelope, where there is one."""
    schema = catalog_values.schema(service, node)
    inner = [catalog_values.schema(service, row) for row in schema.get("properties", {}).values()]
    return _arguments(service, inner[0]) if len(inner) == 1 and "properties" in inner[0] else schema


def _fits(schema: Mapping[str, Any], value: Any) -> bool:
    return bool(value(schema) if callable(value) else Draft202012Validator(schema).is_valid(value))


def one_of_many(schema: Mapping[str, Any]) -> bool:
    """Return whether a parameter has several documented values, or a single one."""
    return bool(schema.get("enum"))


def number_from_to(schema: Mapping[str, Any]) -> bool:
    """Return whether a parameter is a number between two limits."""
    return {"minimum", "maximum"} <= schema.keys()


def seconds_as_text(schema: Mapping[str, Any]) -> bool:
    """Return whether a parameter is a choice of seconds that go on the wire with their unit."""
    return bool(schema.get("enum")) and schema.get("x-wire") == "seconds-text"


def measured(schema: Mapping[str, Any]) -> bool:
    """Return whether a parameter is a file whose width has limits."""
    return "minimum" in schema.get("x-media", {}).get("width", {})


def yes_or_no_as_text(schema: Mapping[str, Any]) -> bool:
    """Return whether a parameter is a truth value that goes on the wire as a word."""
    return schema.get("x-wire") == "boolean-word"


def _value(schema: Mapping[str, Any]) -> Any:
    """Return a value for a required argument."""
    for value in (*schema.get("enum", ()), FILE, [FILE], schema.get("minimum", 1), True):
        if Draft202012Validator(schema).is_valid(value):
            return value
    raise AssertionError(f"no value is known for {schema}")


def query(word: str) -> Example | None:
    """Return the operation that costs nothing and gives what the word says: `balance` or `report`."""
    rows = [
        Example(service, name)
        for service in catalog_values.services()
        for name, (_, node) in catalog_values.operations(service).items()
        if word in node.get("x-task", {})
    ]
    return rows[0] if rows else None


def disputed() -> Example | None:
    """Return an operation with a parameter of which the documents do not agree that it exists."""
    rows = [
        Example(service, name)
        for service in catalog_values.services()
        for row in yamlio.load(paths.EVIDENCE / f"{service}.yaml")["disagreements"]
        for name, (_, node) in catalog_values.operations(service).items()
        if (row["fact"], row["holds"], row.get("operation")) == ("presence", "exists", node["operationId"])
    ]
    return rows[0] if rows else None


_WITH_SOUND = {"duration": seconds_as_text, "resolution": one_of_many, "generate_audio": yes_or_no_as_text}
_SIZE = {"width": number_from_to, "height": number_from_to, "batch_size": number_from_to}
ROLES = {
    "VIDEO": lambda: example(
        {"prompt": "a", "resolution": one_of_many, "duration": one_of_many}, media="video", calls_back=True
    ),
    "FROM_FILE": lambda: example({"prompt": "a", "image": FILE}, media="video", calls_back=True),
    "SOUND": lambda: example({"prompt": "a", "duration": number_from_to, "qty": 2}, media="audio", calls_back=True),
    "PICTURE": lambda: example({"prompt": "a"}, media="image"),
    "FROM_IMAGE": lambda: example({"prompt": "a", "image": measured, "duration": seconds_as_text}),
    "WITH_SOUND": lambda: example({"prompt": "a", "image": FILE, **_WITH_SOUND}),
    "MOVED": lambda: example({"prompt": "a", "camera_move_index": number_from_to}),
    "MASKED": lambda: example({"prompt": "a", "init_image": FILE, "mask_url": FILE}),
    "OUTLINE": lambda: example({"prompt": "a"}, kind="generate", gives="txt"),
    "SIZED": lambda: example({"prompt": "a", **_SIZE, "control_intensity": number_from_to}),
    "DISPUTED": lambda: disputed(),
    "EDITED": lambda: example({"prompt": "a", "images": [FILE]}),
    "DIAGRAM": lambda: example({"prompt": "a"}, kind="generate"),
    "CREDITS": lambda: query("balance"),
}
VIDEO: Example
FROM_FILE: Example
SOUND: Example
PICTURE: Example
FROM_IMAGE: Example
WITH_SOUND: Example
EDITED: Example
MOVED: Example
MASKED: Example
OUTLINE: Example
SIZED: Example
DISPUTED: Example
DIAGRAM: Example
CREDITS: Example


@cache
def found(role: str) -> Example | None:
    """Return the operation of a role, if the catalog has one."""
    return ROLES[role]()


class Missing:
    """A role that no operation has. It can be imported; the tests that use it are skipped."""

    def __init__(self, role: str) -> None:
        self._role = role

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        pytest.skip(f"no operation is a {self._role} of tests/chosen_operations.py", allow_module_level=True)


def __getattr__(name: str) -> Example | Missing:
    if name not in ROLES:
        raise AttributeError(name)
    return found(name) or Missing(name)
