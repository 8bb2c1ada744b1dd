"""A base with a discriminator and the schemas that take it by allOf: what is sent and answered is one of these."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import array, document, named, record

ALL = {"dog": "#/components/schemas/{0}Dog", "cat": "{0}Cat", "pup": "{0}Puppy"}
MAPPINGS: dict[str, dict[str, str] | None] = {
    "None": None,
    "Some": {"dog": "#/components/schemas/SomeDog"},
    "All": ALL,
    "Itself": {**ALL, "pet": "ItselfPet"},
    "Broken": {"dog": "#/components/schemas/BrokenDog", "cow": "#/components/schemas/Cow", "odd": "Place"},
}
TEXT, INTEGER = {"type": "string"}, {"type": "integer"}


def _schemas(word: str, mapping: dict[str, str] | None) -> dict[str, Any]:
    """Return a base, two schemas that take it, and one that takes one of these."""
    own = {key: value.format(word) for key, value in (mapping or {}).items()}
    decided = {"propertyName": "kind", **({"mapping": own} if mapping is not None else {})}
    return {
        f"{word}Pet": {**record("kind", kind=TEXT, age=INTEGER), "discriminator": decided},
        f"{word}Dog": {"allOf": [named(f"{word}Pet"), record("bark", bark={"type": "boolean"})]},
        f"{word}Puppy": {"allOf": [named(f"{word}Dog"), record(weeks=INTEGER)]},
        f"{word}Cat": {"allOf": [named(f"{word}Pet"), record(born={**TEXT, "format": "date"})]},
    }


def _operation(schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    answers = {"200": {"description": "Done.", "content": {"application/json": {"schema": array(schema)}}}}
    return {"requestBody": {"required": True, "content": content}, "responses": answers}


@pytest.fixture(scope="module", params=["3.0.3", "3.1.0"])
def package(request: pytest.FixtureRequest) -> Iterator[ImportedPackage]:
    root = document()
    root["openapi"] = request.param
    schemas: dict[str, Any] = {"Place": record(name=TEXT)}
    for word, mapping in MAPPINGS.items():
        schemas |= _schemas(word, mapping)
    schemas |= _schemas("Deep", None)
    schemas["DeepDog"]["discriminator"] = {"propertyName": "kind"}
    schemas |= _schemas("Loop", None)
    schemas["LoopPet"]["properties"]["friend"] = named("LoopPet")
    root["components"]["schemas"] = schemas
    words = [*MAPPINGS, "Deep", "Loop"]
    root["paths"] = {
        f"/{word}": {"post": {"operationId": f"keep_{word.lower()}", **_operation(named(f"{word}Pet"))}}
        for word in words
    }
    root["paths"]["/dog"] = {"post": {"operationId": "keep_dog", **_operation(named("DeepDog"))}}
    with package_of(root, "reports.json") as package:
        yield package


WORDS = {
    "none": {"NoneDog": "NoneDog", "NonePuppy": "NonePuppy", "NoneCat": "NoneCat"},
    "some": {"dog": "SomeDog", "SomePuppy": "SomePuppy", "SomeCat": "SomeCat"},
    "all": {"dog": "AllDog", "pup": "AllPuppy", "cat": "AllCat"},
    "itself": {"dog": "ItselfDog", "pup": "ItselfPuppy", "cat": "ItselfCat", "pet": "ItselfPet"},
    "broken": {"dog": "BrokenDog", "BrokenPuppy": "BrokenPuppy", "BrokenCat": "BrokenCat", "cow": "BrokenPet"},
    "deep": {"DeepDog": "DeepDog", "DeepPuppy": "DeepPuppy", "DeepCat": "DeepCat"},
}
"""Operation → the words that name a class."""


@pytest.mark.parametrize("name", WORDS)
def test_a_reply_is_of_the_class_that_its_word_names_and_else_of_the_base_with_all_fields(
    package: ImportedPackage, name: str
) -> None:
    rows = [{"kind": word, "bark": True, "weeks": 3, "born": "2026-01-31"} for word in [*WORDS[name], "fish"]]
    result = getattr(package.client(httpx.Response(200, json=[*rows, {"age": 1}])), f"keep_{name}")(
        body={"kind": next(iter(WORDS[name])), "bark": True}
    )
    base = f"{name.capitalize()}Pet"
    assert [type(row).__name__ for row in result] == [*WORDS[name].values(), base, base]
    assert result[len(rows) - 1].model_dump() == {"kind": "fish", "age": None, **rows[-1]}
    assert result[-1].age == 1


def test_a_subtype_that_inherits_the_words_of_its_base_is_named_by_none_of_them() -> None:
    kind = {"type": "string", "enum": ["daily", "weekly"]}
    root = document()
    root["components"]["schemas"] = {
        "Break": {**record("kind", kind=kind, day=INTEGER), "discriminator": {"propertyName": "kind"}},
        "WeeklyBreak": {"allOf": [named("Break"), {"type": "object", "required": ["day"]}]},
    }
    root["paths"] = {"/rest": {"post": {"operationId": "rest", **_operation(named("Break"))}}}
    with package_of(root, "reports.json") as package:
        client = package.client(httpx.Response(200, json=[{"kind": "daily"}]))
        assert [row.kind for row in client.rest(body={"kind": "daily"})] == ["daily"]
        assert package.body == {"kind": "daily"}


@pytest.mark.parametrize("name", WORDS)
def test_a_request_is_checked_as_the_class_that_its_word_names(package: ImportedPackage, name: str) -> None:
    client = package.client(httpx.Response(200, json=[]))
    method = getattr(client, f"keep_{name}")
    dog = next(word for word, cls in WORDS[name].items() if cls.endswith("Dog"))
    with pytest.raises(package.module.InvalidRequest, match=r"body\.bark: is required"):
        method(body={"kind": dog})
    with pytest.raises(package.module.InvalidRequest, match=r"body\.age: 'x' is not a whole number"):
        method(body={"kind": dog, "bark": True, "age": "x"})
    sent = {"kind": "fish", "fins": 2}
    if name == "all":  # where the mapping names every subtype there is no other
        with pytest.raises(package.module.InvalidRequest, match="has 'fish' at 'kind', not one of 'dog', 'cat', 'pup'"):
            method(body=sent)
    else:
        method(body=sent)
        assert package.body == sent


def test_a_base_of_a_base_has_its_own_subtypes(package: ImportedPackage) -> None:
    rows = [{"kind": "DeepPuppy", "bark": True, "weeks": 3}, {"kind": "DeepDog", "bark": True}]
    puppy, dog = package.client(httpx.Response(200, json=rows)).keep_dog(body=rows[0])
    assert (type(puppy).__name__, puppy.weeks, dog.bark) == ("DeepPuppy", 3, True)


def test_a_base_that_holds_itself_has_the_fields_of_what_it_is(package: ImportedPackage) -> None:
    body = {"kind": "LoopDog", "bark": True, "friend": {"kind": "LoopCat", "born": "2026-01-31"}}
    (reply,) = package.client(httpx.Response(200, json=[body])).keep_loop(body=body)
    assert (reply.bark, reply.friend.kind, type(reply.friend).__name__) == (True, "LoopCat", "LoopCat")
    assert reply.friend.born == date(2026, 1, 31)
    with pytest.raises(AttributeError):
        _ = reply.friend.bark
    assert pickle.loads(pickle.dumps(reply)) == reply


def test_a_signature_names_the_base_beside_its_subtypes(package: ImportedPackage) -> None:
    signature = inspect.signature(package.client().keep_none)
    classes = ["NoneDog", "NoneCat", "NonePuppy", "NonePet"]
    assert signature.parameters["body"].annotation == " | ".join(f"inputs.{name}" for name in classes)
    assert signature.return_annotation == f"list[{' | '.join(f'models.{name}' for name in classes)}]"


def test_a_subtype_that_narrows_a_field_of_its_base_is_one_class_by_its_base_and_by_its_name() -> None:
    root = document()
    decided = {"propertyName": "kind", "mapping": {"dog": "#/components/schemas/Dog"}}
    bark = {**TEXT, "maxLength": 9}
    root["components"]["schemas"] = {
        "Pet": {**record(kind=TEXT, place={"type": "object"}), "discriminator": decided},
        "Dog": {"allOf": [named("Pet"), record(place=record(street=TEXT), bark=bark)]},
    }
    root["paths"] = {
        f"/{name}": {"post": {"operationId": f"keep_{name.lower()}", **_operation(named(name))}}
        for name in ("Pet", "Dog")
    }
    body = {"kind": "dog", "place": {"street": "Mill Lane"}}
    with package_of(root, "subtypes.json") as package:
        client = package.client(httpx.Response(200, json=[body]))
        (pet,), (dog,) = client.keep_pet(body=body), client.keep_dog(**body)
    assert type(pet) is type(dog)
    assert (type(pet).__name__, pet.place.street) == ("Dog", "Mill Lane")


def document_of_bases() -> dict[str, Any]:
    """Return a base that says more beside its list of subtypes, and the same list alone."""
    root = document()
    listed = {"oneOf": [named("Dog"), named("Cat")], "discriminator": {"propertyName": "kind"}}
    root["components"]["schemas"] = {
        "Pet": {**record("name", kind=TEXT, name=TEXT), **listed},
        "Dog": record(kind=TEXT, bark=TEXT),
        "Cat": record(kind=TEXT, claws=INTEGER),
    }
    root["paths"] = {
        f"/{name}": {"post": {"operationId": f"keep_{name}", **_operation(schema)}}
        for name, schema in (("pet", named("Pet")), ("any", listed))
    }
    return root


def test_what_a_base_says_beside_its_list_of_subtypes_makes_other_classes_of_them() -> None:
    body = {"kind": "Dog", "name": "Rex", "bark": "loud"}
    with package_of(document_of_bases(), "subtypes.json") as package:
        client = package.client(httpx.Response(200, json=[body]))
        (pet,), (dog,) = client.keep_pet(body=body), client.keep_any(body=body)
    assert [type(pet).__name__, type(dog).__name__] == ["PetDog", "Dog"]
    assert (pet.name, dog.bark) == ("Rex", "loud")
