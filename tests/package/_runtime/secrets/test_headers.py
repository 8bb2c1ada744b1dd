"""Headers and parts of a path that a caller gives: what is refused, and what a segment becomes."""

from __future__ import annotations

import pytest

from codegen.package._runtime.headers import base_url_fault, extra_header_faults, path_text, segment_fault, value_fault


def test_a_name_that_is_none_is_one_fault_whatever_its_value() -> None:
    faults = extra_header_faults("extra_headers", {"a b": "x\ny", 5: "x"}, ())
    assert [str(fault) for fault in faults] == [
        "extra_headers['a b']: is not the name of a header",
        "extra_headers['5']: is not the name of a header",
    ]


@pytest.mark.parametrize(
    "value, problem",
    [(5, "is int, not text"), (None, "is NoneType, not text"), ("a\nb", "has a line break"), ("a b", None), ("", None)],
)
def test_a_value_is_text_on_one_line_and_its_fault_does_not_show_it(value: object, problem: str | None) -> None:
    assert value_fault(value) == problem


def test_a_long_name_is_cut_in_its_fault() -> None:
    (fault,) = extra_header_faults("extra_headers", {"x" * 61: "\n"}, ())
    assert fault.parameter == f"extra_headers['{'x' * 60}']"


def test_a_base_url_is_needed_only_where_no_document_has_one() -> None:
    (missing, wrong) = (base_url_fault("", catalog_url=url) for url in ("", "https://api.sample.invalid"))
    assert missing is not None
    assert wrong is not None
    assert missing.problem == "is required: no document has an https URL of the service"
    assert wrong.problem.startswith("is not of the form")
    assert base_url_fault("http://intranet.invalid", catalog_url="") is None
    assert base_url_fault("https://api.sample.invalid:65535", catalog_url="x") is None
    assert base_url_fault("https://api.sample.invalid:65536", catalog_url="x") is not None
    assert base_url_fault("http://intranet.invalid", catalog_url="https://api.sample.invalid") is not None


@pytest.mark.parametrize(
    "value, text, fault",
    [
        (True, "true", None),
        (False, "false", None),
        (0, "0", None),
        (1.5, "1.5", None),
        ("", "", "is empty"),
        ("..", "..", "'..' is not allowed in a path"),
        (".", ".", "'.' is not allowed in a path"),
        ("...", "...", None),
        (None, None, "is NoneType, not text or a number"),
        ([], None, "is list, not text or a number"),
    ],
)
def test_what_may_be_a_segment_of_a_path(value: object, text: str | None, fault: str | None) -> None:
    assert path_text(value) == text
    assert segment_fault(value) == fault
