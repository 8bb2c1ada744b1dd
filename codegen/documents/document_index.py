"""The first look at all documents together: which operations there are, and by which names documents call them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from codegen.documents import (
    api_description,
    blocks,
    endpoints,
    entry_parts,
    line_forms,
    metadata,
    named_hosts,
    python_statements,
    script,
    sections,
    wording,
    yaml_fences,
)
from codegen.documents.api_description import DescribedOperation
from codegen.documents.blocks import Block
from codegen.documents.claims import Kind
from codegen.documents.dataflow import Value, expressions
from codegen.documents.endpoints import OperationUrls
from codegen.documents.jsonlines import JsonNode
from codegen.documents.metadata import Publication
from codegen.documents.script import Script
from codegen.documents.sections import Passage
from codegen.documents.sources import Source, front_matter, front_matter_length
from codegen.documents.vocabulary import plain_spaces
from codegen.faults import Fault, InputFault


@dataclass(frozen=True)
class EarlierImports:
    """Facts of documents imported earlier, for an import of some of all documents."""

    methods: Mapping[str, str] = field(default_factory=dict)
    """Client method → operation."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """URL → operation, as an API description has it."""
    signatures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Client method → its parameters, in order."""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Skill → the names that its description and its scripts use."""

    def names_of_others(self, skills: Collection[str]) -> frozenset[str]:
        """Return the names of the skills that are not among these."""
        return frozenset().union(*(names for skill, names in self.names.items() if skill not in skills))


@dataclass(frozen=True)
class Index:
    """What is collected from all documents of an import before any of them is read."""

    entries: Mapping[Source, tuple[DescribedOperation, ...]]
    scripts: Mapping[Source, Script]
    texts: Mapping[Source, tuple[Block, ...]]
    publications: Mapping[str, Publication]
    """Skill → what its metadata says."""
    methods: Mapping[str, str]
    """Client method → operation."""
    getters: Mapping[str, Value]
    signatures: Mapping[str, tuple[str, ...]]
    """Client method → its parameters, in order."""
    names: Mapping[str, str]
    """API name → operation."""
    grouped: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(group, API name) → operation, where a name alone is not enough."""
    identifiers: frozenset[str] = frozenset()
    capability: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Skill → the operations that are its own."""
    urls: OperationUrls = field(default_factory=OperationUrls)
    sections: Mapping[Source, Mapping[int, str]] = field(default_factory=dict)
    """Document → line of a heading → the operation whose request its section states."""
    starts: Mapping[Source, Mapping[int, str]] = field(default_factory=dict)
    """Document → line of a request → the operation that what follows it is about."""
    names_elsewhere: frozenset[str] = frozenset()
    """Names of documents imported earlier, of skills that are not part of this import."""

    @cached_property
    def patterned(self) -> Mapping[Source, Mapping[int, endpoints.RequestLine]]:
        """Document → line of a heading that names a model → the request for it, by the URL that has a place for it."""
        return {source: endpoints.patterned(rows) for source, rows in self.texts.items()}

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Every name the descriptions and scripts use: operations, APIs, parameters, keys of a description."""
        names = {*self.identifiers, *self.names, *self.methods, *self.names_elsewhere}
        for rows in self.entries.values():
            for entry in rows:
                names.update(entry.node.members)
                names.update(_names_in(entry.embedded.values()))
        for one in self.scripts.values():
            names.update(argument.arg for function in one.functions for argument, _ in function.parameters())
        return frozenset(names)

    @cached_property
    def spellings(self) -> dict[str, None]:
        """Every name and every end of a URL that is known to all documents."""
        return dict.fromkeys([*self.known_names, *self.urls.spellings])

    @cached_property
    def operation_names(self) -> Mapping[str, frozenset[str]]:
        """Name of operations in lower case, the longer before the shorter → the operations that have it."""
        operations: dict[str, set[str]] = defaultdict(set)
        for (_, name), operation in self.grouped.items():
            operations[name].add(operation)
        for name, operation in self.names.items():
            operations[name.lower()].add(operation)
        for operation in self.identifiers:
            operations[operation.lower()].add(operation)
        distinct = sorted(filter(is_distinct, operations), key=lambda name: (-len(name), name))
        return {name: frozenset(operations[name]) for name in distinct}

    @cached_property
    def _hosts(self) -> frozenset[str]:
        origins = {origin for url in self.urls.described for origin in named_hosts.names_a_base(url)}
        for rows in self.texts.values():
            origins.update(
                origin for row in rows if row.kind != "fence" for origin in named_hosts.names_a_base(row.text)
            )
        return frozenset(origins)

    def names_host(self, origin: str) -> bool:
        """Return whether a document names a host in its text, or an API description has it."""
        return origin.lower() in self._hosts

    def credentials(self, skill: str) -> frozenset[str]:
        """Return the keys and secrets the constructors of a skill's scripts take."""
        scripts = (row for source, row in self.scripts.items() if source.skill == skill)
        functions = (function for row in scripts for function in row.functions if function.name == "__init__")
        names = (argument.arg for function in functions for argument, _ in function.parameters())
        return frozenset(name for name in names if script.is_credential(name))

    def operation_named(self, name: str, group: str = "") -> str | None:
        """Return the operation a document means by an API name, under a heading that names a group."""
        key = name.strip().lower()
        for (title, other), operation in self.grouped.items():
            if other == key and title and title in group.lower():
                return operation
        return self.names.get(name.strip())


def is_distinct(name: str) -> bool:
    """Return whether a name can be no other thing than an operation: it has several words, or a digit."""
    return re.search(r"\w \w+ \w|\d|[-_]", name) is not None


def _names_in(nodes: Iterable[JsonNode]) -> Iterator[str]:
    for node in nodes:
        if node.text("name"):
            yield node.text("name")
        yield from _names_in([*node.members.values(), *node.items])


def kind_of(source: Source) -> Kind:
    """Return what sort of document it is, from its place and form."""
    name = source.path.rsplit("/", 1)[-1]
    if api_description.is_description(source):
        return "api-description"
    if source.path == "SKILL.md":
        return "skill"
    if name == "_meta.json":
        return "metadata"
    if name.endswith(".py"):
        return "script"
    if name.endswith(".md"):
        return "guide" if "guide" in name else "reference"
    return "other"


def build(sources: Sequence[Source], earlier: EarlierImports) -> Index:
    """Return the index of all documents. Raises InputFault with every fault of every one."""
    faults: list[Fault] = []
    entries: dict[Source, tuple[DescribedOperation, ...]] = {}
    publications: dict[str, Publication] = {}
    scripts: dict[Source, Script] = {}
    texts: dict[Source, tuple[Block, ...]] = {}
    for source in sources:
        kind = kind_of(source)
        try:
            if kind == "api-description" or (not source.skill and source.path.endswith(".json")):
                entries[source] = api_description.load(source)
            elif kind == "metadata":
                publications[source.skill] = metadata.load(source)
            elif kind == "script":
                scripts[source] = script.take_apart(source)
            elif kind in ("skill", "reference", "guide"):
                texts[source] = _blocks(source)
        except InputFault as fault:
            faults.extend(fault.faults)
    if faults:
        raise InputFault(faults)
    index = _assemble(entries, scripts, texts, publications, earlier)
    elsewhere = earlier.names_of_others({source.skill for source in sources})
    return replace(index, signatures={**earlier.signatures, **index.signatures}, names_elsewhere=elsewhere)


def _blocks(source: Source) -> tuple[Block, ...]:
    """Return the blocks of a Markdown document, each entry, sentence and heading as one."""
    parts = tuple(entry_parts.together(tuple(yaml_fences.opened(blocks.parse(body(source))))))
    return tuple(wording.headed(tuple(wording.sentences(parts))))


def body(source: Source) -> list[str]:
    """Return the lines of a Markdown document with its front matter blanked, so that line numbers stay."""
    front = front_matter_length(source.lines)
    return [""] * front + line_forms.plain([plain_spaces(line) for line in source.lines[front:]])


def _assemble(
    entries: Mapping[Source, tuple[DescribedOperation, ...]],
    scripts: Mapping[Source, Script],
    texts: Mapping[Source, tuple[Block, ...]],
    publications: Mapping[str, Publication],
    earlier: EarlierImports,
) -> Index:
    knowledge = [script.knowledge(source) for source in scripts.values()]
    methods = {name: operation for each in knowledge for name, operation in each.methods.items()}
    names = {entry.name: entry.operation for rows in entries.values() for entry in rows}
    grouped = dict(_grouped(entries.values()))
    urls = _urls(entries, texts, earlier)
    headed = {source: _sections(rows, urls) for source, rows in texts.items()}
    identifiers = _identifiers(entries, scripts, texts) | {name for one in headed.values() for name in one.values()}
    names = {**dict(_table_names(texts.values())), **names}
    starts = {source: _operations_of(endpoints.starts(rows), urls) for source, rows in texts.items()}
    located = {one: sections.locate(rows, identifiers, headed[one], starts[one]) for one, rows in texts.items()}
    for group, name, operation in chain.from_iterable(map(_headed, located.values())):
        grouped.setdefault((group.lower(), name.lower()), operation)
        names.setdefault(name, operation)
    methods = {**earlier.methods, **methods, **_section_methods(located.values(), methods)}
    foreign = frozenset(earlier.urls.values()) | {entry.operation for rows in entries.values() for entry in rows}
    capability = _stated_operations(texts, urls, foreign)
    capability |= _capabilities(entries, scripts, located, identifiers, foreign)
    return Index(
        entries,
        scripts,
        texts,
        publications,
        methods,
        {name: value for each in knowledge for name, value in each.getters.items()},
        {name: parameters for each in knowledge for name, parameters in each.signatures.items()},
        names,
        grouped,
        identifiers,
        capability,
        urls,
        headed,
        starts,
    )


def _urls(
    entries: Mapping[Source, tuple[DescribedOperation, ...]],
    texts: Mapping[Source, tuple[Block, ...]],
    earlier: EarlierImports,
) -> OperationUrls:
    described = dict(earlier.urls)
    described.update({entry.node.text("endpoint"): entry.operation for rows in entries.values() for entry in rows})
    lines = [line for rows in texts.values() for block in rows if (line := endpoints.request_line(block))]
    lines += [line for rows in texts.values() for line in endpoints.patterned(rows).values()]
    lines += [line for rows in texts.values() for line in endpoints.of_sections(rows).values()]
    blocks = chain.from_iterable(texts.values())
    ids = {value: name for block in blocks for name, value in _EXAMPLE_ID.findall(block.text)}
    shapes = {endpoints.shape(line.url) for line in lines}
    general = [endpoints.with_placeholder(line, shapes, ids) for line in lines]
    urls = endpoints.identify(general, described, endpoints.of_one_method(texts.values()))
    operations, urls_by_shape = dict(urls.operations), dict(urls.described)
    for line, other in zip(lines, general, strict=True):
        if line != other and (operation := urls.operation(other)):
            operations[endpoints.shape(line.url)] = operation
            urls_by_shape[endpoints.shape(line.url)] = other.url
    return replace(urls, operations=operations, described=urls_by_shape)


_EXAMPLE_ID = re.compile(r"\"(\w*(?:id|task|job|\w{3,}))\"\s*:\s*\"(?=[\w-]*\d)([\w-]{2,80})\"")
"""A field of an example whose value can be the end of a URL: it has a digit."""


def _sections(rows: tuple[Block, ...], urls: OperationUrls) -> dict[int, str]:
    """Return line of a heading, or of a paragraph of several sentences → the operation whose request it states."""
    lines = {**endpoints.titled(rows), **endpoints.of_sections(rows), **endpoints.of_paragraphs(rows)}
    lines |= endpoints.patterned(rows)
    return _operations_of(lines, urls)


def _operations_of(requests: Mapping[int, endpoints.RequestLine], urls: OperationUrls) -> dict[int, str]:
    return {line: operation for line, request in requests.items() if (operation := urls.operation(request))}


def _grouped(entries: Iterable[tuple[DescribedOperation, ...]]) -> Iterator[tuple[tuple[str, str], str]]:
    for rows in entries:
        for entry in rows:
            plain = re.sub(rf"\s*\({re.escape(entry.group)}\)$", "", entry.name, flags=re.IGNORECASE)
            for name in {entry.name, plain}:
                yield (entry.group.lower(), name.lower()), entry.operation


def _headed(rows: Sequence[Passage]) -> Iterator[tuple[str, str, str]]:
    """Yield group, name, operation of headings such as "Text To Song-1 Choir 2 (model_code: t2s-choir-2)"."""
    for passage in rows:
        name = sections.heading_name(passage.text) if passage.block.kind == "heading" else None
        if name and "model_code" in passage.text:
            match = re.match(r"(.+?)-\d+\s+(.+)$", name[0])
            yield (match[1], match[2], name[1]) if match else ("", name[0], name[1])


def _identifiers(
    entries: Mapping[Source, tuple[DescribedOperation, ...]],
    scripts: Mapping[Source, Script],
    texts: Mapping[Source, tuple[Block, ...]],
) -> frozenset[str]:
    names = {entry.operation for rows in entries.values() for entry in rows}
    names.update(one.operation for one in scripts.values() if one.operation)
    for rows in texts.values():
        names.update(endpoint.operation for block in rows if (endpoint := sections.endpoint(block)))
        names.update(operation for _, operation in _table_names([rows]))
    return frozenset(names)


def _table_names(texts: Iterable[tuple[Block, ...]]) -> Iterator[tuple[str, str]]:
    """Yield rows of a table with an endpoint column: the name in bold, the operation in the URL."""
    for rows in texts:
        for block in rows:
            if block.kind == "row" and "endpoint" in block.header:
                url = block.cells[block.header.index("endpoint")].strip("`")
                name = next((cell.strip("* ") for cell in block.cells if re.fullmatch(r"\*\*.+\*\*", cell)), "")
                operation = api_description.operation_of(url)
                if name and operation:
                    yield name, operation


def _section_methods(located: Iterable[Sequence[Passage]], methods: Mapping[str, str]) -> dict[str, str]:
    """Return a client method whose script is not there: the one call in a section about one operation."""
    calls: dict[str, set[str]] = defaultdict(set)
    for rows in located:
        for passage in rows:
            if passage.block.kind == "fence" and passage.operation:
                calls[passage.operation].update(_client_calls(passage.block))
    operations = dict(methods)
    while True:
        for operation in sorted(calls):
            unknown = sorted(name for name in calls[operation] if name not in operations)
            if len(unknown) == 1 and (len(calls[operation]) == 1 or operation not in operations.values()):
                operations[unknown[0]] = operation
                break
        else:
            return operations


def _client_calls(block: Block) -> Iterator[str]:
    """Yield methods called on `client` in a fence, but for those that only wait or fetch."""
    for row in python_statements.split(block.text.split("\n")):
        for node in expressions(row):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="client"), attr=name)):
                    if not name.startswith(("_", "poll", "get", "wait")):
                        yield name


_OWN = re.compile(
    r"(?:(?:this skill's |api |primary )*(?:capability|capacity)(?: (?:in|for) this skill)?|api):\s*`([\w-]+)`\.?",
    re.IGNORECASE,
)
"""API capability: `x_y`; This skill's primary capacity: `x_y`; **API**: `x_y`"""


def _capabilities(
    entries: Mapping[Source, tuple[DescribedOperation, ...]],
    scripts: Mapping[Source, Script],
    located: Mapping[Source, Sequence[Passage]],
    identifiers: frozenset[str],
    foreign: frozenset[str],
) -> dict[str, tuple[str, ...]]:
    own: dict[str, set[str]] = defaultdict(set)
    every: dict[str, set[str]] = defaultdict(set)
    for source, rows in entries.items():
        every[source.skill].update(entry.operation for entry in rows)
    for source, one in scripts.items():
        if one.operation:
            own[source.skill].add(one.operation)
    for source, passages in located.items():
        own[source.skill].update(own_operations(source, passages, identifiers))
        for passage in passages:
            endpoint = sections.stated_endpoint(passage)
            if endpoint and endpoint.operation not in foreign:
                every[source.skill].add(endpoint.operation)
            if passage.block.kind == "heading" and passage.operation and passage.operation not in foreign:
                every[source.skill].add(passage.operation)
        every[source.skill].update(operation for _, operation in _table_names([tuple(p.block for p in passages)]))
    operations = {skill: own[skill] or every[skill] for skill in sorted({*own, *every})}
    return {skill: tuple(sorted(names)) for skill, names in operations.items() if names}


def _stated_operations(
    texts: Mapping[Source, tuple[Block, ...]], urls: OperationUrls, foreign: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Return skill → the operations whose requests its documents state, wherever they do."""
    operations: dict[str, set[str]] = defaultdict(set)
    for source, rows in texts.items():
        lines = [*(endpoints.request_line(block) for block in rows), *endpoints.patterned(rows).values()]
        operations[source.skill].update(name for line in lines if line and (name := urls.operation(line)))
    return {skill: tuple(sorted(names - foreign)) for skill, names in operations.items()}


def own_operations(source: Source, rows: Sequence[Passage], identifiers: frozenset[str]) -> Iterator[str]:
    """Yield the operations a document calls the capability of its skill."""
    matter = front_matter(source.lines)
    for name in re.findall(r"`([\w-]+)`", matter.get("description", "")):
        if name in identifiers:
            yield name
    for passage in rows:
        if name := capability_line(passage.text):
            yield name


def capability_line(text: str) -> str | None:
    """Return the operation that a line calls the skill's own, or None."""
    match = _OWN.fullmatch(sections.bare(text))
    return match[1] if match else None
