"""The rules of the diff, as tables: what each difference means to code that uses the generated client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from codegen.catalog.diff import comparisons as compare
from codegen.catalog.diff.comparisons import How
from codegen.catalog.diff.report import Severity

Direction = Literal["request", "reply"]
"""Whether the client sends a value or reads it: what widens the one may break the other."""

KEYWORDS = (
    "minContains maxContains contains prefixItems patternProperties propertyNames unevaluatedProperties "
    "unevaluatedItems not dependentRequired dependentSchemas"
).split()
"""Keywords of a schema that are compared as they stand."""
EVIDENCE = frozenset({"claims", "disagreements"})
"""Facts that say who stated something, not what the service does. Reported only on demand."""


@dataclass(frozen=True)
class ComparisonRule:
    """How a fact is compared, and what each difference means, by direction."""

    label: str
    compare: Callable[[Any, Any], How]
    request: Mapping[How, Severity]
    reply: Mapping[How, Severity]
    phrase: str = ""
    """How the fact reads after "now": `at most {}`; empty where the label says it."""

    def differs(self, before: Any, after: Any) -> bool:
        """Return whether two values of the fact are not the same; the order of a choice does not count."""
        unordered = self.compare in compare.UNORDERED and isinstance(before, list) and isinstance(after, list)
        old, new = (
            [compare.text(entry) for entry in value] if unordered else [compare.text(value)]
            for value in (before, after)
        )
        return set(old) != set(new)

    def severity(self, how: How, direction: Direction) -> Severity:
        """Return what the difference means to a caller."""
        return (self.request if direction == "request" else self.reply)[how]


def _always(severity: Severity) -> Mapping[How, Severity]:
    return dict.fromkeys(("added", "removed", "changed", "widened", "narrowed"), severity)


BREAKS, SAYS = _always("breaking"), _always("neutral")
LIMITS: Mapping[How, Severity] = {"widened": "additive", "narrowed": "breaking", "changed": "breaking"}
"""What a client may send: less of it breaks."""
READS: Mapping[How, Severity] = {"widened": "breaking", "narrowed": "additive", "changed": "breaking"}
"""What a client has to be able to read: more of it breaks."""
SEES: Mapping[How, Severity] = {"widened": "additive", "narrowed": "neutral", "changed": "additive"}
"""What a client passes through unchecked: more of it is only news."""
GROWS: Mapping[How, Severity] = {"added": "additive", "removed": "breaking", "changed": "breaking"}
UNITS: Mapping[How, Severity] = {"added": "neutral", "removed": "neutral", "changed": "breaking"}
"""The same number means something else; that a text names a unit, or none any more, says nothing new."""
PASSES: Mapping[How, Severity] = {"added": "additive", "removed": "additive", "changed": "additive"}


def _breaks(label: str, phrase: str = "") -> ComparisonRule:
    return ComparisonRule(label, compare.plain, BREAKS, BREAKS, phrase)


def _grows(label: str) -> ComparisonRule:
    """Return the verdicts for what may grow but not shrink: code may rely on what is there."""
    return ComparisonRule(label, compare.plain, GROWS, GROWS)


def _says(label: str) -> ComparisonRule:
    return ComparisonRule(label, compare.plain, SAYS, SAYS)


def _limits(label: str, how: Callable[[Any, Any], How], phrase: str = "") -> ComparisonRule:
    # A client checks no limits of what it reads: unknown words and sizes pass through it.
    return ComparisonRule(label, how, LIMITS, SEES, phrase)


FACTS: Mapping[str, ComparisonRule] = {
    # words and evidence
    "summary": _says("summary"),
    "description": _says("description"),
    "title": _says("title"),
    "version": _says("document version"),
    "examples": _says("examples"),
    "external docs": _says("link to further documentation"),
    "claims": _says("evidence"),
    "disagreements": _says("disagreements of the documents"),
    "disputed": _says("x-disputed"),
    "meaning": _says("meaning"),
    "advice": _says("cause and advice"),
    "vendor details": _says("what the vendor calls it besides"),
    "obtain": _says("where the key is obtained"),
    "tags": _says("tags"),
    "extensions": _says("other extensions"),
    "bearer format": _says("form of the bearer token"),
    "deprecated": ComparisonRule("deprecation", compare.plain, PASSES, PASSES),
    "sunset": ComparisonRule("sunset date", compare.sunset, {**PASSES, **LIMITS}, {**PASSES, **LIMITS}, "to end on {}"),
    # calls
    "operation id": _breaks("operationId"),
    "client": _breaks("client class", "the client class {}"),
    "server": _breaks("server", "at {}"),
    "server variables": _limits("server variables", compare.constraint),
    "dialect": _breaks("JSON Schema dialect"),
    "method": _breaks("HTTP method", "sent by {}"),
    "path": _breaks("path", "at {}"),
    "python name": _breaks("Python name", "named {}"),
    "group": _breaks("Python group", "in the group {}"),
    "positional": ComparisonRule("positional parameters", compare.sequence, LIMITS, LIMITS),
    "body": _breaks("place of the parameters in the body", "under {} in the body"),
    "reply at": _breaks("what the method returns"),
    "returns": _breaks("class of the result", "returns {}"),
    "authentication": ComparisonRule("authentication", compare.authentication, LIMITS, LIMITS),
    "scheme": _breaks("security scheme"),
    "scopes": _limits("OAuth scopes", compare.choice),
    "credential": _breaks("credential"),
    "client argument": _breaks("client argument"),
    "serialization": _breaks("serialization", "written in {}"),
    "encoding": _breaks("encoding of the parts"),
    "content types": ComparisonRule("content types", compare.choice, LIMITS, LIMITS),
    "other python keys": _breaks("x-python"),
    # tasks and errors
    "kind": _breaks("kind of call", "a call of the kind {}"),
    "task": _breaks("task pointers"),
    "result operation": _breaks("result operation", "reported on by {}"),
    "state": _breaks("state", "{}"),
    "output": _breaks("result schema"),
    "assets": _breaks("place of the files"),
    "count": _grows("parameter that says how many files there are"),
    "hosts": ComparisonRule("download hosts", compare.choice, LIMITS, LIMITS),
    "media": _breaks("kind of the files", "{} files"),
    "callback payload": _grows("callback payload"),
    "vendor id": _grows("name at the vendor"),
    "pages": _grows("reading of a list page by page"),
    "other task keys": _grows("x-task"),
    "envelope": _breaks("place of the in-band code"),
    "error": _breaks("error class", "raises {}"),
    "key state": _grows("state of the key"),
    "operations": _says("operations it is documented for"),
    "retry": ComparisonRule(
        "retry advice",
        compare.retry,
        {"widened": "breaking", "narrowed": "breaking", "changed": "breaking"},
        {"widened": "additive", "narrowed": "breaking", "changed": "breaking"},
        "retried {}",
    ),
    "other error keys": _breaks("x-error-codes"),
    "link": _breaks("link"),
    "url": _breaks("callback URL"),
    # values
    "required": ComparisonRule(
        "required",
        compare.plain,
        {"added": "breaking", "removed": "additive"},
        {"added": "additive", "removed": "breaking"},
    ),
    "type": ComparisonRule("type", compare.types, LIMITS, READS, "of type {}"),
    "enum": ComparisonRule("allowed values", compare.choice, LIMITS, SEES),
    "lower bound": _limits("lower bound", compare.lower, "at least {}"),
    "upper bound": _limits("upper bound", compare.upper, "at most {}"),
    "multiple of": _limits("step", compare.step, "a multiple of {}"),
    "shortest": _limits("shortest length", compare.lower, "at least {} characters"),
    "longest": _limits("longest length", compare.upper, "at most {} characters"),
    # Code that takes the first entry of a list relies on there being one.
    "fewest items": ComparisonRule("fewest items", compare.lower, LIMITS, READS, "at least {} items"),
    "most items": _limits("most items", compare.upper, "at most {} items"),
    "fewest properties": _limits("fewest properties", compare.lower, "at least {} properties"),
    "most properties": _limits("most properties", compare.upper, "at most {} properties"),
    "unique items": _limits("uniqueness of items", compare.constraint),
    "pattern": _limits("pattern", compare.constraint, "matching {}"),
    "format": ComparisonRule("format", compare.constraint, LIMITS, READS, "of format {}"),
    "alternatives": ComparisonRule("alternatives", compare.choice, LIMITS, READS),
    "exactly one": _limits("exactly one alternative", compare.constraint),
    "discriminator": ComparisonRule("discriminator", compare.plain, GROWS, GROWS, "told apart by {}"),
    "discriminator values": ComparisonRule(
        "discriminator values", compare.mapping, LIMITS, {**READS, "widened": "additive"}
    ),
    "discriminator default": _grows("schema of values without a discriminator"),
    "default": ComparisonRule("default", compare.plain, GROWS, SAYS, "{} by default"),
    "unit": ComparisonRule("unit", compare.plain, UNITS, UNITS, "in {}"),
    "closed": _limits("refusal of other properties", compare.constraint),
    "content": ComparisonRule("kind of the content", compare.content, BREAKS, GROWS, "text of the kind {}"),
    "content encoding": _breaks("encoding of the content", "encoded as {}"),
    "read only": ComparisonRule("read-only", compare.plain, {"added": "breaking", "removed": "additive"}, SAYS),
    "write only": ComparisonRule("write-only", compare.plain, SAYS, {"added": "breaking", "removed": "additive"}),
    "wire": _breaks("wire form", "sent as {}"),
    "enum class": _breaks("Python enum", "the enum {}"),
    "member": _breaks("name of the enum member", "the member {}"),
    "file kind": _breaks("kind of file", "a file of the kind {}"),
    "file formats": _limits("file formats", compare.choice),
    "same size as": _limits("same size as", compare.constraint, "of the size of {}"),
    "other file limits": _limits("other limits of the file", compare.constraint),
    **{
        f"file {name} {end}": _limits(f"{name} of the file", how, f"a file with {words} {{}}")
        for name, unit in (
            ("bytes", "bytes"),
            ("width", "pixels of width"),
            ("height", "pixels of height"),
            ("aspect", "an aspect of"),
            ("frame_rate", "frames a second:"),
            ("seconds", "seconds:"),
        )
        for end, how, bound in (("lower", compare.lower, "at least"), ("upper", compare.upper, "at most"))
        for words in [f"{bound} {unit}" if unit.endswith((":", "of")) else f"{unit}: {bound}"]
    },
    **{f"keyword {name}": _limits(name, compare.constraint) for name in KEYWORDS},
    "conditions": ComparisonRule("rules over several fields", compare.conditions, LIMITS, SEES),
}


# Kind of thing → what it means that one is there that was not, and that one is gone. Required ones: see `existence`.
EXISTENCE: Mapping[str, tuple[Severity, Severity]] = {
    "service": ("additive", "breaking"),
    "server": ("additive", "breaking"),
    "security scheme": ("additive", "breaking"),
    "error code": ("additive", "breaking"),
    "operation": ("additive", "breaking"),
    "webhook": ("additive", "breaking"),
    "status": ("additive", "breaking"),
    "parameter": ("additive", "breaking"),
    "request body": ("additive", "breaking"),
    "content": ("neutral", "neutral"),
    "response": ("additive", "breaking"),
    "error response": ("additive", "neutral"),
    "header": ("additive", "breaking"),
    "result": ("additive", "breaking"),
    "property": ("additive", "breaking"),
    "items": ("additive", "breaking"),
    "text content": ("additive", "breaking"),
    "enum member": ("additive", "breaking"),
    "link": ("additive", "breaking"),
    "callback": ("additive", "breaking"),
}

_CONSTRAINTS = frozenset({"items", "text content"})
"""Of what is sent: without it anything is allowed."""


def existence(kind: str, direction: Direction, *, required: bool, added: bool) -> Severity:
    """Return what it means that something is there or gone."""
    if added and required and direction == "request" and kind in {"parameter", "property", "request body"}:
        return "breaking"
    if kind in _CONSTRAINTS and direction == "request":
        return "breaking" if added else "additive"
    return EXISTENCE[kind][0 if added else 1]
