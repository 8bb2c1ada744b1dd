# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of every client, generated with it: nothing here is edited by hand."""

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in ("contracts", "general", "support")))
