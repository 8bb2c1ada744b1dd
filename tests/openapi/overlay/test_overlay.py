"""The overlay engine: what each action does, and what it refuses."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.faults import Fault, InputFault
from codegen.openapi.overlay import OverlaySource, apply, merge


def overlay(*actions: Any) -> dict[str, Any]:
    return {"overlay": "1.0.0", "info": {"title": "Test", "version": "1"}, "actions": list(actions)}


def document() -> dict[str, Any]:
    return {
        "info": {"title": "Shapes", "version": "1"},
        "servers": [{"url": "https://a.example"}, {"url": "https://b.example"}],
        "paths": {"/a": {"get": {"tags": ["x"], "summary": "A"}}, "/b": {"get": {"tags": ["y"]}, "post": {}}},
    }


def faults(*actions: Any, on: dict[str, Any] | None = None) -> list[str]:
    with pytest.raises(InputFault) as caught:
        apply(document() if on is None else on, overlay(*actions), "shapes.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_update_merges_objects_recursively_and_keeps_what_it_does_not_name() -> None:
    done = apply(document(), overlay({"target": "$", "update": {"info": {"title": "New", "x-a": {"b": 1}}}}), "o")
    assert done["info"] == {"title": "New", "version": "1", "x-a": {"b": 1}}
    assert done["paths"] == document()["paths"]


def test_a_target_that_matches_nothing_is_named_with_the_nearest_name_that_is_there() -> None:
    renamed = {"paths": {"/draw": {"post": {"operationId": "brush-v3-1"}}}}
    rows = faults({"target": "$.paths.*[?@.operationId == 'brush-v3-0']", "update": {"x-a": 1}}, on=renamed)
    assert "matches nothing: there is no 'brush-v3-0', and 'brush-v3-1' is nearest; " in rows[0]
    rows = faults({"target": "$.paths['/drawn'].post", "update": {"x-a": 1}}, on=renamed)
    assert "there is no '/drawn', and '/draw' is nearest; " in rows[0]


def test_a_name_that_another_target_has_is_not_offered_for_one_that_is_gone() -> None:
    left = {"paths": {"/draw": {"post": {"operationId": "brush-v2-6"}}}}
    actions = [
        {"target": f"$.paths.*[?@.operationId == '{name}']", "update": {"operationId": f"{name} in Python"}}
        for name in ("brush-v2-6", "brush-v2-5")
    ]
    (rows,) = faults(*actions, on=left)
    assert "nearest" not in rows


def test_update_inside_an_object_appends_to_arrays() -> None:
    done = apply(document(), overlay({"target": "$.paths['/a'].get", "update": {"tags": ["z", "w"]}}), "o")
    assert done["paths"]["/a"]["get"]["tags"] == ["x", "z", "w"]


def test_update_of_an_array_appends_one_entry() -> None:
    done = apply(document(), overlay({"target": "$.servers", "update": {"url": "https://c.example"}}), "o")
    assert [server["url"] for server in done["servers"]][2:] == ["https://c.example"]


def test_update_of_an_array_with_an_array_concatenates() -> None:
    done = apply(document(), overlay({"target": "$.paths['/b'].get.tags", "update": ["z", "w"]}), "o")
    assert done["paths"]["/b"]["get"]["tags"] == ["y", "z", "w"]


def test_update_reaches_every_node_the_target_selects_and_shares_nothing_between_them() -> None:
    done = apply(document(), overlay({"target": "$.paths.*.get", "update": {"x-a": {"b": []}}}), "o")
    first, second = done["paths"]["/a"]["get"]["x-a"], done["paths"]["/b"]["get"]["x-a"]
    assert first == second == {"b": []}
    assert first is not second
    assert first["b"] is not second["b"]


def test_a_node_selected_twice_is_updated_once() -> None:
    done = apply(document(), overlay({"target": "$.paths['/a','/a'].get.tags", "update": "z"}), "o")
    assert done["paths"]["/a"]["get"]["tags"] == ["x", "z"]


def test_remove_takes_a_node_out_of_its_object() -> None:
    done = apply(document(), overlay({"target": "$.paths['/b'].post", "remove": True}), "o")
    assert list(done["paths"]["/b"]) == ["get"]


def test_remove_takes_several_entries_out_of_one_array() -> None:
    spec = {"list": [{"n": 0}, {"n": 1}, {"n": 2}, {"n": 3}]}
    done = apply(spec, overlay({"target": "$.list[?@.n < 1 || @.n > 2]", "remove": True}), "o")
    assert done == {"list": [{"n": 1}, {"n": 2}]}


def test_remove_takes_a_parent_and_its_child_in_one_action() -> None:
    spec = {"a": {"b": {"b": {"c": 1}}}, "d": 1}
    assert apply(spec, overlay({"target": "$..b", "remove": True}), "o") == {"a": {}, "d": 1}


def test_remove_wins_over_update() -> None:
    done = apply(document(), overlay({"target": "$.servers", "update": {"url": "https://c"}, "remove": True}), "o")
    assert "servers" not in done


def test_actions_run_in_order_each_on_the_result_of_the_one_before() -> None:
    replace = ({"target": "$.servers", "remove": True}, {"target": "$", "update": {"servers": [{"url": "https://c"}]}})
    assert apply(document(), overlay(*replace), "o")["servers"] == [{"url": "https://c"}]
    assert faults(*reversed((*replace, {"target": "$.servers[0].nothing", "remove": True})))


def test_the_inputs_are_left_as_they_were() -> None:
    spec, changes = document(), overlay({"target": "$.paths.*", "update": {"get": {"tags": ["q"]}}})
    spec_before, changes_before = deepcopy(spec), deepcopy(changes)
    done = apply(spec, changes, "o")
    done["paths"]["/a"]["get"]["tags"].append("later")
    assert (spec, changes) == (spec_before, changes_before)


def test_x_keys_are_allowed_everywhere_in_an_overlay() -> None:
    changes = overlay({"target": "$.info", "update": {"x": 1}, "x-why": "because"})
    changes["x-root"] = changes["info"]["x-info"] = 1
    assert apply(document(), changes, "o")["info"]["x"] == 1


def test_every_action_that_matches_nothing_is_reported_with_its_index_and_target() -> None:
    rows = faults(
        {"target": "$.nowhere", "update": {"a": 1}},
        {"target": "$.info", "update": {"a": 1}},
        {"target": "$.paths['/c'].get", "remove": True},
    )
    assert [line.split(";")[0] for line in rows] == [
        "shapes.yaml: /actions/0: target '$.nowhere' matches nothing",
        "shapes.yaml: /actions/2: target \"$.paths['/c'].get\" matches nothing",
    ]


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        ({"target": "$.info", "remove": False}, "has nothing to do"),
        ({"target": "$.info"}, "has nothing to do"),
        ({"target": "$.info", "remove": "yes"}, "remove 'yes' is not a boolean"),
        ({"target": "$.info", "updates": {}, "update": {}}, "unknown key 'updates'"),
        ({"target": 7, "update": {}}, "target 7 is not text"),
        ({"update": {}}, "target None is not text"),
        ({"target": "$.info", "update": {}, "description": []}, "description is not text"),
        ("$.info", "is not an action"),
        ({"target": "", "update": {}}, "is not an RFC 9535 JSONPath"),
        ({"target": "info", "update": {}}, "is not an RFC 9535 JSONPath"),
        ({"target": "$.a[", "update": {}}, "is not an RFC 9535 JSONPath"),
        ({"target": "$.a | $.b", "update": {}}, "is not an RFC 9535 JSONPath"),
        ({"target": "$.a[?@.b =~ /c/]", "update": {}}, "is not an RFC 9535 JSONPath"),
        ({"target": "$" + "[?@" * 3000, "update": {}}, "is longer than 1000 characters"),
        ({"target": "$" + "[?@" * 300, "update": {}}, "is not an RFC 9535 JSONPath"),
        ({"target": "$..[?$..a == 1]", "update": {}}, "begins again at $ in a filter"),
        ({"target": "$", "remove": True}, "would remove the whole document"),
        ({"target": "$.info.title", "update": "New"}, "plain value, which cannot be updated in place"),
        ({"target": "$.info", "update": "New"}, "matches an object, but the update is a value"),
        ({"target": "$.info", "update": [1]}, "matches an object, but the update is an array"),
        ({"target": "$", "update": {"info": {"title": {"en": "New"}}}}, "has a value at /info/title"),
        (
            {"target": "$", "update": {"servers": {"url": "x"}}},
            "has an array at /servers",
        ),
        ({"target": "$['info','servers']", "update": {"a": 1}}, "nodes of different kinds"),
    ],
)
def test_a_wrong_action_is_a_fault_that_names_the_action(action: Any, problem: str) -> None:
    (line,) = faults(action)
    assert line.startswith("shapes.yaml: /actions/0: ")
    assert problem in line


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        ({"overlay": "1.1.0"}, "/overlay", "is not Overlay 1.0"),
        ({"overlay": 1.0}, "/overlay", "is not Overlay 1.0"),
        ({"info": None}, "/info", "is missing or not an object"),
        ({"info": {"title": "T"}}, "/info/version", "is missing or not text"),
        ({"info": {"title": "T", "version": "1", "licence": "x"}}, "/info", "unknown key 'licence'"),
        ({"extends": 3}, "/extends", "is not text"),
        ({"action": []}, "", "unknown key 'action'"),
        ({"actions": []}, "/actions", "not a list of actions"),
        ({"actions": {"target": "$"}}, "/actions", "not a list of actions"),
        ({"actions": [{"target": "$.info", "update": {}}] * 2}, "/actions/1", "repeats action 0"),
    ],
)
def test_a_wrong_overlay_is_a_fault(change: dict[str, Any], place: str, problem: str) -> None:
    with pytest.raises(InputFault) as caught:
        apply(document(), overlay({"target": "$.info", "update": {"a": 1}}) | change, "shapes.yaml")
    (fault,) = caught.value.faults
    assert fault.place == place
    assert problem in fault.problem


def test_a_target_that_goes_deeper_than_can_be_followed_is_a_fault() -> None:
    deep: dict[str, Any] = {}
    for _ in range(200):
        deep = {"a": deep}
    (line,) = faults({"target": "$..b", "update": {}}, on=deep)
    assert line.startswith("shapes.yaml: /actions/0: target '$..b' cannot be evaluated (")


def test_text_that_is_no_overlay_at_all_is_a_fault() -> None:
    with pytest.raises(InputFault, match="is not an overlay"):
        apply(document(), [], "shapes.yaml")


def test_every_fault_of_a_malformed_overlay_is_collected() -> None:
    rows = faults({"target": "$.a["}, {"target": "$.b", "remov": True}, {"target": "$.c", "update": 1, "x": 1})
    assert len(rows) == 3  # nothing to do is the consequence of the misspelled key


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), json_values, min_size=1, max_size=4))
def test_adding_a_key_and_removing_it_again_gives_the_document_back(spec: dict[str, Any]) -> None:
    key = "x-" + "".join(sorted(spec))
    there_and_back = overlay({"target": "$", "update": {"mark": {"it": 1}}}, {"target": "$.mark", "remove": True})
    spec = {key: 1, **{name: value for name, value in spec.items() if name != "mark"}}
    assert apply(spec, there_and_back, "o") == spec


@given(st.dictionaries(st.text(max_size=3), json_values, max_size=4))
def test_merging_into_an_empty_document_gives_the_update(update: dict[str, Any]) -> None:
    assert apply({}, overlay({"target": "$", "update": update}), "o") == update


def test_words_about_a_field_that_is_gone_are_collected_where_the_caller_wants_them() -> None:
    words = {"target": "$..properties.size", "update": {"description": "The size."}}
    fact = {"target": "$..properties.size", "update": {"description": "The size.", "x-wire": "integer-text"}}
    idle: list[Fault] = []
    assert apply(document(), overlay(words), "shapes.yaml", idle) == document()
    assert [fault.place for fault in idle] == ["/actions/0"] or "line" in idle[0].place
    assert "matches nothing; delete it if the field or the code is gone" in str(idle[0])
    assert "matches nothing" in faults(words)[0]
    with pytest.raises(InputFault, match="matches nothing"):
        apply(document(), overlay(fact), "shapes.yaml", idle)


def test_words_about_an_error_code_that_is_gone_are_collected_too() -> None:
    idle: list[Fault] = []
    words = {"target": "$['x-error-codes'].codes['7']", "update": {"meaning": "Too many.", "cites": []}}
    assert apply(document(), overlay(words), "shapes.yaml", idle) == document()
    assert len(idle) == 1
    fact = {"target": "$['x-error-codes'].codes['7']", "update": {"meaning": "Too many.", "retry": "never"}}
    with pytest.raises(InputFault, match="matches nothing"):
        apply(document(), overlay(fact), "shapes.yaml", idle)


def test_actions_that_name_a_method_that_is_gone_are_one_fault_with_its_remedy() -> None:
    on = {"paths": {"/a": {"put": {"operationId": "a", "parameters": [{"name": "x"}]}}}}
    actions = [
        {"target": "$.paths.*.post", "update": {"summary": "A."}},
        {"target": "$.paths['/a'].post.parameters[?@.name == 'x']", "update": {"in": "query"}},
    ]
    merged, (fault,) = merge(on, OverlaySource("shapes.yaml", overlay(*actions), (5, 9)))
    assert str(fault) == (
        "shapes.yaml: line 5: target '$.paths.*.post' names a method that the operations do not have any more; the "
        "same on line 9; write `[?@.operationId]` in place of `.post`: it matches whatever the method is"
    )
    operation = merged["paths"]["/a"]["put"]
    assert (operation["summary"], operation["parameters"]) == ("A.", [{"name": "x", "in": "query"}])


@pytest.mark.parametrize("function", ["search", "match"])
@pytest.mark.parametrize(("value", "pattern"), [(12, "'12'"), ("12", "12"), (None, "'.*'"), ("12", "'(1'")])
def test_a_pattern_finds_texts_alone(function: str, value: object, pattern: str) -> None:
    rows = {"rows": [{"name": value}, {"name": "a"}]}
    target = f"$.rows[?{function}(@.name, {pattern}) || @.name == 'a']"
    done = apply(rows, overlay({"target": target, "update": {"is_found": True}}), "o")
    assert [row.get("is_found", False) for row in done["rows"]] == [False, True]
