# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of the clients, generated with them."""

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in ("contracts", "general", "support")))
