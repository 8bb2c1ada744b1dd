"""Mutants of the generated clients: every operator on every file it knows, with the contract tests concerned."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from tools.mutants import account_operators, limit_operators, method_operators, reply_operators, request_operators
from tools.mutants.mutant import Mutant, SourceChange
from tools.mutants.source import PythonSource, keyword, text_of

Operator = Callable[[PythonSource], Iterator[SourceChange]]

PACKAGE = "generated/wondergen"
CONTRACT_TESTS = "generated/contract_tests"


@dataclass(frozen=True)
class Generated:
    """The generated code of one service."""

    root: Path
    name: str

    @cached_property
    def operations(self) -> dict[str, tuple[str, str]]:
        """Operation → its kind, and the model of its arguments."""
        source = PythonSource(self.read("operations.py"))
        operations: dict[str, tuple[str, str]] = {}
        for name, call in request_operators.operations(source):
            model = keyword(call, "arguments")
            named = model.args[1] if isinstance(model, ast.Call) else None  # Model(_ARGUMENTS, "DrawArguments")
            operations[name] = text_of(keyword(call, "kind")) or "", text_of(named) or ""
        return operations

    @property
    def files(self) -> list[str]:
        """Its Python files, by name."""
        return sorted(path.name for path in (self.root / PACKAGE / self.name).glob("*.py"))

    def path(self, file: str) -> str:
        """Return where a file is, from the root."""
        return f"{PACKAGE}/{self.name}/{file}"

    def read(self, file: str) -> str:
        """Return the text of a file."""
        return (self.root / self.path(file)).read_text(encoding="utf-8")

    def tests(self, operation: str) -> tuple[str, ...]:
        """Return the contract tests concerned: of the operation, or of some that are like all; of the client."""
        paid = sorted(name for name, (kind, _) in self.operations.items() if kind in {"submit", "generate"})
        free = sorted(name for name, (kind, _) in self.operations.items() if kind == "query")
        chosen = [operation] if operation in self.operations else [*paid[:1], *free]
        if operation in free and paid:
            chosen.append(paid[0])
        names = [name.replace(".", "_") for name in chosen]
        modules = [f"test_{name}.py" for name in names] + ["test_client.py"]
        paths = [f"{CONTRACT_TESTS}/{self.name}/{module}" for module in modules]
        return tuple(path for path in paths if (self.root / path).is_file())

    def operation_of(self, file: str, subject: str) -> str:
        """Return the operation that a change is about: found by its name, its method or the model of its arguments."""
        group = file.removesuffix(".py").removeprefix("async_")
        for name in (subject, f"{group}.{subject}"):
            if name in self.operations:
                return name
        return next((name for name, (_, model) in self.operations.items() if model and model == subject), "")


def services(root: Path) -> list[Generated]:
    """Return every generated service."""
    names = sorted(path.parent.name for path in (root / PACKAGE).glob("*/operations.py"))
    return [Generated(root, name) for name in names]


def operators_for(file: str) -> Sequence[Operator]:
    """Return the operators that know a file of a service."""
    by_file: Mapping[str, Sequence[Operator]] = {
        "operations.py": (*request_operators.OPERATORS, *account_operators.OPERATORS, *reply_operators.OPERATORS),
        "arguments.py": limit_operators.OPERATORS,
        "enums.py": (limit_operators.names_of_numbers,),
        "results.py": method_operators.RESULT_OPERATORS,
        "async_results.py": method_operators.RESULT_OPERATORS,
        "models.py": (),
        "__init__.py": (),
    }
    return by_file.get(file, method_operators.CLIENT_OPERATORS)


def client_mutants(root: Path) -> Iterator[tuple[str, Mutant]]:
    """Yield every mutant of every generated client, with the stem of its id."""
    for service in services(root):
        for file in service.files:
            source = PythonSource(service.read(file))
            for operator in operators_for(file):
                for change in operator(source):
                    yield _mutant(service, file, source, change)


def _mutant(service: Generated, file: str, source: PythonSource, change: SourceChange) -> tuple[str, Mutant]:
    path = service.path(file)
    operation = service.operation_of(file, change.subject)
    tests = service.tests(operation)
    if file == "enums.py":
        folder = service.root / CONTRACT_TESTS / service.name
        tests = tuple(
            f"{CONTRACT_TESTS}/{service.name}/{path.name}" for path in sorted(folder.glob("test_names_of_*.py"))
        )
    stem = "/".join((change.operator.replace(" ", "-"), service.name, file.removesuffix(".py"), operation or "all"))
    files = partial(_changed, source, path, change)
    return stem, Mutant("", change.operator, path, change.line, change.what, files, tests)


def _changed(source: PythonSource, path: str, change: SourceChange) -> dict[str, str]:
    return {path: source.apply(change.edits)}
