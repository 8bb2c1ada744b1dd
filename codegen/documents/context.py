"""What the Markdown rules share while they go through one document."""

from __future__ import annotations

import re
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from codegen.documents import document_index, endpoints, fields, jsonlines, placeholders, sections
from codegen.documents.document_index import Index, own_operations
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.list_titles import is_legend, side
from codegen.documents.sections import Passage, stated_endpoint
from codegen.documents.sources import Source
from codegen.documents.types import read_type
from codegen.documents.vocabulary import is_general, media_of_name, plain_characters


@dataclass(frozen=True)
class Pending:
    """A field of a request as a list states it, before its wrapper is known."""

    passage: Passage
    operation: str | None
    name: str
    description: str
    type_word: str | None
    stated: Mapping[str, Any]
    default: str | None = None
    unclear: str = ""
    continues: bool = False
    """Whether it is a line nested in the line of the field, which says more about it."""

    @cached_property
    def is_object(self) -> bool:
        """Whether its type says that it holds fields: an object, or a list of them."""
        facts = (read_type(self.type_word) if self.type_word else None) or {}
        return "object" in (facts.get("type"), facts.get("items"))


class PendingFields:
    """The fields of requests that lists have named so far, in their order, by operation and by line."""

    def __init__(self) -> None:
        self._by_operation: dict[str | None, list[Pending]] = {}
        self._by_line: dict[int, list[Pending]] = defaultdict(list)
        self._names: set[tuple[str | None, str]] = set()

    def add(self, row: Pending) -> None:
        """Add one field."""
        self._by_operation.setdefault(row.operation, []).append(row)
        self._by_line[row.passage.line].append(row)
        self._names.add((row.operation, row.name))

    def of(self, operation: str | None) -> Sequence[Pending]:
        """Return the fields of one operation."""
        return self._by_operation.get(operation, ())

    def at(self, line: int) -> Sequence[Pending]:
        """Return the fields that one line names."""
        return self._by_line.get(line, ())

    def has(self, operation: str | None, name: str) -> bool:
        """Return whether an operation has a field of a name."""
        return (operation, name) in self._names

    @property
    def operations(self) -> tuple[str | None, ...]:
        """The operations that have fields, in their order."""
        return tuple(self._by_operation)


def _of_document(source: Source, index: Index, rows: Sequence[Passage]) -> tuple[str, ...]:
    """Return the operations of the skill; of several the one that this document calls its own or states the URL of."""
    operations = index.capability.get(source.skill, ())
    own = set(own_operations(source, rows, index.identifiers))
    requests = {endpoint.operation for passage in rows if (endpoint := stated_endpoint(passage))}
    for names in (own.intersection(operations), requests.intersection(operations)):
        if names:
            return tuple(names) if len(names) == 1 else operations
    return operations


Parameter = tuple[str | None, str]
"""An operation and the name of a parameter."""


@dataclass(frozen=True)
class LaterClaims:
    """What several lines state together, in their order: it is claimed when the whole document has been read."""

    open_values: dict[Parameter, list[tuple[int, list[str]]]] = field(default_factory=dict)
    """Lines that name some of the values of a parameter."""
    meanings: dict[Parameter, tuple[int, dict[str, str]]] = field(default_factory=dict)
    """The first line that says what a colour means, and all meanings."""
    listed_values: dict[Parameter, list[tuple[int, str, str]]] = field(default_factory=dict)
    """Values as nested bullets name them: line, value, words."""
    listed_options: dict[Parameter, list[tuple[int, str]]] = field(default_factory=dict)
    """Values of which a list of options says what they are good for."""
    state_lists: set[tuple[object, ...]] = field(default_factory=set)
    """Where lists of states stand: under which headings and labels."""
    unknown_states: list[tuple[tuple[object, ...], int, str]] = field(default_factory=list)
    """Where a word stands that may be a state no reader knows, its line, and the word."""


class Context:
    """The document that is read, what is known about it, and the current block."""

    def __init__(self, source: Source, index: Index, accounting: LineAccounting, rows: tuple[Passage, ...]) -> None:
        self.source = source
        self.index = index
        self.accounting = accounting
        self.rows = rows
        self.title = ""
        self.capability = _of_document(source, index, rows)
        operations = (passage.operation for passage in rows if passage.operation)
        self.sections: tuple[str, ...] = tuple(dict.fromkeys(operations))
        """The operations this document has a section on, in its order."""
        self.parameters: dict[str | None, dict[str, dict[str, Any]]] = defaultdict(dict)
        """Operation → parameter → facts, as read so far."""
        self.first_lines: dict[str | None, int] = {}
        self.paths: dict[tuple[str | None, str], str] = {}
        """(operation, key of a reply) → its dotted path, from the example replies read so far."""
        self.later = LaterClaims()
        self.parameter: str | None = None
        """The parameter the last bullet was about: limits that follow are its own."""
        self.parameter_depth = 0
        self.targets: tuple[str | None, ...] = ()
        """The operations a label has just named: "**Flowchart** returns:"."""
        self.indented: dict[tuple[object, ...], list[tuple[int, int, str]]] = {}
        """A table and operation → the rows around the last one: how far the name is indented, line, path."""
        self.pending = PendingFields()
        self.reply_lines: dict[int, str] = {}
        """Line of a list item → the field of a reply that it names: what is nested in it is below that field."""
        self.tables_of_values: dict[object, str | None] = {}
        """A table → the parameter whose values it lists, for those that have been looked up."""
        self.last_list: dict[str | None, str] = {}
        """Operation → the array of its reply that was named last: what "each of them" is about."""
        self.named: set[str] = set()
        """The operations whose section has given them a name."""
        self.group = ""
        """The group of operations the last item named."""
        self._sorted_names: tuple[list[str], list[str]] = ([], [])
        """The parameters of all operations, and each of their names once."""

    @cached_property
    def stars(self) -> bool:
        """Whether the document says that a star marks what is required."""
        return any(row.block.kind in ("text", "item") and is_legend(row.text) for row in self.rows)

    def move(self, passage: Passage) -> None:
        """Go on to the next block."""
        if passage.title != self.title:
            self.parameter = None
            self.title = passage.title
        if passage.block.kind == "heading":
            self.targets, self.group = (), ""

    @cached_property
    def section_titles(self) -> dict[str, str]:
        """Operation → the heading of its section, without number and identifier."""
        titles: dict[str, str] = {}
        for passage in self.rows:
            if passage.block.kind == "heading" and passage.operation:
                titles.setdefault(
                    passage.operation, re.sub(r"^\d+\.\s*", "", sections.bare(passage.text)).split(" (")[0]
                )
        return titles

    @cached_property
    def helper_arguments(self) -> frozenset[str]:
        """Arguments of a helper's call that the document shows in a code span."""
        calls = (match[1] for passage in self.rows for match in re.finditer(r"`[\w.]+\(([\w, ]+)\)`", passage.text))
        return frozenset(name.strip() for inside in calls for name in inside.split(","))

    def named_above(self, passage: Passage) -> str | None:
        """Return the parameter that the nearest line above a table or list names: "for the `tone` parameter"."""
        above = (row for row in reversed(self.rows) if row.line < passage.line)
        return next((match[1] for row in above if (match := re.search(r"`(\w+)`\s+param", row.text))), None)

    @cached_property
    def credentials(self) -> list[str]:
        """The credentials of the skill that the document names; all of them where it names none."""
        names = {name for passage in self.rows for name in re.findall(r"`(\w+_(?:key|secret|KEY))`", passage.text)}
        own = self.index.credentials(self.source.skill)
        return sorted(names & own or own or names)

    @property
    def parameter_names(self) -> list[str]:
        """Every parameter read so far."""
        count = sum(map(len, self.parameters.values()))
        if count != len(self._sorted_names[0]):
            every = [name for by_name in self.parameters.values() for name in by_name]
            self._sorted_names = (every, sorted(set(every)))
        return self._sorted_names[1]

    @property
    def names(self) -> ChainMap[str, None]:
        """Every name that is known without this line: a code span that repeats one states nothing new."""
        return ChainMap(dict.fromkeys(self.accounting.names), self._outside, self.index.spellings)

    @cached_property
    def _outside(self) -> dict[str, None]:
        """The names of the package's helper, and of the variables of this document, as code spells them."""
        variables = (name for row in self.rows for name in _VARIABLE.findall(row.text))
        return dict.fromkeys(
            [*self.helper_arguments, *(spelled for name in variables for spelled in (name, f"${name}", f"${{{name}}}"))]
        )

    def operations_in(self, text: str) -> dict[str, frozenset[str]]:
        """Return each name of operations that a line holds in plain words, the longer before the shorter, and which
        they are: all that have the name, or those of the group that the line names too."""
        plain, by_name = plain_characters(text).lower(), dict[str, frozenset[str]]()
        for name, operations in self._operation_names.items():
            if name not in plain:
                continue
            plain, count = re.subn(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\d)", " ", plain)
            if count:
                by_name[name] = operations
        groups = {operation for (group, _), operation in self.index.grouped.items() if group and group in plain}
        return {name: operations & groups or operations for name, operations in by_name.items()}

    def name_in(self, passage: Passage, text: str) -> str | None:
        """Return the operation of another section, the parameter or the state that a line names in plain words."""
        plain = AS_EXAMPLE.split(plain_characters(text))[0]
        in_words = re.sub(r"`([\w.-]+)`", lambda span: " " if span[1] in self.index.identifiers else span[0], plain)
        for name, operations in self.operations_in(in_words).items():
            rest = re.sub(r"\([^)]*\)", " ", plain.lower().replace(name, " "))
            if passage.operation not in operations and re.search(r"[^\W\d_]{2}", rest):
                return name
        words: set[str] = set(re.findall(r"[A-Za-z_]\w*", plain))
        for name in sorted(words.intersection(self.parameter_names)):
            if name.endswith("_id") or name in self.helper_arguments:
                continue  # what each call hands on to the next
            if "_" in name or f"`{name}`" in plain or re.search(_SUBJECT.format(re.escape(name)), plain, re.IGNORECASE):
                return name
        return min(words & self.accounting.state_words, default=None) if _STATE.search(plain) else None

    @cached_property
    def _operation_names(self) -> Mapping[str, frozenset[str]]:
        """Name, in lower case, that can be no other thing: of several words, or with a digit → its operations."""
        names = self.index.operation_names
        spoken_names: dict[str, frozenset[str]] = {}
        for operation, title in self.section_titles.items():
            if document_index.is_distinct(name := title.lower()):
                spoken_names[name] = spoken_names.get(name, names.get(name, frozenset())) | {operation}
        if not spoken_names:
            return names
        return dict(sorted({**names, **spoken_names}.items(), key=lambda row: (-len(row[0]), row[0])))

    @property
    def is_overview(self) -> bool:
        """Whether it describes several operations: what is outside their sections is then about all of them."""
        return len(self.sections) > 1

    def operation(self, passage: Passage) -> str | None:
        """Return the one operation a block is about, or None for all of the skill's service."""
        if passage.operation:
            return passage.operation
        if len(self.capability) == 1 and not self.is_overview:
            return self.capability[0]
        return None

    def operations(self, passage: Passage) -> tuple[str | None, ...]:
        """Return every operation a statement holds for; (None,) for all of the skill's service."""
        one = self.operation(passage)
        if one is None and self.is_overview and set(self.sections) != set(self.capability):
            return self.sections
        return (one,)

    def with_parameter(self, passage: Passage, name: str) -> tuple[str | None, ...]:
        """Return the operations, among those a statement can hold for, that have a parameter."""
        if passage.operation and name in self.parameters.get(passage.operation, {}):
            return (passage.operation,)
        having = tuple(operation for operation, by_name in self.parameters.items() if name in by_name)
        return having or (self.operation(passage),)

    def media(self, passage: Passage, kind: str | None) -> list[tuple[str | None, str]]:
        """Return the parameters that take the URL of a file of some kind."""
        return [
            (operation, name)
            for operation, rows in self.parameters.items()
            if passage.operation is None or operation == passage.operation
            for name, facts in rows.items()
            if (media := facts.get("media") or media_of_name(name, facts)) and kind in (None, media)
        ]

    def limit(self, passage: Passage, kinds: Iterable[str | None], facts: dict[str, Any]) -> bool:
        """Record what is said of every file of a kind, whatever the parameters are called that take one."""
        pairs = [(kind, operation) for kind in kinds if kind for operation, _ in self.media(passage, kind)]
        pairs = pairs or [(kind, operation) for kind in kinds if kind for operation in self.operations(passage)]
        for kind, operation in dict.fromkeys(pairs):
            self.accounting.claim(passage.line, "limit", kind, facts, operation)
        return bool(pairs)

    def section_like(self, words: str) -> str | None:
        """Return the section a short name means: its words, its initials (TTS), or a part of its identifier."""
        for operation, title in self.section_titles.items():
            initials = "".join(part[0] for part in re.split(r"[\s-]+", title) if part)
            if (
                words.lower() in title.lower()
                or words.upper() == initials.upper()
                or words.lower() in operation.lower()
            ):
                return operation
        return None

    def subjects(self, passage: Passage) -> tuple[str | None, ...]:
        """Return the operations that a list of fields is for: of its section, its heading, or the skill."""
        if passage.operation:
            return (passage.operation,)
        if meant := self.meant(passage):
            return (meant,)
        if len(self.capability) == 1:
            return (self.capability[0],)
        if len(self.sent) == 1:
            return self.sent
        return self.operations(passage)

    def is_of_several(self, passage: Passage) -> bool:
        """Return whether a field can be for one of several operations that take a body, and nothing says for which."""
        if self.subjects(passage) != (None,) or len(self.sent) < 2:
            return False
        titles = (passage.sub, passage.label, *passage.headings)
        return not any(is_general(plain_characters(title)) for title in titles)

    @cached_property
    def sent(self) -> tuple[str, ...]:
        """The operations that this document sends a body to: fields outside of sections are of the only one."""
        lines = [line for row in self.rows if (line := endpoints.request_line(row.block)) and line.method == "POST"]
        names = (self.index.urls.operation(line) for line in lines)
        return tuple(dict.fromkeys(name for name in names if name))

    def replies(self, passage: Passage) -> tuple[str | None, ...]:
        """Return the operations whose replies a passage describes; (None,) for those of the whole service."""
        return (passage.operation or self.meant(passage),)

    def is_about_reply(self, passage: Passage, operation: str, names: Sequence[str]) -> bool:
        """Return whether a sentence about fields is about those of a reply.

        It is where a title says so, where a sentence before it in the same paragraph begins with the reply, and for an
        operation without a body, unless its URL has the names.
        """
        title = side(passage)
        if title is not None:
            return title == "reply"
        before = [row for row in self.rows if row.line == passage.line and row.block.kind == "text"]
        for row in reversed(before[: before.index(passage)] if passage in before else []):
            if _REPLY_BEGINS.match(row.text):
                return True
            if _REQUEST_BEGINS.search(row.text):
                break
        if operation not in self.asking or any(
            f"{{{name}}}" in url for name in names for url in self.index.urls.stated
        ):
            return False
        return not re.search(r"\b(?:query|param\w*)\b|参数", passage.text, re.IGNORECASE)

    @cached_property
    def asking(self) -> frozenset[str]:
        """The operations that send nothing but what their URL has: fields in their sections are of the reply."""
        lines = [line for row in self.rows if (line := endpoints.request_line(row.block))]
        asking = (line for line in lines if line.method in ("GET", "DELETE") or line.url.endswith("}"))
        return frozenset(name for line in asking if (name := self.index.urls.operation(line)))

    def meant(self, passage: Passage) -> str | None:
        """Return the one operation whose section has all words of the heading but those that every section may have."""
        for heading in reversed(passage.headings[1:] or passage.headings):
            words = _title_words(heading)
            fits = [name for name, title in self.section_titles.items() if words and words <= _title_words(title)]
            if len(fits) == 1:
                return fits[0]
        return None

    @cached_property
    def bodies(self) -> dict[str, tuple[str | None, dict[str, Any]]]:
        """Operation → the wrapper of its request body, and what is inside, as examples show them."""
        by_operation: dict[str, tuple[str | None, dict[str, Any]]] = {}
        for row in self.rows:
            if row.block.kind == "fence" and (body := placeholders.body_of(row.block)) is not None:
                request = endpoints.request_line(row.block)
                operation = self.index.urls.operation(request) if request else row.operation
                if operation and (request or _BODY.search(f"{row.sub} {row.title}")):
                    wrapper, inside = placeholders.unwrapped(body)
                    by_operation.setdefault(operation, (wrapper, dict(inside)))
        return by_operation

    def below_row(self, passage: Passage, operation: str | None, indent: int, name: str, above: str = "") -> str:
        """Return the path of a field in a table whose names are indented: below the last row that is less so, or below
        the object whose fields the table lists."""
        rows = self.indented.setdefault((passage.headings, passage.label, operation), [])
        while rows and (rows[-1][0] >= indent or rows[-1][1] >= passage.line):
            rows.pop()
        path = f"{rows[-1][2]}.{name}" if rows and not name.startswith(rows[-1][2]) else name
        path = f"{above}.{path}" if above and not rows and "." not in path else path
        rows.append((indent, passage.line, path))
        return path

    def body_path(self, operation: str | None, name: str) -> str:
        """Return where the one field of a name stands in the example bodies: `id` is `voice.id`; else the name."""
        _, inside = self.bodies.get(operation or "", (None, {}))
        paths = [path for path in placeholders.paths(inside) if path.rpartition(".")[2] == name]
        return paths[0] if len(paths) == 1 and name not in inside else name

    def wrapper(self, operation: str | None, names: Sequence[str]) -> str | None:
        """Return the object that a request body has around these fields, by an example or as all of them spell it."""
        heads = {name.partition(".")[0] if "." in name else "" for name in names}
        wrapper, inside = self.bodies.get(operation or "", (None, {}))
        if wrapper and (heads == {wrapper} or {name.rpartition(".")[2] for name in names} & inside.keys()):
            return wrapper
        return heads.pop() if len(heads) == 1 and "" not in heads and wrapper is None and not inside else None

    def parameter_claim(self, passage: Passage, operation: str | None, name: str, field: fields.ReadField) -> None:
        """Record what is understood of a parameter, and what is not."""
        about = f"{operation or ''} parameter {name}".strip()
        self.accounting.claim(passage.line, "parameter", name, field.facts, operation)
        self.parameters[operation].setdefault(name, {}).update(field.facts)
        self.first_lines.setdefault(operation, passage.line)
        if field.differing:
            self.accounting.claim(passage.line, "parameter", name, field.differing, operation)
        for value, label in field.labels.items():
            self.accounting.claim(passage.line, "label", f"{name}.{value}", {"label": label}, operation)
        for problem in field.problems:
            self.accounting.unread(passage.line, problem, about)

    @cached_property
    def _example_replies(self) -> dict[tuple[str | None, str], set[str]]:
        """(operation, key) → the paths at which example replies of the document have the key."""
        paths: dict[tuple[str | None, str], set[str]] = defaultdict(set)
        for row in self.rows:
            if row.block.kind == "fence" and "{" in row.text and endpoints.request_line(row.block) is None:
                for key in jsonlines.keys(row.text):
                    for operation in {row.operation or self.meant(row), None}:
                        paths[operation, key.path.split(".")[-1]].add(key.path)
        return paths

    @cached_property
    def example_types(self) -> dict[str, str]:
        """Path in a reply → the one type that the example replies of the document show there."""
        kinds_by_path: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            if row.block.kind == "fence" and "{" in row.text and endpoints.request_line(row.block) is None:
                for key in jsonlines.keys(row.text):
                    kinds_by_path[key.path].update(filter(None, [jsonlines.type_of(key.value)]))
        return {path: kinds.pop() for path, kinds in kinds_by_path.items() if len(kinds) == 1}

    def settle_paths(self, operation: str | None, names: Sequence[str]) -> None:
        """Settle open paths: fields that one line names stand where the others of the line are."""
        example_paths = {name: self._example_replies.get((operation, name), set()) for name in names}
        parents = {path.rpartition(".")[0] for paths in example_paths.values() if len(paths) == 1 for path in paths}
        for name, paths in example_paths.items():
            beside = [path for path in sorted(paths) if path.rpartition(".")[0] in parents]
            if len(paths) > 1 and len(parents) == 1 and beside:
                self.paths[operation, name] = beside[0]

    def reply_path(self, operation: str | None, name: str, passage: Passage) -> str:
        """Return the dotted path of a reply's field: as written, below the field above it, or as replies show it."""
        if "." in name:
            return name
        for item in reversed(passage.parents):
            if item.line in self.reply_lines:
                return f"{self.reply_lines[item.line]}.{name}"
        above = re.search(r"`([\w.\[\]]+)`", passage.sub)
        if (
            above
            and (passage.block.depth > passage.sub_depth or passage.block.kind == "text")
            and side_of_list(passage.sub)
        ):
            parent = self.reply_path(operation, re.sub(r"\[\w*\]", "", above[1]), replace(passage, sub=""))
            return f"{parent}.{name}" if parent != name else name
        for key in ((operation, name), (None, name)):
            if len(example_paths := self._example_replies.get(key, set())) == 1:
                return next(iter(example_paths))
        return self.paths.get((operation, name)) or self._beside_the_other_rows(operation, name, passage)

    def _beside_the_other_rows(self, operation: str | None, name: str, passage: Passage) -> str:
        """Return the path of a field that no example shows: where all others of its table stand; else the name."""
        parents: set[str] = set()
        for other in self._names_of_tables.get(_table_of(passage), ()):
            paths = self._example_replies.get((operation, other)) or self._example_replies.get((None, other), set())
            parents.update({path.rpartition(".")[0] for path in paths} if len(paths) == 1 else ())
        parent = parents.pop() if len(parents) == 1 else ""
        return f"{parent}.{name}" if parent else name

    @cached_property
    def rows_of_tables(self) -> Mapping[object, list[Passage]]:
        """Heads of tables and the headings above them → their rows."""
        rows: dict[object, list[Passage]] = defaultdict(list)
        for row in self.rows:
            if row.block.kind == "row":
                rows[row.block.header, row.headings].append(row)
        return rows

    @cached_property
    def _names_of_tables(self) -> dict[object, list[str]]:
        """Table → what the first cells of its rows say."""
        names: dict[object, list[str]] = defaultdict(list)
        for row in self.rows:
            if row.block.kind == "row":
                names[_table_of(row)].append(row.block.cells[0].strip("`* "))
        return names


def _table_of(passage: Passage) -> object:
    return passage.headings, passage.label, passage.block.header


_REPLY_BEGINS = re.compile(
    r"(?:the |a |an |its |each |every )?(?:successful |accepted |json )?(?:response|reply|result|answer)s?\b"
    r"|it returns|returns?\b|返回|响应",
    re.IGNORECASE,
)
_REQUEST_BEGINS = re.compile(r"\b(?:request|body|send|pass|form|field)s?\b|请求|传入|入参", re.IGNORECASE)
_SUBJECT = (
    r"(?:^|[.;:] )(?:the )?{0} (?:is|are|may|can|has|takes|counts|sets|gives|works|means)\b"
    r"|\b{0} (?:parameter|field|argument)|\b(?:parameter|field|argument)s? {0}\b"
    r"|(?:参数|字段) ?{0}\b|\b{0} ?(?:参数|字段)"
)
"""How a sentence names a parameter whose name is a word that a sentence may use for itself."""
_STATE = re.compile(r"\b(?:status|state|task|job)s?\b|状态|任务", re.IGNORECASE)
AS_EXAMPLE = re.compile(r"\b(?:for example|such as|e\.g\.|like)|例如|比如|如")
"""What is named behind this stands for others."""
_VARIABLE = re.compile(r"`\$?\{?([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\}?`")
_BODY = re.compile(r"\b(?:request|body|payload|input|parameters|fields)\b|请求|入参|参数", re.IGNORECASE)
_COMMON = frozenset(
    "response responses request requests reply fields field parameters parameter params body example examples "
    "successful success the of a an and for when once is query api endpoint json output input contract".split()
)


def _title_words(title: str) -> frozenset[str]:
    """Return the words of a heading, without its number and the words that any heading may have."""
    title = re.sub(r"`[^`]*`|https?://\S+", " ", title)
    bare = sections.without_number(plain_characters(sections.bare(title)).lower())
    bare = re.sub(r"(?:响应|返回|请求|参数|示例|结果|字段|说明|接口)", " ", bare)
    words = re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]{2}", bare)
    return frozenset(words) - _COMMON


def side_of_list(text: str) -> bool:
    """Return whether an item announces the fields of its own value: array of objects, each with:"""
    return bool(
        re.search(
            r"\b(?:array|list|object|objects|each|contains?|fields?|with)\b|数组|对象|包含|字段", text, re.IGNORECASE
        )
    )
