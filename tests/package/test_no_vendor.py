"""The hand-written part of the package is copied into other packages: it names no vendor, no model and no package."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wondergen._catalog import index

from codegen.paths import ROOT

SOURCES = sorted((ROOT / "codegen" / "package").rglob("*.py"))


def _names() -> Iterator[str]:
    """Yield the names of the services, those of their models that have a number, and what installs this package."""
    yield from index.services()
    names = (str(row.get("vendor", {}).get("name", "")) for *_, row in index.every())
    yield from (name for name in names if re.search(r"[a-z].*\d", name, re.IGNORECASE))
    yield "pip install 'wondergen"


def test_the_package_names_no_vendor_no_model_and_no_package() -> None:
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in set(_names())), re.IGNORECASE)
    assert len(SOURCES) > 100
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in SOURCES}
    assert {path: match[0] for path, text in texts.items() if (match := pattern.search(text))} == {}
