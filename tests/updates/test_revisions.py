"""Catalogs by name: folders, documents, revisions of git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from codegen import paths
from codegen.catalog.diff import diff
from codegen.faults import InputFault
from codegen.updates import revisions


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository whose catalog has changed since its first commit."""

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    folder = tmp_path / "specs" / "openapi"
    folder.mkdir(parents=True)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "b.yaml").write_text("a: [")
    git("init", "--quiet")
    for title in ("one", "two"):
        (folder / "shop.yaml").write_text(f"openapi: 3.1.0\ninfo: {{title: {title}}}\n")
        git("add", ".")
        git("commit", "--quiet", "--message", title)
    git("tag", "v1.0.0", "HEAD~1")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("specs/openapi", "two"),
        ("specs/openapi/shop.yaml", "two"),
        ("HEAD", "two"),
        ("HEAD~1", "one"),
        ("v1.0.0", "one"),
        ("HEAD~1:specs/openapi", "one"),
        ("HEAD~1:specs/openapi/shop.yaml", "one"),
    ],
)
def test_a_catalog_is_a_path_a_revision_or_a_path_in_one(repository: Path, name: str, title: str) -> None:
    assert revisions.catalog(name)["shop"]["info"]["title"] == title


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nowhere", "is neither a path nor a revision"),
        ("--upload-pack=x", "is neither a path nor a revision"),
        ("HEAD:nowhere", "is not in that revision"),
        ("HEAD:broken", r"HEAD:broken/b.yaml: line 2"),
    ],
)
def test_a_name_that_gives_no_catalog_is_a_fault(repository: Path, name: str, problem: str) -> None:
    with pytest.raises(InputFault, match=problem):
        revisions.catalog(name)


def test_the_evidence_beside_a_catalog_goes_with_it_on_demand(repository: Path) -> None:
    folder = repository / "specs" / "evidence"
    folder.mkdir()
    (folder / "shop.yaml").write_text("facts: {/info/title: [a.md#draw]}\n")
    assert "x-claims" not in revisions.catalog("specs/openapi")["shop"]
    found = revisions.catalog("specs/openapi", evidence=True)["shop"]
    assert found["x-claims"] == {"/info/title": ["a.md#draw"]}


def test_a_document_of_a_revision_brings_the_files_it_refers_to(repository: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", "-C", str(repository), *identity, *arguments], check=True, capture_output=True)

    api = repository / "api"
    (api / "parts").mkdir(parents=True)
    body = "requestBody: {content: {application/json: {schema: {$ref: 'parts/size.yaml#/Size'}}}}"
    (api / "shop.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\n"
        f"paths: {{/draw: {{post: {{operationId: draw, {body}, responses: {{'200': {{description: Done.}}}}}}}}}}\n"
    )
    (api / "parts" / "numbers.yaml").write_text(
        "large: {type: integer, maximum: 9}\nsmall: {type: integer, maximum: 5}\n"
    )
    for name in ("large", "small"):
        size = f"Size: {{type: object, properties: {{n: {{$ref: 'numbers.yaml#/{name}'}}}}}}\n"
        (api / "parts" / "size.yaml").write_text(size)
        git("add", ".")
        git("commit", "--quiet", "--message", "a size")
    old, new = revisions.catalog("HEAD~1:api/shop.yaml"), revisions.catalog("HEAD:api/shop.yaml")
    assert [change.kind for change in diff(old, new).changes] == ["request-property.upper-bound.narrowed"]
    assert revisions.catalog("api") == revisions.catalog("HEAD:api") == revisions.catalog("api/shop.yaml") == new


def test_a_reference_that_is_not_followed_is_a_fault(repository: Path) -> None:
    schema = "{$ref: '../other/size.yaml#/Size'}"
    (repository / "specs" / "openapi" / "shop.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n"
        f"components: {{schemas: {{Size: {schema}}}}}\n"
    )
    with pytest.raises(InputFault, match=r"/components/schemas/Size: refers to .*other/size\.yaml"):
        revisions.catalog("specs/openapi")
