"""NULL and UNSET are one object each, also after a copy and in another process."""

from __future__ import annotations

import copy
import pickle

import pytest

from codegen.package._runtime.null_values import NULL, UNSET


@pytest.mark.parametrize("value", [NULL, UNSET], ids=repr)
def test_a_copy_is_the_same_object(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) is value
    assert copy.deepcopy({"title": value})["title"] is value
    assert copy.copy(value) is value
