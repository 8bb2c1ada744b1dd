"""The generated package as its user meets it: names, signatures, docstrings, validation, cost of the import."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
import typing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from codegen import assemble
from codegen.python import names
from tests.python.conftest import PACKAGE
from tests.shared import type_checked

KEYS = {"app_key": "test-key", "app_secret": "test-secret"}


@pytest.fixture
def package(output: Path) -> ModuleType:
    return importlib.import_module(PACKAGE)


def _arguments(output: Path, name: str) -> type[BaseModel]:
    return typing.cast("type[BaseModel]", getattr(importlib.import_module(f"{PACKAGE}.painter.arguments"), name))


def test_every_name_that_is_listed_is_there(package: ModuleType) -> None:
    assert {"Painter", "AsyncPainter", "Task", "AsyncTask", "TaskStatus", *names.ERRORS} <= set(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None
    assert package.__version__ == "1.2.3"


def test_a_name_that_is_not_there_is_an_attribute_error(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'Sculptor'"):
        _ = package.Sculptor


def test_importing_the_package_imports_neither_httpx_nor_pydantic(output: Path) -> None:
    code = f"import sys, {PACKAGE}; print({{'httpx', 'pydantic', 'typing', 'asyncio'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=output, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("client", ["Painter", "AsyncPainter"])
def test_the_signature_is_what_the_document_says(package: ModuleType, client: str) -> None:
    signature = inspect.signature(getattr(package, client).text_to_film)
    annotated = {name: str(row.annotation) for name, row in signature.parameters.items() if name != "self"}
    assert annotated == {
        "prompt": "str",
        "quality": "Literal['720p', '1080p'] | None",
        "duration": "Literal['5s', '10s', 5, 10] | None",
        "sound": "bool | None",
        "camera": "CameraMovement | int | str | None",
        "seed": "int | None",
        "images": "list[str | LocalFile] | None",
        "params": "str | None",
        "timeout": "float | None",
        "extra_body": "Mapping[str, object] | None",
        "extra_headers": "Mapping[str, str] | None",
        "key": "str | None",
    }
    assert [row.kind.name for row in signature.parameters.values()][1:3] == ["POSITIONAL_OR_KEYWORD", "KEYWORD_ONLY"]


def test_groups_are_objects_made_once(package: ModuleType) -> None:
    with package.Painter(**KEYS) as client:
        assert client.text_to_picture is client.text_to_picture
        assert callable(client.text_to_picture.brush_2)


def test_sync_and_async_have_the_same_methods(package: ModuleType) -> None:
    def methods(kind: type) -> set[str]:
        return {name for name in vars(kind) if not name.startswith("_")}

    assert methods(package.Painter) == methods(package.AsyncPainter) >= {"text_to_film", "task_result", "list_pictures"}


def test_the_docstring_tells_all_a_person_needs(package: ModuleType) -> None:
    text = inspect.getdoc(package.Painter.text_to_film) or ""
    for words in (
        "Make a film from words.",
        "prompt: What the film shows. 1 to 2,000 characters.",
        "quality: Size of the frame. One of 720p, 1080p. Default: 720p.",
        "The docstring of Painter lists the codes",
    ):
        assert words in text
    assert "InsufficientCredits: 1001 (The account has no credits left)." in (inspect.getdoc(package.Painter) or "")


ACCEPTED: list[dict[str, Any]] = [
    {"prompt": "a"},
    {"prompt": "a" * 2000, "quality": "720p", "duration": "5s", "sound": "True", "camera": 1, "seed": -1},
    {"prompt": "a", "images": ["b:" + "b" * 198] * 3},
]
REFUSED: list[dict[str, Any]] = [
    {},
    {"prompt": ""},
    {"prompt": "a" * 2001},
    {"prompt": 1},
    {"prompt": "a", "quality": "480p"},
    {"prompt": "a", "sound": True},
    {"prompt": "a", "camera": "1"},
    {"prompt": "a", "camera": True},
    {"prompt": "a", "camera": 1.0},
    {"prompt": "a", "camera": 4},
    {"prompt": "a", "seed": -2},
    {"prompt": "a", "images": []},
    {"prompt": "a", "images": ["b:b"] * 4},
    {"prompt": "a", "images": ["b:" + "b" * 199]},
    {"prompt": "a", "images": ["b"]},
    {"prompt": "a", "images": [1]},
    {"prompt": "a", "images": "b:b"},
    {"prompt": "a", "unknown": 1},
]


@pytest.mark.parametrize("values", ACCEPTED)
def test_what_the_schema_accepts_is_accepted(output: Path, values: dict[str, Any]) -> None:
    _arguments(output, "TextToFilmArguments").model_validate(values)


@pytest.mark.parametrize("values", REFUSED)
def test_what_the_schema_refuses_is_refused(output: Path, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _arguments(output, "TextToFilmArguments").model_validate(values)


def test_a_reply_may_say_more_than_is_known(output: Path) -> None:
    models = importlib.import_module(f"{PACKAGE}.painter.models")
    report = models.TaskReport.model_validate({"taskId": "t", "status": 9, "mood": "good"})
    assert (report.task_id, report.status, report.mood) == ("t", 9, "good")


def test_fields_of_a_result_do_not_hide_its_members(output: Path) -> None:
    results = importlib.import_module(f"{PACKAGE}.painter.results")
    assert results.FilmResult.model_fields["urls_"].alias == "urls"
    assert isinstance(results.FilmResult.urls, property)


def test_every_operation_refers_to_what_the_document_says(output: Path) -> None:
    operations = importlib.import_module(f"{PACKAGE}.painter.operations")
    film = operations.TEXT_TO_FILM
    assert (film.method, film.path, film.kind, film.task.poll) == ("POST", "/film", "submit", operations.TASK_RESULT)
    assert operations.TEXT_TO_PICTURE_BRUSH_2.name == "text_to_picture.brush_2"
    assert [(rule.when, rule.required, rule.allowed) for rule in film.rules] == [
        ({"seed": ()}, ("camera",), {}),
        ({"quality": ("1080p",)}, ("duration",), {"duration": ("5s",)}),
    ]


@pytest.mark.parametrize(
    "values, words",
    [
        ({"seed": 1}, "camera: is required where seed is given"),
        ({"quality": "1080p", "duration": 10}, "duration: 10 is not allowed"),
        ({"quality": "1080p"}, "duration: is required where quality is '1080p'"),
    ],
)
def test_a_rule_over_several_parameters_is_enforced(package: ModuleType, values: dict[str, Any], words: str) -> None:
    with package.Painter(**KEYS) as client, pytest.raises(package.InvalidRequest) as caught:
        client.text_to_film("a", **values)
    (fault,) = caught.value.faults
    assert words in str(fault)


def test_every_file_says_that_it_is_machine_written(output: Path) -> None:
    paths = sorted(output.rglob("*.py"))
    assert len(paths) > 30
    for path in paths:
        assert path.read_text(encoding="utf-8").startswith(assemble.HEADER), path


def test_the_package_knows_no_other_by_name(output: Path) -> None:
    """Import a copy under another name: every import inside it is relative."""
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for path in output.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.level == 0)
        for alias in node.names
    }
    assert "httpx" in imported
    assert not {name for name in imported if name and name.startswith(("codegen", "wondergen", PACKAGE))}


def test_a_service_of_the_package_passes_mypy_strict(output: Path) -> None:
    """Check what is generated and what it imports: `make types` checks the parts that every package has."""
    done = type_checked("--python-version=3.11", "-m", PACKAGE, "-p", f"{PACKAGE}.painter", folder=output)
    assert done.returncode == 0, done.stdout


def test_an_export_of_a_private_module_shows_its_public_name(package: ModuleType) -> None:
    errors = importlib.import_module(f"{package.__name__}._runtime.errors")
    assert errors.TaskCancelled.__module__ == package.__name__, (
        "an error of which the caller has not imported the class"
    )
    assert {value.__module__ for value in (package.Task, package.InvalidRequest)} == {package.__name__}


def test_an_editor_sees_the_exports_as_imports_that_may_run(package: ModuleType) -> None:
    """Find the imports: Jedi leaves out those under a condition that it reads as False."""
    tree = ast.parse(Path(str(package.__file__)).read_text(encoding="utf-8"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TYPE_CHECKING"
    )
    assert not isinstance(value, ast.Constant)
    (block,) = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    imported = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported | {"__version__"} == set(package.__all__) == set(dir(package))
