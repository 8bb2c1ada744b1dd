"""What README says of the clients is what the catalog has."""

from __future__ import annotations

import re

from codegen import paths
from tests import catalog_values

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
CLIENTS = sorted(catalog_values.document(service)["x-python"]["client"] for service in catalog_values.services())


def test_the_table_has_every_client() -> None:
    table = README.partition("| client | makes |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == CLIENTS


def test_every_client_has_its_async_twin_named() -> None:
    assert sorted(set(re.findall(r"`Async(\w+)`", README)) & set(CLIENTS)) == CLIENTS


def test_no_count_of_operations_is_written_by_hand() -> None:
    assert re.findall(r"[0-9]+ (?:operations|models|methods)", README) == []
