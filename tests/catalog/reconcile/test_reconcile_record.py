"""What becomes of the claims of an invented shop, kept as a record: what changes in it was meant to, or is a fault.

WONDERGEN_RECORD=1 writes it anew; the difference is for a person to judge.
"""

from __future__ import annotations

import os
from pathlib import Path

from codegen.catalog.reconcile import reconcile, render, write
from codegen.documents.importer import load_claims

FOLDER = Path(__file__).with_name("record")


def test_what_is_reconciled_is_what_was_reconciled_before() -> None:
    catalog = reconcile(load_claims(FOLDER / "claims"), FOLDER / "decisions", FOLDER / "overlays")
    if os.environ.get("WONDERGEN_RECORD"):
        write(catalog, FOLDER)
    names = ("evidence/shop.yaml", "openapi/shop.yaml", "RECONCILIATION.md")
    assert render(catalog) == {name: (FOLDER / name).read_text(encoding="utf-8") for name in names}
