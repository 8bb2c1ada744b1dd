"""Names as people and shells write them."""

from __future__ import annotations

import pytest

from codegen.package._runtime.spelling import base_url_variable, kebab, plain


@pytest.mark.parametrize("name, typed", [("model_3_0", "model-3-0"), ("from_", "from"), ("_", "_"), ("seed", "seed")])
def test_a_name_of_python_is_typed_with_hyphens(name: str, typed: str) -> None:
    assert kebab(name) == typed


def test_a_name_is_the_same_without_case_and_punctuation() -> None:
    assert {plain(name) for name in ("Model 3.0", "model_3_0", "MODEL-3-0")} == {"model30"}


def test_the_variable_of_a_base_url_has_capitals_and_underscores() -> None:
    assert base_url_variable("media-io.eu") == "MEDIA_IO_EU_BASE_URL"
