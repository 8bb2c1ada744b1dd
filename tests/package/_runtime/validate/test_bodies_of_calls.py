"""The body of a call of each kind: its bytes and media type, and what it cannot carry. The files in it are checked."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import ConfigDict, create_model
from pydantic import Field as Constraint

from codegen.package._runtime.operation import JSON, Body, Field, Operation
from codegen.package._runtime.request import CallOptions, ClientHeaders, WireRequest, build, call_faults
from codegen.package._runtime.secret import Credentials, Secret
from tests.package._runtime.sample_service import CANARY, SEARCH, SERVICE

TEXT = Body("text", "text/plain")
BYTES = Body("bytes", "application/octet-stream")
FORM = Body("form", "application/x-www-form-urlencoded")
MULTIPART = Body("multipart", "multipart/form-data")
WHOLE = Field("body", "body", "whole")


def operation(*fields: Field, body: Body = JSON, **types: Any) -> Operation:
    """Return an operation with these parameters. `types` has those that are not of any type, or are required."""
    parameters = {field.name: types.get(field.name, (Any, None)) for field in fields}
    model = create_model("Arguments", __config__=ConfigDict(extra="forbid", strict=True), **parameters)
    return Operation(SERVICE, "send", "POST", "/v1/send", "query", fields, model, body=body)


def request(operation: Operation, **arguments: Any) -> WireRequest:
    """Return the request of a call. `extra` is its `extra_body`, `key` its key."""
    options = CallOptions(extra_body=arguments.pop("extra", None), key=arguments.pop("key", None))
    headers = ClientHeaders(Credentials(SERVICE, {"api_key": CANARY}, {}), ())
    return build(operation, arguments, options, base_url="https://api.sample.invalid", headers=headers)


def header(request: WireRequest, name: str) -> str | None:
    """Return a header of a request."""
    return next((value.reveal() for key, value in request.headers.items() if key == name), None)


def faults(operation: Operation, **arguments: Any) -> list[tuple[str, str]]:
    """Return what is wrong with a call. `extra` is its `extra_body`."""
    options = CallOptions(extra_body=arguments.pop("extra", None))
    return [(fault.parameter, fault.problem) for fault in call_faults(operation, arguments, options)]


@pytest.mark.parametrize(
    "body, value, content, media",
    [
        (TEXT, "é", "é".encode(), "text/plain; charset=utf-8"),
        (Body("text", "text/plain; charset=latin-1"), "é", b"\xe9", "text/plain; charset=latin-1"),
        (Body("text", "text/plain; charset=unheard-of"), "é", "é".encode(), None),
        (BYTES, b"\x00\xff", b"\x00\xff", "application/octet-stream"),
        (Body("bytes", "image/*"), ("a.png", b"1"), b"1", "image/png"),
        (Body("bytes", "*/*"), b"1", b"1", "application/octet-stream"),
        (JSON, [1, "é"], '[1,"é"]'.encode(), "application/json"),
        (JSON, None, None, None),
    ],
)
def test_a_body_that_is_one_value_is_written_by_its_kind(
    body: Body, value: Any, content: bytes | None, media: str | None
) -> None:
    call = operation(Field("body", "body", "whole", is_file=body.kind == "bytes"), body=body)
    sent = request(call, body=value)
    assert sent.body == content
    assert header(sent, "Content-Type") == (media or (f"{body.media}; charset=utf-8" if content else None))


@pytest.mark.parametrize(
    "body, value, problem",
    [
        (Body("text", "text/plain; charset=latin-1"), "€", ("body", "has '€', which text/plain; charset=latin-1")),
        (Body("bytes", "image/*"), b"1", ("body", "is of no known media type, and the service takes image/*")),
        (Body("bytes", "image/*"), ("a.mp3", b"1"), ("body", "is of no known media type, and the service")),
        (FORM, None, ("body", "is or has null, for which there is no text in a form")),
    ],
)
def test_what_a_body_cannot_carry_is_refused(body: Body, value: Any, problem: tuple[str, str]) -> None:
    field = Field("body", "body", "whole", is_file=body.kind == "bytes", nullable=body.kind == "form")
    ((name, words),) = faults(operation(field, body=body), body=value)
    assert name == problem[0]
    assert words.startswith(problem[1])


def test_extra_body_is_merged_into_a_body_that_is_one_object() -> None:
    call = operation(WHOLE)
    assert json.loads(request(call, body={"a": {"b": 1}}, extra={"a": {"c": 2}}).body or b"") == {"a": {"b": 1, "c": 2}}
    assert request(call, extra={"a": 1}).body == b'{"a":1}'
    assert faults(call, body=[1], extra={"a": 1}) == [("extra_body", "is merged into an object, and the body is list")]


CHOICE = Field("content_type", "Content-Type", "header", content="choice")


@pytest.mark.parametrize(
    "media, content",
    [
        ("application/x-www-form-urlencoded", b"a=1"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"a=1"),
        ("application/merge-patch+json", b'{"a":1}'),
    ],
)
def test_a_body_of_several_media_types_is_written_as_the_one_that_is_chosen(media: str, content: bytes) -> None:
    choice = Field("media", "media", "whole", content="choice")
    sent = request(operation(WHOLE, choice), body={"a": 1}, media=media)
    assert (sent.body, header(sent, "Content-Type")) == (content, media)


def test_a_multipart_body_names_its_boundary() -> None:
    sent = request(operation(WHOLE, Field("m", "m", "whole", content="choice")), body={"a": 1}, m="multipart/form-data")
    mark = (header(sent, "Content-Type") or "").removeprefix("multipart/form-data; boundary=")
    assert (sent.body or b"").decode().startswith(f'--{mark}\r\nContent-Disposition: form-data; name="a"')


@pytest.mark.parametrize("body", [FORM, MULTIPART, JSON])
@pytest.mark.parametrize("may_be_missing", [True, False])
def test_a_body_of_fields_that_may_be_missing_is_not_sent_without_one(body: Body, may_be_missing: bool) -> None:
    sent = request(operation(Field("a", "a"), body=body.replace(may_be_missing=may_be_missing)))
    assert (sent.body is None) is may_be_missing
    assert (header(sent, "Content-Type") is None) is may_be_missing


@pytest.mark.parametrize("body", [FORM, MULTIPART])
def test_a_required_field_of_a_form_is_not_empty_and_no_field_is_null(body: Body) -> None:
    call = operation(Field("a", "a"), Field("b", "b", nullable=True), body=body, a=(list[int], ...))
    assert faults(call, a=[], b=None) == [("a", "is required, and nothing is sent for an empty value")]
    assert faults(call, a=[1], b=None) == [("b", "is or has null, for which there is no text in a form")]
    assert faults(call, a=[1]) == []


def test_a_required_parameter_of_a_query_is_not_empty() -> None:
    fields = (Field("a", "a", "query"), Field("b", "b", "query"))
    call = operation(*fields, a=(list[int], ...), b=(list[int], None))
    assert faults(call, a=[], b=[]) == [("a", "is required, and nothing is sent for an empty value")]
    assert faults(call, a=[1], b=[]) == []


def test_a_part_of_a_path_is_required() -> None:
    call = operation(Field("id", "id", "path")).replace(path="/v1/{id}")
    assert faults(call) == [("id", "is required")]
    assert request(call, id="a/b").url == "https://api.sample.invalid/v1/a%2Fb"


BETWEEN: list[tuple[Field, Any, str]] = [
    (Field("a", "a", "query", style="spaceDelimited", explode=False), ["x y"], "a space"),
    (Field("a", "a", "query", style="pipeDelimited", explode=False), {"x|y": 1}, "'|'"),
    (Field("a", "a", "query", explode=False, allow_reserved=True), ["x,y"], "a comma"),
    (Field("a", "a", "header"), ["x,y"], "a comma"),
    (Field("a", "a", "path", style="label", explode=True), ["x.y"], "a dot"),
]


@pytest.mark.parametrize("field, value, word", BETWEEN)
def test_an_item_without_what_stands_between_items_alone_is_sent(field: Field, value: Any, word: str) -> None:
    call = operation(field).replace(path="/v1/{a}" if field.location == "path" else "/v1")
    problem = f"has an item with {word}, which stands between the items of a {field.location}"
    assert faults(call, a=value) == [("a", problem)]
    assert faults(call, a=["x"]) == []


def test_an_item_of_a_form_has_nothing_that_stands_between_items() -> None:
    call = operation(Field("a", "a", style="pipeDelimited", explode=False), body=FORM)
    assert faults(call, a=["x|y"]) == [("a", "has an item with '|', which stands between the items of a form")]
    assert faults(call, a=["x"]) == []


@pytest.mark.parametrize("location", ["query", "path", "header", "cookie"])
def test_null_has_no_text_outside_a_body(location: Any) -> None:
    call = operation(Field("a", "a", location)).replace(path="/v1/{a}" if location == "path" else "/v1")
    assert faults(call, a=[1, None]) == [("a", f"is or has null, for which there is no text in a {location}")]


@pytest.mark.parametrize("wrap", [lambda inner: inner, lambda inner: [[inner]]], ids=["null", "nested"])
def test_a_deep_object_has_no_null_at_any_depth(wrap: Any) -> None:
    call = operation(Field("a", "a", "query", style="deepObject"))
    assert [name for name, _ in faults(call, a={"b": wrap(None)})] == ["a"]


def test_the_same_key_is_the_same_idempotency_key_in_every_process_and_every_other_call_has_its_own() -> None:
    call = operation(WHOLE).replace(idempotency_header="Idempotency-Key")
    keys = [header(request(call, key=key), "Idempotency-Key") for key in ("scene-17", "scene-18", None, None)]
    assert keys[0] == "ed350717-d83f-5411-b636-9c0a22a7f0f5"
    assert len(set(keys)) == 4
    other = call.replace(name="other")
    assert header(request(other, key="scene-17"), "Idempotency-Key") not in keys


@pytest.mark.parametrize(
    "url, target",
    [
        ("https://a.invalid/b", "https://a.invalid/b?key=s"),
        ("https://a.invalid/b?c=1", "https://a.invalid/b?c=1&key=s"),
    ],
)
def test_a_key_in_the_query_is_sent_and_shown_to_nobody(url: str, target: str) -> None:
    plain = WireRequest("GET", url, request(operation()).headers, None)
    sent = WireRequest("GET", url, plain.headers, None, key=Secret("key=s"))
    assert (sent.target, plain.target) == (target, url)
    assert "key=s" not in repr(sent)
    assert sent.digest == plain.digest


# Files.

FILE = Field("file", "file", is_file=True)
FILE_OR_TEXT = Field("file", "file", is_file=True, takes_text=True)


def test_a_file_that_is_not_there_or_is_none_is_refused(tmp_path: Path) -> None:
    call, either = (operation(field, body=MULTIPART) for field in (FILE, FILE_OR_TEXT))
    gone = tmp_path / "gone.png"
    assert faults(call, file=gone) == [("file", f"no such file: {str(gone)!r}")]
    assert faults(call, file=[b"1", gone]) == [("file", f"no such file: {str(gone)!r}")]
    assert faults(call, file="a.png") == [("file", "is not a file: text may be a path or the content")]
    assert faults(call, file=7) == [("file", "is not a file")]
    assert faults(either, file=7) == [("file", "is not a file")]
    assert faults(either, file=["a text", b"1"]) == []


@pytest.mark.parametrize(
    "value, contents",
    [
        (b"1", [b"1"]),
        ([b"1", b"2"], [b"1", b"2"]),
        ((b"1", b"2"), [b"1", b"2"]),
        (("a.png", b"1"), [b"1"]),
        (("a.png", b"1", "image/png"), [b"1"]),
        ([("a.png", b"1"), b"2"], [b"1", b"2"]),
    ],
)
def test_a_list_or_tuple_is_of_files_but_for_a_name_with_its_content(value: Any, contents: list[bytes]) -> None:
    body = request(operation(FILE, body=MULTIPART), file=value).body or b""
    assert [part.partition(b"\r\n\r\n")[2][:1] for part in body.split(b"Content-Disposition")[1:]] == contents


def test_the_number_of_files_is_checked_and_their_content_is_not() -> None:
    call = operation(FILE, body=MULTIPART, file=(Annotated[list[Any], Constraint(max_length=1)], ...))
    assert faults(call, file=[b"1"]) == []
    assert [name for name, _ in faults(call, file=[b"1", b"2"])] == ["file"]
    assert faults(call) == [("file", "is required")]


class Awaited(io.BytesIO):
    async def read(self) -> bytes:  # type: ignore[override]
        """Return what only `await` gives."""
        return b"1"


class Odd(io.BytesIO):
    def read(self, size: int | None = -1) -> Any:
        """Return what is not bytes."""
        return 7


@pytest.mark.parametrize(
    "file, problem",
    [
        (Awaited(), "is a file that is read with await: give the bytes of it"),
        (io.StringIO("1"), "is a file that is open as text: open it with the mode 'rb'"),
        (Odd(), "is a file whose read() gives int, not bytes"),
    ],
)
def test_a_file_that_gives_no_bytes_is_refused_before_anything_is_sent(file: Any, problem: str) -> None:
    assert faults(operation(FILE, body=MULTIPART), file=file) == [("file", problem)]


def test_a_closed_file_is_refused() -> None:
    file = io.BytesIO(b"1")
    file.close()
    ((name, problem),) = faults(operation(FILE, body=MULTIPART), file=file)
    assert (name, problem.partition(":")[0]) == ("file", "cannot be read")


# Values that the schema takes only as numbers, and URLs of files.


@pytest.mark.parametrize(
    "value, kind, content",
    [
        (Decimal("2.50"), float, b"2.5"),
        (Decimal("3"), int, b"3"),
        (Decimal("3.0"), float, b"3"),
        (Decimal("2.50"), str, b'"2.50"'),
        ([Decimal("1"), Decimal("0.5")], list[float], b"[1,0.5]"),
        ({"a": Decimal("1.5")}, dict[str, float], b'{"a":1.5}'),
    ],
)
def test_a_decimal_is_a_number_where_the_schema_takes_no_text(value: Any, kind: Any, content: bytes) -> None:
    call = operation(Field("a", "a"), a=(kind, ...))
    assert request(call, a=value).body == b'{"a":%s}' % content


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("0.1234567890123456789")])
def test_a_decimal_that_no_float_holds_is_refused(value: Decimal) -> None:
    ((name, problem),) = faults(operation(Field("a", "a"), a=(float, ...)), a=value)
    assert name == "a"
    assert str(value) in problem


@pytest.mark.parametrize(
    "value, places",
    [
        ("https://a.invalid/1.png", []),
        ("HTTP://a.invalid/1.png", []),
        ("C:\\cat.png", ["image"]),
        ("data:image/png;base64,AA==", ["image"]),
        (["https://a.invalid/1.png", "cat.png"], ["image[1]"]),
    ],
)
def test_the_url_of_a_file_is_one_from_which_the_service_can_fetch_it(value: Any, places: list[str]) -> None:
    found = faults(operation(Field("image", "image", media={})), image=value)
    assert [name for name, _ in found] == places
    assert all("is not a URL from which the service can fetch a file" in problem for _, problem in found)


def test_what_a_call_without_a_model_is_given_is_not_known() -> None:
    assert faults(SEARCH.replace(arguments=None, fields=(Field("limit", "limit", "query"),)), limt=1) == [
        ("limt", "is not known here; did you mean 'limit'?")
    ]
