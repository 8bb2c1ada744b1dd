"""The derivation of the sync side: what it translates, and that it refuses loudly what it cannot."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import sync_codegen
from codegen.sync_codegen import Untranslatable, derive_sync


@functools.cache
def runtime_files() -> dict[str, str]:
    """Return every module of the runtime by its path, as it stands in the repository."""
    folder = sync_codegen.RUNTIME
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}


@pytest.mark.parametrize(
    "source, derived",
    [
        ("async def f(): pass\n", "def f(): pass\n"),
        ("x = await f()\n", "x = f()\n"),
        ("return_ = (await   f()) + 1\n", "return_ = (f()) + 1\n"),
        ("async with a as b, c: pass\n", "with a as b, c: pass\n"),
        ("async for a in b: pass\n", "for a in b: pass\n"),
        ("x = [a async for a in b]\n", "x = [a for a in b]\n"),
        ("from .http import AsyncHTTPClient\n", "from .http import HTTPClient\n"),
        ("class AsyncTask(Base): pass\n", "class Task(Base): pass\n"),
        ("x = AbstractAsyncContextManager\n", "x = AbstractContextManager\n"),
        ("async def __aenter__(self): pass\n", "def __enter__(self): pass\n"),
        ("raise StopAsyncIteration\n", "raise StopIteration\n"),
        ("async for c in r.aiter_bytes(): pass\n", "for c in r.iter_bytes(): pass\n"),
        ("await r.aclose()\n", "r.close()\n"),
        ("# an AsyncTask, then await task.wait()\n", "# an Task, then task.wait()\n"),
        ('"""Use: async with AsyncThing() as thing."""\n', '"""Use: with Thing() as thing."""\n'),
        ("awaited = asynchronous = Asynchronous\n", "awaited = asynchronous = Asynchronous\n"),
        ("x = 1  # kept as it is\n\n\n# and the layout\ny = (\n    2\n)\n", None),
        ('s = """a\nb"""; t = await f(s)\n', 's = """a\nb"""; t = f(s)\n'),
        ("x = 'ünï'; y = await f(x)  # ö\n", "x = 'ünï'; y = f(x)  # ö\n"),
    ],
)
def test_the_twin_of(source: str, derived: str | None) -> None:
    body = "".join(f"    {line}" for line in source.splitlines(keepends=True))
    in_function = not source.startswith(("from", "class", "#", '"""', 's = """'))
    given = f"async def outer():\n{body}" if in_function else source
    expected = source if derived is None else derived
    if in_function:
        expected = "def outer():\n" + "".join(f"    {line}" for line in expected.splitlines(keepends=True))
    assert derive_sync(given) == expected


@pytest.mark.parametrize(
    "source, culprit",
    [
        ("import asyncio\n", "asyncio"),
        ("from asyncio import sleep\n", "asyncio"),
        ("import anyio.abc\n", "anyio"),
        ("async def f():\n    await gather(a, b)\n", "gather"),
        ("def f(x: Awaitable[int]): pass\n", "Awaitable"),
        ("def f(x: AsyncGenerator[int, None]): pass\n", "AsyncGenerator"),
        ("def f(x):\n    return inspect.iscoroutinefunction(x)\n", "iscoroutinefunction"),
    ],
)
def test_what_has_no_twin_stops_the_derivation(source: str, culprit: str) -> None:
    with pytest.raises(Untranslatable, match=culprit):
        derive_sync(source, "aio/x.py")


def test_a_twin_that_does_not_parse_stops_the_derivation() -> None:
    with pytest.raises(Untranslatable, match=r"aio/x\.py:1: the sync module does not parse"):
        derive_sync("async def f(await_=1, AsyncA=2, A=3): pass\n", "aio/x.py")


def test_a_derived_source_is_its_own_twin() -> None:
    derived = [text for name, text in runtime_files().items() if name.startswith("sync/") and "primitives" not in name]
    assert len(derived) >= 5
    for text in derived:
        assert derive_sync(text) == text


def test_nothing_async_is_left_in_the_sync_side() -> None:
    found = 0
    for name, text in runtime_files().items():
        if name.startswith("sync/"):
            found += 1
            kinds = {type(node) for node in ast.walk(ast.parse(text))}
            assert not kinds & {ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith}, name
            assert "Async" not in text, name
    assert found >= 6


def test_both_sides_have_the_same_files() -> None:
    files = runtime_files()
    aio = {name.removeprefix("aio/") for name in files if name.startswith("aio/")}
    assert aio == {name.removeprefix("sync/") for name in files if name.startswith("sync/")}
    assert "client.py" in aio


@pytest.mark.parametrize("module", ["primitives", "streams"])
def test_what_is_written_by_hand_offers_the_same_names_on_both_sides(module: str) -> None:
    files = runtime_files()
    names = [_public_names(files[f"{side}/{module}.py"]) for side in ("aio", "sync")]
    assert {name.removeprefix("Async") for name in names[0]} == names[1] - {"TLSStream"}


def _public_names(source: str) -> set[str]:
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            targets = {target.id for target in node.targets if isinstance(target, ast.Name)}
            names |= {name for name in targets if name[0] != "_"}
    return names


def test_one_file_a_side_knows_the_http_libraries() -> None:
    knowing = [name for name, text in runtime_files().items() if "import httpx" in text or "from httpx" in text]
    assert sorted(knowing) == ["aio/choose.py", "sync/choose.py"]


def test_the_copy_works_under_any_package_name(tmp_path: Path) -> None:
    for name, text in runtime_files().items():
        path = tmp_path / "another" / "_inner" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "another" / "__init__.py").write_text("")
    code = "import another._inner.sync.client as c, another._inner.aio.client, sys; print('codegen' in sys.modules)"
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")
