"""Arguments: every fault at once, each in words for a person, and nothing sent."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic import Field as Constraint

from codegen.package._runtime.errors import ArgumentFault, InvalidRequest
from codegen.package._runtime.messages import NOT_BLANK, URI
from codegen.package._runtime.operation import Field, Operation, Rule
from codegen.package._runtime.request import CallOptions, ClientHeaders, WireRequest, build
from codegen.package._runtime.secret import Credentials
from codegen.package._runtime.values import OneOf
from tests.package._runtime.sample_service import CANARY, CREDITS, DRAW, MAKE, POLL, SEARCH, SERVICE, Strict

HEADERS = ClientHeaders(Credentials(SERVICE, {"api_key": CANARY}, {}), ())


def _build(operation: Operation = MAKE, extra_body: Any = None, **arguments: Any) -> WireRequest:
    options = CallOptions(extra_body=extra_body)
    return build(operation, arguments, options, base_url="https://api.sample.invalid", headers=HEADERS)


def _faults(operation: Operation = MAKE, extra_body: Any = None, **arguments: Any) -> list[str]:
    with pytest.raises(InvalidRequest) as caught:
        _build(operation, extra_body, **arguments)
    return [str(fault) for fault in caught.value.faults]


def _body(operation: Operation = MAKE, extra_body: Any = None, **arguments: Any) -> Any:
    body = _build(operation, extra_body, **arguments).body
    assert body is not None
    return json.loads(body)


class Named(Strict):
    kind: Literal["named"]
    name: Annotated[str, Constraint(min_length=2)]


class Sized(Strict):
    kind: Literal["sized"]
    size: int
    parts: list[Named | int] | None = None


class StyleArguments(Strict):
    style: Named | Sized | None = None


STYLED = DRAW.replace(arguments=StyleArguments, fields=(Field("style", "style"),))


@pytest.mark.parametrize(
    "style, faults",
    [
        ({"kind": "named", "name": "x"}, ["style.name: has 1 characters, below the minimum 2"]),
        ({"kind": "sized", "size": "x"}, ["style.size: 'x' is not a whole number"]),
        (
            {"kind": "sized", "size": 1, "parts": [{"kind": "named", "name": "x"}]},
            ["style.parts[0].name: has 1 characters, below the minimum 2"],
        ),
        (7, ["style: 7 is not an object (dict)"]),
    ],
)
def test_a_value_of_several_forms_has_the_faults_of_the_form_that_it_names(style: object, faults: list[str]) -> None:
    assert _faults(STYLED, style=style) == faults


@pytest.mark.parametrize(
    "arguments, fault",
    [
        ({"prompt": None}, "prompt: is required"),
        ({"prompt": 5}, "prompt: 5 is not text"),
        ({"prompt": ""}, "prompt: has 0 characters, below the minimum 1"),
        ({"prompt": "x" * 21}, "prompt: has 21 characters, above the maximum 20"),
        ({"prompt": "half \ud800"}, "prompt: has half a surrogate pair, which is not a character"),
        ({"duration": 120}, "duration: 120 is above the maximum 95"),
        ({"duration": 4}, "duration: 4 is below the minimum 5"),
        ({"duration": "10"}, "duration: '10' is not a whole number"),
        ({"duration": 7.5}, "duration: 7.5 is not a whole number"),
        ({"duration": True}, "duration: True is not a whole number"),
        ({"resolution": "4k"}, "resolution: '4k' is not one of '720p', '1080p'"),
        (
            {"resolution": "1080P"},
            "resolution: '1080P' is not one of '720p', '1080p'; did you mean '1080p'?",
        ),
        ({"seconds": 7}, "seconds: 7 is not one of 5, 10"),
        ({"audio": "yes"}, "audio: 'yes' is not one of True, False"),
        ({"strength": math.nan}, "strength: nan is not a finite number"),
        ({"strength": -math.inf}, "strength: -inf is not a finite number"),
        ({"strength": "much"}, "strength: 'much' is not a number"),
        ({"images": "one"}, "images: 'one' is not a list"),
        ({"images": []}, "images: has 0 items, below the minimum 1"),
        ({"images": ["a", "b", "c"]}, "images: has more than the maximum of 2 items"),
        ({"images": ["a", 5]}, "images[1]: 5 is not text"),
        ({"images": {1, 2}}, "images: is set, which JSON has no form for"),
        (
            {"images": b"x"},
            "images: is bytes, which JSON has no form for: base64.b64encode(data).decode() is text, for base64",
        ),
        ({"mode": 3}, "mode: 3 is not one of 1, 2"),
        ({"promt": "x"}, "promt: is not known here; did you mean 'prompt'?"),
        ({"mode": 2}, "mask: is required where mode is 2"),
        (
            {"mode": 2, "mask": "m", "resolution": "1080p"},
            "resolution: '1080p' is not allowed where mode is 2: it must be '720p'",
        ),
    ],
)
def test_a_fault_is_said_so_that_a_person_can_mend_it(arguments: Mapping[str, Any], fault: str) -> None:
    assert _faults(**{"prompt": "a cat", **arguments}) == [fault]


def test_all_faults_come_at_once_in_the_order_of_the_parameters() -> None:
    faults = _faults(duration=120, resolution="4k", strength=math.nan, images=[1, 2], mode=2)
    assert [fault.split(":")[0] for fault in faults] == [
        "prompt",
        "duration",
        "resolution",
        "strength",
        "images[0]",
        "images[1]",
        "mask",
    ]


def test_the_message_lists_every_fault_and_never_shows_the_validator() -> None:
    with pytest.raises(InvalidRequest) as caught:
        _build(duration=120, prompt="x" * 500)
    assert str(caught.value) == (
        "make: nothing was sent, the call has 2 faults\n"
        "  prompt: has 500 characters, above the maximum 20\n"
        "  duration: 120 is above the maximum 95"
    )
    assert caught.value.faults[1] == ArgumentFault("duration", "120 is above the maximum 95", "at most 95")
    assert caught.value.__cause__ is None
    assert not isinstance(caught.value.__context__, ValidationError)


def test_a_long_value_is_cut_in_the_message() -> None:
    (fault,) = _faults(prompt="a cat", resolution="x" * 5000)
    assert len(fault) < 200


class _Shape(BaseModel):
    kind: Literal["box", "disc"]
    size: Annotated[int, Constraint(gt=0, multiple_of=2)]


class _Kind(Enum):
    FLAT = "flat"
    ROUND = "round"


class _Rich(Strict):
    shape: _Shape | None = None
    either: int | Literal["auto"] | None = None
    code: Annotated[str, Constraint(pattern=r"^[a-z]+$")] | None = None
    home: Annotated[str, Constraint(pattern=URI)] | None = None
    day: datetime.date | None = None
    moves: list[Annotated[Any, OneOf((1, 2))]] | None = None
    title: Annotated[str, Constraint(pattern=NOT_BLANK)] | None = None
    kind: _Kind | None = None
    style: Named | Sized | _Shape | None = None
    yes: Annotated[Any, OneOf((True,))] | None = None


class _Loose(Strict):
    flag: bool | int | None = None
    code: str | None = None


class _Ruled(_Loose):
    size: int | None = None


RICH = Operation(
    service=SERVICE,
    name="rich",
    method="POST",
    path="/v1/rich",
    kind="query",
    fields=tuple(Field(name, name) for name in _Rich.model_fields),
    arguments=_Rich,
)


@pytest.mark.parametrize(
    "arguments, fault",
    [
        ({"shape": {"kind": "cube", "size": 3}}, ["shape.kind: 'cube' is not one of 'box' or 'disc'"]),
        ({"shape": {"kind": "box"}}, ["shape.size: is required"]),
        ({"shape": {"kind": "box", "size": 0}}, ["shape.size: 0 is not above 0"]),
        ({"shape": {"kind": "box", "size": 3}}, ["shape.size: 3 is not a multiple of 2"]),
        ({"shape": 5}, ["shape: 5 is not an object (dict)"]),
        ({"either": "ato"}, ["either: 'ato' is not 'auto', the only value there is"]),
        ({"either": 1.5}, ["either: 1.5 is neither a whole number nor 'auto'"]),
        ({"code": "A1"}, ["code: 'A1' does not match the pattern ^[a-z]+$"]),
        ({"home": "a.png"}, ["home: 'a.png' is not a URL: it needs https:// or another scheme, and %20 for a space"]),
        (
            {"home": "x://a b"},
            ["home: 'x://a b' is not a URL: it needs https:// or another scheme, and %20 for a space"],
        ),
        ({"day": "tomorrow"}, ["day: 'tomorrow' is not valid"]),
        ({"moves": [1, 7]}, ["moves[1]: 7 is not one of 1, 2"]),
        ({"moves": [1, True]}, ["moves[1]: True is not one of 1, 2"]),
        ({"yes": 1}, ["yes: 1 is not True, the only value there is"]),
        ({"title": " "}, ["title: ' ' has nothing but spaces"]),
        ({"kind": "flt"}, ["kind: 'flt' is not one of 'flat', 'round'; did you mean 'flat'?"]),
        (
            {"style": {"size": 3.5}},
            ["style: fits none of its forms: kind is required and name is required"],
        ),
    ],
)
def test_faults_inside_objects_lists_and_unions(arguments: Mapping[str, Any], fault: list[str]) -> None:
    found = _faults(RICH, **arguments)
    assert [text[: len(expected)] for text, expected in zip(found, fault, strict=False)][: len(fault)] == fault


class _Move(IntEnum):
    LEFT = 1


class _Resolution(Enum):
    HIGH = "1080p"


@pytest.mark.parametrize(
    "arguments, sent",
    [
        ({"seconds": 5}, {"seconds": "5s"}),
        ({"seconds": 5.0}, {"seconds": "5s"}),
        ({"seconds": "5s"}, {"seconds": "5s"}),
        ({"audio": True}, {"with-audio": "True"}),
        ({"audio": "False"}, {"with-audio": "False"}),
        ({"strength": 1}, {"strength": 1}),
        ({"images": ("a", "b")}, {"images": ["a", "b"]}),
        ({"mode": _Move.LEFT}, {"mode": 1}),
        ({"resolution": _Resolution.HIGH}, {"resolution": "1080p"}),
        ({"mask": "héllo ☃ 😀"}, {"mask_url": "héllo ☃ 😀"}),
        ({"duration": None}, {}),
    ],
)
def test_natural_values_go_in_the_form_the_service_takes(arguments: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
    assert _body(prompt="a cat", **arguments) == {"data": {"prompt": "a cat", **sent}}


def test_text_goes_as_utf_8_and_is_not_escaped() -> None:
    assert _build(prompt="héllo ☃ 😀").body == '{"data":{"prompt":"héllo ☃ 😀"}}'.encode()


def test_a_date_goes_as_text() -> None:
    assert _body(RICH, day=datetime.date(2026, 5, 1)) == {"day": "2026-05-01"}


def test_a_call_without_arguments_has_an_empty_body() -> None:
    assert _body(RICH) == {}
    assert _body(RICH.replace(body_at="/data")) == {}
    assert _build(CREDITS).body is None


def test_true_is_not_one_in_a_rule() -> None:
    rule = Rule(when={"flag": (1,)}, required=("code",))
    operation = RICH.replace(arguments=_Loose, fields=(Field("flag", "flag"), Field("code", "code")), rules=(rule,))
    assert _body(operation, flag=True) == {"flag": True}
    assert _faults(operation, flag=1) == ["code: is required where flag is 1"]


def test_of_several_parameters_one_has_to_be_given() -> None:
    fields = (Field("flag", "flag"), Field("code", "code"))
    operation = RICH.replace(arguments=_Loose, fields=fields, rules=(Rule(when={}, any_of=("flag", "code")),))
    assert _faults(operation) == ["flag: is missing: give flag or code"]
    assert _body(operation, code="a") == {"code": "a"}
    assert _body(operation, flag=True, code="a") == {"flag": True, "code": "a"}


def test_a_rule_of_a_body_holds_where_something_of_the_body_is_given_extra_body_included() -> None:
    fields = (Field("flag", "flag"), Field("code", "code"))
    rule = Rule(when={}, beside=("flag",), required=("code",))
    operation = RICH.replace(arguments=_Loose, fields=fields, rules=(rule,))
    assert _body(operation) == {}
    assert _faults(operation, flag=True) == ["code: is required where a body is sent"]
    assert _faults(operation, {"flag": True}) == ["code: is required where a body is sent"]
    assert _body(operation, {"flag": True, "code": "a"}) == {"flag": True, "code": "a"}


@pytest.mark.parametrize(
    "given, is_required",
    [
        ({"flag": True, "code": "a"}, True),
        ({"flag": True}, False),
        ({"code": "a"}, False),
        ({"flag": False, "code": "a"}, False),
        ({"flag": True, "code": "b"}, True),
        ({}, False),
    ],
)
def test_a_rule_holds_where_all_its_conditions_do(given: Mapping[str, Any], is_required: bool) -> None:
    rule = Rule(when={"flag": (True,), "code": ()}, required=("size",))
    fields = tuple(Field(name, name) for name in _Ruled.model_fields)
    operation = RICH.replace(arguments=_Ruled, fields=fields, rules=(rule,))
    if is_required:
        assert _faults(operation, **given) == ["size: is required where flag is True and code is given"]
    else:
        assert _body(operation, **given) == given
    assert _body(operation, size=1, **given) == {**given, "size": 1}


@pytest.mark.parametrize(
    "operation, extra, body",
    [
        (DRAW, {"style": "ink"}, {"prompt": "a cat", "style": "ink"}),
        (DRAW, {"prompt": None}, {"prompt": None}),
        (MAKE, {"style": "ink"}, {"data": {"prompt": "a cat", "style": "ink"}}),
        (MAKE, {"data": {"style": "ink"}}, {"data": {"prompt": "a cat", "style": "ink"}}),
        (MAKE, {"data": {"duration": 900}}, {"data": {"prompt": "a cat", "duration": 900}}),
        (MAKE, {"data": "text"}, {"data": {"prompt": "a cat", "data": "text"}}),
    ],
)
def test_extra_body_merges_into_the_object_of_the_parameters(operation: Operation, extra: Any, body: Any) -> None:
    assert _body(operation, extra, prompt="a cat") == body


def test_extra_body_merges_objects_deep() -> None:
    shape = {"kind": "box", "size": 2}
    assert _body(RICH, {"shape": {"size": 9, "edge": {"soft": True}}}, shape=shape) == {
        "shape": {"kind": "box", "size": 9, "edge": {"soft": True}}
    }


def test_a_required_parameter_that_extra_body_supplies_is_not_missing() -> None:
    assert _body(extra_body={"data": {"prompt": 5}}) == {"data": {"prompt": 5}}
    assert _body(extra_body={"mask_url": "m"}, prompt="a cat", mode=2)["data"]["mask_url"] == "m"


@pytest.mark.parametrize(
    "extra, fault",
    [
        ("text", "extra_body: is str, not a mapping"),
        ({"a": math.nan}, "extra_body: nan is not a finite number"),
        ({"a": object()}, "extra_body: is object, which JSON has no form for"),
        ({1: "a"}, "extra_body: has a key that is not text"),
    ],
)
def test_extra_body_that_json_cannot_carry_is_refused(extra: Any, fault: str) -> None:
    assert _faults(extra_body=extra, prompt="a cat") == [fault]


def _loops() -> tuple[Any, Any]:
    sequence: list[Any] = []
    sequence.append(sequence)
    mapping: dict[str, Any] = {}
    mapping["a"] = mapping
    return sequence, mapping


@pytest.mark.parametrize("loop", _loops(), ids=["list", "object"])
def test_what_holds_itself_is_refused(loop: Any) -> None:
    assert _faults(prompt="a cat", images=loop) == ["images: is nested more than 64 levels deep"]


def test_extra_body_where_there_is_no_body_is_refused() -> None:
    assert _faults(CREDITS, extra_body={"a": 1}) == ["extra_body: this operation sends no body"]


@pytest.mark.parametrize("timeout", [0, -1, math.inf, math.nan, True, "5"])
def test_a_timeout_is_a_number_of_seconds_above_zero(timeout: Any) -> None:
    with pytest.raises(InvalidRequest, match="timeout: "):
        build(MAKE, {"prompt": "a cat"}, CallOptions(timeout=timeout), base_url="https://a.invalid", headers=HEADERS)


@pytest.mark.parametrize(
    "task_id, segment",
    [
        ("t-1", "t-1"),
        ("a/../b", "a%2F..%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2e%2e", "%252e%252e"),
        ("{task_id}", "%7Btask_id%7D"),
        ("a b\r\n", "a%20b%0D%0A"),
        ("☃", "%E2%98%83"),
        ("...", "..."),
    ],
)
def test_a_path_parameter_is_one_segment_whatever_it_holds(task_id: str, segment: str) -> None:
    assert _build(POLL, task_id=task_id).url == f"https://api.sample.invalid/v1/tasks/{segment}"


@pytest.mark.parametrize(
    "task_id, fault",
    [
        ("", "task_id: is empty"),
        (".", "task_id: '.' is not allowed in a path"),
        ("..", "task_id: '..' is not allowed in a path"),
        (None, "task_id: is required"),
    ],
)
def test_a_path_parameter_that_leads_elsewhere_is_refused(task_id: str | None, fault: str) -> None:
    assert _faults(POLL, task_id=task_id) == [fault]


@given(st.text(min_size=1).filter(lambda text: text not in {".", ".."}))
def test_no_text_leaves_its_path_segment(task_id: str) -> None:
    try:
        url = _build(POLL, task_id=task_id).url
    except InvalidRequest:
        return
    assert url.startswith("https://api.sample.invalid/v1/tasks/")
    segment = url.rsplit("/v1/tasks/", 1)[1]
    assert set(segment) <= set("%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def test_a_path_parameter_goes_where_its_name_on_the_wire_stands() -> None:
    operation = POLL.replace(path="/v1/tasks/{taskId}", fields=(Field("task_id", "taskId", "path"),))
    assert _build(operation, task_id="t-1").url == "https://api.sample.invalid/v1/tasks/t-1"


def test_a_header_parameter_is_sent_as_it_is_and_only_where_it_is_given() -> None:
    sent = [(name, value.reveal()) for name, value in _build(SEARCH, query="x", language="en").headers.items()]
    assert ("X-Language", "en") in sent
    assert "X-Language" not in dict(_build(SEARCH, query="x").headers.items())


def test_query_parameters_are_encoded_and_lists_repeated() -> None:
    url = _build(SEARCH, query="a&b=c d", limit=5, tags=["x", "y/z"]).url
    assert url == "https://api.sample.invalid/v1/search?q=a%26b%3Dc%20d&limit=5&tag=x&tag=y%2Fz"


@pytest.mark.parametrize(
    "language, problem",
    [
        ("en\r\nX-Evil: 1", "has a line break"),
        ("en\n", "has a line break"),
        ("日本", "has a character that a header cannot carry"),
        ("e\x00n", "has a character that a header cannot carry"),
        (" en", "has a character that a header cannot carry, or a space at an end"),
    ],
)
def test_a_header_value_that_breaks_the_request_is_refused(language: str, problem: str) -> None:
    (fault,) = _faults(SEARCH, query="x", language=language)
    assert fault.startswith(f"language: {problem}")


@pytest.mark.parametrize(
    "extra, fault",
    [
        ({"X-Trace": "a\r\nb"}, "extra_headers['X-Trace']: has a line break"),
        ({"X Trace": "a"}, "extra_headers['X Trace']: is not the name of a header"),
        ({"X-Trace\r\n": "a"}, "extra_headers['X-Trace\\r\\n']: is not the name of a header"),
        ({"X-Trace": 5}, "extra_headers['X-Trace']: is int, not text"),
        ({"x-api-key": "k"}, "extra_headers['x-api-key']: carries the key: give it to the constructor instead"),
        ({"Host": "evil.invalid"}, "extra_headers['Host']: is set by the transport alone"),
        ({"Transfer-Encoding": "chunked"}, "extra_headers['Transfer-Encoding']: is set by the transport alone"),
        ("X-Trace: a", "extra_headers: is str, not a mapping of names to text"),
    ],
)
def test_extra_headers_that_break_the_request_or_the_key_are_refused(extra: Any, fault: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        build(CREDITS, {}, CallOptions(extra_headers=extra), base_url="https://a.invalid", headers=HEADERS)
    assert [str(found) for found in caught.value.faults] == [fault]


class Move(IntEnum):
    ORBIT = 5
    PAN_LEFT = 7


NAMED = MAKE.replace(fields=tuple(one.replace(names=Move) if one.name == "duration" else one for one in MAKE.fields))


@pytest.mark.parametrize("name", ["pan_left", "Pan left", "PAN-LEFT", " pan  left", Move.PAN_LEFT])
def test_a_name_stands_for_its_number(name: str) -> None:
    body = _build(NAMED, prompt="a", duration=name).body
    assert body is not None
    assert json.loads(body)["data"]["duration"] == 7


def test_a_name_that_there_is_not_is_one_fault_that_lists_the_names() -> None:
    fault = (
        "duration: 'pan_lift' is not one of 'orbit', 'pan_left'; did you mean 'pan_left'?; a number is possible as well"
    )
    assert _faults(NAMED, prompt="a", duration="pan_lift") == [fault]
